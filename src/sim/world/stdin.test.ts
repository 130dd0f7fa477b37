/** The input of containers and execs, and the connections of the daemon beside it. */
import { beforeEach, expect, it } from 'vitest';
import { worldShell } from './testing.ts';

let run: (command: string) => Promise<string>;

beforeEach(async () => {
  const shell = await worldShell();
  run = async (command) => (await shell.run(command)).stdout;
  await run('docker pull -q alpine');
});

/** A client that comes while another's command runs, and stays longer than that. */
const WATCHER = 'timeout 5 curl -sN --unix-socket /run/docker.sock http://docker/events > seen; echo $?';

it.each([
  ['exec', 'docker run -d --name box alpine sleep 100', 'docker exec -i box'],
  ['run', 'true', 'docker run -i --rm alpine'],
])('an input that has ended is closed once: docker %s does not end who came after it', async (_verb, before, command) => {
  await run(before);
  expect(await run(`echo hello | ${command} sh -c 'cat; sleep 3' > out & sleep 1.5; ${WATCHER}; cat out`)).toBe('124\nhello\n');
});
