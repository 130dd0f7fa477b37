import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { close, lstat, lstatOrNull, open, stat, statOrNull, utimes, wallClock } from '../kernel/syscalls.ts';
import { timeZone } from './date.ts';
import { civil, toSeconds } from './lib/calendar.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { parseOptions } from './lib/options.ts';
import { parseDate } from './lib/parseDate.ts';
import { quote, quoteAlways } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'acd:fhmr:t:',
  long: { 'no-create': 'c', date: 'd:', 'no-dereference': 'h', reference: 'r:', time: 'time:' },
  usage: '[OPTION]... FILE...',
  about: 'Sets the times of each file to now; makes files that are not there.',
};

/** [[CC]YY]MMDDhhmm[.ss] */
function stamp(text: string, now: number): number | null {
  const m = /^(\d{2}|\d{4})?(\d{2})(\d{2})(\d{2})(\d{2})(?:\.(\d{2}))?$/.exec(text);
  if (!m) return null;
  const year =
    m[1] === undefined ? civil(now / 1e6).year : m[1].length === 4 ? Number(m[1]) : Number(m[1]) + (Number(m[1]) < 69 ? 2000 : 1900);
  const [month, day, hour, minute, second] = [m[2], m[3], m[4], m[5], m[6] ?? '0'].map(Number);
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59) return null;
  return toSeconds(year, month, day, hour, minute, second) * 1e6;
}

/** Changes times, makes empty files. */
export function* touch(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  const now = yield* wallClock();
  const zone = yield* timeZone();
  let atime = now;
  let mtime = now;
  const reference = o.value('r');
  if (reference !== undefined) {
    try {
      const info = yield* o.has('h') ? lstat(reference) : stat(reference);
      [atime, mtime] = [info.atime, info.mtime];
    } catch (error) {
      if (isErrno(error)) throw new Fatal(`failed to get attributes of ${quoteAlways(reference)}: ${error.message}`);
      throw error;
    }
  }
  const text = o.value('d');
  if (text !== undefined) {
    const when = parseDate(text === '' ? '00:00' : text, reference === undefined ? now : mtime, zone);
    if (when === null) throw new Fatal(t.busybox ? `invalid date '${text}'` : `invalid date format ${quote(text)}`);
    atime = mtime = when;
  }
  const posix = o.value('t');
  if (posix !== undefined) {
    const when = stamp(posix, now);
    if (when === null) throw new Fatal(`invalid date format ${quote(posix)}`);
    atime = mtime = when - zone.offset * 60e6;
  }
  const word = o.value('time');
  const onlyA = o.has('a') || (word !== undefined && ['access', 'atime', 'use'].includes(word));
  const onlyM = o.has('m') || (word !== undefined && ['modify', 'mtime'].includes(word));
  if (o.operands.length === 0) throw new UsageError(t.busybox ? '' : 'missing file operand');
  for (const path of o.operands) {
    try {
      let info = yield* o.has('h') ? lstatOrNull(path) : statOrNull(path);
      if (info === null) {
        if (o.has('c') || o.has('h')) {
          if (o.has('h') && !o.has('c')) yield* t.error(`setting times of ${quoteAlways(path)}: No such file or directory`);
          continue;
        }
        yield* close(yield* open(path, { write: true, create: true }, 0o666));
        info = yield* stat(path);
      }
      yield* utimes(path, onlyM && !onlyA ? info.atime : atime, onlyA && !onlyM ? info.mtime : mtime, { nofollow: o.has('h') });
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (t.busybox) yield* t.error(`${path}: ${error.message}`);
      else yield* t.error(`${error.code === 'EPERM' ? 'setting times of' : 'cannot touch'} ${quoteAlways(path)}: ${error.message}`);
    }
  }
}

export const program = tool('touch', touch);
