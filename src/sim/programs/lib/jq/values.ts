/** JSON values as jq has them: keys keep their order, numbers their text. Values are never changed in place. */
import { compareDecimals, Decimal } from './decimal.ts';

export type JsonObject = ReadonlyMap<string, Json>;
export type JsonArray = readonly Json[];
export type Json = null | boolean | number | Decimal | string | JsonArray | JsonObject;

/** An error that a jq program can catch; any value may be its message. */
export class JqError extends Error {
  readonly value: Json;

  constructor(value: Json) {
    super('jq error');
    this.value = value;
  }
}

export const isArray = (v: Json): v is JsonArray => Array.isArray(v);
export const isObject = (v: Json): v is JsonObject => v instanceof Map;
export const isNumber = (v: Json): v is number | Decimal => typeof v === 'number' || v instanceof Decimal;
export const isTrue = (v: Json): boolean => v !== null && v !== false;

/** A number's value as a double. */
export const toDouble = (v: number | Decimal): number => (typeof v === 'number' ? v : v.value);
export const isNaNValue = (v: Json): boolean => typeof v === 'number' && Number.isNaN(v);

export type Kind = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

export function kindOf(v: Json): Kind {
  if (v === null) return 'null';
  if (typeof v === 'boolean') return 'boolean';
  if (typeof v === 'string') return 'string';
  if (isNumber(v)) return 'number';
  return isArray(v) ? 'array' : 'object';
}

/** false and true are kinds of their own in jq's order. */
function rank(v: Json): number {
  if (v === null) return 0;
  if (v === false) return 1;
  if (v === true) return 2;
  if (isNumber(v)) return 3;
  if (typeof v === 'string') return 4;
  return isArray(v) ? 5 : 6;
}

/** Order by code points, which is the order of the UTF-8 bytes (UTF-16's differs above U+FFFF). */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    if (x >= 0xd800 && y >= 0xd800) {
      if (x < 0xe000) x += 0x10000;
      if (y < 0xe000) y += 0x10000;
    }
    return x < y ? -1 : 1;
  }
  return a.length < b.length ? -1 : 1;
}

export function sortedKeys(object: JsonObject): string[] {
  return [...object.keys()].sort(compareText);
}

const exactly = (v: number | Decimal): Decimal => (v instanceof Decimal ? v : new Decimal(v < 0, BigInt(Math.abs(v)).toString(), 0));

function compareNumberValues(a: number | Decimal, b: number | Decimal): number {
  if (isNaNValue(a)) return -1;
  if (isNaNValue(b)) return 1;
  const x = toDouble(a);
  const y = toDouble(b);
  // Long numbers are told apart by their digits; the other one may be long too and yet be a double's text.
  if (a instanceof Decimal || b instanceof Decimal) {
    if (a instanceof Decimal && b instanceof Decimal) return compareDecimals(a, b);
    if (x === y && Math.abs(x) > Number.MAX_SAFE_INTEGER && Number.isFinite(x)) return compareDecimals(exactly(a), exactly(b));
  }
  return x < y ? -1 : x === y ? 0 : 1;
}

/** jq's order of all values: null, false, true, numbers, strings, arrays, objects (manual, `sort`). nan is below every number. */
export function compare(a: Json, b: Json): number {
  const order = rank(a) - rank(b);
  if (order !== 0) return order;
  if (isNumber(a)) return compareNumberValues(a, b as number | Decimal);
  if (typeof a === 'string') return compareText(a, b as string);
  if (isArray(a)) {
    const other = b as JsonArray;
    for (let i = 0; i < a.length && i < other.length; i++) {
      const r = compare(a[i], other[i]);
      if (r !== 0) return r;
    }
    return a.length - other.length;
  }
  if (isObject(a)) {
    const other = b as JsonObject;
    const keys = sortedKeys(a);
    const r = compare(keys, sortedKeys(other));
    if (r !== 0) return r;
    for (const key of keys) {
      const c = compare(a.get(key) as Json, other.get(key) as Json);
      if (c !== 0) return c;
    }
  }
  return 0;
}

export function equal(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (rank(a) !== rank(b)) return false;
  if (isNumber(a)) return !isNaNValue(a) && !isNaNValue(b) && compareNumberValues(a, b as number | Decimal) === 0;
  if (isArray(a)) {
    const other = b as JsonArray;
    return a.length === other.length && a.every((item, i) => equal(item, other[i]));
  }
  if (isObject(a)) {
    const other = b as JsonObject;
    if (a.size !== other.size) return false;
    for (const [key, value] of a) {
      const there = other.get(key);
      if (there === undefined || !equal(value, there)) return false;
    }
    return true;
  }
  return false;
}

export function objectOf(entries: Readonly<Record<string, Json>>): JsonObject {
  return new Map(Object.entries(entries));
}

/** Length in code points. */
export function textLength(text: string): number {
  let n = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const c = text.charCodeAt(i);
    if (c >= 0xd800 && c < 0xdc00) {
      n--;
      i++;
    }
  }
  return n;
}
