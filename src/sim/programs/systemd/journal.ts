/** The journal: one line per entry in /var/log/journal/entries, as `journalctl` prints it plus the unit and the second. */
import type { Sim } from '../../kernel/sim.ts';
import { appendFile, gethostname, mkdirAll, readText, statOrNull, wallClock } from '../../kernel/syscalls.ts';
import { civil } from '../procps/columns.ts';

const PATH = '/var/log/journal/entries';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export interface JournalEntry {
  /** Microseconds since 1970. */
  readonly time: number;
  readonly unit: string;
  /** 'Nov 24 14:04:40 node1 dockerd[512]: message'. */
  readonly line: string;
}

export function* log(unit: string, source: string, message: string): Sim<void> {
  const time = yield* wallClock();
  const host = yield* gethostname();
  yield* mkdirAll('/var/log/journal');
  yield* appendFile(PATH, `${time}\t${unit}\t${shortTime(time)} ${host} ${source}: ${message}\n`);
}

export function* readJournal(unit?: string): Sim<readonly JournalEntry[]> {
  if (!(yield* statOrNull(PATH))) return [];
  return (yield* readText(PATH)).split('\n').flatMap((text) => {
    const [time, name, line] = text.split(/\t(.*?)\t(.*)/s);
    return line !== undefined && (unit === undefined || name === unit) ? [{ time: Number(time), unit: name, line }] : [];
  });
}

const two = (n: number) => String(Math.floor(n)).padStart(2, '0');

/** 'Nov 24 14:04:40' in UTC. */
function shortTime(microseconds: number): string {
  const seconds = Math.floor(microseconds / 1e6);
  const { month, day } = civil(Math.floor(seconds / 86_400));
  const rest = seconds % 86_400;
  return `${MONTHS[month - 1]} ${two(day)} ${two(rest / 3600)}:${two((rest % 3600) / 60)}:${two(rest % 60)}`;
}

const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];

/** 'Tue 2026-11-24 14:04:40 UTC'. */
export function longTime(microseconds: number): string {
  const seconds = Math.floor(microseconds / 1e6);
  const days = Math.floor(seconds / 86_400);
  const { year, month, day } = civil(days);
  const rest = seconds % 86_400;
  return `${DAYS[days % 7]} ${year}-${two(month)}-${two(day)} ${two(rest / 3600)}:${two((rest % 3600) / 60)}:${two(rest % 60)} UTC`;
}
