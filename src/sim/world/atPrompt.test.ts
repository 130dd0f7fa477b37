import { expect, test } from 'vitest';
import { World } from './index.ts';

const SECOND = 1_000_000;

/** A machine with a terminal; what each piece of typing leaves the terminal in. */
async function terminal() {
  const world = World.create({ seed: 5 });
  world.openTerminal('node1', { rows: 24, columns: 80 });
  await world.runFast(() => false, 3 * SECOND);
  const atPrompt = () => world.view.terminals[0]?.atPrompt;
  return {
    world,
    atPrompt,
    async type(keys: string) {
      world.input(0, keys);
      await world.runFast(() => false, world.now + 8 * SECOND);
      return atPrompt();
    },
  };
}

test('a shell is at its prompt from there to Enter, and not while a program runs', async () => {
  const { type, atPrompt } = await terminal();
  expect({
    first: atPrompt(),
    halfALine: await type('sleep 10'),
    sleeping: await type('0\r'),
    interrupted: await type('\x03'),
    editor: await type('nano x\r'),
    editorLeft: await type('\x18'),
    reads: await type('read -p "Name: " x\r'),
    answered: await type('ann\r'),
  }).toEqual({
    first: true,
    halfALine: true,
    sleeping: false,
    interrupted: true,
    editor: false,
    editorLeft: true,
    reads: false,
    answered: true,
  });
});

test('a shell in a shell counts, one in a container does not: docker is not there', async () => {
  const { type } = await terminal();
  expect({
    root: await type('sudo -s\r'),
    left: await type('exit\r'),
    container: await type('docker run -it --rm alpine\r'),
    containerLeft: await type('exit\r'),
  }).toEqual({ root: true, left: true, container: false, containerLeft: true });
});

test('the time of a file is seen from outside without an input', async () => {
  const { world, type } = await terminal();
  const path = '/home/student/notes.txt';
  const times = [world.fileTime('node1', path)];
  for (const text of ['a', 'b']) {
    await type(`echo ${text} > notes.txt\r`);
    times.push(world.fileTime('node1', path));
  }
  expect(times[0]).toBe(0);
  expect(times[2]).toBeGreaterThan(times[1]!);
  expect(world.log.entries.map((entry) => entry.kind)).toEqual(['open', 'keys', 'keys']);
});
