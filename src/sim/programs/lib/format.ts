import { STRING_MAX } from '../../kernel/limits.ts';
import { Fatal } from './failure.ts';

/** printf(3) conversions of C, for printf, awk, seq, date and others. */
export interface FieldSpec {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly conversion: string;
}

export interface ParsedSpec {
  readonly flags: string;
  readonly width: number | '*' | undefined;
  readonly precision: number | '*' | undefined;
  readonly conversion: string;
  /** Behind the conversion. */
  readonly end: number;
}

/** Reads `%[flags][width][.precision][modifiers]conversion` at `at` (which is the `%`). Null when it does not end. */
export function parseSpec(format: string, at: number, modifiers = 'hlLqjzt'): ParsedSpec | null {
  let i = at + 1;
  const start = i;
  while (i < format.length && "-+ #0'I".includes(format[i])) i++;
  const flags = format.slice(start, i);
  const number = (): number | '*' | undefined => {
    if (format[i] === '*') {
      i++;
      return '*';
    }
    const from = i;
    while (format[i] >= '0' && format[i] <= '9') i++;
    return i === from ? undefined : Number(format.slice(from, i));
  };
  const width = number();
  let precision: number | '*' | undefined;
  if (format[i] === '.') {
    i++;
    precision = number() ?? 0;
  }
  while (i < format.length && modifiers.includes(format[i])) i++;
  if (i >= format.length) return null;
  return { flags, width, precision, conversion: format[i], end: i + 1 };
}

/** Pads to the width, on the left unless there is a `-` flag. */
export function padField(text: string, spec: FieldSpec): string {
  const length = /^[\0-\x7f]*$/.test(text) ? text.length : [...text].length;
  if (length >= spec.width) return text;
  if (spec.width > STRING_MAX) throw new Fatal('write error: Value too large for defined data type');
  const fill = ' '.repeat(spec.width - length);
  return spec.flags.includes('-') ? text + fill : fill + text;
}

/** `digits` after the point, exact and rounded half to even on the exact binary value, as C does. */
function toFixedExact(value: number, digits: number): string {
  if (digits <= 100 && Math.abs(value) < 1e21) {
    const text = value.toFixed(digits);
    return Object.is(value, -0) ? `-${text}` : text;
  }
  if (Math.abs(value) >= 1e21) return BigInt(value).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '');
  return value.toFixed(100) + '0'.repeat(digits - 100);
}

function exponent(value: number, digits: number, upper: boolean): string {
  const m = /^(.*)e([-+])(\d+)$/.exec(value.toExponential(Math.min(digits, 100)))!;
  return `${m[1]}${upper ? 'E' : 'e'}${m[2]}${m[3].padStart(2, '0')}`;
}

function general(value: number, precision: number, alternate: boolean, upper: boolean): string {
  const p = precision === 0 ? 1 : precision;
  if (value === 0) return alternate && p > 1 ? `0.${'0'.repeat(p - 1)}` : '0';
  const x = Number(/e([-+]\d+)$/.exec(value.toExponential(Math.min(p - 1, 100)))![1]);
  let text = x < -4 || x >= p ? exponent(value, p - 1, upper) : toFixedExact(value, p - 1 - x);
  if (!alternate && text.includes('.')) text = text.replace(/\.?0+(?=$|[eE])/, '');
  return text;
}

/** e, f, g (and capitals), with sign, zero and width flags. */
export function formatDouble(value: number, spec: FieldSpec): string {
  const upper = spec.conversion < 'a';
  const kind = spec.conversion.toLowerCase();
  const negative = value < 0 || Object.is(value, -0);
  const magnitude = Math.abs(value);
  const sign = negative ? '-' : spec.flags.includes('+') ? '+' : spec.flags.includes(' ') ? ' ' : '';
  let body: string;
  if (!Number.isFinite(value)) {
    body = Number.isNaN(value) ? 'nan' : 'inf';
    return padField(sign + (upper ? body.toUpperCase() : body), spec);
  }
  const precision = spec.precision ?? 6;
  if (kind === 'f') body = toFixedExact(magnitude, precision);
  else if (kind === 'e') body = exponent(magnitude, precision, upper);
  else if (kind === 'a') body = hexFloat(magnitude, upper);
  else body = general(magnitude, precision, spec.flags.includes('#'), upper);
  if (spec.flags.includes('0') && !spec.flags.includes('-')) body = body.padStart(spec.width - sign.length, '0');
  return padField(sign + body, spec);
}

function hexFloat(value: number, upper: boolean): string {
  let x = value;
  let power = 0;
  if (x !== 0) {
    while (x >= 2) {
      x /= 2;
      power++;
    }
    while (x < 1) {
      x *= 2;
      power--;
    }
  }
  let digits = '';
  let fraction = x - Math.floor(x);
  while (fraction > 0) {
    fraction *= 16;
    digits += Math.floor(fraction).toString(16);
    fraction -= Math.floor(fraction);
  }
  const text = `0x${Math.floor(x)}${digits === '' ? '' : `.${digits}`}p${power < 0 ? '-' : '+'}${Math.abs(power)}`;
  return upper ? text.toUpperCase() : text;
}
