import { encodeBase64 } from '../../../../lib/base64.ts';
import { decodeUtf8, encodeUtf8 } from '../../../../lib/utf8.ts';
import { typeError } from '../arithmetic.ts';
import type { Native } from '../codeSource.ts';
import { wellFormed } from '../jsonParser.ts';
import { formatNumber, toJson } from '../print.ts';
import { isArray, isNaNValue, isNumber, JqError, type Json } from '../values.ts';
import { tostring } from './core.ts';

function row(v: Json, name: 'csv' | 'tsv', separator: string, text: (s: string) => string): string {
  if (!isArray(v)) throw typeError(v, `cannot be ${name}-formatted, only array`);
  return v
    .map((cell) => {
      if (cell === null || isNaNValue(cell)) return '';
      if (typeof cell === 'boolean') return String(cell);
      if (isNumber(cell)) return formatNumber(cell);
      if (typeof cell === 'string') return text(cell);
      throw typeError(cell, 'is not valid in a csv row');
    })
    .join(separator);
}

const TSV: Readonly<Record<string, string>> = { '\t': '\\t', '\r': '\\r', '\n': '\\n', '\\': '\\\\' };
const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', "'": '&apos;', '"': '&quot;' };

function shellWord(v: Json): string {
  if (typeof v === 'string') return `'${v.replace(/'/g, "'\\''")}'`;
  if (v === null || typeof v === 'boolean' || isNumber(v)) return toJson(v);
  throw typeError(v, 'can not be escaped for shell');
}

function uri(text: string): string {
  let out = '';
  for (const byte of encodeUtf8(text)) {
    const c = String.fromCharCode(byte);
    out += /[A-Za-z0-9\-._~]/.test(c) ? c : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}

function uriDecoded(v: Json): string {
  const bytes = encodeUtf8(tostring(v));
  const out: number[] = [];
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== 0x25) {
      out.push(bytes[i]);
      continue;
    }
    const hex = String.fromCharCode(...bytes.slice(i + 1, i + 3));
    if (!/^[0-9a-fA-F]{2}$/.test(hex)) throw typeError(v, 'is not a valid uri encoding');
    out.push(Number.parseInt(hex, 16));
    i += 2;
  }
  const text = decodeUtf8(new Uint8Array(out));
  if (wellFormed(text) !== text) throw typeError(v, 'is not a valid uri encoding');
  return text;
}

/** Groups of bits from characters of an alphabet, as far as the padding. */
function decoded(v: Json, alphabet: string, bits: number, name: string): string {
  const bytes: number[] = [];
  let held = 0;
  let count = 0;
  for (const c of tostring(v)) {
    if (c === '=') break;
    const digit = alphabet.indexOf(c);
    if (digit < 0) throw typeError(v, `is not valid ${name} data`);
    held = ((held << bits) | digit) & 0xffff;
    count += bits;
    if (count >= 8) {
      count -= 8;
      bytes.push((held >> count) & 0xff);
    }
  }
  if (bits === 6 && count === 6) throw typeError(v, 'trailing base64 byte found');
  return wellFormed(decodeUtf8(new Uint8Array(bytes)));
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(text: string): string {
  const bits = [...encodeUtf8(text)].map((b) => b.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  const out = groups.map((group) => BASE32[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
  return out.padEnd(Math.ceil(out.length / 8) * 8, '=');
}

const FORMATS: Readonly<Record<string, (v: Json) => string>> = {
  json: toJson,
  text: tostring,
  csv: (v) => row(v, 'csv', ',', (s) => `"${s.replace(/"/g, '""')}"`),
  tsv: (v) => row(v, 'tsv', '\t', (s) => s.replace(/[\t\r\n\\]/g, (c) => TSV[c])),
  html: (v) => tostring(v).replace(/[&<>'"]/g, (c) => HTML[c]),
  uri: (v) => uri(tostring(v)),
  urid: uriDecoded,
  sh: (v) => (isArray(v) ? v : [v]).map(shellWord).join(' '),
  base64: (v) => encodeBase64(encodeUtf8(tostring(v))),
  base64d: (v) => decoded(v, BASE64, 6, 'base64'),
  base32: (v) => base32(tostring(v)),
  base32d: (v) => decoded(v, BASE32, 5, 'base32'),
};

/** `@name` and `format("name")`. */
export const FORMATTING: Readonly<Record<string, Native>> = {
  'format/1': (v, name) => {
    if (typeof name !== 'string') throw typeError(name, 'is not a valid format');
    if (!Object.hasOwn(FORMATS, name)) throw new JqError(`${name} is not a valid format`);
    return FORMATS[name](v);
  },
};
