import { expect, test } from 'vitest';
import { World } from './index.ts';

const SECOND = 1_000_000;

async function calls(...lines: string[]): Promise<string[]> {
  const world = World.create({ seed: 5 });
  world.openTerminal('node1', { rows: 24, columns: 80 });
  await world.runFast(() => false, 3 * SECOND);
  for (const line of lines) {
    world.input(0, `${line}\r`);
    await world.runFast(() => false, world.now + 8 * SECOND);
  }
  return world.view.messages.filter((m) => m.path.includes('/resize')).map((m) => `${m.status}`);
}

test('docker exec -it tells the size once: the daemon waits until the process runs', async () => {
  expect(await calls('docker run -d --name web nginx', 'docker exec -it web true')).toEqual(['200']);
});

test('the tries end with the client: a container that has ended is asked for at most a few times', async () => {
  const all = await calls('docker run --rm -it alpine true');
  expect(all.length).toBeLessThanOrEqual(2);
});
