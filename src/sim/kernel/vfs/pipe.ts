import { EMPTY_BYTES } from '../../lib/bytes.ts';
import { S_IFIFO, type Stat } from '../abi.ts';
import { Errno } from '../errno.ts';
import { PIPE_ATOMIC, PIPE_CAPACITY } from '../limits.ts';
import type { Thread } from '../machine.ts';
import type { OpenFile, Readiness } from '../openFile.ts';
import { block } from '../process/delivery.ts';
import { sendSignal } from '../process/signals.ts';
import { SELF, type Sim } from '../sim.ts';
import { WaitQueue } from '../waitQueue.ts';

/** Bytes on their way, kept in the chunks in which they came. */
export class ByteQueue {
  readonly #chunks: Uint8Array[] = [];
  length = 0;

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.length += chunk.length;
  }

  /** Up to `count` bytes from the front, in one piece. */
  take(count: number): Uint8Array {
    const first = this.#chunks[0];
    if (!first) return EMPTY_BYTES;
    if (first.length >= count) {
      this.length -= count;
      if (first.length === count) this.#chunks.shift();
      else this.#chunks[0] = first.subarray(count);
      return first.subarray(0, count);
    }
    if (this.#chunks.length === 1) {
      this.#chunks.shift();
      this.length = 0;
      return first;
    }
    const out = new Uint8Array(Math.min(count, this.length));
    let at = 0;
    while (at < out.length) {
      const chunk = this.#chunks[0];
      const part = chunk.length <= out.length - at ? chunk : chunk.subarray(0, out.length - at);
      out.set(part, at);
      at += part.length;
      if (part.length === chunk.length) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(part.length);
    }
    this.length -= at;
    return out;
  }

  clear(): void {
    this.#chunks.length = 0;
    this.length = 0;
  }
}

/** A pipe or FIFO: a bounded queue between those who hold its ends. */
export class Pipe {
  readonly name: string;
  readonly stat: () => Stat;
  readonly queue = new ByteQueue();
  readonly changed = new WaitQueue();
  readers = 0;
  writers = 0;

  constructor(name: string, stat: () => Stat) {
    this.name = name;
    this.stat = stat;
  }

  end(readable: boolean, writable: boolean): PipeEnd {
    return new PipeEnd(this, readable, writable);
  }
}

export function anonymousPipe(inode: number, now: number): Pipe {
  const stat: Stat = {
    dev: 13, ino: inode, mode: S_IFIFO | 0o600, nlink: 1, uid: 0, gid: 0, rdev: 0, size: 0, blocks: 0, atime: now, mtime: now, ctime: now,
  };
  return new Pipe(`pipe:[${inode}]`, () => stat);
}

class PipeEnd implements OpenFile {
  readonly kind = 'pipe';
  readonly #pipe: Pipe;
  readonly readable: boolean;
  readonly writable: boolean;

  constructor(pipe: Pipe, readable: boolean, writable: boolean) {
    this.#pipe = pipe;
    this.readable = readable;
    this.writable = writable;
    if (readable) pipe.readers++;
    if (writable) pipe.writers++;
    pipe.changed.wake();
  }

  get name(): string {
    return this.#pipe.name;
  }

  get changed(): WaitQueue {
    return this.#pipe.changed;
  }

  *read(count: number): Sim<Uint8Array> {
    const pipe = this.#pipe;
    if (count === 0) return EMPTY_BYTES;
    while (pipe.queue.length === 0) {
      if (pipe.writers === 0) return EMPTY_BYTES;
      yield* block([pipe.changed]);
    }
    const data = pipe.queue.take(count);
    pipe.changed.wake();
    return data;
  }

  *write(data: Uint8Array): Sim<number> {
    const pipe = this.#pipe;
    let rest = data;
    while (rest.length > 0) {
      if (pipe.readers === 0) {
        const thread = (yield SELF) as Thread;
        sendSignal(thread.process, 'SIGPIPE', thread.process);
        yield SELF;
        throw new Errno('EPIPE');
      }
      const room = PIPE_CAPACITY - pipe.queue.length;
      if (room > 0 && (rest.length <= room || data.length > PIPE_ATOMIC)) {
        // A copy: the writer may use its buffer again.
        pipe.queue.push(rest.slice(0, room));
        rest = rest.subarray(Math.min(room, rest.length));
        pipe.changed.wake();
      } else yield* block([pipe.changed]);
    }
    return data.length;
  }

  poll(): Readiness {
    const pipe = this.#pipe;
    if (!this.writable) return { readable: pipe.queue.length > 0 || pipe.writers === 0, writable: false, hangup: pipe.writers === 0 };
    return {
      readable: this.readable && pipe.queue.length > 0,
      writable: pipe.readers === 0 || PIPE_CAPACITY - pipe.queue.length >= PIPE_ATOMIC,
      hangup: pipe.readers === 0,
    };
  }

  stat(): Stat {
    return this.#pipe.stat();
  }

  reopen(readable: boolean, writable: boolean): OpenFile {
    return this.#pipe.end(readable, writable);
  }

  close(): void {
    if (this.readable) this.#pipe.readers--;
    if (this.writable) this.#pipe.writers--;
    this.#pipe.changed.wake();
  }
}
