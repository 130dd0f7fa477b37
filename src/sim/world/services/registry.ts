import { load, type Sim } from '../../kernel/sim.ts';
import { poll } from '../../kernel/syscalls.ts';
import type { Internet } from '../../net/internet.ts';
import type { NetWorld } from '../../net/network.ts';
import { PUBLIC_AUTHORITY } from '../../net/tls.ts';
import { listenOn, startInternetHost } from './internetHost.ts';
import type { RegistrySource } from './registrySource.ts';

const ADDRESS = '54.236.113.205';
const NAMES = ['registry-1.docker.io', 'auth.docker.io', 'index.docker.io', 'hub.docker.com', 'docker.io'];

/** Puts Docker Hub on the internet: one host that hands out tokens, manifests and blobs. Its catalogue loads when somebody calls. */
export function connectRegistries(net: NetWorld, internet: Internet, source: RegistrySource | undefined, epochUs: number): void {
  for (const name of NAMES) internet.addHost(name, ADDRESS);
  startInternetHost(net, internet, {
    name: 'registry',
    addresses: [ADDRESS],
    epochUs,
    *main(): Sim<number> {
      const [secure, plain] = [yield* listenOn(443), yield* listenOn(80)];
      yield* poll([
        { fd: secure, read: true },
        { fd: plain, read: true },
      ]);
      const { serveHub } = yield* load(() => import('./hub.ts'));
      return yield* serveHub(secure, plain, source, { names: ['docker.io', '*.docker.io', 'hub.docker.com'], issuer: PUBLIC_AUTHORITY });
    },
  });
}
