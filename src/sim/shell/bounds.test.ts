/** What would fill a real machine's memory, or its stack: each command ends within bounded steps and says why. */
import { beforeEach, describe, expect, it } from 'vitest';
import { loadPrograms, TestSession } from './testing.ts';

const programs = await loadPrograms();
let session: TestSession;
beforeEach(() => {
  session = new TestSession(programs);
});
/** In a shell of its own, since some of them end it. */
const inBash = (script: string) => session.step(`bash -c '${script}'`);
const noMemory = /^bash: line 1: (?:printf: )?xrealloc: cannot allocate \d+ bytes\n$/;

describe('memory', () => {
  it.each([
    ['x=a; for i in {1..40}; do x=$x$x; done'],
    ['x=a; while :; do x=$x$x$x; x=${x//a/aa}; done'],
    ['x=$(yes)'],
    ['printf "%900000000d" 1'],
    ['x=a; while :; do x+=$x; done'],
  ])(
    '%s ends the shell as xrealloc does',
    (script) => {
      const result = inBash(script);
      expect(result.stderr).toMatch(noMemory);
      expect(result).toMatchObject({ stdout: '', exit: 2 });
    },
    60_000,
  );

  it('braces give one word after the other, up to a million', () => {
    expect(session.step('for i in {1..5}{a,b}; do echo -n "$i "; done; echo {1..300000} | wc -w').stdout).toBe(
      '1a 1b 2a 2b 3a 3b 4a 4b 5a 5b 300000\n',
    );
    const fail = (count: number) => ({
      stdout: '',
      stderr: `bash: line 1: brace expansion: failed to allocate memory for ${count} elements\n`,
      exit: 1,
    });
    expect(inBash('echo {1..2000000}')).toEqual(fail(2_000_000));
    expect(inBash('echo {1..99}{1..99}{1..99}{1..99}')).toEqual(fail(99 ** 4));
  });

  it('an array grows element by element', () => {
    expect(session.step('for ((i = 0; i < 20000; i++)); do a+=(x); done; echo ${#a[@]} ${#a[-1]}')).toEqual({
      stdout: '20000 1\n',
      stderr: '',
      exit: 0,
    });
  });

  it('jq and sed say that theirs is used up', () => {
    expect(session.step("jq -n 'def f: 1+f; f'")).toMatchObject({
      stdout: '',
      stderr: expect.stringMatching(/^jq: error: cannot allocate memory\nbash: line 1: +\d+ Aborted /),
      exit: 134,
    });
    expect(session.step("jq -n 'def f: if . > 300000 then . else .+1 | f end; 0 | f'").stdout).toBe('300001\n');
    expect(session.step("sed ':a;s/a/aa/g;ta' <<< a")).toEqual({ stdout: '', stderr: "sed: couldn't allocate memory\n", exit: 4 });
  }, 60_000);

  it('what has no end is ended by timeout', () => {
    expect(session.step("timeout 0.2 sed ':a;s/a/aa/;ta' <<< a").exit).toBe(124);
  });
});

describe('nesting', () => {
  it.each([
    ['f(){ f; }; f', 'f: maximum function nesting level exceeded (200)'],
    ['f(){ if true; then while :; do f; done; fi; }; f', /^f: maximum function nesting level exceeded \(\d+\)$/],
    ['e="eval \\"\\$e\\""; eval "$e"', /^eval: maximum eval nesting level exceeded \(\d+\)$/],
    ['f(){ echo $(f); }; f', /maximum function nesting level exceeded/],
  ])(
    '%s',
    (script, message) => {
      const lines = inBash(script).stderr.split('\n');
      expect(lines[0].replace(/^(bash|environment): line 1: /, '')).toEqual(
        typeof message === 'string' ? message : expect.stringMatching(message),
      );
    },
    60_000,
  );
  it('a function may call itself some hundred times', () => {
    expect(session.step('s() { [ $1 -eq 0 ] && echo done || s $(($1 - 1)); }; s 150').stdout).toBe('done\n');
  });
  const many = (open: string, inner: string, close: string) =>
    `$(printf "${open}%.0s" {1..3000})${inner}$(printf "${close}%.0s" {1..3000})`;
  it.each([
    ["awk 'function f(n) { return f(n + 1) } BEGIN { f(1) }'", 'function call nesting too deep', 2],
    [`awk "BEGIN { print ${many('(', '1', ')')} }"`, 'yacc stack overflow', 2],
    [`jq -n "${many('[', '1', ']')}"`, 'jq: error: memory exhausted at <top-level>', 3],
    [`echo $(( ${many('(', '1', ')')} ))`, 'expression recursion level exceeded', 1],
    [`eval "${many('{ ', 'true;', '};')}"`, 'memory exhausted', 2],
    [`eval "${many('if ', 'true', '')}"`, 'memory exhausted', 2],
    [`eval "echo ${many('\\${a:-', 'x', '}')}"`, 'memory exhausted', 2],
    [`expr ${many('( ', '1', '')}`, 'expr: memory exhausted', 3],
    [`find . ${many('( ', '-true', '')}`, 'find: memory exhausted', 1],
    [`test ${many('( ', 'x', '')}`, 'expression nested too deep', 2],
    [`grep -E "${many('(', 'a', ')')}" /dev/null`, 'grep: Regular expression too big', 2],
  ])('%#: a text that is parsed goes no deeper than a parser can: %s', (command, message, exit) => {
    const result = session.step(command);
    expect([result.stdout, result.exit]).toEqual(['', exit]);
    expect(result.stderr).toContain(message);
  });
});
