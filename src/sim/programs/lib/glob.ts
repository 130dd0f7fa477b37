/** fnmatch(3). */

import { POSIX_CLASSES } from '../../lib/posixClasses.ts';
import { Pattern } from '../../lib/regex/pattern.ts';

export interface GlobOptions {
  readonly ignoreCase?: boolean;
  /** `*`, `?` and `[` do not match '/'. */
  readonly pathname?: boolean;
  /** A leading '.' must be matched by a '.'. */
  readonly period?: boolean;
}

const cache = new Map<string, Pattern>();
function translate(pattern: string, o: GlobOptions): Pattern {
  const any = o.pathname ? '[^/]' : '[\\s\\S]';
  let out = o.period && !pattern.startsWith('.') ? '(?!\\.)' : '';
  const text = [...pattern];
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '*') out += `${any}*`;
    else if (c === '?') out += any;
    else if (c === '\\' && i + 1 < text.length) out += text[++i].replace(/[\^$\\.*+?()[\]{}|/]/, '\\$&');
    else if (c === '[') {
      const end = bracketEnd(text, i);
      if (end < 0) out += '\\[';
      else {
        out += bracket(text.slice(i + 1, end));
        i = end;
      }
    } else out += c.replace(/[\^$\\.*+?()[\]{}|/]/, '\\$&');
  }
  return new Pattern(`^${out}$`, o.ignoreCase ? 'iu' : 'u');
}

function bracketEnd(text: readonly string[], at: number): number {
  let i = at + 1;
  if (text[i] === '!' || text[i] === '^') i++;
  if (text[i] === ']') i++;
  for (; i < text.length; i++) {
    if (text[i] === '[' && text[i + 1] === ':') {
      let j = i + 2;
      while (j + 1 < text.length && !(text[j] === ':' && text[j + 1] === ']')) j++;
      if (j + 1 < text.length) i = j + 1;
    } else if (text[i] === '\\') i++;
    else if (text[i] === ']') return i;
  }
  return -1;
}

function bracket(body: readonly string[]): string {
  let text = body.join('');
  let negated = false;
  if (text[0] === '!' || text[0] === '^') {
    negated = true;
    text = text.slice(1);
  }
  const inner = text.replace(/\[:(\w+):\]|\\([\s\S])|[\]\\[^]/g, (m, name: string | undefined, escaped: string | undefined) =>
    name !== undefined ? (POSIX_CLASSES[name] ?? '') : escaped !== undefined ? escaped.replace(/[\]\\[^-]/, '\\$&') : `\\${m}`,
  );
  const safe = inner.replace(/^-/, '\\-').replace(/-$/, '\\-');
  return `[${negated ? '^' : ''}${safe}]`;
}

/** Whether a name matches a shell pattern. */
export function fnmatch(pattern: string, name: string, options: GlobOptions = {}): boolean {
  const key = `${options.ignoreCase ? 'i' : ''}${options.pathname ? 'p' : ''}${options.period ? 'd' : ''} ${pattern}`;
  let re = cache.get(key);
  if (re === undefined) {
    try {
      re = translate(pattern, options);
    } catch {
      re = new Pattern('[^\\s\\S]'); // a reversed range matches nothing
    }
    if (cache.size > 500) cache.clear();
    cache.set(key, re);
  }
  return re.test(name);
}
