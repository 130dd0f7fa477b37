import { EMPTY_BYTES } from '../../lib/bytes.ts';
import type { Stat } from '../abi.ts';
import { Errno } from '../errno.ts';
import type { OpenFile, Readiness } from '../openFile.ts';
import type { Sim } from '../sim.ts';
import { WaitQueue } from '../waitQueue.ts';
import { type Inode, statOf } from './fileSystem.ts';

const ALWAYS_READY: Readiness = { readable: true, writable: true, hangup: false };
/** Nobody ever waits for a regular file. */
const NEVER_CHANGES = new WaitQueue();

/** An open regular file or directory. */
export class InodeFile implements OpenFile {
  readonly kind: 'file' | 'directory';
  readonly node: Inode;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly append: boolean;
  readonly changed = NEVER_CHANGES;
  readonly #name: () => string;
  #position = 0;

  constructor(node: Inode, flags: { readonly readable: boolean; readonly writable: boolean; readonly append?: boolean }, name: () => string) {
    this.kind = node.isDirectory ? 'directory' : 'file';
    this.node = node;
    this.readable = flags.readable;
    this.writable = flags.writable;
    this.append = flags.append ?? false;
    this.#name = name;
  }

  get name(): string {
    return this.#name();
  }

  *read(count: number): Sim<Uint8Array> {
    const data = this.node.read(this.#position, count);
    this.#position += data.length;
    if (data.length > 0) this.node.touch();
    return data;
  }

  *write(data: Uint8Array): Sim<number> {
    if (this.append) this.#position = this.node.size;
    this.node.write(this.#position, data);
    this.#position += data.length;
    return data.length;
  }

  pread(count: number, offset: number): Uint8Array {
    return this.node.isDirectory ? EMPTY_BYTES : this.node.read(offset, count);
  }

  seek(offset: number, whence: 'set' | 'cur' | 'end'): number {
    const base = whence === 'set' ? 0 : whence === 'cur' ? this.#position : this.node.size;
    if (base + offset < 0) throw new Errno('EINVAL');
    this.#position = base + offset;
    return this.#position;
  }

  truncate(length: number): void {
    if (!this.writable) throw new Errno('EINVAL');
    this.node.truncate(length);
  }

  reopen(readable: boolean, writable: boolean): OpenFile {
    return new InodeFile(this.node, { readable, writable }, this.#name);
  }

  poll(): Readiness {
    return ALWAYS_READY;
  }

  stat(): Stat {
    return statOf(this.node);
  }

  close(): void {}
}
