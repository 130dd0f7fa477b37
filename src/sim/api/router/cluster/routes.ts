/** Swarm, its objects and plugins as a node without a swarm answers. The swarm itself takes these paths over when it is there. */
import { writeJson } from '../../body.ts';
import { RequestError } from '../../httpStatus.ts';
import type { Route, Router } from '../../route.ts';

const NOT_A_MANAGER =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';

const MANAGER_ONLY: readonly (readonly [Route['method'], string])[] = [
  ['GET', '/swarm'],
  ['POST', '/swarm/update'],
  ['GET', '/swarm/unlockkey'],
  ['GET', '/services'],
  ['GET', '/services/{id}'],
  ['POST', '/services/create'],
  ['POST', '/services/{id}/update'],
  ['DELETE', '/services/{id}'],
  ['GET', '/services/{id}/logs'],
  ['GET', '/nodes'],
  ['GET', '/nodes/{id}'],
  ['DELETE', '/nodes/{id}'],
  ['POST', '/nodes/{id}/update'],
  ['GET', '/tasks'],
  ['GET', '/tasks/{id}'],
  ['GET', '/tasks/{id}/logs'],
  ['GET', '/secrets'],
  ['POST', '/secrets/create'],
  ['DELETE', '/secrets/{id}'],
  ['GET', '/secrets/{id}'],
  ['POST', '/secrets/{id}/update'],
  ['GET', '/configs'],
  ['POST', '/configs/create'],
  ['DELETE', '/configs/{id}'],
  ['GET', '/configs/{id}'],
  ['POST', '/configs/{id}/update'],
];

export function clusterRouter(): Router {
  return {
    routes: [
      ...MANAGER_ONLY.map(
        ([method, path]): Route => ({
          method,
          path,
          *handler() {
            throw new RequestError('unavailable', NOT_A_MANAGER);
          },
        }),
      ),
      {
        method: 'POST',
        path: '/swarm/leave',
        *handler() {
          throw new RequestError('unavailable', 'This node is not part of a swarm');
        },
      },
      {
        method: 'GET',
        path: '/plugins',
        *handler(_req, res) {
          yield* writeJson(res, []);
        },
      },
      {
        method: 'GET',
        path: '/plugins/{name:.*}/json',
        *handler(req) {
          throw new RequestError('notFound', `plugin ${JSON.stringify(req.vars.name)} not found`);
        },
      },
      ...(['/swarm/init', '/swarm/join', '/swarm/unlock', '/plugins/pull', '/build', '/build/prune'] as const).map(
        (path): Route => ({
          method: 'POST',
          path,
          *handler() {
            throw new RequestError('notImplemented', `drydock: "POST ${path}" is not simulated yet`);
          },
        }),
      ),
    ],
  };
}
