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

/** In single quotes whatever it holds, a newline too; a lone quote is shorter with a backslash. */
export function plainSingleQuote(text: string): string {
  return text === "'" ? "\\'" : `'${text.replaceAll("'", "'\\''")}'`;
}

/** As `set -x` shows words: only what no quotes make visible is written as `$'...'`. */
export function traceQuote(text: string): string {
  if (text === '') return "''";
  if (/[ \t\n'"\\|&;()<>!{}*?[\]^$`]|^[~#]|(?<=[:=])~/.test(text)) return plainSingleQuote(text);
  return NEEDS_ANSI.test(text) ? ansiQuote(text) : text;
}

/** As dash and ash list values: single quotes always, those inside in double quotes. */
export function posixQuote(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
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
