import { S_IFIFO, type Stat } from '../abi.ts';
import { Errno } from '../errno.ts';
import type { OpenFile, Readiness } from '../openFile.ts';
import { interruptibleWait } from '../process/wait.ts';
import type { Sim } from '../sim.ts';
import { WaitQueue } from '../waitQueue.ts';

/** An end outside of the world: what is written goes to a callback, what is read was pushed in from outside. */
export class HostFile implements OpenFile {
  readonly kind = 'host';
  readonly name: string;
  readonly readable = true;
  readonly writable = true;
  readonly changed = new WaitQueue();
  readonly #onData: ((data: Uint8Array) => void) | undefined;
  readonly #onClose: (() => void) | undefined;
  readonly #input: Uint8Array[] = [];
  readonly #onTaken: (() => void) | undefined;
  #inputBytes = 0;
  #ended = false;
  #held = false;

  constructor(
    options: {
      name?: string;
      onData?: (data: Uint8Array) => void;
      onClose?: () => void;
      /** Some of what was pushed in was read: look at `unread`. */
      onTaken?: () => void;
      input?: Uint8Array | null;
    } = {},
  ) {
    this.name = options.name ?? 'pipe:[1]';
    this.#onData = options.onData;
    this.#onClose = options.onClose;
    this.#onTaken = options.onTaken;
    if (options.input && options.input.length > 0) this.push(options.input);
    if (options.input !== undefined) this.#ended = true;
  }

  /** Bytes that were pushed in and not read yet: whoever pushes stops when there are too many. */
  get unread(): number {
    return this.#inputBytes;
  }

  /** From outside: bytes to read. */
  push(data: Uint8Array): void {
    this.#input.push(data);
    this.#inputBytes += data.length;
    this.changed.wake();
  }

  /** From outside: no more bytes will come. */
  end(): void {
    this.#ended = true;
    this.changed.wake();
  }

  /** From outside: takes no more for now; writers wait until `release`. */
  hold(): void {
    this.#held = true;
  }

  release(): void {
    this.#held = false;
    this.changed.wake();
  }

  *read(count: number): Sim<Uint8Array> {
    for (;;) {
      const first = this.#input[0];
      if (first) {
        const taken = first.slice(0, count);
        if (taken.length === first.length) this.#input.shift();
        else this.#input[0] = first.subarray(count);
        this.#inputBytes -= taken.length;
        this.#onTaken?.();
        return taken;
      }
      if (this.#ended) return new Uint8Array(0);
      yield* interruptibleWait(this.changed);
    }
  }
  *write(data: Uint8Array): Sim<number> {
    if (!this.#onData) throw new Errno('EBADF');
    while (this.#held) yield* interruptibleWait(this.changed);
    this.#onData(data.slice());
    return data.length;
  }
  poll(): Readiness {
    return { readable: this.#input.length > 0 || this.#ended, writable: !this.#held, hangup: false };
  }
  stat(): Stat {
    return { dev: 13, ino: 1, mode: S_IFIFO | 0o600, nlink: 1, uid: 0, gid: 0, rdev: 0, size: 0, blocks: 0, atime: 0, mtime: 0, ctime: 0 };
  }
  close(): void {
    this.#onClose?.();
  }
}
