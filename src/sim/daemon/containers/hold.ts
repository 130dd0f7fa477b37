/** Starts, exits and removals of one container follow each other; the second waits for the first. */
import type { Sim } from '../../kernel/sim.ts';
import { waitOn } from '../../kernel/syscalls.ts';
import type { LiveContainer } from './live.ts';

export function* takeHold(live: LiveContainer): Sim<void> {
  while (live.busy) yield* waitOn(live.idle);
  live.busy = true;
}

export function releaseHold(live: LiveContainer): void {
  live.busy = false;
  live.idle.wake();
}
