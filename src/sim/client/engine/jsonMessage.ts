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

/** '[====>     ]  1.2MB/3MB', as wide as the terminal lets it be. */
export function progressBar(message: ProgressMessage, columns: number): string {
  const { current, total } = message.progressDetail ?? {};
  if (!current && !total) return '';
  const now = humanSize(current ?? 0).padStart(8);
  if (!total) return now;
  const numbers = `${now}/${humanSize(total)}`;
  if (columns <= 110) return numbers.trimStart();
  const share = Math.min(50, Math.floor(((current ?? 0) / total) * 50));
  return `[${'='.repeat(share)}>${' '.repeat(Math.max(0, 49 - share))}]  ${numbers}`;
}
