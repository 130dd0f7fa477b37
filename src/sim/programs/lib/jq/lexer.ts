import { parseNumber } from './decimal.ts';
import { JsonParser } from './jsonParser.ts';
import type { CompileError, Span } from './syntax.ts';
import type { Json } from './values.ts';

/** Kinds as jq's grammar names them in messages; keywords and operators are their own kind. */
export interface Token extends Span {
  readonly kind: string;
  readonly value?: Json;
}

const KEYWORDS = new Set(
  'as import include module def if then else elif and or end reduce foreach try catch label break $__loc__'.split(' '),
);
const OPERATORS = ['?//', '//=', '!=', '==', '//', '|=', '+=', '-=', '*=', '/=', '%=', '<=', '>=', '..'];
const SINGLE = '.?=;,:|+-*/%$<>';
const NAME = /(?:[a-zA-Z_]\w*::)*[a-zA-Z_]\w*/y;
const FIELD = /\.[a-zA-Z_]\w*/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const FORMAT = /@\w+/y;
const SPACE = /[ \r\n\t]+/y;
const COMMENT = /#(?:\\(?:\\|\r?\n)|[^\n])*\n?/y;
const ESCAPES = /(?:\\[^u(]|\\u[a-zA-Z0-9]{0,4})+/y;
const PLAIN = /[^\\"]+/y;

/** Reads a program's text token by token; brackets and strings nest, so it keeps a stack of what is open. */
export class Lexer {
  readonly #text: string;
  readonly #errors: CompileError[];
  readonly #open: string[] = [];
  #at = 0;
  /** The last piece of text that was read, blanks included: where jq says that the file ended. */
  last: Span = { start: 0, end: 0 };

  constructor(text: string, errors: CompileError[]) {
    this.#text = text;
    this.#errors = errors;
  }

  /** The line of an offset, from 1. */
  lineOf(at: number): number {
    return this.#text.slice(0, at).split('\n').length;
  }

  next(): Token {
    const inString = this.#open[this.#open.length - 1] === '"';
    if (!inString) {
      while (this.#match(SPACE) !== undefined || this.#match(COMMENT) !== undefined);
    }
    if (this.#at >= this.#text.length) return { kind: 'end of file', ...this.last };
    return inString ? this.#string() : this.#code();
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const m = pattern.exec(this.#text);
    if (m === null) return undefined;
    this.last = { start: this.#at, end: this.#at + m[0].length };
    this.#at = this.last.end;
    return m[0];
  }

  #take(length: number): Span {
    this.last = { start: this.#at, end: this.#at + length };
    this.#at += length;
    return this.last;
  }

  #token(kind: string, value?: Json): Token {
    return { kind, value, ...this.last };
  }

  #string(): Token {
    if (this.#text.startsWith('\\(', this.#at)) {
      this.#open.push('\\(');
      return { kind: 'QQSTRING_INTERP_START', ...this.#take(2) };
    }
    if (this.#text[this.#at] === '"') {
      this.#open.pop();
      return { kind: 'QQSTRING_END', ...this.#take(1) };
    }
    const escapes = this.#match(ESCAPES);
    if (escapes !== undefined) return this.#token('QQSTRING_TEXT', this.#unescape(escapes));
    const plain = this.#match(PLAIN);
    if (plain !== undefined) return this.#token('QQSTRING_TEXT', plain);
    return { kind: 'INVALID_CHARACTER', ...this.#take(1) };
  }

  #unescape(text: string): Json {
    const parsed = JsonParser.parseText(`"${text}"`);
    if (parsed.error === undefined) return parsed.value;
    this.#errors.push({ message: parsed.error, at: this.last });
    return '';
  }

  #code(): Token {
    const c = this.#text[this.#at];
    const number = this.#match(NUMBER);
    if (number !== undefined) return this.#token('LITERAL', parseNumber(number) ?? 0);
    if (c === '"') {
      this.#open.push('"');
      return { kind: 'QQSTRING_START', ...this.#take(1) };
    }
    if (c === '$') {
      this.#at++;
      const name = this.#match(NAME);
      this.#at -= name === undefined ? 1 : 0;
      if (name !== undefined) {
        this.last = { start: this.last.start - 1, end: this.last.end };
        return name === '__loc__' ? this.#token('$__loc__') : this.#token('BINDING', name);
      }
    }
    const field = this.#match(FIELD);
    if (field !== undefined) return this.#token('FIELD', field.slice(1));
    const format = this.#match(FORMAT);
    if (format !== undefined) return this.#token('FORMAT', format.slice(1));
    const name = this.#match(NAME);
    if (name !== undefined) return KEYWORDS.has(name) ? this.#token(name, name) : this.#token('IDENT', name);
    for (const op of OPERATORS) if (this.#text.startsWith(op, this.#at)) return { kind: op, ...this.#take(op.length) };
    if ('([{'.includes(c)) {
      this.#open.push(c);
      return { kind: c, ...this.#take(1) };
    }
    if (')]}'.includes(c)) return this.#close(c);
    if (SINGLE.includes(c)) return { kind: c, ...this.#take(1) };
    return { kind: 'INVALID_CHARACTER', ...this.#take(1) };
  }

  #close(c: string): Token {
    const open = this.#open[this.#open.length - 1];
    const matches = open === '\\(' ? c === ')' : open !== undefined && '([{'.indexOf(open) === ')]}'.indexOf(c);
    const at = this.#take(1);
    if (!matches) return { kind: 'INVALID_CHARACTER', ...at };
    this.#open.pop();
    return { kind: open === '\\(' ? 'QQSTRING_INTERP_END' : c, ...at };
  }
}
