import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNullable } from './ast.ts';
import { BacktrackMatcher } from './backtrack.ts';
import { hostTextMax } from './cost.ts';
import { RegexError, RegexLimitError } from './error.ts';
import { firstOf } from './first.ts';
import { prefersNothing } from './longest.ts';
import { parsePattern } from './parse.ts';
import { Pattern } from './pattern.ts';
import { PikeMatcher } from './pike.ts';
import { compileProgram } from './program.ts';

const A_MANY = `${'a'.repeat(30_000)}!`;

/** What our own matchers find, whatever the host could do. */
function own(source: string, flags: string, text: string): readonly (readonly [number, number] | undefined)[] | null {
  const { tree, groupCount } = parsePattern(source, flags);
  const program = compileProgram(tree, { groupCount, keepGroups: false });
  const unicode = flags.includes('u');
  const first = isNullable(tree) ? undefined : firstOf(tree, undefined);
  const options = { anchored: false, longest: false, unicode, first };
  const slots = (program.backtracks ? new BacktrackMatcher(program, flags.includes('i')) : new PikeMatcher(program)).search(
    text,
    0,
    options,
  );
  return slots && Array.from({ length: slots.length / 2 }, (_, i) => (slots[2 * i + 1] < 0 ? undefined : [slots[2 * i], slots[2 * i + 1]]));
}

/** Skips what is given up. */
function withinLimit<T>(search: () => T): T {
  try {
    return search();
  } catch (error) {
    fc.pre(!(error instanceof RegexLimitError));
    throw error;
  }
}

function host(source: string, flags: string, text: string): readonly (readonly [number, number] | undefined)[] | null {
  return new RegExp(source, `${flags}d`).exec(text)?.indices?.map((x) => x && ([x[0], x[1]] as const)) ?? null;
}

const atom = fc.constantFrom('a', 'b', 'ab', '.', '[ab]', '[^a]', '\\w', '\\b', '^', '$', 'é', '(?<=a)', '(?!b)', '😀');
const { pattern } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
  piece: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom,
    fc.tuple(fc.constantFrom('(', '(?:'), tie('pattern')).map(([open, body]) => `${open}${body})`),
    fc
      .tuple(
        fc.constantFrom('a', 'b', '.', '(a)', '(?:ab)', '[^b]'),
        fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{0,2}', '{2,}', '*?', '+?', '??'),
      )
      .map(([body, times]) => body + times),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{2,}', '*?', '??'))
      .map(([body, times]) => `(${body})${times}`),
  ),
  pattern: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.array(tie('piece'), { minLength: 1, maxLength: 3 }).map((p) => p.join('')),
    fc.tuple(tie('piece'), tie('piece')).map((p) => p.join('|')),
  ),
}));
const text = fc.array(fc.constantFrom('a', 'b', 'a', 'b', '\n', 'A', 'é', '😀', ' '), { maxLength: 8 }).map((c) => c.join(''));
const flags = fc.constantFrom('', 'u', 'i', 'su', 'mu', 'iu');

describe('our matchers', () => {
  it('find what the host finds, groups included', () => {
    fc.assert(
      fc.property(pattern, text, flags, (p, t, f) => {
        const { tree } = parsePattern(p, f);
        fc.pre(!prefersNothing(tree) && t.length <= hostTextMax(tree));
        expect(own(p, f, t)).toEqual(host(p, f, t));
      }),
      { numRuns: 5_000 },
    );
  });
  it('find what the host finds with back-references and look-around', () => {
    const special = fc
      .tuple(pattern, fc.constantFrom('\\1', '(?=\\1)', '(?<=(a|b)b)', '(?!ab)', '(?<!\\1b)'), pattern)
      .map(([a, s, b]) => `(${a})${s}${b}`);
    fc.assert(
      fc.property(special, text, flags, (p, t, f) => {
        fc.pre(t.length <= hostTextMax(parsePattern(p, f).tree));
        expect(withinLimit(() => own(p, f, t))).toEqual(host(p, f, t));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('a pattern that a backtracking matcher never ends with', () => {
  it.each([
    '^(a+)+$',
    '^(a|aa)+$',
    '^(a|a?)+$',
    '(a*)*b',
    '(.*)*x',
    '^((a+)+)+$',
    'a*a*a*a*a*a*a*b',
    '(?:a?){40}a{40}b',
    '(x+x+)+y|(a|b|ab)*c',
  ])('%s gets its answer', (p) => expect(new Pattern(p).test(A_MANY)).toBe(false));
  it('may also match', () => {
    expect(new Pattern('^(a+)+!$').exec(A_MANY)).toEqual({ start: 0, end: 30_001, groups: [A_MANY, 'a'.repeat(30_000)] });
  });
  it('is given up if it has back-references', () => {
    expect(() => new Pattern('^(a+)+\\1b').test(A_MANY)).toThrow(RegexLimitError);
    expect(new Pattern('(.)\\1').exec('hello')).toMatchObject({ start: 2, end: 4, groups: { 1: 'l' } });
  });
  it('is refused if it is too large', () => {
    expect(() => new Pattern('(?:(?:a{1,1000}){1,1000}){1,1000}')).toThrow(RegexError);
    expect(() => new Pattern('('.repeat(100_000) + ')'.repeat(100_000))).toThrow(RegexError);
  });
});

describe('POSIX', () => {
  const posix = (p: string, t: string) => [...(new Pattern(p, 'su', { posix: true }).exec(t)?.groups ?? [])];
  it('takes the longest of the leftmost', () => {
    expect(posix('a|ab|abc', 'xabcd')).toEqual(['abc']);
    expect(posix('(a|ab)(c|bcd)(d*)', 'abcd')).toEqual(['abcd', 'a', 'bcd', '']);
    expect(posix('a*(ab)*', 'aab')).toEqual(['aab', 'ab']);
  });
  it('keeps what a group matched in an earlier round', () => {
    expect(posix('((a)|(b))*', 'ab')).toEqual(['ab', 'b', 'a', 'b']);
  });
});
