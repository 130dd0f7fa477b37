/** The gamma function and its logarithm: Stirling's series in double-double. Special values as in C (Annex F of the standard). */
import { add, divide, multiply, ONE, subtract, sumOf, type Wide, wide, ZERO } from './doubleDouble.ts';
import { expRounded, wideLog } from './exponential.ts';
import { PI, wideSinPi } from './trigonometric.ts';

/** B(2k) / (2k (2k - 1)) as numerators and denominators. */
const STIRLING: readonly (readonly [number, number])[] = [
  [1, 12],
  [-1, 360],
  [1, 1260],
  [-1, 1680],
  [1, 1188],
  [-691, 360_360],
  [1, 156],
  [-3617, 122_400],
  [43_867, 244_188],
  [-174_611, 125_400],
  [77_683, 5_796],
  [-236_364_091, 1_506_960],
  [657_931, 300],
];

/** ln(2 pi) / 2 */
const HALF_LN_2PI = wide(0.9189385332046728, -3.8782941580672414e-17);

/** From here on the series is exact enough. */
const SERIES_FROM = 28;

/** ln Γ(x) for a positive x. */
function wideLogGamma(x: Wide): Wide {
  let z = x;
  let product = ONE;
  for (; z.hi < SERIES_FROM; z = add(z, ONE)) product = multiply(product, z);
  const inverse = divide(ONE, z);
  const square = multiply(inverse, inverse);
  let power = inverse;
  let sum = ZERO;
  for (const [numerator, denominator] of STIRLING) {
    sum = add(sum, multiply(power, divide(wide(numerator), wide(denominator))));
    power = multiply(power, square);
  }
  const main = subtract(multiply(subtract(z, wide(0.5)), wideLog(z)), z);
  return subtract(add(add(main, HALF_LN_2PI), sum), wideLog(product));
}

/** ln |Γ(x)| */
export function lgamma(x: number): number {
  if (Number.isNaN(x)) return x;
  if (!Number.isFinite(x) || (x <= 0 && Number.isInteger(x))) return Number.POSITIVE_INFINITY;
  if (x === 1 || x === 2) return 0;
  // The series' terms would overflow before the result does.
  if (x > 1e300) return x * (wideLog(wide(x)).hi - 1);
  if (x > 0) return wideLogGamma(wide(x)).hi;
  // Euler's reflection: Γ(x) Γ(1 - x) = π / sin(πx).
  const sine = wideSinPi(x);
  return subtract(wideLog(divide(PI, sine.hi < 0 ? subtract(ZERO, sine) : sine)), wideLogGamma(sumOf(1, -x))).hi;
}

/** Γ(x) */
export function tgamma(x: number): number {
  if (x === 0) return 1 / x;
  if (Number.isNaN(x) || x === Number.POSITIVE_INFINITY) return x;
  if (x < 0 && Number.isInteger(x)) return Number.NaN;
  if (x === Number.NEGATIVE_INFINITY) return Number.NaN;
  if (x > 172) return Number.POSITIVE_INFINITY;
  if (x > 0) return expRounded(wideLogGamma(wide(x)));
  const sine = wideSinPi(x);
  const size = subtract(wideLog(divide(PI, sine.hi < 0 ? subtract(ZERO, sine) : sine)), wideLogGamma(sumOf(1, -x)));
  return sine.hi < 0 ? -expRounded(size) : expRounded(size);
}
