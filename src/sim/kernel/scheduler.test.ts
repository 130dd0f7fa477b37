import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pause, type Sim } from './sim.ts';
import { compute, getpid, pipe, read, sleep, spawn, waitpid, write } from './syscalls.ts';
import { testMachine } from './testing.ts';

/** Three processes that talk, wait and compute. */
function workload() {
  const machine = testMachine({ seed: 7 });
  const log: string[] = [];
  machine.kernel.spawnInit({
    argv: ['work'],
    *main(): Sim<number> {
      const [r, w] = yield* pipe();
      const child = yield* spawn({
        *main() {
          for (let i = 0; i < 20; i++) {
            yield* write(w, 'x');
            yield* sleep(37);
          }
          return 0;
        },
      });
      yield* spawn({
        *main() {
          for (let i = 0; i < 300; i++) yield* pause();
          yield* compute(500);
          log.push(`computed ${machine.scheduler.now}`);
          return 0;
        },
      });
      for (let got = 0; got < 20; ) got += (yield* read(r, 3)).length;
      log.push(`read ${machine.scheduler.now} by ${yield* getpid()}`);
      yield* waitpid(child);
      return 0;
    },
  });
  return { machine, log };
}

it('runs the same however the driver cuts the time into pieces', () => {
  const whole = workload();
  whole.machine.scheduler.runUntil(100_000);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 300 })), { maxLength: 60 }), (cuts) => {
      const pieces = workload();
      for (const [time, budget] of cuts) pieces.machine.scheduler.runUntil(Math.min(100_000, pieces.machine.scheduler.now + time), budget);
      pieces.machine.scheduler.runUntil(100_000);
      expect(pieces.log).toEqual(whole.log);
      expect(pieces.machine.scheduler.hash).toBe(whole.machine.scheduler.hash);
    }),
  );
});
