/** M-. puts in the last word of the line before, and when it is pressed again that of the line before that. */
import { type History, historyWords } from '../history.ts';
import type { EditBuffer } from './buffer.ts';

/** Remembers what the last M-. has put in. */
export class LastArgument {
  readonly #history: History;
  readonly #buffer: EditBuffer;
  /** How many lines back the word came from, and its length. */
  #index = 0;
  #length = 0;

  constructor(history: History, buffer: EditBuffer) {
    this.#history = history;
    this.#buffer = buffer;
  }

  /** `again`: the key before was the same one. False if there is no line that far back. */
  insert(again: boolean): boolean {
    const { entries } = this.#history;
    this.#index = again ? this.#index + 1 : 1;
    const line = entries[entries.length - this.#index];
    if (line === undefined) {
      this.#index--;
      return false;
    }
    const words = historyWords(line);
    const word = words[words.length - 1] ?? '';
    const from = again ? this.#buffer.point - this.#length : this.#buffer.point;
    this.#buffer.replace(from, this.#buffer.point, word);
    this.#length = word.length;
    return true;
  }
}
