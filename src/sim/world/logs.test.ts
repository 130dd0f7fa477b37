/** `docker logs`: what is there, what comes, and files that someone else has been at. */
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

const say = (name: string, script: string, options = '') => run(`docker run -d --name ${name} ${options} alpine sh -c '${script}'`);
const logFile = (name: string) => `$(docker inspect -f '{{.LogPath}}' ${name})`;

it('follows a log over its rotations and misses nothing', async () => {
  await say('busy', 'sleep 1; seq 1 200; sleep 1; seq 201 300', '--log-opt max-size=1k');
  const lines = Array.from({ length: 300 }, (_, i) => `${i + 1}\n`).join('');
  expect(await run('docker logs -f busy')).toBe(lines);
});

it('keeps as many files as were asked for, and shows them all', async () => {
  await say('kept', 'seq 1 60', '--log-opt max-size=1k --log-opt max-file=3');
  await run('docker wait kept');
  expect(await run(`cd $(dirname ${logFile('kept')}); ls *json.log* | wc -l`)).toBe('3\n');
  const shown = (await run('docker logs kept')).trim().split('\n').map(Number);
  expect(shown.at(-1)).toBe(60);
  expect(shown).toEqual(Array.from({ length: shown.length }, (_, i) => 61 - shown.length + i));
  expect(await run('docker logs --tail 15 kept')).toBe(Array.from({ length: 15 }, (_, i) => `${46 + i}\n`).join(''));
});

it('counts the lines of both streams for --tail', async () => {
  await say('both', 'echo 1; sleep 1; echo 2 >&2; sleep 1; echo 3; sleep 1; echo 4 >&2');
  await run('docker wait both');
  expect(await run('docker logs --tail 2 both 2>/dev/null; echo -; docker logs -n 0 both; echo -; docker logs -n -1 both 2>&1')).toBe(
    '3\n-\n-\n1\n2\n3\n4\n',
  );
});

it('follows from the last lines, from a time and until a time', async () => {
  await say('ticks', 'for i in 1 2 3 4 5 6; do echo $i; sleep 1; done');
  await run('sleep 2.5');
  expect(await run('docker logs -f --tail 1 ticks')).toBe('3\n4\n5\n6\n');
  expect(await run('docker logs -f ticks | wc -l')).toBe('6\n');
  await run('docker start ticks; sleep 2.5');
  expect(await run('docker logs --since 2s ticks')).toBe('2\n3\n');
  expect(await run('docker logs -f --since 0.1s --until 0s ticks')).toBe('');
});

it('ends with the run that it follows', async () => {
  await say('again', 'echo hello; sleep 2; exit 1', '--restart on-failure:1');
  expect(await run('docker logs -f again')).toBe('hello\n');
  await run('sleep 5');
  expect(await run('docker logs again')).toBe('hello\nhello\n');
});

it.each([
  ['{"a":1}', 'before\nafter\n'],
  ['{"log":"x","stream":"nowhere","time":"2026-01-01T00:00:00Z"}', 'before\nafter\n'],
  ['{"log":5,"stream":"stdout"}', 'before\n'],
  ['garbage', 'before\n'],
  ['', 'before\nafter\n'],
])('a line %s in the file hurts nobody else', async (line, shown) => {
  await say('lx', 'echo before');
  await run('docker wait lx');
  await run(`echo '${line}' >> ${logFile('lx')}; docker start lx; docker wait lx; sed -i '$ s/before/after/' ${logFile('lx')}`);
  expect(await run('docker logs lx')).toBe(shown);
  expect(await run('docker ps -q | wc -l')).toBe('0\n');
});

const WATCHER = 'timeout 4 curl -sN --unix-socket /run/docker.sock http://docker/events > seen; echo $?';

it('a log whose directory is gone loses its entries, and nobody else their connection', async () => {
  await say('lost', 'while :; do echo 0123456789012345678901234567890123456789; sleep 0.05; done', '--log-opt max-size=1k');
  await run(`sleep 1; rm -rf $(dirname ${logFile('lost')}); sleep 2`);
  expect(await run(WATCHER)).toBe('124\n');
  expect(await run('docker exec lost echo fine')).toBe('fine\n');
});

it('says when the file of a running container is gone', async () => {
  await say('bare', 'echo x; sleep 100');
  const path = (await run(`echo ${logFile('bare')}`)).trim();
  expect(await run(`rm ${path}; docker logs bare`)).toBe(
    `error from daemon in stream: Error grabbing logs: open ${path}: no such file or directory\n\n`,
  );
});
