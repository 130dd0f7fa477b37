import { Kernel } from '../../kernel/machine.ts';
import type { ProgramTable } from '../../kernel/program.ts';
import { load, type Sim } from '../../kernel/sim.ts';
import { bind, listen, poll, socket, thread } from '../../kernel/syscalls.ts';
import { MemFs } from '../../kernel/vfs/memFs.ts';
import type { Internet } from '../../net/internet.ts';
import type { NetWorld } from '../../net/network.ts';
import { NetStack } from '../../net/stack.ts';
import { PUBLIC_AUTHORITY } from '../../net/tls.ts';

/** Images for a world that does not use the catalogue: what is there at the start, and what docker.io hands out. */
export interface RegistrySource {
  readonly present: readonly unknown[];
  readonly offered: readonly unknown[];
}

const ADDRESS = '54.236.113.205';
const NAMES = ['registry-1.docker.io', 'auth.docker.io', 'index.docker.io', 'hub.docker.com', 'docker.io'];
const NO_PROGRAMS: ProgramTable = { get: () => undefined };

/** Puts Docker Hub on the internet: one host that hands out tokens, manifests and blobs. Its catalogue loads when somebody calls. */
export function connectRegistries(net: NetWorld, internet: Internet, source: RegistrySource | undefined, epochUs: number): void {
  const kernel = new Kernel({
    scheduler: net.scheduler,
    hostname: 'registry',
    programs: NO_PROGRAMS,
    bootEpochUs: epochUs,
    createInetStack: (ns) => new NetStack(net, `registry/${ns.id}`),
  });
  const disk = new MemFs({ device: kernel.nextDevice(), now: epochUs });
  for (const dir of ['/proc', '/sys', '/dev', '/run', '/etc']) disk.addFile(dir, { directory: true, mtime: epochUs });
  kernel.mountRoot(disk);
  internet.attachHost(kernel.namespaces.net.stack as NetStack, [ADDRESS]);
  for (const name of NAMES) internet.addHost(name, ADDRESS);
  kernel.spawnInit({
    argv: ['registry'],
    *main(): Sim<number> {
      const [secure, plain] = [yield* listenOn(443), yield* listenOn(80)];
      yield* poll([
        { fd: secure, read: true },
        { fd: plain, read: true },
      ]);
      const { serveHub } = yield* load(() => import('./hub.ts'));
      yield* thread(() => serveHub(secure, source, { names: ['docker.io', '*.docker.io', 'hub.docker.com'], issuer: PUBLIC_AUTHORITY }));
      return yield* serveHub(plain, source, undefined);
    },
  });
}

function* listenOn(port: number): Sim<number> {
  const fd = yield* socket('inet', 'stream');
  yield* bind(fd, { address: '', port });
  yield* listen(fd, 128);
  return fd;
}
