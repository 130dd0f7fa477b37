import type { ApiMessage } from './view.ts';

const KEPT = 500;

/** The calls to daemons, oldest first; the list is a new array whenever one changes. */
export class MessageLog {
  #messages: ApiMessage[] = [];
  #snapshot: readonly ApiMessage[] | undefined;
  #lastId = 0;
  /** Up to this number calls are forgotten. */
  #dropped = 0;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  nextId = (): number => ++this.#lastId;

  put(message: ApiMessage): void {
    const at = this.#find(message.id);
    if (at >= 0) this.#messages[at] = message;
    else if (message.id <= this.#dropped)
      return; // a call that is still open, older than all that are kept
    else {
      this.#messages.push(message);
      if (this.#messages.length > KEPT) this.#dropped = Math.max(this.#dropped, this.#messages.shift()!.id);
    }
    this.#snapshot = undefined;
    this.#changed();
  }

  /** Newest first, as most changes are to new messages. */
  #find(id: number): number {
    for (let i = this.#messages.length - 1; i >= 0; i--) if (this.#messages[i].id === id) return i;
    return -1;
  }

  snapshot(): readonly ApiMessage[] {
    this.#snapshot ??= [...this.#messages];
    return this.#snapshot;
  }
}
