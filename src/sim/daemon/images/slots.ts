import type { Sim } from '../../kernel/sim.ts';
import { waitOn } from '../../kernel/syscalls.ts';
import { WaitQueue } from '../../kernel/waitQueue.ts';

/** dockerd's defaults for max-concurrent-downloads and max-concurrent-uploads. */
const DOWNLOADS_MAX = 3;
const UPLOADS_MAX = 5;

/** How many transfers run at a time, all requests together. */
export class Slots {
  /** How many are in use. */
  busy = 0;
  readonly #max: number;
  readonly #freed = new WaitQueue();

  constructor(max: number) {
    this.#max = max;
  }

  get full(): boolean {
    return this.busy >= this.#max;
  }

  /** Holds a slot while `body` runs. */
  *held<T>(body: () => Sim<T>): Sim<T> {
    while (this.full) yield* waitOn(this.#freed);
    this.busy++;
    try {
      return yield* body();
    } finally {
      this.busy--;
      this.#freed.wake();
    }
  }
}

/** Those of a daemon. */
export const transferSlots = (): { readonly downloads: Slots; readonly uploads: Slots } => ({
  downloads: new Slots(DOWNLOADS_MAX),
  uploads: new Slots(UPLOADS_MAX),
});
