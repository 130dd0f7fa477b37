/** The `l` command. */
import { encodeUtf8 } from '../../../lib/utf8.ts';

/** The `l` command: escapes, a $ at the end, folded at `width`. */
export function listForm(text: string, width: number): string {
  const units: string[] = [];
  for (const c of text) {
    const code = c.codePointAt(0)!;
    if (LIST[c] !== undefined) units.push(LIST[c]);
    else if (code >= 32 && code < 127) units.push(c);
    else for (const b of encodeUtf8(c)) units.push(`\\${b.toString(8).padStart(3, '0')}`);
  }
  let out = '';
  let column = 0;
  for (const u of units) {
    if (width > 1 && column + u.length > width - 1) {
      out += '\\\n';
      column = 0;
    }
    out += u;
    column += u.length;
  }
  return `${out}$`;
}

const LIST: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};
