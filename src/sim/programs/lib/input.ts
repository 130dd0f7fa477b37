import { isErrno } from '../../kernel/errno.ts';
import { STRING_MAX } from '../../kernel/limits.ts';
import { pause, type Sim } from '../../kernel/sim.ts';
import { close, open, read } from '../../kernel/syscalls.ts';
import { Utf8Decoder } from '../../lib/utf8.ts';
import { Fatal } from './failure.ts';
import { KeptMemory, MEMORY_EXHAUSTED } from './memory.ts';
import type { Tool } from './tool.ts';

export const CHUNK = 65_536;
const LINES_PER_PAUSE = 512;

/** Reads lines as they come; a stray byte stays itself (see lib/utf8). A line of more than STRING_MAX characters ends the tool. */
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

  /** `delimiter`: one character. */
  constructor(fd: number, delimiter = '\n') {
    this.fd = fd;
    this.#delimiter = delimiter;
  }

  /** The next line without its delimiter, or null at the end. */
  *next(): Sim<string | null> {
    if (++this.#count % LINES_PER_PAUSE === 0) yield* pause();
    let begun = '';
    for (;;) {
      const end = this.#text.indexOf(this.#delimiter, this.#at);
      if (end >= 0) {
        const line = begun + this.#text.slice(this.#at, end);
        this.#at = end + 1;
        this.terminated = true;
        return line;
      }
      // What was looked through is set aside: a long line is not searched again with each piece.
      begun += this.#text.slice(this.#at);
      this.#at = 0;
      this.#text = '';
      if (begun.length > STRING_MAX) throw new Fatal(MEMORY_EXHAUSTED);
      if (this.#ended) {
        if (begun === '') return null;
        this.terminated = false;
        return begun;
      }
      const chunk = yield* read(this.fd, CHUNK);
      this.#ended = chunk.length === 0;
      this.#text = this.#ended ? this.#decoder.flush() : this.#decoder.decode(chunk);
    }
  }
}

/** What a kept line takes besides its characters, bytes. */
const LINE_BYTES = 48;

/** All lines of a file, and whether the last one was terminated. `kept`: the account that they are kept on (else one of their own). */
export function* readLines(
  fd: number,
  delimiter = '\n',
  kept = new KeptMemory(),
): Sim<{ readonly lines: string[]; readonly terminated: boolean }> {
  const reader = new LineReader(fd, delimiter);
  const lines: string[] = [];
  for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
    lines.push(line);
    yield* kept.add(line.length + LINE_BYTES);
  }
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
