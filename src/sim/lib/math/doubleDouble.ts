/**
 * Numbers of about 106 bits, each the sum of two doubles. Only `+ - * /` and the square root are used, which IEEE 754 rounds the
 * same everywhere: whatever is computed with these is the same in every engine. The error-free sum is Knuth's (The Art of Computer
 * Programming 2, 4.2.2), the error-free product Dekker's and Veltkamp's (Numerische Mathematik 18, 1971).
 */

/** `hi + lo`, where `hi` is the sum rounded to a double. */
export interface Wide {
  readonly hi: number;
  readonly lo: number;
}

export const wide = (hi: number, lo = 0): Wide => ({ hi, lo });
export const ZERO = wide(0);
export const ONE = wide(1);

/** The sum of two numbers, exactly. */
export function sumOf(a: number, b: number): Wide {
  const hi = a + b;
  const other = hi - a;
  return { hi, lo: a - (hi - other) + (b - other) };
}

/** As {@link sumOf} for |a| >= |b|. */
function normal(a: number, b: number): Wide {
  const hi = a + b;
  return { hi, lo: b - (hi - a) };
}

/** 2^27 + 1: cuts a double into two halves of 26 bits. */
const SPLITTER = 134_217_729;

/** The product of two numbers, exactly; for factors below 2^996. */
export function productOf(a: number, b: number): Wide {
  const hi = a * b;
  const s = SPLITTER * a;
  const aHigh = s - (s - a);
  const aLow = a - aHigh;
  const t = SPLITTER * b;
  const bHigh = t - (t - b);
  const bLow = b - bHigh;
  return { hi, lo: aHigh * bHigh - hi + aHigh * bLow + aLow * bHigh + aLow * bLow };
}

/** a * b + c, rounded once. */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  const plain = a * b + c;
  // Out of the range in which the parts of the product are exact.
  if (!Number.isFinite(plain) || Math.abs(a) > 1e295 || Math.abs(b) > 1e295) return plain;
  return add(productOf(a, b), wide(c)).hi;
}

export function add(a: Wide, b: Wide): Wide {
  const high = sumOf(a.hi, b.hi);
  const low = sumOf(a.lo, b.lo);
  const first = normal(high.hi, high.lo + low.hi);
  return normal(first.hi, first.lo + low.lo);
}

export const negate = (a: Wide): Wide => ({ hi: -a.hi, lo: -a.lo });
export const subtract = (a: Wide, b: Wide): Wide => add(a, negate(b));

export function multiply(a: Wide, b: Wide): Wide {
  const product = productOf(a.hi, b.hi);
  return normal(product.hi, product.lo + (a.hi * b.lo + a.lo * b.hi));
}

/** By long division: three quotients, each of what the ones before leave. */
export function divide(a: Wide, b: Wide): Wide {
  const first = a.hi / b.hi;
  const rest = subtract(a, multiply(b, wide(first)));
  const second = rest.hi / b.hi;
  const last = subtract(rest, multiply(b, wide(second)));
  return add(normal(first, second), wide(last.hi / b.hi));
}

/** One step of Newton's method from the double's root. */
export function root(a: Wide): Wide {
  if (a.hi === 0) return ZERO;
  const near = Math.sqrt(a.hi);
  const rest = subtract(a, productOf(near, near));
  return normal(near, rest.hi / (2 * near));
}

/** Times a power of two, exactly unless it overflows or becomes subnormal. */
export function scale(a: Wide, power: number): Wide {
  return { hi: timesPowerOfTwo(a.hi, power), lo: timesPowerOfTwo(a.lo, power) };
}

/** Where the bits of a double are looked at. */
const bits = new DataView(new ArrayBuffer(8));

/** 2^n for a whole n from -1022 to 1023: by its bits, as an engine may compute a power as it likes. */
function powerOfTwo(n: number): number {
  bits.setUint32(0, (n + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** x * 2^n for any whole n, rounded once. */
export function timesPowerOfTwo(x: number, n: number): number {
  let value = x;
  let left = Math.max(-2200, Math.min(2200, n));
  for (; left > 1023; left -= 1023) value *= powerOfTwo(1023);
  // By less at first than the exponent allows: a subnormal number is then rounded by the last step alone.
  for (; left < -1022; left += 969) value *= powerOfTwo(-969);
  return value * powerOfTwo(left);
}

/** Fraction in [0.5, 1) and power of two whose product is x; x itself and 0 for zero, infinity and what is no number. */
export function splitExponent(x: number): readonly [fraction: number, exponent: number] {
  if (x === 0 || !Number.isFinite(x)) return [x, 0];
  bits.setFloat64(0, x);
  let exponent = (bits.getUint32(0) >>> 20) & 0x7ff;
  let below = 0;
  if (exponent === 0) {
    below = 54;
    bits.setFloat64(0, x * 18_014_398_509_481_984);
    exponent = (bits.getUint32(0) >>> 20) & 0x7ff;
  }
  bits.setUint32(0, (bits.getUint32(0) & 0x800f_ffff) | (1022 << 20));
  return [bits.getFloat64(0), exponent - 1022 - below];
}

/** Divided by a double. */
export function divideBy(a: Wide, n: number): Wide {
  const quotient = a.hi / n;
  const product = productOf(quotient, n);
  return normal(quotient, (a.hi - product.hi - product.lo + a.lo) / n);
}

/** `term + ...`, each term being made from the one before and the one's number from 1, until they no longer count. */
export function series(first: Wide, next: (term: Wide, n: number) => Wide, weight?: (term: Wide, n: number) => Wide): Wide {
  let sum = first;
  let term = first;
  for (let n = 1; n < TERMS_MAX; n++) {
    term = next(term, n);
    const part = weight ? weight(term, n) : term;
    sum = add(sum, part);
    if (Math.abs(part.hi) <= Math.abs(sum.hi) * 1e-33) break;
  }
  return sum;
}

/** More than any series here needs. */
const TERMS_MAX = 60;
