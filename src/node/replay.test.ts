import { expect, test } from 'vitest';
import { live, randomSession } from '../../e2e/support/randomSession.ts';
import { fingerprint, World } from '../sim/world/index.ts';

const SEED = 20;

/** The same in Chromium: e2e/replay/hash.spec.ts. */
test('300 random commands: the log leads to the same state again', { timeout: 300_000 }, async () => {
  const world = World.create({ seed: SEED });
  const faults: string[] = [];
  world.onCrash = (error) => faults.push(String(error));
  await live(world, randomSession(SEED, 300));
  const again = await World.replay(JSON.parse(JSON.stringify(world.log)));
  await again.runFast(() => false, world.now);
  expect(fingerprint(again)).toEqual(fingerprint(world));
  expect(faults).toEqual([]);
});

test('a fingerprint tells worlds apart by one byte of one file', async () => {
  const [one, other] = await Promise.all(
    ['echo same > f\r', 'echo Same > f\r'].map(async (data) => {
      const world = World.create({ seed: SEED });
      await live(world, [{ kind: 'keys', data, ms: 500 }]);
      return fingerprint(world);
    }),
  );
  expect(other.machines.node1.files).not.toBe(one.machines.node1.files);
  expect(other.machines.node1.records).toBe(one.machines.node1.records);
});
