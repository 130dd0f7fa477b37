import { expect, it } from 'vitest';
import { worldShell } from './testing.ts';

it('a session outlives its bash: the command gets its status, the next one a new shell', async () => {
  const shell = await worldShell();
  expect(await shell.run('x=1; exit 3')).toEqual({ stdout: '', stderr: '', exit: 3 });
  expect(await shell.run('echo "[$x]"')).toEqual({ stdout: '[]\n', stderr: '', exit: 0 });
  expect(await shell.run('echo dying; kill -9 $$')).toEqual({ stdout: 'dying\n', stderr: '', exit: 137 });
  expect(await shell.run('printf %900000000d 1')).toMatchObject({
    stderr: expect.stringMatching(/xrealloc: cannot allocate 900000000 bytes/),
    exit: 2,
  });
  expect(await shell.run('echo alive')).toMatchObject({ stdout: 'alive\n' });
});

it('the limit of a container counts what its shell holds', async () => {
  const shell = await worldShell();
  await shell.run('docker pull -q ubuntu');
  const held = 'x=$(head -c 50000000 /dev/zero | tr "\\0" a); echo held ${#x}';
  expect(await shell.run(`docker run -m 20m --name big ubuntu bash -c '${held}'`)).toMatchObject({ stdout: '', exit: 137 });
  expect((await shell.run("docker inspect -f '{{.State.OOMKilled}}' big")).stdout).toBe('true\n');
});
