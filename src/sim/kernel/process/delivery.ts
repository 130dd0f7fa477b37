/** How a thread enters the kernel, sleeps there, and meets its signals. */
import type { SimTime } from '../clock.ts';
import { SELF, type Sim, type WaitAnswer } from '../sim.ts';
import type { Thread } from '../machine.ts';
import type { WaitQueue } from '../waitQueue.ts';
import { takeDefaultAction } from './signals.ts';

/** The calling thread, after the handlers of signals that wait for it have run. Every system call begins with this. */
export function* enter(): Sim<Thread> {
  const thread = (yield SELF) as Thread;
  if (thread.signalled) yield* deliver(thread);
  return thread;
}

/** Runs the handlers of pending signals on this thread; what they throw goes on into the interrupted code. */
export function* deliver(thread: Thread): Sim<void> {
  const { process } = thread;
  for (;;) {
    const index = process.pending.findIndex((signal) => !process.handling.has(signal));
    if (index < 0) return;
    const [signal] = process.pending.splice(index, 1);
    const disposition = process.dispositions.get(signal) ?? 'default';
    if (typeof disposition !== 'function') {
      if (disposition === 'default') takeDefaultAction(process, signal);
      continue;
    }
    process.handling.add(signal);
    try {
      yield* disposition(signal);
    } finally {
      process.handling.delete(signal);
      process.delivered++;
    }
  }
}

/**
 * Sleeps until one of the queues is woken or the deadline (virtual time) passes: true and false. A handled signal counts
 * as a wake-up, since a wake-up during its handler would be lost otherwise; callers look again at what they wait for.
 */
export function* block(queues: readonly WaitQueue[], deadline?: SimTime): Sim<boolean> {
  const thread = (yield SELF) as Thread;
  if (thread.signalled && hasDeliverable(thread)) {
    yield* deliver(thread);
    return true;
  }
  const answer = (yield { op: 'wait', queues, deadline }) as WaitAnswer;
  if (answer === 'signal') {
    yield* deliver(thread);
    return true;
  }
  return answer === 'woken';
}

function hasDeliverable(thread: Thread): boolean {
  return thread.process.pending.some((signal) => !thread.process.handling.has(signal));
}
