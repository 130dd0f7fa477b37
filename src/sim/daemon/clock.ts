/** Virtual time as Docker writes it. */
import type { SimTime } from '../kernel/clock.ts';
import { civil } from '../lib/goTime.ts';

/** Go's zero time. */
export const ZERO_TIME = '0001-01-01T00:00:00Z';

/** Turns the virtual times of records into the machine's wall clock. */
export interface WallClock {
  /** Microseconds since 1970 at virtual time 0. */
  readonly epochUs: number;
}

/** Digits below a microsecond, which the simulator does not have: made from the time, so that they look and stay the same. */
function nanos(us: number): number {
  return ((Math.floor(us / 1000) % 1000) * 31 + (us % 1000) * 919) % 1000;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** RFC 3339 with up to nine digits, as Go's RFC3339Nano (trailing zeros go). */
export function rfc3339Nano(clock: WallClock, time: SimTime | undefined): string {
  if (time === undefined) return ZERO_TIME;
  const [date, fraction] = parts(clock, time);
  const digits = fraction.replace(/0+$/, '');
  return `${date}${digits === '' ? '' : `.${digits}`}Z`;
}

/** RFC 3339 in whole seconds. */
export function rfc3339(clock: WallClock, time: SimTime): string {
  return `${parts(clock, time)[0]}Z`;
}

function parts(clock: WallClock, time: SimTime): [date: string, fraction: string] {
  const us = clock.epochUs + time;
  const seconds = Math.floor(us / 1_000_000);
  const { year, month, day } = civil(seconds);
  const clockTime = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const fraction = String(us % 1_000_000).padStart(6, '0') + String(nanos(us)).padStart(3, '0');
  return [`${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${clockTime}`, fraction];
}

export function unixSeconds(clock: WallClock, time: SimTime): number {
  return Math.floor((clock.epochUs + time) / 1_000_000);
}

export function unixNanos(clock: WallClock, time: SimTime): bigint {
  const us = clock.epochUs + time;
  return BigInt(us) * 1000n + BigInt(nanos(us));
}

/** Reads what `rfc3339Nano` writes: microseconds since 1970, or undefined. */
export function parseRfc3339(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))$/.exec(text);
  if (!match) return undefined;
  const [year, month, day, hours, minutes, seconds] = match.slice(1, 7).map(Number);
  const fraction = Number((match[7] ?? '').padEnd(6, '0').slice(0, 6));
  const zone = match[8] === undefined ? 0 : (match[8] === '-' ? -1 : 1) * (Number(match[9]) * 60 + Number(match[10]));
  const days = daysFromCivil(year, month, day);
  return ((days * 24 + hours) * 60 + minutes - zone) * 60_000_000 + seconds * 1_000_000 + fraction;
}

/** Days since 1970-01-01 (proleptic Gregorian calendar). */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
