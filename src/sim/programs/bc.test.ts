/** bc as real GNU bc 1.07 answers: what it prints was taken from it. */
import { expect, test } from 'vitest';
import { loadPrograms, TestSession } from '../shell/testing.ts';

const programs = await loadPrograms();
const bc = (script: string, options = '') => {
  const { stdout, stderr } = new TestSession(programs, {}).step(`bc ${options} <<'END'\n${script}\nEND`);
  return stdout + stderr;
};

test.each([
  ['1+2*3; (1+2)*3; -3^2; 2^3^2', '7\n9\n9\n512\n'],
  ['10/3; scale=4; 10/3; 2/3; -2/3', '3\n3.3333\n.6666\n-.6666\n'],
  ['scale=3; 7%3; -7%3; 1.23*4.567; 2^-2', '.001\n-.001\n5.617\n.250\n'],
  ['2^300', '20370359763344860862684456884093781610514683936659362506361404493543\\\n81299763336706183397376\n'],
  ['obase=16; 255; 255.75; obase=100; 12345.678', 'FF\nFF.C0\n 01 23 45.67 80\n'],
  ['ibase=16; FF; A.8', '255\n10.5\n'],
  ['scale=10; sqrt(2); length(123.45); scale(1.234)', '1.4142135623\n5\n3\n'],
  ['x++; x; ++x; a=b=3; a; a += 2; (a -= 1)', '0\n1\n2\n3\n4\n'],
  ['1==1; !0; 1&&0; 1||0; 3<2', '1\n1\n0\n1\n0\n'],
  ['if (1) 2 else 3\nfor (i = 0; i < 3; i++) {\n if (i == 1) continue\n i\n}', '2\n0\n2\n'],
  ['define f(n) {\n  if (n <= 1) return 1\n  return n * f(n-1)\n}\nf(30)', '265252859812191058636308480000000\n'],
  ['define f(a[]) { a[0] = 9; return (a[0]) }\nb[0] = 1; f(b[]); b[0]', '9\n1\n'],
  ['print "a\\tb ", 1, "\\n"; "plain"', 'a\tb 1\nplain'],
  ['3; last+1; .', '3\n4\n4\n'],
  ['1/0\n2', '2\nRuntime error (func=(main), adr=3): Divide by zero\n'],
  [
    'sqrt(-1)\nf(1)\n5 % 0',
    'Runtime error (func=(main), adr=4): Square root of a negative number\nRuntime error (func=(main), adr=3): Function f not defined.\nRuntime error (func=(main), adr=5): Modulo by zero\n',
  ],
  ['1;2 3\n@\n(1', '(standard_in) 1: syntax error\n(standard_in) 2: illegal character: @\n(standard_in) 4: syntax error\n'],
])('%s', (script, expected) => {
  expect(bc(script)).toBe(expected);
});

test('-l has the functions of mathematics, to as many places as asked for', () => {
  expect(bc('e(1); e(100); l(2); s(1); c(1); 4*a(1); j(2,3.5); 1/3', '-l')).toBe(
    '2.71828182845904523536\n26881171418161354484126255515800135873611118.77374192241519160861\n.69314718055994530941\n.84147098480789650665\n.54030230586813971740\n3.14159265358979323844\n.45862918419430748350\n.33333333333333333333\n',
  );
  expect(bc('scale=50; 4*a(1)', '-l')).toBe('3.14159265358979323846264338327950288419716939937508\n');
});

test('files come first, then standard input; a line without an end is none', () => {
  const session = new TestSession(programs, {});
  expect(session.step('echo "a = 5" > f.bc; echo "a * 2" | bc f.bc').stdout).toBe('10\n');
  expect(session.step('bc nosuch')).toEqual({ stdout: '', stderr: 'File nosuch is unavailable.\n', exit: 1 });
  expect(session.step('printf "1+1" | bc').stderr).toBe('(standard_in) 1: syntax error\n');
});
