import { expect, it } from 'vitest';
import { worldShell } from './testing.ts';

/** What a root shell prints on a machine that has been up for `us`. */
async function booted(us: number): Promise<(command: string) => Promise<string>> {
  const { run } = await worldShell({ upUs: us });
  return async (command) => {
    const { stdout, stderr } = await run(command);
    return stdout + stderr;
  };
}

it('listens before the daemon runs, and starts it for the first who asks', async () => {
  const run = await booted(300_000);
  expect(await run('systemctl is-active docker.socket docker.service; stat -c "%a %U %G" /run/docker.sock')).toBe(
    'active\ninactive\n660 root docker\n',
  );
  expect(await run('curl -s --unix-socket /run/docker.sock http://d/_ping; echo; systemctl is-active docker.service')).toBe('OK\nactive\n');
});

it('starts the daemon by itself once the network is there', async () => {
  const run = await booted(2_000_000);
  expect(await run('systemctl is-active docker.service; systemctl show -p SubState docker.socket')).toBe('active\nSubState=running\n');
});

it('says that a stopped service has a socket which starts it again', async () => {
  const run = await booted(2_000_000);
  expect(await run('systemctl stop docker')).toBe("Stopping 'docker.service', but its triggering units are still active:\ndocker.socket\n");
  expect(
    await run('systemctl is-active docker; curl -s --unix-socket /run/docker.sock http://d/_ping; echo; systemctl is-active docker'),
  ).toBe('inactive\nOK\nactive\n');
  expect(await run('systemctl stop docker.socket docker; systemctl is-active docker; docker ps')).toContain(
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
  );
});

it('brings back what a restart policy wants, before it answers', async () => {
  const run = await booted(2_000_000);
  await run('docker run -d --name web --restart always nginx; docker run -d --name once nginx');
  expect(await run("systemctl restart docker; docker ps -a --format '{{.Names}} {{.State}}'")).toBe('once exited\nweb running\n');
});

it('starts containerd too for the first who asks: a container runs at once', async () => {
  const run = await booted(300_000);
  expect(await run('docker run --rm busybox echo hello; systemctl is-active containerd')).toMatch(/^hello\nactive\n/);
});
