import { Pattern } from '../../lib/regex/pattern.ts';

/** Command lines of vi (ex): `:w`, `:q!`, `:%s/a/b/g`, `:12`. Parsed here, carried out by the editor. */
export type ExCommand =
  | { readonly kind: 'none' }
  | { readonly kind: 'goto'; readonly row: number }
  | {
      readonly kind: 'write';
      readonly path: string | undefined;
      readonly force: boolean;
      readonly quit: boolean;
      readonly onlyIfModified: boolean;
    }
  | { readonly kind: 'quit'; readonly force: boolean }
  | { readonly kind: 'edit'; readonly path: string | undefined; readonly force: boolean }
  | { readonly kind: 'read'; readonly path: string; readonly row: number }
  | { readonly kind: 'set'; readonly option: string }
  | { readonly kind: 'noHighlight' }
  | { readonly kind: 'delete' | 'yank'; readonly from: number; readonly to: number }
  | {
      readonly kind: 'substitute';
      readonly from: number;
      readonly to: number;
      readonly pattern: string;
      readonly replacement: string;
      readonly global: boolean;
      readonly ignoreCase: boolean;
    }
  | { readonly kind: 'error'; readonly message: string };

const error = (message: string): ExCommand => ({ kind: 'error', message });

/** `current` is the cursor's row, `last` the last row; rows count from 0. */
export function parseEx(text: string, current: number, last: number): ExCommand {
  const range = parseRange(text.trim(), current, last);
  if (!range) return error('E16: Invalid range');
  const { from, to, rest, given } = range;
  if (rest === '') return given ? { kind: 'goto', row: to } : { kind: 'none' };
  const match = /^([a-zA-Z]+)(!?)\s*(.*)$/s.exec(rest);
  const substitution = /^s(?:ubstitute)?([^\w\s"|\\])(.*)$/s.exec(rest);
  if (substitution) return parseSubstitute(substitution[1], substitution[2], from, to);
  if (!match) return error(`E492: Not an editor command: ${text}`);
  const [, name, bang, argument] = match;
  const force = bang === '!';
  const path = argument === '' ? undefined : argument;
  switch (name) {
    case 'w':
    case 'write':
      return { kind: 'write', path, force, quit: false, onlyIfModified: false };
    case 'wq':
      return { kind: 'write', path, force, quit: true, onlyIfModified: false };
    case 'x':
    case 'xit':
    case 'exit':
    case 'wqa':
    case 'xa':
      return { kind: 'write', path, force, quit: true, onlyIfModified: true };
    case 'q':
    case 'quit':
    case 'qa':
    case 'qall':
      return { kind: 'quit', force };
    case 'e':
    case 'edit':
      return { kind: 'edit', path, force };
    case 'r':
    case 'read':
      return path ? { kind: 'read', path, row: to } : error('E32: No file name');
    case 'set':
    case 'se':
      return { kind: 'set', option: argument };
    case 'noh':
    case 'nohlsearch':
      return { kind: 'noHighlight' };
    case 'd':
    case 'delete':
      return { kind: 'delete', from, to };
    case 'y':
    case 'yank':
      return { kind: 'yank', from, to };
    default:
      return error(`E492: Not an editor command: ${text.trim()}`);
  }
}

function parseRange(text: string, current: number, last: number): { from: number; to: number; rest: string; given: boolean } | undefined {
  if (text.startsWith('%')) return { from: 0, to: last, rest: text.slice(1).trimStart(), given: true };
  const address = String.raw`(?:\d+|\.|\$)(?:[+-]\d+)?|[+-]\d+`;
  const match = new RegExp(`^(${address})?(?:\\s*,\\s*(${address})?)?`).exec(text)!;
  const value = (part: string | undefined): number => {
    const m = /^(\d+|\.|\$)?([+-]\d+)?$/.exec(part ?? '.')!;
    const base = m[1] === undefined || m[1] === '.' ? current : m[1] === '$' ? last : Number(m[1]) - 1;
    return base + Number(m[2] ?? 0);
  };
  const given = match[0] !== '';
  const comma = match[0].includes(',');
  const from = value(match[1]);
  const to = comma ? value(match[2]) : from;
  const rest = text.slice(match[0].length).trimStart();
  const bound = (row: number) => (rest === '' ? Math.max(0, Math.min(row, last)) : row);
  if (rest !== '' && (from < 0 || to > last || from > to)) return undefined;
  return { from: bound(from), to: bound(to), rest, given };
}

function parseSubstitute(separator: string, text: string, from: number, to: number): ExCommand {
  const parts: string[] = [''];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\' && i + 1 < text.length) {
      parts[parts.length - 1] += text[i + 1] === separator ? separator : text.slice(i, i + 2);
      i++;
    } else if (text[i] === separator && parts.length < 3) parts.push('');
    else parts[parts.length - 1] += text[i];
  }
  const [pattern, replacement = '', flags = ''] = parts;
  if (!/^[gic]*$/.test(flags)) return error('E488: Trailing characters');
  return { kind: 'substitute', from, to, pattern, replacement, global: flags.includes('g'), ignoreCase: flags.includes('i') };
}

/** A vim pattern ("magic") in JavaScript's syntax: \( \) \| \+ \? \{ \} are special, ( ) | + ? { } are not. */
export function vimPattern(pattern: string, flags = ''): Pattern | undefined {
  let out = '';
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i];
    if (c === '\\' && i + 1 < pattern.length) {
      const next = pattern[++i];
      if ('()|+?{}'.includes(next)) out += next;
      else if (next === '=') out += '?';
      else if (next === '<' || next === '>') out += '\\b';
      else out += `\\${next}`;
    } else if ('()|+?{}'.includes(c)) out += `\\${c}`;
    else out += c;
  }
  try {
    return new Pattern(out, flags, { quiet: true });
  } catch {
    return undefined;
  }
}

/** The text that stands for a match: & is all of it, \1 a group, \n \t as usual. */
export function expandReplacement(replacement: string, match: readonly string[]): string {
  return replacement.replace(/\\([0-9nrt&\\])|&/g, (whole, escaped?: string) => {
    if (escaped === undefined) return match[0];
    if (/[0-9]/.test(escaped)) return match[Number(escaped)] ?? '';
    return { n: '\0', r: '\n', t: '\t' }[escaped] ?? whole.slice(1);
  });
}
