/**
 * The same script through the real docker client (against `serve`) and through our own (in the simulated machine): both talk
 * to engines of one seed and one date, and what they print must agree byte for byte.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { CommandResult } from '../sim/world/index.ts';
import { createWorld, runCommand } from './headless.ts';
import { parseDate } from './options.ts';
import { missingClient, runReal } from './realClient.ts';
import { startEngine } from './serve.ts';

const SEED = 5;
const missing = missingClient();
if (missing) console.warn(`Skipped: the real client beside ours, as ${missing}.`);

const script = readFileSync(new URL('./testdata/sideBySide.sh', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

test.skipIf(missing)('a script of many commands prints the same with the real client and with ours', { timeout: 240_000 }, async () => {
  const epochUs = parseDate('now');
  const directory = mkdtempSync(path.join(tmpdir(), 'drydock-'));
  const socket = path.join(directory, 'd.sock');
  const engine = await startEngine({ hosts: [`unix://${socket}`], seed: SEED, epochUs });
  const world = await createWorld({ cwd: '/home/student' }, { seed: SEED, epochUs });
  const session = world.openSession('node1', { cwd: '/home/student', home: '/root' });
  try {
    const real: string[] = [];
    const ours: string[] = [];
    for (const line of script) {
      real.push(shown(line, await runReal(line, socket, directory)));
      ours.push(shown(line, await runCommand(world, session, line)));
    }
    expect(ours.join('')).toBe(real.join(''));
  } finally {
    engine.close();
    rmSync(directory, { recursive: true, force: true });
  }
});

function shown(line: string, { stdout, stderr, exit }: CommandResult): string {
  return `$ ${line}\n--- stdout\n${stdout}\n--- stderr\n${stderr}\n--- exit ${exit}\n`;
}
