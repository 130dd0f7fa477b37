/**
 * What the json-file log driver writes: one JSON object a line in `<root>/containers/<id>/<id>-json.log` on the machine's disk,
 * `{"log":"text\n","stream":"stdout","time":"..."}`.
 */
import type { Sim } from '../../kernel/sim.ts';
import { concatBytes } from '../../lib/bytes.ts';
import { firstJsonValue, goSyntaxError } from '../../lib/goJson.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import { parseRfc3339, ZERO_TIME } from '../clock.ts';
import type { ContainerRecord } from '../records.ts';
import type { Rotation } from './logFile.ts';
import type { StreamName } from './streams.ts';

/** A line longer than this is written in parts, as Docker's copier does. */
const LINE_BYTES_MAX = 16 * 1024;

export interface LogEntry {
  readonly log: string;
  /** 'stdout' or 'stderr', unless someone else wrote into the file. */
  readonly stream: string;
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

/** One entry a line of what was said at once. `time` is the wall clock's, as the file has it. */
export function encodeEntries(c: ContainerRecord, lines: readonly string[], stream: StreamName, time: string): string[] {
  const attrs = logAttributes(c);
  const rest = `,${JSON.stringify({ stream, ...(attrs ? { attrs } : {}), time }).slice(1)}\n`;
  return lines.map((text) => `{"log":${JSON.stringify(text.replace(/\p{Surrogate}/gu, '\ufffd'))}${rest}`);
}

function logAttributes(c: ContainerRecord): Record<string, string> | undefined {
  const options = c.hostConfig.LogConfig.Config ?? {};
  const named = (option: string): string[] => (options[option] ?? '').split(',').filter((name) => name !== '');
  const out = new Map<string, string>();
  for (const key of named('env')) {
    const entry = c.config.Env?.find((env) => env.startsWith(`${key}=`));
    if (entry) out.set(key, entry.slice(key.length + 1));
  }
  const labels = new Map(Object.entries(c.config.Labels ?? {}));
  for (const key of named('labels')) {
    const value = labels.get(key);
    if (value !== undefined) out.set(key, value);
  }
  if (options.tag) out.set('tag', options.tag);
  return out.size === 0 ? undefined : Object.fromEntries(out);
}

/** max-size and max-file of a container's log. */
export function rotationOf(c: ContainerRecord): Rotation {
  const options = c.hostConfig.LogConfig.Config ?? {};
  return { sizeMax: parseLogSize(options['max-size'] ?? ''), files: Math.max(1, Number(options['max-file'] ?? '1') || 1) };
}

function parseLogSize(text: string): number | undefined {
  const match = /^(\d+)([kmg]?)b?$/i.exec(text.trim());
  if (!match) return undefined;
  return Number(match[1]) * 1024 ** ['', 'k', 'm', 'g'].indexOf(match[2].toLowerCase());
}

/**
 * The entries of a line: one as a rule, none of a blank line, several if someone else wrote there too. Undefined when Go could
 * not decode it. A member that is not there is empty: the file may hold anything.
 */
export function parseEntries(line: string): readonly LogEntry[] | undefined {
  const entries: LogEntry[] = [];
  for (let rest = line.trim(); rest !== ''; ) {
    const first = firstValue(rest);
    if (!first) return undefined;
    const entry = toEntry(first.value);
    if (!entry) return undefined;
    entries.push(entry);
    rest = first.rest.trim();
  }
  return entries;
}

function firstValue(text: string): { readonly value: unknown; readonly rest: string } | undefined {
  try {
    return { value: JSON.parse(text), rest: '' };
  } catch {
    return goSyntaxError(text) === undefined ? firstJsonValue(text) : undefined;
  }
}

function toEntry(value: unknown): LogEntry | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value === null ? EMPTY_ENTRY : undefined;
  const { log = '', stream = '', time = ZERO_TIME, attrs } = value as Readonly<Record<string, unknown>>;
  const timeUs = parseRfc3339(String(time ?? ZERO_TIME));
  if (timeUs === undefined) return undefined;
  if (![log, stream, time].every((text) => typeof text === 'string' || text === null)) return undefined;
  if (!isStringMap(attrs)) return undefined;
  return { log: String(log ?? ''), stream: String(stream ?? ''), time: String(time ?? ZERO_TIME), timeUs, attrs: attrs ?? undefined };
}

const EMPTY_ENTRY: LogEntry = { log: '', stream: '', time: ZERO_TIME, timeUs: parseRfc3339(ZERO_TIME) ?? 0, attrs: undefined };

function isStringMap(value: unknown): value is Readonly<Record<string, string>> | null | undefined {
  if (value === null || value === undefined) return true;
  return typeof value === 'object' && !Array.isArray(value) && Object.values(value).every((text) => typeof text === 'string');
}
