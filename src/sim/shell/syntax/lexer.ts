import { SyntaxProblem } from './problem.ts';
import { isMeta, isNameChar, isNameStart, Scanner } from './scan.ts';

export interface Token {
  readonly type: 'word' | 'op' | 'io' | 'newline' | 'eof';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface PendingHereDoc {
  readonly delimiter: string;
  readonly stripTabs: boolean;
  readonly pos: number;
}

const OPERATORS = [
  ';;&',
  '<<<',
  '<<-',
  '&>>',
  ';;',
  ';&',
  '&&',
  '||',
  '|&',
  '<<',
  '>>',
  '<&',
  '>&',
  '<>',
  '>|',
  '&>',
  '((',
  ';',
  '&',
  '|',
  '<',
  '>',
  '(',
  ')',
];
const EXTGLOB = /[?*+@!]/;

/** Splits shell source into tokens. Knows here-documents, array assignments and extended patterns. */
export abstract class Lexer extends Scanner {
  /** Here-documents whose bodies begin after the next newline. */
  hereDocs: PendingHereDoc[] = [];
  /** Those that end of file cut off. */
  cutHereDocs: PendingHereDoc[] = [];
  /** dash has no `((`, `<<<`, `&>`, arrays and process substitution. */
  posix = false;

  /** The index of the next token: blanks, comments and line continuations passed over. */
  skipBlanks(i: number): number {
    const { text } = this;
    for (;;) {
      const c = text[i];
      if (c === ' ' || c === '\t' || (c === '\r' && text[i + 1] === '\n')) i++;
      else if (c === '\\' && text[i + 1] === '\n') {
        i += 2;
        if (i >= text.length) throw new SyntaxProblem({ kind: 'eof' });
      } else if (c === '#') {
        while (i < text.length && text[i] !== '\n') i++;
      } else return i;
    }
  }

  tokenAt(from: number): Token {
    const i = this.skipBlanks(from);
    const { text } = this;
    if (i >= text.length) return { type: 'eof', text: '', start: i, end: i };
    const c = text[i];
    if (c === '\n') return { type: 'newline', text: 'newline', start: i, end: i + 1 };
    if ((c === '<' || c === '>') && text[i + 1] === '(' && !this.posix) return this.#word(i);
    if (isMeta(c)) {
      const op = OPERATORS.find((o) => text.startsWith(o, i) && !(this.posix && ['<<<', '&>>', '&>', '((', '|&', ';&', ';;&'].includes(o)));
      return { type: 'op', text: op!, start: i, end: i + op!.length };
    }
    const word = this.#word(i);
    const after = text[word.end];
    if ((after === '<' || after === '>') && (/^\d+$/.test(word.text) || (!this.posix && /^\{[A-Za-z_]\w*\}$/.test(word.text))))
      return { ...word, type: 'io' };
    return word;
  }

  #word(start: number): Token {
    const { text } = this;
    let i = start;
    if (isNameStart(text[i]) && !this.posix) {
      let k = i + 1;
      while (isNameChar(text[k])) k++;
      if (text[k] === '[') {
        const close = this.#subscriptEnd(k);
        if (close > 0 && (text[close] === '=' || (text[close] === '+' && text[close + 1] === '='))) k = close;
      }
      if (text[k] === '+' && text[k + 1] === '=') k++;
      if (text[k] === '=') {
        i = k + 1;
        if (text[i] === '(') return { type: 'word', text: text.slice(start, (i = this.#array(i))), start, end: i };
      }
    }
    while (i < text.length) {
      const c = text[i];
      if ((c === '<' || c === '>') && text[i + 1] === '(' && !this.posix) i = this.skipCommands(i + 2);
      else if (isMeta(c)) break;
      else if (EXTGLOB.test(c) && text[i + 1] === '(' && !this.posix && !(c === '!' && i === start)) i = this.skipBalanced(i + 1, '(', ')');
      else i = this.skipUnit(i);
    }
    return { type: 'word', text: text.slice(start, i), start, end: i };
  }

  #subscriptEnd(i: number): number {
    try {
      return this.skipBalanced(i, '[', ']');
    } catch (error) {
      if (error instanceof SyntaxProblem) return -1;
      throw error;
    }
  }

  /** `text[i]` is the `(` of `name=(`. */
  #array(open: number): number {
    let i = open + 1;
    for (;;) {
      const token = this.#arrayToken(i);
      if (token.type === 'eof') throw new SyntaxProblem({ kind: 'unclosed', wanted: ')', pos: open }, 1);
      if (token.text === ')' && token.type === 'op') return token.end;
      if (token.type === 'op') throw new SyntaxProblem({ kind: 'token', token: token.text, pos: token.start }, 1);
      i = token.end;
    }
  }

  #arrayToken(i: number): Token {
    try {
      const start = this.skipBlanks(i);
      if (this.text[start] === '[') {
        const close = this.#subscriptEnd(start);
        if (close > 0 && /^\+?=/.test(this.text.slice(close, close + 2))) {
          let k = close;
          while (k < this.text.length && !isMeta(this.text[k])) k = this.skipUnit(k);
          return { type: 'word', text: this.text.slice(start, k), start, end: k };
        }
      }
      return this.tokenAt(i);
    } catch (error) {
      if (error instanceof SyntaxProblem && error.problem.kind === 'eof') return { type: 'eof', text: '', start: i, end: i };
      throw error;
    }
  }

  /** Passes the newline at `token` and the bodies of here-documents announced on the line. */
  newlineEnd(token: Token): number {
    let i = token.end;
    for (const doc of this.hereDocs.splice(0)) i = this.#body(doc, i);
    return i;
  }

  /** Takes note of here-documents that are cut off before their first line. */
  endOfInput(): void {
    this.cutHereDocs.push(...this.hereDocs.splice(0));
  }

  #body(doc: PendingHereDoc, from: number): number {
    let i = from;
    while (i < this.text.length) {
      let end = this.text.indexOf('\n', i);
      if (end < 0) end = this.text.length;
      let line = this.text.slice(i, end);
      if (doc.stripTabs) line = line.replace(/^\t+/, '');
      i = Math.min(end + 1, this.text.length);
      if (line === doc.delimiter) return i;
    }
    this.cutHereDocs.push(doc);
    return i;
  }
}

/** The delimiter of `<<word` with its quotes taken away. */
export function unquoteDelimiter(word: string): string {
  return word.replace(
    /\\(.)|'([^']*)'|"([^"]*)"|\$(?=['"])/gs,
    (_, escaped?: string, single?: string, double?: string) => escaped ?? single ?? double ?? '',
  );
}
