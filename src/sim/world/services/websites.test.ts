/** What commands on the machine and in containers see of the simulated internet. */
import { beforeAll, expect, test } from 'vitest';
import { type TestShell, worldShell } from '../testing.ts';

let shell: TestShell;
beforeAll(async () => {
  shell = await worldShell();
  await shell.run('docker pull -q alpine; docker network create lan');
}, 60_000);

const out = async (command: string) => {
  const { stdout, stderr } = await shell.run(command);
  return stdout + stderr;
};

test('a container reaches the internet by name, on the default bridge and on its own network', async () => {
  expect(await out('docker run --rm alpine wget -qO- http://example.com | grep title')).toBe('<title>Example Domain</title>\n');
  expect(await out('docker run --rm --network lan alpine wget -qO- http://example.com | grep title')).toBe(
    '<title>Example Domain</title>\n',
  );
  expect(await out('docker run --rm alpine ping -c 1 8.8.8.8 | grep transmitted')).toBe(
    '1 packets transmitted, 1 packets received, 0% packet loss\n',
  );
});

test('a container without a network does not', async () => {
  expect(await out('docker run --rm --network none alpine wget -qO- http://example.com')).toBe("wget: bad address 'example.com'\n");
});

test.each([
  ['expired', 'certificate has expired'],
  ['self-signed', 'self-signed certificate'],
])('curl refuses a certificate: %s', async (name, why) => {
  const { stderr, exit } = await shell.run(`curl -sS https://${name}.badssl.com`);
  expect([stderr.split('\n')[0], exit]).toEqual([`curl: (60) SSL certificate problem: ${why}`, 60]);
});

test('a host that echoes requests', async () => {
  expect(await out('curl -s http://httpbin.org/status/418 -o /dev/null -w "%{http_code}"')).toBe('418');
  expect(await out('curl -s -d a=1 http://httpbin.org/post | grep -A1 \'"form":\'')).toBe('  "form": {\n    "a": "1"\n');
});

test('a public resolver answers like the own one', async () => {
  expect(await out('dig +short @8.8.8.8 example.com')).toBe('93.184.215.14\n');
});
