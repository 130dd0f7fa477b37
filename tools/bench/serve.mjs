// The engine on a real socket: requests a second, and how long lists take as containers become many.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../install.mjs';

export const title = 'serve: the Engine API on a Unix socket';

const CONNECTIONS = 8;
const ROUND_MS = 1500;
/** What a container's start takes in the model (runtime/task.ts), passed at the pace of the wall clock. */
const RUNC_MS = 70;

export async function measure(figure) {
  const directory = mkdtempSync(path.join(tmpdir(), 'drydock-bench-'));
  const socketPath = path.join(directory, 'd.sock');
  const began = performance.now();
  const server = spawn(process.execPath, ['tools/drydock.mjs', 'serve', '-H', `unix://${socketPath}`], { cwd: root, stdio: 'ignore' });
  try {
    while (!existsSync(socketPath)) await new Promise((resolve) => setTimeout(resolve, 20));
    figure('start to first answer, build included if it was due', performance.now() - began, 'ms');
    const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
    const ask = (method, target, body) => request({ socketPath, agent }, method, target, body);
    await ask('POST', '/images/create?fromImage=busybox&tag=latest');
    const rate = async (name, target, options) =>
      figure(`${name}, ${CONNECTIONS} connections`, await perSecond(ask, target), '/s', options);
    await rate('GET /_ping', '/_ping', { atLeast: 2000 });
    await rate('GET /version', '/version', { atLeast: 2000 });
    let made = 0;
    for (const count of [0, 100, 1000]) {
      for (; made < count; made++) await ask('POST', `/containers/create?name=c${made}`, { Image: 'busybox', Cmd: ['sleep', '1000'] });
      figure(`GET /containers/json?all=1, ${count} containers`, await milliseconds(ask, '/containers/json?all=1'), 'ms', {
        goal: count === 1000 ? 100 : 20,
      });
    }
    figure('create, start, wait, remove of `true`', await lifeCycle(ask), 'ms', { goal: RUNC_MS + 50 });
    agent.destroy();
  } finally {
    server.kill();
    rmSync(directory, { recursive: true, force: true });
  }
}

function request(connection, method, target, body) {
  return new Promise((resolve, reject) => {
    const data = body && JSON.stringify(body);
    const headers = data ? { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(data) } : {};
    const call = http.request({ ...connection, method, path: target, headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => {
        const text = Buffer.concat(parts).toString();
        if (response.statusCode >= 400) reject(new Error(`${method} ${target}: ${response.statusCode} ${text}`));
        else resolve(text);
      });
    });
    call.on('error', reject);
    call.end(data);
  });
}

async function perSecond(ask, target) {
  let answered = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() - began < ROUND_MS) {
        await ask('GET', target);
        answered++;
      }
    }),
  );
  return (answered * 1000) / (performance.now() - began);
}

/** The middle one of some calls, one after the other. */
async function milliseconds(ask, target) {
  const times = [];
  for (let i = 0; i < 21; i++) {
    const began = performance.now();
    await ask('GET', target);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[10];
}

async function lifeCycle(ask) {
  const times = [];
  for (let i = 0; i < 21; i++) {
    const began = performance.now();
    const { Id } = JSON.parse(
      await ask('POST', '/containers/create', { Image: 'busybox', Cmd: ['true'], HostConfig: { NetworkMode: 'none' } }),
    );
    const ended = ask('POST', `/containers/${Id}/wait?condition=next-exit`);
    await ask('POST', `/containers/${Id}/start`);
    await ended;
    await ask('DELETE', `/containers/${Id}`);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[10];
}
