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
