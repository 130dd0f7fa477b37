/** Output of a process, copied to whoever listens. A slow listener has a queue of its own; when that is full, the process waits. */
import type { Sim } from '../../kernel/sim.ts';
import { waitOn } from '../../kernel/syscalls.ts';
import { WaitQueue } from '../../kernel/waitQueue.ts';

export type StreamName = 'stdout' | 'stderr';

export interface Chunk {
  readonly stream: StreamName;
  readonly data: Uint8Array;
}

/** Bytes that wait for a slow listener before the process is held up (moby's ioutils.BytesPipe: 1e6). */
const QUEUE_BYTES = 1_000_000;

/** What one listener has not read yet. */
export class Subscription {
  readonly #chunks: Chunk[] = [];
  readonly #changed = new WaitQueue();
  readonly #wanted: (stream: StreamName) => boolean;
  #bytes = 0;
  #closed = false;

  constructor(wanted: (stream: StreamName) => boolean) {
    this.#wanted = wanted;
  }

  /** Waits while the queue is full. */
  *push(chunk: Chunk): Sim<void> {
    if (!this.#wanted(chunk.stream)) return;
    while (!this.#closed && this.#bytes > QUEUE_BYTES) yield* waitOn(this.#changed);
    if (this.#closed) return;
    this.#chunks.push(chunk);
    this.#bytes += chunk.data.length;
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
      if (chunk) {
        this.#bytes -= chunk.data.length;
        this.#changed.wake();
        return chunk;
      }
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

  *push(chunk: Chunk): Sim<void> {
    for (const subscription of [...this.#subscriptions]) yield* subscription.push(chunk);
  }

  /** End of the run: all listeners see the end after what they have not read yet. */
  closeAll(): void {
    for (const subscription of this.#subscriptions) subscription.close();
    this.#subscriptions.clear();
  }
}
