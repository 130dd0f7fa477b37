import { civil, DAYS, daysFromCivil, MONTHS } from '../../calendar.ts';

export interface ParsedTime {
  readonly year: number;
  /** From 0. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number | undefined;
  readonly yearDay: number | undefined;
  /** Text after the match, from a blank on. */
  readonly rest: string;
}

const COMPOSED: Readonly<Record<string, string>> = {
  T: '%H:%M:%S',
  R: '%H:%M',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  r: '%I:%M:%S %p',
  c: '%a %b %e %H:%M:%S %Y',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
};
const NUMBERS: Readonly<Record<string, readonly [low: number, high: number, digits: number]>> = {
  d: [1, 31, 2],
  e: [1, 31, 2],
  H: [0, 23, 2],
  k: [0, 23, 2],
  I: [1, 12, 2],
  l: [1, 12, 2],
  j: [1, 366, 3],
  m: [1, 12, 2],
  M: [0, 59, 2],
  S: [0, 61, 2],
  Y: [0, 9999, 4],
  y: [0, 99, 2],
  C: [0, 99, 2],
  u: [1, 7, 1],
  w: [0, 6, 1],
  U: [0, 53, 2],
  W: [0, 53, 2],
  V: [0, 53, 2],
};

/** strptime(3) as glibc has it in the C locale. Undefined if the text is not of the format. */
export function parseTime(text: string, format: string): ParsedTime | undefined {
  const found = new Map<string, number>();
  let at = 0;
  if (!fields(format)) return undefined;
  const rest = text.slice(at);
  if (rest !== '' && !/^\s/.test(rest)) return undefined;
  return result(found, rest);

  function fields(pattern: string): boolean {
    for (let i = 0; i < pattern.length; i++) {
      if (/\s/.test(pattern[i])) blanks();
      else if (pattern[i] !== '%') {
        if (text[at++] !== pattern[i]) return false;
      } else {
        i++;
        while ('EO-_0^#'.includes(pattern[i]) && i + 1 < pattern.length) i++;
        if (!field(pattern[i])) return false;
      }
    }
    return true;
  }

  function blanks(): void {
    while (/\s/.test(text[at] ?? '')) at++;
  }

  function field(c: string): boolean {
    if (COMPOSED[c] !== undefined) return fields(COMPOSED[c]);
    if (c === '%') return text[at++] === '%';
    if (c === 'n' || c === 't') {
      blanks();
      return true;
    }
    if (c === 'a' || c === 'A') return word('a', DAYS);
    if (c === 'b' || c === 'B' || c === 'h') return word('b', MONTHS);
    if (c === 'p') return word('p', ['AM', 'PM']);
    if (c === 'Z') {
      at += /^[A-Za-z]*/.exec(text.slice(at))?.[0].length ?? 0;
      return true;
    }
    if (c === 'z') return zone();
    if (c === 's') return number('s', 0, Number.MAX_SAFE_INTEGER, 16);
    return NUMBERS[c] !== undefined && number(c, ...NUMBERS[c]);
  }

  function zone(): boolean {
    blanks();
    const m = /^(?:Z|[+-]\d\d(?::?\d\d)?)/.exec(text.slice(at));
    if (m === null) return false;
    at += m[0].length;
    return true;
  }

  function number(key: string, low: number, high: number, digits: number): boolean {
    blanks();
    const m = /^\d+/.exec(text.slice(at, at + digits));
    if (m === null || Number(m[0]) < low || Number(m[0]) > high) return false;
    found.set(key, Number(m[0]));
    at += m[0].length;
    return true;
  }

  function word(key: string, words: readonly string[]): boolean {
    const here = text.slice(at).toLowerCase();
    for (let i = 0; i < words.length; i++) {
      const full = words[i].toLowerCase();
      const length = here.startsWith(full) ? full.length : full.length > 2 && here.startsWith(full.slice(0, 3)) ? 3 : 0;
      if (length === 0) continue;
      found.set(key, i);
      at += length;
      return true;
    }
    return false;
  }
}

function result(found: ReadonlyMap<string, number>, rest: string): ParsedTime {
  const get = (...keys: string[]): number | undefined => keys.map((key) => found.get(key)).find((v) => v !== undefined);
  const since = get('s');
  if (since !== undefined) {
    const t = civil(since);
    return { ...t, month: t.month - 1, weekday: t.weekday, yearDay: t.yearDay - 1, rest };
  }
  const short = get('y');
  const century = get('C');
  const twoDigits = short === undefined ? undefined : century === undefined ? short + (short < 69 ? 2000 : 1900) : century * 100 + short;
  const year = get('Y') ?? twoDigits ?? (century === undefined ? 1900 : century * 100);
  const twelve = get('I', 'l');
  const hour = get('H', 'k') ?? (twelve === undefined ? 0 : (twelve % 12) + (get('p') === 1 ? 12 : 0));
  const yearDay = get('j');
  const named = get('b') ?? (found.has('m') ? (found.get('m') as number) - 1 : undefined);
  const sunday = get('u');
  const weekday = get('a', 'w') ?? (sunday === undefined ? undefined : sunday % 7);
  const inYear = yearDay === undefined ? undefined : civil((daysFromCivil(year, 1, 1) + yearDay - 1) * 86_400);
  return {
    year,
    month: named ?? (inYear ? inYear.month - 1 : 0),
    day: get('d', 'e') ?? inYear?.day ?? 0,
    hour,
    minute: get('M') ?? 0,
    second: get('S') ?? 0,
    weekday,
    yearDay: undefined,
    rest,
  };
}
