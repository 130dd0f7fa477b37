/** Reads JSON texts one after the other as bytes come in, with jq's messages and positions. */
import { parseNumber } from './decimal.ts';
import { StreamBuilder } from './streamBuilder.ts';
import { type Builder, SyntaxProblem, ValueBuilder } from './valueBuilder.ts';
import type { Json } from './values.ts';

export interface ParserOptions {
  /** Gives `[path, leaf]` events as the text goes by (`--stream`). */
  readonly stream?: boolean;
  /** With `stream`: a mistake is the event `[message, path]`. */
  readonly streamErrors?: boolean;
  /** RFC 7464 texts: each begins with a record separator (`--seq`). */
  readonly seq?: boolean;
}

export type Parsed = { readonly value: Json; readonly error?: undefined } | { readonly error: string };

const RS = '\x1e';
const STRUCTURE = '[,]{:}';
const BLANK = ' \t\r\n';

export class JsonParser {
  readonly #builder: Builder;
  readonly #errorsAsValues: boolean;
  readonly #seq: boolean;
  #text = '';
  #at = 0;
  #last = false;
  #ended = false;
  #token = '';
  #inString = false;
  #escaped = false;
  #waitsForRecord: boolean;
  #blankBefore = false;
  #line = 1;
  #column = 0;

  constructor(options: ParserOptions = {}) {
    this.#builder = options.stream ? new StreamBuilder() : new ValueBuilder();
    this.#seq = options.seq ?? false;
    this.#errorsAsValues = options.streamErrors ?? false;
    this.#waitsForRecord = this.#seq;
  }

  /** The one value that a text holds; errors name the text, as `fromjson` does. */
  static parseText(text: string): Parsed {
    const parser = new JsonParser();
    parser.feed(text, true);
    const first = parser.next();
    if (first === undefined) return { error: `Expected JSON value (while parsing '${text}')` };
    if (first.error !== undefined) return { error: `${first.error} (while parsing '${text}')` };
    const second = parser.next();
    if (second === undefined) return first;
    return { error: `${second.error ?? 'Unexpected extra JSON values'} (while parsing '${text}')` };
  }

  get remaining(): boolean {
    return this.#at < this.#text.length;
  }

  /** Gives it the next piece; only when nothing remains of the one before. */
  feed(text: string, last: boolean): void {
    this.#text = this.#line === 1 && this.#column === 0 && text.startsWith('\ufeff') ? text.slice(1) : text;
    this.#at = 0;
    this.#last = last;
  }

  /** The next value or mistake, or undefined when more text is needed or there is no more. */
  next(): Parsed | undefined {
    if (this.#ended) return undefined;
    const waiting = this.#builder.takeQueued();
    if (waiting !== undefined) return { value: waiting };
    try {
      while (this.#at < this.#text.length) {
        const value = this.#scan(this.#text[this.#at++]);
        if (value !== undefined) return { value };
      }
      if (!this.#last) return undefined;
      this.#ended = true;
    } catch (error) {
      return this.#problem(error);
    }
    return this.#finish();
  }

  #problem(error: unknown): Parsed {
    if (!(error instanceof SyntaxProblem)) throw error;
    const { path } = this.#builder;
    this.#reset();
    if (!this.#seq) {
      this.#at = this.#text.length;
      const message = `${error.message} at line ${this.#line}, column ${this.#column}`;
      return this.#errorsAsValues ? { value: [message, path] } : { error: message };
    }
    this.#waitsForRecord = true;
    return { error: `${error.message} at line ${this.#line}, column ${this.#column} (need RS to resync)` };
  }

  #reset(): void {
    this.#builder.reset();
    this.#token = '';
    this.#inString = false;
    this.#escaped = false;
  }

  #finish(): Parsed | undefined {
    const where = ` at EOF at line ${this.#line}, column ${this.#column}`;
    if (this.#waitsForRecord) return this.#column === 0 && this.#line === 1 ? undefined : { error: `Unfinished abandoned text${where}` };
    if (this.#inString) return { error: `Unfinished string${where}` };
    try {
      this.#literal();
    } catch (error) {
      if (!(error instanceof SyntaxProblem)) throw error;
      return { error: error.message + where };
    }
    if (this.#builder.open) return { error: `Unfinished JSON term${where}` };
    const value = this.#builder.take();
    if (this.#seq && !this.#blankBefore && typeof value === 'number')
      return { error: `Potentially truncated top-level numeric value${where}` };
    return value === undefined ? undefined : { value };
  }

  #count(c: string): void {
    if (c === '\n') {
      this.#line++;
      this.#column = 0;
      return;
    }
    const code = c.charCodeAt(0);
    // Columns are bytes; each half of a surrogate pair stands for two of the four, a lone U+DCxx for its one byte.
    if (code < 0x80) this.#column += 1;
    else if (code < 0x800 || (code >= 0xd800 && code < 0xe000)) this.#column += 2;
    else this.#column += 3;
  }

  #scan(c: string): Json | undefined {
    this.#count(c);
    if (this.#waitsForRecord) {
      if (c === RS) this.#waitsForRecord = false;
      return undefined;
    }
    if (this.#seq && c === RS) return this.#record();
    this.#blankBefore = false;
    if (this.#inString) return this.#stringPart(c);
    if (BLANK.includes(c) || STRUCTURE.includes(c) || c === '"') {
      this.#blankBefore = BLANK.includes(c);
      this.#literal();
      const before = this.#builder.take();
      if (c === '"') this.#inString = true;
      else if (!this.#blankBefore) this.#builder.token(c);
      return before === undefined ? this.#builder.take() : before;
    }
    this.#token += c;
    return undefined;
  }

  #record(): Json | undefined {
    if (!this.#blankBefore && (this.#builder.open || this.#token !== '')) throw new SyntaxProblem('Truncated value');
    this.#literal();
    const value = this.#builder.take();
    this.#reset();
    return value;
  }

  #stringPart(c: string): Json | undefined {
    if (c === '"' && !this.#escaped) {
      const text = unescape(this.#token);
      this.#token = '';
      this.#inString = false;
      this.#builder.value(text);
      return this.#builder.take();
    }
    this.#token += c;
    this.#escaped = c === '\\' && !this.#escaped;
    return undefined;
  }

  #literal(): void {
    if (this.#token === '') return;
    this.#builder.value(literal(this.#token));
    this.#token = '';
  }
}

function literal(token: string): Json {
  const words: Readonly<Record<string, Json>> = { true: true, false: false, null: null };
  if (Object.hasOwn(words, token)) return words[token];
  if (token[0] === "'") throw new SyntaxProblem('Invalid string literal; expected ", but got \'');
  if (token[0] === 't' || token[0] === 'f' || token.startsWith('nu')) throw new SyntaxProblem('Invalid literal');
  const number = parseNumber(token);
  if (number === undefined) throw new SyntaxProblem('Invalid numeric literal');
  return number;
}

const ESCAPED: Readonly<Record<string, string>> = { b: '\b', f: '\f', t: '\t', n: '\n', r: '\r', '\\': '\\', '"': '"', '/': '/' };

function unescape(text: string): string {
  if (!/[\\\x00-\x1f\ud800-\udfff]/.test(text)) return text;
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c < ' ') throw new SyntaxProblem('Invalid string: control characters from U+0000 through U+001F must be escaped');
    if (c !== '\\') {
      out += c;
      continue;
    }
    const e = text[++i];
    if (e === 'u') {
      out += codePoint(text, i);
      i += out.charCodeAt(out.length - 1) >= 0xdc00 && isPair(text, i) ? 10 : 4;
    } else if (ESCAPED[e] === undefined) throw new SyntaxProblem('Invalid escape');
    else out += ESCAPED[e];
  }
  return wellFormed(out);
}

const isPair = (text: string, at: number): boolean => /^u[dD][89abAB]/.test(text.slice(at, at + 3));

/** The character of a \u escape whose `u` is at `at`; a high surrogate takes the next escape with it. */
function codePoint(text: string, at: number): string {
  const digits = text.slice(at + 1, at + 5);
  if (digits.length < 4) throw new SyntaxProblem('Invalid \\uXXXX escape');
  if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw new SyntaxProblem('Invalid characters in \\uXXXX escape');
  const code = Number.parseInt(digits, 16);
  if (code >= 0xdc00 && code <= 0xdfff) return '\ufffd';
  if (code < 0xd800 || code > 0xdbff) return String.fromCharCode(code);
  const low = /^\\u([dD][c-fC-F][0-9a-fA-F]{2})/.exec(text.slice(at + 5, at + 11));
  if (low === null) throw new SyntaxProblem('Invalid \\uXXXX\\uXXXX surrogate pair escape');
  return String.fromCharCode(code, Number.parseInt(low[1], 16));
}

/** Bytes that are no UTF-8 (lone surrogates, see lib/utf8) become U+FFFD. */
export function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, (c) => (c.length === 2 ? c : '\ufffd'));
}
