/**
 * Shell patterns as regular expressions. In a pattern's source a quoted character is preceded by a backslash.
 */
export interface PatternOptions {
  readonly extglob?: boolean;
  readonly nocase?: boolean;
  /** For file names: `*`, `?` and brackets do not match a slash. */
  readonly pathname?: boolean;
}

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

const cache = new Map<string, RegExp>();

/** Matches the whole text. */
export function matchPattern(pattern: string, text: string, options: PatternOptions = {}): boolean {
  return patternRegExp(pattern, options).test(text);
}

/** An anchored expression for the whole pattern. */
export function patternRegExp(pattern: string, options: PatternOptions = {}): RegExp {
  const key = `${options.extglob ? 'e' : ''}${options.nocase ? 'i' : ''}${options.pathname ? 'p' : ''}\0${pattern}`;
  let re = cache.get(key);
  if (!re) {
    if (cache.size > 2000) cache.clear();
    re = new RegExp(`^(?:${patternSource(pattern, options)})$`, `s${options.nocase ? 'i' : ''}`);
    cache.set(key, re);
  }
  return re;
}

function escapeRegExp(c: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(c) ? `\\${c}` : c;
}

/** The expression's source without anchors; `lazy` makes `*` match as little as it can (for `#` and `%`). */
export function patternSource(pattern: string, options: PatternOptions = {}, lazy = false): string {
  const any = options.pathname ? '[^/]' : '[^]';
  let out = '';
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i];
    if (c === '\\') {
      i++;
      out += i < pattern.length ? escapeRegExp(pattern[i]) : '\\\\';
    } else if (options.extglob && /[?*+@!]/.test(c) && pattern[i + 1] === '(') {
      const end = groupEnd(pattern, i + 1);
      if (end < 0) {
        out += c === '*' ? `${any}*` : c === '?' ? any : escapeRegExp(c);
        continue;
      }
      const choices = splitChoices(pattern.slice(i + 2, end)).map((p) => patternSource(p, options, lazy));
      const group = `(?:${choices.join('|')})`;
      if (c === '!') out += `(?!${group}${restAnchored(pattern.slice(end + 1), options)})${any}*`;
      else out += c === '@' ? group : `${group}${c}`;
      i = end;
    } else if (c === '*') {
      while (pattern[i + 1] === '*') i++;
      out += `${any}*${lazy ? '?' : ''}`;
    } else if (c === '?') out += options.pathname ? '[^/]' : '(?:[\\ud800-\\udbff][\\udc00-\\udfff]|[^])';
    else if (c === '[') {
      const bracket = bracketSource(pattern, i, options.pathname ?? false);
      if (bracket) {
        out += bracket.source;
        i = bracket.end - 1;
      } else out += '\\[';
    } else out += escapeRegExp(c);
  }
  return out;
}

function restAnchored(rest: string, options: PatternOptions): string {
  return `(?:${patternSource(rest, options)})$`;
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
    const name = /^\[:(\w+):\]/.exec(pattern.slice(i));
    if (name) {
      body += CLASSES[name[1]] ?? '';
      i += name[0].length;
      continue;
    }
    const special = /^\[([.=])(.+?)\1\]/.exec(pattern.slice(i));
    if (special) {
      body += escapeRegExp(special[2]);
      i += special[0].length;
      continue;
    }
    if (c === '\\') {
      i++;
      if (i >= pattern.length) return null;
      body += escapeRegExp(pattern[i++]);
    } else if (c === '-' && !first && pattern[i + 1] !== ']' && pattern[i + 1] !== undefined) {
      body += '-';
      i++;
    } else {
      body += c === '-' ? '\\-' : escapeRegExp(c);
      i++;
    }
  }
  if (body === '') return { source: negate ? '[^]' : '(?!)', end: i + 1 };
  try {
    new RegExp(`[${body}]`);
  } catch {
    return { source: '(?!)', end: i + 1 };
  }
  const guard = negate && pathname ? '(?!/)' : '';
  return { source: `${guard}[${negate ? '^' : ''}${body}]`, end: i + 1 };
}

/** True if a character of `pattern` is special, so that it may match other texts than itself. */
export function hasPattern(pattern: string, extglob: boolean): boolean {
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i];
    if (c === '\\') i++;
    else if (c === '*' || c === '?') return true;
    else if (c === '[' && pattern.indexOf(']', i + 1) > 0) return true;
    else if (extglob && /[+@!]/.test(c) && pattern[i + 1] === '(') return true;
  }
  return false;
}

/** Puts a backslash before what is special in patterns. */
export function escapePattern(text: string): string {
  return text.replace(/[\\*?[\](){}|!@+^-]/g, '\\$&');
}

/** Takes the backslashes of quoted characters away. */
export function unescapePattern(pattern: string): string {
  return pattern.replace(/\\([\s\S])/g, '$1');
}

/** `${x#p}` and its three kin: the text without what matches at an end. */
export function removeMatch(text: string, pattern: string, operator: string, options: PatternOptions): string {
  const re = patternRegExp(pattern, options);
  if (operator === '#' || operator === '##') {
    if (operator === '##') {
      for (let n = text.length; n >= 0; n--) if (re.test(text.slice(0, n))) return text.slice(n);
    } else for (let n = 0; n <= text.length; n++) if (re.test(text.slice(0, n))) return text.slice(n);
    return text;
  }
  if (operator === '%%') {
    for (let n = 0; n <= text.length; n++) if (re.test(text.slice(n))) return text.slice(0, n);
  } else for (let n = text.length; n >= 0; n--) if (re.test(text.slice(n))) return text.slice(0, n);
  return text;
}

/** `${x/p/r}`: `replacement` gets the matched text (`&` in bash 5.2). */
export function replaceMatch(
  text: string,
  pattern: string,
  operator: string,
  replacement: (match: string) => string,
  options: PatternOptions,
): string {
  if (pattern === '') return operator === '/#' ? replacement('') + text : operator === '/%' ? text + replacement('') : text;
  const source = patternSource(pattern, options);
  const flags = `s${options.nocase ? 'i' : ''}`;
  if (operator === '/#') return text.replace(new RegExp(`^(?:${source})`, flags), replacement);
  if (operator === '/%') {
    for (let n = 0; n <= text.length; n++)
      if (patternRegExp(pattern, options).test(text.slice(n))) return text.slice(0, n) + replacement(text.slice(n));
    return text;
  }
  const re = new RegExp(source, flags + (operator === '//' ? 'g' : ''));
  return text.replace(re, (match: string) => (match === '' && text !== '' && operator === '//' ? '' : replacement(match)));
}
