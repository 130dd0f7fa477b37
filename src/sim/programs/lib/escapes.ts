import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';

const SIMPLE: Readonly<Record<string, string>> = { a: '\x07', b: '\b', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' };

/** A byte as text: ASCII, or the stray byte it stands for. */
export function byteText(byte: number): string {
  return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
}

/** Joins stray bytes that make up UTF-8 sequences. */
export function joinBytes(text: string): string {
  return /[\udc80-\udcff]/.test(text) ? decodeUtf8(encodeUtf8(text)) : text;
}

/** Backslash escapes as `echo -e` ('echo': \0nnn) and printf's format ('format': \nnn, \") know them. `stop` after \c. */
export function escapes(text: string, style: 'echo' | 'format'): { readonly out: string; readonly stop: boolean } {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\' || i + 1 >= text.length) {
      out += text[i];
      continue;
    }
    const rest = text.slice(i + 1);
    const c = rest[0];
    let m: RegExpExecArray | null;
    if (c === 'c') return { out: joinBytes(out), stop: true };
    if (SIMPLE[c] !== undefined) {
      out += SIMPLE[c];
      i++;
    } else if (style === 'format' && c === '"') {
      out += '"';
      i++;
    } else if ((m = /^x([0-9a-fA-F]{1,2})/.exec(rest))) {
      out += byteText(Number.parseInt(m[1], 16));
      i += m[0].length;
    } else if ((m = style === 'echo' ? /^0([0-7]{0,3})/.exec(rest) : /^([0-7]{1,3})/.exec(rest))) {
      out += byteText(Number.parseInt(m[1] || '0', 8) & 0xff);
      i += m[0].length;
    } else if (style === 'format' && (m = /^(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest))) {
      out += String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(m[1] ?? m[2], 16)));
      i += m[0].length;
    } else out += '\\';
  }
  return { out: joinBytes(out), stop: false };
}
