import { expect, test } from 'vitest';
import type { World } from '../sim/world/index.ts';
import { Pace } from './pace.ts';

test('a part of the simulator that cannot be loaded stops the clock, and is told once', async () => {
  const gone = new Error("Cannot find module './hub.js'");
  let runs = 0;
  const world = {
    now: 0,
    nextDue: () => 0,
    advance() {
      runs++;
      return Promise.reject(gone);
    },
  } as unknown as World;
  const told: unknown[] = [];
  const pace = new Pace(world, (error) => told.push(error));
  pace.now();
  pace.work();
  await new Promise((resolve) => setTimeout(resolve, 20));
  pace.work();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect({ told, runs: runs <= 2 }).toEqual({ told: [gone], runs: true });
});
