import { expect, it } from 'vitest';
import { scriptOutput, TestSession } from '../testing.ts';

const REFUSED = 'script.sh: line 1: x: readonly variable\n';

it('an assignment to a readonly variable gives up the rest of the line, not of the text', () => {
  expect(scriptOutput('readonly x=1; x=2; echo no\necho yes\n')).toBe(`${REFUSED}yes\n`);
  const { stdout, stderr } = new TestSession().step('bash -c "readonly x=1; x=2; echo no\necho \\$((1/0)); echo no\necho yes"');
  expect({ stdout, stderr }).toEqual({
    stdout: 'yes\n',
    stderr: 'bash: line 1: x: readonly variable\nbash: line 2: 1/0: division by 0 (error token is "0")\n',
  });
});

it.each([
  ['read x <<< 2', REFUSED],
  ['printf -v x 2', REFUSED],
  ['(( x = 2 ))', REFUSED],
  ['[[ x=2 -eq 2 ]]', REFUSED],
  ['for x in 2; do :; done', REFUSED],
  ['export x=2', REFUSED],
  ['declare x=2', REFUSED.replace(' x:', ' declare: x:')],
])('a command that makes one fails: %s', (command, message) => {
  expect(scriptOutput(`readonly x=1; ${command}; echo $? $x\n`)).toBe(`${message}1 1\n`);
});

it('before a command it is left out, and the command runs', () => {
  expect(scriptOutput('readonly x=1; f() { echo $x; }; x=2 f\n')).toBe(`${REFUSED}1\n`);
});

it('dash and BusyBox sh end', () => {
  expect(new TestSession().step("sh -c 'readonly x=1; export x=2; echo no'")).toEqual({
    stdout: '',
    stderr: 'sh: 1: export: x: is read only\n',
    exit: 2,
  });
});
