/** --since and --until: a duration back from now, a date, or Unix seconds; becomes Unix seconds for the API. */
import { parseGoDuration } from '../../lib/goDuration.ts';
import { parseRfc3339 } from '../../lib/goTime.ts';
import { CliError } from './errors.ts';

/** `now` in Unix seconds. Undefined if there is no text. */
export function timestampQuery(text: string, now: number, what: string): string | undefined {
  if (text === '') return undefined;
  if (text !== '0') {
    try {
      return String(Math.floor(now - parseGoDuration(text) / 1e9));
    } catch {
      // No duration; perhaps a date.
    }
  }
  if (/^-?\d+(\.\d+)?$/.test(text)) return text;
  const at = dateOf(text);
  if (at === undefined)
    throw new CliError(
      what === 'events'
        ? `failed to parse value as time or duration: ${JSON.stringify(text)}`
        : `invalid value for "${what}": failed to parse value as time or duration: ${JSON.stringify(text)}`,
    );
  return `${at.seconds}.${String(at.nanoseconds).padStart(9, '0')}`;
}

/** RFC 3339, and its beginnings ('2026-11-24', '2026-11-24T14:05') in UTC. */
function dateOf(text: string): { readonly seconds: number; readonly nanoseconds: number } | undefined {
  const m = /^(\d{4}-\d\d-\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d(?:\.\d+)?))?)?)?(Z|[+-]\d\d:\d\d)?$/.exec(text);
  if (!m) return undefined;
  return parseRfc3339(`${m[1]}T${m[2] ?? '00'}:${m[3] ?? '00'}:${m[4] ?? '00'}${m[5] ?? 'Z'}`);
}
