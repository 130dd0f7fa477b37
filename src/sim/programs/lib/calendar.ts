/** The Gregorian calendar on plain numbers, and strftime(3) in the C locale. Zones are fixed offsets; the machines run on UTC. */
export interface CivilTime {
  readonly year: number;
  readonly month: number; // 1..12
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number; // 0 Sunday
  readonly yearDay: number; // 1..366
}

export const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Days since 1970-01-01 of a date; months and days outside their range carry over. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const m0 = month - 1;
  const y = year + Math.floor(m0 / 12) - (((m0 % 12) + 12) % 12 < 2 ? 1 : 0);
  const m = (((m0 % 12) + 12) % 12) + 1;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (m > 2 ? m - 3 : m + 9) + 2) / 5) + day - 1;
  return era * 146097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719468;
}

/** Seconds since 1970 of a UTC date and time. */
export function toSeconds(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  return daysFromCivil(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second;
}

export function civil(seconds: number): CivilTime {
  const days = Math.floor(seconds / 86_400);
  const rest = seconds - days * 86_400;
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  return {
    year,
    month,
    day: doy - Math.floor((153 * mp + 2) / 5) + 1,
    hour: Math.floor(rest / 3600),
    minute: Math.floor(rest / 60) % 60,
    second: Math.floor(rest % 60),
    weekday: (((days + 4) % 7) + 7) % 7,
    yearDay: days - daysFromCivil(year, 1, 1) + 1,
  };
}

export const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** ISO 8601 week and its year. */
function isoWeek(t: CivilTime): readonly [year: number, week: number] {
  const weekday = (t.weekday + 6) % 7;
  const week = Math.floor((t.yearDay - 1 - weekday + 10) / 7);
  const weeks = (year: number): number => {
    const jan1 = (((daysFromCivil(year, 1, 1) + 4) % 7) + 7) % 7;
    return jan1 === 4 || (jan1 === 3 && isLeap(year)) ? 53 : 52;
  };
  if (week < 1) return [t.year - 1, weeks(t.year - 1)];
  if (week > weeks(t.year)) return [t.year + 1, 1];
  return [t.year, week];
}

/** An offset in minutes as %z, %:z, %::z, %:::z. */
function formatOffset(minutes: number, colons: number): string {
  const sign = minutes < 0 ? '-' : '+';
  const h = String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0');
  const m = String(Math.abs(minutes) % 60).padStart(2, '0');
  if (colons === 0) return sign + h + m;
  if (colons === 1) return `${sign}${h}:${m}`;
  if (colons === 2) return `${sign}${h}:${m}:00`;
  return sign + h + (m === '00' ? '' : `:${m}`);
}

export interface TimeZone {
  readonly name: string;
  /** Minutes east of Greenwich. */
  readonly offset: number;
}

export const UTC: TimeZone = { name: 'UTC', offset: 0 };

/** strftime(3) with GNU date's flags (`-`, `_`, `0`, `^`, `#`), widths and %N. Time in microseconds since 1970. */
export function formatTime(format: string, micros: number, zone: TimeZone = UTC): string {
  const seconds = Math.floor(micros / 1e6);
  const t = civil(seconds + zone.offset * 60);
  let out = '';
  for (let i = 0; i < format.length; i++) {
    if (format[i] !== '%') {
      out += format[i];
      continue;
    }
    const m = /^%([-_0^#+]*)(\d*)(:{0,3})([EO]?)([a-zA-Z%+])/.exec(format.slice(i, i + 24));
    if (!m) {
      out += '%';
      continue;
    }
    i += m[0].length - 1;
    out += field(m[5], m[1], m[2] === '' ? undefined : Number(m[2]), m[3].length, m[0]);
  }
  return out;

  function number(value: number, width: number, flags: string, given: number | undefined, fill = '0'): string {
    const pad = flags.includes('-') ? '' : flags.includes('_') ? ' ' : flags.includes('0') ? '0' : fill;
    const sign = value < 0 ? '-' : '';
    const digits = String(Math.abs(value));
    if (pad === '') return sign + digits;
    const wide = given ?? width;
    return pad === '0' ? sign + digits.padStart(wide - sign.length, '0') : (sign + digits).padStart(wide, ' ');
  }

  function word(text: string, flags: string, given: number | undefined): string {
    let shown = text;
    if (flags.includes('^')) shown = shown.toUpperCase();
    if (flags.includes('#')) shown = shown === shown.toUpperCase() ? shown.toLowerCase() : shown.toUpperCase();
    return given === undefined ? shown : shown.padStart(given, flags.includes('0') ? '0' : ' ');
  }

  function field(c: string, flags: string, given: number | undefined, colons: number, whole: string): string {
    const hour12 = t.hour % 12 === 0 ? 12 : t.hour % 12;
    switch (c) {
      case '%':
        return '%';
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case 'a':
        return word(DAYS[t.weekday].slice(0, 3), flags, given);
      case 'A':
        return word(DAYS[t.weekday], flags, given);
      case 'b':
      case 'h':
        return word(MONTHS[t.month - 1].slice(0, 3), flags, given);
      case 'B':
        return word(MONTHS[t.month - 1], flags, given);
      case 'c':
        return word(formatTime('%a %b %e %H:%M:%S %Y', micros, zone), flags, given);
      case 'C':
        return number(Math.floor(t.year / 100), 2, flags, given);
      case 'd':
        return number(t.day, 2, flags, given);
      case 'D':
        return word(formatTime('%m/%d/%y', micros, zone), flags, given);
      case 'e':
        return number(t.day, 2, flags, given, ' ');
      case 'F':
        return word(
          `${flags.includes('-') ? t.year : String(t.year).padStart(4, '0')}-${String(t.month).padStart(2, '0')}-${String(t.day).padStart(2, '0')}`,
          '',
          given,
        );
      case 'g':
        return number(isoWeek(t)[0] % 100, 2, flags, given);
      case 'G':
        return number(isoWeek(t)[0], 4, flags, given);
      case 'H':
        return number(t.hour, 2, flags, given);
      case 'I':
        return number(hour12, 2, flags, given);
      case 'j':
        return number(t.yearDay, 3, flags, given);
      case 'k':
        return number(t.hour, 2, flags, given, ' ');
      case 'l':
        return number(hour12, 2, flags, given, ' ');
      case 'm':
        return number(t.month, 2, flags, given);
      case 'M':
        return number(t.minute, 2, flags, given);
      case 'N': {
        const nanos = `${String(((micros % 1e6) + 1e6) % 1e6).padStart(6, '0')}000`;
        return flags.includes('-') ? nanos.replace(/0+$/, '') : given === undefined ? nanos : nanos.slice(0, given).padEnd(given, '0');
      }
      case 'p':
        return word(t.hour < 12 ? 'AM' : 'PM', flags, given);
      case 'P':
        return t.hour < 12 ? 'am' : 'pm';
      case 'q':
        return String(Math.floor((t.month - 1) / 3) + 1);
      case 'r':
        return formatTime('%I:%M:%S %p', micros, zone);
      case 'R':
        return formatTime('%H:%M', micros, zone);
      case 's':
        return number(seconds, 1, flags, given);
      case 'S':
        return number(t.second, 2, flags, given);
      case 'T':
      case 'X':
        return formatTime('%H:%M:%S', micros, zone);
      case 'u':
        return String(t.weekday === 0 ? 7 : t.weekday);
      case 'U':
        return number(Math.floor((t.yearDay + 6 - t.weekday) / 7), 2, flags, given);
      case 'V':
        return number(isoWeek(t)[1], 2, flags, given);
      case 'w':
        return String(t.weekday);
      case 'W':
        return number(Math.floor((t.yearDay + 6 - ((t.weekday + 6) % 7)) / 7), 2, flags, given);
      case 'x':
        return formatTime('%m/%d/%y', micros, zone);
      case 'y':
        return number(((t.year % 100) + 100) % 100, 2, flags, given);
      case 'Y':
        return number(t.year, 4, flags, given);
      case 'z':
        return formatOffset(zone.offset, colons);
      case 'Z':
        return word(zone.name, flags, given);
      default:
        return whole;
    }
  }
}
