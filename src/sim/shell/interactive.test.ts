import { expect, it } from 'vitest';
import { testMachine } from '../kernel/testing.ts';
import { createShellPrograms } from './program.ts';
import { loadPrograms } from './testing.ts';

const programs = [...(await loadPrograms()), ...createShellPrograms()];

/** What lines typed to a shell on a terminal print, without prompts, echo and escape sequences. */
function typed(shell: string, ...lines: string[]): string[] {
  const { stdout } = testMachine({ programs, uid: 1000 }).run([shell], {
    tty: true,
    uid: 1000,
    stdin: [...lines, 'exit', ''].join('\r'),
    env: { PS1: '$ ', PS2: '> ', TERM: 'dumb', HOME: '/home/student' },
  });
  const shown = stdout.split(/\r?\n/).map((line) => line.replace(/\x1b\[[?\d;]*[a-zA-Z]|\r/g, ''));
  return shown.filter((line) => line !== '' && !/^[$>] |^exit$/.test(line) && !lines.includes(line));
}

it.each(['bash', 'dash', 'ash'])('%s takes the terminal back after a command that read another file', (shell) => {
  expect(typed(shell, 'cat < /etc/passwd > copy', 'tr a-z A-Z <<X', 'text', 'X', 'wc -l < copy', 'echo still here')).toEqual([
    'TEXT',
    '2',
    'still here',
  ]);
});

it('bash keeps a way to the terminal that its commands do not get', () => {
  expect(typed('bash', 'readlink /proc/$$/fd/255', 'ls /proc/self/fd | grep 255', 'echo none')).toEqual(['/dev/pts/0', 'none']);
});

it('a user reads what he piped by its name', () => {
  expect(typed('bash', 'cat <(echo sub)', 'echo piped | cat /dev/stdin', 'stat -c "%A %U" /proc/self/fd/0')).toEqual([
    'sub',
    'piped',
    'lrwx------ student',
  ]);
});

it('an interactive shell without a terminal reads its commands from what it has, and shows them', () => {
  const { stdout, stderr } = testMachine({ programs }).run(['bash', '--norc', '-i'], {
    stdin: 'echo hi\nread x\nline\necho "$x $-"\nif true; then\necho two\nfi\n',
    env: { PS1: '\\u> ' },
  });
  expect(stdout).toBe('hi\nline hiBHs\ntwo\n');
  expect(stderr.split('\n').slice(2)).toEqual([
    'root> echo hi',
    'root> read x',
    'root> echo "$x $-"',
    'root> if true; then',
    '> echo two',
    '> fi',
    'root> exit',
    '',
  ]);
});
