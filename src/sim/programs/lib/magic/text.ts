/** Texts: their encoding, their line ends, and what kind of text they look like. */
import { binary, type Kind } from './kind.ts';

const SCRIPTS: readonly (readonly [interpreter: RegExp, words: string, mime: string])[] = [
  [/^(ba|rba)sh$/, 'Bourne-Again shell script', 'text/x-shellscript'],
  [/^sh$/, 'POSIX shell script', 'text/x-shellscript'],
  [/^python[\d.]*$/, 'Python script', 'text/x-script.python'],
  [/^node(js)?$/, 'Node.js script executable', 'application/javascript'],
  [/^[gmn]?awk$/, 'awk script', 'text/x-awk'],
  [/^ruby$/, 'Ruby script', 'text/x-ruby'],
  [/^perl$/, 'Perl script text executable', 'text/x-perl'],
];

/** The kinds that are known by how they begin; each stands before the encoding, or alone. */
const FORMS: readonly (readonly [pattern: RegExp, words: string, mime: string, alone?: true])[] = [
  [/^\s*<svg\b/, 'SVG Scalable Vector Graphics image', 'image/svg+xml', true],
  [/^\s*<\?xml version="([\d.]+)"/, 'XML $1 document', 'text/xml'],
  [/^\s*<(!doctype html|html|head|title)\b/i, 'HTML document', 'text/html'],
  [/^-----BEGIN CERTIFICATE-----/, 'PEM certificate', 'text/plain', true],
  [/^-----BEGIN RSA PRIVATE KEY-----/, 'PEM RSA private key', 'text/plain', true],
  [/^-----BEGIN OPENSSH PRIVATE KEY-----/, 'OpenSSH private key', 'text/plain', true],
  [/^ssh-rsa /, 'OpenSSH RSA public key', 'text/plain', true],
  [/^ssh-ed25519 /, 'OpenSSH ED25519 public key', 'text/plain', true],
  [/^diff --git |^--- .*\n\+\+\+ .*\n@@ /, 'unified diff output', 'text/x-diff'],
  [/^\*\*\* .*\n--- .*\n\*{15}/, 'context diff output', 'text/x-diff'],
  [/^\s*#include\s|^\s*(int|void) main\s*\(/m, 'C source', 'text/x-c'],
  [/^(import \w[\w.]*|from \w[\w.]* import )/m, 'Python script', 'text/x-script.python'],
  [
    /^(module\.exports|exports\.\w+) *=|^(const|let|var) \w+ *= *require\(|^['"]use strict['"]/m,
    'JavaScript source',
    'application/javascript',
  ],
  [/^(\.PHONY|all|install|clean) *:|^[\w.]+ *:?= *\$\(/m, 'makefile script', 'text/x-makefile'],
];

/** Undefined: these bytes are no text. */
export function textKind(data: Uint8Array): Kind | undefined {
  if (data[0] === 0xff && data[1] === 0xfe && data.length > 2) return utf16(data, 'little-endian', 'utf-16le');
  if (data[0] === 0xfe && data[1] === 0xff && data.length > 2) return utf16(data, 'big-endian', 'utf-16be');
  const encoding = encodingOf(data);
  if (!encoding) return undefined;
  const text = Array.from(data.subarray(0, 65_536), (byte) => String.fromCharCode(byte)).join('');
  const details = detailsOf(text);
  const script = scriptOf(text);
  const full = (form: string) => `${form}${form === '' ? '' : ', '}${encoding.words}`;
  if (script?.words.startsWith('Perl')) return { ...script, charset: encoding.charset };
  if (script)
    return {
      words: `${full(script.words)}${script.words.endsWith('executable') ? '' : ' executable'}${details}`,
      mime: script.mime,
      charset: encoding.charset,
    };
  if (isJson(text)) return { words: 'JSON text data', mime: 'application/json', charset: encoding.charset };
  for (const [pattern, words, mime, alone] of FORMS) {
    const match = pattern.exec(text);
    if (!match) continue;
    const form = words.replace('$1', match[1] ?? '');
    const runs = words.endsWith('script') && !words.startsWith('makefile') ? ' executable' : '';
    return { words: alone ? form : full(form) + runs + details, mime, charset: encoding.charset };
  }
  if (isCsv(text)) return { words: 'CSV text', mime: 'text/csv', charset: encoding.charset };
  return { words: encoding.words + details, mime: 'text/plain', charset: encoding.charset };
}

function utf16(data: Uint8Array, order: string, charset: string): Kind {
  const ends = data.some((byte, i) => byte === 10 && i > 1);
  return { words: `Unicode text, UTF-16, ${order} text${ends ? '' : ', with no line terminators'}`, mime: 'text/plain', charset };
}

function encodingOf(data: Uint8Array): { readonly words: string; readonly charset: string } | undefined {
  let ascii = true;
  for (const byte of data) {
    if (byte >= 0x80) ascii = false;
    // Control characters that text has: bell to return without vertical tab's neighbours, and escape.
    else if (byte < 7 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32) || byte === 127) return undefined;
  }
  if (ascii) return { words: 'ASCII text', charset: 'us-ascii' };
  if (isUtf8(data)) {
    const marked = data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf;
    return { words: `Unicode text, UTF-8 ${marked ? '(with BOM) ' : ''}text`, charset: 'utf-8' };
  }
  return data.some((byte) => byte >= 0x80 && byte < 0xa0)
    ? { words: 'Non-ISO extended-ASCII text', charset: 'unknown-8bit' }
    : { words: 'ISO-8859 text', charset: 'iso-8859-1' };
}

function isUtf8(data: Uint8Array): boolean {
  for (let i = 0; i < data.length; i++) {
    if (data[i] < 0x80) continue;
    const more = data[i] >= 0xf0 ? 3 : data[i] >= 0xe0 ? 2 : data[i] >= 0xc2 ? 1 : 0;
    if (more === 0 || data[i] > 0xf4) return false;
    for (let k = 1; k <= more; k++) if (i + k < data.length && (data[i + k] & 0xc0) !== 0x80) return false;
    i += more;
  }
  return true;
}

function detailsOf(text: string): string {
  const longest = Math.max(...text.split(/\r\n|\r|\n/).map((line) => line.length));
  const pairs = text.split('\r\n').length - 1;
  const returns = text.split('\r').length - 1 - pairs;
  const feeds = text.split('\n').length - 1 - pairs;
  const ends = [...(pairs > 0 ? ['CRLF'] : []), ...(returns > 0 ? ['CR'] : []), ...(feeds > 0 ? ['LF'] : [])];
  const terminators =
    ends.length === 0 ? ', with no line terminators' : ends.join() === 'LF' ? '' : `, with ${ends.join(', ')} line terminators`;
  return `${longest >= 300 ? `, with very long lines (${longest})` : ''}${terminators}${text.includes('\x1b') ? ', with escape sequences' : ''}${text.includes('\b') ? ', with overstriking' : ''}`;
}

function scriptOf(text: string): { readonly words: string; readonly mime: string } | undefined {
  const line = /^#![ \t]*([^\n]*)/.exec(text)?.[1].trim();
  if (line === undefined || line === '') return undefined;
  const words = line.split(/\s+/);
  const interpreter = (words[0].endsWith('/env') ? (words.slice(1).find((word) => !word.startsWith('-')) ?? '') : words[0]).replace(
    /^.*\//,
    '',
  );
  const known = SCRIPTS.find(([pattern]) => pattern.test(interpreter));
  return known ? { words: known[1], mime: known[2] } : { words: `a ${line} script`, mime: 'text/plain' };
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** At least two lines with the same number of commas. */
function isCsv(text: string): boolean {
  const lines = text.replace(/\n$/, '').split('\n').slice(0, 10);
  const commas = lines.map((line) => line.replace(/"[^"]*"/g, '').split(',').length);
  return text.endsWith('\n') && lines.length > 1 && commas[0] > 1 && commas.every((count) => count === commas[0]);
}

/** What these bytes are, if nothing else knows them. */
export const data = binary('data', 'application/octet-stream');
