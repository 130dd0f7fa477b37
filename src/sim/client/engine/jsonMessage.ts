/** Progress of pull, push, load, import: one line per layer that is redrawn on a terminal, plain lines otherwise. */
import type { ProgressMessage } from '../../api/types/image.ts';
import type { Sim } from '../../kernel/sim.ts';
import { humanSize } from '../../lib/goSize.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import { CliError } from '../cli/errors.ts';

export interface ProgressTarget {
  write(text: string): Sim<void>;
  readonly terminal: boolean;
  readonly columns: number;
  /** What carries an `aux` is handed over here. */
  aux?(value: unknown): void;
}

/** Calls `use` with each JSON object of a stream of lines. */
export function* eachJson<T>(body: { read(): Sim<Uint8Array | null> }, use: (value: T, text: string) => Sim<void>): Sim<void> {
  let rest = '';
  for (let data = yield* body.read(); data !== null; data = yield* body.read()) {
    const lines = (rest + decodeUtf8(data)).split('\n');
    rest = lines.pop()!;
    for (const line of lines) if (line.trim() !== '') yield* use(JSON.parse(line) as T, line.trim());
  }
  if (rest.trim() !== '') yield* use(JSON.parse(rest) as T, rest.trim());
}

/** Shows the whole stream. Throws what its last line says went wrong. */
export function* showProgress(body: { read(): Sim<Uint8Array | null> }, target: ProgressTarget): Sim<void> {
  const rows = new Map<string, number>();
  yield* eachJson<ProgressMessage>(body, function* (message) {
    if (message.errorDetail) throw new CliError(message.errorDetail.message, message.errorDetail.code || 1);
    if (message.error) throw new CliError(message.error);
    if (message.aux !== undefined && message.aux !== null) {
      target.aux?.(message.aux);
      return;
    }
    if (!target.terminal) {
      if (message.progressDetail?.current !== undefined || (message.progress ?? '') !== '') return;
      yield* target.write(plain(message));
      return;
    }
    if (message.id === undefined || message.stream !== undefined || (message.progressDetail === undefined && !rows.has(message.id))) {
      // A line of its own ends the block of lines that are redrawn.
      if (message.id === undefined) rows.clear();
      yield* target.write(plain(message));
      return;
    }
    let up = 0;
    const known = rows.get(message.id);
    if (known === undefined) {
      rows.set(message.id, rows.size);
      yield* target.write('\n');
      up = 1;
    } else up = rows.size - known;
    const text = `${message.id}: ${message.status ?? ''} ${progressBar(message, target.columns)}`;
    yield* target.write(`\x1b[${up}A\x1b[2K\r${text}\r\x1b[${up}B`);
  });
}

function plain(message: ProgressMessage): string {
  if (message.stream !== undefined) return message.stream;
  const id = message.id ? `${message.id}: ` : '';
  return `${id}${message.status ?? ''}\n`;
}

const BAR_WIDTH = 50;
/** Terminals wider than this have room for the bar beside the numbers. */
const COLUMNS_WITHOUT_BAR = 110;

/** '[====>     ]  1.2MB/3MB'. The bar is for wide terminals; without a total there are only numbers. */
function progressBar(message: ProgressMessage, columns: number): string {
  const { current = 0, total = 0, units } = message.progressDetail ?? {};
  if (current <= 0 && total <= 0) return '';
  if (total <= 0) return units ? `${current} ${units}` : humanSize(current).padStart(8);
  const filled = Math.min(BAR_WIDTH, Math.floor(Math.floor((current / total) * 100) / 2));
  const bar = columns > COLUMNS_WITHOUT_BAR ? `[${'='.repeat(filled)}>${' '.repeat(BAR_WIDTH - filled)}] ` : '';
  const now = units ? String(current) : humanSize(current).padStart(8);
  // More than the total cannot be: the total is then not told.
  if (current > total) return `${bar}${now}${units ? ` ${units}` : ''}`;
  return `${bar}${now}/${units ? `${total} ${units}` : humanSize(total)}`;
}
