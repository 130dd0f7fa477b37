// The engine without a page: the client's own `docker ps` as containers become many, and how fast a session comes back.
import { spawn } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import { createServer } from 'vite';
import { root } from '../install.mjs';

export const title = 'Engine, in Node';
const repeats = 9;

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** A machine on standard input and output: types a command, answers with the milliseconds until its result. */
async function machine() {
  const child = spawn(process.execPath, [path.join(root, 'tools/drydock.mjs'), 'headless'], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = readline.createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async (request) => {
    const began = performance.now();
    child.stdin.write(`${JSON.stringify(request)}\n`);
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error('headless has ended');
      if (!value.startsWith('{')) continue;
      const answer = JSON.parse(value);
      if (answer.exit !== undefined && answer.exit !== 0) throw new Error(`${request.cmd}: ${answer.stderr}`);
      return performance.now() - began;
    }
  };
  await ask({ cwd: '/home/student', home: '/root', hostname: 'node1' });
  return { type: (cmd) => ask({ cmd }), end: () => child.stdin.end() };
}

export async function measure(figure) {
  const { type, end } = await machine();
  await type('docker pull -q busybox');
  let made = 0;
  for (const count of [0, 100, 1000]) {
    if (count > made) await type(`for i in $(seq ${count - made}); do docker create busybox >/dev/null; done`);
    made = count;
    const took = [];
    for (let n = 0; n < repeats; n++) took.push(await type('docker ps -a'));
    figure(`docker ps -a, ${count} containers`, median(took), 'ms');
  }
  end();

  const server = await createServer({ root, configFile: false, logLevel: 'error', server: { middlewareMode: true } });
  const { live, randomSession } = await server.ssrLoadModule('/e2e/support/randomSession.ts');
  const { World } = await server.ssrLoadModule('/src/sim/world/index.ts');
  const world = World.create({ seed: 20 });
  await live(world, randomSession(20, 300));
  const log = JSON.parse(JSON.stringify(world.log));
  const began = performance.now();
  await World.replay(log);
  figure('replay of 300 random commands', performance.now() - began, 'ms');
  await server.close();
}
