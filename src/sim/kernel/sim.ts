/**
 * The coroutine that everything in the simulator is made of.
 *
 * A program, a daemon, a controller: each is a generator that yields one of the few requests below to the scheduler
 * and is stepped again with the answer. There are no promises inside the simulator.
 */
import type { SimTime } from './clock.ts';
import type { WaitQueue } from './waitQueue.ts';

/** A coroutine that ends with a `T`. Call one from another with `yield*`. */
export type Sim<T> = Generator<Syscall, T, unknown>;

/**
 * What a coroutine may ask of the scheduler. All system calls of `syscalls.ts` are built on these four.
 * - `self`: answers at once with the calling thread (see `self` in `machine.ts`).
 * - `wait`: sleeps until one of the queues is woken, a signal arrives or the deadline (or, counted from now, the timeout) passes. Answers
 *   `'woken'`, `'signal'` or `'timeout'`. Nothing can happen between the step that asks for it and the sleep: a caller that looks, then waits, loses no wake-up.
 * - `pause`: gives way to other runnable threads (a loop over user data does this now and then).
 * - `load`: the world stands still until a lazy module is there; answers with the module. Takes no simulated time.
 */
export type Syscall =
  | { readonly op: 'self' }
  | { readonly op: 'wait'; readonly queues: readonly WaitQueue[]; readonly deadline?: SimTime; readonly timeout?: SimTime }
  | { readonly op: 'pause' }
  | { readonly op: 'load'; readonly load: () => unknown };

export type WaitAnswer = 'woken' | 'signal' | 'timeout';

export const SELF: Syscall = { op: 'self' };
const PAUSE: Syscall = { op: 'pause' };

/** Lets other runnable threads run, and the handlers of pending signals. Costs one step of simulated CPU time. */
export function* pause(): Sim<void> {
  const handle = (yield PAUSE) as (() => Sim<void>) | undefined;
  if (handle) yield* handle();
}

/** Sleeps uninterrupted by handlers; `kernel/syscalls.ts` wraps this with signal delivery. For kernel code only. */
export function* waitRaw(queues: readonly WaitQueue[], deadline?: SimTime, timeout?: SimTime): Sim<WaitAnswer> {
  return (yield { op: 'wait', queues, deadline, timeout }) as WaitAnswer;
}

/** Fetches a lazily loaded module while simulated time stands still. */
export function* load<T>(load: () => T | Promise<T>): Sim<T> {
  return (yield { op: 'load', load }) as T;
}
