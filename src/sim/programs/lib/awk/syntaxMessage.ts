import type { AwkToken } from './lexer.ts';

/** How tokens are named in "syntax error at or near". */
function near(token: AwkToken): string {
  if (token.kind === 'end') return 'end of file';
  if (token.kind === 'newline') return 'end of line';
  if (token.kind === 'regex') return `/${token.text}/`;
  return token.text;
}

/** Parentheses and braces that are open before token `at`. */
function open(tokens: readonly AwkToken[], at: number): { readonly parens: number; readonly braces: number } {
  let parens = 0;
  let braces = 0;
  for (const token of tokens.slice(0, at)) {
    if (token.kind !== 'op') continue;
    if (token.text === '(') parens++;
    else if (token.text === ')') parens--;
    else if (token.text === '{') braces++;
    else if (token.text === '}') braces--;
  }
  return { parens, braces };
}

/**
 * What mawk says of a program whose token `at` does not fit. Its scanner counts parentheses and braces, so that one too many or
 * too few is told in those words; after an error in a line it still tells what is missing at the end.
 */
export function syntaxMessage(tokens: readonly AwkToken[], at: number): string {
  const token = tokens[at];
  const { parens, braces } = open(tokens, at);
  if (token.kind === 'end') {
    const missing = parens > 0 ? ')' : braces > 0 ? '}' : undefined;
    return `line ${token.line}: ${missing ? `missing ${missing} near` : 'syntax error at or near'} end of file`;
  }
  if (token.kind === 'op' && token.text === ')' && parens <= 0) return `line ${token.line}: extra ')'`;
  const closed = token.kind === 'op' && (token.text === '}' || token.text === ';') && parens > 0;
  if (closed) return `line ${token.line}: missing ) near ${token.text}`;
  const end = tokens[tokens.length - 1];
  if (token.kind === 'op' && token.text === '}' && braces <= 0)
    return `line ${token.line}: extra '}'\nawk: line ${token.line}: syntax error at or near end of line`;
  const first = `line ${token.line}: ${token.kind === 'newline' && parens > 0 ? 'missing ) near end of line' : `syntax error at or near ${near(token)}`}`;
  const left = open(tokens, tokens.length).braces;
  return token.kind === 'newline' && left > 0 ? `${first}\nawk: line ${end.line}: missing } near end of file` : first;
}
