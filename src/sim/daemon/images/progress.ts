/** Lines of a pull or a push that grow. */
import type { ProgressMessage } from '../../api/types/image.ts';
import type { Sim } from '../../kernel/sim.ts';
import { sleep } from '../../kernel/syscalls.ts';

export type Progress = (message: ProgressMessage) => Sim<void>;

/** How often a layer's line is drawn anew, at most so many times. */
const INTERVAL = 150_000;
const TICKS_MAX = 40;

/**
 * Moves `total` bytes: `came` is told how many have come, at intervals. `bytesPerSecond` is asked each time, as others that begin
 * or end change the share of the line.
 */
export function* move(total: number, bytesPerSecond: () => number, came: (bytes: number) => Sim<void>): Sim<void> {
  for (let at = 0; at < total; ) {
    const rate = bytesPerSecond();
    const step = Math.max((rate * INTERVAL) / 1e6, total / TICKS_MAX);
    const next = Math.min(total, Math.ceil(at + step));
    yield* sleep(((next - at) / rate) * 1e6);
    at = next;
    yield* came(at);
  }
}

/** '[====>    ]  1.2MB/3.8MB', 50 columns, as jsonmessage draws it for old clients. */
export function bar(current: number, total: number): string {
  const filled = Math.floor((current * 50) / Math.max(1, total));
  return `[${'='.repeat(filled)}>${' '.repeat(Math.max(0, 49 - filled))}] ${size(current).padStart(7)}/${size(total)}`;
}

function size(bytes: number): string {
  let value = bytes;
  for (const unit of ['B', 'kB', 'MB', 'GB']) {
    if (value < 1000) return `${Number(value.toPrecision(4))}${unit}`;
    value /= 1000;
  }
  return `${Number(value.toPrecision(4))}TB`;
}
