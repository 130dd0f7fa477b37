import { civil, daysFromCivil, formatTime, type TimeZone, toSeconds, UTC } from '../../calendar.ts';
import type { Native } from '../codeSource.ts';
import { isArray, isNaNValue, isNumber, JqError, type Json, toDouble } from '../values.ts';
import { parseTime } from './parseTime.ts';

/** "Broken down time": year, month from 0, day, hours, minutes, seconds, weekday, day of the year from 0. */
function broken(seconds: number): Json {
  const whole = Math.floor(seconds);
  const t = civil(whole);
  return [t.year, t.month - 1, t.day, t.hour, t.minute, t.second + (seconds - whole), t.weekday, t.yearDay - 1];
}

function timeOf(v: Json, message: string): number {
  if (!isArray(v)) throw new JqError(message);
  const part = (i: number): number => {
    const n = v[i];
    if (n === undefined) return i === 0 ? 1900 : 0;
    if (!isNumber(n) || isNaNValue(n)) throw new JqError(message);
    return Math.trunc(toDouble(n));
  };
  const parts = [0, 1, 2, 3, 4, 5, 6, 7].map(part);
  return toSeconds(parts[0], parts[1] + 1, parts[2], parts[3], parts[4], parts[5]);
}

function fromSeconds(v: Json, name: string, zone: TimeZone): Json {
  if (!isNumber(v)) throw new JqError(`${name}() requires numeric inputs`);
  return broken(toDouble(v) + zone.offset * 60);
}

/** C's strftime has no %N, and calls UTC what date calls UTC only in `%Z`. */
function strftime(v: Json, format: Json, name: string, zone: TimeZone): Json {
  const parsed = `${name} requires parsed datetime inputs`;
  const time = isNumber(v) ? Math.floor(toDouble(v)) + zone.offset * 60 : isArray(v) ? v : undefined;
  if (time === undefined) throw new JqError(parsed);
  if (typeof format !== 'string') throw new JqError(`${name} requires a string format`);
  const seconds = typeof time === 'number' ? time : timeOf(time, parsed);
  return formatTime(format, (seconds - zone.offset * 60) * 1e6, zone);
}

function strptime(v: Json, format: Json): Json {
  if (typeof v !== 'string' || typeof format !== 'string') throw new JqError('strptime/1 requires string inputs and arguments');
  const time = parseTime(v, format);
  if (time === undefined) throw new JqError(`date "${v}" does not match format "${format}"`);
  const days = daysFromCivil(time.year, time.month + 1, time.day);
  const weekday = time.weekday ?? (((days + 4) % 7) + 7) % 7;
  const yearDay = time.yearDay ?? days - daysFromCivil(time.year, 1, 1);
  const list: Json[] = [time.year, time.month, time.day, time.hour, time.minute, time.second, weekday, yearDay];
  return time.rest === '' ? list : [...list, time.rest];
}

/** Dates and times (manual, "Dates"), in a machine's time zone. */
export function dates(zone: TimeZone): Readonly<Record<string, Native>> {
  const utc: TimeZone = { ...UTC, name: 'GMT' };
  return {
    'gmtime/0': (v) => fromSeconds(v, 'gmtime', utc),
    'localtime/0': (v) => fromSeconds(v, 'localtime', zone),
    'mktime/0': (v) => {
      if (!isArray(v)) throw new JqError('mktime requires array inputs');
      return timeOf(v, 'mktime requires parsed datetime inputs');
    },
    'strftime/1': (v, format) => strftime(v, format, 'strftime/1', utc),
    'strflocaltime/1': (v, format) => strftime(v, format, 'strflocaltime/1', zone),
    'strptime/1': strptime,
  };
}
