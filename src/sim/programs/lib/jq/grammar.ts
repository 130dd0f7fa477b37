import type { Token } from './lexer.ts';
import type { Node, Span } from './syntax.ts';

/** The first thing wrong with a program's grammar. */
export class SyntaxFailure extends Error {
  readonly token: Token;
  readonly expecting: readonly string[];

  constructor(token: Token, expecting: readonly string[]) {
    super('syntax error');
    this.token = token;
    this.expecting = expecting;
  }
}

/** A construct that jq's grammar can close after a mistake inside it. */
export interface Place {
  readonly kind: '(' | 'object' | 'then' | 'catch' | 'break' | 'dot';
  readonly start: Span;
}

/** Keywords that may be object keys as they are. */
export const KEYWORD_KEYS = new Set(
  'as def module import include if then else elif reduce foreach end and or try catch label break'.split(' '),
);

/** A token's name in messages: single characters are quoted. */
export const show = (kind: string): string => (kind.length === 1 ? `'${kind}'` : kind);

/** What the readers of patterns and objects need of the parser. */
export interface TokenStream {
  readonly token: Token;
  is(kind: string): boolean;
  accept(kind: string): boolean;
  take(): Token;
  expect(...kinds: string[]): Token;
  fail(...expecting: string[]): never;
  /** Takes the last of `kinds`; the others are what could also follow. */
  close(...kinds: string[]): Token;
  /** Runs `body` where a mistake would be mended at a place. */
  within<T>(kind: Place['kind'], start: Span, body: () => T): T;
  location(at: Span): ReadonlyMap<string, string | number>;
  expression(): Node;
  string(): Node;
  /** A key in parentheses, whose closing one is still to come; constants must be strings. */
  keyQuery(): Node;
}
