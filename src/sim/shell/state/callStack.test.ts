import { expect, it } from 'vitest';
import { TestSession } from '../testing.ts';

const TRACE = 'g() { caller; caller 0; caller 1; echo "${FUNCNAME[@]} / ${BASH_LINENO[@]} / ${BASH_SOURCE[@]}"; }\nf() {\n  g\n}\n';

it('a script is the outermost caller, called main', () => {
  const session = new TestSession([], { '/home/student/s.sh': `${TRACE}f\ncaller\n` });
  expect(session.step('bash s.sh').stdout).toBe('3 s.sh\n3 f s.sh\n5 main s.sh\ng f main / 3 5 0 / s.sh s.sh s.sh\n0 NULL\n');
});

it.each([
  ['main', 'bash < s.sh'],
  ['environment', 'bash -c "$(< s.sh)"'],
])('without a script, functions are of "%s" and nothing is around them', (source, command) => {
  const session = new TestSession([], { '/home/student/s.sh': `${TRACE}f\ncaller\necho $?\n` });
  expect(session.step(command).stdout).toBe(`3 ${source}\n3 f ${source}\ng f / 3 5 / ${source} ${source}\n1\n`);
});

it('a message names where the function was defined, not where it was called', () => {
  const files = { '/home/student/lib.sh': 'g() {\n  nosuch\n  echo "$nope"\n}\n', '/home/student/s.sh': 'set -u\n. ./lib.sh\ng\n' };
  const { stderr } = new TestSession([], files).step('bash s.sh; bash -c "f() { cd /nosuch; }; f"');
  expect(stderr).toBe(
    './lib.sh: line 2: nosuch: command not found\n./lib.sh: line 3: nope: unbound variable\nenvironment: line 1: cd: /nosuch: No such file or directory\n',
  );
});
