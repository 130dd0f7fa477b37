/** Blocking with signals, for everything in the kernel that sleeps on a caller's behalf. */
import type { SignalName } from '../abi.ts';
import type { SimTime } from '../clock.ts';
import { SELF, type Sim, waitRaw } from '../sim.ts';
import type { WaitQueue } from '../waitQueue.ts';

/** As much of a thread as waiting needs; `process.ts` has the whole. */
interface WaitingThread {
  readonly process: { signal(name: SignalName): void; deliverSignals(thread: unknown): Sim<void> };
}

/**
 * Sleeps until a queue is woken, a signal was handled, or the deadline passed (then false). The caller looks again at
 * what it waits for: that is SA_RESTART. A handler that throws unwinds the caller.
 */
export function* interruptibleWait(queues: WaitQueue | readonly WaitQueue[], deadline?: SimTime, timeout?: SimTime): Sim<boolean> {
  const answer = yield* waitRaw(Array.isArray(queues) ? queues : [queues as WaitQueue], deadline, timeout);
  const thread = (yield SELF) as WaitingThread;
  yield* thread.process.deliverSignals(thread);
  return answer !== 'timeout';
}

/** Writing to a pipe that nobody reads. */
export function* raiseSigpipe(): Sim<void> {
  const thread = (yield SELF) as WaitingThread;
  thread.process.signal('SIGPIPE');
  yield* thread.process.deliverSignals(thread);
}
