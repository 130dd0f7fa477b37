/**
 * Runs the real docker (28.2.2) over the wrong command lines of the list and keeps what it says.
 * `node tools/recordWrongCommands.mjs`: needs `docker` in PATH, no daemon, no plugins and an empty home.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = new URL('../src/sim/client/testdata/generated/', import.meta.url);
const home = mkdtempSync(join(tmpdir(), 'docker-home-'));
const env = { PATH: process.env.PATH, HOME: home, DOCKER_HOST: 'unix:///nonexistent', LANG: 'C.UTF-8' };
const lines = JSON.parse(readFileSync(new URL('wrongCommands.json', folder), 'utf8')).map((c) => c.args);
const recorded = lines.map((args) => {
  const { stdout, stderr, status } = spawnSync('docker', args, { cwd: home, env, input: '', encoding: 'utf8', timeout: 10_000 });
  return { args, stdout: stdout.replaceAll(home, '/root'), stderr: stderr.replaceAll(home, '/root'), exit: status };
});
rmSync(home, { recursive: true });
writeFileSync(new URL('wrongCommands.json', folder), `[\n${recorded.map((r) => JSON.stringify(r)).join(',\n')}\n]\n`);
