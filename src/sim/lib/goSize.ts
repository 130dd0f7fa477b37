/** Sizes as docker/go-units reads and writes them. */

import { GoParseError } from './goDuration.ts';
import { pow } from './math/exponential.ts';

const DECIMAL = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB'];
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB'];

/** Decimal with three digits: '4.43MB', '0B'. */
export function humanSize(bytes: number, precision = 4): string {
  return scaled(bytes, 1000, DECIMAL, precision);
}

/** Binary with four digits: '512MiB'. */
export function binarySize(bytes: number): string {
  return scaled(bytes, 1024, BINARY, 4);
}

function scaled(bytes: number, base: number, units: readonly string[], precision: number): string {
  let size = bytes;
  let unit = 0;
  while (size >= base && unit < units.length - 1) {
    size /= base;
    unit++;
  }
  return `${formatG(size, precision)}${units[unit]}`;
}

/** C's %.{precision}g. */
export function formatG(value: number, precision: number): string {
  if (value === 0) return '0';
  const exponent = Number(value.toExponential(precision - 1).split('e')[1]);
  if (exponent < -4 || exponent >= precision) {
    const [mantissa, power] = value.toExponential(precision - 1).split('e');
    const trimmed = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
    return `${trimmed}e${power[0]}${power.slice(1).padStart(2, '0')}`;
  }
  const fixed = value.toFixed(Math.max(0, precision - 1 - exponent));
  return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
}

const POWERS = 'kmgtp';

/** '64m', '1.5GiB' to bytes; every unit is a power of 1024 (RAMInBytes). */
export function parseRamSize(text: string): number {
  // As go-units: the number ends at the last digit, dot or space; at most one space may follow it.
  const end = Math.max(...[...'0123456789. '].map((c) => text.lastIndexOf(c)));
  if (end < 0) throw new GoParseError(`invalid size: '${text}'`);
  const number = text[end] === ' ' ? text.slice(0, end) : text.slice(0, end + 1);
  const suffix = text.slice(end + 1).toLowerCase();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(number))
    throw new GoParseError(`strconv.ParseFloat: parsing ${JSON.stringify(number)}: invalid syntax`);
  const size = Number(number);
  if (size < 0) throw new GoParseError(`invalid size: '${text}'`);
  if (suffix === '' || suffix === 'b') return Math.trunc(size);
  const power = POWERS.indexOf(suffix[0]) + 1;
  const tail = suffix.slice(1);
  if (power === 0 || (tail !== '' && tail !== 'b' && tail !== 'ib')) throw new GoParseError(`invalid suffix: '${suffix}'`);
  return Math.trunc(size * pow(1024, power));
}
