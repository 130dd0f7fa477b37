import type { Sim } from '../../kernel/sim.ts';
import { Fatal } from './failure.ts';
import type { LineReader } from './input.ts';
import type { Tool } from './tool.ts';

export interface XargsItem {
  readonly text: string;
  /** The last one of its input line (which did not end in a blank). */
  readonly endsLine: boolean;
}

/** Reads arguments: words with quotes and backslashes, or raw pieces between delimiters. */
export class XargsReader {
  readonly #reader: LineReader;
  readonly #raw: boolean;
  readonly #eof: string | undefined;
  readonly #t: Tool;
  #queue: XargsItem[] = [];
  #ended = false;

  constructor(reader: LineReader, raw: boolean, eof: string | undefined, t: Tool) {
    this.#reader = reader;
    this.#raw = raw;
    this.#eof = eof;
    this.#t = t;
  }

  /** The next argument, or null. */
  *item(): Sim<XargsItem | null> {
    while (this.#queue.length === 0) {
      if (this.#ended) return null;
      const line = yield* this.#reader.next();
      if (line === null) return null;
      if (this.#raw) return { text: line, endsLine: true };
      yield* this.#split(line);
    }
    return this.#queue.shift()!;
  }

  /** For -I: a line without leading blanks, quotes removed. */
  *line(): Sim<string | null> {
    for (;;) {
      if (this.#ended) return null;
      const line = yield* this.#reader.next();
      if (line === null) return null;
      if (this.#raw) return line;
      const text = yield* this.#unquote(line.replace(/^[ \t]+/, ''));
      if (text === this.#eof) {
        this.#ended = true;
        return null;
      }
      if (text !== '') return text;
    }
  }

  *#unquote(line: string): Sim<string> {
    const words = yield* this.#words(line, false);
    return words.length === 0 ? '' : words[0];
  }

  *#split(line: string): Sim<void> {
    const words = yield* this.#words(line, true);
    for (const [i, word] of words.entries()) {
      if (word === this.#eof) {
        this.#ended = true;
        return;
      }
      this.#queue.push({ text: word, endsLine: i === words.length - 1 && !/[ \t]$/.test(line) });
    }
  }

  *#words(first: string, split: boolean): Sim<string[]> {
    const words: string[] = [];
    let word = '';
    let open = false;
    let line = first;
    for (let i = 0; i <= line.length; i++) {
      const c = line[i];
      if (c === undefined) break;
      if ((c === ' ' || c === '\t') && split) {
        if (open) words.push(word);
        word = '';
        open = false;
      } else if (c === "'" || c === '"') {
        const end = line.indexOf(c, i + 1);
        if (end < 0) {
          if (this.#t.busybox) throw new Fatal(`unmatched ${c === '"' ? 'double' : 'single'} quote`);
          throw new Fatal(
            `unmatched ${c === '"' ? 'double' : 'single'} quote; by default quotes are special to xargs unless you use the -0 option`,
          );
        }
        word += line.slice(i + 1, end);
        open = true;
        i = end;
      } else if (c === '\\') {
        open = true;
        if (i + 1 < line.length) word += line[++i];
        else {
          const next: string | null = yield* this.#reader.next();
          if (next !== null) {
            word += '\n';
            line += `\n${next}`;
            i++;
          }
        }
      } else {
        word += c;
        open = true;
      }
    }
    if (open) words.push(word);
    return words;
  }
}
