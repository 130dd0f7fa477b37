import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { getenv, stat, wallClock } from '../kernel/syscalls.ts';
import { own } from '../lib/dictionary.ts';
import { formatTime, type TimeZone, toSeconds, UTC } from './lib/calendar.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { LineReader, openInput } from './lib/input.ts';
import { parseOptions } from './lib/options.ts';
import { parseDate } from './lib/parseDate.ts';
import { fileName, quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'd:f:I::r:Rs:uD:',
  long: {
    date: 'd:',
    file: 'f:',
    'iso-8601': 'I::',
    reference: 'r:',
    'rfc-email': 'R',
    'rfc-3339': '3339:',
    set: 's:',
    utc: 'u',
    universal: 'u',
    debug: 'debug',
    resolution: 'res',
  },
  usage: '[OPTION]... [+FORMAT]\n[-u|--utc|--universal] [MMDDhhmm[[CC]YY][.ss]]',
  about: 'Prints the time, or the time that a text names, in a format.',
};
const ISO: Readonly<Record<string, string>> = {
  '': '%Y-%m-%d',
  date: '%Y-%m-%d',
  hours: '%Y-%m-%dT%H%:z',
  minutes: '%Y-%m-%dT%H:%M%:z',
  seconds: '%Y-%m-%dT%H:%M:%S%:z',
  ns: '%Y-%m-%dT%H:%M:%S,%N%:z',
};

/** The zone that TZ names: a POSIX offset (`CET-1`); names of zone files are shown, at UTC, as when the file is missing. */
export function* timeZone(): Sim<TimeZone> {
  const text = yield* getenv('TZ');
  if (text === undefined || text === '') return UTC;
  const m = /^<?([A-Za-z]{3,}|[-+\w]+)>?([-+]?)(\d{1,2})(?::(\d{2}))?/.exec(text);
  if (m) return { name: m[1], offset: (m[2] === '-' ? 1 : -1) * (Number(m[3]) * 60 + Number(m[4] ?? 0)) };
  const name = text.replace(/^:/, '');
  if (name === 'UTC' || name === 'Etc/UTC') return UTC;
  return { name: name.includes('/') ? name.slice(0, name.indexOf('/')) : name, offset: 0 };
}

/** Prints or reads dates. */
export function* date(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  const zone = o.has('u') ? UTC : yield* timeZone();
  let format: string | undefined;
  for (const word of o.operands) {
    if (!word.startsWith('+')) {
      if (o.has('d') || o.operands.length > 1 || !/^\d{8,12}(\.\d\d)?$/.test(word)) {
        if (o.operands.length > 1) throw new UsageError(`extra operand ${quote(o.operands[1])}`);
        if (!/^\d{8}(\d\d){0,2}(\.\d\d)?$/.test(word))
          throw new Fatal(t.busybox ? `invalid date '${word}'` : `invalid date ${quote(word)}`);
      }
      if (t.busybox) return yield* setTime(t, word, zone);
      throw new Fatal('cannot set date: Operation not permitted');
    }
    if (format !== undefined) throw new UsageError(`extra operand ${quote(word)}`);
    format = word.slice(1);
  }
  for (const [key, value] of o.options) {
    const iso =
      key === 'I' || key === '3339' ? (key === '3339' ? own(ISO, value)?.replace('T', ' ').replace(',', '.') : own(ISO, value)) : undefined;
    if (key === 'R') format ??= '%a, %d %b %Y %H:%M:%S %z';
    else if (key === 'I' || key === '3339') {
      if (iso === undefined)
        throw new UsageError(
          `invalid argument ${quote(value)} for ${quote(key === 'I' ? '--iso-8601' : '--rfc-3339')}\nValid arguments are:\n${(key === 'I' ? ['hours', 'minutes', 'date', 'seconds', 'ns'] : ['date', 'seconds', 'ns']).map((w) => `  - ${quote(w)}`).join('\n')}`,
        );
      format ??= iso;
    }
  }
  format ??= DEFAULT_FORMAT;
  const now = yield* wallClock();
  const reference = o.value('r');
  const text = o.value('d');
  const wanted = o.value('s');
  if (wanted !== undefined && t.busybox) return yield* setTime(t, wanted, zone, format);
  if (wanted !== undefined) throw new Fatal('cannot set date: Operation not permitted');
  const file = o.value('f');
  if (file !== undefined) {
    const reader = new LineReader(yield* openInput(file));
    for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
      const when = parseDate(line, now, zone);
      if (when === null) yield* t.error(`invalid date ${quote(line)}`);
      else yield* t.print(`${formatTime(format, when, zone)}\n`);
    }
    return;
  }
  let micros = now;
  if (reference !== undefined) {
    try {
      micros = (yield* stat(reference)).mtime;
    } catch (error) {
      if (isErrno(error))
        throw new Fatal(t.busybox ? `can't stat '${reference}': ${error.message}` : `${fileName(reference)}: ${error.message}`);
      throw error;
    }
  } else if (text !== undefined) {
    const when = t.busybox ? busyboxDate(text, now, zone) : parseDate(text === '' ? 'today 00:00' : text, now, zone);
    if (when === null) throw new Fatal(t.busybox ? `invalid date '${text}'` : `invalid date ${quote(text)}`);
    micros = when;
  }
  yield* t.print(`${formatTime(format, micros, zone)}\n`);
}

const DEFAULT_FORMAT = '%a %b %e %H:%M:%S %Z %Y';

/** Nobody in a container may set the clock. BusyBox says so and prints the time that was asked for. */
function* setTime(t: Tool, text: string, zone: TimeZone, format = DEFAULT_FORMAT): Sim<void> {
  const when = busyboxDate(text, yield* wallClock(), zone);
  if (when === null) throw new Fatal(`invalid date '${text}'`);
  yield* t.error("can't set date: Operation not permitted");
  t.status = 0;
  yield* t.print(`${formatTime(format, when, zone)}\n`);
}

/** The few forms that BusyBox reads: seconds since 1970, a time of day, a date with or without a time. */
function busyboxDate(text: string, now: number, zone: TimeZone): number | null {
  const m = /^(\d{4})\.(\d{2})\.(\d{2})-(\d{2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (m) return toSeconds(Number(m[1]), Number(m[2]), Number(m[3]), Number(m[4]), Number(m[5]), Number(m[6] ?? 0)) * 1e6;
  if (/^(@-?\d+|\d\d?:\d\d(:\d\d)?|\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?( [-+]\d{4}|Z)?)$/.test(text)) return parseDate(text, now, zone);
  return null;
}

export const program = tool('date', date);
