import { describe, expect, test } from 'vitest';
import type { Program } from '../kernel/program.ts';
import { write } from '../kernel/syscalls.ts';
import { testMachine } from '../kernel/testing.ts';
import { describedCandidates, parseCandidates } from './completion.ts';
import { createShellPrograms } from './program.ts';

describe('what a program answers to __complete', () => {
  test('candidates, descriptions and a directive', () => {
    expect(parseCandidates('ls\tList\nload\n_activeHelp_ hint\n:4\n')).toEqual({
      candidates: [
        { text: 'ls', about: 'List' },
        { text: 'load', about: '' },
      ],
      flags: 4,
    });
  });

  test.for([
    [39, ['ls     (Show the images on this machi…)', 'prune  (Delete)', 'x']],
    [16, ['ls  (Show the …)', 'prune  (Delete)', 'x']],
    [6, ['ls', 'prune', 'x']],
  ] as const)('in %i columns', ([columns, shown]) => {
    const candidates = [
      { text: 'ls', about: 'Show the images on this machine' },
      { text: 'prune', about: 'Delete' },
      { text: 'x', about: '' },
    ];
    expect(describedCandidates(candidates, columns)).toEqual(shown);
  });
});

/** Completes `docker vol...` and `--color=...`. */
const docker: Program = {
  name: 'docker',
  *main(argv) {
    const offered = argv.at(-1)!.startsWith('--color=') ? 'red\nblue\n:4\n' : 'volume\tWork with volumes\nversion\tShow versions\n:4\n';
    yield* write(1, argv[1] === '__complete' ? offered : `<${argv.join(' ')}>\n`);
    return 0;
  },
};

/** The screen after the keys, the prompt is '$ '. */
function screen(keys: string): string {
  const machine = testMachine({ programs: [docker, ...createShellPrograms()] });
  return machine
    .run(['bash', '--noprofile', '--norc', '-i'], { tty: true, stdin: `${keys}exit\r`, env: { PS1: '$ ' } })
    .stdout.replace(/\r+\n/g, '\n');
}

describe('Tab after docker', () => {
  test('what all candidates begin with is put in', () => {
    expect(screen('docker \tx\r')).toContain('<docker vx>');
  });

  test('twice: a list with descriptions, in order', () => {
    expect(screen('docker v\t\tx\r')).toContain('\nversion  (Show versions)      volume   (Work with volumes)  \n$ docker v');
  });

  test('of --flag=value only the value is completed', () => {
    expect(screen('docker --color=r\t\r')).toContain('<docker --color=red>');
    expect(screen('docker --color=\t\tx\r')).toContain('\nblue  red   \n$ docker --color=');
  });
});
