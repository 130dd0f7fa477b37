/** How values of `--filter` match, the same for all objects (moby's api/types/filters). */

import type { Filters } from '../api/types/options.ts';
import { compileGoRegex } from '../lib/regex/go.ts';
import { parseRfc3339 } from './clock.ts';
import { invalid } from './errors.ts';

/** Throws invalid `invalid filter 'bogus'` for the first key (by name) that is not accepted. */
export function checkFilters(filters: Filters, accepted: readonly string[]): void {
  for (const key of filters.keys()) if (!accepted.includes(key)) throw invalid(`invalid filter '${key}'`);
}

export function filterValues(filters: Filters, key: string): readonly string[] {
  return filters.get(key) ?? [];
}

/** One of the values is the source; true without any. */
export function exactMatch(filters: Filters, key: string, source: string): boolean {
  const values = filterValues(filters, key);
  return values.length === 0 || values.includes(source);
}

/** One of the values, as a regular expression, is found in the source; true without any. */
export function patternMatch(filters: Filters, key: string, source: string): boolean {
  if (exactMatch(filters, key, source)) return true;
  return filterValues(filters, key).some((value) => {
    try {
      return compileGoRegex(value).test(source);
    } catch {
      return false;
    }
  });
}

/** One of the values is the source or the beginning of it; true without any. */
export function prefixMatch(filters: Filters, key: string, source: string): boolean {
  return exactMatch(filters, key, source) || filterValues(filters, key).some((value) => source.startsWith(value));
}

/** All `key` and `key=value` pairs are among the labels. */
export function labelMatch(filters: Filters, key: string, labels: Readonly<Record<string, string>> | null | undefined): boolean {
  return filterValues(filters, key).every((pair) => hasLabel(labels ?? {}, pair));
}

function hasLabel(labels: Readonly<Record<string, string>>, pair: string): boolean {
  const at = pair.indexOf('=');
  const name = at < 0 ? pair : pair.slice(0, at);
  return Object.hasOwn(labels, name) && (at < 0 || labels[name] === pair.slice(at + 1));
}

/** `label` and `label!` of the prune commands: what has all of `label!` is spared. */
export function pruneLabelMatch(filters: Filters, labels: Readonly<Record<string, string>> | null | undefined): boolean {
  if (!labelMatch(filters, 'label', labels)) return false;
  return filterValues(filters, 'label!').length === 0 || !labelMatch(filters, 'label!', labels);
}

/** Throws invalid `invalid filter 'dangling=[x]'` unless it says yes or no. */
export function boolFilter(filters: Filters, key: string, fallback: boolean): boolean {
  const values = filters.get(key);
  if (values === undefined) return fallback;
  const yes = values.includes('1') || values.includes('true');
  const no = values.includes('0') || values.includes('false');
  if (yes === no) throw invalid(`invalid filter '${key}${values.length === 0 ? '' : `=[${values.join(' ')}]`}'`);
  return yes;
}

/**
 * `until` of the prune commands: a Go duration before now, a date, or Unix seconds, as moby's GetTimestamp reads them.
 * Answers in microseconds since 1970. Throws invalid.
 */
export function untilFilter(filters: Filters, nowUs: number): number | undefined {
  const values = filterValues(filters, 'until');
  if (values.length === 0) return undefined;
  if (values.length > 1) throw invalid('more than one until filter specified');
  const [text] = values;
  const ago = text === '0' ? undefined : goDurationUs(text);
  // Whole seconds, as Docker cuts them.
  if (ago !== undefined) return Math.floor((nowUs - ago) / 1_000_000) * 1_000_000;
  const time = dateUs(text);
  if (time !== undefined) return time;
  if (text.includes('-')) throw invalid(dateError(text));
  if (/^[+-]?\d+(\.[+-]?\d+)?$/.test(text)) return Math.round(Number(text) * 1_000_000);
  throw invalid(`failed to parse value as time or duration: ${JSON.stringify(text)}`);
}

/** RFC 3339 and its beginnings; without a zone it is UTC, the machine's own. */
function dateUs(text: string): number | undefined {
  const m = /^(\d{4}-\d\d-\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?)?(Z|[+-]\d\d:\d\d)?$/.exec(text);
  return m ? parseRfc3339(`${m[1]}T${m[2] ?? '00'}:${m[3] ?? '00'}:${m[4] ?? '00'}${m[5] ?? 'Z'}`) : undefined;
}

/** What Go's time.Parse says of a text that does not begin with a year; other faults are told the same way. */
function dateError(text: string): string {
  const zone = /[zZ+]/.test(text) || text.split('-').length === 4 ? 'Z07:00' : '';
  const clock = text.includes('.') ? 'T15:04:05.999999999' : text.includes('T') ? 'T15:04:05' : '';
  return `parsing time ${JSON.stringify(text)} as "2006-01-02${clock}${zone}": cannot parse ${JSON.stringify(text)} as "2006"`;
}

const UNITS: Readonly<Record<string, number>> = { ns: 0.001, us: 1, µs: 1, ms: 1000, s: 1_000_000, m: 60_000_000, h: 3_600_000_000 };

/** '1h30m' in microseconds; undefined if it is not a Go duration. */
function goDurationUs(text: string): number | undefined {
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h)(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))*$/.test(text)) return undefined;
  let total = 0;
  for (const [, number, unit] of text.matchAll(/([\d.]+)(ns|us|µs|ms|s|m|h)/g)) total += Number(number) * UNITS[unit];
  return Math.round(text.startsWith('-') ? -total : total);
}
