import { expect, it } from 'vitest';
import { scriptOutput, TestSession } from '../testing.ts';

it('commands are shown expanded and quoted, but case, for and select as written', () => {
  const script = `set -x
a="b c"
case $a in "b c") : "$a" '' $'x\\n' $'\\e';; esac
for i in "$a" z; do break; done
e= export f= g="h i"
`;
  expect(scriptOutput(script)).toBe(`+ a='b c'
+ case $a in
+ : 'b c' '' 'x
' $'\\E'
+ for i in "$a" z
+ break
+ e=
+ export f= 'g=h i'
+ f=
+ g='h i'
`);
});

it('[[ ]] shows each test expanded: quoted characters of a pattern with a backslash, words without quotes', () => {
  const script = `a="b c"
set -x
[[ $a == b* && $a == "b c" && ! -n '' && $a =~ ^b\\ .$ ]]
[[ $a ]]
`;
  expect(scriptOutput(script)).toBe(`+ [[ b c == b* ]]
+ [[ b c == \\b\\ \\c ]]
+ [[ ! -n '' ]]
+ [[ b c =~ ^b .$ ]]
+ [[ -n b c ]]
`);
});

it('(( )) shows its text expanded, with the blanks that it has', () => {
  expect(scriptOutput('v=1\nset -x\n(( v ))\n(($v+1))\nfor (( ; v < 2; v++ )); do :; done\n')).toBe(
    '+ ((  v  ))\n+ (( 1+1 ))\n+ (( 1 ))\n+ (( v < 2 ))\n+ :\n+ (( v++  ))\n+ (( v < 2 ))\n',
  );
});

it('declare shows the elements of its arrays expanded, and expands them once', () => {
  const script = `set -x
n=0
declare -a a=($((n++)) "x y" [5]=z)
declare -A m=(["k 1"]=v)
echo $n "\${a[@]}"
`;
  expect(scriptOutput(script)).toBe(`+ n=0
+ a=('0' 'x y' ['5']='z')
+ declare -a a
+ m=(['k 1']='v')
+ declare -A m
+ echo 1 0 'x y' z
1 0 x y z
`);
});

it('an EXIT trap is at the level of the shell that ends', () => {
  expect(scriptOutput(`set -x\ntrap 'echo bye' EXIT\nx=$(trap 'echo sub' EXIT; :)\neval 'exit 3'\n`)).toBe(
    `+ trap 'echo bye' EXIT\n++ trap 'echo sub' EXIT\n++ :\n++ echo sub\n+ x=sub\n+ eval 'exit 3'\n++ exit 3\n+ echo bye\nbye\n`,
  );
});

it('BASH_XTRACEFD sends the trace elsewhere', () => {
  expect(scriptOutput('exec 5> trace\nBASH_XTRACEFD=5\nset -x\n: a\nset +x\nread line < trace\necho "$line"\n')).toBe('+ : a\n');
});

it.each([
  ['sh', '+ x=b c\n+ [ b c = d ]\n+ X=1 true\n+ : b c $x \n'],
  ['ash', `+ x='b c'\n+ '[' 'b c' '=' d ]\n+ X=1 true\n+ : 'b c' '$x' \n`],
])('%s -x: a line for each command, loops and cases not shown, never more than one plus', (shell, trace) => {
  const text = `x="b c"; for i in 1; do [ "$x" = d ]; done; case $x in a) ;; esac; X=1 true; : "$x" '\\''$x'\\'' ""`;
  expect(new TestSession().step(`${shell} -xc '${text}' 2>&1`).stdout).toBe(trace);
});
