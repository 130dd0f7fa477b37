/** `docker logs`: what the container said, from its log file, and what it goes on to say. */
import type { LogsOptions } from '../../api/types/options.ts';
import type { Gone, OutputStreams } from '../../api/types/streams.ts';
import type { Sim } from '../../kernel/sim.ts';
import { now, waitOn } from '../../kernel/syscalls.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { conflict, DaemonError } from '../errors.ts';
import { findContainer } from '../find.ts';
import type { LogEntry } from './jsonFile.ts';
import { readEntries } from './jsonFile.ts';
import type { ContainerServices } from './services.ts';
import { isRunning } from './state.ts';

export function* logs(
  d: ContainerServices,
  name: string,
  options: LogsOptions,
  open: (tty: boolean) => Sim<OutputStreams>,
  gone: Gone,
): Sim<void> {
  const c = findContainer(d.records, name);
  if (c.state.status === 'removing' || c.state.status === 'dead') {
    throw conflict('can not get logs from container which is dead or marked for removal');
  }
  const driver = c.hostConfig.LogConfig.Type;
  if (driver !== 'json-file' && driver !== 'local') {
    throw new DaemonError('notImplemented', 'configured logging driver does not support reading');
  }
  const since = logTime(options.since);
  const until = options.until === '0' ? undefined : logTime(options.until);
  const wanted = (entry: LogEntry): boolean =>
    (entry.stream === 'stdout' ? options.stdout : options.stderr) &&
    (since === undefined || entry.timeUs >= since) &&
    (until === undefined || entry.timeUs <= until);
  const live = d.live.container(c.id);
  const out = yield* open(c.config.Tty);
  let seen = 0;
  let first = true;
  for (;;) {
    const running = isRunning(d.records.get('containers', c.id) ?? c) && d.records.get('containers', c.id) !== undefined;
    const all = yield* readEntries(d.config.root, c);
    let fresh = all.slice(seen);
    seen = all.length;
    if (first)
      fresh = tailOf(
        fresh.filter((entry) => (entry.stream === 'stdout' ? options.stdout : options.stderr)),
        options.tail,
      );
    first = false;
    for (const entry of fresh) {
      if (!wanted(entry)) continue;
      yield* out[entry.stream](encodeUtf8(line(entry, options)));
    }
    if (!options.follow || !running || gone.closed || live.removed) return;
    let wait: number | undefined;
    if (until !== undefined) {
      wait = until - (d.clock.epochUs + (yield* now()));
      if (wait <= 0) return;
    }
    if (seen === (yield* readEntries(d.config.root, c)).length) yield* waitOn([live.logged, live.changed, gone.gone], wait);
  }
}

function tailOf(entries: readonly LogEntry[], tail: string): LogEntry[] {
  if (!/^-?\d+$/.test(tail) || Number(tail) < 0) return [...entries];
  const lines = Number(tail);
  return lines === 0 ? [] : entries.slice(-lines);
}

function line(entry: LogEntry, options: LogsOptions): string {
  const details = options.details ? `${detailsText(entry.attrs)} ` : '';
  const time = options.timestamps ? `${fixedTime(entry.time)} ` : '';
  return `${time}${details}${entry.log}`;
}

function detailsText(attrs: LogEntry['attrs']): string {
  return Object.entries(attrs ?? {})
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`)
    .join(',');
}

/** Nine digits, as Docker pads them here. */
function fixedTime(time: string): string {
  const match = /^(.*?)(?:\.(\d+))?Z$/.exec(time);
  return match ? `${match[1]}.${(match[2] ?? '').padEnd(9, '0')}Z` : time;
}

/** Unix seconds with a fraction, or RFC 3339: microseconds since 1970. */
function logTime(text: string): number | undefined {
  if (text === '') return undefined;
  const [seconds, fraction = ''] = text.split('.');
  if (!/^-?\d+$/.test(seconds)) throw new DaemonError('system', `strconv.ParseInt: parsing ${JSON.stringify(seconds)}: invalid syntax`);
  return Number(seconds) * 1_000_000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}
