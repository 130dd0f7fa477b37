/** Threads that work side by side for one request, as the daemon's layer transfers do (moby: distribution/xfer). */
import type { ThreadHandle } from '../../kernel/abi.ts';
import type { Sim } from '../../kernel/sim.ts';
import { thread, waitOn } from '../../kernel/syscalls.ts';
import { WaitQueue } from '../../kernel/waitQueue.ts';

/** What one of the crew works with. */
export interface Crew<Message> {
  /** Woken whenever something happened that another may wait for. */
  readonly changed: WaitQueue;
  /** Hands a message to the request's own thread, which alone writes the answer. */
  tell(message: Message): Sim<void>;
}

/**
 * Runs the bodies side by side until all have ended. What they tell is given to `say` in the order in which it was told. The first
 * that throws ends the others, and its error is thrown here; so does whoever ends the caller.
 */
export function* together<Message>(
  name: string,
  bodies: readonly ((crew: Crew<Message>) => Sim<void>)[],
  say: (message: Message) => Sim<void>,
): Sim<void> {
  const changed = new WaitQueue();
  const told: Message[] = [];
  let failure: { readonly error: unknown } | undefined;
  const crew: Crew<Message> = {
    changed,
    *tell(message) {
      told.push(message);
      changed.wake();
    },
  };
  const handles: ThreadHandle[] = [];
  try {
    for (const body of bodies) {
      const guarded = function* (): Sim<void> {
        try {
          yield* body(crew);
        } catch (error) {
          failure ??= { error };
        } finally {
          changed.wake();
        }
      };
      handles.push(yield* thread(guarded, name));
    }
    for (;;) {
      const next = told.shift();
      if (next !== undefined) yield* say(next);
      else if (failure) throw failure.error;
      else if (handles.every((handle) => handle.done)) return;
      else yield* waitOn(changed);
    }
  } finally {
    for (const handle of handles) if (!handle.done) handle.cancel();
  }
}
