/** The namespaces that a process lives in, besides mounts. */
import type { InetStack } from '../inet.ts';

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
export class PidNamespace<P = unknown> {
  readonly id: number;
  readonly parent: PidNamespace<P> | undefined;
  readonly processes = new Map<number, P>();
  #last = 0;
  readonly #max: number;

  constructor(id: number, parent: PidNamespace<P> | undefined, max: number) {
    this.id = id;
    this.parent = parent;
    this.#max = max;
  }

  allocate(process: P): number {
    do this.#last = this.#last >= this.#max ? 300 : this.#last + 1;
    while (this.processes.has(this.#last));
    this.processes.set(this.#last, process);
    return this.#last;
  }

  get init(): P | undefined {
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
