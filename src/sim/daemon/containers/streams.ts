/** Output of a process, copied to whoever listens. A slow listener holds nobody up: its bytes wait in its own queue. */
import type { Sim } from '../../kernel/sim.ts';
import { waitOn } from '../../kernel/syscalls.ts';
import { WaitQueue } from '../../kernel/waitQueue.ts';

export type StreamName = 'stdout' | 'stderr';

export interface Chunk {
  readonly stream: StreamName;
  readonly data: Uint8Array;
}

/** What one listener has not read yet. */
export class Subscription {
  readonly #chunks: Chunk[] = [];
  readonly #changed = new WaitQueue();
  readonly #wanted: (stream: StreamName) => boolean;
  #closed = false;

  constructor(wanted: (stream: StreamName) => boolean) {
    this.#wanted = wanted;
  }

  push(chunk: Chunk): void {
    if (this.#closed || !this.#wanted(chunk.stream)) return;
    this.#chunks.push(chunk);
    this.#changed.wake();
  }

  close(): void {
    this.#closed = true;
    this.#changed.wake();
  }

  /** Waits for the next chunk; null when there will be none. */
  *next(): Sim<Chunk | null> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk) return chunk;
      if (this.#closed) return null;
      yield* waitOn(this.#changed);
    }
  }
}

export class Broadcaster {
  readonly #subscriptions = new Set<Subscription>();

  subscribe(wanted: (stream: StreamName) => boolean): Subscription {
    const subscription = new Subscription(wanted);
    this.#subscriptions.add(subscription);
    return subscription;
  }

  unsubscribe(subscription: Subscription): void {
    this.#subscriptions.delete(subscription);
    subscription.close();
  }

  push(chunk: Chunk): void {
    for (const subscription of this.#subscriptions) subscription.push(chunk);
  }

  /** End of the run: all listeners see the end after what they have not read yet. */
  closeAll(): void {
    for (const subscription of this.#subscriptions) subscription.close();
    this.#subscriptions.clear();
  }
}
