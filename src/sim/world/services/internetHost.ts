/** A server on the internet: a small machine that runs one coroutine. */
import { Kernel } from '../../kernel/machine.ts';
import type { ProgramTable } from '../../kernel/program.ts';
import type { Sim } from '../../kernel/sim.ts';
import { bind, listen, socket } from '../../kernel/syscalls.ts';
import { MemFs } from '../../kernel/vfs/memFs.ts';
import type { Internet } from '../../net/internet.ts';
import type { NetWorld } from '../../net/network.ts';
import { NetStack } from '../../net/stack.ts';

const NO_PROGRAMS: ProgramTable = { get: () => undefined };

export interface InternetHostOptions {
  readonly name: string;
  readonly addresses: readonly string[];
  readonly epochUs: number;
  readonly main: () => Sim<number>;
}

/** Puts a host on the internet and starts it; its stack is answered. */
export function startInternetHost(net: NetWorld, internet: Internet, o: InternetHostOptions): NetStack {
  const kernel = new Kernel({
    scheduler: net.scheduler,
    hostname: o.name,
    programs: NO_PROGRAMS,
    bootEpochUs: o.epochUs,
    createInetStack: (ns) => new NetStack(net, `${o.name}/${ns.id}`),
  });
  const disk = new MemFs({ device: kernel.nextDevice(), now: o.epochUs });
  for (const dir of ['/proc', '/sys', '/dev', '/run', '/etc']) disk.addFile(dir, { directory: true, mtime: o.epochUs });
  kernel.mountRoot(disk);
  const stack = kernel.namespaces.net.stack as NetStack;
  internet.attachHost(stack, o.addresses);
  kernel.spawnInit({ argv: [o.name], main: o.main });
  return stack;
}

export function* listenOn(port: number): Sim<number> {
  const fd = yield* socket('inet', 'stream');
  yield* bind(fd, { address: '', port });
  yield* listen(fd, 128);
  return fd;
}
