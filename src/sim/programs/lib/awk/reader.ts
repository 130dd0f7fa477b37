import { STRING_MAX } from '../../../kernel/limits.ts';
import { pause, type Sim } from '../../../kernel/sim.ts';
import { read } from '../../../kernel/syscalls.ts';
import { Utf8Decoder } from '../../../lib/utf8.ts';
import { CHUNK } from '../input.ts';
import { AwkRuntimeError } from './format.ts';
import { compileAwkRegex } from './regex.ts';

const RECORDS_PER_PAUSE = 256;

/** Cuts a stream into records by RS: a character, '' for paragraphs, or a regular expression. */
export class AwkReader {
  readonly #fd: number;
  readonly #decoder = new Utf8Decoder();
  #text = '';
  #ended = false;
  #count = 0;

  constructor(fd: number) {
    this.#fd = fd;
  }

  *#more(): Sim<boolean> {
    if (this.#ended) return false;
    const chunk = yield* read(this.#fd, CHUNK);
    if (chunk.length === 0) {
      this.#ended = true;
      this.#text += this.#decoder.flush();
      return false;
    }
    this.#text += this.#decoder.decode(chunk);
    if (this.#text.length > STRING_MAX) throw new AwkRuntimeError('out of memory');
    return true;
  }

  *next(rs: string): Sim<string | null> {
    if (++this.#count % RECORDS_PER_PAUSE === 0) yield* pause();
    if (rs === '') return yield* this.#paragraph();
    if (rs.length === 1) return yield* this.#upTo(rs);
    for (;;) {
      const m = compileAwkRegex(rs).exec(this.#text, 0);
      // A match at the end of what was read may go on.
      if (m !== null && m.end > m.start && (m.end < this.#text.length || this.#ended)) return this.#cut(m.start, m.end - m.start);
      if (this.#ended) break;
      yield* this.#more();
    }
    if (this.#text === '') return null;
    const rest = this.#text;
    this.#text = '';
    return rest.replace(/\n$/, (nl) => (compileAwkRegex(rs).test(nl) ? '' : nl));
  }

  /** The record before a character. What was looked through is set aside: a long record is not searched again with each piece. */
  *#upTo(rs: string): Sim<string | null> {
    let begun = '';
    for (;;) {
      const at = this.#text.indexOf(rs);
      if (at >= 0) return begun + this.#cut(at, 1);
      begun += this.#text;
      this.#text = '';
      if (begun.length > STRING_MAX) throw new AwkRuntimeError('out of memory');
      if (!(yield* this.#more()) && this.#text === '') return begun === '' ? null : begun;
    }
  }

  #cut(at: number, length: number): string {
    const record = this.#text.slice(0, at);
    this.#text = this.#text.slice(at + length);
    return record;
  }

  *#paragraph(): Sim<string | null> {
    for (;;) {
      this.#text = this.#text.replace(/^\n+/, '');
      const m = /\n\n+/.exec(this.#text);
      if (m !== null && (m.index + m[0].length < this.#text.length || this.#ended)) return this.#cut(m.index, m[0].length);
      if (this.#ended) break;
      yield* this.#more();
    }
    if (this.#text === '') return null;
    const rest = this.#text.replace(/\n+$/, '');
    this.#text = '';
    return rest === '' ? null : rest;
  }
}
