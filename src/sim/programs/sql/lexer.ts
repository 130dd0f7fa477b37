/** SQL text into words. */
import type { Dialect } from './syntax.ts';
import { SqlError } from './syntax.ts';

export interface Token {
  /** 'word' is folded to lower case unless it was quoted. */
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'operator' | 'end';
  readonly text: string;
  readonly at: number;
}

const OPERATORS = [
  '::',
  '<>',
  '!=',
  '<=',
  '>=',
  '||',
  '&&',
  '->>',
  '->',
  '(',
  ')',
  ',',
  ';',
  '.',
  '*',
  '+',
  '-',
  '/',
  '%',
  '<',
  '>',
  '=',
  '^',
  '~',
];

export function tokenize(text: string, dialect: Dialect): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const rest = text.slice(at);
    const blank = /^(\s+|--[^\n]*|\/\*[\s\S]*?\*\/)/.exec(rest) ?? (dialect === 'mysql' ? /^#[^\n]*/.exec(rest) : null);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const start = at;
    const quote = rest[0];
    if (quote === "'" || (quote === '"' && dialect === 'mysql')) {
      const [value, length] = quoted(rest, quote, dialect === 'mysql', dialect, start);
      tokens.push({ kind: 'string', text: value, at: start });
      at += length;
    } else if (quote === '"' || (quote === '`' && dialect === 'mysql')) {
      const [value, length] = quoted(rest, quote, false, dialect, start);
      tokens.push({ kind: 'quoted', text: value, at: start });
      at += length;
    } else if (dialect === 'postgres' && DOLLAR.test(rest)) {
      const [value, length] = dollarQuoted(rest, start);
      tokens.push({ kind: 'string', text: value, at: start });
      at += length;
    } else {
      const word = /^[A-Za-z_\u0080-\uffff@][\w$\u0080-\uffff@]*/.exec(rest);
      const number = /^(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?/.exec(rest);
      const operator = OPERATORS.find((candidate) => rest.startsWith(candidate));
      if (word) tokens.push({ kind: 'word', text: dialect === 'postgres' ? word[0].toLowerCase() : word[0], at: start });
      else if (number) tokens.push({ kind: 'number', text: number[0], at: start });
      else if (operator) tokens.push({ kind: 'operator', text: operator, at: start });
      else throw new SqlError(`syntax error at or near "${rest[0]}"`, { state: '42601', number: 1064, at: start });
      at += (word?.[0] ?? number?.[0] ?? operator ?? '').length;
    }
  }
  tokens.push({ kind: 'end', text: '', at: text.length });
  return tokens;
}

/** The content of a quoted text, and its length with the quotes. */
function quoted(text: string, quote: string, escapes: boolean, dialect: Dialect, at: number): readonly [string, number] {
  let value = '';
  for (let i = 1; i < text.length; i++) {
    if (text[i] === quote) {
      if (text[i + 1] !== quote) return [value, i + 1];
      i++;
    } else if (escapes && text[i] === '\\' && i + 1 < text.length) {
      i++;
      value += { n: '\n', t: '\t', r: '\r', 0: '\0' }[text[i]] ?? text[i];
      continue;
    }
    value += text[i];
  }
  throw new SqlError(
    dialect === 'postgres' ? `unterminated quoted string at or near "${text.split('\n')[0]}"` : `near '${text}' at line 1`,
    { state: '42601', number: 1064, at },
  );
}

/** What begins and ends a text that needs no escapes: $$ or $name$ (PostgreSQL manual, 4.1.2.4). */
const DOLLAR = /^\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/;

/** The content of a dollar-quoted text, and its length with the tags. */
function dollarQuoted(text: string, at: number): readonly [string, number] {
  const tag = DOLLAR.exec(text)?.[0] ?? '$$';
  const end = text.indexOf(tag, tag.length);
  if (end !== -1) return [text.slice(tag.length, end), end + tag.length];
  throw new SqlError(`unterminated dollar-quoted string at or near "${text.split('\n')[0]}"`, { state: '42601', number: 1064, at });
}

/** Cuts a script at its semicolons. `rest`: what follows the last one. */
export function splitStatements(script: string, dialect: Dialect): { readonly statements: readonly string[]; readonly rest: string } {
  const statements: string[] = [];
  let start = 0;
  for (let i = 0; i < script.length; i++) {
    const c = script[i];
    if (c === "'" || c === '"' || (c === '`' && dialect === 'mysql')) {
      for (i++; i < script.length && script[i] !== c; i++) if (script[i] === '\\' && dialect === 'mysql') i++;
    } else if (dialect === 'postgres' && c === '$' && !/[\w$]/.test(script[i - 1] ?? ' ') && DOLLAR.test(script.slice(i, i + 64))) {
      const tag = DOLLAR.exec(script.slice(i, i + 64))?.[0] ?? '';
      const end = script.indexOf(tag, i + tag.length);
      i = end === -1 ? script.length : end + tag.length - 1;
    } else if (script.startsWith('--', i) || (c === '#' && dialect === 'mysql')) {
      while (i < script.length && script[i] !== '\n') i++;
    } else if (script.startsWith('/*', i)) {
      i = Math.max(i, script.indexOf('*/', i + 2) + 1 || script.length);
    } else if (c === ';') {
      statements.push(script.slice(start, i));
      start = i + 1;
    }
  }
  return { statements, rest: script.slice(start) };
}
