import type { Lexer, Token } from './lexer.ts';
import { SyntaxProblem } from './problem.ts';

const UNARY = /^-[abcdefghknoprstuvwxzGLNORS]$/;
const BINARY = /^(=|==|!=|=~|<|>|-(eq|ne|lt|le|gt|ge|nt|ot|ef))$/;

/** The index after the `]]` that belongs to the `[[` at `open`. Words inside are not split at `<`, `>`, `(` and `)` as elsewhere. */
export function conditionalEnd(lexer: Lexer, open: Token): number {
  let i = open.end;
  const fail = (text: string, token: Token): never => {
    const status = lexer.skipBlanks(token.end) >= lexer.text.length && token.type === 'newline' ? 2 : undefined;
    throw new SyntaxProblem({ kind: 'message', text, near: token.text, pos: token.start }, status);
  };
  /** The next token on this line, whose end is a token too. */
  const onLine = (): Token => {
    const token = lexer.tokenAt(i);
    if (token.type === 'eof') return { ...token, type: 'newline', text: 'newline' };
    return token.text === '((' ? { ...token, text: '(', end: token.start + 1 } : token;
  };
  const skipNewlines = (): void => {
    for (let token = lexer.tokenAt(i); token.type === 'newline'; token = lexer.tokenAt(i)) i = lexer.newlineEnd(token);
  };
  const or = (): void => {
    and();
    while (onLine().text === '||') {
      i = onLine().end;
      and();
    }
  };
  const and = (): void => {
    term();
    while (onLine().text === '&&') {
      i = onLine().end;
      term();
    }
  };
  const term = (): void => {
    primary();
    skipNewlines();
  };
  const primary = (): void => {
    skipNewlines();
    const token = onLine();
    if (token.type === 'newline') throw new SyntaxProblem({ kind: 'eof', text: "unexpected token `EOF' in conditional command" });
    if (token.type === 'word' && token.text === '!') {
      i = token.end;
      return primary();
    }
    if (token.type === 'op') {
      if (token.text !== '(') fail(`unexpected token \`${token.text}' in conditional command`, token);
      i = token.end;
      or();
      const close = onLine();
      if (close.text !== ')') fail(close.type === 'newline' ? "expected `)'" : `unexpected token \`${close.text}', expected \`)'`, close);
      i = close.end;
      return;
    }
    // bash says nothing here.
    if (token.text === ']]') fail('', token);
    i = token.end;
    const next = onLine();
    if (UNARY.test(token.text) && !(BINARY.test(next.text) && !UNARY.test(next.text))) {
      if (next.type !== 'word' || next.text === ']]') fail(`unexpected argument \`${next.text}' to conditional unary operator`, next);
      i = next.end;
      return;
    }
    if (next.text === ']]' || next.text === '&&' || next.text === '||' || next.text === ')') return;
    if (!BINARY.test(next.text))
      fail(
        next.type === 'word'
          ? 'conditional binary operator expected'
          : `unexpected token \`${next.text}', conditional binary operator expected`,
        next,
      );
    i = next.end;
    const start = lexer.skipBlanks(i);
    const right = next.text === '=~' ? regexWord(lexer, start) : onLine();
    if ((right.type !== 'word' && right.type !== 'io') || right.text === ']]')
      fail(`unexpected argument \`${right.text}' to conditional binary operator`, right);
    i = right.end;
  };
  or();
  const close = lexer.tokenAt(i);
  if (close.type === 'eof') throw new SyntaxProblem({ kind: 'unclosed', wanted: ']]', pos: open.start, matching: false });
  if (close.text !== ']]')
    fail(`syntax error in conditional expression${close.type === 'op' ? `: unexpected token \`${close.text}'` : ''}`, {
      ...close,
      start: open.start,
    });
  return close.end;
}

/** The right side of `=~`: parentheses and bars belong to it. */
function regexWord(lexer: Lexer, start: number): Token {
  let i = start;
  let depth = 0;
  while (i < lexer.text.length) {
    const c = lexer.text[i];
    if (c === '(') depth++;
    else if (c === ')' && --depth < 0) break;
    if (c === '\n' || (depth === 0 && (c === ' ' || c === '\t' || c === ';' || c === '&'))) break;
    i = lexer.skipUnit(i);
  }
  return { type: 'word', text: lexer.text.slice(start, i), start, end: i };
}
