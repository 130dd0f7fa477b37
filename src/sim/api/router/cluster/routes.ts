/** Swarm and its objects as a node without a swarm answers. The swarm itself takes these paths over when it is there. */
import type { Sim } from '../../../kernel/sim.ts';
import { struct } from '../../../lib/goDecode.ts';
import { readJson } from '../../body.ts';
import { RequestError } from '../../httpStatus.ts';
import { filtersParam, parseUint } from '../../params.ts';
import type { ApiRequest, Route, Router } from '../../route.ts';

const NOT_A_MANAGER =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';

/** What Docker reads, and finds fault with, before it asks whether there is a swarm. */
type Check = (req: ApiRequest) => Sim<void>;

const nothing: Check = function* () {};
const filters: Check = function* (req) {
  filtersParam(req.query);
};
/** `type`: what Docker reads it into, of whose members none matters here. */
const body = (type: string): Check =>
  function* (req) {
    yield* readJson(req, struct(type, {}));
  };
/** The version of the object that is to be updated. `told`: whether the fault is quoted. */
const version = (noun: string, type: string, told: boolean): Check =>
  function* (req) {
    yield* body(type)(req);
    const text = req.query.get('version') ?? '';
    try {
      parseUint(text);
    } catch (error) {
      throw new RequestError('invalid', `invalid ${noun} version${told ? ` '${text}': ${(error as Error).message}` : ''}`);
    }
  };
const streams: Check = function* (req) {
  if (!['stdout', 'stderr'].some((name) => req.query.has(name)))
    throw new RequestError('invalid', 'Bad parameters: you must choose at least one stream');
};

const MANAGER_ONLY: readonly (readonly [Route['method'], string, Check])[] = [
  ['GET', '/swarm', nothing],
  ['POST', '/swarm/update', version('swarm', 'swarm.Spec', true)],
  ['GET', '/swarm/unlockkey', nothing],
  ['POST', '/swarm/unlock', body('swarm.UnlockRequest')],
  ['GET', '/services', filters],
  ['GET', '/services/{id}', nothing],
  ['POST', '/services/create', body('swarm.ServiceSpec')],
  ['POST', '/services/{id}/update', version('service', 'swarm.ServiceSpec', true)],
  ['DELETE', '/services/{id}', nothing],
  ['GET', '/services/{id}/logs', streams],
  ['GET', '/nodes', filters],
  ['GET', '/nodes/{id}', nothing],
  ['DELETE', '/nodes/{id}', nothing],
  ['POST', '/nodes/{id}/update', version('node', 'swarm.NodeSpec', true)],
  ['GET', '/tasks', filters],
  ['GET', '/tasks/{id}', nothing],
  ['GET', '/tasks/{id}/logs', streams],
  ['GET', '/secrets', filters],
  ['POST', '/secrets/create', body('swarm.SecretSpec')],
  ['DELETE', '/secrets/{id}', nothing],
  ['GET', '/secrets/{id}', nothing],
  ['POST', '/secrets/{id}/update', version('secret', 'swarm.SecretSpec', false)],
  ['GET', '/configs', filters],
  ['POST', '/configs/create', body('swarm.ConfigSpec')],
  ['DELETE', '/configs/{id}', nothing],
  ['GET', '/configs/{id}', nothing],
  ['POST', '/configs/{id}/update', version('config', 'swarm.ConfigSpec', false)],
];

export function clusterRouter(): Router {
  return {
    routes: [
      ...MANAGER_ONLY.map(
        ([method, path, check]): Route => ({
          method,
          path,
          *handler(req) {
            yield* check(req);
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
        method: 'PUT',
        path: '/volumes/{name:.*}',
        *handler() {
          throw new RequestError('unavailable', 'volume update only valid for cluster volumes, but swarm is unavailable');
        },
      },
    ],
  };
}
