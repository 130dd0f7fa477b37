/** Paths of the Engine API that nothing stands behind: each says so in one line, and the client shows that line. */
import { RequestError } from '../httpStatus.ts';
import type { Route, Router } from '../route.ts';

const PATHS: readonly (readonly [Route['method'], string, string])[] = [
  ['POST', '/build', 'building images'],
  ['POST', '/build/cancel', 'building images'],
  ['POST', '/session', 'building with BuildKit'],
  ['POST', '/grpc', 'building with BuildKit'],
  ['POST', '/swarm/init', 'a swarm'],
  ['POST', '/swarm/join', 'a swarm'],
  ['GET', '/plugins/privileges', 'installing plugins'],
  ['POST', '/plugins/pull', 'installing plugins'],
  ['POST', '/plugins/create', 'making plugins'],
  ['POST', '/plugins/{name:.*}/upgrade', 'installing plugins'],
  ['GET', '/distribution/{name:.*}/json', 'asking a registry for a manifest'],
];

/** As an engine that was not started with --experimental answers. */
const EXPERIMENTAL: readonly (readonly [Route['method'], string])[] = [
  ['GET', '/containers/{name:.*}/checkpoints'],
  ['POST', '/containers/{name:.*}/checkpoints'],
  ['DELETE', '/containers/{name}/checkpoints/{checkpoint}'],
];

/** Comes after all other routers: what they answer is simulated. */
export function notSimulatedRouter(): Router {
  return {
    routes: [
      ...PATHS.map(
        ([method, path, what]): Route => ({
          method,
          path,
          *handler() {
            throw new RequestError('notImplemented', `drydock: ${what} is not simulated`);
          },
        }),
      ),
      ...EXPERIMENTAL.map(
        ([method, path]): Route => ({
          method,
          path,
          *handler() {
            throw new RequestError(
              'notImplemented',
              'This experimental feature is disabled by default. Start the Docker daemon in experimental mode in order to enable it.',
            );
          },
        }),
      ),
    ],
  };
}
