/** The functions of `bc -l`: calculated with more places than asked for, then cut to `scale`. */
import { type Decimal, ONE, rescale, rootOf, subtract } from './number.ts';

/** Fixed-point arithmetic with `places` decimals. */
class Fixed {
  readonly one: bigint;
  readonly places: number;
  constructor(places: number) {
    this.places = places;
    this.one = 10n ** BigInt(places);
  }
  from(a: Decimal): bigint {
    return rescale(a, this.places).digits;
  }
  cut(x: bigint, scale: number): Decimal {
    return rescale({ digits: x, scale: this.places }, scale);
  }
  times(a: bigint, b: bigint): bigint {
    return (a * b) / this.one;
  }
  over(a: bigint, b: bigint): bigint {
    return (a * this.one) / b;
  }
  root(a: bigint): bigint {
    return rootOf(a * this.one);
  }
}

const GUARD = 12;
const intDigits = (a: Decimal): number => {
  const text = String(a.digits < 0n ? -a.digits : a.digits);
  return Math.max(1, text.length - a.scale);
};

/** e to the power x. */
export function exponential(x: Decimal, scale: number): Decimal {
  const size = Number((x.digits < 0n ? -x.digits : x.digits) / 10n ** BigInt(x.scale)) + 1;
  // e to the power of -3 has more than one zero behind the point.
  if (x.digits < 0n && size > 3 * (scale + 5)) return { digits: 0n, scale };
  const f = new Fixed(scale + GUARD + Math.ceil(size / 2) + 10);
  let y = f.from(x);
  let halvings = 0;
  for (; (y < 0n ? -y : y) > f.one / 1024n; halvings++) y /= 2n;
  let term = f.one;
  let sum = f.one;
  for (let i = 1n; term !== 0n; i++) {
    term = f.times(term, y) / i;
    sum += term;
  }
  for (; halvings > 0; halvings--) sum = f.times(sum, sum);
  return f.cut(sum, scale);
}

/** The natural logarithm; of what has none, the lowest number that there is. */
export function logarithm(x: Decimal, scale: number): Decimal {
  if (x.digits <= 0n) return rescale(subtract(ONE, { digits: 10n ** BigInt(scale), scale: 0 }), scale);
  const f = new Fixed(scale + GUARD + intDigits(x) + Math.max(0, x.scale - String(x.digits).length) + 8);
  let y = f.from(x);
  let doublings = 0;
  for (; y > 2n * f.one || y * 2n < f.one; doublings++) y = f.root(y);
  const z = f.over(y - f.one, y + f.one);
  const square = f.times(z, z);
  let power = z;
  let sum = 0n;
  for (let i = 1n; power !== 0n; i += 2n) {
    sum += power / i;
    power = f.times(power, square);
  }
  return f.cut((sum * 2n) << BigInt(doublings), scale);
}

function arctangentOf(f: Fixed, x: bigint): bigint {
  let y = x;
  let doublings = 0;
  for (; (y < 0n ? -y : y) > f.one / 16n; doublings++) y = f.over(y, f.one + f.root(f.one + f.times(y, y)));
  const square = f.times(y, y);
  let power = y;
  let sum = 0n;
  for (let i = 1n, sign = 1n; power !== 0n; i += 2n, sign = -sign) {
    sum += (sign * power) / i;
    power = f.times(power, square);
  }
  return sum << BigInt(doublings);
}

export function arctangent(x: Decimal, scale: number): Decimal {
  const f = new Fixed(scale + GUARD + 10);
  return f.cut(arctangentOf(f, f.from(x)), scale);
}

function sineOf(f: Fixed, x: bigint): bigint {
  const turn = 8n * arctangentOf(f, f.one);
  const y = x % turn;
  const square = f.times(y, y);
  let term = y;
  let sum = y;
  for (let i = 2n; term !== 0n; i += 2n) {
    term = -f.times(term, square) / (i * (i + 1n));
    sum += term;
  }
  return sum;
}

export function sine(x: Decimal, scale: number): Decimal {
  const f = new Fixed(scale + GUARD + 2 * intDigits(x) + 10);
  return f.cut(sineOf(f, f.from(x)), scale);
}

export function cosine(x: Decimal, scale: number): Decimal {
  const f = new Fixed(scale + GUARD + 2 * intDigits(x) + 10);
  return f.cut(sineOf(f, f.from(x) + 2n * arctangentOf(f, f.one)), scale);
}

/** The Bessel function of the order n. */
export function bessel(order: Decimal, x: Decimal, scale: number): Decimal {
  const n = order.digits / 10n ** BigInt(order.scale);
  const positive = n < 0n ? -n : n;
  const f = new Fixed(scale + GUARD + 2 * intDigits(x) + 20);
  const half = f.from(x) / 2n;
  let term = f.one;
  for (let i = 1n; i <= positive; i++) term = f.times(term, half) / i;
  const square = f.times(half, half);
  let sum = term;
  for (let k = 1n; term !== 0n; k++) {
    term = -f.times(term, square) / (k * (k + positive));
    sum += term;
  }
  return f.cut(n < 0n && positive % 2n === 1n ? -sum : sum, scale);
}
