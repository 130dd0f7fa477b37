/** What the parsers read from. */
import { type Token, tokenize } from './lexer.ts';
import type { Dialect, TypeName } from './syntax.ts';
import { SqlError } from './syntax.ts';

/** A reader of tokens that knows how its dialect complains. */
export class Reader {
  readonly text: string;
  readonly dialect: Dialect;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string, dialect: Dialect) {
    this.text = text;
    this.dialect = dialect;
    this.#tokens = tokenize(text, dialect);
  }

  get token(): Token {
    return this.#tokens[this.#at];
  }
  get ended(): boolean {
    return this.token.kind === 'end';
  }
  ahead(count: number): Token {
    return this.#tokens[Math.min(this.#at + count, this.#tokens.length - 1)];
  }
  next(): Token {
    const token = this.token;
    if (token.kind !== 'end') this.#at++;
    return token;
  }
  /** Whether these words or signs come next. */
  sees(...words: readonly string[]): boolean {
    return words.every((word, i) => {
      const token = this.ahead(i);
      return (token.kind === 'word' || token.kind === 'operator') && token.text.toLowerCase() === word;
    });
  }
  takes(...words: readonly string[]): boolean {
    if (!this.sees(...words)) return false;
    this.#at += words.length;
    return true;
  }
  needs(word: string): void {
    if (!this.takes(word)) throw this.fault();
  }
  /** A name: a word or something quoted. */
  name(): string {
    if (this.token.kind !== 'word' && this.token.kind !== 'quoted') throw this.fault();
    return this.next().text;
  }
  string(): string {
    const token = this.next();
    if (token.kind !== 'string') throw this.fault(token);
    return token.text;
  }
  fault(token: Token = this.token): SqlError {
    if (this.dialect === 'mysql') {
      const line = this.text.slice(0, token.at).split('\n').length;
      return new SqlError(
        `You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '${this.text.slice(token.at, token.at + 80)}' at line ${line}`,
        { number: 1064 },
      );
    }
    if (token.kind === 'end') return new SqlError('syntax error at end of input', { state: '42601', at: token.at });
    return new SqlError(`syntax error at or near "${this.text.slice(token.at, token.at + Math.max(1, token.text.length))}"`, {
      state: '42601',
      at: token.at,
    });
  }
}

export function readType(r: Reader): TypeName {
  let name = r.name().toLowerCase();
  if (name === 'double' && r.takes('precision')) name = 'double precision';
  if (name === 'character' && r.takes('varying')) name = 'character varying';
  const parameters: number[] = [];
  if (r.takes('(')) {
    do {
      const token = r.next();
      if (token.kind === 'number') parameters.push(Number(token.text));
    } while (r.takes(','));
    r.needs(')');
  }
  if (/^time/.test(name) && (r.takes('with', 'time', 'zone') || r.takes('without', 'time', 'zone'))) {
    if (r.ahead(-3).text.toLowerCase() === 'with') name = `${name} with time zone`;
  }
  r.takes('unsigned');
  return { name, parameters };
}
