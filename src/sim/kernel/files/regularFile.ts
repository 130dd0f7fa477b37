import type { Stat } from '../abi.ts';
import { Errno } from '../errno.ts';
import type { OpenFile } from '../openFile.ts';
import type { Sim } from '../sim.ts';
import type { Inode } from '../vfs/inode.ts';
import { WaitQueue } from '../waitQueue.ts';

const READY = { readable: true, writable: true, hangup: false } as const;
/** Nobody ever waits for a regular file. */
const NEVER = new WaitQueue();

/** A regular file or directory that was opened: an inode and a position. */
export class RegularFile implements OpenFile {
  readonly kind: 'file' | 'directory';
  readonly inode: Inode;
  readonly name: string;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly changed = NEVER;
  readonly #append: boolean;
  readonly #now: () => number;
  #position = 0;

  constructor(inode: Inode, options: { name: string; readable: boolean; writable: boolean; append: boolean; now: () => number }) {
    this.kind = inode.isDirectory ? 'directory' : 'file';
    this.inode = inode;
    this.name = options.name;
    this.readable = options.readable;
    this.writable = options.writable;
    this.#append = options.append;
    this.#now = options.now;
  }

  *read(count: number): Sim<Uint8Array> {
    const data = this.pread(count, this.#position);
    this.#position += data.length;
    return data;
  }

  pread(count: number, offset: number): Uint8Array {
    if (this.kind === 'directory') throw new Errno('EISDIR');
    return this.inode.readAt(offset, count);
  }

  *write(data: Uint8Array): Sim<number> {
    if (this.#append) this.#position = this.inode.size;
    const n = this.inode.writeAt(this.#position, data, this.#now());
    this.#position += n;
    return n;
  }

  poll() {
    return READY;
  }

  stat(): Stat {
    return this.inode.stat();
  }

  seek(offset: number, whence: 'set' | 'cur' | 'end'): number {
    const to = offset + (whence === 'set' ? 0 : whence === 'cur' ? this.#position : this.inode.size);
    if (to < 0) throw new Errno('EINVAL');
    this.#position = to;
    return to;
  }

  truncate(length: number): void {
    this.inode.truncate(length, this.#now());
  }

  reopen(readable: boolean, writable: boolean): OpenFile {
    return new RegularFile(this.inode, { name: this.name, readable, writable, append: false, now: this.#now });
  }

  close(): void {}
}
