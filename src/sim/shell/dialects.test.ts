import { describe, expect, it } from 'vitest';
import { testMachine } from '../kernel/testing.ts';
import { createShellPrograms } from './program.ts';
import { withoutLineNumbers } from './session.ts';
import { loadPrograms, TestSession } from './testing.ts';

const programs = await loadPrograms();

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
    // What ash has of bash.
    ['ash', 'source /dev/null; let a=1+1; echo $a', '2\n', '', 0],
    ['ash', 'a=$RANDOM; [ $a != "" ] && echo yes', 'yes\n', '', 0],
    ['ash', 'function f { echo f; }; f; type f', 'f\nf is a function\n', '', 0],
    ['ash', 'x=abc; echo ${x:1:1} ${x/b/-}', 'b a-c\n', '', 0],
    ['ash', 'set -o pipefail; false | true; echo $?', '1\n', '', 0],
    ['ash', 'echo abc | { read -n 2 x; echo $x; }', 'ab\n', '', 0],
    // What it has not.
    ['ash', 'x=ab; echo ${x^^}; echo no', '', 'ash: syntax error: bad substitution\n', 2],
    ['ash', 'cat <<< hi', '', 'ash: syntax error: unexpected redirection\n', 2],
    ['ash', 'for ((i=0;i<3;i++)); do :; done', '', 'ash: syntax error: bad for loop variable\n', 2],
    ['ash', '((a=3)); echo "[$a]"', '[]\n', '', 0],
    ['ash', 'if true; then', '', 'ash: syntax error: unexpected end of file (expecting "fi")\n', 2],
    ['ash', 'time true', '', 'ash: time: not found\n', 127],
    // Its builtins tell the line and count from 0; those that are applets tell neither line nor name.
    ['ash', 'cd /nosuch; echo $?', '2\n', "ash: cd: line 0: can't cd to /nosuch: No such file or directory\n", 0],
    ['ash', 'echo\nshift x', '\n', 'ash: shift: line 1: Illegal number: x\n', 2],
    ['ash', 'readonly x=1; x=2; echo no', '', 'ash: x: is read only\n', 2],
    ['ash', 'set -o foo; echo $?', '1\n', 'ash: set: line 0: illegal option -o foo\n', 0],
    ['ash', '[ a -eq 1 ]', '', 'ash: a: bad number\n', 2],
    ['ash', 'test a b', '', 'ash: b: unknown operand\n', 2],
    ['ash', '[ a = b', '', 'ash: missing ]\n', 2],
    ['ash', 'printf %d x', '0', "ash: invalid number 'x'\n", 1],
    [
      'ash',
      'kill; kill x; kill -FOO 1',
      '',
      "ash: you need to specify whom to kill\nash: invalid number 'x'\nash: bad signal name 'FOO'\n",
      1,
    ],
    ['ash', 'kill -l | head -n 2; kill -l 9 TERM', ' 1) HUP\n 2) INT\nKILL\n15\n', '', 0],
    ['ash', 'ulimit -a | head -n 2', 'core file size (blocks)         (-c) 0\ndata seg size (kb)              (-d) unlimited\n', '', 0],
    ['ash', 'set -o | head -n 2', 'errexit         off\nnoglob          off\n', '', 0],
    ['ash', 'set -x; x="a b"; [ a = b ]; for i in 1; do :; done', '', "+ x='a b'\n+ '[' a '=' b ]\n+ :\n", 0],
    [
      'ash',
      'help | head -n 3',
      'Built-in commands:\n------------------\n\t. : [ [[ alias bg break cd chdir command continue echo eval exec\n',
      '',
      0,
    ],
    // dash.
    ['sh', '[ a == a ]', '', 'sh: 1: [: a: unexpected operator\n', 2],
    ['sh', 'test -v x', '', 'sh: 1: test: -v: unexpected operator\n', 2],
    ['sh', 'x=abc; echo ${!x}', '', 'sh: 1: Bad substitution\n', 2],
    ['sh', 'echo $((2**3))', '', 'sh: 1: arithmetic expression: expecting primary: "2**3"\n', 2],
    ['sh', 'for ((i=0;i<3;i++)); do :; done', '', 'sh: 1: Syntax error: Bad for loop variable\n', 2],
    ['sh', 'if true; then', '', 'sh: 1: Syntax error: end of file unexpected (expecting "fi")\n', 2],
    ['sh', 'set -o | head -n 2', 'Current option settings\nerrexit         off\n', '', 0],
    ['sh', 'set -x; [ "a b" = b ]', '', '+ [ a b = b ]\n', 1],
    ['sh', 'ulimit -a | head -n 2', 'time(seconds)        unlimited\nfile(blocks)         unlimited\n', '', 0],
    ['sh', 'kill -l FOO', '', 'sh: 1: kill: Illegal number: FOO\n', 2],
    ['sh', 'chdir /tmp; pwd', '/tmp\n', '', 0],
    ['sh', 'function f { :; }', '', 'sh: 1: Syntax error: "}" unexpected\n', 2],
  ])('%s -c %j', (shell, text, stdout, stderr, exit) => {
    expect(testMachine({ programs: [...programs, ...createShellPrograms()] }).run([shell, '-c', text])).toEqual({ stdout, stderr, exit });
  });
});
