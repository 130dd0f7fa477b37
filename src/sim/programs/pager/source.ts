/** Lines of what is being read, taken from it only as far as they are needed. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { open, poll, read, S_IFDIR, S_IFMT, S_IFREG, stat } from '../../kernel/syscalls.ts';
import { Utf8Decoder } from '../../lib/utf8.ts';

/** One file, or standard input. */
export class LineSource {
  readonly name: string;
  readonly #fd: number;
  readonly #decoder = new Utf8Decoder();
  readonly lines: string[] = [];
  #rest = '';
  #ended = false;
  bytes = 0;

  constructor(name: string, fd: number) {
    this.name = name;
    this.#fd = fd;
  }

  /** Everything was read; a file may grow nonetheless (see {@link more}). */
  get ended(): boolean {
    return this.#ended;
  }

  /** Reads until there are `count` lines, the end, or a key on `keysFd` that shall be looked at first. */
  *need(count: number, keysFd?: number): Sim<void> {
    while (this.lines.length < count && !this.#ended) {
      if (keysFd !== undefined) {
        const ready = yield* poll([
          { fd: this.#fd, read: true },
          { fd: keysFd, read: true },
        ]);
        if (!ready.some((r) => r.fd === this.#fd)) return;
      }
      yield* this.#take();
    }
  }

  /** Looks whether a file has grown. True if it has. */
  *more(): Sim<boolean> {
    const before = this.bytes;
    yield* this.#take();
    return this.bytes > before;
  }

  *#take(): Sim<void> {
    const chunk = yield* read(this.#fd, 65_536);
    if (chunk.length === 0) {
      this.#ended = true;
      this.#rest += this.#decoder.flush();
      if (this.#rest !== '') this.lines.push(this.#rest.replace(/\r$/, ''));
      this.#rest = '';
      return;
    }
    this.#ended = false;
    this.bytes += chunk.length;
    const parts = (this.#rest + this.#decoder.decode(chunk)).split('\n');
    this.#rest = parts.pop()!;
    for (const line of parts) this.lines.push(line.replace(/\r$/, ''));
  }
}

/** Opens a file for the pager, or says why not. */
export function* openSource(path: string): Sim<LineSource | string> {
  if (path === '-') return new LineSource('-', 0);
  try {
    const info = yield* stat(path);
    if ((info.mode & S_IFMT) === S_IFDIR) return `${path} is a directory`;
    if ((info.mode & S_IFMT) !== S_IFREG) return `${path} is not a regular file (use -f to see it)`;
    return new LineSource(path, yield* open(path, 'r'));
  } catch (error) {
    if (!isErrno(error)) throw error;
    return `${path}: ${error.message}`;
  }
}
