/**
 * A world is a header and a list of inputs; everything else follows. Inputs carry the virtual time at which they were
 * given, so a replay gives them between the same two scheduler steps.
 */
import type { SimTime } from '../kernel/clock.ts';

/** What a world starts from. `format` changes when an old log would no longer lead to the same state. */
export interface WorldHeader {
  readonly format: number;
  readonly seed: number;
  readonly preset: string;
  /** Microseconds since 1970 when the world began; left out for the day on which every world of the page begins. */
  readonly epochUs?: number;
  /** What the world was given that neither header nor entries hold, by name. Such a log leads to another world: it is not replayed. */
  readonly unlogged?: readonly string[];
}

export const LOG_FORMAT = 2;

/** The worlds that a header can name: so far the one machine of the page. */
const PRESETS: readonly string[] = ['node1'];

/** Throws for a preset that this version does not have. */
export function checkPreset(name: string): void {
  if (!PRESETS.includes(name)) throw new Error(`There is no world ${JSON.stringify(name)} in this Drydock.`);
}

/** Throws for a log that does not hold all that its world was given. */
export function checkReplayable({ unlogged = [] }: WorldHeader): void {
  if (unlogged.length > 0) throw new Error(`The session cannot be replayed: its log does not hold ${unlogged.join(', ')}.`);
}

export type Input =
  /** A terminal opens on a machine; its id is the number of terminals opened before it. */
  | { readonly at: SimTime; readonly kind: 'open'; readonly machine: string; readonly rows: number; readonly columns: number }
  | { readonly at: SimTime; readonly kind: 'keys'; readonly terminal: number; readonly data: string }
  | { readonly at: SimTime; readonly kind: 'resize'; readonly terminal: number; readonly rows: number; readonly columns: number }
  | { readonly at: SimTime; readonly kind: 'close'; readonly terminal: number }
  /** The page's editor reads a file of the machine, or saves it. */
  | { readonly at: SimTime; readonly kind: 'file'; readonly machine: string; readonly file: FileRequest }
  /** A request of the page, made on the machine. */
  | { readonly at: SimTime; readonly kind: 'http'; readonly machine: string; readonly request: PreviewRequest }
  /** Such a request is given up; its number is that of the requests made before it. */
  | { readonly at: SimTime; readonly kind: 'cancel'; readonly request: number };

export interface PreviewRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  /** A Unix socket to ask instead of the URL's host. The page's own panels set it, never the preview of a container's page. */
  readonly socket?: string;
}

export interface FileRequest {
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  /** Saved when it is there, read when it is not. */
  readonly text?: string;
  /** The file's time of change when it was read (µs since 1970, 0: it was not there): saving over a later change is refused. */
  readonly mtime?: number;
}

export interface InputLog {
  readonly header: WorldHeader;
  readonly entries: readonly Input[];
}

/** Checks a log that comes from storage or a link. Throws with the place of the first thing that does not fit. */
export function parseInputLog(value: unknown): InputLog {
  const log = value as InputLog;
  const header = log?.header;
  if (typeof header !== 'object' || header === null) throw new Error('The saved session has no header.');
  if (header.format !== LOG_FORMAT)
    throw new Error(`The saved session has format ${String(header.format)}; this Drydock reads ${LOG_FORMAT}.`);
  const { epochUs } = header;
  if (
    !Number.isSafeInteger(header.seed) ||
    typeof header.preset !== 'string' ||
    !(epochUs === undefined || (Number.isSafeInteger(epochUs) && epochUs >= 0))
  )
    throw new Error('The header of the saved session is damaged.');
  checkPreset(header.preset);
  if (header.unlogged !== undefined && !(Array.isArray(header.unlogged) && header.unlogged.every((name) => typeof name === 'string')))
    throw new Error('The header of the saved session is damaged.');
  checkReplayable(header);
  if (!Array.isArray(log.entries)) throw new Error('The saved session has no entries.');
  let last = 0;
  log.entries.forEach((entry, index) => {
    if (!isInput(entry) || entry.at < last) throw new Error(`Entry ${index} of the saved session is damaged.`);
    last = entry.at;
  });
  return {
    header: { format: LOG_FORMAT, seed: header.seed, preset: header.preset, ...(epochUs === undefined ? {} : { epochUs }) },
    entries: log.entries,
  };
}

function isInput(value: unknown): value is Input {
  const entry = value as Record<string, unknown> | null;
  if (typeof entry !== 'object' || entry === null || !Number.isSafeInteger(entry.at)) return false;
  switch (entry.kind) {
    case 'open':
      return typeof entry.machine === 'string' && isSize(entry);
    case 'keys':
      return Number.isSafeInteger(entry.terminal) && typeof entry.data === 'string';
    case 'resize':
      return Number.isSafeInteger(entry.terminal) && isSize(entry);
    case 'close':
      return Number.isSafeInteger(entry.terminal);
    case 'file':
      return typeof entry.machine === 'string' && isFileRequest(entry.file);
    case 'http':
      return typeof entry.machine === 'string' && isPreviewRequest(entry.request);
    case 'cancel':
      return Number.isSafeInteger(entry.request);
    default:
      return false;
  }
}

function isSize(entry: Record<string, unknown>): boolean {
  return [entry.rows, entry.columns].every((n) => Number.isSafeInteger(n) && (n as number) > 0 && (n as number) <= 1000);
}

function isFileRequest(value: unknown): value is FileRequest {
  const request = value as Record<string, unknown> | null;
  return (
    typeof request === 'object' &&
    request !== null &&
    typeof request.path === 'string' &&
    [request.uid, request.gid].every(Number.isSafeInteger) &&
    Array.isArray(request.groups) &&
    request.groups.every(Number.isSafeInteger) &&
    (request.text === undefined || typeof request.text === 'string') &&
    (request.mtime === undefined || typeof request.mtime === 'number')
  );
}

function isPreviewRequest(value: unknown): value is PreviewRequest {
  const request = value as Record<string, unknown> | null;
  return (
    typeof request === 'object' &&
    request !== null &&
    typeof request.url === 'string' &&
    typeof request.method === 'string' &&
    typeof request.body === 'string' &&
    (request.socket === undefined || typeof request.socket === 'string') &&
    Array.isArray(request.headers) &&
    request.headers.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string'))
  );
}
