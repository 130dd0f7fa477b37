import { expect, it } from 'vitest';
import { TestSession } from '../testing.ts';

/** What `bash script.sh` says about a script that it cannot parse, and its exit status. */
function problems(script: string): { stderr: string; exit: number } {
  const { stderr, exit } = new TestSession([], { '/home/student/s.sh': script }).step('bash s.sh');
  return { stderr, exit };
}

it.each([
  ['echo a\necho "b\n', 's.sh: line 2: unexpected EOF while looking for matching `"\'\n', 2],
  ['echo a\necho $(ls\n', "s.sh: line 3: unexpected EOF while looking for matching `)'\n", 2],
  ['cat <(ls\necho\n', "s.sh: line 3: unexpected EOF while looking for matching `)'\n", 2],
  ['x=(1 2\necho\n', "s.sh: line 1: unexpected EOF while looking for matching `)'\n", 1],
  ['echo >', "s.sh: line 1: syntax error near unexpected token `newline'\ns.sh: line 1: `echo >'\n", 2],
  ['for ((1)); do :; done\n', "s.sh: line 1: syntax error: arithmetic expression required\ns.sh: line 1: syntax error: `((1))'\n", 2],
  ['[[ a == b\necho\n', 's.sh: line 1: syntax error in conditional expression\n', 0],
  ['[[ a == b\n', "s.sh: line 1: unexpected EOF while looking for `]]'\n", 2],
  ['[[ a\necho\n', "s.sh: line 1: unexpected token `newline', conditional binary operator expected\n", 0],
  ['[[ a == a ||\n', "s.sh: line 2: unexpected token `EOF' in conditional command\n", 2],
  ['[[ ]]\n', '', 0],
])('%j', (script, stderr, exit) => {
  expect(problems(script)).toEqual({ stderr, exit });
});

it('`!` and `time` need no command, and [[ ]] may go on after each test', () => {
  const { stdout } = new TestSession().step('! ; echo $?\n[[ a == a\n&& ( b == b\n) ]] && echo yes');
  expect(stdout).toBe('1\nyes\n');
});
