/** `docker create` that fails, and two of them at once. */
import { beforeEach, expect, it } from 'vitest';
import { worldShell } from './testing.ts';

let run: (command: string) => Promise<string>;

beforeEach(async () => {
  const shell = await worldShell();
  run = async (command) => {
    const { stdout, stderr } = await shell.run(command);
    return stdout + stderr;
  };
  await run('docker pull -q alpine');
});

it.each([
  ['-w /etc/passwd -v /x -v kept:/y --mount type=volume,dst=/z alpine', 'Cannot mkdir: /etc/passwd is not a directory'],
  ['-v /x -v kept:/y --mount type=volume,dst=/z --mount type=bind,src=/nowhere,dst=/b alpine', 'bind source path does not exist: /nowhere'],
  [
    '-v kept:/y --mount type=volume,dst=/z -v /etc/passwd alpine',
    'cannot mount volume over existing file, file exists /var/lib/docker/overlay2/',
  ],
])('docker create %s leaves the volumes that have a name, and nothing else', async (args, message) => {
  expect(await run(`docker create --name broken ${args}`)).toContain(message);
  expect(await run('docker volume ls -q; ls /var/lib/docker/volumes /var/lib/docker/containers')).toBe(
    'kept\n/var/lib/docker/containers:\n\n/var/lib/docker/volumes:\nkept\n',
  );
  expect(await run('docker create --name broken alpine | wc -c')).toBe('65\n');
});

it('two that want one name and one volume: the first has the name, both the volume', async () => {
  const seen = await run(
    'for i in 1 2 3; do docker create --name web -v data:/data alpine >> /tmp/out 2>&1 & done; for i in 1 2; do docker create -v data:/data alpine >/dev/null & done; wait; cat /tmp/out',
  );
  expect(seen.match(/^[0-9a-f]{64}$/gm)).toHaveLength(1);
  const [id] = /^[0-9a-f]{64}$/m.exec(seen) ?? [];
  expect(seen.split(`is already in use by container "${id}"`)).toHaveLength(3);
  expect(await run('docker ps -aq | wc -l; docker volume ls -q')).toBe('3\ndata\n');
});
