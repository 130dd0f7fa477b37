/** Decimal numbers of any length with a count of decimal places, as bc and dc calculate: results are cut, never rounded. */

/** `digits` / 10^`scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

export const ZERO: Decimal = { digits: 0n, scale: 0 };
export const ONE: Decimal = { digits: 1n, scale: 0 };

/** Longer ones are refused: the tab must not stand still. */
const DIGITS_MAX = 200_000;

export class TooLong extends Error {}

export const whole = (n: number | bigint): Decimal => ({ digits: BigInt(n), scale: 0 });
const ten = (power: number): bigint => 10n ** BigInt(power);
const abs = (n: bigint): bigint => (n < 0n ? -n : n);

/** Cuts or fills up to `scale` places. */
export function rescale(a: Decimal, scale: number): Decimal {
  if (scale === a.scale) return a;
  if (scale > DIGITS_MAX) throw new TooLong();
  return { digits: scale > a.scale ? a.digits * ten(scale - a.scale) : a.digits / ten(a.scale - scale), scale };
}

export function compare(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const [x, y] = [rescale(a, scale).digits, rescale(b, scale).digits];
  return x < y ? -1 : x > y ? 1 : 0;
}

export const isZero = (a: Decimal): boolean => a.digits === 0n;
export const negate = (a: Decimal): Decimal => ({ digits: -a.digits, scale: a.scale });

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { digits: rescale(a, scale).digits + rescale(b, scale).digits, scale };
}

export const subtract = (a: Decimal, b: Decimal): Decimal => add(a, negate(b));

export function multiply(a: Decimal, b: Decimal, scale: number): Decimal {
  const full = a.scale + b.scale;
  return rescale({ digits: a.digits * b.digits, scale: full }, Math.min(full, Math.max(scale, a.scale, b.scale)));
}

/** `b` is not zero. */
export function divide(a: Decimal, b: Decimal, scale: number): Decimal {
  const shift = scale + b.scale - a.scale;
  return { digits: shift >= 0 ? (a.digits * ten(shift)) / b.digits : a.digits / (b.digits * ten(-shift)), scale };
}

/** What is left of a / b at this scale; `b` is not zero. */
export function modulo(a: Decimal, b: Decimal, scale: number): Decimal {
  const places = Math.max(a.scale, b.scale + scale);
  const quotient = divide(a, b, scale);
  return rescale(subtract(a, { digits: quotient.digits * b.digits, scale: quotient.scale + b.scale }), places);
}

function raised(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result *= square;
    if (left > 1n) square *= square;
  }
  return result;
}

/** `b` is a whole number. */
export function power(a: Decimal, b: bigint, scale: number): Decimal {
  if (b === 0n) return ONE;
  const exponent = abs(b);
  if (BigInt(String(abs(a.digits)).length) * exponent > BigInt(DIGITS_MAX) && abs(a.digits) > 1n) throw new TooLong();
  const n = Number(exponent);
  const full: Decimal = { digits: raised(a.digits, exponent), scale: a.scale * n };
  if (b > 0n) return rescale(full, Math.min(full.scale, Math.max(scale, a.scale)));
  return divide(ONE, full, scale);
}

/** The whole root of a number that is not negative. */
export function rootOf(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

export function squareRoot(a: Decimal, scale: number): Decimal {
  const places = Math.max(scale, a.scale);
  return { digits: rootOf(rescale(a, 2 * places).digits), scale: places };
}

/** Digits, without those zeros in front that stand for nothing. */
export function lengthOf(a: Decimal): number {
  const digits = String(abs(a.digits)).length;
  return a.digits === 0n ? Math.max(1, a.scale) : Math.max(digits, a.scale);
}

/** Reads '12.5' or 'FF.8' in a base; in numbers of more than one digit a digit beyond the base is its highest one. */
export function parseDecimal(text: string, base: number): Decimal {
  const [, before = '', after = ''] = /^([0-9A-Z]*)(?:\.([0-9A-Z]*))?$/.exec(text) ?? [];
  if (base === 10 && !/[A-Z]/.test(text)) return { digits: BigInt(`${before}${after}` || '0'), scale: after.length };
  const single = before.length + after.length === 1;
  const value = (c: string) => BigInt(single ? Number.parseInt(c, 36) : Math.min(Number.parseInt(c, 36), base - 1));
  let digits = 0n;
  for (const c of before) digits = digits * BigInt(base) + value(c);
  let numerator = 0n;
  let divisor = 1n;
  for (const c of after) {
    numerator = numerator * BigInt(base) + value(c);
    divisor *= BigInt(base);
  }
  const scale = after.length;
  return { digits: digits * ten(scale) + (numerator * ten(scale)) / divisor, scale };
}

/** As text in a base. Beyond 16 each digit is a decimal number with a blank in front. */
export function formatDecimal(a: Decimal, base: number): string {
  const sign = a.digits < 0n ? '-' : '';
  const unit = ten(a.scale);
  const int = abs(a.digits) / unit;
  let rest = abs(a.digits) % unit;
  if (a.digits === 0n) return base > 16 ? ` ${'0'.padStart(String(base - 1).length, '0')}` : '0';
  if (base === 10) {
    const fraction = a.scale > 0 ? `.${String(rest).padStart(a.scale, '0')}` : '';
    return `${sign}${int === 0n && a.scale > 0 ? '' : int}${fraction}`;
  }
  const width = String(base - 1).length;
  const digit = (n: bigint) => (base > 16 ? ` ${String(n).padStart(width, '0')}` : n.toString(16).toUpperCase());
  let text = '';
  for (let left = int; left > 0n; left /= BigInt(base)) text = digit(left % BigInt(base)) + text;
  if (a.scale === 0) return sign + text;
  text += '.';
  for (let reach = 1n; String(reach).length <= a.scale; reach *= BigInt(base)) {
    rest *= BigInt(base);
    // The point takes the place of the first digit's blank.
    text += text.endsWith('.') ? digit(rest / unit).trim() : digit(rest / unit);
    rest %= unit;
  }
  return sign + text;
}
