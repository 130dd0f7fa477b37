/**
 * Wrong command lines, word for word as docker 28.2.2 answers them without a daemon. Recorded by tools/recordWrongCommands.mjs
 * from the real binary; where that is on the machine, the recording itself is checked against it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { testMachine } from '../kernel/testing.ts';
import { program } from './docker.ts';
import recorded from './testdata/generated/wrongCommands.json' with { type: 'json' };

const HOST = { DOCKER_HOST: 'unix:///nonexistent' };

function realVersion(): string {
  try {
    return execFileSync('docker', ['--version'], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

describe('docker without a daemon', () => {
  const cases = recorded.map((r) => ({
    ...r,
    line: ['docker', ...r.args.map((a) => (/^[\w./:=,@-]+$/.test(a) ? a : `'${a}'`))].join(' '),
  }));
  test.for(cases)('$line', ({ args, stdout, stderr, exit }, context) => {
    const machine = testMachine({ programs: [program] });
    const answer = machine.run(['docker', ...args], { stdin: '', env: { ...HOST, HOME: '/root', PATH: '/usr/bin' } });
    if (/^drydock: .* is not simulated yet\n$/.test(answer.stderr)) context.skip('a command of a later issue');
    expect(answer).toEqual({ stdout, stderr, exit });
  });
});

describe('the recording', () => {
  const version = realVersion();
  test.skipIf(!version.startsWith('Docker version 28.2.2'))(
    'agrees with the real docker 28.2.2 (skipped where it is absent)',
    () => {
      const sample = recorded.filter((r, i) => i % 8 === 0 && !r.stderr.includes('/root'));
      for (const { args, stdout, stderr, exit } of sample) {
        const real = spawnSync('docker', args, {
          env: { ...HOST, HOME: '/nonexistent', PATH: process.env.PATH },
          input: '',
          encoding: 'utf8',
        });
        expect({ args, stdout: real.stdout, stderr: real.stderr, exit: real.status }).toEqual({ args, stdout, stderr, exit });
      }
    },
    60_000,
  );
});
