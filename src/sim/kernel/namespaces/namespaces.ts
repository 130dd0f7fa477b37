/** The namespaces that a process lives in, besides mounts. */
import type { InetStack } from '../inet.ts';
import type { MountNamespace } from '../vfs/mounts.ts';
import type { Process } from '../process/process.ts';

export class UtsNamespace {
  readonly id: number;
  hostname: string;
  domainname = '(none)';
  constructor(id: number, hostname: string) {
    this.id = id;
    this.hostname = hostname;
  }
}

/** Process numbers as its members see them. An outer namespace sees the members of inner ones, under numbers of its own. */
export class PidNamespace {
  readonly id: number;
  readonly parent: PidNamespace | undefined;
  readonly processes = new Map<number, Process>();
  #last = 0;
  readonly #max: number;

  constructor(id: number, parent: PidNamespace | undefined, max: number) {
    this.id = id;
    this.parent = parent;
    this.#max = max;
  }

  allocate(process: Process): number {
    do this.#last = this.#last >= this.#max ? 300 : this.#last + 1;
    while (this.processes.has(this.#last));
    this.processes.set(this.#last, process);
    return this.#last;
  }

  get init(): Process | undefined {
    return this.processes.get(1);
  }
}

/** Holds a network stack; `net` fills it in. */
export class NetNamespace {
  readonly id: number;
  stack: InetStack | undefined;
  constructor(id: number, stack: InetStack | undefined) {
    this.id = id;
    this.stack = stack;
  }
}

/** A namespace of which only the identity matters here (ipc, user, cgroup, time). */
export class PlainNamespace {
  readonly id: number;
  constructor(id: number) {
    this.id = id;
  }
}

export interface Namespaces {
  mnt: MountNamespace;
  pid: PidNamespace;
  net: NetNamespace;
  uts: UtsNamespace;
  ipc: PlainNamespace;
  user: PlainNamespace;
  cgroup: PlainNamespace;
  time: PlainNamespace;
}
