import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGoRegex } from './go.ts';
import { compileRegex, RegexError } from './regex.ts';

const env = { LC_ALL: 'C.UTF-8', PATH: process.env.PATH };
const isThere = (program: string) => spawnSync(program, ['--version'], { env }).status === 0;

/** What the machine's own grep -o prints for each line; undefined where it takes longer than anybody waits (glibc's matcher may). */
function grep(flag: string, pattern: string, text: string): { readonly status: number | null; readonly found: string } | undefined {
  const { status, stdout, error } = spawnSync('grep', ['-o', flag, '-e', pattern], { input: `${text}\n`, env, timeout: 1000 });
  return error ? undefined : { status, found: stdout.toString() };
}

/** The same patterns in every run: what is compared is another program, whose quirks must not fail a run by chance. */
const runs = (numRuns: number) => ({ seed: 20_261_130, numRuns });

function ours(syntax: 'basic' | 'extended', pattern: string, text: string): { readonly status: number; readonly found: string } {
  const regex = compileRegex(pattern, syntax);
  let found = '';
  for (const m of regex.all(text)) if (m.end > m.start) found += `${m.groups[0]}\n`;
  return { status: regex.test(text) ? 0 : 1, found };
}

const atom = fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '[[:alpha:]]', '\\w', 'é', 'ab');
const { pattern } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
  piece: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom,
    fc
      .tuple(fc.constantFrom('a', 'b', '.', '[bc]'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{2,}'))
      .map(([body, times]) => body + times),
    fc.tuple(tie('pattern'), fc.constantFrom('', '*', '+', '?', '{2}', '{0,2}')).map(([body, times]) => `(${body})${times}`),
  ),
  pattern: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.array(tie('piece'), { minLength: 1, maxLength: 3 }).map((p) => p.join('')),
    fc.tuple(tie('piece'), tie('piece')).map((p) => p.join('|')),
  ),
}));
const text = fc.array(fc.constantFrom('a', 'b', 'c', 'é', ' '), { minLength: 1, maxLength: 10 }).map((c) => c.join(''));

describe.skipIf(!isThere('grep'))("beside the machine's own grep (skipped without it)", () => {
  it('extended patterns find the same', () => {
    fc.assert(
      fc.property(pattern, text, (p, t) => {
        const real = grep('-E', p, t);
        if (real) expect(ours('extended', p, t)).toEqual(real);
      }),
      runs(300),
    );
  }, 60_000);
  it('basic patterns find the same', () => {
    const basic = pattern.map((p) => p.replace(/[(){}|+?]/g, '\\$&'));
    fc.assert(
      fc.property(basic, text, (p, t) => {
        const real = grep('-G', p, t);
        if (real) expect(ours('basic', p, t)).toEqual(real);
      }),
      runs(200),
    );
  }, 60_000);
});

describe.skipIf(!isThere('sed'))("groups beside the machine's own sed (skipped without it)", () => {
  it.each([
    ['(a|ab)(c|bcd)(d*)', 'abcd'],
    ['((a)|(b))*', 'ab'],
    ['(a*)(ab)*(b*)', 'abb'],
    ['(a*)*', 'b'],
    ['(a*)+', 'b'],
    ['(a|b)*c|(a|ab)*c', 'abc'],
    ['^([^=]*)=(.*)$', 'key=a=b'],
    ['([a-z]+)([0-9]*)', 'abc123'],
    ['(.)(.)\\2\\1', 'xabbay'],
    ['(^|[^a])(b+)', 'abb bb'],
  ])('%s in %s', (p, t) => {
    const count = (p.match(/\(/g) ?? []).length;
    const shown = Array.from({ length: count }, (_, i) => `[\\${i + 1}]`).join('');
    const real = spawnSync('sed', ['-E', `s/${p}/<&>${shown}/`], { input: t, env }).stdout.toString();
    const m = compileRegex(p, 'extended').exec(t);
    const groups = m?.groups.slice(1).map((g) => `[${g ?? ''}]`);
    expect(m && t.slice(0, m.start) + `<${m.groups[0]}>` + groups?.join('') + t.slice(m.end)).toBe(real);
  });
});

describe('a filter of Docker, in the syntax of Go', () => {
  it('takes what RE2 takes', () => {
    expect(compileGoRegex('^web-(?P<n>[0-9]+)$').test('web-12')).toBe(true);
    expect(compileGoRegex('(?i)WEB').test('web')).toBe(true);
    expect(compileGoRegex('^(a+)+X$').test('a'.repeat(5000))).toBe(false);
  });
  it.each(['(?=a)', '(a)\\1', 'a++', '[a'])('refuses %s', (p) => {
    expect(() => compileGoRegex(p)).toThrow(RegexError);
  });
});
