/** sed's input: lines of one file after the other, with one line of look-ahead, to know the last one. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { close, fstat, S_IFDIR, S_IFMT } from '../../../kernel/syscalls.ts';
import { LineReader, openInput } from '../input.ts';
import type { Tool } from '../tool.ts';

/** A line; the last one of a file may lack its end. */
export interface InputLine {
  readonly text: string;
  readonly terminated: boolean;
}

/** Reads the files of `queue`. */
export class SedInput {
  readonly #t: Tool;
  readonly #end: string;
  /** Files to come. */
  queue: string[] = [];
  /** The file of the line that was read last; '-' is standard input. */
  fileName = '-';
  /** The number of the line that was read last. */
  line = 0;
  /** Not 0 once a file could not be read. */
  status = 0;
  #reader: LineReader | undefined;
  #ahead: InputLine | null = null;

  /** `end`: what ends a line. */
  constructor(t: Tool, end: string) {
    this.#t = t;
    this.#end = end;
  }

  /** The next line; null at the end of the input. */
  *next(): Sim<InputLine | null> {
    yield* this.#fill();
    const line = this.#ahead;
    if (line === null) return null;
    this.#ahead = null;
    this.line++;
    return line;
  }

  /** Complains of a file, and goes on. */
  *cannotRead(name: string, reason: string): Sim<void> {
    this.status = 2;
    yield* this.#t.warn(this.#t.busybox ? `${name}: ${reason}` : `can't read ${name}: ${reason}`);
    if (this.#t.busybox) this.status = 1;
  }

  /** Fills the look-ahead. */
  *#fill(): Sim<void> {
    while (this.#ahead === null) {
      if (this.#reader === undefined) {
        const name = this.queue.shift();
        if (name === undefined) return;
        try {
          const fd = yield* openInput(name);
          if (((yield* fstat(fd)).mode & S_IFMT) === S_IFDIR) {
            this.status = 2;
            yield* this.#t.warn(this.#t.busybox ? `read error on '${name}': Is a directory` : `read error on ${name}: Is a directory`);
            yield* close(fd);
            continue;
          }
          this.#reader = new LineReader(fd, this.#end);
          this.fileName = name;
        } catch (error) {
          if (!isErrno(error)) throw error;
          yield* this.cannotRead(name, error.message);
          continue;
        }
      }
      const line: string | null = yield* this.#reader.next();
      if (line === null) {
        if (this.#reader.fd !== 0) yield* close(this.#reader.fd);
        this.#reader = undefined;
        continue;
      }
      this.#ahead = { text: line, terminated: this.#reader.terminated };
    }
  }

  /** Whether no line follows. */
  *isLast(): Sim<boolean> {
    yield* this.#fill();
    return this.#ahead === null;
  }
}
