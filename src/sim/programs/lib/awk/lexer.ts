import { byteText, joinBytes } from '../escapes.ts';
import { AwkSyntaxError } from './syntax.ts';

export interface AwkToken {
  readonly kind: 'number' | 'string' | 'regex' | 'name' | 'call' | 'builtin' | 'keyword' | 'op' | 'newline' | 'end';
  readonly text: string;
  readonly value?: number;
  readonly line: number;
}

const KEYWORDS = new Set([
  'BEGIN',
  'END',
  'function',
  'func',
  'if',
  'else',
  'while',
  'for',
  'do',
  'break',
  'continue',
  'next',
  'nextfile',
  'exit',
  'return',
  'delete',
  'in',
  'getline',
  'print',
  'printf',
]);
const BUILTINS = new Set([
  'length',
  'substr',
  'index',
  'split',
  'sub',
  'gsub',
  'match',
  'sprintf',
  'sin',
  'cos',
  'atan2',
  'exp',
  'log',
  'sqrt',
  'int',
  'rand',
  'srand',
  'tolower',
  'toupper',
  'system',
  'close',
  'fflush',
  'systime',
  'strftime',
  'mktime',
  'gensub',
]);
const OPERATORS = [
  '**=',
  '&&',
  '||',
  '==',
  '<=',
  '>=',
  '!=',
  '!~',
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '^=',
  '**',
  '>>',
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  ';',
  ',',
  '+',
  '-',
  '*',
  '/',
  '%',
  '^',
  '!',
  '>',
  '<',
  '|',
  '?',
  ':',
  '~',
  '$',
  '=',
];
const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  '"': '"',
  '/': '/',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** A string literal's escapes; unknown ones keep their backslash, as in mawk. */
export function unescapeAwk(text: string): string {
  const out = text.replace(/\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|([\s\S]))/g, (whole, octal?: string, hex?: string, c?: string) => {
    if (octal !== undefined) return byteText(Number.parseInt(octal, 8) & 255);
    if (hex !== undefined) return byteText(Number.parseInt(hex, 16));
    if (c === '\n') return '';
    return ESCAPES[c!] ?? whole;
  });
  return joinBytes(out);
}

/** Cuts a program into tokens. A slash begins a regular expression where an operand is due. */
export function tokenise(source: string): AwkToken[] {
  const tokens: AwkToken[] = [];
  let line = 1;
  let i = 0;
  const push = (kind: AwkToken['kind'], text: string, value?: number): void => void tokens.push({ kind, text, value, line });
  const operandDue = (): boolean => {
    const last = tokens.at(-1);
    if (last === undefined) return true;
    if (last.kind === 'number' || last.kind === 'string' || last.kind === 'regex' || last.kind === 'name') return false;
    if (last.kind === 'builtin') return last.text !== 'length';
    if (last.kind === 'op') return ![')', ']', '$', '++', '--'].includes(last.text);
    return true;
  };
  while (i < source.length) {
    const c = source[i];
    if (c === '\n') {
      push('newline', '\n');
      line++;
      i++;
    } else if (c === ' ' || c === '\t' || c === '\r') i++;
    else if (c === '\\' && /^\\\r?\n/.test(source.slice(i, i + 3))) {
      i += source[i + 1] === '\r' ? 3 : 2;
      line++;
    } else if (c === '#') while (i < source.length && source[i] !== '\n') i++;
    else if (c === '"') {
      let j = i + 1;
      while (j < source.length && source[j] !== '"') {
        if (source[j] === '\n')
          throw new AwkSyntaxError(`line ${line}: runaway string constant ${source.slice(i, Math.min(j, i + 10))} ...`);
        j += source[j] === '\\' ? 2 : 1;
      }
      if (j >= source.length) throw new AwkSyntaxError(`line ${line}: runaway string constant ${source.slice(i, i + 10)} ...`);
      push('string', unescapeAwk(source.slice(i + 1, j)));
      i = j + 1;
    } else if (c === '/' && operandDue()) {
      let j = i + 1;
      let bracket = false;
      for (; j < source.length && (source[j] !== '/' || bracket); j++) {
        if (source[j] === '\n') break;
        if (source[j] === '\\') j++;
        else if (source[j] === '[' && !bracket) {
          bracket = true;
          if (source[j + 1] === '^') j++;
          if (source[j + 1] === ']') j++;
        } else if (source[j] === ']') bracket = false;
      }
      if (source[j] !== '/')
        throw new AwkSyntaxError(`line ${line}: runaway regular expression ${source.slice(i, Math.min(j, i + 10))} ...`);
      push('regex', source.slice(i + 1, j).replace(/\\\//g, '/'));
      i = j + 1;
    } else if (/[0-9.]/.test(c) && /^(?:0[xX][0-9a-fA-F]+|\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)/.test(source.slice(i))) {
      const m = /^(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)/.exec(source.slice(i))![0];
      push('number', m, Number(m));
      i += m.length;
    } else if (/[A-Za-z_]/.test(c)) {
      const m = /^\w+/.exec(source.slice(i))![0];
      i += m.length;
      if (KEYWORDS.has(m)) push('keyword', m === 'func' ? 'function' : m);
      else if (BUILTINS.has(m)) push('builtin', m);
      else push(source[i] === '(' ? 'call' : 'name', m);
    } else {
      const op = OPERATORS.find((o) => source.startsWith(o, i));
      if (op === undefined) throw new AwkSyntaxError(`${line}: unexpected character '${c}'`);
      push('op', op === '**' ? '^' : op === '**=' ? '^=' : op);
      i += op.length;
    }
  }
  push('end', '');
  return tokens;
}
