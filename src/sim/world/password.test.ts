import { expect, test } from 'vitest';
import { World } from './index.ts';

const SECOND = 1_000_000;

/** Types each text and gives what the terminal shows in the end. */
async function typed(...keys: string[]): Promise<string> {
  const world = World.create({ seed: 5 });
  const terminal = world.openTerminal('node1', { rows: 24, columns: 80 });
  let screen = '';
  world.onOutput(terminal, (data) => {
    screen += new TextDecoder().decode(data);
  });
  await world.runFast(() => false, 2 * SECOND);
  for (const key of keys) {
    world.input(terminal, key);
    await world.runFast(() => false, world.now + 2 * SECOND);
  }
  return screen.replace(/\x1b\[[?\d;]*[a-zA-Z]|\r/g, '');
}

test('su asks without echo, and a machine whose root has no password refuses', async () => {
  const screen = await typed('su\r', 'secret\r', 'echo after\r');
  expect(screen).toContain('Password: \nsu: Authentication failure\n');
  expect(screen).not.toContain('secret');
  expect(screen).toMatch(/\$ echo after\nafter\n/);
});

test('with the password that passwd has set, su lets in', async () => {
  const screen = await typed('sudo passwd root\r', 'tiger\r', 'tiger\r', 'su -c id\r', 'tiger\r');
  expect(screen).toContain('New password: \nRetype new password: \npasswd: password updated successfully\n');
  expect(screen).toContain('Password: \nuid=0(root)');
  expect(screen).not.toContain('tiger');
});
