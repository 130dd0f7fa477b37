import { type Place, SyntaxFailure } from './grammar.ts';
import { Lexer, type Token } from './lexer.ts';
import type { CompileError, Span } from './syntax.ts';

/** One token after the other, and where jq's grammar could go on after a mistake. */
export class TokenReader {
  readonly #lexer: Lexer;
  readonly errors: CompileError[];
  #token: Token;
  /** The token taken last. */
  before: Span = { start: 0, end: 0 };
  /** Where jq's grammar can go on after a mistake, innermost last. */
  readonly #places: Place[] = [];

  constructor(text: string, errors: CompileError[]) {
    this.errors = errors;
    this.#lexer = new Lexer(text, errors);
    this.#token = this.#lexer.next();
  }

  is(kind: string): boolean {
    return this.#token.kind === kind;
  }

  get token(): Token {
    return this.#token;
  }

  take(): Token {
    const taken = this.#token;
    this.before = taken;
    this.#token = this.#lexer.next();
    return taken;
  }

  accept(kind: string): boolean {
    if (!this.is(kind)) return false;
    this.take();
    return true;
  }

  expect(...kinds: string[]): Token {
    if (!kinds.some((kind) => this.is(kind))) this.fail(...kinds);
    return this.take();
  }

  fail(...expecting: string[]): never {
    throw new SyntaxFailure(this.#token, expecting);
  }

  /** Runs `body` where a mistake would be mended at `place`. */
  within<T>(kind: Place['kind'], start: Span, body: () => T): T {
    this.#places.push({ kind, start });
    const result = body();
    this.#places.pop();
    return result;
  }

  /** Takes the last of `kinds`; the others are what could also follow. */
  close(...kinds: string[]): Token {
    const close = kinds[kinds.length - 1];
    if (!this.is(close)) this.fail(...kinds);
    return this.take();
  }

  location(at: Span): ReadonlyMap<string, string | number> {
    return new Map<string, string | number>([
      ['file', '<top-level>'],
      ['line', this.#lexer.lineOf(at.start)],
    ]);
  }

  /** What jq says besides the syntax error, once its grammar has found a place to go on. */
  recover(failure: SyntaxFailure): readonly CompileError[] {
    const place = this.#places[this.#places.length - 1];
    if (place === undefined || place.kind === '(') return [];
    const span = { start: place.start.start, end: failure.token.end };
    if (place.kind === 'then') return [{ message: "Possibly unterminated 'if' statement", at: span }];
    if (place.kind === 'catch') return [{ message: "Possibly unterminated 'try' statement", at: span }];
    if (place.kind === 'break') return [{ message: 'break requires a label to break to', at: span }];
    if (place.kind === 'dot') return [{ message: 'try .["field"] instead of .field for unusually named fields', at: span }];
    for (let end = failure.token.start; ; ) {
      if (this.is(':')) return [{ message: 'May need parentheses around object key expression', at: { start: place.start.start, end } }];
      if (this.is('}') || this.is('end of file')) return [];
      end = this.take().end;
    }
  }
}
