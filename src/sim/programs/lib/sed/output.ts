/** sed's output: lines now, what a, r and R put behind the line, and the files of w. */
import { isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { open, readText } from '../../../kernel/syscalls.ts';
import { Fatal } from '../failure.ts';
import { Output } from '../output.ts';
import type { Tool } from '../tool.ts';
import type { SedOptions } from './options.ts';

/** Where lines go. */
export class SedOutput {
  readonly #t: Tool;
  readonly #options: SedOptions;
  readonly #files = new Map<string, Output>();
  /** Standard output, or the file that is edited in place. */
  out: Output;
  /** The last line had no end; it gets one if another line follows. */
  missingNewline = false;
  /** What waits for the end of the cycle: text, a whole file, or one line of a file. */
  appended: ({ readonly text: string } | { readonly file: string } | { readonly line: string })[] = [];

  constructor(t: Tool, options: SedOptions) {
    this.#t = t;
    this.#options = options;
    this.out = t.out;
  }

  /** The file of w, made when it is first named. */
  *file(name: string): Sim<Output> {
    let out = this.#files.get(name);
    if (out === undefined) {
      if (name === '/dev/stdout') out = this.#t.out;
      else if (name === '/dev/stderr') out = new Output(2);
      else {
        try {
          out = new Output(yield* open(name, 'w'));
        } catch (error) {
          if (isErrno(error)) throw new Fatal(`couldn't open file ${name}: ${error.message}`, 4);
          throw error;
        }
      }
      this.#files.set(name, out);
    }
    return name === '/dev/stdout' ? this.out : out;
  }

  /** Prints a line; a last input line without newline stays without one. */
  *emit(text: string, terminated = true, out = this.out): Sim<void> {
    if (this.missingNewline && out === this.out) {
      yield* out.write(this.#options.end);
      this.missingNewline = false;
    }
    yield* out.write(terminated ? text + this.#options.end : text);
    if (!terminated && out === this.out) this.missingNewline = true;
    if (this.#options.unbuffered) yield* out.flush();
  }

  /** Prints text that has its ends of line. */
  *plain(text: string): Sim<void> {
    if (this.missingNewline) {
      yield* this.out.write(this.#options.end);
      this.missingNewline = false;
    }
    yield* this.out.write(text);
  }

  /** Prints what waits. */
  *flushAppended(): Sim<void> {
    const list = this.appended;
    if (list.length === 0) return;
    this.appended = [];
    for (const item of list) {
      if (this.missingNewline) {
        yield* this.out.write(this.#options.end);
        this.missingNewline = false;
      }
      if ('text' in item) yield* this.out.write(item.text);
      else if ('line' in item) yield* this.out.write(item.line);
      else {
        try {
          yield* this.out.write(yield* readText(item.file === '/dev/stdin' ? '/dev/stdin' : item.file));
        } catch (error) {
          if (!isErrno(error)) throw error; // a file that cannot be read is taken as empty
        }
      }
    }
  }

  /** Writes the files of w to the end. */
  *flushFiles(): Sim<void> {
    for (const out of this.#files.values()) yield* out.flush();
  }
}
