import { describe, expect, it } from 'vitest';
import type { InputLog } from '../sim/world/index.ts';
import { GivenUp, openTerminals, restore } from './restore.ts';

const log: InputLog = {
  header: { format: 1, seed: 1, preset: 'node1' },
  entries: [
    { at: 0, kind: 'open', machine: 'node1', rows: 24, columns: 80 },
    { at: 10, kind: 'open', machine: 'node1', rows: 24, columns: 80 },
    { at: 100, kind: 'close', terminal: 0 },
  ],
};

const never = () => () => {};

/** A world that needs `steps` slices, 300 ms of the host's time each. */
function slow(steps: number) {
  let at = 0;
  return {
    get now() {
      return (at / steps) * 100;
    },
    replayStep: () => (at++ < steps ? ('busy' as const) : (true as const)),
    host: {
      now: () => at * 300,
      soon(run: () => void) {
        queueMicrotask(run);
        return () => {};
      },
      later: never,
      online: never,
    },
  };
}

describe('restore', () => {
  it('tells how far it is', async () => {
    const told: number[] = [];
    const world = slow(4);
    await restore(world, log, { givenUp: () => false, progress: (done) => told.push(done) }, world.host);
    expect(told).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it('ends when nobody waits any more', async () => {
    const world = slow(1_000_000);
    await expect(restore(world, log, { givenUp: () => world.now > 0.001, progress: () => {} }, world.host)).rejects.toThrow(GivenUp);
  });

  it('waits for a part of the page that does not come: the session is none the worse', async () => {
    const answers = [() => Promise.reject(new Error('offline')), () => Promise.resolve(), () => true as const];
    const world = { now: 0, replayStep: () => answers.shift()!() };
    const pauses: number[] = [];
    const later = (ms: number, run: () => void) => {
      pauses.push(ms);
      queueMicrotask(run);
      return () => {};
    };
    const told: unknown[] = [];
    const hear = { givenUp: () => false, progress: () => {}, missing: (reason: unknown) => void told.push(reason) };
    await restore(world, log, hear, { now: () => 0, soon: never, later, online: never });
    expect({ told, pauses }).toEqual({ told: [new Error('offline'), undefined], pauses: [1000] });
  });
});

it('the terminals that stand open at the end of a log', () => {
  expect(openTerminals(log)).toEqual([{ id: 1, machine: 'node1' }]);
});
