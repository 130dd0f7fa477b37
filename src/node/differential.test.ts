/**
 * Four hundred container commands with random options, right and wrong, through the real docker client and through ours, to engines of
 * one seed: the same bytes, the same statuses. SEED=n tries another script.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createWorld, runCommand } from './headless.ts';
import { parseDate } from './options.ts';
import { missingClient, runReal } from './realClient.ts';
import { startEngine } from './serve.ts';
import { randomScript } from './testdata/randomCommands.ts';

const SEED = Number(process.env.SEED ?? 1);
const COMMANDS = 400;
const missing = missingClient();
if (missing) console.warn(`Skipped: random commands through both clients, as ${missing}.`);

test.skipIf(missing)(`${COMMANDS} random container commands print the same with either client`, { timeout: 400_000 }, async () => {
  const epochUs = parseDate('now');
  const directory = mkdtempSync(path.join(tmpdir(), 'drydock-'));
  const socket = path.join(directory, 'd.sock');
  const engine = await startEngine({ hosts: [`unix://${socket}`], seed: SEED, epochUs });
  const world = await createWorld({ cwd: '/home/student' }, { seed: SEED, epochUs });
  const session = world.openSession('node1', { cwd: '/home/student', home: '/root' });
  const differing: unknown[] = [];
  try {
    for (const line of randomScript(SEED, COMMANDS)) {
      const real = await runReal(line, socket, directory);
      const ours = await runCommand(world, session, line);
      const same = real.exit === ours.exit && real.stdout === ours.stdout && real.stderr === ours.stderr;
      if (!same) differing.push({ line, real, ours });
    }
  } finally {
    engine.close();
    rmSync(directory, { recursive: true, force: true });
  }
  expect(differing).toEqual([]);
});
