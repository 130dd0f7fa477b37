/** Routes of exec. */

import { encodeUtf8 } from '../../../lib/utf8.ts';
import { noContent, readJson, writeJson } from '../../body.ts';
import { isApiError, RequestError, statusOf } from '../../httpStatus.ts';
import type { Router } from '../../route.ts';
import { execOptions, execStartOptions } from '../../shapes/container.ts';
import { hijackStreams } from '../../stream/hijack.ts';
import type { ExecCreateRequest, ExecStartRequest } from '../../types/exec.ts';
import type { HijackedStreams } from '../../types/streams.ts';
import { sizeParams } from '../container/routes.ts';
import type { ExecBackend } from './backend.ts';

export function execRouter(backend: ExecBackend): Router {
  return {
    routes: [
      {
        method: 'POST',
        path: '/containers/{name:.*}/exec',
        *handler(req, res) {
          const request = yield* readJson<ExecCreateRequest>(req, execOptions);
          if (!request.Cmd || request.Cmd.length === 0) throw new RequestError('invalid', 'No exec command specified');
          yield* writeJson(res, yield* backend.execCreate(req.vars.name, request, req.cause), 201);
        },
      },
      {
        method: 'POST',
        path: '/exec/{name:.*}/start',
        *handler(req, res) {
          const request = yield* readJson<ExecStartRequest>(req, execStartOptions);
          yield* backend.execCheck(req.vars.name);
          if (request.Detach) {
            yield* backend.execStart(req.vars.name, request, undefined, req.cause);
            yield* noContent(res, 200);
            return;
          }
          let streams: HijackedStreams | undefined;
          try {
            yield* backend.execStart(
              req.vars.name,
              request,
              function* (tty) {
                streams = yield* hijackStreams(req, res, tty, true);
                return streams;
              },
              req.cause,
            );
          } catch (error) {
            if (!isApiError(error)) throw error;
            if (!streams) {
              yield* writeJson(res, { message: error.message }, statusOf(error));
              return;
            }
            yield* streams.stdout(encodeUtf8(`${error.message}\r\n`));
            yield* streams.close();
          }
        },
      },
      {
        method: 'POST',
        path: '/exec/{name:.*}/resize',
        *handler(req, res) {
          const [rows, columns] = sizeParams(req.query);
          yield* backend.execResize(req.vars.name, rows, columns);
          yield* noContent(res, 200);
        },
      },
      {
        method: 'GET',
        path: '/exec/{id:.*}/json',
        *handler(req, res) {
          yield* writeJson(res, yield* backend.execInspect(req.vars.id));
        },
      },
    ],
  };
}
