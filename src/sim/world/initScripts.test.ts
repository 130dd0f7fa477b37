/** Services in a container, where no systemd runs: the scripts of /etc/init.d that packages bring. */
import { expect, test } from 'vitest';
import { worldShell } from './testing.ts';

test('service starts what apt has installed', async () => {
  const { run } = await worldShell();
  await run('docker pull -q debian; docker run -d --name box debian sleep 1000');
  await run('docker exec box sh -c "apt-get update -qq; apt-get install -qqy nginx curl"');
  const service = async (words: string) => {
    const { stdout, stderr, exit } = await run(`docker exec box service ${words}`);
    return `${stdout}${stderr}${exit}`;
  };
  expect(await service('nginx status')).toBe('nginx is not running ... failed!\n3');
  expect(await service('nginx start')).toBe('Starting nginx: nginx.\n0');
  expect(await service('--status-all')).toBe(' [ + ]  nginx\n0');
  expect((await run('docker exec box curl -s localhost')).stdout).toContain('<h1>Welcome to nginx!</h1>');
  expect(await service('nginx stop')).toBe('Stopping nginx: nginx.\n0');
  expect(await service('nosuch start')).toBe('nosuch: unrecognized service\n1');
}, 60_000);
