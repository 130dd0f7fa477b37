import { expect, test } from 'vitest';
import { loadPrograms, TestSession } from '../shell/testing.ts';

const programs = await loadPrograms();
const dc = (script: string) => {
  const { stdout, stderr } = new TestSession(programs, {}).step(`dc <<'END'\n${script}\nEND`);
  return stdout + stderr;
};

test.each([
  ['2 3 + p', '5\n'],
  ['5k 22 7 / p', '3.14285\n'],
  ['_3 4 * p 17 5 ~ f', '-12\n2\n3\n-12\n'],
  ['2 100 ^ p', '1267650600228229401496703205376\n'],
  ['16o 255 p 16i FF p', 'FF\nFF\n'],
  ['20k 2 v p', '1.41421356237309504880\n'],
  ['1 2 3 f c z p', '3\n2\n1\n0\n'],
  ['5 sa la la * p', '25\n'],
  ['[lax]sb 3 4 r - p [hello]n 10P', '1\nhello\n'],
  // The factorial: a macro that calls itself.
  ['[d 1 - d 1 <f *] sf 20 lf x p', '2432902008176640000\n'],
  ['0sa [la p 1+ d sa 3 >l] sl ll x', '0\n1\n2\n'],
  ['3 2 7 | p 9 0 :r 0 ;r p', '2\n9\n'],
  ['+', 'dc: stack empty\n'],
  ['1 0 / w', "dc: divide by zero\ndc: 'w' (0167) unimplemented\n"],
])('%s', (script, expected) => {
  expect(dc(script)).toBe(expected);
});

test('expressions and files instead of standard input', () => {
  const session = new TestSession(programs, {});
  expect(session.step("echo '6 7 * p' > f; dc -e '1 2 + p' -f f").stdout).toBe('3\n42\n');
});
