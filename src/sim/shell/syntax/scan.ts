import { PARSER_NESTING_MAX } from '../../kernel/limits.ts';
import { SyntaxProblem } from './problem.ts';

const NAME_START = /[A-Za-z_]/;
const NAME = /[A-Za-z0-9_]/;

/** True for the characters that end a word when not quoted. */
export function isMeta(c: string): boolean {
  return c === ' ' || c === '\t' || c === '\n' || c === ';' || c === '&' || c === '|' || c === '<' || c === '>' || c === '(' || c === ')';
}

export function isNameStart(c: string | undefined): boolean {
  return c !== undefined && NAME_START.test(c);
}

export function isNameChar(c: string | undefined): boolean {
  return c !== undefined && NAME.test(c);
}

/** Finds the ends of quotes and expansions in shell source. Each `skip` takes the index of the opening and gives the index after the close. */
export abstract class Scanner {
  text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** How deep in expansions and commands. */
  protected depth = 0;

  /** From the first character after `$(`, `<(` or `>(` to after the `)` that ends the commands. */
  abstract skipCommands(i: number): number;

  skipSingle(i: number): number {
    const end = this.text.indexOf("'", i + 1);
    if (end < 0) throw new SyntaxProblem({ kind: 'unclosed', wanted: "'", pos: i });
    return end + 1;
  }

  skipAnsi(i: number): number {
    for (let k = i + 1; k < this.text.length; k++) {
      if (this.text[k] === '\\') k++;
      else if (this.text[k] === "'") return k + 1;
    }
    throw new SyntaxProblem({ kind: 'unclosed', wanted: "'", pos: i });
  }

  skipDouble(i: number): number {
    const { text } = this;
    for (let k = i + 1; k < text.length; ) {
      const c = text[k];
      if (c === '"') return k + 1;
      if (c === '\\') k += 2;
      else if (c === '`') k = this.skipBacktick(k);
      else if (c === '$' && text[k + 1] !== "'" && text[k + 1] !== '"') k = this.skipDollar(k);
      else k++;
    }
    throw new SyntaxProblem({ kind: 'unclosed', wanted: '"', pos: i });
  }

  skipBacktick(i: number): number {
    for (let k = i + 1; k < this.text.length; k++) {
      if (this.text[k] === '\\') k++;
      else if (this.text[k] === '`') return k + 1;
    }
    throw new SyntaxProblem({ kind: 'unclosed', wanted: '`', pos: i });
  }

  /** `text[i]` is `$`. */
  skipDollar(i: number): number {
    this.deeper();
    const end = this.#afterDollar(i);
    this.depth--;
    return end;
  }

  /** One more level of what is read: bash's parser says "memory exhausted" when its stack is full. */
  protected deeper(): void {
    if (++this.depth > PARSER_NESTING_MAX) throw new SyntaxProblem({ kind: 'message', text: 'memory exhausted', pos: 0 });
  }

  #afterDollar(i: number): number {
    const { text } = this;
    const c = text[i + 1];
    if (c === '{') return this.skipBrace(i + 1);
    if (c === '(') {
      if (text[i + 2] === '(') {
        const end = this.arithmeticEnd(i + 3);
        if (end >= 0) return end;
        if (end === -2) throw new SyntaxProblem({ kind: 'unclosed', wanted: ')', pos: i });
      }
      return this.skipCommands(i + 2);
    }
    if (c === '[') return this.skipBalanced(i + 1, '[', ']');
    if (c === "'") return this.skipAnsi(i + 1);
    if (c === '"') return this.skipDouble(i + 1);
    if (isNameStart(c)) {
      let k = i + 2;
      while (isNameChar(text[k])) k++;
      return k;
    }
    return c !== undefined && /[0-9@*#?$!-]/.test(c) ? i + 2 : i + 1;
  }

  /** `text[i]` is the `{` of `${`. */
  skipBrace(i: number): number {
    const { text } = this;
    for (let k = i + 1; k < text.length; ) {
      const c = text[k];
      if (c === '}') return k + 1;
      if (c === '\\') k += 2;
      else if (c === "'") k = this.skipSingle(k);
      else if (c === '"') k = this.skipDouble(k);
      else if (c === '`') k = this.skipBacktick(k);
      else if (c === '$' && k + 1 < text.length && /[{('"[]/.test(text[k + 1])) k = this.skipDollar(k);
      else if ((c === '<' || c === '>') && text[k + 1] === '(') k = this.skipCommands(k + 2);
      else k++;
    }
    throw new SyntaxProblem({ kind: 'unclosed', wanted: '}', pos: i });
  }

  /** Index after the closing `))` of arithmetic that begins at `i`; -1 if it is no arithmetic, -2 if the input ends first. */
  arithmeticEnd(i: number): number {
    const { text } = this;
    let depth = 0;
    for (let k = i; k < text.length; ) {
      const c = text[k];
      if (c === '(') {
        depth++;
        k++;
      } else if (c === ')') {
        if (depth === 0) return text[k + 1] === ')' ? k + 2 : k + 1 >= text.length ? -2 : -1;
        depth--;
        k++;
      } else if (c === '\\') k += 2;
      else if (c === "'") k = this.#soft(() => this.skipSingle(k));
      else if (c === '"') k = this.#soft(() => this.skipDouble(k));
      else if (c === '`') k = this.skipBacktick(k);
      else if (c === '$') k = this.skipDollar(k);
      else k++;
      if (k < 0) return -2;
    }
    return -2;
  }

  #soft(skip: () => number): number {
    try {
      return skip();
    } catch (error) {
      if (error instanceof SyntaxProblem) return -1;
      throw error;
    }
  }

  skipBalanced(i: number, open: string, close: string): number {
    const { text } = this;
    let depth = 0;
    for (let k = i; k < text.length; ) {
      const c = text[k];
      if (c === open) depth++;
      if (c === close && --depth === 0) return k + 1;
      if (c === '\\') k += 2;
      else if (c === "'") k = this.skipSingle(k);
      else if (c === '"') k = this.skipDouble(k);
      else if (c === '`') k = this.skipBacktick(k);
      else if (c === '$') k = this.skipDollar(k);
      else k++;
    }
    throw new SyntaxProblem({ kind: 'unclosed', wanted: close, pos: i });
  }

  /** One unit of an unquoted word: a quote, an expansion or a character. */
  skipUnit(i: number): number {
    const c = this.text[i];
    if (c === '\\') return Math.min(i + 2, this.text.length);
    if (c === "'") return this.skipSingle(i);
    if (c === '"') return this.skipDouble(i);
    if (c === '`') return this.skipBacktick(i);
    if (c === '$') return this.skipDollar(i);
    return i + 1;
  }
}
