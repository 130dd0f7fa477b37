/** Work on one thing that must not overlap: starts, exits and removals of a container follow each other, the second waits for the first. */
import type { Sim } from '../../kernel/sim.ts';
import { waitOn } from '../../kernel/syscalls.ts';
import type { WaitQueue } from '../../kernel/waitQueue.ts';

export interface Hold {
  busy: boolean;
  /** Woken when it is not busy any more. */
  readonly idle: WaitQueue;
}

/** Does `body` when nobody else is at it. The hold ends with it, also when its thread is killed in the middle. */
export function* holding<T>(hold: Hold, body: () => Sim<T>): Sim<T> {
  yield* untilIdle(hold);
  hold.busy = true;
  try {
    return yield* body();
  } finally {
    hold.busy = false;
    hold.idle.wake();
  }
}

/** Waits until nobody is at it. */
export function* untilIdle(hold: Hold): Sim<void> {
  while (hold.busy) yield* waitOn(hold.idle);
}
