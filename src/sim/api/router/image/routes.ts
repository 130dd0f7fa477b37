/** Routes of images. */

import { encodeStreamJson } from '../../../lib/goJson.ts';
import { decodeUtf8 } from '../../../lib/utf8.ts';
import type { Query } from '../../../net/http/query.ts';
import { noContent, writeJson } from '../../body.ts';
import { isApiError, RequestError } from '../../httpStatus.ts';
import { boolParam, boolParamOr, filtersParam, intParam } from '../../params.ts';
import type { ApiRequest, Route, Router } from '../../route.ts';
import type { AuthConfig } from '../../types/image.ts';
import type { ImageBackend } from './backend.ts';

export function imageRouter(backend: ImageBackend): Router {
  const routes: Route[] = [
    {
      method: 'GET',
      path: '/images/json',
      *handler(req, res) {
        const { query } = req;
        yield* writeJson(
          res,
          yield* backend.imageList({
            all: boolParam(query, 'all'),
            filters: filtersParam(query),
            sharedSize: boolParam(query, 'shared-size'),
            containers: false,
          }),
        );
      },
    },
    {
      method: 'GET',
      path: '/images/search',
      *handler(req, res) {
        yield* writeJson(res, yield* backend.imageSearch(req.query.get('term') ?? '', searchLimit(req.query), filtersParam(req.query)));
      },
    },
    {
      method: 'GET',
      path: '/images/{name:.*}/json',
      *handler(req, res) {
        yield* writeJson(res, yield* backend.imageInspect(req.vars.name));
      },
    },
    {
      method: 'GET',
      path: '/images/{name:.*}/history',
      *handler(req, res) {
        yield* writeJson(res, yield* backend.imageHistory(req.vars.name));
      },
    },
    {
      method: 'POST',
      path: '/images/{name:.*}/tag',
      *handler(req, res) {
        yield* backend.imageTag(req.vars.name, req.query.get('repo') ?? '', req.query.get('tag') ?? '', req.cause);
        yield* noContent(res, 201);
      },
    },
    {
      method: 'POST',
      path: '/images/prune',
      *handler(req, res) {
        yield* writeJson(res, yield* backend.imagesPrune(filtersParam(req.query), req.cause));
      },
    },
    {
      method: 'POST',
      path: '/images/create',
      *handler(req, res) {
        const request = {
          name: req.query.get('fromImage') ?? '',
          tag: req.query.get('tag') ?? '',
          platform: req.query.get('platform') ?? '',
          auth: authHeader(req),
        };
        res.headers.set('Content-Type', 'application/json');
        let begun = false;
        try {
          yield* backend.imagePull(
            request,
            function* (message) {
              begun = true;
              yield* res.write(`${encodeStreamJson(message)}\r\n`);
            },
            req.cause,
          );
        } catch (error) {
          // What goes wrong after the first line is the last line of the stream.
          if (!begun || !isApiError(error)) throw error;
          yield* res.write(`${encodeStreamJson({ errorDetail: { message: error.message }, error: error.message })}\r\n`);
        }
        yield* res.end();
      },
    },
    {
      method: 'DELETE',
      path: '/images/{name:.*}',
      *handler(req, res) {
        yield* writeJson(
          res,
          yield* backend.imageRemove(
            req.vars.name,
            { force: boolParam(req.query, 'force'), prune: !boolParamOr(req.query, 'noprune', false) },
            req.cause,
          ),
        );
      },
    },
  ];
  return { routes };
}

function searchLimit(query: Query): number {
  try {
    const limit = intParam(query, 'limit', 0);
    if (limit >= 0) return limit;
  } catch (error) {
    throw new RequestError('invalid', `invalid limit specified: ${(error as Error).message}`);
  }
  throw new RequestError('invalid', 'invalid limit specified');
}

/** `X-Registry-Auth`: base64url of JSON; what cannot be read counts as nothing, as Docker does. */
function authHeader(req: ApiRequest): AuthConfig {
  const header = req.headers.get('X-Registry-Auth');
  if (header === undefined || header === '') return {};
  try {
    return JSON.parse(decodeUtf8(fromBase64Url(header))) as AuthConfig;
  } catch {
    return {};
  }
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function fromBase64Url(text: string): Uint8Array {
  const out: number[] = [];
  let bits = 0;
  let value = 0;
  for (const char of text.replace(/\+/g, '-').replace(/\//g, '_')) {
    const digit = ALPHABET.indexOf(char);
    if (digit < 0) break;
    value = ((value << 6) | digit) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out.push((value >> bits) & 0xff);
    }
  }
  return Uint8Array.from(out);
}
