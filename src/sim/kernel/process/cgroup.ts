/** Control groups: a tree with limits and counters (cgroups(7), the unified hierarchy). */
import type { WaitStatus } from '../abi.ts';

/** What a group needs of its processes. */
export interface CgroupMember {
  readonly hostPid: number;
  /** Resident bytes. */
  readonly memory: number;
  readonly threads: { readonly size: number };
  readonly alive: boolean;
  /** The group was frozen or thawed. */
  updateHold(): void;
  end(status: WaitStatus): void;
}

export class Cgroup {
  readonly name: string;
  readonly parent: Cgroup | undefined;
  readonly children = new Map<string, Cgroup>();
  readonly #processes = new Set<CgroupMember>();
  /** Bytes and threads of all members: kept along, since each fork and each growth asks for them. */
  #memory = 0;
  #pids = 0;
  /** Bytes; infinity is "max". */
  memoryMax = Number.POSITIVE_INFINITY;
  /** Told and kept; nothing is swapped here. */
  swapMax = Number.POSITIVE_INFINITY;
  memoryPeak = 0;
  pidsMax = Number.POSITIVE_INFINITY;
  /** CPU microseconds per period, and the period. */
  cpuQuota = Number.POSITIVE_INFINITY;
  cpuPeriod = 100_000;
  cpuWeight = 100;
  frozen = false;
  cpuUsage = 0;
  oomKills = 0;
  /** Told when the OOM killer struck here. */
  onOom: ((victim: CgroupMember) => void) | undefined;

  constructor(name: string, parent: Cgroup | undefined) {
    this.name = name;
    this.parent = parent;
  }

  /** '/docker/0123...', '/' for the root. */
  get path(): string {
    if (!this.parent) return '/';
    return this.parent.parent ? `${this.parent.path}/${this.name}` : `/${this.name}`;
  }

  /** The group at a path, made if it is missing. */
  at(path: string): Cgroup {
    let group: Cgroup = this;
    for (const part of path.split('/').filter((p) => p !== '')) {
      let next = group.children.get(part);
      if (!next) {
        next = new Cgroup(part, group);
        group.children.set(part, next);
      }
      group = next;
    }
    return group;
  }

  removeSelf(): void {
    this.parent?.children.delete(this.name);
  }

  get processes(): ReadonlySet<CgroupMember> {
    return this.#processes;
  }

  add(process: CgroupMember): void {
    this.#processes.add(process);
    this.count(process.memory, process.threads.size);
  }

  remove(process: CgroupMember): void {
    if (!this.#processes.delete(process)) return;
    this.count(-process.memory, -process.threads.size);
  }

  /** A member grew or shrank by so many bytes and threads. */
  count(memory: number, threads: number): void {
    for (let group: Cgroup | undefined = this; group; group = group.parent) {
      group.#memory += memory;
      group.#pids += threads;
    }
  }

  /** This group's processes and those of all below. */
  *members(): Iterable<CgroupMember> {
    yield* this.#processes;
    for (const child of this.children.values()) yield* child.members();
  }

  get memory(): number {
    return this.#memory;
  }

  get pids(): number {
    return this.#pids;
  }

  get isFrozen(): boolean {
    return this.frozen || (this.parent?.isFrozen ?? false);
  }

  /** Stops or continues all members (docker pause). */
  freeze(on: boolean): void {
    this.frozen = on;
    for (const process of this.members()) process.updateHold();
  }

  charge(microseconds: number): void {
    this.cpuUsage += microseconds;
    this.parent?.charge(microseconds);
  }
}
