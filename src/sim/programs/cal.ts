import type { Sim } from '../kernel/sim.ts';
import { isatty, wallClock } from '../kernel/syscalls.ts';
import { civil, daysFromCivil, isLeap, MONTHS } from './lib/calendar.ts';
import { Fatal } from './lib/failure.ts';
import { parseOptions } from './lib/options.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

interface Style {
  readonly mondayFirst: boolean;
  readonly julian: boolean;
  /** Days since 1970 of the day that is shown in reverse; undefined for none. */
  readonly today: number | undefined;
}

/** The rows of a month without blanks at their ends: title, week days, six weeks. */
function month(year: number, m: number, style: Style, withYear: boolean): string[] {
  const cell = style.julian ? 3 : 2;
  const width = 7 * (cell + 1) - 1;
  const title = withYear ? `${MONTHS[m - 1]} ${year}` : MONTHS[m - 1];
  const rows = [title.padStart(title.length + Math.floor((width - title.length) / 2))];
  const names = style.mondayFirst ? ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] : ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'];
  rows.push(names.map((n) => n.padStart(cell)).join(' '));
  const first = daysFromCivil(year, m, 1);
  const yearStart = daysFromCivil(year, 1, 1);
  // 1970-01-01 was a Thursday.
  const weekday = (((first + 4) % 7) + 7) % 7;
  const lead = style.mondayFirst ? (weekday + 6) % 7 : weekday;
  const days = m === 2 && isLeap(year) ? 29 : LENGTHS[m - 1];
  const cells: string[] = new Array(lead).fill(' '.repeat(cell));
  for (let d = 1; d <= days; d++) {
    const text = String(style.julian ? first + d - yearStart : d).padStart(cell);
    cells.push(first + d - 1 === style.today ? text.replace(/\d+/, '\x1b[7m$&\x1b[27m') : text);
  }
  for (let week = 0; week < 6; week++) rows.push(cells.slice(week * 7, week * 7 + 7).join(' '));
  return rows;
}

const visible = (text: string) => text.replace(/\x1b\[\d*m/g, '').length;
const beside = (months: readonly (readonly string[])[], width: number, gap: string): string[] =>
  months[0].map((_, row) => months.map((rows) => rows[row] + ' '.repeat(Math.max(0, width - visible(rows[row])))).join(gap));

/** cal(1) of Debian's ncal package: Sunday first, today in reverse on a terminal. */
export function* cal(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: '13A:B:bCd:ehH:jJm:MN:oppsSwWyY',
    long: { one: '1', three: '3', year: 'y', monday: 'M', sunday: 'S', julian: 'j' },
    usage: '[-31jy] [-A number] [-B number] [-d yyyy-mm] [[month] year]',
    about: 'Prints a calendar.',
    version: 'ncal 12.1.8)',
  });
  const now = civil(Math.floor((yield* wallClock()) / 1e6));
  let year = now.year;
  let m: number | undefined = now.month;
  const words = [...o.operands];
  if (o.has('m') && /^\d+$/.test(o.value('m')!)) words.unshift(o.value('m')!);
  if (words.length === 1 && !o.has('m')) {
    const named = monthNumber(words[0]);
    if (named !== undefined && !/^\d+$/.test(words[0])) m = named;
    else {
      year = yearNumber(words[0]);
      m = undefined;
    }
  } else if (words.length >= 2) {
    m = monthNumber(words[0]);
    if (m === undefined)
      throw new Fatal(t.busybox ? `number ${words[0]} is not in 1..12 range` : `${words[0]} is neither a month number (1..12) nor a name`);
    year = yearNumber(words[1]);
  } else if (words.length === 1) {
    m = monthNumber(words[0]);
    if (m === undefined) throw new Fatal(`${words[0]} is neither a month number (1..12) nor a name`);
  }
  const terminal = (yield* isatty(1)) && !o.has('h');
  const style: Style = {
    mondayFirst: o.has('M'),
    julian: o.has('j'),
    today: terminal ? daysFromCivil(now.year, now.month, now.day) : undefined,
  };
  const width = style.julian ? 27 : 20;
  if (o.has('y') || m === undefined) {
    const per = style.julian ? 2 : 3;
    const line = per * width + (per - 1) * 2;
    const out = [String(year).padStart(Math.floor((line + String(year).length) / 2))];
    for (let from = 1; from <= 12; from += per)
      out.push(
        ...beside(
          Array.from({ length: per }, (_, i) => month(year, from + i, style, false)),
          width,
          '  ',
        ),
      );
    yield* t.print(out.map((row) => `${row}${' '.repeat(row === out[0] ? 0 : 2)}\n`).join(''));
    return;
  }
  const before = o.has('3') ? 1 : Number(o.value('B') ?? 0);
  const after = o.has('3') ? 1 : Number(o.value('A') ?? 0);
  const shown = Array.from({ length: before + after + 1 }, (_, i) => {
    const index = year * 12 + m! - 1 - before + i;
    return month(Math.floor(index / 12), (index % 12) + 1, style, true);
  });
  for (let i = 0; i < shown.length; i += 3)
    yield* t.print(
      beside(shown.slice(i, i + 3), width, '  ')
        .map((row) => `${row}  \n`)
        .join(''),
    );
}

function monthNumber(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) >= 1 && Number(text) <= 12 ? Number(text) : undefined;
  const at = text.length >= 3 ? MONTHS.findIndex((name) => name.toLowerCase().startsWith(text.toLowerCase())) : -1;
  return at < 0 ? undefined : at + 1;
}

function yearNumber(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > 9999) throw new Fatal(`year ${quote(text)} not in range 1..9999`);
  return Number(text);
}

export const program = tool('cal', cal, { shortName: true });
