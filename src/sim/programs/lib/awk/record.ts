import type { Regex } from '../../../lib/regex/regex.ts';
import { compileAwkRegex } from './regex.ts';
import { type AwkValue, fromInput, toText } from './values.ts';

/** Splits as FS says: ' ' on blanks, one character, '' into characters, or a regular expression. */
export function splitFields(text: string, fs: string | Regex): string[] {
  if (text === '') return [];
  if (fs === ' ') {
    const trimmed = text.replace(/^[ \t\n]+|[ \t\n]+$/g, '');
    return trimmed === '' ? [] : trimmed.split(/[ \t\n]+/);
  }
  if (fs === '') return [...text];
  if (typeof fs === 'string' && fs.length === 1 && fs !== '\\' && !/[.*+?^$[\](){}|]/.test(fs)) return text.split(fs);
  if (typeof fs === 'string' && (fs === '|' || fs === '\\' || (fs.length === 1 && fs !== '^' && fs !== '.'))) return text.split(fs);
  const regex = typeof fs === 'string' ? compileAwkRegex(fs) : fs;
  const out: string[] = [];
  let at = 0;
  for (let m = regex.exec(text, 0); m !== null; ) {
    if (m.end === m.start) {
      m = m.end + 1 > text.length ? null : regex.exec(text, m.end + 1);
      continue;
    }
    out.push(text.slice(at, m.start));
    at = m.end;
    m = regex.exec(text, at);
  }
  out.push(text.slice(at));
  return out;
}

/** $0, its fields and NF, each made from the other when asked for. */
export class AwkRecord {
  #text = '';
  #textFresh = true;
  #fields: AwkValue[] = [];
  #split = true;
  #fs: string = ' ';

  /** A new record, to be split by the FS of now. */
  set(text: string, fs: string): void {
    this.#text = text;
    this.#textFresh = true;
    this.#split = false;
    this.#fs = fs;
  }

  #need(): AwkValue[] {
    if (!this.#split) {
      this.#fields = splitFields(this.#text, this.#fs).map(fromInput);
      this.#split = true;
    }
    return this.#fields;
  }

  text(ofs: string, convfmt: string): string {
    if (!this.#textFresh) {
      this.#text = this.#fields.map((f) => toText(f, convfmt)).join(ofs);
      this.#textFresh = true;
    }
    return this.#text;
  }

  get count(): number {
    return this.#need().length;
  }

  setCount(n: number): void {
    const fields = this.#need();
    while (fields.length < n) fields.push('');
    fields.length = n;
    this.#textFresh = false;
  }

  field(i: number): AwkValue {
    return this.#need()[i - 1];
  }

  setField(i: number, value: AwkValue): void {
    const fields = this.#need();
    while (fields.length < i) fields.push('');
    fields[i - 1] = value;
    this.#textFresh = false;
  }
}
