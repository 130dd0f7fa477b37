import { type CharSet, charSet } from '../../lib/regex/charSet.ts';
import { ShellError } from '../state/errors.ts';

/** A shell pattern as a tree. In a pattern's text a quoted character is preceded by a backslash. */
export type PatternNode =
  | { readonly kind: 'one'; readonly set: CharSet; readonly source: string }
  /** `*`: any number of characters, each in the set. */
  | { readonly kind: 'any'; readonly set: CharSet; readonly source: string }
  | { readonly kind: 'group'; readonly operator: string; readonly choices: readonly (readonly PatternNode[])[] };

export interface PatternOptions {
  readonly extglob?: boolean;
  readonly nocase?: boolean;
  /** For file names: `*`, `?` and brackets do not match a slash. */
  readonly pathname?: boolean;
}

/** Groups inside groups inside groups. */
const NESTING_MAX = 200;

const CLASSES: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: ' \\t\\n\\r\\f\\v',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  print: ' -~',
  graph: '!-~',
  cntrl: '\\x00-\\x1f\\x7f',
  xdigit: '0-9A-Fa-f',
  word: 'A-Za-z0-9_',
};

export function parsePattern(pattern: string, options: PatternOptions, depth = 0): readonly PatternNode[] {
  if (depth > NESTING_MAX) throw new ShellError(`${pattern}: pattern too deep`);
  const flags = options.nocase ? 'isu' : 'su';
  const anyChar = options.pathname ? '[^/]' : '[^]';
  const out: PatternNode[] = [];
  const one = (source: string) => out.push({ kind: 'one', set: charSet(source, flags), source });
  const any = () => out.push({ kind: 'any', set: charSet(anyChar, flags), source: anyChar });
  for (let i = 0; i < pattern.length; i++) {
    const c = String.fromCodePoint(pattern.codePointAt(i)!);
    if (c === '\\') {
      const next = pattern.codePointAt(i + 1);
      const char = next === undefined ? '\\' : String.fromCodePoint(next);
      one(escapeOutside(char));
      i += next === undefined ? 0 : char.length;
    } else if (options.extglob && /[?*+@!]/.test(c) && pattern[i + 1] === '(') {
      const end = groupEnd(pattern, i + 1);
      if (end >= 0) {
        const choices = splitChoices(pattern.slice(i + 2, end)).map((p) => parsePattern(p, options, depth + 1));
        out.push({ kind: 'group', operator: c, choices });
        i = end;
      } else if (c === '*') any();
      else one(c === '?' ? anyChar : escapeOutside(c));
    } else if (c === '*') {
      while (pattern[i + 1] === '*') i++;
      any();
    } else if (c === '?') one(anyChar);
    else if (c === '[') {
      const bracket = bracketSource(pattern, i, options.pathname ?? false);
      one(bracket ? bracket.source : '\\[');
      if (bracket) i = bracket.end - 1;
    } else {
      one(escapeOutside(c));
      i += c.length - 1;
    }
  }
  return out;
}

/** The tree in JavaScript's syntax; undefined if it has `!(...)`, which no regular expression says in its place. */
export function patternSource(nodes: readonly PatternNode[]): string | undefined {
  let out = '';
  for (const node of nodes) {
    if (node.kind === 'one') out += node.source;
    else if (node.kind === 'any') out += `${node.source}*`;
    else {
      if (node.operator === '!') return undefined;
      const choices = node.choices.map(patternSource);
      if (choices.includes(undefined)) return undefined;
      out += `(?:${choices.join('|')})${node.operator === '@' ? '' : node.operator}`;
    }
  }
  return out;
}

function escapeOutside(c: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(c) ? `\\${c}` : c;
}

function escapeInside(c: string): string {
  return /[\\^[\]-]/.test(c) ? `\\${c}` : c;
}

function groupEnd(pattern: string, open: number): number {
  let depth = 0;
  for (let i = open; i < pattern.length; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === '(') depth++;
    else if (pattern[i] === ')' && --depth === 0) return i;
  }
  return -1;
}

function splitChoices(body: string): string[] {
  const out: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < body.length; i++) {
    if (body[i] === '\\') i++;
    else if (body[i] === '(') depth++;
    else if (body[i] === ')') depth--;
    else if (body[i] === '|' && depth === 0) {
      out.push(body.slice(from, i));
      from = i + 1;
    }
  }
  out.push(body.slice(from));
  return out;
}

const NOTHING = '[]';

function bracketSource(pattern: string, open: number, pathname: boolean): { source: string; end: number } | null {
  let i = open + 1;
  let negate = false;
  if (pattern[i] === '!' || pattern[i] === '^') {
    negate = true;
    i++;
  }
  let body = '';
  for (let first = true; ; first = false) {
    const c = pattern[i];
    if (c === undefined || (pathname && c === '/')) return null;
    if (c === ']' && !first) break;
    const name = /^\[:(\w+):\]/.exec(pattern.slice(i, i + 20));
    if (name) {
      body += CLASSES[name[1]] ?? '';
      i += name[0].length;
      continue;
    }
    const special = /^\[([.=])(.+?)\1\]/.exec(pattern.slice(i, i + 20));
    if (special) {
      body += escapeInside(special[2]);
      i += special[0].length;
      continue;
    }
    if (c === '\\') {
      i++;
      if (i >= pattern.length) return null;
      const char = String.fromCodePoint(pattern.codePointAt(i)!);
      body += escapeInside(char);
      i += char.length;
    } else if (c === '-' && !first && pattern[i + 1] !== ']' && pattern[i + 1] !== undefined) {
      body += '-';
      i++;
    } else {
      body += escapeInside(c);
      i++;
    }
  }
  if (body === '') return { source: negate ? '[^]' : NOTHING, end: i + 1 };
  try {
    charSet(`[${body}]`, 'su');
  } catch {
    return { source: NOTHING, end: i + 1 };
  }
  return { source: `[${negate ? `^${pathname ? '/' : ''}` : ''}${body}]`, end: i + 1 };
}
