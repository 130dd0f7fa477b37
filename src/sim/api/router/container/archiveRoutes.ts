/** Routes that carry a container's files: archive, changes, export and commit. */
import type { Sim } from '../../../kernel/sim.ts';
import { encodeBase64 } from '../../../lib/base64.ts';
import { encodeJson } from '../../../lib/goJson.ts';
import { encodeUtf8 } from '../../../lib/utf8.ts';
import type { ResponseWriter } from '../../../net/http/server.ts';
import { noContent, readJson, writeJson } from '../../body.ts';
import { RequestError } from '../../httpStatus.ts';
import { boolParam } from '../../params.ts';
import type { ApiRequest, Route } from '../../route.ts';
import { createRequest } from '../../shapes/container.ts';
import type { CreateRequest, PathStat } from '../../types/container.ts';
import type { ContainerBackend } from './backend.ts';

export function archiveRoutes(backend: ContainerBackend): readonly Route[] {
  return [
    {
      method: 'HEAD',
      path: '/containers/{name:.*}/archive',
      *handler(req, res) {
        setStat(res, yield* backend.archiveStat(req.vars.name, pathOf(req)));
        yield* noContent(res, 200);
      },
    },
    {
      method: 'GET',
      path: '/containers/{name:.*}/archive',
      *handler(req, res) {
        const { stat, tar } = yield* backend.archiveGet(req.vars.name, pathOf(req), req.cause);
        setStat(res, stat);
        yield* sendTar(res, 'application/x-tar', tar);
      },
    },
    {
      method: 'PUT',
      path: '/containers/{name:.*}/archive',
      *handler(req, res) {
        const path = pathOf(req);
        const mayChangeKind = !boolParam(req.query, 'noOverwriteDirNonDir');
        const options = { copyOwner: boolParam(req.query, 'copyUIDGID'), mayChangeKind };
        yield* backend.archivePut(req.vars.name, path, yield* req.body.bytes(), options, req.cause);
        yield* noContent(res, 200);
      },
    },
    {
      method: 'GET',
      path: '/containers/{name:.*}/changes',
      *handler(req, res) {
        yield* writeJson(res, yield* backend.changes(req.vars.name));
      },
    },
    {
      method: 'GET',
      path: '/containers/{name:.*}/export',
      *handler(req, res) {
        yield* sendTar(res, 'application/octet-stream', yield* backend.export(req.vars.name, req.cause));
      },
    },
    {
      method: 'POST',
      path: '/commit',
      *handler(req, res) {
        const { query } = req;
        const { HostConfig: _host, NetworkingConfig: _networks, ...config } = yield* readJson<CreateRequest>(req, createRequest);
        const text = (name: string): string => query.get(name) ?? '';
        const options = {
          container: text('container'),
          repository: text('repo'),
          tag: text('tag'),
          comment: text('comment'),
          author: text('author'),
          changes: query.getAll('changes'),
          pause: !query.has('pause') || boolParam(query, 'pause'),
        };
        const given = Object.keys(config).length > 0 ? config : undefined;
        yield* writeJson(res, { Id: yield* backend.commit(options, given, req.cause) }, 201);
      },
    },
  ];
}

function pathOf(req: ApiRequest): string {
  const path = req.query.get('path') ?? '';
  if (path === '') throw new RequestError('invalid', 'bad parameter: pathcannot be empty');
  return path;
}

function setStat(res: ResponseWriter, stat: PathStat): void {
  res.headers.set('X-Docker-Container-Path-Stat', encodeBase64(encodeUtf8(encodeJson(stat))));
}

function* sendTar(res: ResponseWriter, type: string, tar: Uint8Array): Sim<void> {
  res.headers.set('Content-Type', type);
  yield* res.writeHead(200);
  yield* res.flush();
  yield* res.end(tar);
}
