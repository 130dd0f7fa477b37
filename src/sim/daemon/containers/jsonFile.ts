/**
 * The json-file log driver: one JSON object a line in `<root>/containers/<id>/<id>-json.log` on the machine's disk,
 * `{"log":"text\n","stream":"stdout","time":"..."}`, with rotation by max-size and max-file.
 */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { appendFile, now, readText, rename, sleep, statOrNull, unlink } from '../../kernel/syscalls.ts';
import { concatBytes } from '../../lib/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';
import type { WallClock } from '../clock.ts';
import { parseRfc3339, rfc3339Nano } from '../clock.ts';
import type { ContainerRecord } from '../records.ts';
import type { StreamName } from './streams.ts';

/** What the logger writes, entries and all: a container that prints without end waits for it. */
const LOG_BYTES_PER_SECOND = 2_500_000;

/** A line longer than this is written in parts, as Docker's copier does. */
const LINE_BYTES_MAX = 16 * 1024;

export interface LogEntry {
  readonly log: string;
  readonly stream: StreamName;
  /** Microseconds since 1970. */
  readonly timeUs: number;
  /** As it stands in the file. */
  readonly time: string;
  readonly attrs: Readonly<Record<string, string>> | undefined;
}

export function logPath(root: string, id: string): string {
  return `${root}/containers/${id}/${id}-json.log`;
}

/** Cuts one stream into lines and appends them to the file. */
export class LineWriter {
  readonly #stream: StreamName;
  readonly #write: (lines: readonly string[], stream: StreamName) => Sim<void>;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(stream: StreamName, write: (lines: readonly string[], stream: StreamName) => Sim<void>) {
    this.#stream = stream;
    this.#write = write;
  }

  *push(data: Uint8Array): Sim<void> {
    let bytes = this.#rest.length === 0 ? data : concatBytes([this.#rest, data]);
    const lines: string[] = [];
    for (;;) {
      const end = bytes.indexOf(10);
      const cut = end >= 0 && end < LINE_BYTES_MAX ? end + 1 : bytes.length >= LINE_BYTES_MAX ? LINE_BYTES_MAX : 0;
      if (cut === 0) break;
      lines.push(decodeUtf8(bytes.subarray(0, cut)));
      bytes = bytes.subarray(cut);
    }
    this.#rest = bytes.slice();
    if (lines.length > 0) yield* this.#write(lines, this.#stream);
  }

  *end(): Sim<void> {
    if (this.#rest.length > 0) yield* this.#write([decodeUtf8(this.#rest)], this.#stream);
    this.#rest = new Uint8Array(0);
  }
}

/**
 * Appends entries, one a line of what was said at once. A full or missing disk loses them silently, as the daemon only
 * complains in its own log.
 */
export function* appendEntries(
  clock: WallClock,
  root: string,
  c: ContainerRecord,
  lines: readonly string[],
  stream: StreamName,
): Sim<void> {
  const path = logPath(root, c.id);
  const attrs = logAttributes(c);
  const rest = `,${JSON.stringify({ stream, ...(attrs ? { attrs } : {}), time: rfc3339Nano(clock, yield* now()) }).slice(1)}\n`;
  const entries = lines.map((text) => `{"log":${JSON.stringify(text.replace(/\p{Surrogate}/gu, '\ufffd'))}${rest}`);
  // A log that is cut into files is looked at between two entries.
  const pieces = c.hostConfig.LogConfig.Config?.['max-size'] ? entries : [entries.join('')];
  try {
    for (const piece of pieces) {
      yield* rotate(path, c);
      const bytes = encodeUtf8(piece);
      yield* appendFile(path, bytes);
      yield* sleep((bytes.length * 1_000_000) / LOG_BYTES_PER_SECOND);
    }
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
}

function logAttributes(c: ContainerRecord): Record<string, string> | undefined {
  const options = c.hostConfig.LogConfig.Config ?? {};
  const out: Record<string, string> = {};
  for (const key of (options.env ?? '').split(',').filter((name) => name !== '')) {
    const entry = c.config.Env?.find((env) => env.startsWith(`${key}=`));
    if (entry) out[key] = entry.slice(key.length + 1);
  }
  for (const key of (options.labels ?? '').split(',').filter((name) => name !== '')) {
    const value = c.config.Labels?.[key];
    if (value !== undefined) out[key] = value;
  }
  if (options.tag) out.tag = options.tag;
  return Object.keys(out).length === 0 ? undefined : out;
}

function* rotate(path: string, c: ContainerRecord): Sim<void> {
  const options = c.hostConfig.LogConfig.Config ?? {};
  const max = parseLogSize(options['max-size'] ?? '');
  if (max === undefined) return;
  const size = (yield* statOrNull(path))?.size ?? 0;
  if (size < max) return;
  const files = Math.max(1, Number(options['max-file'] ?? '1') || 1);
  for (let i = files - 1; i >= 1; i--) {
    const from = i === 1 ? path : `${path}.${i - 1}`;
    if (yield* statOrNull(from)) yield* rename(from, `${path}.${i}`);
  }
  if (files === 1) yield* unlink(path);
}

function parseLogSize(text: string): number | undefined {
  const match = /^(\d+)([kmg]?)b?$/i.exec(text.trim());
  if (!match || text === '-1') return undefined;
  return Number(match[1]) * 1024 ** ['', 'k', 'm', 'g'].indexOf(match[2].toLowerCase());
}

/** Everything that is kept, oldest first. */
export function* readEntries(root: string, c: ContainerRecord): Sim<LogEntry[]> {
  const path = logPath(root, c.id);
  const files = Math.max(1, Number(c.hostConfig.LogConfig.Config?.['max-file'] ?? '1') || 1);
  const out: LogEntry[] = [];
  for (let i = files - 1; i >= 0; i--) {
    const file = i === 0 ? path : `${path}.${i}`;
    if (!(yield* statOrNull(file))) continue;
    for (const line of (yield* readText(file)).split('\n')) {
      const entry = parseEntry(line);
      if (entry) out.push(entry);
    }
  }
  return out;
}

export function parseEntry(line: string): LogEntry | undefined {
  if (line === '') return undefined;
  try {
    const { log, stream, time, attrs } = JSON.parse(line) as {
      log: string;
      stream: StreamName;
      time: string;
      attrs?: Record<string, string>;
    };
    return { log, stream, time, timeUs: parseRfc3339(time) ?? 0, attrs };
  } catch {
    return undefined;
  }
}
