/**
 * Runs the real docker (28.2.2) against canned answers of an engine and keeps what it asks and what it prints.
 * `node tools/recordClientAnswers.mjs`: needs `docker` in PATH and no plugins. Ages in the output count from the day of recording.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = new URL('../src/sim/client/testdata/generated/', import.meta.url);
const api = JSON.parse(readFileSync(new URL('fakeApi.json', folder), 'utf8'));
const home = mkdtempSync(join(tmpdir(), 'docker-home-'));
const socket = join(home, 'd.sock');
let requests = [];

const server = createServer((req, res) => {
  const chunks = [];
  req.on('data', (c) => chunks.push(c));
  req.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    const target = req.url.replace(/^\/v1\.\d+/, '');
    if (!target.startsWith('/_ping'))
      requests.push(`${req.method} ${decodeURIComponent(target.replaceAll('+', ' '))}${body === '' ? '' : ` ${body.trim()}`}`);
    res.setHeader('Api-Version', '1.51');
    res.setHeader('Ostype', 'linux');
    res.setHeader('Server', 'Docker/28.5.2 (linux)');
    if (target.startsWith('/_ping')) return res.end(req.method === 'HEAD' ? undefined : 'OK');
    const canned = api[`${req.method} ${target.split('?')[0]}`] ?? { status: 404, body: { message: 'page not found' } };
    res.statusCode = canned.status;
    if (canned.status !== 204 && canned.status !== 304) res.setHeader('Content-Type', 'application/json');
    if (canned.lines) return res.end(canned.lines.map((l) => `${JSON.stringify(l)}\n`).join(''));
    res.end(canned.status === 204 || canned.status === 304 ? undefined : `${JSON.stringify(canned.body)}\n`);
  });
});

function run(args) {
  requests = [];
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, HOME: home, DOCKER_HOST: `unix://${socket}`, LANG: 'C.UTF-8' };
    const child = spawn('docker', args, { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 15_000 });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (d) => (stdout += d));
    child.stderr.on('data', (d) => (stderr += d));
    child.on('close', (exit) => resolve({ args, stdout: tidy(stdout), stderr: tidy(stderr), exit, requests }));
  });
}

const tidy = (text) => text.replaceAll(socket, '/var/run/docker.sock').replaceAll(home, '/root');

await new Promise((resolve) => server.listen(socket, resolve));
const lines = JSON.parse(readFileSync(new URL('clientAnswers.json', folder), 'utf8')).map((c) => c.args);
const recorded = [];
for (const args of lines) recorded.push(await run(args));
server.close();
rmSync(home, { recursive: true });
writeFileSync(new URL('clientAnswers.json', folder), `[\n${recorded.map((r) => JSON.stringify(r)).join(',\n')}\n]\n`);
