import type { Sim } from '../../kernel/sim.ts';
import { now, thread, waitOn } from '../../kernel/syscalls.ts';

/** Runs `body` for at most `us` microseconds; undefined when it took longer (it is then unwound). What it throws is thrown here. */
export function* withTimeout<T>(us: number | undefined, body: () => Sim<T>): Sim<{ readonly value: T } | undefined> {
  if (us === undefined) return { value: yield* body() };
  const outcome: { value?: { readonly value: T }; error?: { readonly thrown: unknown } } = {};
  const deadline = (yield* now()) + us;
  const worker = yield* thread(function* () {
    try {
      outcome.value = { value: yield* body() };
    } catch (thrown) {
      outcome.error = { thrown };
    }
  });
  try {
    while (!worker.done) {
      const left = deadline - (yield* now());
      if (left <= 0) return undefined;
      yield* waitOn(worker.ended, left);
    }
  } finally {
    if (!worker.done) worker.cancel();
  }
  if (outcome.error) throw outcome.error.thrown;
  return outcome.value;
}
