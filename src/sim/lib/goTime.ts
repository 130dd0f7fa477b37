/** Times as Go and Docker write them. Unix times are in microseconds; texts keep the nanoseconds that they have. */

export interface Instant {
  /** Whole seconds since 1970. */
  readonly seconds: number;
  readonly nanoseconds: number;
  /** Minutes east of UTC. */
  readonly offset: number;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Days since 1970 of a proleptic Gregorian date; months from 1. */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

export interface Civil {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export function civil(seconds: number): Civil {
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
    weekday: (((days + 4) % 7) + 7) % 7,
    hour: Math.floor(rest / 3600),
    minute: Math.floor((rest % 3600) / 60),
    second: rest % 60,
  };
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/** Undefined if it is no RFC 3339 time. */
export function parseRfc3339(text: string): Instant | undefined {
  const m = RFC3339.exec(text);
  if (!m) return undefined;
  const offset = m[8] === undefined ? 0 : (m[8] === '-' ? -1 : 1) * (Number(m[9]) * 60 + Number(m[10]));
  const local = daysFromCivil(Number(m[1]), Number(m[2]), Number(m[3])) * 86_400 + Number(m[4]) * 3600 + Number(m[5]) * 60 + Number(m[6]);
  return { seconds: local - offset * 60, nanoseconds: Number((m[7] ?? '0').padEnd(9, '0')), offset };
}

/** '2026-11-24T14:00:00.123456789Z': the nanoseconds as far as they go. */
function formatRfc3339Nano(at: Instant): string {
  const fraction = at.nanoseconds === 0 ? '' : `.${String(at.nanoseconds).padStart(9, '0').replace(/0+$/, '')}`;
  const c = civil(at.seconds + at.offset * 60);
  const zone = at.offset === 0 ? 'Z' : zoneText(at.offset, ':');
  return `${dateText(c)}T${clockText(c)}${fraction}${zone}`;
}

/** Always nine digits: docker's events. */
export function formatRfc3339NanoFixed(at: Instant): string {
  const c = civil(at.seconds + at.offset * 60);
  const zone = at.offset === 0 ? 'Z' : zoneText(at.offset, ':');
  return `${dateText(c)}T${clockText(c)}.${String(at.nanoseconds).padStart(9, '0')}${zone}`;
}

/** Time.String() in UTC: '2006-01-02 15:04:05 +0000 UTC'. */
export function formatGoTime(seconds: number): string {
  const c = civil(seconds);
  return `${dateText(c)} ${clockText(c)} +0000 UTC`;
}

/** Time.String() of an RFC 3339 text in UTC, with the fraction that it has. */
export function goTimeText(rfc3339: string): string {
  const at = parseRfc3339(rfc3339);
  if (!at) return rfc3339;
  const fraction = at.nanoseconds === 0 ? '' : `.${String(at.nanoseconds).padStart(9, '0').replace(/0+$/, '')}`;
  return formatGoTime(at.seconds).replace(' +0000', `${fraction} +0000`);
}

/** 'Fri May 30 12:07:14 2025' (time.ANSIC). */
export function formatAnsi(at: Instant): string {
  const c = civil(at.seconds);
  return `${WEEKDAYS[c.weekday]} ${MONTHS[c.month - 1]} ${String(c.day).padStart(2)} ${clockText(c)} ${c.year}`;
}

/** '2006-01-02T15:04:05Z' */
export function formatRfc3339(at: Instant): string {
  return formatRfc3339Nano({ ...at, nanoseconds: 0 });
}

export function instantOf(unixMicroseconds: number): Instant {
  const seconds = Math.floor(unixMicroseconds / 1e6);
  return { seconds, nanoseconds: Math.round(unixMicroseconds - seconds * 1e6) * 1000, offset: 0 };
}

function zoneText(offset: number, colon: string): string {
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${colon}${two(minutes % 60)}`;
}

function dateText(c: Civil): string {
  return `${String(c.year).padStart(4, '0')}-${two(c.month)}-${two(c.day)}`;
}

function clockText(c: Civil): string {
  return `${two(c.hour)}:${two(c.minute)}:${two(c.second)}`;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
