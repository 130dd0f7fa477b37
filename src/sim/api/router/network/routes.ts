/** Routes of networks. */
import { noContent, readJson, writeJson } from '../../body.ts';
import { RequestError } from '../../httpStatus.ts';
import { filtersParam, parseBool } from '../../params.ts';
import type { Route, RouteHandler, Router } from '../../route.ts';
import { connectOptions, createRequest, disconnectOptions } from '../../shapes/network.ts';
import type { NetworkConnectRequest, NetworkCreateRequest, NetworkDisconnectRequest } from '../../types/network.ts';
import type { NetworkBackend } from './backend.ts';

export function networkRouter(backend: NetworkBackend): Router {
  const list: RouteHandler = function* (req, res) {
    yield* writeJson(res, yield* backend.networkList(filtersParam(req.query)));
  };
  const routes: Route[] = [
    { method: 'GET', path: '/networks', handler: list },
    { method: 'GET', path: '/networks/', handler: list },
    {
      method: 'GET',
      path: '/networks/{id:.+}',
      *handler(req, res) {
        const verbose = req.query.get('verbose') ?? '';
        if (verbose !== '') checkBool('verbose', verbose);
        yield* writeJson(res, yield* backend.networkInspect(req.vars.id, req.query.get('scope') ?? ''));
      },
    },
    {
      method: 'POST',
      path: '/networks/create',
      *handler(req, res) {
        yield* writeJson(res, yield* backend.networkCreate(yield* readJson<NetworkCreateRequest>(req, createRequest), req.cause), 201);
      },
    },
    {
      method: 'POST',
      path: '/networks/{id:.*}/connect',
      *handler(req, res) {
        const request = yield* readJson<Partial<NetworkConnectRequest>>(req, connectOptions);
        yield* backend.networkConnect(req.vars.id, request.Container ?? '', request.EndpointConfig ?? {}, req.cause);
        yield* noContent(res, 200);
      },
    },
    {
      method: 'POST',
      path: '/networks/{id:.*}/disconnect',
      *handler(req, res) {
        const request = yield* readJson<Partial<NetworkDisconnectRequest>>(req, disconnectOptions);
        yield* backend.networkDisconnect(req.vars.id, request.Container ?? '', request.Force === true, req.cause);
        yield* noContent(res, 200);
      },
    },
    {
      method: 'POST',
      path: '/networks/prune',
      *handler(req, res) {
        yield* writeJson(res, yield* backend.networksPrune(filtersParam(req.query), req.cause));
      },
    },
    {
      method: 'DELETE',
      path: '/networks/{id:.*}',
      *handler(req, res) {
        yield* backend.networkRemove(req.vars.id, req.cause);
        yield* noContent(res);
      },
    },
  ];
  return { routes };
}

function checkBool(name: string, text: string): void {
  try {
    parseBool(text);
  } catch (error) {
    throw new RequestError('invalid', `invalid value for ${name}: ${text}: ${(error as Error).message}`);
  }
}
