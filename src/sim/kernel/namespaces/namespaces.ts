import type { InetStack } from '../inet.ts';

/** What every kind of namespace has: the number that /proc/PID/ns shows. */
export interface Namespace {
  readonly id: number;
}

export class UtsNamespace implements Namespace {
  readonly id: number;
  hostname: string;
  domainname = '(none)';

  constructor(id: number, hostname: string) {
    this.id = id;
    this.hostname = hostname;
  }
}

/** Interfaces, addresses, routes, ports: all in the stack that `net/` gives. Without one there is no network at all. */
export class NetNamespace implements Namespace {
  readonly id: number;
  stack: InetStack | undefined;

  constructor(id: number, stack: InetStack | undefined) {
    this.id = id;
    this.stack = stack;
  }
}

/** Namespaces of which only the identity counts here (ipc, user, time). */
export class PlainNamespace implements Namespace {
  readonly id: number;

  constructor(id: number) {
    this.id = id;
  }
}

/** Numbers of the namespaces that are there at boot (include/linux/proc_ns.h). */
export const INITIAL_NAMESPACE_IDS = {
  time: 4026531834, cgroup: 4026531835, pid: 4026531836, user: 4026531837, uts: 4026531838, ipc: 4026531839, net: 4026531840, mnt: 4026531841,
} as const;
