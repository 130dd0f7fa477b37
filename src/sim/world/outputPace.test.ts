import { expect, test } from 'vitest';
import { World } from './index.ts';

const SECOND = 1_000_000;

async function started(): Promise<{ world: World; printed: () => number }> {
  const world = World.create({ seed: 5 });
  const terminal = world.openTerminal('node1', { rows: 24, columns: 80 });
  let bytes = 0;
  world.onOutput(terminal, (data) => {
    bytes += data.length;
  });
  await world.runFast(() => false, 4 * SECOND);
  return { world, printed: () => bytes };
}

test('a terminal draws four megabytes a second, and a program that prints more waits for it', async () => {
  const { world, printed } = await started();
  world.input(0, 'yes\r');
  await world.runFast(() => false, world.now + 2 * SECOND);
  expect(printed()).toBeGreaterThan(7_500_000);
  expect(printed()).toBeLessThan(8_500_000);
  const before = printed();
  world.input(0, '\x03');
  await world.runFast(() => false, world.now + SECOND / 10);
  expect(printed() - before).toBeLessThan(100_000);
});

test('a container that prints without end waits for its log', async () => {
  const { world } = await started();
  world.input(0, 'docker run -d --name talker alpine yes\r');
  await world.runFast(() => false, world.now + 10 * SECOND);
  const begun = world.now;
  let size = '';
  const terminal = world.openTerminal('node1', { rows: 24, columns: 80 });
  world.onOutput(terminal, (data) => {
    size += new TextDecoder().decode(data);
  });
  world.input(
    terminal,
    "docker inspect -f '{{.State.Running}} {{.LogPath}}' talker; sudo sh -c 'du -b /var/lib/docker/containers/*/*-json.log'\r",
  );
  await world.runFast(() => false, begun + SECOND);
  const logged = Number(/^(\d+)\s+\S+-json\.log/m.exec(size)?.[1]);
  expect(size).toMatch(/^true \/var\/lib\/docker/m);
  expect(logged).toBeGreaterThan(2_000_000);
  expect(logged).toBeLessThan(30_000_000);
});
