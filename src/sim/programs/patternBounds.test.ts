/** Patterns that a backtracking matcher never ends with: each command answers at once, as the real tools do. */
import { beforeEach, expect, it } from 'vitest';
import { loadPrograms, TestSession } from '../shell/testing.ts';

const programs = await loadPrograms();
const MANY = 'a'.repeat(60);
let session: TestSession;
beforeEach(() => {
  session = new TestSession(programs, { '/home/student/f': `${MANY}!\n`, '/home/student/j': `"${MANY}!"\n` });
});

it.each([
  ["grep -E '^(a+)+$' f", '', '', 1],
  ["grep -P '^(a|a)+$' f", '', '', 1],
  ["grep '\\(a*\\)*b' f", '', '', 1],
  ["sed -E 's/^(a+)+$/x/' f", `${MANY}!\n`, '', 0],
  ["awk '/^(a+)+$/ { print }' f", '', '', 0],
  ['jq -c \'test("^(a+)+$")\' j', 'false\n', '', 0],
  [`expr ${MANY}! : '\\(a*\\)*b'`, '\n', '', 1],
  ['x=$(cat f); [[ $x =~ ^(a+)+$ ]]', '', '', 1],
  ['x=$(cat f); shopt -s extglob; [[ $x == +(+(a)) ]]', '', '', 1],
  ['x=$(cat f); shopt -s extglob; [[ $x == +(a|aa|!(b))b ]]', '', '', 1],
  [`case ${MANY}! in *a*a*a*a*a*a*a*a*a*b) echo y ;; *) echo n ;; esac`, 'n\n', '', 0],
  ["find . -regex '.*/\\(a*\\)*b'", '', '', 0],
  ["pgrep -f '^(.*)*!!$'", '', '', 1],
  ["nl -b 'p^\\(a*\\)*b' f", `       ${MANY}!\n`, '', 0],
  // Back-references need one way after the other: the search is given up, in PCRE's words.
  ["grep -E '^(a+)+\\1\\1b' f", '', "grep: exceeded PCRE's backtracking limit\n", 2],
])('%s', (command, stdout, stderr, exit) => {
  expect(session.step(command)).toEqual({ stdout, stderr, exit });
});
