import type { Scheduler } from '../kernel/scheduler.ts';
import { Tracer } from './trace.ts';

/** What all stacks of a world share: clock and chance, numbering, the tracer. */
export class NetWorld {
  readonly scheduler: Scheduler;
  readonly tracer = new Tracer();
  #packets = 0;
  #inodes = 20_000;

  constructor(scheduler: Scheduler) {
    this.scheduler = scheduler;
  }

  nextPacketId(): number {
    return ++this.#packets;
  }

  /** Inode numbers of sockets, as /proc/PID/fd and ss show them. */
  nextInode(): number {
    this.#inodes += 1 + this.scheduler.rng.below(3);
    return this.#inodes;
  }

  /** A locally administered unicast address, as the kernel makes them for veth ends and bridges. */
  randomMac(): string {
    const bytes = this.scheduler.rng.bytes(6);
    bytes[0] = (bytes[0] & 0xfc) | 0x02;
    return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
  }
}
