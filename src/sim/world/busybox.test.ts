/** BusyBox in images of the catalogue: its banner, its web server, and musl's words. */
import { beforeAll, expect, test } from 'vitest';
import { type TestShell, worldShell } from './testing.ts';

let shell: TestShell;
beforeAll(async () => {
  shell = await worldShell();
  for (const image of ['busybox:1.37', 'alpine', 'nginx:alpine']) await shell.run(`docker pull -q ${image}`);
}, 60_000);

const typed = async (command: string) => {
  const { stdout, stderr } = await shell.run(command);
  return stdout + stderr;
};

test('each image has its own build', async () => {
  expect(await typed('docker run --rm busybox:1.37 busybox | head -1')).toBe(
    'BusyBox v1.37.0 (2024-09-26 21:31:42 UTC) multi-call binary.\n',
  );
  expect(await typed('docker run --rm alpine busybox | head -1')).toBe('BusyBox v1.37.0 (2025-08-05 16:40:33 UTC) multi-call binary.\n');
  expect(await typed('docker run --rm alpine ls -ld /bin')).toBe('drwxr-xr-x    2 root     root          4096 Aug  5 00:00 /bin\n');
}, 60_000);

test('top and watch keep a detached container up', async () => {
  await shell.run('docker run -d --name top busybox:1.37 top; docker run -d --name watch alpine watch date; sleep 5');
  expect(await typed("docker ps --format '{{.Names}} {{.State}}' | sort")).toBe('top running\nwatch running\n');
  await shell.run('docker rm -f top watch');
}, 60_000);

test('httpd serves a folder', async () => {
  await shell.run('docker run -d --name web -p 8080:80 busybox:1.37 sh -c "echo hello > /home/index.html; httpd -f -vv -h /home"; sleep 1');
  expect(await typed('curl -s localhost:8080/; curl -s localhost:8080/nosuch')).toBe(
    'hello\n<HTML><HEAD><TITLE>404 Not Found</TITLE></HEAD>\n<BODY><H1>404 Not Found</H1>\nThe requested URL was not found\n</BODY></HTML>\n',
  );
  expect((await typed('docker logs web')).replace(/\[.*?\]:\d+/g, 'PEER')).toBe(
    'PEER: url:/\nPEER: response:200\nPEER: url:/nosuch\nPEER: response:404\n',
  );
  expect(await typed('docker exec web httpd')).toBe('httpd: bind: Address already in use\n');
  await shell.run('docker rm -f web');
}, 60_000);

test('programs of Alpine speak as musl does', async () => {
  await shell.run('docker run -d --name ng nginx:alpine; sleep 1');
  expect(
    (await typed('docker exec ng nginx'))
      .split('\n')
      .filter((line) => line.startsWith('nginx:'))
      .slice(0, 2),
  ).toEqual([
    'nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address in use)',
    'nginx: [emerg] bind() to [::]:80 failed (98: Address in use)',
  ]);
  expect(await typed('docker run --rm alpine stty')).toBe('stty: standard input: Not a tty\n');
  await shell.run('docker rm -f ng');
}, 60_000);

test('a container may not name the host, mount or unshare', async () => {
  expect(await typed('docker run --rm alpine hostname foo')).toBe('hostname: sethostname: Operation not permitted\n');
  expect(await typed('docker run --rm alpine mount -t tmpfs x /mnt')).toBe('mount: permission denied (are you root?)\n');
  expect(await typed('docker run --rm alpine unshare -p true')).toBe('unshare: unshare(0x20000000): Operation not permitted\n');
}, 60_000);
