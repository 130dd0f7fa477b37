const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '?': '?',
};

/** One byte as the shell's text holds it: ASCII as itself, others as the escaped byte of `lib/utf8.ts`. */
function byte(value: number): string {
  return String.fromCharCode(value < 0x80 ? value : 0xdc00 + (value & 0xff));
}

/** Code point to text; surrogates cannot be written. */
function point(value: number): string {
  return value <= 0x10ffff ? String.fromCodePoint(value) : '';
}

/** Decodes what stands between `$'` and `'`. */
export function decodeAnsiC(text: string): string {
  return text.replace(
    /\\(x\{?[0-9A-Fa-f]{1,2}\}?|[0-7]{1,3}|u[0-9A-Fa-f]{1,4}|U[0-9A-Fa-f]{1,8}|c[\s\S]|[\s\S])/g,
    (whole, body: string) => {
      const c = body[0];
      if (/^x/.test(body) && body.length > 1) return byte(Number.parseInt(body.replace(/[x{}]/g, ''), 16));
      if (/^[0-7]/.test(body)) return byte(Number.parseInt(body, 8) & 0xff);
      if (/^[uU]./.test(body)) return point(Number.parseInt(body.slice(1), 16));
      if (c === 'c' && body.length === 2) return String.fromCharCode(body.charCodeAt(1) & 0x1f);
      return SIMPLE[c] ?? whole;
    },
  );
}

/**
 * Backslash escapes of `echo -e` (octal needs a leading zero) and of printf's `%b` and formats. `stop` is true if `\c` ended the output.
 */
export function decodeEcho(text: string, style: 'echo' | 'b' | 'format'): { readonly text: string; readonly stop: boolean } {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\' || i + 1 >= text.length) {
      out += text[i];
      continue;
    }
    const rest = text.slice(i + 1, i + 12);
    const octal =
      style === 'echo' ? /^0([0-7]{0,3})/.exec(rest) : style === 'b' ? /^0?([0-7]{1,3})/.exec(rest) : /^([0-7]{1,3})/.exec(rest);
    const hex = /^x([0-9A-Fa-f]{1,2})/.exec(rest);
    const unicode = /^(?:u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8}))/.exec(rest);
    if (rest[0] === 'c' && style !== 'format') return { text: out, stop: true };
    if (octal) {
      out += byte(octal[1] === '' ? 0 : Number.parseInt(octal[1], 8) & 0xff);
      i += octal[0].length;
    } else if (hex) {
      out += byte(Number.parseInt(hex[1], 16));
      i += hex[0].length;
    } else if (unicode) {
      out += point(Number.parseInt(unicode[1] ?? unicode[2], 16));
      i += unicode[0].length;
    } else if (SIMPLE[rest[0]] !== undefined && !((rest[0] === "'" || rest[0] === '?' || rest[0] === '"') && style !== 'format')) {
      out += SIMPLE[rest[0]];
      i++;
    } else {
      out += '\\';
    }
  }
  return { text: out, stop: false };
}
