import type { Lexer, Token } from './lexer.ts';
import { SyntaxProblem } from './problem.ts';

const UNARY = /^-[abcdefghknoprstuvwxzGLNORS]$/;
const BINARY = /^(=|==|!=|=~|<|>|-(eq|ne|lt|le|gt|ge|nt|ot|ef))$/;

/** The index after the `]]` that belongs to the `[[` at `open`. Words inside are not split at `<`, `>`, `(` and `)` as elsewhere. */
export function conditionalEnd(lexer: Lexer, open: Token): number {
  let i = open.end;
  const fail = (text: string, token: Token): never => {
    throw new SyntaxProblem({ kind: 'message', text, near: token.text, pos: token.start });
  };
  const peek = (): Token => {
    for (;;) {
      const token = lexer.tokenAt(i);
      if (token.type === 'newline') i = lexer.newlineEnd(token);
      else if (token.type === 'eof') throw new SyntaxProblem({ kind: 'eof' });
      else return token.text === '((' ? { ...token, text: '(', end: token.start + 1 } : token;
    }
  };
  const or = (): void => {
    and();
    while (peek().text === '||') {
      i = peek().end;
      and();
    }
  };
  const and = (): void => {
    term();
    while (peek().text === '&&') {
      i = peek().end;
      term();
    }
  };
  const term = (): void => {
    const token = peek();
    if (token.type === 'word' && token.text === '!') {
      i = token.end;
      return term();
    }
    if (token.type === 'op') {
      if (token.text !== '(') fail(`unexpected token \`${token.text}' in conditional command`, token);
      i = token.end;
      or();
      const close = peek();
      if (close.text !== ')') fail(`unexpected token \`${close.text}', expected \`)'`, close);
      i = close.end;
      return;
    }
    if (token.text === ']]') throw new SyntaxProblem({ kind: 'token', token: ']]', pos: token.start });
    i = token.end;
    const next = peek();
    if (UNARY.test(token.text) && !(BINARY.test(next.text) && !UNARY.test(next.text))) {
      if (next.type !== 'word' || next.text === ']]') fail(`unexpected argument \`${next.text}' to conditional unary operator`, next);
      i = next.end;
      return;
    }
    if (next.text === ']]' || next.text === '&&' || next.text === '||' || next.text === ')') return;
    if (!BINARY.test(next.text)) fail('conditional binary operator expected', next);
    i = next.end;
    const start = lexer.skipBlanks(i);
    const right = next.text === '=~' ? regexWord(lexer, start) : peek();
    if ((right.type !== 'word' && right.type !== 'io') || right.text === ']]')
      fail(`unexpected argument \`${right.text}' to conditional binary operator`, right);
    i = right.end;
  };
  or();
  const close = peek();
  if (close.text !== ']]')
    fail(close.text === ')' ? "unexpected token `)' in conditional command" : 'syntax error in conditional expression', close);
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
