/** What the page sees of a pull while it is under way: the registry that serves, and each layer where it is. */
import { beforeAll, expect, test } from 'vitest';
import type { TransferView } from './view.ts';
import { World } from './world.ts';

let world: World;
let terminal: number;

async function pass(seconds: number): Promise<void> {
  const until = world.now + seconds * 1_000_000;
  while (world.now < until) {
    const result = world.advance(until, 1000, () => 0);
    if (typeof result === 'object') await result;
  }
}

const transfers = (): readonly TransferView[] => [...world.view.machines.get('node1')!.transfers.values()];

beforeAll(async () => {
  world = World.create({ seed: 7 });
  terminal = world.openTerminal('node1', { rows: 24, columns: 80 });
  await pass(5);
});

test('a pull shows its layers on their way, and the registry serves while it lasts', async () => {
  expect(world.view.registries).toEqual([{ host: 'docker.io', title: 'Docker Hub', active: 0, lastRepository: undefined }]);
  world.input(terminal, 'docker pull nginx\r');
  const states = new Set<string>();
  let served = 0;
  for (let i = 0; i < 600 && !transfers().some(({ active, layers }) => !active && layers.length > 0); i++) {
    await pass(0.1);
    for (const { layers, active } of transfers()) if (active) for (const { state } of layers) states.add(state);
    served = Math.max(served, world.view.registries[0].active);
  }
  expect([...states].sort()).toEqual(['done', 'moved', 'moving', 'unpacking', 'waiting']);
  expect(served).toBe(1);
  expect(transfers()).toMatchObject([
    { direction: 'pull', active: false, host: 'docker.io', repository: 'library/nginx', reference: 'nginx:latest' },
  ]);
  expect(transfers()[0].layers.every(({ state, moved, total }) => state === 'done' && moved === total)).toBe(true);
  expect(world.view.registries).toEqual([{ host: 'docker.io', title: 'Docker Hub', active: 0, lastRepository: 'library/nginx' }]);
});

test('a daemon that is killed leaves no transfer under way', async () => {
  world.input(terminal, 'docker rmi nginx >/dev/null; docker pull nginx\r');
  await pass(1.5);
  expect(transfers().map(({ active }) => active)).toEqual([true]);
  world.input(terminal, '\x03');
  world.input(terminal, 'sudo kill -9 $(pidof dockerd)\r');
  await pass(1);
  expect(transfers().map(({ active }) => active)).toEqual([false]);
});

test('a pull that is interrupted is no answer that was given: its call says that the client hung up', async () => {
  const pulls = () => world.view.messages.filter(({ path }) => path.includes('/images/create'));
  world.input(terminal, 'sudo systemctl restart docker; docker rmi nginx >/dev/null; docker pull nginx\r');
  const before = pulls().length;
  for (let i = 0; i < 300 && !(pulls().length > before && pulls().at(-1)!.responseBody.includes('Downloading')); i++) await pass(0.1);
  expect(pulls().at(-1)).toMatchObject({ status: 200, open: true, hungUp: false });
  world.input(terminal, '\x03');
  await pass(2);
  expect(pulls().at(-1)).toMatchObject({ status: 200, open: false, hungUp: true });
  world.input(terminal, 'docker pull nginx\r');
  for (let i = 0; i < 300 && pulls().at(-1)!.hungUp; i++) await pass(0.1);
  for (let i = 0; i < 300 && pulls().at(-1)!.open; i++) await pass(0.1);
  expect(pulls().at(-1)).toMatchObject({ status: 200, open: false, hungUp: false });
});

test('so does a stream that has no end of its own', async () => {
  world.input(terminal, 'docker events\r');
  await pass(1);
  world.input(terminal, '\x03');
  await pass(1);
  expect(world.view.messages.findLast(({ path }) => path.endsWith('/events'))).toMatchObject({ open: false, hungUp: true });
  world.input(terminal, 'docker run --rm nginx echo whole\r');
  await pass(4);
  expect(world.view.messages.slice(-5).map(({ open, hungUp }) => open || hungUp)).toEqual([false, false, false, false, false]);
});
