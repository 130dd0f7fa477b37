import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startEngine } from './serve.ts';

let directory: string;
let socket: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'drydock-'));
  socket = path.join(directory, 'd.sock');
});
afterEach(() => rmSync(directory, { recursive: true }));

const start = () => startEngine({ hosts: [`unix://${socket}`], seed: 1, epochUs: 0 });

/** A socket's file as a server leaves it that was killed. */
async function leaveSocket(): Promise<void> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(`${socket}.0`, resolve));
  renameSync(`${socket}.0`, socket);
  await new Promise((resolve) => server.close(resolve));
}

test('takes the place of a server that is gone, and removes its socket at the end', async () => {
  await leaveSocket();
  expect(existsSync(socket)).toBe(true);
  const engine = await start();
  engine.close();
  expect(existsSync(socket)).toBe(false);
});

test('leaves a file alone', async () => {
  writeFileSync(socket, 'precious');
  await expect(start()).rejects.toThrow(`${socket}: there is something that is no socket`);
  expect(readFileSync(socket, 'utf8')).toBe('precious');
});

test('leaves a server that listens alone', async () => {
  const engine = await start();
  await expect(start()).rejects.toThrow(`${socket}: another server listens there`);
  expect(existsSync(socket)).toBe(true);
  engine.close();
});

test('when one address cannot be had, those before it are given back', async () => {
  const file = path.join(directory, 'file');
  writeFileSync(file, 'precious');
  const hosts = [`unix://${socket}`, `unix://${file}`];
  await expect(startEngine({ hosts, seed: 1, epochUs: 0 })).rejects.toThrow(`${file}: there is something that is no socket`);
  expect(existsSync(socket)).toBe(false);
});

test('a client is not read faster than the process that it writes to reads', async () => {
  const engine = await start();
  const request = (line: string, body: string) =>
    `POST ${line} HTTP/1.1\r\nHost: d\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const ask = (line: string, body = '') =>
    new Promise<void>((resolve) => {
      const client = net.connect(socket, () => client.write(request(line, body)));
      client.on('data', () => {}).on('close', () => resolve());
    });
  await ask('/images/create?fromImage=busybox&tag=latest');
  await ask('/containers/create?name=deaf', JSON.stringify({ Image: 'busybox', Cmd: ['sleep', '1000'], OpenStdin: true }));
  const client = net.connect(socket);
  client.write('POST /containers/deaf/attach?stdin=1&stream=1 HTTP/1.1\r\nHost: d\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n');
  await new Promise((resolve) => client.once('data', resolve));
  await ask('/containers/deaf/start');
  const piece = Buffer.alloc(1 << 20, 'x');
  let sent = 0;
  for (; sent < 64; sent++) {
    if (client.write(piece)) continue;
    const taken = await new Promise((resolve) => {
      client.once('drain', () => resolve(true));
      setTimeout(resolve, 1000, false);
    });
    if (!taken) break;
  }
  expect(sent).toBeLessThan(16);
  client.destroy();
  engine.close();
}, 30_000);
