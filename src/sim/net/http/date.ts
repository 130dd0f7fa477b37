import { civil } from '../../lib/goTime.ts';

const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

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
  const { year, month, day } = civil(days * 86_400);
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
