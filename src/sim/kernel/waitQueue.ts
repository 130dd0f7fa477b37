import type { Thread } from './process/thread.ts';

/** Threads that sleep until something happens, woken in the order in which they came. */
export class WaitQueue {
  readonly #sleepers = new Set<Thread>();

  add(thread: Thread): void {
    this.#sleepers.add(thread);
  }

  remove(thread: Thread): void {
    this.#sleepers.delete(thread);
  }

  get empty(): boolean {
    return this.#sleepers.size === 0;
  }

  /** Makes every sleeper runnable. A woken thread looks again at what it waited for: a wake-up is a hint, not a promise. */
  wake(): void {
    for (const thread of [...this.#sleepers]) thread.wakeUp();
  }
}
