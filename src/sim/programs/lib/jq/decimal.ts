/**
 * A number that was read and not yet computed with: jq prints it as it was written, however long (jq manual, "Numbers").
 * Only numbers whose text a double would print otherwise are kept so; the others are plain JavaScript numbers.
 */
export class Decimal {
  readonly negative: boolean;
  /** Significant digits, without leading zeros (at least one digit). */
  readonly digits: string;
  readonly exponent: number;
  readonly value: number;

  constructor(negative: boolean, digits: string, exponent: number) {
    this.negative = negative;
    this.digits = digits;
    this.exponent = exponent;
    this.value = Number(`${negative ? '-' : ''}${digits}e${exponent}`);
  }

  /** The General Decimal Arithmetic specification's "to-scientific-string". */
  toString(): string {
    const sign = this.negative ? '-' : '';
    const adjusted = this.exponent + this.digits.length - 1;
    if (this.exponent <= 0 && adjusted >= -6) {
      if (this.exponent === 0) return sign + this.digits;
      const point = this.digits.length + this.exponent;
      if (point > 0) return `${sign}${this.digits.slice(0, point)}.${this.digits.slice(point)}`;
      return `${sign}0.${'0'.repeat(-point)}${this.digits}`;
    }
    const fraction = this.digits.length > 1 ? `.${this.digits.slice(1)}` : '';
    return `${sign}${this.digits[0]}${fraction}E${adjusted < 0 ? '-' : '+'}${Math.abs(adjusted)}`;
  }

  get isZero(): boolean {
    return this.digits === '0' || /^0*$/.test(this.digits);
  }

  /** Zero has no negative here, as in decimal arithmetic `0 - 0` is 0. */
  negate(): Decimal {
    return new Decimal(this.isZero ? false : !this.negative, this.digits, this.exponent);
  }

  abs(): Decimal {
    return new Decimal(false, this.digits, this.exponent);
  }
}

/** Sign of a - b, exactly. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.isZero && b.isZero) return 0;
  const signA = a.isZero ? 0 : a.negative ? -1 : 1;
  const signB = b.isZero ? 0 : b.negative ? -1 : 1;
  if (signA !== signB) return signA < signB ? -1 : 1;
  const sizeA = a.exponent + a.digits.length;
  const sizeB = b.exponent + b.digits.length;
  if (sizeA !== sizeB) return sizeA < sizeB ? -signA : signA;
  const length = Math.max(a.digits.length, b.digits.length);
  const left = a.digits.padEnd(length, '0');
  const right = b.digits.padEnd(length, '0');
  return left === right ? 0 : left < right ? -signA : signA;
}

const LITERAL = /^([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d+))?$/;
const EXPONENT_LIMIT = 999_999_999;

/** Reads a number as jq does: JSON's, and also `nan`, `infinity`, `.5`, `1.`, `+1`. Undefined for anything else. */
export function parseNumber(text: string): number | Decimal | undefined {
  const m = LITERAL.exec(text);
  if (m === null) {
    if (/^[+-]?nan$/i.test(text)) return Number.NaN;
    if (/^\+?inf(inity)?$/i.test(text)) return Number.POSITIVE_INFINITY;
    if (/^-inf(inity)?$/i.test(text)) return Number.NEGATIVE_INFINITY;
    return undefined;
  }
  const value = Number(text);
  if (formatDouble(value) === text) return value;
  const point = m[2].indexOf('.');
  const fraction = point < 0 ? 0 : m[2].length - point - 1;
  const digits = m[2].replace('.', '').replace(/^0+(?=\d)/, '');
  const written = Number(m[3] ?? 0);
  if (Math.abs(written) > EXPONENT_LIMIT) return m[1] === '-' ? -Number.MAX_VALUE : written < 0 ? 0 : Number.MAX_VALUE;
  const decimal = new Decimal(m[1] === '-', digits, written - fraction);
  return formatDouble(value) === decimal.toString() ? value : decimal;
}

/** A computed number as jq prints it: 17 significant digits at most, `1e+16` once more than 15 zeros would follow. */
export function formatDouble(value: number): string {
  if (Number.isNaN(value)) return 'null';
  if (value > Number.MAX_VALUE) return formatDouble(Number.MAX_VALUE);
  if (value < -Number.MAX_VALUE) return formatDouble(-Number.MAX_VALUE);
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa, power] = Math.abs(value).toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const point = Number(power) + 1;
  const sign = value < 0 ? '-' : '';
  if (point <= -4 || point > digits.length + 15) {
    const size = String(Math.abs(point - 1)).padStart(2, '0');
    return `${sign}${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}e${point - 1 < 0 ? '-' : '+'}${size}`;
  }
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
