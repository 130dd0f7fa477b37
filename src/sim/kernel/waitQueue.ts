/** What a wait queue wakes: a thread that sleeps, or kernel code that wants to hear of a change. */
export interface Sleeper {
  wakeUp(): void;
}

/** Threads that sleep until something happens, woken in the order in which they came. */
export class WaitQueue {
  readonly #sleepers = new Set<Sleeper>();

  add(sleeper: Sleeper): void {
    this.#sleepers.add(sleeper);
  }

  remove(sleeper: Sleeper): void {
    this.#sleepers.delete(sleeper);
  }

  get empty(): boolean {
    return this.#sleepers.size === 0;
  }

  /** Makes every sleeper runnable. A woken thread looks again at what it waited for: a wake-up is a hint, not a promise. */
  wake(): void {
    if (this.#sleepers.size === 0) return;
    for (const sleeper of [...this.#sleepers]) sleeper.wakeUp();
  }
}
