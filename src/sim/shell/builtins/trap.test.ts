import { expect, it } from 'vitest';
import { scriptOutput } from '../testing.ts';

it('ERR tells the command that failed and its line', () => {
  const script = `trap 'echo "line $LINENO: $BASH_COMMAND"' ERR
false
f() { return 3; }
f
( exit 3 )
! true
false || true
echo a | read b c > /dev/null | false
[[ a == b ]]
(( 0 ))
`;
  expect(scriptOutput(script)).toBe(
    ['line 2: false', 'line 4: return 3', 'line 5: ( exit 3 )', 'line 8: false', 'line 9: [[ a == b ]]', 'line 10: (( 0 ))', ''].join('\n'),
  );
});

it('EXIT after set -e tells which command ended the script', () => {
  expect(scriptOutput(`set -euo pipefail\ntrap 'echo "$?: $BASH_COMMAND"' EXIT\ncd /nosuch 2> /dev/null\necho never\n`)).toBe(
    '1: cd /nosuch 2> /dev/null\n',
  );
});

it('DEBUG runs before each simple command, each round of a loop, each case and each expression', () => {
  const script = `trap 'echo "> $BASH_COMMAND"' DEBUG
for i in 1 2; do :; done
case $i in 2) x=5;; esac
for ((i=0; i<1; i++)); do :; done
[[ $x == 5 ]] && echo yes
f() { echo in f; }
f
echo a | read b
`;
  expect(scriptOutput(script)).toBe(`> for i in 1 2
> :
> for i in 1 2
> :
> case $i in 
> x=5
> ((i=0))
> ((i<1))
> :
> ((i++))
> ((i<1))
> [[ $x == 5 ]]
> echo yes
yes
> f
in f
> echo a
> read b
`);
});

it('with set -T, DEBUG runs inside of functions too, first of all for the call itself', () => {
  expect(scriptOutput(`set -T\ntrap 'echo "$FUNCNAME:$LINENO $BASH_COMMAND"' DEBUG\nf() {\n  local x=1\n}\nf\n`)).toBe(
    ':6 f\nf:3 f\nf:4 local x=1\n',
  );
});
