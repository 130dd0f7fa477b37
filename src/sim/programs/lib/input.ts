import { isErrno } from '../../kernel/errno.ts';
import { pause, type Sim } from '../../kernel/sim.ts';
import { close, open, read } from '../../kernel/syscalls.ts';
import { Utf8Decoder } from '../../lib/utf8.ts';
import type { Tool } from './tool.ts';

export const CHUNK = 65_536;
const LINES_PER_PAUSE = 512;

/** Reads lines as they come; a stray byte stays itself (see lib/utf8). */
export class LineReader {
  readonly fd: number;
  readonly #delimiter: string;
  readonly #decoder = new Utf8Decoder();
  #text = '';
  #at = 0;
  #ended = false;
  #count = 0;
  /** Whether the line last given ended with the delimiter. */
  terminated = true;

  constructor(fd: number, delimiter = '\n') {
    this.fd = fd;
    this.#delimiter = delimiter;
  }

  /** The next line without its delimiter, or null at the end. */
  *next(): Sim<string | null> {
    if (++this.#count % LINES_PER_PAUSE === 0) yield* pause();
    let from = this.#at;
    for (;;) {
      const end = this.#text.indexOf(this.#delimiter, from);
      if (end >= 0) {
        const line = this.#text.slice(this.#at, end);
        this.#at = end + 1;
        this.terminated = true;
        return line;
      }
      if (this.#ended) {
        if (this.#at >= this.#text.length) return null;
        const line = this.#text.slice(this.#at);
        this.#text = '';
        this.#at = 0;
        this.terminated = false;
        return line;
      }
      const rest = this.#text.slice(this.#at);
      const chunk = yield* read(this.fd, CHUNK);
      from = rest.length;
      this.#at = 0;
      if (chunk.length === 0) {
        this.#ended = true;
        this.#text = rest + this.#decoder.flush();
      } else this.#text = rest + this.#decoder.decode(chunk);
    }
  }
}

/** All lines of a file, and whether the last one was terminated. */
export function* readLines(fd: number, delimiter = '\n'): Sim<{ readonly lines: string[]; readonly terminated: boolean }> {
  const reader = new LineReader(fd, delimiter);
  const lines: string[] = [];
  for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) lines.push(line);
  return { lines, terminated: reader.terminated };
}

/** Opens `path`; `-` is standard input. */
export function openInput(path: string): Sim<number> {
  return path === '-' ? stdin() : open(path, 'r');
}

function* stdin(): Sim<number> {
  return 0;
}

/** Calls `body` with each file opened (no files: standard input). A file that fails is reported and the next one taken. */
export function* eachInput(
  t: Tool,
  files: readonly string[],
  body: (fd: number, name: string) => Sim<void>,
  failure?: (name: string) => string,
): Sim<void> {
  for (const file of files.length === 0 ? ['-'] : files) yield* withInput(t, file, body, failure);
}

/** `failure` words what goes before the reason when the file does not open; otherwise that is its name. */
function* withInput(t: Tool, file: string, body: (fd: number, name: string) => Sim<void>, failure?: (name: string) => string): Sim<void> {
  let fd: number;
  try {
    fd = yield* openInput(file);
  } catch (error) {
    if (failure && !t.busybox && isErrno(error)) yield* t.error(`${failure(file)}: ${error.message}`);
    else yield* t.fileError(file, error);
    return;
  }
  try {
    yield* body(fd, file);
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* t.error(`${file}: ${error.message}`);
  } finally {
    if (fd !== 0) yield* close(fd);
  }
}

/** Copies everything from one descriptor to another as it comes. */
export function* copyAll(from: number, to: (data: Uint8Array) => Sim<unknown>): Sim<number> {
  let total = 0;
  for (;;) {
    const chunk = yield* read(from, CHUNK);
    if (chunk.length === 0) return total;
    total += chunk.length;
    yield* to(chunk);
  }
}
