const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Year, month (1..12) and day of a day number since 1970 (Howard Hinnant's civil_from_days). */
export function civilDate(days: number): { year: number; month: number; day: number } {
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const m = Math.floor((5 * dayOfYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day: dayOfYear - Math.floor((153 * m + 2) / 5) + 1 };
}

export interface CalendarTime {
  readonly year: number;
  readonly month: string;
  readonly weekday: string;
  readonly day: string;
  readonly time: string;
}

/** The parts of a UTC time that HTTP dates and access logs are made of. `epochUs` is microseconds since 1970. */
export function calendarTime(epochUs: number): CalendarTime {
  const seconds = Math.floor(epochUs / 1_000_000);
  const days = Math.floor(seconds / 86400);
  const rest = seconds - days * 86400;
  const { year, month, day } = civilDate(days);
  const two = (n: number) => String(n).padStart(2, '0');
  return {
    year,
    month: MONTHS[month - 1],
    weekday: DAYS[((days % 7) + 7) % 7],
    day: two(day),
    time: `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`,
  };
}

/** 'Tue, 15 Nov 1994 08:12:31 GMT' (RFC 9110, 5.6.7). */
export function httpDate(epochUs: number): string {
  const t = calendarTime(epochUs);
  return `${t.weekday}, ${t.day} ${t.month} ${t.year} ${t.time} GMT`;
}
