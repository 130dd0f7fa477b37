import { BcSyntaxError, Incomplete } from './syntax.ts';

export interface Token {
  readonly kind: 'number' | 'name' | 'string' | 'sign' | 'newline' | 'end';
  readonly text: string;
  /** The line that bc counts when it has read the token. */
  readonly line: number;
}

const SIGNS = ['++', '--', '+=', '-=', '*=', '/=', '%=', '^=', '==', '!=', '<=', '>=', '&&', '||', ...'+-*/%^=<>!(){}[];,.'];

/** The words of some lines of bc, the first of them being line `line`. Throws Incomplete inside a string or a comment. */
export function tokenize(text: string, line: number): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let number = line;
  const push = (kind: Token['kind'], word: string) => tokens.push({ kind, text: word, line: number });
  while (at < text.length) {
    const rest = text.slice(at);
    if (rest.startsWith('/*')) {
      const end = rest.indexOf('*/', 2);
      if (end < 0) throw new Incomplete();
      number += rest.slice(0, end).split('\n').length - 1;
      at += end + 2;
      continue;
    }
    const skipped = /^([ \t\r]+|\\\n|#[^\n]*)/.exec(rest)?.[0];
    if (skipped !== undefined) {
      if (skipped.endsWith('\n')) number++;
      at += skipped.length;
      continue;
    }
    if (rest[0] === '\n') {
      number++;
      push('newline', '\n');
      at++;
      continue;
    }
    if (rest[0] === '"') {
      const end = rest.indexOf('"', 1);
      if (end < 0) throw new Incomplete();
      const word = rest.slice(1, end);
      number += word.split('\n').length - 1;
      push('string', word);
      at += end + 1;
      continue;
    }
    const figure = /^(?:[0-9A-Z](?:\\\n|[0-9A-Z])*(?:\.(?:\\\n|[0-9A-Z])*)?|\.(?:\\\n|[0-9A-Z])+)/.exec(rest)?.[0];
    const name = /^[a-z][a-z0-9_]*/.exec(rest)?.[0];
    const sign = SIGNS.find((candidate) => rest.startsWith(candidate));
    if (figure !== undefined) push('number', figure.replaceAll('\\\n', ''));
    else if (name !== undefined) push('name', name);
    else if (sign !== undefined) push('sign', sign);
    else throw new BcSyntaxError(number, `illegal character: ${rest[0]}`);
    at += (figure ?? name ?? sign ?? '').length;
  }
  push('end', '');
  return tokens;
}
