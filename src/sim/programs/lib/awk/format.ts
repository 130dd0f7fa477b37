import { encodeUtf8 } from '../../../lib/utf8.ts';
import { byteText } from '../escapes.ts';
import { formatDouble, padField, parseSpec } from '../format.ts';
import { type AwkValue, StrNum, toNumber, toText } from './values.ts';

/** Raised at run time: `mawk: run time error: ...`. */
export class AwkRuntimeError extends Error {}

/** printf and sprintf. Widths count bytes, as mawk does. */
export function awkFormat(name: 'printf' | 'sprintf', format: string, args: readonly AwkValue[], convfmt: string): string {
  let out = '';
  let next = 0;
  const take = (): AwkValue => {
    if (next >= args.length) throw new AwkRuntimeError(`not enough arguments passed to ${name}("${format}")`);
    return args[next++];
  };
  for (let i = 0; i < format.length; i++) {
    const c = format[i];
    if (c !== '%') {
      out += c;
      continue;
    }
    if (format[i + 1] === '%') {
      out += '%';
      i++;
      continue;
    }
    const spec = parseSpec(format, i);
    if (spec === null || !'diouxXeEfFgGaAcs'.includes(spec.conversion)) throw new AwkRuntimeError(`bad conversion in ${name}("${format}")`);
    i = spec.end - 1;
    let flags = spec.flags;
    let width = spec.width === '*' ? Math.trunc(toNumber(take())) : (spec.width ?? 0);
    if (width < 0) {
      flags += '-';
      width = -width;
    }
    const precision = spec.precision === '*' ? Math.trunc(toNumber(take())) : spec.precision;
    const field = { flags, width, precision, conversion: spec.conversion };
    const arg = take();
    switch (spec.conversion) {
      case 'c': {
        const text =
          typeof arg === 'number' || arg instanceof StrNum ? byteText(Math.trunc(toNumber(arg)) & 255) : firstByte(toText(arg, convfmt));
        out += padField(text, field);
        break;
      }
      case 's': {
        const text = toText(arg, convfmt);
        out += padBytes(precision === undefined ? text : cutBytes(text, precision), field);
        break;
      }
      case 'd':
      case 'i':
      case 'o':
      case 'u':
      case 'x':
      case 'X':
        out += whole(toNumber(arg), field);
        break;
      default:
        out += formatDouble(toNumber(arg), field);
    }
  }
  return out;
}

function firstByte(text: string): string {
  const bytes = encodeUtf8(text);
  return bytes.length === 0 ? '\0' : byteText(bytes[0]);
}

function cutBytes(text: string, count: number): string {
  if (/^[\0-\x7f]*$/.test(text)) return text.slice(0, count);
  let out = '';
  for (const byte of encodeUtf8(text).subarray(0, count)) out += byteText(byte);
  return out;
}

function padBytes(text: string, field: { readonly flags: string; readonly width: number }): string {
  const missing = field.width - (/^[\0-\x7f]*$/.test(text) ? text.length : encodeUtf8(text).length);
  if (missing <= 0) return text;
  return field.flags.includes('-') ? text + ' '.repeat(missing) : ' '.repeat(missing) + text;
}

function whole(
  value: number,
  field: { readonly flags: string; readonly width: number; readonly precision: number | undefined; readonly conversion: string },
): string {
  const limit = 9223372036854775807n;
  let big = Number.isNaN(value) ? -limit - 1n : !Number.isFinite(value) ? (value > 0 ? limit : -limit - 1n) : BigInt(Math.trunc(value));
  if (big > limit) big = limit;
  if (big < -limit - 1n) big = -limit - 1n;
  const signed = field.conversion === 'd' || field.conversion === 'i';
  if (!signed && big < 0n) big += 1n << 64n;
  const negative = big < 0n;
  const base = field.conversion === 'o' ? 8 : field.conversion === 'x' || field.conversion === 'X' ? 16 : 10;
  let digits = (negative ? -big : big).toString(base);
  if (field.conversion === 'X') digits = digits.toUpperCase();
  if (field.precision !== undefined) digits = digits.padStart(field.precision, '0');
  let sign = signed ? (negative ? '-' : field.flags.includes('+') ? '+' : field.flags.includes(' ') ? ' ' : '') : '';
  if (field.flags.includes('#') && big !== 0n) sign = base === 16 ? `0${field.conversion}` : base === 8 ? '0' : sign;
  if (field.flags.includes('0') && !field.flags.includes('-') && field.precision === undefined)
    digits = digits.padStart(field.width - sign.length, '0');
  return padField(sign + digits, field);
}
