/** What is not what it says it is: blobs of a registry, and archives that are none. */
import { beforeEach, expect, it } from 'vitest';
import { worldShell } from './testing.ts';

let run: (command: string) => Promise<string>;

beforeEach(async () => {
  const shell = await worldShell();
  run = async (command) => {
    const { stdout, stderr } = await shell.run(command);
    return stdout + stderr;
  };
});

it.each([
  ['the layer', 'jq -r .layers[0].digest', (digest: string) => `filesystem layer verification failed for digest ${digest}`],
  ['the config', 'jq -r .config.digest', (digest: string) => `image config verification failed for digest ${digest}`],
])(
  'docker pull checks %s',
  async (_name, pick, message) => {
    await run('docker run -d --name reg -p 5000:5000 -v reg:/var/lib/registry registry:2; docker pull -q alpine; sleep 1');
    await run('docker tag alpine localhost:5000/alpine; docker push -q localhost:5000/alpine');
    const manifest = `curl -s -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' localhost:5000/v2/alpine/manifests/latest`;
    const digest = (await run(`${manifest} | ${pick}`)).trim();
    await run('docker rmi alpine localhost:5000/alpine');
    const hex = digest.slice('sha256:'.length);
    await run(`printf x >> /var/lib/docker/volumes/reg/_data/docker/registry/v2/blobs/sha256/${hex.slice(0, 2)}/${hex}/data`);
    expect(await run('docker pull -q localhost:5000/alpine')).toBe(`${message(digest)}\n`);
    expect(await run('docker images -q alpine')).toBe('');
  },
  60_000,
);

const CURL = 'curl -s --unix-socket /run/docker.sock';
it.each([
  ['printf garbage', 'unexpected EOF'],
  ['head -c 2000 /dev/zero | tr "\\0" x', 'archive/tar: invalid tar header'],
  ['tar -c /etc/passwd | head -c 700', 'unexpected EOF'],
  ['tar -cz /etc/passwd | head -c 100', 'unexpected EOF'],
])('an archive made by %s is refused', async (make, message) => {
  expect(await run(`(${make}) 2>/dev/null | docker import - foo:bar; docker images -q foo`)).toBe(
    `Error response from daemon: ${message}\n`,
  );
  expect(await run(`(${make}) 2>/dev/null | docker load`)).toContain(message);
  await run('docker create --name box alpine');
  expect(
    await run(
      `(${make}) 2>/dev/null > x; ${CURL} -X PUT -H 'Content-Type: application/x-tar' --data-binary @x 'http://d/containers/box/archive?path=/'`,
    ),
  ).toBe(`{"message":"${message}"}\n`);
});
