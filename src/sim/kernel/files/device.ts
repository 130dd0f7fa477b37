/** Character devices by number (null(4), zero(4), random(4), tty(4)). */
import type { Stat } from '../abi.ts';
import { Errno } from '../errno.ts';
import { DEVICE_READ_MAX } from '../limits.ts';
import type { OpenFile } from '../openFile.ts';
import type { Process } from '../process/process.ts';
import type { Sim } from '../sim.ts';
import { PtyMaster } from '../tty/master.ts';
import { PtySlave } from '../tty/slave.ts';
import type { Inode } from '../vfs/inode.ts';
import { WaitQueue } from '../waitQueue.ts';

const deviceNumber = (major: number, minor: number): number => major * 256 + minor;

/** The nodes of a /dev, with their numbers and permissions. */
export const DEVICES: readonly (readonly [name: string, rdev: number, mode: number])[] = [
  ['null', deviceNumber(1, 3), 0o666],
  ['zero', deviceNumber(1, 5), 0o666],
  ['full', deviceNumber(1, 7), 0o666],
  ['random', deviceNumber(1, 8), 0o666],
  ['urandom', deviceNumber(1, 9), 0o666],
  ['tty', deviceNumber(5, 0), 0o666],
];

const READY = { readable: true, writable: true, hangup: false } as const;
const NEVER = new WaitQueue();

type Kind = 'null' | 'zero' | 'full' | 'random';

class Device implements OpenFile {
  readonly kind = 'device';
  readonly name: string;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly changed = NEVER;
  readonly #device: Kind;
  readonly #inode: Inode;
  readonly #random: (count: number) => Uint8Array;

  constructor(device: Kind, inode: Inode, name: string, readable: boolean, writable: boolean, random: (count: number) => Uint8Array) {
    this.#device = device;
    this.#inode = inode;
    this.name = name;
    this.readable = readable;
    this.writable = writable;
    this.#random = random;
  }
  *read(count: number): Sim<Uint8Array> {
    return this.pread(count);
  }
  pread(count: number): Uint8Array {
    if (this.#device === 'null') return new Uint8Array(0);
    const most = Math.min(count, DEVICE_READ_MAX);
    return this.#device === 'random' ? this.#random(most) : new Uint8Array(most);
  }
  *write(data: Uint8Array): Sim<number> {
    if (this.#device === 'full') throw new Errno('ENOSPC');
    return data.length;
  }
  poll() {
    return READY;
  }
  stat(): Stat {
    return this.#inode.stat();
  }
  seek(): number {
    return 0;
  }
  reopen(readable: boolean, writable: boolean): OpenFile {
    return new Device(this.#device, this.#inode, this.name, readable, writable, this.#random);
  }
  close(): void {}
}

/** Opens a device node. ENXIO for one that nobody drives. */
export function openDevice(process: Process, inode: Inode, name: string, readable: boolean, writable: boolean): OpenFile {
  const { kernel } = process;
  const plain = (kind: Kind) => new Device(kind, inode, name, readable, writable, (count) => kernel.scheduler.rng.bytes(count));
  switch (inode.rdev) {
    case deviceNumber(1, 3):
      return plain('null');
    case deviceNumber(1, 5):
      return plain('zero');
    case deviceNumber(1, 7):
      return plain('full');
    case deviceNumber(1, 8):
    case deviceNumber(1, 9):
      return plain('random');
    case deviceNumber(5, 0):
    case deviceNumber(5, 1):
      if (!process.tty) throw new Errno('ENXIO', name);
      return new PtySlave(process.tty, readable, writable);
    case deviceNumber(5, 2):
      return new PtyMaster(kernel.devPtsOf(process).allocate({ rows: 24, columns: 80 }));
    default:
      throw new Errno('ENXIO', name);
  }
}
