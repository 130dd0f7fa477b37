/** Reading, setting and deleting by path. A path is an array of keys, indexes and slices (`{"start":1,"end":3}`). */
import { brief } from './print.ts';
import {
  compare,
  equal,
  isArray,
  isNaNValue,
  isNumber,
  isObject,
  JqError,
  type Json,
  type JsonArray,
  type JsonObject,
  kindOf,
  textLength,
  toDouble,
} from './values.ts';

const ARRAY_LIMIT = 1 << 24;

/** Start and end of a slice over `length` elements: negative counts from the end, fractions widen it. */
function sliceBounds(slice: JsonObject, length: number): readonly [start: number, end: number] {
  const from = slice.get('start') ?? 0;
  const to = slice.get('end') ?? length;
  if (!isNumber(from) || !isNumber(to)) throw new JqError('Array/string slice indices must be integers');
  let start = toDouble(from);
  let end = toDouble(to);
  if (Number.isNaN(start)) start = 0;
  if (start < 0) start += length;
  start = Math.floor(Math.min(Math.max(start, 0), length));
  if (Number.isNaN(end)) end = length;
  if (end < 0) end += length;
  if (end < 0) end = start;
  end = Math.ceil(Math.min(end, length));
  return [start, Math.max(start, end)];
}

/** Where `part` begins in `whole`, each place. */
function indexesOf(whole: JsonArray, part: JsonArray): Json {
  if (part.length === 0) return null;
  const found: number[] = [];
  for (let i = 0; i + part.length <= whole.length; i++) if (part.every((item, k) => equal(whole[i + k], item))) found.push(i);
  return found;
}

/** `.[key]`. */
export function index(v: Json, key: Json): Json {
  if (isObject(v) && typeof key === 'string') return v.get(key) ?? null;
  if (isArray(v)) {
    if (isNumber(key)) {
      if (isNaNValue(key)) return null;
      const i = Math.trunc(toDouble(key));
      return v[i < 0 ? i + v.length : i] ?? null;
    }
    if (isObject(key)) return v.slice(...sliceBounds(key, v.length));
    if (isArray(key)) return indexesOf(v, key);
  }
  if (typeof v === 'string' && isObject(key)) {
    const [start, end] = sliceBounds(key, textLength(v));
    return v.length === textLength(v) ? v.slice(start, end) : [...v].slice(start, end).join('');
  }
  if (v === null && (typeof key === 'string' || isNumber(key) || isObject(key))) return null;
  throw new JqError(`Cannot index ${kindOf(v)} with ${kindOf(key)} (${brief(key)})`);
}

function setIndex(v: Json, key: Json, value: Json): Json {
  if (typeof key === 'string' && (v === null || isObject(v))) return new Map(v ?? []).set(key, value);
  if (isNumber(key) && (v === null || isArray(v))) {
    if (isNaNValue(key)) throw new JqError('Cannot set array element at NaN index');
    const list = v === null ? [] : [...v];
    let i = Math.trunc(toDouble(key));
    if (i < 0) i += list.length;
    if (i < 0) throw new JqError('Out of bounds negative array index');
    if (i > ARRAY_LIMIT) throw new JqError('Array index too large');
    while (list.length < i) list.push(null);
    list[i] = value;
    return list;
  }
  if (isObject(key) && (v === null || isArray(v))) {
    const list = v ?? [];
    const [start, end] = sliceBounds(key, list.length);
    if (!isArray(value)) throw new JqError('A slice of an array can only be assigned another array');
    return [...list.slice(0, start), ...value, ...list.slice(end)];
  }
  if (isObject(key) && typeof v === 'string') throw new JqError('Cannot update string slices');
  throw new JqError(`Cannot update field at ${kindOf(key)} index of ${kindOf(v)}`);
}

const PATH_LIMIT = 10_000;

function checkPath(path: Json): JsonArray {
  if (!isArray(path)) throw new JqError('Path must be specified as an array');
  if (path.length > PATH_LIMIT) throw new JqError('Path too deep');
  return path;
}

export function getPath(v: Json, path: Json): Json {
  let at = v;
  for (const key of checkPath(path)) at = index(at, key);
  return at;
}

export function setPath(v: Json, path: Json, value: Json): Json {
  const keys = checkPath(path);
  const parents: Json[] = [];
  let at = v;
  for (const key of keys) {
    parents.push(at);
    const child = index(at, key);
    if (!isObject(key)) setIndex(at, key, null);
    at = child;
  }
  let result = value;
  for (let i = keys.length - 1; i >= 0; i--) result = setIndex(parents[i], keys[i], result);
  return result;
}

function deleteKeys(v: Json, keys: JsonArray): Json {
  if (v === null || keys.length === 0) return v;
  if (isArray(v)) return deleteElements(v, keys);
  if (!isObject(v)) throw new JqError(`Cannot delete fields from ${kindOf(v)}`);
  const out = new Map(v);
  for (const key of keys) {
    if (typeof key !== 'string') throw new JqError(`Cannot delete ${kindOf(key)} field of object`);
    out.delete(key);
  }
  return out;
}

function deleteElements(v: JsonArray, keys: JsonArray): Json {
  const gone = new Set<number>();
  for (const key of keys) {
    if (isNumber(key)) {
      const i = Math.trunc(toDouble(key));
      gone.add(i < 0 ? i + v.length : i);
    } else if (isObject(key)) {
      const [start, end] = sliceBounds(key, v.length);
      for (let i = start; i < end; i++) gone.add(i);
    } else throw new JqError(`Cannot delete ${kindOf(key)} element of array`);
  }
  return v.filter((_, i) => !gone.has(i));
}

/** Deletes all paths at once, so that indexes mean the elements of the value given. */
export function deletePaths(v: Json, paths: Json): Json {
  if (!isArray(paths)) throw new JqError('Paths must be specified as an array');
  const sorted = [...paths].sort(compare);
  for (const path of sorted) {
    if (!isArray(path)) throw new JqError(`Path must be specified as array, not ${kindOf(path)}`);
    checkPath(path);
  }
  if (sorted.length === 0) return v;
  return (sorted[0] as JsonArray).length === 0 ? null : deleteSorted(v, sorted as readonly JsonArray[], 0);
}

function deleteSorted(v: Json, paths: readonly JsonArray[], depth: number): Json {
  const whole: Json[] = [];
  let result = v;
  for (let i = 0; i < paths.length; ) {
    const key = paths[i][depth];
    let end = i + 1;
    while (end < paths.length && equal(paths[end][depth], key)) end++;
    if (paths[i].length === depth + 1) whole.push(key);
    else {
      const child = index(result, key);
      if (child !== null) result = setIndex(result, key, deleteSorted(child, paths.slice(i, end), depth + 1));
    }
    i = end;
  }
  return deleteKeys(result, whole);
}

export function has(v: Json, key: Json): boolean {
  if (v === null) return false;
  if (isObject(v) && typeof key === 'string') return v.has(key);
  if (isArray(v) && isNumber(key)) {
    const i = toDouble(key);
    return Math.trunc(i) >= 0 && Math.trunc(i) < v.length;
  }
  throw new JqError(`Cannot check whether ${kindOf(v)} has a ${kindOf(key)} key`);
}
