/** What a student at the prompt sees of keys that end or leave the client, as the real client on a terminal. */
import { expect, it } from 'vitest';
import { World } from './world.ts';

async function typist() {
  const world = World.create({ seed: 7 });
  world.onCrash = (error) => {
    throw error;
  };
  const pass = (seconds: number) => world.runFast(() => false, world.now + seconds * 1e6);
  await pass(3);
  const terminal = world.openTerminal('node1', { rows: 24, columns: 100 });
  const decoder = new TextDecoder();
  let shown = '';
  world.onOutput(terminal, (data) => {
    shown += decoder.decode(data);
  });
  await pass(1);
  /** Types, waits, and gives what appeared, without escape sequences. */
  return async (keys: string): Promise<string> => {
    shown = '';
    world.input(terminal, keys);
    await pass(3);
    return shown.replace(/\x1b\[[0-9;?]*[a-zA-Z]|\r/g, '');
  };
}

it('the third ^C ends a client whose container does not listen', async () => {
  const type = await typist();
  await type('docker pull -q alpine\r');
  await type('docker run --rm alpine sleep 50\r');
  expect(await type('\x03')).toBe('^C');
  expect(await type('\x03')).toBe('^C');
  expect(await type('\x03')).toContain('^C\ngot 3 SIGTERM/SIGINTs, forcefully exiting\n');
  expect(await type('echo $?\r')).toContain('\n1\n');
});

it('a client that only looks ends on its own account: the prompt follows ^C', async () => {
  const type = await typist();
  await type('docker events\r');
  expect(await type('\x03')).toMatch(/^\^Cstudent@node1:~\$ $/);
  expect(await type('echo $?\r')).toContain('\n130\n');
});

it('the detach keys leave exec and attach with their words and status 1, run without', async () => {
  const type = await typist();
  await type('docker run -dit --name box alpine\r');
  await type('docker exec -it box sh\r');
  expect(await type('\x10\x11')).toContain('read escape sequence\n');
  expect(await type('echo $?\r')).toContain('\n1\n');
  await type('docker attach box\r');
  expect(await type('\x10\x11')).toContain('read escape sequence\n');
  await type('docker run -it --name other alpine\r');
  expect(await type('\x10\x11')).not.toContain('read');
  expect(await type('echo $?\r')).toContain('\n0\n');
});

it('a program that is not there leaves exec -t at once', async () => {
  const type = await typist();
  await type('docker run -d --name box alpine sleep 1000\r');
  expect(await type('docker exec -it box nosuch; echo $?\r')).toMatch(/executable file not found in \$PATH(: unknown)?\n127\n/);
});

it('vi of BusyBox opens', async () => {
  const type = await typist();
  await type('docker run -it --rm alpine\r');
  await type('vi note\r');
  await type('ihello\x1b:wq\r');
  expect(await type('cat note\r')).toContain('\nhello\n');
});

it('a trap for INT runs as ^C is typed at the prompt', async () => {
  const type = await typist();
  await type("trap 'echo got' INT\r");
  await type('abc');
  expect(await type('\x03')).toBe('^Cgot\n\nstudent@node1:~$ ');
  expect(await type('echo $?\r')).toContain('\n130\n');
});

// As bash 5.2, dash 0.5.12 and BusyBox 1.37 write them on a terminal; only bash begins a line of its own, and tells of `&`.
it.each([
  ['bash', '^Z\n[1]+  Stopped                 sleep 20\n', '[1]+  Running                 sleep 20 &\n', '[2] '],
  ['docker run -it --rm debian sh', '^Z[1] + Stopped                    sleep 20\n', '[1] + Running                    sleep 20\n', ''],
  ['docker run -it --rm alpine', '^Z[1]+  Stopped                    sleep 20\n', '[1]+  Running                    sleep 20\n', ''],
])('%s has its own lines about jobs', async (shell, stopped, running, told) => {
  const type = await typist();
  await type('docker pull -q debian; docker pull -q alpine\r');
  await type(`${shell}\r`);
  await type('sleep 20\r');
  expect(await type('\x1a')).toContain(stopped);
  expect(await type('exit\r')).toContain(`${shell === 'bash' ? 'exit\nThere are' : '\nYou have'} stopped jobs.\n`);
  expect(await type('bg\r')).toContain(shell === 'bash' ? '[1]+ sleep 20 &\n' : '[1] sleep 20\n');
  expect(await type('jobs\r')).toContain(running);
  const began = (await type('true & echo done\r')).split('echo done\n')[1];
  expect(/^\[2\] /.test(began)).toBe(told !== '');
});
