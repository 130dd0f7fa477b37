import { expect, test } from 'vitest';
import { Errno } from '../kernel/errno.ts';
import { RequestError } from './httpStatus.ts';
import type { RouteHandler, Router } from './route.ts';
import { clusterRouter } from './router/cluster/routes.ts';
import type { SystemBackend } from './router/system/backend.ts';
import { systemRouter } from './router/system/routes.ts';
import { call } from './testing.ts';

const backend = {
  ping: () => ({ swarm: 'inactive', builderVersion: '2' }),
  *version() {
    return { Version: '28.2.2' };
  },
  *info() {
    throw new RequestError('system', 'boom');
  },
} as unknown as SystemBackend;
const routers = [systemRouter(backend), clusterRouter()];

test('an answer carries the headers of the engine', () => {
  expect(call(routers, 'GET /v1.50/version')).toEqual({
    status: 200,
    headers: {
      Server: 'Docker/28.2.2 (linux)',
      'Api-Version': '1.50',
      'Docker-Experimental': 'false',
      Ostype: 'linux',
      'Content-Type': 'application/json',
    },
    body: '{"Version":"28.2.2"}\n',
  });
});

test('paths work without a version', () => {
  expect(call(routers, 'GET /version').body).toBe('{"Version":"28.2.2"}\n');
});

test('ping answers GET with OK and HEAD with nothing', () => {
  const get = call(routers, 'GET /_ping');
  expect([get.status, get.body, get.headers.Swarm]).toEqual([200, 'OK', 'inactive']);
  expect(call(routers, 'HEAD /_ping').body).toBe('');
});

test.each([
  ['GET /nosuchpath', 404, '{"message":"page not found"}\n'],
  ['POST /v1.50/_ping', 404, '{"message":"page not found"}\n'],
  ['GET /v9.99/version', 400, '{"message":"client version 9.99 is too new. Maximum supported API version is 1.50"}\n'],
  [
    'GET /v1.12/version',
    400,
    'client version 1.12 is too old. Minimum supported API version is 1.24, please upgrade your client to a newer version\n',
  ],
  ['GET /info', 500, '{"message":"boom"}\n'],
  ['GET /system/df?type=bogus', 400, '{"message":"unknown object type: bogus"}\n'],
  ['GET /events?since=x', 500, '{"message":"strconv.ParseInt: parsing \\"x\\": invalid syntax"}\n'],
  [
    'GET /nodes',
    503,
    '{"message":"This node is not a swarm manager. Use \\"docker swarm init\\" or \\"docker swarm join\\" to connect this node to swarm and try again."}\n',
  ],
])('%s', (line, status, body) => {
  const answer = call(routers, line);
  expect([answer.status, answer.body]).toEqual([status, body]);
});

/** A router of one route that answers so. */
const answering = (handler: RouteHandler): Router[] => [{ routes: [{ method: 'GET', path: '/x', handler }] }];

test('an error after the answer began follows it, as the client of Docker sees it', () => {
  const routers = answering(function* (_req, res) {
    yield* res.write('{"status":"half"}\n');
    throw new RequestError('system', 'boom');
  });
  expect(call(routers, 'GET /x')).toMatchObject({ status: 200, body: '{"status":"half"}\n{"message":"boom"}\n' });
});

test('what the system refuses is an error of the server', () => {
  const routers = answering(function* () {
    throw new Errno('ENOSPC');
  });
  expect(call(routers, 'GET /x')).toMatchObject({ status: 500, body: '{"message":"no space left on device"}\n' });
});

test('a fault of the program is nothing that is told to a client', () => {
  const routers = answering(function* () {
    throw new TypeError('undefined is not a function');
  });
  expect(() => call(routers, 'GET /x')).toThrow(TypeError);
});
