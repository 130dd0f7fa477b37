/** `docker logs`: what the container said, from its log file, and what it goes on to say. */
import type { LogsOptions } from '../../api/types/options.ts';
import type { Gone, LogStreams } from '../../api/types/streams.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { conflict, DaemonError } from '../errors.ts';
import { findContainer } from '../find.ts';
import type { ContainerRecord } from '../records.ts';
import type { LogEntry } from './jsonFile.ts';
import { logPath, rotationOf } from './jsonFile.ts';
import type { LogSource } from './logReader.ts';
import { readLog } from './logReader.ts';
import type { ContainerServices } from './services.ts';

export function* logs(
  d: ContainerServices,
  name: string,
  options: LogsOptions,
  open: (tty: boolean) => Sim<LogStreams>,
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
  const question = {
    tail: /^[+-]?\d+$/.test(options.tail) ? Number(options.tail) : -1,
    since: logTime(options.since),
    until: options.until === '0' ? undefined : logTime(options.until),
    follow: options.follow,
  };
  const out = yield* open(c.config.Tty);
  try {
    yield* readLog(logSource(d, c), question, {
      gone,
      *entry(entry) {
        if (entry.stream === 'stdout' && options.stdout) yield* out.stdout(encodeUtf8(line(entry, options)));
        if (entry.stream === 'stderr' && options.stderr) yield* out.stderr(encodeUtf8(line(entry, options)));
      },
    });
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
    yield* out.fault(encodeUtf8(`Error grabbing logs: open ${logPath(d.config.root, c.id)}: no such file or directory\n`));
  }
}

/** Where a container's log is, and who writes it now. */
export function logSource(d: ContainerServices, c: ContainerRecord): LogSource {
  return { path: logPath(d.config.root, c.id), files: rotationOf(c).files, writer: d.live.container(c.id).log };
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
