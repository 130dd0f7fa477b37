const firstPauseMs = 1000;
const longestPauseMs = 30_000;

/** What the page tells of time and of its network. */
export interface RefetchHost {
  later(ms: number, run: () => void): () => void;
  /** Calls back whenever the browser finds itself on a network again. */
  online(run: () => void): () => void;
}

/**
 * When to try again to fetch a part of the page: after pauses that double, at once when the network comes back or somebody asks.
 */
export class Refetch {
  readonly #host: RefetchHost;
  #pauseMs = firstPauseMs;
  readonly #waiting = new Set<() => void>();

  constructor(host: RefetchHost) {
    this.#host = host;
  }

  /** Calls `again` once, when the next try is due. Gives a way to call that off. */
  wait(again: () => void): () => void {
    const ways: (() => void)[] = [];
    const off = () => {
      for (const drop of ways.splice(0)) drop();
      this.#waiting.delete(due);
    };
    const due = () => {
      off();
      again();
    };
    ways.push(this.#host.later(this.#pauseMs, due), this.#host.online(due));
    this.#pauseMs = Math.min(longestPauseMs, this.#pauseMs * 2);
    this.#waiting.add(due);
    return off;
  }

  /** The next try is now. */
  hurry(): void {
    this.#pauseMs = firstPauseMs;
    for (const due of [...this.#waiting]) due();
  }

  /** A part came: the next trouble begins with a short pause. */
  succeeded(): void {
    this.#pauseMs = firstPauseMs;
  }
}
