import { expect, it } from 'vitest';
import { worldShell } from './testing.ts';

const plainLines = (stdout: string, status: string) => stdout.split('\n').filter((line) => line.endsWith(`: ${status}`));

it('three layers come in at a time, and are registered from the base up', async () => {
  const { run } = await worldShell();
  const { stdout } = await run('docker pull postgres:17');
  const layers = plainLines(stdout, 'Pulling fs layer').map((line) => line.split(':')[0]);
  expect(layers.length).toBeGreaterThan(6);
  expect(plainLines(stdout, 'Waiting').map((line) => line.split(':')[0])).toEqual(layers.slice(3));
  expect(plainLines(stdout, 'Pull complete').map((line) => line.split(':')[0])).toEqual(layers);
  // A layer at the bottom is unpacked while others still come in.
  expect(stdout.indexOf(`${layers[0]}: Pull complete`)).toBeLessThan(stdout.lastIndexOf(': Download complete'));
});

it('a pull that is given up gives its places back', async () => {
  const { run } = await worldShell();
  await run('timeout 1 docker pull postgres:17; timeout 1 docker pull mysql');
  expect((await run('docker images -q')).stdout).toBe('');
  const { stdout } = await run('docker pull -q alpine & docker pull -q busybox; wait; docker images --format "{{.Repository}}" | sort');
  expect(stdout.split('\n').slice(-3)).toEqual(['alpine', 'busybox', '']);
});

it('two clients may pull the same image', async () => {
  const { run } = await worldShell();
  await run('docker pull -q httpd & docker pull -q httpd & wait');
  expect((await run('docker run --rm httpd httpd -v')).exit).toBe(0);
  expect((await run('docker images -q | wc -l')).stdout).toBe('1\n');
});
