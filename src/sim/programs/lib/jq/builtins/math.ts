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

/** Fraction in [0.5, 1) and power of two. */
function frexp(x: number): readonly [number, number] {
  if (x === 0 || !Number.isFinite(x)) return [x, 0];
  let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1);
  let fraction = x * 2 ** -exponent;
  while (Math.abs(fraction) < 0.5) {
    fraction *= 2;
    exponent--;
  }
  while (Math.abs(fraction) >= 1) {
    fraction /= 2;
    exponent++;
  }
  return [fraction, exponent];
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

function gamma(x: number): number {
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  if (Number.isInteger(x) && x < 24) {
    let product = 1;
    for (let i = 2; i < x; i++) product *= i;
    return product;
  }
  const t = x + 6.5;
  const sum = LANCZOS.reduce((s, c, i) => (i === 0 ? c : s + c / (x - 1 + i)), 0);
  return Math.sqrt(2 * Math.PI) * t ** (x - 0.5) * Math.exp(-t) * sum;
}

function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.abs(Math.PI / Math.sin(Math.PI * x))) - logGamma(1 - x);
  const t = x + 6.5;
  const sum = LANCZOS.reduce((s, c, i) => (i === 0 ? c : s + c / (x - 1 + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

const ONE: Readonly<Record<string, (x: number) => number>> = {
  acos: Math.acos,
  acosh: Math.acosh,
  asin: Math.asin,
  asinh: Math.asinh,
  atan: Math.atan,
  atanh: Math.atanh,
  cbrt: Math.cbrt,
  ceil: Math.ceil,
  cos: Math.cos,
  cosh: Math.cosh,
  exp: Math.exp,
  exp2: (x) => 2 ** x,
  exp10: (x) => 10 ** x,
  expm1: Math.expm1,
  fabs: Math.abs,
  floor: Math.floor,
  gamma: logGamma,
  lgamma: logGamma,
  tgamma: gamma,
  log: Math.log,
  log10: Math.log10,
  log1p: Math.log1p,
  log2: Math.log2,
  logb: (x) => frexp(x)[1] - 1,
  nearbyint: nearest,
  rint: nearest,
  round: (x) => Math.sign(x) * Math.round(Math.abs(x)),
  significand: (x) => frexp(x)[0] * 2,
  sin: Math.sin,
  sinh: Math.sinh,
  sqrt: Math.sqrt,
  tan: Math.tan,
  tanh: Math.tanh,
  trunc: Math.trunc,
};

const remainder = (x: number, y: number): number => x - y * nearest(x / y);
const scale = (x: number, power: number): number => x * 2 ** power;

const TWO: Readonly<Record<string, (x: number, y: number) => number>> = {
  atan2: Math.atan2,
  copysign: (x, y) => Math.abs(x) * (y < 0 || Object.is(y, -0) ? -1 : 1),
  drem: remainder,
  remainder,
  fdim: (x, y) => Math.max(x - y, 0),
  fmax: Math.max,
  fmin: Math.min,
  fmod: (x, y) => x % y,
  hypot: Math.hypot,
  ldexp: scale,
  pow: (x, y) => x ** y,
  scalb: scale,
  scalbln: scale,
};

/** The C library's mathematics (manual, "Math"); Bessel and error functions are not simulated. */
export const MATHEMATICS: Readonly<Record<string, Native>> = {
  ...Object.fromEntries(Object.entries(ONE).map(([name, f]): [string, Native] => [`${name}/0`, (v) => f(number(v))])),
  ...Object.fromEntries(Object.entries(TWO).map(([name, f]): [string, Native] => [`${name}/2`, (_v, a, b) => f(number(a), number(b))])),
  'fma/3': (_v, a, b, c) => number(a) * number(b) + number(c),
  'frexp/0': (v) => frexp(number(v)),
  'modf/0': (v) => {
    const x = number(v);
    return [Number.isFinite(x) ? x % 1 : 0, Math.trunc(x)];
  },
};
