/** How long the daemon remembers an exec. */
import { beforeEach, expect, it } from 'vitest';
import { type TestShell, worldShell } from './testing.ts';

let shell: TestShell;
const run = async (command: string): Promise<string> => (await shell.run(command)).stdout;
const remembered = () => shell.world.dockers.get('node1')!.records.all('execs').length;

beforeEach(async () => {
  shell = await worldShell();
  await run('docker pull -q alpine');
});

const API = 'curl -s --unix-socket /run/docker.sock http://docker';

it('an exec can be asked for its status for some five minutes after its end', async () => {
  await run('docker run -d --name box alpine sleep infinity');
  const created = await run(
    `${API}/containers/box/exec -H "Content-Type: application/json" -d '{"Cmd":["sh","-c","exit 3"],"AttachStdout":true}'`,
  );
  const { Id } = JSON.parse(created) as { Id: string };
  await run(`${API}/exec/${Id}/start -H "Content-Type: application/json" -d "{}"`);
  const ask = async () => JSON.parse(await run(`${API}/exec/${Id}/json`)) as object;
  await run('sleep 240');
  expect(await ask()).toMatchObject({ Running: false, ExitCode: 3 });
  await run('sleep 420');
  expect(await ask()).toEqual({ message: `No such exec instance: ${Id}` });
});

it('one that runs, and one that has not begun, is kept as long as its container', async () => {
  await run('docker run -d --name box alpine sleep infinity');
  await run('docker exec -d box sleep infinity');
  await run(`${API}/containers/box/exec -H "Content-Type: application/json" -d '{"Cmd":["true"]}'`);
  await run('sleep 1200');
  expect(remembered()).toBe(2);
  await run('docker rm -f box');
  expect(remembered()).toBe(0);
});

it('probes of a health check leave nothing behind', async () => {
  await run('docker run -d --name box --health-cmd true --health-interval 1s alpine sleep infinity');
  await run('sleep 30.5');
  expect(await run("docker inspect -f '{{.State.Health.Status}} {{len .State.Health.Log}}' box")).toBe('healthy 5\n');
  expect(remembered()).toBe(0);
});
