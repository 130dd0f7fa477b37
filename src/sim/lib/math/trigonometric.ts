/** Sine, cosine, tangent and their inverses, in double-double and rounded once. Special values as in C (Annex F of the standard). */
import {
  add,
  divide,
  divideBy,
  multiply,
  negate,
  ONE,
  root,
  scale,
  series,
  splitExponent,
  subtract,
  sumOf,
  type Wide,
  wide,
} from './doubleDouble.ts';

export const PI = wide(Math.PI, 1.2246467991473532e-16);
const HALF_PI = scale(PI, -1);

/** Half of pi times 2^bits: by Machin's formula, 16 atan(1/5) - 4 atan(1/239) = pi. Kept for the number of bits asked for last. */
let halfPi = { bits: -1, value: 0n };
function halfPiAt(bits: number): bigint {
  if (halfPi.bits !== bits) {
    const unit = 1n << BigInt(bits + 32);
    const inverseTangent = (n: bigint): bigint => {
      let power = unit / n;
      let sum = 0n;
      for (let k = 1n, sign = 1n; power !== 0n; k += 2n, sign = -sign) {
        sum += (sign * power) / k;
        power /= n * n;
      }
      return sum;
    };
    halfPi = { bits, value: (8n * inverseTangent(5n) - 2n * inverseTangent(239n)) >> 32n };
  }
  return halfPi.value;
}

/** Fraction bits that are kept of what is left of a number: its sine may be near to 0. */
const REST_BITS = 240;
/** The largest double has so many bits before its point. */
const WHOLE_BITS_MAX = 1024;

/** n * 2^-bits */
function wideOf(n: bigint, bits: number): Wide {
  const size = n < 0n ? -n : n;
  const length = size.toString(2).length;
  const cut = BigInt(Math.max(0, length - 106));
  const top = size >> cut;
  const hi = Number(top);
  const value = scale(sumOf(hi, Number(top - BigInt(hi))), Number(cut) - bits);
  return n < 0n ? negate(value) : value;
}

/** What is left of x after the nearest multiple of pi/2, and which multiple that is (mod 4). With whole numbers, so exactly, however large x is. */
function reduce(x: number): readonly [rest: Wide, quadrant: number] {
  if (Math.abs(x) < 0.78) return [wide(x), 0];
  const [fraction, exponent] = splitExponent(x);
  // Two sizes only, so that pi is computed twice at most.
  const bits = exponent < 64 ? REST_BITS + 64 : REST_BITS + WHOLE_BITS_MAX;
  const fixed = BigInt(fraction * 9_007_199_254_740_992) << BigInt(bits + exponent - 53);
  const unit = halfPiAt(bits);
  const double = 2n * fixed + unit;
  const count = double >= 0n ? double / (2n * unit) : -((-double + 2n * unit - 1n) / (2n * unit));
  return [wideOf(fixed - count * unit, bits), Number(((count % 4n) + 4n) % 4n)];
}

/** x - x^3/3! + ..., or with 1 as the first term 1 - x^2/2! + ... */
function alternating(first: Wide, square: Wide, start: 1 | 2): Wide {
  const minus = negate(square);
  return series(first, (term, n) => divideBy(multiply(term, minus), (2 * n - 2 + start) * (2 * n - 1 + start)));
}

const smallSin = (r: Wide): Wide => alternating(r, multiply(r, r), 2);
const smallCos = (r: Wide): Wide => alternating(ONE, multiply(r, r), 1);

function wideSin(x: number, ahead: number): Wide {
  const [rest, quadrant] = reduce(x);
  const turned = (quadrant + ahead) % 4;
  const value = turned % 2 === 0 ? smallSin(rest) : smallCos(rest);
  return turned < 2 ? value : negate(value);
}

export const sin = (x: number): number => (x === 0 ? x : Number.isFinite(x) ? wideSin(x, 0).hi : Number.NaN);
export const cos = (x: number): number => (Number.isFinite(x) ? wideSin(x, 1).hi : Number.NaN);
export const tan = (x: number): number => (x === 0 ? x : Number.isFinite(x) ? divide(wideSin(x, 0), wideSin(x, 1)).hi : Number.NaN);

/** The sine of pi times x, for the gamma function of negative numbers. */
export function wideSinPi(x: number): Wide {
  const nearest = Math.round(x);
  const value = smallSin(multiply(PI, wide(x - nearest)));
  return Math.abs(nearest % 2) === 1 ? negate(value) : value;
}

/** The angle of a positive tangent: halved three times, then by its series. */
function wideAtan(x: Wide): Wide {
  if (x.hi > 1) return subtract(HALF_PI, wideAtan(divide(ONE, x)));
  let t = x;
  for (let i = 0; i < 3; i++) t = divide(t, add(root(add(multiply(t, t), ONE)), ONE));
  const minus = negate(multiply(t, t));
  const sum = series(
    t,
    (power) => multiply(power, minus),
    (power, n) => divideBy(power, 2 * n + 1),
  );
  return scale(sum, 3);
}

export function atan(x: number): number {
  if (x === 0 || Number.isNaN(x)) return x;
  const size = Math.abs(x) > 1e300 ? HALF_PI : wideAtan(wide(Math.abs(x)));
  return x < 0 ? -size.hi : size.hi;
}

/** The angle of the point (x, y), from -pi to pi. */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const left = x < 0 || Object.is(x, -0);
  const signed = (angle: Wide): number => (y < 0 || Object.is(y, -0) ? -angle.hi : angle.hi);
  if (y === 0) return signed(left ? PI : wide(0));
  if (x === 0) return signed(HALF_PI);
  if (!Number.isFinite(x) || !Number.isFinite(y)) {
    if (Number.isFinite(x)) return signed(HALF_PI);
    if (Number.isFinite(y)) return signed(left ? PI : wide(0));
    return signed(left ? scale(multiply(PI, wide(3)), -2) : scale(PI, -2));
  }
  const [a, more] = splitExponent(Math.abs(y));
  const [b, less] = splitExponent(Math.abs(x));
  const power = more - less;
  // So steep or so flat that the shorter side no longer shows.
  if (power > 120) return signed(HALF_PI);
  if (power < -120 && left) return signed(PI);
  const quotient = divide(wide(a), wide(b));
  if (power < -120) return signed(scale(quotient, power));
  const angle = wideAtan(scale(quotient, power));
  return signed(left ? subtract(PI, angle) : angle);
}

export function asin(x: number): number {
  const size = Math.abs(x);
  if (x === 0 || !(size <= 1)) return x === 0 ? x : Number.NaN;
  const cosine = root(multiply(sumOf(1, -size), sumOf(1, size)));
  const angle = size === 1 ? HALF_PI : wideAtan(divide(wide(size), cosine));
  return x < 0 ? -angle.hi : angle.hi;
}

export function acos(x: number): number {
  if (!(Math.abs(x) <= 1)) return Number.NaN;
  if (x === -1) return PI.hi;
  return scale(wideAtan(root(divide(sumOf(1, -x), sumOf(1, x)))), 1).hi;
}
