import type { Sim } from '../kernel/sim.ts';
import { wallClock } from '../kernel/syscalls.ts';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** Seconds since 1970 of the simulated machine. */
export function* realTime(): Sim<number> {
  return Math.floor((yield* wallClock()) / 1_000_000);
}

/** Days since 1970 to a date (proleptic Gregorian, after Howard Hinnant's algorithm). */
function civil(days: number): { year: number; month: number; day: number; yearDay: number } {
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1];
  return { year, month, day, yearDay: before + day + (leap && month > 2 ? 1 : 0) };
}

/** strftime(3) in UTC and the C locale. */
export function strftime(format: string, seconds: number): string {
  const days = Math.floor(seconds / 86400);
  const rest = seconds - days * 86400;
  const { year, month, day, yearDay } = civil(days);
  const hour = Math.floor(rest / 3600);
  const minute = Math.floor(rest / 60) % 60;
  const second = rest % 60;
  const weekday = (((days + 4) % 7) + 7) % 7;
  const two = (n: number): string => String(n).padStart(2, '0');
  const one = (c: string): string => {
    switch (c) {
      case 'Y':
        return String(year);
      case 'y':
        return two(year % 100);
      case 'C':
        return two(Math.floor(year / 100));
      case 'm':
        return two(month);
      case 'd':
        return two(day);
      case 'e':
        return String(day).padStart(2);
      case 'H':
        return two(hour);
      case 'k':
        return String(hour).padStart(2);
      case 'I':
        return two(hour % 12 || 12);
      case 'l':
        return String(hour % 12 || 12).padStart(2);
      case 'M':
        return two(minute);
      case 'S':
        return two(second);
      case 'p':
        return hour < 12 ? 'AM' : 'PM';
      case 'P':
        return hour < 12 ? 'am' : 'pm';
      case 'a':
        return DAYS[weekday].slice(0, 3);
      case 'A':
        return DAYS[weekday];
      case 'b':
      case 'h':
        return MONTHS[month - 1].slice(0, 3);
      case 'B':
        return MONTHS[month - 1];
      case 'j':
        return String(yearDay).padStart(3, '0');
      case 'u':
        return String(weekday || 7);
      case 'w':
        return String(weekday);
      case 's':
        return String(seconds);
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case 'Z':
        return 'UTC';
      case 'z':
        return '+0000';
      case 'F':
        return strftime('%Y-%m-%d', seconds);
      case 'T':
      case 'X':
        return strftime('%H:%M:%S', seconds);
      case 'R':
        return strftime('%H:%M', seconds);
      case 'D':
      case 'x':
        return strftime('%m/%d/%y', seconds);
      case 'r':
        return strftime('%I:%M:%S %p', seconds);
      case 'c':
        return strftime('%a %b %e %H:%M:%S %Y', seconds);
      case '%':
        return '%';
      default:
        return `%${c}`;
    }
  };
  return format.replace(/%([A-Za-z%])/g, (_, c: string) => one(c));
}
