/** Starts, exits and removals of one container follow each other; the second waits for the first. */
import type { Sim } from '../../kernel/sim.ts';
import { waitOn } from '../../kernel/syscalls.ts';
import type { LiveContainer } from './live.ts';

/** Does `body` when nobody else is at this container. The hold ends with it, also when its thread is killed in the middle. */
export function* holding<T>(live: LiveContainer, body: () => Sim<T>): Sim<T> {
  while (live.busy) yield* waitOn(live.idle);
  live.busy = true;
  try {
    return yield* body();
  } finally {
    live.busy = false;
    live.idle.wake();
  }
}

/** Waits until nobody is at it. */
export function* untilIdle(live: LiveContainer): Sim<void> {
  while (live.busy) yield* waitOn(live.idle);
}
