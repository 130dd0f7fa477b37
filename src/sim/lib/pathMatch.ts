import { Pattern } from './regex/pattern.ts';

/** Go's path.Match: `*` and `?` do not cross a slash, `[a-z]`, `[^a]`, `\c`. Null if the pattern is malformed. */
export function pathMatch(pattern: string, text: string): boolean | null {
  let source = '^';
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i];
    if (c === '*') source += '[^/]*';
    else if (c === '?') source += '[^/]';
    else if (c === '\\') {
      if (++i >= pattern.length) return null;
      source += escapeChar(pattern[i]);
    } else if (c === '[') {
      const end = classEnd(pattern, i);
      if (end < 0) return null;
      const negated = pattern[i + 1] === '^';
      const body = pattern.slice(i + (negated ? 2 : 1), end).replace(/[\]^]/g, '\\$&');
      if (body === '') return null;
      source += `(?!/)[${negated ? '^' : ''}${body}]`;
      i = end;
    } else source += escapeChar(c);
  }
  try {
    return new Pattern(`${source}$`, 'su').test(text);
  } catch {
    return null;
  }
}

function escapeChar(c: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(c) ? `\\${c}` : c;
}

function classEnd(pattern: string, start: number): number {
  for (let i = start + 1; i < pattern.length; i++) {
    if (pattern[i] === '\\') i++;
    else if (pattern[i] === ']' && i > start + 1) return i;
  }
  return -1;
}
