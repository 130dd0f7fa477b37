/** C-r and C-s: the history is searched while the text is typed. */
import type { EditBuffer } from './buffer.ts';
import type { HistoryCursor } from './historyCursor.ts';

interface SearchState {
  text: string;
  at: number;
  forward: boolean;
  failed: boolean;
  /** The line before the search, for C-g. */
  readonly saved: string;
  readonly savedPoint: number;
}

/** A search, if one goes on; the text of the last one. */
export class IncrementalSearch {
  readonly #cursor: HistoryCursor;
  readonly #buffer: EditBuffer;
  readonly #bell: () => void;
  #state: SearchState | undefined;
  #lastSearch = '';

  constructor(cursor: HistoryCursor, buffer: EditBuffer, bell: () => void) {
    this.#cursor = cursor;
    this.#buffer = buffer;
    this.#bell = bell;
  }

  /** Whether keys belong to a search. */
  get active(): boolean {
    return this.#state !== undefined;
  }

  /** What stands in place of the prompt while a search goes on. */
  get prompt(): string | undefined {
    const s = this.#state;
    return s && `(${s.failed ? 'failed ' : ''}${s.forward ? 'i-search' : 'reverse-i-search'})\`${s.text}': `;
  }

  /** Begins a search from here. */
  start(forward: boolean): void {
    this.#state = { text: '', at: this.#cursor.at, forward, failed: false, saved: this.#buffer.text, savedPoint: this.#buffer.point };
  }

  /** A key while it goes on; true if it ended the search and is to be handled as usual. */
  key(key: string): boolean {
    const s = this.#state!;
    const again = (forward: boolean): void => {
      s.forward = forward;
      if (s.text === '' && this.#lastSearch !== '') {
        s.text = this.#lastSearch;
        this.#find(s.at, true);
      } else this.#find(s.at + (forward ? 1 : -1), false);
    };
    if (key === 'C-r' || key === 'C-s') {
      again(key === 'C-s');
      return false;
    }
    if (key === 'C-g') {
      this.#state = undefined;
      this.#buffer.set(s.saved, s.savedPoint);
      return false;
    }
    if (key === 'Backspace' || key === 'C-h') {
      s.text = s.text.slice(0, -1);
      if (s.text !== '') this.#find(this.#cursor.size, true);
      return false;
    }
    if (key.length === 1) {
      s.text += key;
      this.#find(s.at, true);
      return false;
    }
    this.#state = undefined;
    if (s.text !== '') this.#lastSearch = s.text;
    return key !== 'Unknown';
  }

  /** Looks for the search text from history position `from` on. */
  #find(from: number, same: boolean): void {
    const s = this.#state!;
    const size = this.#cursor.size;
    for (let i = Math.min(from, size); i >= 0 && i <= size; i += s.forward ? 1 : -1) {
      const line = i === size ? (same && i === this.#cursor.at ? s.saved : '') : this.#cursor.entry(i);
      const at = s.forward ? line.indexOf(s.text) : line.lastIndexOf(s.text);
      if (at < 0 || line === '') continue;
      if (!same && line === this.#buffer.text) continue;
      s.at = i;
      s.failed = false;
      this.#cursor.at = i;
      this.#buffer.set(line, at);
      return;
    }
    s.failed = true;
    this.#bell();
  }
}
