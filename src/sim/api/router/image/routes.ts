/** Routes of images. */

import type { Sim } from '../../../kernel/sim.ts';
import { GoDecodeError, goDecode, string, strings, struct } from '../../../lib/goDecode.ts';
import { encodeStreamJson, firstJsonNode, goSyntaxError } from '../../../lib/goJson.ts';
import { decodeUtf8 } from '../../../lib/utf8.ts';
import type { Query } from '../../../net/http/query.ts';
import type { ResponseWriter } from '../../../net/http/server.ts';
import { noContent, writeJson } from '../../body.ts';
import { isApiError, RequestError } from '../../httpStatus.ts';
import { boolParam, boolParamOr, filtersParam, intParam } from '../../params.ts';
import type { ApiRequest, Route, Router } from '../../route.ts';
import { authConfig } from '../../shapes/registry.ts';
import type { AuthConfig } from '../../types/image.ts';
import { olderThan } from '../../version.ts';
import type { ImageBackend, ProgressSink } from './backend.ts';
import { inspectFor, summaryFor } from './versions.ts';

export function imageRouter(backend: ImageBackend): Router {
  const routes: Route[] = [
    {
      method: 'GET',
      path: '/images/json',
      *handler(req, res) {
        const { query } = req;
        const images = yield* backend.imageList({
          all: boolParam(query, 'all'),
          filters: filtersParam(query),
          sharedSize: boolParam(query, 'shared-size') && !olderThan(req, '1.42'),
          containers: false,
        });
        yield* writeJson(
          res,
          images.map((image) => summaryFor(req, image)),
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
        yield* writeJson(res, inspectFor(req, yield* backend.imageInspect(req.vars.name)));
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
        const { query, cause } = req;
        const source = query.get('fromSrc') ?? '';
        const platform = query.get('platform') ?? '';
        yield* progressStream(res, function* (progress) {
          if (source === '') {
            const request = { name: query.get('fromImage') ?? '', tag: query.get('tag') ?? '', platform, auth: authHeader(req) };
            return yield* backend.imagePull(request, progress, cause);
          }
          const options = { source, repo: query.get('repo') ?? '', tag: query.get('tag') ?? '', message: query.get('message') ?? '' };
          const data = source === '-' ? yield* req.body.bytes() : new Uint8Array(0);
          yield* backend.imageImport(data, { ...options, changes: query.getAll('changes'), platform }, progress, cause);
        });
      },
    },
    {
      method: 'POST',
      path: '/images/{name:.*}/push',
      *handler(req, res) {
        const request = { name: req.vars.name, tag: req.query.get('tag') ?? '', auth: authHeader(req) };
        yield* progressStream(res, (progress) => backend.imagePush(request, progress, req.cause));
      },
    },
    { method: 'GET', path: '/images/get', handler: (req, res) => save(backend, req, res, req.query.getAll('names')) },
    { method: 'GET', path: '/images/{name:.*}/get', handler: (req, res) => save(backend, req, res, [req.vars.name]) },
    {
      method: 'POST',
      path: '/images/load',
      *handler(req, res) {
        const data = yield* req.body.bytes();
        yield* progressStream(res, (progress) => backend.imageLoad(data, boolParamOr(req.query, 'quiet', true), progress, req.cause));
      },
    },
    {
      method: 'GET',
      path: '/distribution/{name:.*}/json',
      *handler(req, res) {
        yield* writeJson(res, yield* backend.distributionInspect(req.vars.name, authHeader(req)));
      },
    },
    {
      method: 'DELETE',
      path: '/images/{name:.*}',
      *handler(req, res) {
        if (req.vars.name.trim() === '') throw new RequestError('invalid', 'image name cannot be blank');
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

/** A stream of JSON lines. What goes wrong after the first line is the last line of the stream. */
function* progressStream(res: ResponseWriter, work: (progress: ProgressSink) => Sim<void>): Sim<void> {
  res.headers.set('Content-Type', 'application/json');
  let begun = false;
  try {
    yield* work(function* (message) {
      begun = true;
      yield* res.write(`${encodeStreamJson(message)}\r\n`);
    });
  } catch (error) {
    if (!begun || !isApiError(error)) throw error;
    yield* res.write(`${encodeStreamJson({ errorDetail: { message: error.message }, error: error.message })}\r\n`);
  }
  yield* res.end();
}

function* save(backend: ImageBackend, req: ApiRequest, res: ResponseWriter, names: readonly string[]): Sim<void> {
  const archive = yield* backend.imageSave(names, platformName(req.query.get('platform') ?? ''), req.cause);
  res.headers.set('Content-Type', 'application/x-tar');
  yield* res.writeHead(200);
  for (let at = 0; at < archive.length; at += SAVE_CHUNK) yield* res.write(archive.subarray(at, at + SAVE_CHUNK));
  yield* res.end();
}

const SAVE_CHUNK = 1 << 18;

/** A platform in JSON, as newer clients send it, or in words. */
function platformName(text: string): string {
  if (!text.startsWith('{')) return text;
  const { os = '', architecture = '', variant = '' } = parsedPlatform(text);
  if (os === '' && architecture === '' && variant !== '')
    throw new RequestError('invalid', 'optional platform fields provided, but OS and Architecture are missing');
  if (os === '' || architecture === '') throw new RequestError('invalid', 'both OS and Architecture must be provided');
  return [os, architecture, variant].filter((part) => part !== '').join('/');
}

const PLATFORM = struct('v1.Platform', {
  architecture: string(),
  os: string(),
  'os.version': string(),
  'os.features': strings,
  variant: string(),
});

function parsedPlatform(text: string): { readonly os?: string; readonly architecture?: string; readonly variant?: string } {
  const fault = goSyntaxError(text);
  if (fault !== undefined) throw new RequestError('invalid', `failed to parse platform: ${fault}`);
  try {
    return goDecode(firstJsonNode(text).node, PLATFORM) as ReturnType<typeof parsedPlatform>;
  } catch (error) {
    if (!(error instanceof GoDecodeError)) throw error;
    throw new RequestError('invalid', `failed to parse platform: ${error.message}`);
  }
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
  const text = decodeUtf8(fromBase64Url(header));
  if (goSyntaxError(text) !== undefined) return {};
  try {
    return (goDecode(firstJsonNode(text).node, authConfig) ?? {}) as AuthConfig;
  } catch (error) {
    if (error instanceof GoDecodeError) return {};
    throw error;
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
