import { describe, expect, it } from 'vitest';
import { testMachine } from '../kernel/testing.ts';
import { createShellPrograms } from './program.ts';
import { withoutLineNumbers } from './session.ts';
import { TestSession } from './testing.ts';

describe('bash', () => {
  it.each([
    ['x=$(echo a | { read v; echo "[$v]"; }); echo $x', '[a]\n', '', 0],
    ['for f in a b; do echo $f; done > out; while read -r l; do echo "<$l>"; done < out', '<a>\n<b>\n', '', 0],
    ['set -o pipefail; (exit 3) | true; echo $? ${PIPESTATUS[@]}', '3 3 0\n', '', 0],
    ['trap "echo caught" USR1; kill -USR1 $$; echo after', 'caught\nafter\n', '', 0],
    ['f() { trap "echo ret" RETURN; echo body; }; f', 'body\nret\n', '', 0],
    ['{ echo out; echo err >&2; } 2>&1 >/dev/null', 'err\n', '', 0],
    ['coproc { read l; echo got $l; }; echo hi >&${COPROC[1]}; read r <&${COPROC[0]}; echo $r', 'got hi\n', '', 0],
    ['nosuch', '', 'bash: nosuch: command not found\n', 127],
    ['echo )', '', "bash: syntax error near unexpected token `)'\nbash: `echo )'\n", 2],
    ['readonly r=1; r=2; echo no', '', 'bash: r: readonly variable\n', 1],
    ['echo $((1/0)); echo no', '', 'bash: 1/0: division by 0 (error token is "0")\n', 1],
  ])('%s', (text, stdout, stderr, exit) => {
    const r = new TestSession().step(text);
    expect({ ...r, stderr: withoutLineNumbers(r.stderr) }).toEqual({ stdout, stderr, exit });
  });

  it('keeps variables, functions, directory and status between steps', () => {
    const s = new TestSession();
    s.step('x=5; f() { echo "f $1"; }; cd /tmp; false');
    expect(s.step('echo $?; echo $x; f y; pwd').stdout).toBe('1\n5\nf y\n/tmp\n');
  });
});

describe('sh and ash', () => {
  it.each([
    ['sh', 'nosuch', '', 'sh: 1: nosuch: not found\n', 127],
    ['sh', 'echo "a\\tb"; echo -e c', 'a\tb\n-e c\n', '', 0],
    ['sh', 'a=(1)', '', 'sh: 1: Syntax error: "(" unexpected\n', 2],
    ['sh', '[[ a = a ]]', '', 'sh: 1: [[: not found\n', 127],
    ['sh', 'cd /nosuch', '', "sh: 1: cd: can't cd to /nosuch\n", 2],
    ['sh', 'echo ${x?}; echo no', '', 'sh: 1: x: parameter not set\n', 2],
    ['ash', 'nosuch', '', 'ash: nosuch: not found\n', 127],
  ])('%s -c %j', (shell, text, stdout, stderr, exit) => {
    expect(testMachine({ programs: createShellPrograms() }).run([shell, '-c', text])).toEqual({ stdout, stderr, exit });
  });
});
