import { S_IFIFO, type Stat } from '../abi.ts';
import { Errno } from '../errno.ts';
import { PIPE_ATOMIC, PIPE_CAPACITY } from '../limits.ts';
import type { OpenFile, Readiness } from '../openFile.ts';
import { interruptibleWait, raiseSigpipe } from '../process/wait.ts';
import type { Sim } from '../sim.ts';
import { WaitQueue } from '../waitQueue.ts';

const EMPTY = new Uint8Array(0);

/** A queue of bytes with a reading and a writing side, shared by pipes, fifos and stream sockets. */
export class ByteChannel {
  readonly capacity: number;
  readonly changed = new WaitQueue();
  readers = 0;
  writers = 0;
  /** How many of either side there have been: who waits for one to come sees it even if it has gone since. */
  readersEver = 0;
  writersEver = 0;
  #chunks: Uint8Array[] = [];
  #head = 0;
  length = 0;

  constructor(capacity = PIPE_CAPACITY) {
    this.capacity = capacity;
  }

  /** Takes up to `count` bytes. */
  take(count: number): Uint8Array {
    const first = this.#chunks[0];
    if (!first || count === 0) return EMPTY;
    if (this.#chunks.length === 1 || first.length - this.#head >= count) return this.#takeFirst(count);
    const out = new Uint8Array(Math.min(count, this.length));
    let n = 0;
    while (n < out.length) {
      const part = this.#takeFirst(out.length - n);
      out.set(part, n);
      n += part.length;
    }
    return out;
  }

  #takeFirst(count: number): Uint8Array {
    const first = this.#chunks[0];
    const part = first.subarray(this.#head, this.#head + count);
    this.#head += part.length;
    if (this.#head === first.length) {
      this.#chunks.shift();
      this.#head = 0;
    }
    this.length -= part.length;
    this.changed.wake();
    return part;
  }

  put(data: Uint8Array): void {
    if (data.length === 0) return;
    this.#chunks.push(data);
    this.length += data.length;
    this.changed.wake();
  }

  /** Forgets what nobody has read. */
  clear(): void {
    this.#chunks = [];
    this.#head = 0;
    this.length = 0;
  }

  *read(count: number): Sim<Uint8Array> {
    while (this.length === 0) {
      if (this.writers === 0 || count === 0) return EMPTY;
      yield* interruptibleWait(this.changed);
    }
    return this.take(count);
  }

  *write(data: Uint8Array): Sim<number> {
    let at = 0;
    const copy = data.slice();
    while (at < copy.length || copy.length === 0) {
      if (this.readers === 0) {
        yield* raiseSigpipe();
        throw new Errno('EPIPE');
      }
      if (copy.length === 0) return 0;
      const room = this.capacity - this.length;
      const left = copy.length - at;
      if (room > 0 && (left > PIPE_ATOMIC || room >= left)) {
        const part = copy.subarray(at, at + Math.min(room, left));
        this.put(part);
        at += part.length;
      } else yield* interruptibleWait(this.changed);
    }
    return copy.length;
  }
}

/** What stat(2) tells of a pipe. It belongs to whoever made it, who alone may open it anew by /dev/fd. */
export interface PipeInode {
  readonly ino: number;
  readonly uid: number;
  readonly gid: number;
  /** Of a fifo in a file system; a pipe has 0600. */
  readonly permissions?: number;
  /** When it was made, microseconds since 1970. */
  readonly now: number;
}

/** One end of a pipe. */
export class PipeEnd implements OpenFile {
  readonly kind = 'pipe';
  readonly name: string;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly #channel: ByteChannel;
  readonly #about: PipeInode;

  constructor(
    channel: ByteChannel,
    options: PipeInode & { readonly readable: boolean; readonly writable: boolean; readonly name?: string },
  ) {
    this.#channel = channel;
    this.readable = options.readable;
    this.writable = options.writable;
    this.#about = options;
    this.name = options.name ?? `pipe:[${options.ino}]`;
    if (options.readable) {
      channel.readers++;
      channel.readersEver++;
    }
    if (options.writable) {
      channel.writers++;
      channel.writersEver++;
    }
    channel.changed.wake();
  }

  get changed(): WaitQueue {
    return this.#channel.changed;
  }
  read(count: number): Sim<Uint8Array> {
    return this.#channel.read(count);
  }
  write(data: Uint8Array): Sim<number> {
    return this.#channel.write(data);
  }
  poll(): Readiness {
    const c = this.#channel;
    return {
      readable: this.readable && (c.length > 0 || c.writers === 0),
      writable: this.writable && (c.length < c.capacity || c.readers === 0),
      hangup: this.readable ? c.writers === 0 : c.readers === 0,
    };
  }
  stat(): Stat {
    return {
      dev: 13,
      ino: this.#about.ino,
      mode: S_IFIFO | (this.#about.permissions ?? 0o600),
      nlink: 1,
      uid: this.#about.uid,
      gid: this.#about.gid,
      rdev: 0,
      size: 0,
      blocks: 0,
      atime: this.#about.now,
      mtime: this.#about.now,
      ctime: this.#about.now,
    };
  }
  reopen(readable: boolean, writable: boolean): OpenFile {
    return new PipeEnd(this.#channel, { ...this.#about, readable, writable, name: this.name });
  }
  close(): void {
    if (this.readable) this.#channel.readers--;
    if (this.writable) this.#channel.writers--;
    // fifo(7): the kernel keeps the bytes only while somebody has it open.
    if (this.#channel.readers === 0 && this.#channel.writers === 0) this.#channel.clear();
    this.#channel.changed.wake();
  }
}
