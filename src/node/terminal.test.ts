/** The real docker client on a real terminal (a pty made by util-linux' script), against `serve`. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseDate } from './options.ts';
import { missingClient, runReal } from './realClient.ts';
import { startEngine } from './serve.ts';

const missing = missingClient() ?? (spawnSync('script', ['--version']).error ? 'there is no script(1)' : undefined);
if (missing) console.warn(`Skipped: the real client on a terminal, as ${missing}.`);
const real = test.skipIf(missing);

const directory = mkdtempSync(path.join(tmpdir(), 'drydock-'));
const socket = path.join(directory, 'd.sock');
let engine: Awaited<ReturnType<typeof startEngine>>;

beforeAll(async () => {
  engine = await startEngine({ hosts: [`unix://${socket}`], seed: 11, epochUs: parseDate('now') });
  if (!missing) await docker('pull -q busybox');
}, 60_000);
afterAll(() => {
  engine.close();
  rmSync(directory, { recursive: true, force: true });
});

const docker = (words: string) => runReal(`docker ${words}`, socket, directory);

/** A command on a pty of its own: what it has printed so far, keys into it, its exit status. */
class Screen {
  text = '';
  readonly #child: ChildProcess;
  readonly status: Promise<number | null>;

  constructor(command: string) {
    this.#child = spawn('script', ['-qefc', `stty rows 30 cols 100; ${command}`, '/dev/null'], {
      cwd: directory,
      env: {
        PATH: process.env.PATH,
        HOME: directory,
        TERM: 'xterm-256color',
        LANG: 'C.UTF-8',
        SHELL: '/bin/bash',
        DOCKER_HOST: `unix://${socket}`,
      },
    });
    this.#child.stdout?.on('data', (data) => {
      this.text += data;
    });
    this.status = new Promise((resolve) => this.#child.on('exit', resolve));
  }

  keys(text: string): void {
    this.#child.stdin?.write(text);
  }

  /** Waits until the pattern stands in what came since the last time, and takes that away. */
  async sees(pattern: RegExp): Promise<string> {
    await expect.poll(() => this.text, { timeout: 20_000 }).toMatch(pattern);
    const seen = this.text;
    this.text = '';
    return seen;
  }
}

real('run -it: a shell with the size of the terminal, and its exit status', { timeout: 60_000 }, async () => {
  const screen = new Screen('docker run -it --rm busybox sh');
  await screen.sees(/\/ # $/);
  screen.keys('stty size; tty\r');
  expect(await screen.sees(/pts\/0\r\n\/ # $/)).toBe('stty size; tty\r\n30 100\r\n/dev/pts/0\r\n/ # ');
  screen.keys('exit 3\r');
  expect(await screen.status).toBe(3);
});

real('Ctrl-C reaches the process in the container', { timeout: 60_000 }, async () => {
  const screen = new Screen('docker run -it --rm busybox sh -c "echo up; sleep 100; exit $?"');
  await screen.sees(/up\r\n/);
  screen.keys('\x03');
  expect(await screen.status).toBe(130);
});

real('Ctrl-P Ctrl-Q leaves the container running, and attach comes back to it', { timeout: 60_000 }, async () => {
  const screen = new Screen('docker run -it --name kept busybox sh');
  await screen.sees(/\/ # $/);
  screen.keys('x=5\r');
  await screen.sees(/\/ # $/);
  screen.keys('\x10\x11');
  expect(await screen.status).toBe(0);
  expect((await docker("ps --filter name=kept --format '{{.Names}} {{.State}}'")).stdout).toBe('kept running\n');

  const again = new Screen('docker attach kept');
  again.keys('echo x is $x\r');
  await again.sees(/x is 5\r\n\/ # $/);
  again.keys('exit\r');
  expect(await again.status).toBe(0);
  expect((await docker('wait kept')).stdout).toBe('0\n');
});

real('exec -it beside the main process, and logs -f until Ctrl-C', { timeout: 60_000 }, async () => {
  await docker('run -d --name web busybox sh -c "while sleep 1; do echo tick; done"');
  const shell = new Screen('docker exec -it -e A=b web sh');
  await shell.sees(/\/ # $/);
  shell.keys('echo $A $$\r');
  await shell.sees(/b \d+\r\n\/ # $/);
  shell.keys('\x04');
  expect(await shell.status).toBe(0);

  const logs = new Screen('docker logs -f web');
  await logs.sees(/tick\r\ntick\r\n/);
  logs.keys('\x03');
  expect(await logs.status).toBe(130);
  await docker('rm -f web');
});
