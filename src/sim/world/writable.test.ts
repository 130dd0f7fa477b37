/** What the page says about a container's writable layer is what the daemon says, while it runs and after. */
import { beforeAll, expect, test } from 'vitest';
import { type TestShell, worldShell } from './testing.ts';

let shell: TestShell;
beforeAll(async () => {
  shell = await worldShell();
  await shell.run('docker run -d --name web nginx; sleep 2');
}, 60_000);

const container = (name: string) => [...shell.world.view.machines.get('node1')!.containers.values()].find((item) => item.name === name)!;
const sizeRw = async (name: string) => Number((await shell.run(`docker inspect -s -f '{{.SizeRw}}' ${name}`)).stdout);

test('what its start wrote is there at once', async () => {
  expect(container('web').writableBytes).toBe(await sizeRw('web'));
  expect(container('web').writableBytes).toBeGreaterThan(0);
});

test('a file that grows, is cut, moved, linked and removed', async () => {
  const before = container('web').writableBytes;
  for (const [command, more] of [
    ['head -c 5000000 /dev/zero > /big', 5_000_000],
    ['truncate -s 1000 /big', 1000],
    ['ln /big /same; mv /big /etc/big', 1000],
    ['rm /etc/big', 1000],
    ['rm /same', 0],
    ['mkdir -p /a/b; echo hello > /a/b/c; mv /a /z', 6],
    ['rm -r /z', 0],
  ] as const) {
    await shell.run(`docker exec web sh -c '${command}'`);
    expect([command, container('web').writableBytes - before]).toEqual([command, more]);
  }
});

test('a file of the image that is changed counts whole: it is copied up', async () => {
  const before = container('web').writableBytes;
  const size = Number((await shell.run('docker exec web stat -c %s /etc/nginx/nginx.conf')).stdout);
  await shell.run("docker exec web sh -c 'echo >> /etc/nginx/nginx.conf'");
  expect(container('web').writableBytes - before).toBe(size + 1);
  // Nobody but root looks there; the count holds all the same.
  await shell.run('echo 12345 > $(docker inspect -f "{{.GraphDriver.Data.UpperDir}}" web)/seen');
  expect(container('web').writableBytes).toBe(await sizeRw('web'));
});

test('it keeps its bytes when it has ended, and every other container keeps its own record', async () => {
  await shell.run('docker run -d --name other nginx; sleep 2');
  const other = container('other');
  await shell.run("docker exec web sh -c 'echo 123 > /more'");
  expect(container('other')).toBe(other);
  await shell.run('docker stop web');
  expect(container('web').writableBytes).toBe(await sizeRw('web'));
  await shell.run('docker rm -f web other');
  expect(shell.world.view.machines.get('node1')!.containers.size).toBe(0);
});
