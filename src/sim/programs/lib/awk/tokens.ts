/** The tokens of a program, read one after the other. */
import { type AwkToken, tokenise } from './lexer.ts';
import { AwkSyntaxError } from './syntax.ts';
import { syntaxMessage } from './syntaxMessage.ts';

/** A place among the tokens. */
export class AwkTokens {
  readonly #tokens: readonly AwkToken[];
  /** The number of the token to be read next. */
  at = 0;

  constructor(source: string) {
    // A last line without its end is one nonetheless.
    this.#tokens = tokenise(source.endsWith('\n') ? source : `${source}\n`);
  }

  /** The token to be read next. */
  get token(): AwkToken {
    return this.#tokens[this.at];
  }

  /** Complains of a token; @throws {AwkSyntaxError} */
  fail(token = this.token): never {
    throw new AwkSyntaxError(syntaxMessage(this.#tokens, this.#tokens.indexOf(token)));
  }

  /** Whether this token comes next. */
  is(text: string, kind: AwkToken['kind'] = 'op'): boolean {
    return this.token.kind === kind && this.token.text === text;
  }

  /** Reads this token if it comes next. */
  take(text: string, kind: AwkToken['kind'] = 'op'): boolean {
    if (!this.is(text, kind)) return false;
    this.at++;
    return true;
  }

  /** Reads this token, which must come next. */
  need(text: string): void {
    if (!this.take(text)) this.fail();
  }

  /** Skips new lines. */
  newlines(): void {
    while (this.token.kind === 'newline') this.at++;
  }

  /** Skips new lines and semicolons. */
  separators(): void {
    while (this.token.kind === 'newline' || this.is(';')) this.at++;
  }

  /** The token that comes `n` behind the next one. */
  ahead(n: number): AwkToken | undefined {
    return this.#tokens[this.at + n];
  }
}
