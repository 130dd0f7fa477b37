import { describe, expect, it } from 'vitest';
import { expandBraces } from './braces.ts';
import { matchPattern, removeMatch, replaceMatch } from './pattern.ts';

const run = (change: ReturnType<typeof replaceMatch>) => change.next().value;

describe('patterns', () => {
  it.each([
    ['a*', 'abc', true],
    ['a?c', 'abc', true],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['[[:digit:]]*', '7x', true],
    ['\\*', '*', true],
    ['\\*', 'a', false],
    ['[]]', ']', true],
    ['[a', '[a', true],
    ['@(a|b)c', 'bc', true],
    ['+(ab)', 'abab', true],
    ['!(a|b)', 'c', true],
    ['!(a|b)', 'a', false],
    ['?(x)y', 'y', true],
    ['*.!(txt)', 'a.md', true],
    ['*.!(txt)', 'a.txt', false],
  ] as const)('%s against %s', (pattern, text, want) => expect(matchPattern(pattern, text, { extglob: true })).toBe(want));

  it('removes and replaces', () => {
    expect(removeMatch('/usr/lib/x.so.1', '*/', '##', {})).toBe('x.so.1');
    expect(removeMatch('a.tar.gz', '.*', '%', {})).toBe('a.tar');
    expect(removeMatch('a.tar.gz', '.*', '%%', {})).toBe('a');
    expect(run(replaceMatch('banana', 'an', '//', (m) => m.toUpperCase(), {}))).toBe('bANANa');
    expect(run(replaceMatch('banana', 'a', '/%', () => 'Z', {}))).toBe('bananZ');
  });

  it.each([
    ['a{b,c}d{e,f}', 'abde abdf acde acdf'],
    ['{1..3}{a,b}', '1a 1b 2a 2b 3a 3b'],
    ['{01..10..3}', '01 04 07 10'],
    ['{c..a}', 'c b a'],
    ['{a}', '{a}'],
    ['{,x}y', 'y xy'],
    ['"{a,b}"', '"{a,b}"'],
    ['${a}{1,2}', '${a}1 ${a}2'],
    ['{a,{b,c}}', 'a b c'],
    ['a{b', 'a{b'],
  ])('braces %s', (text, want) => expect([...expandBraces(text)].join(' ')).toBe(want));
});
