import { fusedMultiplyAdd, splitExponent, timesPowerOfTwo } from '../../../../lib/math/doubleDouble.ts';
import {
  acosh,
  asinh,
  atanh,
  cbrt,
  cosh,
  exp,
  exp2,
  exp10,
  expm1,
  hypot,
  log,
  log1p,
  log2,
  log10,
  pow,
  sinh,
  tanh,
} from '../../../../lib/math/exponential.ts';
import { lgamma, tgamma } from '../../../../lib/math/gamma.ts';
import { acos, asin, atan, atan2, cos, sin, tan } from '../../../../lib/math/trigonometric.ts';
import { typeError } from '../arithmetic.ts';
import type { Native } from '../codeSource.ts';
import { isNumber, type Json, toDouble } from '../values.ts';

function number(v: Json): number {
  if (!isNumber(v)) throw typeError(v, 'number required');
  return toDouble(v);
}

/** To the nearest whole number, halves to even. */
function nearest(x: number): number {
  const r = Math.round(x);
  return Math.abs(x % 1) === 0.5 && r % 2 !== 0 ? r - 1 : r;
}

const ONE: Readonly<Record<string, (x: number) => number>> = {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atanh,
  cbrt,
  ceil: Math.ceil,
  cos,
  cosh,
  exp,
  exp2,
  exp10,
  expm1,
  fabs: Math.abs,
  floor: Math.floor,
  gamma: lgamma,
  lgamma,
  tgamma,
  log,
  log10,
  log1p,
  log2,
  logb: (x) => (x === 0 ? Number.NEGATIVE_INFINITY : Number.isFinite(x) ? splitExponent(x)[1] - 1 : Math.abs(x)),
  nearbyint: nearest,
  rint: nearest,
  round: (x) => Math.sign(x) * Math.round(Math.abs(x)),
  significand: (x) => splitExponent(x)[0] * (x === 0 || !Number.isFinite(x) ? 1 : 2),
  sin,
  sinh,
  sqrt: Math.sqrt,
  tan,
  tanh,
  trunc: Math.trunc,
};

const remainder = (x: number, y: number): number => x - y * nearest(x / y);
const scale = (x: number, power: number): number => timesPowerOfTwo(x, Math.trunc(power));

const TWO: Readonly<Record<string, (x: number, y: number) => number>> = {
  atan2,
  copysign: (x, y) => Math.abs(x) * (y < 0 || Object.is(y, -0) ? -1 : 1),
  drem: remainder,
  remainder,
  fdim: (x, y) => Math.max(x - y, 0),
  fmax: Math.max,
  fmin: Math.min,
  fmod: (x, y) => x % y,
  hypot,
  ldexp: scale,
  pow,
  scalb: scale,
  scalbln: scale,
};

/** The C library's mathematics (manual, "Math"); Bessel and error functions are not simulated. */
export const MATHEMATICS: Readonly<Record<string, Native>> = {
  ...Object.fromEntries(Object.entries(ONE).map(([name, f]): [string, Native] => [`${name}/0`, (v) => f(number(v))])),
  ...Object.fromEntries(Object.entries(TWO).map(([name, f]): [string, Native] => [`${name}/2`, (_v, a, b) => f(number(a), number(b))])),
  'fma/3': (_v, a, b, c) => fusedMultiplyAdd(number(a), number(b), number(c)),
  'frexp/0': (v) => splitExponent(number(v)),
  'modf/0': (v) => {
    const x = number(v);
    return [Number.isFinite(x) ? x % 1 : 0, Math.trunc(x)];
  },
};
