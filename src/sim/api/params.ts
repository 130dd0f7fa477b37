/** How the Engine API reads query parameters. */

import type { Query } from '../net/http/query.ts';
import { RequestError } from './httpStatus.ts';
import type { Filters } from './types/options.ts';

/** False for '', '0', 'no', 'false', 'none' (in any case); everything else is true, as Docker has it. */
export function boolParam(query: Query, name: string): boolean {
  const value = (query.get(name) ?? '').trim().toLowerCase();
  return !(value === '' || value === '0' || value === 'no' || value === 'false' || value === 'none');
}

export function boolParamOr(query: Query, name: string, fallback: boolean): boolean {
  return query.has(name) ? boolParam(query, name) : fallback;
}

/** strconv.Atoi with its error, which Docker lets through as status 500. */
export function intParam(query: Query, name: string, fallback: number): number {
  const value = query.get(name) ?? '';
  if (value === '') return fallback;
  if (!/^[+-]?\d+$/.test(value)) throw new RequestError('system', `strconv.Atoi: parsing ${goQuote(value)}: invalid syntax`);
  const n = Number(value);
  if (!Number.isSafeInteger(n)) throw new RequestError('system', `strconv.Atoi: parsing ${goQuote(value)}: value out of range`);
  return n;
}

/** strconv.ParseUint with base 10 and 64 bits, and its error. */
export function parseUint(text: string): bigint {
  if (!/^\d+$/.test(text)) throw new RequestError('system', `strconv.ParseUint: parsing ${goQuote(text)}: invalid syntax`);
  const n = BigInt(text);
  if (n >= 1n << 64n) throw new RequestError('system', `strconv.ParseUint: parsing ${goQuote(text)}: value out of range`);
  return n;
}

/** strconv.ParseBool, with its error. */
export function parseBool(text: string): boolean {
  if (/^(1|t|T|TRUE|true|True)$/.test(text)) return true;
  if (/^(0|f|F|FALSE|false|False)$/.test(text)) return false;
  throw new RequestError('invalid', `strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax`);
}

/** Go's %q for plain text. */
export function goQuote(text: string): string {
  return JSON.stringify(text);
}

/**
 * Reads `filters={"key":{"value":true}}` or the older `{"key":["value"]}`. A value that is set to false is not there.
 * Throws invalid `invalid filter`.
 */
export function filtersParam(query: Query, name = 'filters'): Filters {
  const text = query.get(name) ?? '';
  if (text === '') return new Map();
  const parsed = parsedOrNothing(text);
  if (parsed === null) return new Map();
  if (isMapOf(parsed, (set) => set === null || isMapOf(set, (on) => typeof on === 'boolean'))) {
    const sets = Object.entries(parsed as Readonly<Record<string, Readonly<Record<string, boolean>> | null>>);
    return new Map(sets.map(([key, set]) => [key, Object.entries(set ?? {}).flatMap(([value, on]) => (on ? [value] : []))]));
  }
  if (isMapOf(parsed, (list) => list === null || (Array.isArray(list) && list.every((item) => typeof item === 'string')))) {
    const lists = Object.entries(parsed as Readonly<Record<string, readonly string[] | null>>);
    return new Map(lists.map(([key, list]) => [key, list ?? []]));
  }
  throw new RequestError('invalid', 'invalid filter');
}

function parsedOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isMapOf(value: unknown, fits: (member: unknown) => boolean): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(fits);
}
