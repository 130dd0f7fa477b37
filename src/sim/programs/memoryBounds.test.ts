/** Input without an end: each tool that keeps it ends by itself, in its own words, before the page would. */
import { beforeEach, expect, it } from 'vitest';
import { loadPrograms, TestSession } from '../shell/testing.ts';

const programs = await loadPrograms();
let session: TestSession;
beforeEach(() => {
  session = new TestSession(programs, {});
});

it.each([
  ['lines to sort', 'yes | sort', 'sort: memory exhausted\n', 2],
  ['one line', 'tr "\\0" a < /dev/zero | sort', 'sort: memory exhausted\n', 2],
  ['one record', 'tr "\\0" a < /dev/zero | awk 1', 'awk: run time error: out of memory\n', 2],
  ['an array', 'awk \'BEGIN { for (;;) a[n++] = "x" }\'', 'awk: run time error: out of memory\n', 2],
  ['a file to be turned round', 'tac < /dev/zero', 'tac: -: Cannot allocate memory\n', 1],
])('%s', { timeout: 60_000 }, (_, command, stderr, exit) => {
  const result = session.step(command);
  expect([result.stdout, result.stderr.replace(/\n.*/s, '\n'), result.exit]).toEqual(['', stderr, exit]);
});

it('sorts more lines than one run takes', () => {
  const { stdout } = session.step(
    'seq 200000 -1 1 | sort -n | md5sum; seq 1 200000 | md5sum; seq 200000 | sort -s -k1.7,1.7 | md5sum; seq 200000 | md5sum',
  );
  const [sorted, expected, stable, input] = stdout.split('\n');
  expect([sorted, stable]).toEqual([expected, input]);
});
