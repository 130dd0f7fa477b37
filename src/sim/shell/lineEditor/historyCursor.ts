/** The history while a line is edited: lines of it can be changed, and keep that until the line is accepted. */
import type { History } from '../history.ts';
import type { EditBuffer } from './buffer.ts';

/** Where in the history the edited line stands. */
export class HistoryCursor {
  readonly #history: History;
  readonly #buffer: EditBuffer;
  /** Position in history; `size` is the new line. */
  at = 0;
  readonly #edited = new Map<number, string>();

  constructor(history: History, buffer: EditBuffer) {
    this.#history = history;
    this.#buffer = buffer;
  }

  /** How many lines the history has. */
  get size(): number {
    return this.#history.entries.length;
  }

  /** A line of the history, as it was changed. */
  entry(i: number): string {
    return this.#edited.get(i) ?? this.#history.entries[i] ?? '';
  }

  /** Edits another line; false if there is none. */
  go(to: number): boolean {
    if (to < 0 || to > this.size || to === this.at) return false;
    this.#edited.set(this.at, this.#buffer.text);
    this.at = to;
    this.#buffer.set(this.entry(to));
    this.#buffer.clearUndo();
    return true;
  }

  /** Goes to the next line, in steps of 1 or -1, that begins as this one does before the cursor; false if there is none. */
  prefixSearch(step: number): boolean {
    const prefix = this.#buffer.text.slice(0, this.#buffer.point);
    for (let i = this.at + step; i >= 0 && i < this.size; i += step) {
      if (!this.entry(i).startsWith(prefix)) continue;
      const { point } = this.#buffer;
      this.go(i);
      this.#buffer.point = point;
      return true;
    }
    return false;
  }
}
