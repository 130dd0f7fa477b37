/** Exponential functions and logarithms, in double-double and rounded once. Special values as in C (Annex F of the standard). */
import {
  add,
  divide,
  divideBy,
  multiply,
  ONE,
  productOf,
  root,
  scale,
  series,
  splitExponent,
  subtract,
  sumOf,
  timesPowerOfTwo,
  type Wide,
  wide,
} from './doubleDouble.ts';

const LN2 = wide(Math.LN2, 2.3190468138462996e-17);
const LN10 = wide(Math.LN10, -2.1707562233822494e-16);

/** e^r - 1 by its series, for small r: exact relative to itself, however near to 0 it is. */
function smallExpm1(r: Wide): Wide {
  return series(r, (term, n) => divideBy(multiply(term, r), n + 1));
}

/** e^x as a fraction near 1 and a power of two. */
function expParts(x: Wide): readonly [Wide, number] {
  const power = Math.round(x.hi / LN2.hi);
  return [add(smallExpm1(subtract(x, multiply(LN2, wide(power)))), ONE), power];
}

/** e^x; for a result that is in a double's range. */
function wideExp(x: Wide): Wide {
  const [fraction, power] = expParts(x);
  return scale(fraction, power);
}

const wideExpm1 = (x: Wide): Wide => (Math.abs(x.hi) < 0.35 ? smallExpm1(x) : subtract(wideExp(x), ONE));

/** Above this e^x is no double; below its negative (with room for subnormal numbers) it is 0. */
const EXP_MAX = 709.8;
const EXP_MIN = -745.2;

/** e^x, rounded, for an x that is computed. */
export function expRounded(x: Wide): number {
  if (x.hi > EXP_MAX) return Number.POSITIVE_INFINITY;
  if (x.hi < EXP_MIN) return 0;
  const [fraction, power] = expParts(x);
  return timesPowerOfTwo(fraction.hi, power);
}

export const exp = (x: number): number => (Number.isNaN(x) ? x : expRounded(wide(x)));

export function expm1(x: number): number {
  if (x === 0 || Number.isNaN(x) || x === Number.POSITIVE_INFINITY) return x;
  if (x > EXP_MAX) return Number.POSITIVE_INFINITY;
  return x < -60 ? -1 : wideExpm1(wide(x)).hi;
}

export function exp2(x: number): number {
  if (Number.isNaN(x) || x > 1024 || x < -1080) return x > 0 ? Number.POSITIVE_INFINITY : x < 0 ? 0 : x;
  const power = Math.round(x);
  return timesPowerOfTwo(add(smallExpm1(multiply(LN2, wide(x - power))), ONE).hi, power);
}

export const exp10 = (x: number): number => pow(10, x);

/** ln(1 + u), for 1 + u from 0.7 to 1.5: twice the inverse hyperbolic tangent of u / (2 + u). */
function smallLog1p(u: Wide): Wide {
  const s = divide(u, add(u, wide(2)));
  const square = multiply(s, s);
  const sum = series(
    s,
    (power) => multiply(power, square),
    (power, n) => divideBy(power, 2 * n + 1),
  );
  return add(sum, sum);
}

/** ln x for a positive, finite x. */
export function wideLog(x: Wide): Wide {
  const [fraction, exponent] = splitExponent(x.hi);
  // A fraction from 0.7 to 1.4, so that numbers near 1 keep the power 0.
  const power = fraction < Math.SQRT1_2 ? exponent - 1 : exponent;
  return add(smallLog1p(subtract(scale(x, -power), ONE)), multiply(LN2, wide(power)));
}

/** ln(1 + u) for a u above -1. */
const wideLog1p = (u: Wide): Wide => (Math.abs(u.hi) < 0.25 ? smallLog1p(u) : wideLog(add(u, ONE)));

/** What a logarithm is of what has none: undefined for the others. */
function edge(x: number): number | undefined {
  if (Number.isNaN(x) || x === Number.POSITIVE_INFINITY) return x;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  return x < 0 ? Number.NaN : undefined;
}

export const log = (x: number): number => edge(x) ?? wideLog(wide(x)).hi;
export const log10 = (x: number): number => edge(x) ?? divide(wideLog(wide(x)), LN10).hi;

/** Powers of two have whole logarithms. */
export function log2(x: number): number {
  const known = edge(x);
  if (known !== undefined) return known;
  const [fraction, exponent] = splitExponent(x);
  return fraction === 0.5 ? exponent - 1 : add(divide(wideLog(wide(fraction)), LN2), wide(exponent)).hi;
}

export function log1p(x: number): number {
  if (x === 0 || Number.isNaN(x) || x === Number.POSITIVE_INFINITY) return x;
  if (x <= -1) return x === -1 ? Number.NEGATIVE_INFINITY : Number.NaN;
  return wideLog1p(wide(x)).hi;
}

/** x to the power y, as C's pow(3): unlike JavaScript's, 1 to any power is 1. */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  // One operation rounds once, too.
  if (y === 1) return x;
  if (y === 2) return x * x;
  if (y === -1) return 1 / x;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const whole = Number.isInteger(y);
  const odd = whole && Math.abs(y % 2) === 1;
  const negative = odd && (x < 0 || Object.is(x, -0));
  const signed = (value: number): number => (negative ? -value : value);
  const size = Math.abs(x);
  if (!Number.isFinite(y)) return size === 1 ? 1 : size > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
  if (size === 0 || size === Number.POSITIVE_INFINITY) return signed((size === 0) === y < 0 ? Number.POSITIVE_INFINITY : 0);
  if (x < 0 && !whole) return Number.NaN;
  // Beyond this every x but 1 gives 0 or infinity; the product below would overflow.
  if (Math.abs(y) > 1e300) return size === 1 ? signed(1) : signed(size > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0);
  return signed(expRounded(multiply(wideLog(wide(size)), wide(y))));
}

export function cbrt(x: number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const size = expRounded(divideBy(wideLog(wide(Math.abs(x))), 3));
  return x < 0 ? -size : size;
}

/** Length of a vector, without overflow on the way. */
export function hypot(x: number, y: number): number {
  const a = Math.max(Math.abs(x), Math.abs(y));
  const b = Math.min(Math.abs(x), Math.abs(y));
  if (Math.abs(x) === Number.POSITIVE_INFINITY || Math.abs(y) === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  if (Number.isNaN(a) || a === 0) return a;
  const [, exponent] = splitExponent(a);
  const [p, q] = [a, b].map((side) => timesPowerOfTwo(side, -exponent));
  return timesPowerOfTwo(root(add(productOf(p, p), productOf(q, q))).hi, exponent);
}

// ---- hyperbolic functions ----

/** The size of x at which the smaller of e^x and e^-x no longer counts. */
const ONE_SIDED = 40;

/** e^x / 2, which is still a double where e^x no longer is. */
const halfExp = (x: number): number => (x > 711 ? Number.POSITIVE_INFINITY : expRounded(subtract(wide(x), LN2)));

/** A function that changes its sign with its argument, made from its values at positive ones. */
function odd(x: number, of: (size: number) => number): number {
  if (x === 0 || Number.isNaN(x)) return x;
  const value = of(Math.abs(x));
  return x < 0 ? -value : value;
}

export function sinh(x: number): number {
  return odd(x, (size) => {
    if (size > ONE_SIDED) return halfExp(size);
    const e = wideExpm1(wide(size));
    return scale(add(e, divide(e, add(e, ONE))), -1).hi;
  });
}

export function cosh(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x)) return x;
  if (size > ONE_SIDED) return halfExp(size);
  const e = wideExp(wide(size));
  return scale(add(e, divide(ONE, e)), -1).hi;
}

export function tanh(x: number): number {
  return odd(x, (size) => {
    if (size > ONE_SIDED) return 1;
    const e = wideExpm1(wide(2 * size));
    return divide(e, add(e, wide(2))).hi;
  });
}

/** From here on the square of x has no room for 1. */
const SQUARE_ONLY = 1e18;

export function asinh(x: number): number {
  return odd(x, (size) => {
    if (size === Number.POSITIVE_INFINITY) return size;
    if (size > SQUARE_ONLY) return add(wideLog(wide(size)), LN2).hi;
    const square = productOf(size, size);
    return wideLog1p(add(wide(size), divide(square, add(root(add(square, ONE)), ONE)))).hi;
  });
}

export function acosh(x: number): number {
  if (!(x >= 1)) return Number.NaN;
  if (x > SQUARE_ONLY) return x === Number.POSITIVE_INFINITY ? x : add(wideLog(wide(x)), LN2).hi;
  const over = sumOf(x, -1);
  return wideLog1p(add(over, root(add(scale(over, 1), multiply(over, over))))).hi;
}

export function atanh(x: number): number {
  return odd(x, (size) => {
    if (size >= 1) return size === 1 ? Number.POSITIVE_INFINITY : Number.NaN;
    return scale(wideLog1p(divide(wide(2 * size), sumOf(1, -size))), -1).hi;
  });
}
