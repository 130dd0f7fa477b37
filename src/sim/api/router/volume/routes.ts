/** Routes of volumes. */
import { noContent, readJson, writeJson } from '../../body.ts';
import { boolParam, filtersParam } from '../../params.ts';
import type { Route, Router } from '../../route.ts';
import { createOptions } from '../../shapes/volume.ts';
import type { VolumeCreateRequest } from '../../types/volume.ts';
import { olderThan } from '../../version.ts';
import type { VolumeBackend } from './backend.ts';

export function volumeRouter(backend: VolumeBackend): Router {
  const routes: Route[] = [
    {
      method: 'GET',
      path: '/volumes',
      *handler(req, res) {
        yield* writeJson(res, yield* backend.volumeList(filtersParam(req.query)));
      },
    },
    {
      method: 'GET',
      path: '/volumes/{name:.*}',
      *handler(req, res) {
        yield* writeJson(res, yield* backend.volumeInspect(req.vars.name));
      },
    },
    {
      method: 'POST',
      path: '/volumes/create',
      *handler(req, res) {
        yield* writeJson(res, yield* backend.volumeCreate(yield* readJson<VolumeCreateRequest>(req, createOptions), req.cause), 201);
      },
    },
    {
      method: 'POST',
      path: '/volumes/prune',
      *handler(req, res) {
        const filters = filtersParam(req.query);
        // Until 1.42 volumes with a name were pruned like those without.
        const all = olderThan(req, '1.42') ? new Map([...filters, ['all', ['true']]]) : filters;
        yield* writeJson(res, yield* backend.volumesPrune(all, req.cause));
      },
    },
    {
      method: 'DELETE',
      path: '/volumes/{name:.*}',
      *handler(req, res) {
        yield* backend.volumeRemove(req.vars.name, boolParam(req.query, 'force'), req.cause);
        yield* noContent(res);
      },
    },
  ];
  return { routes };
}
