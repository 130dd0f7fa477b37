import type { Input } from '../../sim/world/index.ts';
import { cardOf, type Holdings, removeCard, type Tally, tally, untouched, writeCard } from './cards.ts';
import type { LogStore } from './logStore.ts';

const flushMs = 1000;

/** Keeps a running session: its log as it grows, and its card. */
export class Recorder {
  readonly #log: LogStore;
  readonly #entries: () => readonly Input[];
  readonly #holds: () => Holdings;
  /** Told whether what was typed is safe. */
  readonly #onKept: (kept: boolean) => void;
  #tally: Tally;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(log: LogStore, entries: () => readonly Input[], holds: () => Holdings, onKept: (kept: boolean) => void) {
    this.#log = log;
    this.#entries = entries;
    this.#holds = holds;
    this.#onKept = onKept;
    this.#tally = tally(untouched, entries());
  }

  /** Something was typed in this session: there is something to lose. */
  get touched(): boolean {
    return this.#tally.touched;
  }

  /** Copies what the world has logged since the last time. */
  keep(): void {
    const added = this.#entries().slice(this.#log.length);
    if (added.length === 0) return;
    this.#tally = tally(this.#tally, added);
    this.#log.append(added);
    if (this.#log.atRisk) return void this.flush();
    this.#timer ??= setTimeout(() => void this.flush(), flushMs);
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writeCard();
    try {
      // What came while the last piece was written is not in it.
      do await this.#log.flush();
      while (this.#log.atRisk);
      this.#onKept(true);
    } catch {
      this.#onKept(false);
    }
  }

  /** The tab leaves this session: it is kept, or removed when nobody has done anything in it. */
  async leave(): Promise<void> {
    if (this.touched) return this.flush();
    clearTimeout(this.#timer);
    removeCard(this.#log.id);
    await this.#log.remove().catch(() => {});
  }

  #writeCard(): void {
    if (!this.touched) return;
    const { id } = this.#log;
    const { lines } = this.#tally;
    const before = cardOf(id);
    if (before?.lines === lines && before.unreadable === undefined && Date.now() - before.at < flushMs) return;
    writeCard({ id, at: Date.now(), lines, holds: this.#holds() });
  }
}
