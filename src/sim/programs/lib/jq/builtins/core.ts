import { encodeUtf8 } from '../../../../lib/utf8.ts';
import { add, typeError, typeError2 } from '../arithmetic.ts';
import type { Native } from '../codeSource.ts';
import { Decimal, parseNumber } from '../decimal.ts';
import { JsonParser } from '../jsonParser.ts';
import { deletePaths, has, setPath } from '../paths.ts';
import { toJson } from '../print.ts';
import {
  equal,
  isArray,
  isNaNValue,
  isNumber,
  isObject,
  isTrue,
  JqError,
  type Json,
  type JsonArray,
  type JsonObject,
  kindOf,
  sortedKeys,
  textLength,
  toDouble,
} from '../values.ts';

export const tostring = (v: Json): string => (typeof v === 'string' ? v : toJson(v));

function length(v: Json): Json {
  if (v === null) return 0;
  if (typeof v === 'string') return textLength(v);
  if (isArray(v)) return v.length;
  if (isObject(v)) return v.size;
  if (v instanceof Decimal) return v.abs();
  if (typeof v === 'number') return Math.abs(v);
  throw typeError(v, 'has no length');
}

function negate(v: Json): Json {
  if (!isNumber(v)) throw typeError(v, 'cannot be negated');
  return v instanceof Decimal ? v.negate() : v === 0 ? 0 : -v;
}

function fromjson(v: Json): Json {
  if (typeof v !== 'string') throw typeError(v, 'only strings can be parsed');
  const parsed = JsonParser.parseText(v);
  if (parsed.error !== undefined) throw new JqError(parsed.error);
  return parsed.value;
}

function tonumber(v: Json): Json {
  if (isNumber(v)) return v;
  const number = typeof v === 'string' ? parseNumber(v) : undefined;
  if (number === undefined) throw typeError(v, 'cannot be parsed as a number');
  return number;
}

function toboolean(v: Json): Json {
  if (typeof v === 'boolean') return v;
  if (v === 'true' || v === 'false') return v === 'true';
  throw typeError(v, 'cannot be parsed as a boolean');
}

function keys(v: Json, object: (o: JsonObject) => readonly string[]): Json {
  if (isArray(v)) return v.map((_, i) => i);
  if (isObject(v)) return object(v);
  throw typeError(v, 'has no keys');
}

function contains(a: Json, b: Json): boolean {
  if (kindOf(a) !== kindOf(b)) return false;
  if (isObject(a)) return [...(b as JsonObject)].every(([key, value]) => a.has(key) && contains(a.get(key) as Json, value));
  if (isArray(a)) return (b as JsonArray).every((wanted) => a.some((item) => contains(item, wanted)));
  if (typeof a === 'string') return a.includes(b as string);
  return equal(a, b);
}

function containsOrFail(a: Json, b: Json): boolean {
  if (kindOf(a) !== kindOf(b)) throw typeError2(a, b, 'cannot have their containment checked');
  return contains(a, b);
}

const real = (v: Json): number | undefined => (isNumber(v) ? toDouble(v) : undefined);
const isNormal = (v: Json): boolean => {
  const x = real(v);
  return x !== undefined && Number.isFinite(x) && Math.abs(x) >= 2.2250738585072014e-308;
};

/** Functions about values of any kind. */
export const CORE: Readonly<Record<string, Native>> = {
  'not/0': (v) => !isTrue(v),
  '_negate/0': negate,
  'length/0': length,
  'utf8bytelength/0': (v) => {
    if (typeof v !== 'string') throw typeError(v, 'only strings have UTF-8 byte length');
    return encodeUtf8(v).length;
  },
  'type/0': kindOf,
  'keys/0': (v) => keys(v, sortedKeys),
  'keys_unsorted/0': (v) => keys(v, (o) => [...o.keys()]),
  'has/1': has,
  'contains/1': containsOrFail,
  'tojson/0': toJson,
  'fromjson/0': fromjson,
  'tostring/0': tostring,
  'tonumber/0': tonumber,
  'toboolean/0': toboolean,
  'toarray/0': (v) => (isArray(v) ? v : [v]),
  'error/0': (v) => {
    throw new JqError(v);
  },
  'infinite/0': () => Number.POSITIVE_INFINITY,
  'nan/0': () => Number.NaN,
  'isinfinite/0': (v) => Math.abs(real(v) ?? 0) === Number.POSITIVE_INFINITY,
  'isnan/0': isNaNValue,
  'isnormal/0': isNormal,
  'have_decnum/0': () => true,
  'have_literal_numbers/0': () => true,
  'setpath/2': setPath,
  'delpaths/1': deletePaths,
  '_plus/2': (_v, a, b) => add(a, b),
};
