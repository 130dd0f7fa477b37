/** Ways to write a string so that the shell reads it back. */

const NEEDS_ANSI = /[\x00-\x1f\x7f\udc80-\udcff]/;

/** `$'...'` with escapes. */
export function ansiQuote(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '\x07': '\\a',
    '\b': '\\b',
    '\x1b': '\\E',
    '\f': '\\f',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\v': '\\v',
    '\\': '\\\\',
    "'": "\\'",
  };
  return `$'${text.replace(/[\x00-\x1f\x7f\\'\udc80-\udcff]/g, (c) => names[c] ?? `\\${(c.charCodeAt(0) & 0xff).toString(8).padStart(3, '0')}`)}'`;
}

/** As `${x@Q}`, `set` and `alias` show: single quotes always. */
export function singleQuote(text: string): string {
  if (NEEDS_ANSI.test(text)) return ansiQuote(text);
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** As `set` lists values: bare if nothing in it is special. */
export function quoteIfNeeded(text: string): string {
  if (text === '') return '';
  if (NEEDS_ANSI.test(text)) return ansiQuote(text);
  return /[\s'"\\|&;()<>!{}*?[\]^$`~#]/.test(text) && !/^[^\s'"\\|&;()<>!{}*?[\]^$`~]+#?[^\s'"\\|&;()<>!{}*?[\]^$`~]*$/.test(text)
    ? singleQuote(text)
    : text;
}

/** As `set -x` shows words. */
export function traceQuote(text: string): string {
  if (text === '') return "''";
  if (NEEDS_ANSI.test(text)) return ansiQuote(text);
  return /[\s'"\\|&;()<>!{}*?[\]^$`]|^[~#]|(?<=[:=])~/.test(text) ? singleQuote(text) : text;
}

/** As dash and ash list values: single quotes always, those inside in double quotes. */
export function posixQuote(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

/** As ash's `set -x` shows words: all that is not plain, and `=` of its own, in single quotes. */
export function ashTraceQuote(text: string): string {
  return /^[+,\-./0-9:@A-Z\]^_a-z]*$/.test(text) ? text : posixQuote(text);
}

/** `printf %q`: backslashes. */
export function backslashQuote(text: string): string {
  if (text === '') return "''";
  if (NEEDS_ANSI.test(text)) return ansiQuote(text);
  return text.replace(/[\s'"\\|&;()<>!{}*?[\]^$`,]|^[~#]|(?<=[:=])~/g, '\\$&');
}

/** Inside double quotes, as `declare -p` shows values. */
export function doubleQuote(text: string): string {
  if (NEEDS_ANSI.test(text)) return ansiQuote(text);
  return `"${text.replace(/["\\$`]/g, '\\$&')}"`;
}
