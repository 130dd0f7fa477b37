/** Routes of the daemon itself: ping, version, info, df, events, auth. */

import { encodeStreamJson } from '../../../lib/goJson.ts';
import { readJson, writeJson } from '../../body.ts';
import { RequestError } from '../../httpStatus.ts';
import { filtersParam } from '../../params.ts';
import type { RouteHandler, Router } from '../../route.ts';
import { authConfig } from '../../shapes/registry.ts';
import type { DiskUsageType } from '../../types/options.ts';
import type { AuthRequest } from '../../types/system.ts';
import type { SystemBackend } from './backend.ts';
import { infoFor } from './versions.ts';

const DISK_USAGE_TYPES: readonly DiskUsageType[] = ['container', 'image', 'volume', 'build-cache'];

export function systemRouter(backend: SystemBackend): Router {
  const ping: RouteHandler = function* (req, res) {
    const answer = backend.ping();
    res.headers.set('Cache-Control', 'no-cache, no-store, must-revalidate');
    res.headers.set('Pragma', 'no-cache');
    res.headers.set('Builder-Version', answer.builderVersion);
    res.headers.set('Swarm', answer.swarm);
    if (req.method === 'HEAD') {
      res.headers.set('Content-Type', 'text/plain; charset=utf-8');
      res.headers.set('Content-Length', '0');
      yield* res.end();
    } else yield* res.end('OK');
  };
  const df: RouteHandler = function* (req, res) {
    const types = req.query.getAll('type').map((text) => {
      const type = DISK_USAGE_TYPES.find((known) => known === text);
      if (!type) throw new RequestError('invalid', `unknown object type: ${text}`);
      return type;
    });
    yield* writeJson(res, yield* backend.diskUsage(types.length === 0 ? DISK_USAGE_TYPES : types));
  };
  const events: RouteHandler = function* (req, res) {
    const since = timeParam(req.query.get('since') ?? '');
    const until = timeParam(req.query.get('until') ?? '');
    if (since !== undefined && until !== undefined && until < since) {
      throw new RequestError(
        'invalid',
        '`since` time (' + req.query.get('since') + ') cannot be after `until` time (' + req.query.get('until') + ')',
      );
    }
    const filters = filtersParam(req.query);
    res.headers.set('Content-Type', 'application/json');
    yield* res.writeHead(200);
    yield* res.flush();
    yield* backend.events({ since, until, filters }, (event) => res.write(`${encodeStreamJson(event)}\n`), res);
    yield* res.end();
  };
  return {
    routes: [
      { method: 'GET', path: '/_ping', handler: ping },
      { method: 'HEAD', path: '/_ping', handler: ping },
      {
        method: 'OPTIONS',
        path: '/{anyroute:.*}',
        *handler(_req, res) {
          yield* res.writeHead(200);
          yield* res.end();
        },
      },
      {
        method: 'GET',
        path: '/version',
        *handler(_req, res) {
          yield* writeJson(res, yield* backend.version());
        },
      },
      {
        method: 'GET',
        path: '/info',
        *handler(req, res) {
          yield* writeJson(res, infoFor(req, yield* backend.info()));
        },
      },
      { method: 'GET', path: '/system/df', handler: df },
      { method: 'GET', path: '/events', handler: events },
      {
        method: 'POST',
        path: '/build/prune',
        // The builder comes with a later issue: there is never anything in its cache.
        *handler(_req, res) {
          yield* writeJson(res, { CachesDeleted: null, SpaceReclaimed: 0 });
        },
      },
      {
        method: 'POST',
        path: '/auth',
        *handler(req, res) {
          yield* writeJson(res, yield* backend.auth(yield* readJson<AuthRequest>(req, authConfig)));
        },
      },
    ],
  };
}

/** Unix seconds with up to nine digits of fraction. Errors as Go's ParseInt has them. */
function timeParam(text: string): number | undefined {
  if (text === '') return undefined;
  const [seconds, fraction] = text.split('.', 2);
  for (const part of fraction === undefined ? [seconds] : [seconds, fraction]) {
    if (!/^[+-]?\d+$/.test(part)) throw new RequestError('system', `strconv.ParseInt: parsing ${JSON.stringify(part)}: invalid syntax`);
  }
  return Number(text);
}
