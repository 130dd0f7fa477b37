import { Kernel } from '../kernel/machine.ts';
import type { ProgramTable } from '../kernel/program.ts';
import type { Scheduler } from '../kernel/scheduler.ts';
import type { Internet } from '../net/internet.ts';
import type { NetWorld } from '../net/network.ts';
import { NetStack } from '../net/stack.ts';
import { installDisk } from './disk.ts';
import type { TreeEntry } from './rootfs/tree.ts';

export interface MachineOptions {
  readonly name: string;
  /** '192.168.56.10' */
  readonly address: string;
  /** Prefix length of the wire's network. */
  readonly bits: number;
  readonly nameserver: string;
  readonly scheduler: Scheduler;
  readonly net: NetWorld;
  readonly internet: Internet;
  /** Microseconds since 1970 at the world's start. */
  readonly epochUs: number;
  readonly programs: ProgramTable;
  /** Programs that get an executable on the disk. */
  readonly installed: readonly string[];
  readonly extraFiles?: readonly TreeEntry[];
  readonly emptyHome?: boolean;
}

/** A Linux machine on the wire, with its disk, not yet booted. */
export interface Machine {
  readonly name: string;
  readonly address: string;
  readonly kernel: Kernel;
  readonly stack: NetStack;
}

export function createMachine(o: MachineOptions): Machine {
  const kernel = new Kernel({
    scheduler: o.scheduler,
    hostname: o.name,
    programs: o.programs,
    bootEpochUs: o.epochUs,
    createInetStack: (namespace) => new NetStack(o.net, `${o.name}/${namespace.id}`),
  });
  const stack = kernel.namespaces.net.stack as NetStack;
  o.internet.attachMachine(stack, o.address, o.bits);
  kernel.mountRoot(
    installDisk(
      kernel.nextDevice(),
      o.epochUs,
      { hostname: o.name, address: o.address, nameserver: o.nameserver, programs: o.installed, emptyHome: o.emptyHome },
      o.extraFiles,
    ),
  );
  return { name: o.name, address: o.address, kernel, stack };
}

/** Starts process 1. */
export function bootMachine(machine: Machine): void {
  machine.kernel.spawnInit({ path: '/usr/bin/systemd', argv: ['/sbin/init'], newSession: true });
}
