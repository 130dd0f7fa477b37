/** Addresses that the daemon gives to containers. */
import { expect, it } from 'vitest';
import { worldShell } from './testing.ts';

it('an address that a failed start had taken is given back', async () => {
  const shell = await worldShell();
  const run = async (command: string) => (await shell.run(command)).stdout;
  await run('docker pull -q alpine; docker network create n1');
  const bridge = `br-${(await run('docker network ls -qf name=n1')).trim()}`;
  await run(`ip link set ${bridge} down; ip link del ${bridge}`);
  for (let i = 0; i < 3; i++) expect((await shell.run('docker run -d --network n1 alpine sleep 100')).exit).toBe(125);
  await run(`ip link add ${bridge} type bridge; ip link set ${bridge} up`);
  await run('docker run -d --network n1 --name last alpine sleep 100');
  expect(await run("docker inspect -f '{{.NetworkSettings.Networks.n1.IPAddress}}' last")).toBe('172.18.0.2\n');
});
