import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LoadError } from './scheduler.ts';
import { load, pause, type Sim } from './sim.ts';
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

/** A part that a test hands over, or fails to. */
function part() {
  const tries: { come: (value: unknown) => void; fail: (error: unknown) => void }[] = [];
  const fetch = () => new Promise((come, fail) => void tries.push({ come, fail }));
  return { tries, fetch };
}

/** One process loads a part, another one goes on beside it. */
function loading(fetch: () => unknown) {
  const machine = testMachine({ seed: 7 });
  const log: string[] = [];
  const loader = machine.kernel.spawnInit({
    argv: ['loader'],
    *main(): Sim<number> {
      try {
        yield* sleep(10);
        log.push(`loaded ${String(yield* load(fetch))} at ${machine.scheduler.now}`);
      } finally {
        log.push('put away');
      }
      return 0;
    },
  });
  machine.kernel.spawnInit({
    argv: ['other'],
    *main() {
      for (let i = 0; i < 40; i++) yield* sleep(7);
      log.push(`slept until ${machine.scheduler.now}`);
      return 0;
    },
  });
  return { scheduler: machine.scheduler, loader, log };
}

it('stands still until a lazy part is there, however often the fetch fails, and nothing inside can tell', async () => {
  const there = loading(() => 'jq');
  there.scheduler.runUntil(100_000);

  const { tries, fetch } = part();
  const late = loading(fetch);
  const first = late.scheduler.runUntil(100_000) as Promise<void>;
  expect(late.scheduler.runUntil(100_000)).toBe(first); // one fetch at a time
  tries[0].fail(new TypeError('Failed to fetch'));
  await expect(first).rejects.toThrow(new LoadError(new TypeError('Failed to fetch')));
  const stood = late.scheduler.now;
  const second = late.scheduler.runUntil(100_000) as Promise<void>;
  tries[1].come('jq');
  await second;
  expect({ stood, now: late.scheduler.now, tries: tries.length }).toEqual({ stood, now: stood, tries: 2 });
  late.scheduler.runUntil(100_000);

  expect(late.log).toEqual(there.log);
  expect(late.scheduler.hash).toBe(there.scheduler.hash);
});

it('needs the part no more when the process that asked for it is killed, as it would be with the part there', async () => {
  const { tries, fetch } = part();
  const late = loading(fetch);
  const first = late.scheduler.runUntil(100_000) as Promise<void>;
  const { now } = late.scheduler;
  late.loader.signal('SIGKILL', true);
  tries[0].fail(new TypeError('Failed to fetch'));
  await first;
  late.scheduler.runUntil(100_000);

  const there = loading(() => 'jq');
  there.scheduler.runUntil(now);
  there.loader.signal('SIGKILL', true);
  there.scheduler.runUntil(100_000);
  expect(late.log).toEqual(['put away', expect.stringMatching(/^slept/)]);
  expect(late.log).toEqual(there.log);
  expect(late.scheduler.hash).toBe(there.scheduler.hash);
});
