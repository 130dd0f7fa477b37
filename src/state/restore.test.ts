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
});

it('the terminals that stand open at the end of a log', () => {
  expect(openTerminals(log)).toEqual([{ id: 1, machine: 'node1' }]);
});
