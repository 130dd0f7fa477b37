/** `+ - * / %` on all kinds of values (manual, "Builtin operators and functions"). */
import { brief } from './print.ts';
import type { BinaryOperator } from './syntax.ts';
import { compare, equal, isArray, isNumber, isObject, JqError, type Json, type JsonObject, kindOf, toDouble } from './values.ts';

export const typeError = (v: Json, message: string): JqError => new JqError(`${kindOf(v)} (${brief(v)}) ${message}`);

export const typeError2 = (a: Json, b: Json, message: string): JqError =>
  new JqError(`${kindOf(a)} (${brief(a)}) and ${kindOf(b)} (${brief(b)}) ${message}`);

export function add(a: Json, b: Json): Json {
  if (a === null) return b;
  if (b === null) return a;
  if (isNumber(a) && isNumber(b)) return toDouble(a) + toDouble(b);
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (isArray(a) && isArray(b)) return a.concat(b);
  if (isObject(a) && isObject(b)) return new Map([...a, ...b]);
  throw typeError2(a, b, 'cannot be added');
}

function subtract(a: Json, b: Json): Json {
  if (isNumber(a) && isNumber(b)) return toDouble(a) - toDouble(b);
  if (isArray(a) && isArray(b)) return a.filter((x) => !b.some((y) => equal(x, y)));
  throw typeError2(a, b, 'cannot be subtracted');
}

const REPEATED_LIMIT = 64 * 1024 * 1024;

function repeat(text: string, times: number): Json {
  if (Number.isNaN(times) || times < 0) return null;
  const count = Math.floor(times);
  if (text.length * count > REPEATED_LIMIT) throw new JqError('Repeat string result too long');
  return text.repeat(count);
}

/** Objects merge deeply with `*`. */
function merge(a: JsonObject, b: JsonObject): JsonObject {
  const out = new Map(a);
  for (const [key, value] of b) {
    const there = out.get(key);
    out.set(key, there !== undefined && isObject(there) && isObject(value) ? merge(there, value) : value);
  }
  return out;
}

function multiply(a: Json, b: Json): Json {
  if (isNumber(a) && isNumber(b)) return toDouble(a) * toDouble(b);
  if (typeof a === 'string' && isNumber(b)) return repeat(a, toDouble(b));
  if (isNumber(a) && typeof b === 'string') return repeat(b, toDouble(a));
  if (isObject(a) && isObject(b)) return merge(a, b);
  throw typeError2(a, b, 'cannot be multiplied');
}

export function split(text: string, separator: string): Json {
  if (text === '') return [];
  return separator === '' ? [...text] : text.split(separator);
}

function divide(a: Json, b: Json): Json {
  if (isNumber(a) && isNumber(b)) {
    if (toDouble(b) === 0) throw typeError2(a, b, 'cannot be divided because the divisor is zero');
    return toDouble(a) / toDouble(b);
  }
  if (typeof a === 'string' && typeof b === 'string') return split(a, b);
  throw typeError2(a, b, 'cannot be divided');
}

/** To a whole number of 64 bits, as a C cast that saturates. */
const whole = (x: number): bigint => (x >= 2 ** 63 ? 2n ** 63n - 1n : x < -(2 ** 63) ? -(2n ** 63n) : BigInt(Math.trunc(x)));

function remainder(a: Json, b: Json): Json {
  if (!isNumber(a) || !isNumber(b)) throw typeError2(a, b, 'cannot be divided (remainder)');
  const x = toDouble(a);
  const y = toDouble(b);
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const by = whole(y);
  if (by === 0n) throw typeError2(a, b, 'cannot be divided (remainder) because the divisor is zero');
  return Number(whole(x) % by);
}

export const OPERATIONS: Readonly<Record<BinaryOperator, (a: Json, b: Json) => Json>> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '%': remainder,
  '==': equal,
  '!=': (a, b) => !equal(a, b),
  '<': (a, b) => compare(a, b) < 0,
  '<=': (a, b) => compare(a, b) <= 0,
  '>': (a, b) => compare(a, b) > 0,
  '>=': (a, b) => compare(a, b) >= 0,
};
