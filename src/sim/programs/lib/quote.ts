/** GNU's quotearg styles, in a UTF-8 locale. */

/** ‘x’: for words that are not file names. */
export function quote(text: string): string {
  return `‘${escapeControls(text)}’`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
};

function octal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`;
}

/** Control characters and stray bytes as backslash escapes. */
function escapeControls(text: string): string {
  return text.replace(/[\0-\x1f\x7f\udc80-\udcff]/gu, (c) => ESCAPES[c] ?? octal(c.charCodeAt(0) & 0xff));
}

/** `ls -b`, `stat`'s escapes: also backslash and, if asked, blanks. */
export function escapeStyle(text: string, blanks = true): string {
  const body = escapeControls(text.replaceAll('\\', '\\\\'));
  return blanks ? body.replaceAll(' ', '\\ ') : body;
}

/** C string quoting: `ls -Q`. */
export function cStyle(text: string): string {
  return `"${escapeControls(text.replace(/["\\]/g, '\\$&'))}"`;
}

const PLAIN = /^[^\0-\x20\x7f!"#$&'()*;<=>?[\\\]^`{|}~\udc80-\udcff]+$/u;

function shellNeedsQuotes(text: string): boolean {
  if (text === '') return true;
  if (PLAIN.test(text)) return false;
  // '#' and '~' matter only at the start; '{', '}' only alone; ']' never.
  const rest = text.replace(/(?!^)[#~]/g, '').replace(/\]/g, '');
  if (rest === '{' || rest === '}') return true;
  return !/^[^\0-\x20\x7f!"#$&'()*;<=>?[\\^`|~\udc80-\udcff]*$/u.test(rest);
}

function shellQuoted(text: string): string {
  if (/[\0-\x1f\x7f\udc80-\udcff]/u.test(text)) {
    let out = '';
    let inside: 'plain' | 'dollar' | '' = '';
    for (const c of text) {
      const control = /[\0-\x1f\x7f\udc80-\udcff]/u.test(c);
      if (control) {
        if (inside === 'plain') out += "'";
        else if (out === '') out += "''";
        if (inside !== 'dollar') out += "$'";
        inside = 'dollar';
        out += ESCAPES[c] ?? octal(c.charCodeAt(0) & 0xff);
      } else {
        if (inside === 'dollar') out += "'";
        if (inside !== 'plain') out += "'";
        inside = 'plain';
        out += c === "'" ? "'\\''" : c;
      }
    }
    return `${out}'`;
  }
  if (text.includes("'") && !/["$`\\!]/.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** 'x' always: file names in "cannot ..." messages. */
export function quoteAlways(text: string): string {
  return shellQuoted(text);
}

/** A file name at the head of a message: quoted only where it would be read wrongly. */
export function fileName(text: string): string {
  return shellNeedsQuotes(text) || text.includes(':') ? shellQuoted(text) : text;
}

/** As `ls` shows names on a terminal. */
export function shellEscape(text: string): string {
  return shellNeedsQuotes(text) ? shellQuoted(text) : text;
}
