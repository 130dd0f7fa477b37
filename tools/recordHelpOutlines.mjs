/**
 * Asks the real docker (28.2.2) for the help of every command and keeps the outline of each page, not its sentences.
 * `node tools/recordHelpOutlines.mjs`: needs `docker` in PATH, no plugins.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { helpOutline } from '../src/sim/client/testdata/helpOutline.mjs';

const client = new URL('../src/sim/client/', import.meta.url);
const tree = JSON.parse(readFileSync(new URL('cli/generated/commandTree.json', client), 'utf8'));
const home = mkdtempSync(join(tmpdir(), 'docker-home-'));
const env = { PATH: process.env.PATH, HOME: home, DOCKER_HOST: 'unix:///nonexistent', LANG: 'C.UTF-8' };
const more = ['help', 'completion', 'completion bash', 'completion fish', 'completion powershell', 'completion zsh'];
const outlines = [...tree.commands.map((c) => c.path), ...more].map((path) => {
  const words = path === '' ? [] : path.split(' ');
  const { stdout } = spawnSync('docker', [...words, '--help'], { cwd: home, env, input: '', encoding: 'utf8' });
  return [path, helpOutline(stdout.replaceAll(home, '/root'))];
});
rmSync(home, { recursive: true });
const text = outlines.map(([path, outline]) => `${JSON.stringify(path)}:${JSON.stringify(outline)}`).join(',\n');
writeFileSync(new URL('testdata/generated/helpOutlines.json', client), `{\n${text}\n}\n`);
