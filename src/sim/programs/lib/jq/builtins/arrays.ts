import { typeError, typeError2 } from '../arithmetic.ts';
import type { Native } from '../codeSource.ts';
import { compare, equal, isArray, type Json, type JsonArray } from '../values.ts';

interface Entry {
  readonly item: Json;
  readonly key: Json;
}

/** Items with their keys, sorted by key; equal ones stay in order. */
function sorted(items: Json, keys: Json): Entry[] {
  if (!isArray(items)) throw typeError2(items, keys, 'cannot be sorted, as they are not both arrays');
  const by = keys as JsonArray;
  return items.map((item, i) => ({ item, key: by[i] })).sort((a, b) => compare(a.key, b.key));
}

function list(v: Json): JsonArray {
  if (!isArray(v)) throw typeError(v, 'cannot be sorted, as it is not an array');
  return v;
}

function groups(entries: readonly Entry[]): Json[][] {
  const out: Json[][] = [];
  entries.forEach((entry, i) => {
    if (i > 0 && equal(entries[i - 1].key, entry.key)) out[out.length - 1].push(entry.item);
    else out.push([entry.item]);
  });
  return out;
}

/** The least (-1) or greatest (1) item by key: the first of the least ones, the last of the greatest. */
function extreme(items: Json, keys: Json, sign: -1 | 1): Json {
  if (!isArray(items) || !isArray(keys)) throw typeError2(items, keys, 'cannot be iterated over');
  let best = 0;
  for (let i = 1; i < items.length; i++) {
    const order = compare(keys[i], keys[best]);
    if (sign < 0 ? order < 0 : order >= 0) best = i;
  }
  return items[best] ?? null;
}

function bsearch(v: Json, target: Json): Json {
  if (!isArray(v)) throw typeError(v, 'cannot be searched from');
  let start = 0;
  let end = v.length;
  while (start < end) {
    const middle = Math.floor((start + end) / 2);
    const order = compare(target, v[middle]);
    if (order === 0) return middle;
    if (order < 0) end = middle;
    else start = middle + 1;
  }
  return -1 - start;
}

/** Sorting, grouping and searching. The `_by` ones take the keys as an array beside the items. */
export const ARRAYS: Readonly<Record<string, Native>> = {
  'sort/0': (v) => sorted(list(v), v).map((e) => e.item),
  '_sort_by/1': (v, keys) => sorted(v, keys).map((e) => e.item),
  '_group_by/1': (v, keys) => groups(sorted(v, keys)),
  'unique/0': (v) => groups(sorted(list(v), v)).map((group) => group[0]),
  '_unique_by/1': (v, keys) => groups(sorted(v, keys)).map((group) => group[0]),
  'min/0': (v) => extreme(v, v, -1),
  'max/0': (v) => extreme(v, v, 1),
  '_min_by/1': (v, keys) => extreme(v, keys, -1),
  '_max_by/1': (v, keys) => extreme(v, keys, 1),
  'bsearch/1': bsearch,
};
