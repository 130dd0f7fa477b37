/** The buffers of sys.stdout and sys.stderr: by line on a terminal, by block of 8 KiB elsewhere, not at all with -u. */
import type { Sim } from '../../../../kernel/sim.ts';
import { write } from '../../../../kernel/syscalls.ts';

const BLOCK = 8192;
const NEWLINE = 10;

export class Output {
  readonly #parts = new Map<number, { chunks: Uint8Array[]; length: number }>();
  readonly #byLine: boolean;
  readonly #unbuffered: boolean;

  /** `terminal`: whether standard output is one. */
  constructor(options: { readonly terminal: boolean; readonly unbuffered: boolean }) {
    this.#byLine = options.terminal;
    this.#unbuffered = options.unbuffered;
    for (const fd of [1, 2]) this.#parts.set(fd, { chunks: [], length: 0 });
  }

  /** Takes data; answers with a coroutine when something has to be written now. */
  add(fd: 1 | 2, data: Uint8Array): Sim<number> | undefined {
    const part = this.#parts.get(fd)!;
    part.chunks.push(data);
    part.length += data.length;
    const lines = fd === 2 || this.#byLine || this.#unbuffered;
    return part.length >= BLOCK || (lines && data.includes(NEWLINE)) || (this.#unbuffered && fd === 1) ? this.flush(fd) : undefined;
  }

  flush(fd: 1 | 2): Sim<number> | undefined {
    const part = this.#parts.get(fd)!;
    if (part.length === 0) return undefined;
    const data = new Uint8Array(part.length);
    let at = 0;
    for (const chunk of part.chunks) {
      data.set(chunk, at);
      at += chunk.length;
    }
    part.chunks = [];
    part.length = 0;
    return (function* () {
      for (let done = 0; done < data.length; ) done += yield* write(fd, data.subarray(done));
      return 0;
    })();
  }

  *flushAll(): Sim<void> {
    for (const fd of [1, 2] as const) {
      const flush = this.flush(fd);
      if (flush) yield* flush;
    }
  }
}
