/** patch as GNU patch 2.7 works; its words were taken from it. */
import { beforeEach, expect, test } from 'vitest';
import { loadPrograms, TestSession } from '../shell/testing.ts';

const programs = await loadPrograms();
let session: TestSession;
const typed = (command: string) => {
  const { stdout, stderr, exit } = session.step(command);
  return `${stdout}${stderr}[${exit}]`;
};

beforeEach(() => {
  session = new TestSession(programs, {});
  session.step('seq 1 9 > f; sed s/5/five/ f > g; diff -u f g > p');
});

test('applies, and takes back', () => {
  expect(typed('patch f p; cmp f g')).toBe('patching file f\n[0]');
  expect(typed('patch -R < p; head -5 f | tail -1')).toBe('patching file f\n5\n[0]');
  expect(typed('patch --dry-run < p; diff f g | head -1')).toBe('checking file f\n5c5\n[0]');
});

test('context and normal diffs are understood too', () => {
  expect(typed('diff -c f g | patch f; cmp f g')).toBe('patching file f\n[0]');
  expect(typed('seq 1 9 > f; diff f g | patch f; cmp f g')).toBe('patching file f\n[0]');
});

test('looks for the place, and does with less context', () => {
  expect(typed('sed -i "1i zero" f; patch f p; ls f*')).toBe('patching file f\nHunk #1 succeeded at 3 (offset 1 line).\nf\nf.orig\n[0]');
  expect(typed('seq 1 9 | sed s/3/three/ > f; patch f p; sed -n 3,5p f')).toBe(
    'patching file f\nHunk #1 succeeded at 2 with fuzz 2.\nthree\n4\nfive\n[0]',
  );
});

test('what does not fit goes into a file of rejects', () => {
  expect(typed('sed -i "s/[456]/q/" f; patch f p; tail -n +3 f.rej')).toBe(
    'patching file f\nHunk #1 FAILED at 2.\n1 out of 1 hunk FAILED -- saving rejects to file f.rej\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n[0]',
  );
  expect(typed('patch -r - f p')).toBe('patching file f\nHunk #1 FAILED at 2.\n1 out of 1 hunk FAILED\n[1]');
});

test('a patch that is there already is noticed', () => {
  expect(typed('cp g f; patch -N f p')).toBe(
    'patching file f\nReversed (or previously applied) patch detected!  Skipping patch.\n1 out of 1 hunk ignored -- saving rejects to file f.rej\n[1]',
  );
  expect(typed('patch -t f p; sed -n 5p f')).toBe(
    'patching file f\nReversed (or previously applied) patch detected!  Assuming -R.\n5\n[0]',
  );
});

test('trees: -p strips folders; files come and go', () => {
  session.step('mkdir a b; echo 1 > a/n; (echo 1; echo 2) > b/n; echo new > b/new; echo old > a/old; diff -ruN a b > tree.diff');
  expect(typed('cd a; patch -p1 < ../tree.diff; ls; cd ..')).toBe('patching file n\npatching file new\npatching file old\nn\nnew\n[0]');
  expect(typed('cd a; patch -R -p1 < ../tree.diff; ls; cd ..')).toBe('patching file n\npatching file new\npatching file old\nn\nold\n[0]');
});

test('says what is wrong', () => {
  expect(typed('echo hello | patch f')).toBe('patch: **** Only garbage was found in the patch input.\n[2]');
  expect(typed('patch f nosuch')).toBe("patch: **** Can't open patch file nosuch : No such file or directory\n[2]");
  expect(typed('head -5 p | patch f')).toBe('patching file f\npatch: **** unexpected end of file in patch\n[2]');
});
