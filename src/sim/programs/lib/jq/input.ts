import { isErrno } from '../../../kernel/errno.ts';
import { JQ_ELEMENTS_MAX, STRING_MAX } from '../../../kernel/limits.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { close, open } from '../../../kernel/syscalls.ts';
import { Fatal } from '../failure.ts';
import { LineReader } from '../input.ts';
import { JsonParser, type ParserOptions, wellFormed } from './jsonParser.ts';
import type { Json } from './values.ts';

export interface InputOptions extends ParserOptions {
  readonly files: readonly string[];
  /** Lines are strings instead of JSON (`--raw-input`). */
  readonly raw: boolean;
  readonly slurp: boolean;
  /** Tells of a file that cannot be opened; the others are still read. */
  readonly openFailed: (name: string, reason: string) => Sim<void>;
}

/** A text that is no JSON. */
export class InputProblem extends Error {}

/** All inputs, file after file. A value is given as soon as the line on which it is complete has come. */
export class Inputs {
  readonly #options: InputOptions;
  readonly #parser: JsonParser;
  #next = 0;
  #reader: LineReader | undefined;
  #ended = false;
  #slurped = false;
  /** `<stdin>`, a file's name, or undefined before anything was read. */
  filename: string | undefined;
  line = 0;
  failures = 0;

  constructor(options: InputOptions) {
    this.#options = options;
    this.#parser = new JsonParser(options);
  }

  /** `file:line` for messages. */
  get position(): string {
    return this.filename === undefined ? '<unknown>' : `${this.filename}:${this.line}`;
  }

  /** The next input or undefined at the end. Throws {@link InputProblem}. */
  *next(): Sim<Json | undefined> {
    if (!this.#options.slurp) return yield* this.#options.raw ? this.#rawLine() : this.#value();
    if (this.#slurped) return undefined;
    this.#slurped = true;
    if (this.#options.raw) {
      let text = '';
      for (let line = yield* this.#line(); line !== undefined; line = yield* this.#line()) {
        text += line;
        if (text.length > STRING_MAX) throw noMemory();
      }
      return text;
    }
    const all: Json[] = [];
    for (let value = yield* this.#value(); value !== undefined; value = yield* this.#value())
      if (all.push(value) > JQ_ELEMENTS_MAX) throw noMemory();
    return all;
  }

  *#rawLine(): Sim<Json | undefined> {
    let text: string | undefined;
    for (;;) {
      const line = yield* this.#line();
      if (line === undefined) return text;
      text = (text ?? '') + line;
      if (text.endsWith('\n')) return text.slice(0, -1);
    }
  }

  *#value(): Sim<Json | undefined> {
    for (;;) {
      if (!this.#parser.remaining && !this.#ended) {
        const found = this.#parser.next();
        if (found !== undefined) return this.#given(found);
        const line = yield* this.#line();
        this.#ended = line === undefined;
        this.#parser.feed(line ?? '', this.#ended);
      }
      const found = this.#parser.next();
      if (found !== undefined) return this.#given(found);
      if (this.#ended) return undefined;
    }
  }

  #given(found: NonNullable<ReturnType<JsonParser['next']>>): Json {
    if (found.error !== undefined) throw new InputProblem(found.error);
    return found.value;
  }

  /** The next line with its end, of whichever file. */
  *#line(): Sim<string | undefined> {
    for (;;) {
      if (this.#reader === undefined && !(yield* this.#openNext())) return undefined;
      const reader = this.#reader as LineReader;
      const line = yield* reader.next();
      if (line !== null) {
        if (reader.terminated) this.line++;
        return wellFormed(line) + (reader.terminated ? '\n' : '');
      }
      if (reader.fd !== 0) yield* close(reader.fd);
      this.#reader = undefined;
    }
  }

  *#openNext(): Sim<boolean> {
    const files = this.#options.files.length === 0 ? ['-'] : this.#options.files;
    while (this.#next < files.length) {
      const name = files[this.#next++];
      this.line = 0;
      this.filename = name === '-' ? '<stdin>' : name;
      try {
        this.#reader = new LineReader(name === '-' ? 0 : yield* open(name, 'r'));
        return true;
      } catch (error) {
        if (!isErrno(error)) throw error;
        this.failures++;
        yield* this.#options.openFailed(name, error.message);
      }
    }
    return false;
  }
}

const noMemory = (): Fatal => new Fatal('error: cannot allocate memory', 5);
