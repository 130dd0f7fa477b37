import { own } from '../../lib/dictionary.ts';
import { civil, DAYS, MONTHS, type TimeZone, toSeconds, UTC } from './calendar.ts';

const UNITS: Readonly<Record<string, number>> = {
  sec: 1,
  second: 1,
  min: 60,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  fortnight: 1_209_600,
};
const ORDINALS: Readonly<Record<string, number>> = {
  last: -1,
  this: 0,
  next: 1,
  first: 1,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
};
const ZONES: Readonly<Record<string, number>> = {
  utc: 0,
  gmt: 0,
  z: 0,
  ut: 0,
  wet: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  cet: 60,
  cest: 120,
  bst: 60,
  jst: 540,
};

/** Reads what `date -d` and `touch -d` take. Answers in microseconds since 1970, or null. */
export function parseDate(text: string, nowMicros: number, zone: TimeZone = UTC): number | null {
  let s = text
    .trim()
    .toLowerCase()
    .replace(/\([^)]*\)/g, ' ');
  const at = /^@(-?\d+)(?:\.(\d+))?$/.exec(s);
  if (at) return Number(at[1]) * 1e6 + Number((at[2] ?? '').padEnd(6, '0').slice(0, 6));
  const now = civil(Math.floor(nowMicros / 1e6) + zone.offset * 60);
  let date: readonly [number, number, number] | undefined;
  let time: readonly [number, number, number] | undefined;
  let micros = 0;
  let offset: number | undefined;
  let weekday: { readonly day: number; readonly ordinal: number } | undefined;
  let addMonths = 0;
  let addSeconds = 0;
  const eat = (re: RegExp): RegExpExecArray | null => {
    const m = re.exec(s);
    if (m) s = s.slice(m[0].length).replace(/^[\s,]+/, '');
    return m;
  };
  const setDate = (y: number, m: number, d: number): boolean => {
    if (date !== undefined || m < 1 || m > 12 || d < 1 || d > 31 || civil(toSeconds(y, m, d)).day !== d) return false;
    date = [y, m, d];
    return true;
  };
  const year2 = (y: string): number => (y.length > 2 ? Number(y) : Number(y) + (Number(y) < 69 ? 2000 : 1900));
  const monthOf = (word: string): number =>
    MONTHS.findIndex(
      (n) =>
        n.toLowerCase() === word || (word.length >= 3 && n.toLowerCase().slice(0, 3) === word) || (word === 'sept' && n === 'September'),
    ) + 1;
  const dayOf = (word: string): number =>
    DAYS.findIndex(
      (n) =>
        n.toLowerCase() === word ||
        n.toLowerCase().slice(0, 3) === word ||
        (['tues', 'wednes', 'thur', 'thurs'].includes(word) && n.toLowerCase().startsWith(word)),
    );
  while (s !== '') {
    let m: RegExpExecArray | null;
    if ((m = eat(/^(\d{4,})-(\d{1,2})-(\d{1,2})(?:t(?=\d))?(?!\d)/))) {
      if (!setDate(Number(m[1]), Number(m[2]), Number(m[3]))) return null;
    } else if ((m = eat(/^(\d{4})\/(\d{1,2})\/(\d{1,2})/))) {
      if (!setDate(Number(m[1]), Number(m[2]), Number(m[3]))) return null;
    } else if ((m = eat(/^(\d{1,2})\/(\d{1,2})(?:\/(\d{2,4}))?/))) {
      if (!setDate(m[3] === undefined ? now.year : year2(m[3]), Number(m[1]), Number(m[2]))) return null;
    } else if ((m = eat(/^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(am|pm|a\.m\.|p\.m\.)?/))) {
      let hour = Number(m[1]);
      if (m[5] !== undefined) hour = (hour % 12) + (m[5][0] === 'p' ? 12 : 0);
      if (hour > 24 || Number(m[2]) > 59 || Number(m[3] ?? 0) > 60 || time !== undefined) return null;
      time = [hour, Number(m[2]), Number(m[3] ?? 0)];
      micros = Number((m[4] ?? '').padEnd(6, '0').slice(0, 6));
      const z = eat(/^([-+])(\d{2}):?(\d{2})?(?![\d:])/);
      if (z) offset = (z[1] === '-' ? -1 : 1) * (Number(z[2]) * 60 + Number(z[3] ?? 0));
    } else if ((m = eat(/^(\d{1,2})\s*(am|pm)\b/))) time = [(Number(m[1]) % 12) + (m[2] === 'pm' ? 12 : 0), 0, 0];
    else if ((m = eat(/^(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?(?:[\s,-]+(\d{4}|\d{2}(?!:)))?(?![\da-z:])/)) && monthOf(m[2]) > 0) {
      if (!setDate(m[3] === undefined ? now.year : year2(m[3]), monthOf(m[2]), Number(m[1]))) return null;
    } else if (m) {
      s = `${m[0]} ${s}`.trim();
      if (!relativeItem()) return null;
    } else if ((m = eat(/^(\d{4})(\d{2})(\d{2})(?:t?(\d{2})(\d{2})(\d{2})?)?(?!\d)/))) {
      if (!setDate(Number(m[1]), Number(m[2]), Number(m[3]))) return null;
      if (m[4] !== undefined) time = [Number(m[4]), Number(m[5]), Number(m[6] ?? 0)];
    } else if (!relativeItem()) return null;
  }
  // What was not said is now's: the date; the time is midnight once a date or a day was named.
  const [y, mo, d] = date ?? [now.year, now.month, now.day];
  const [h, mi, sec] = time ?? (date !== undefined || weekday !== undefined ? [0, 0, 0] : [now.hour, now.minute, now.second]);
  if (time === undefined && date === undefined && weekday === undefined) micros = ((nowMicros % 1e6) + 1e6) % 1e6;
  let seconds = toSeconds(y, mo + addMonths, d, h, mi, sec);
  if (weekday !== undefined && date === undefined) {
    const today = civil(seconds).weekday;
    const ahead = (weekday.day - today + 7) % 7;
    seconds += (ahead + 7 * (weekday.ordinal - (weekday.ordinal > 0 && ahead !== 0 ? 1 : 0))) * 86_400;
  }
  return (seconds + addSeconds - (offset ?? zone.offset) * 60) * 1e6 + micros;

  function relativeItem(): boolean {
    let m: RegExpExecArray | null;
    if (eat(/^now\b/)) return true;
    if (eat(/^today\b/)) return true;
    if (eat(/^noon\b/)) time = [12, 0, 0];
    else if (eat(/^midnight\b/)) time = [0, 0, 0];
    else if (eat(/^tomorrow\b/)) addSeconds += 86_400;
    else if (eat(/^yesterday\b/)) addSeconds -= 86_400;
    else if (
      (m = eat(
        /^([-+]?\s*\d+|last|this|next|an?|first|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\s*(seconds?|secs?|minutes?|mins?|hours?|days?|weeks?|fortnights?|months?|years?)\b(\s+ago\b)?/,
      ))
    ) {
      const count = ORDINALS[m[1]] ?? (/^an?$/.test(m[1]) ? 1 : Number(m[1].replace(/\s+/g, '')));
      shift(count * (m[3] === undefined ? 1 : -1), m[2].replace(/s$/, ''));
    } else if ((m = eat(/^(seconds?|secs?|minutes?|mins?|hours?|days?|weeks?|fortnights?|months?|years?)\b(\s+ago\b)?/)))
      shift(m[2] === undefined ? 1 : -1, m[1].replace(/s$/, ''));
    else if ((m = eat(/^(last|this|next)\s+([a-z]+)\b/))) {
      const day = dayOf(m[2]);
      if (day < 0) return false;
      weekday = { day, ordinal: ORDINALS[m[1]] };
    } else if ((m = eat(/^([-+])(\d{2}):?(\d{2})\b/))) offset = (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3]));
    else if ((m = eat(/^([a-z]{3,9})\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?(?:\s*,?\s*(\d{4}))?(?![\d:])/)) && monthOf(m[1]) > 0) {
      let year = m[3] === undefined ? undefined : Number(m[3]);
      if (year === undefined) {
        const later = /(?:^|\s)(\d{4})$/.exec(s);
        if (later) {
          year = Number(later[1]);
          s = s.slice(0, later.index).trim();
        }
      }
      return setDate(year ?? now.year, monthOf(m[1]), Number(m[2]));
    } else if (m) {
      s = `${m[0]} ${s}`.trim();
      const w = eat(/^([a-z]+)\.?/)!;
      const day = dayOf(w[1]);
      if (day < 0) return false;
      weekday = { day, ordinal: 0 };
    } else if ((m = eat(/^([a-z]+)\.?(?![a-z])/))) {
      const day = dayOf(m[1]);
      if (day >= 0) weekday = { day, ordinal: 0 };
      else if (own(ZONES, m[1]) !== undefined) {
        offset = ZONES[m[1]];
        const z = eat(/^([-+])(\d{1,2})(?::?(\d{2}))?\b/);
        if (z) offset += (z[1] === '-' ? -1 : 1) * (Number(z[2]) * 60 + Number(z[3] ?? 0));
      } else if (m[1] === 'ago') addSeconds = -addSeconds;
      else return false;
    } else return false;
    return true;
  }

  function shift(count: number, unit: string): void {
    if (unit === 'month') addMonths += count;
    else if (unit === 'year') addMonths += 12 * count;
    else addSeconds += count * UNITS[unit];
  }
}
