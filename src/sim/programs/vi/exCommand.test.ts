import { describe, expect, it } from 'vitest';
import { expandReplacement, parseEx, vimPattern } from './exCommand.ts';

const write = { kind: 'write', path: undefined, force: false, quit: false, onlyIfModified: false };

describe('parseEx', () => {
  it.each([
    ['', { kind: 'none' }],
    ['12', { kind: 'goto', row: 9 }],
    ['$', { kind: 'goto', row: 9 }],
    ['+2', { kind: 'goto', row: 5 }],
    ['w', write],
    ['w out.txt', { ...write, path: 'out.txt' }],
    ['wq!', { ...write, force: true, quit: true }],
    ['x', { ...write, quit: true, onlyIfModified: true }],
    ['q!', { kind: 'quit', force: true }],
    ['set nu', { kind: 'set', option: 'nu' }],
    ['2,4d', { kind: 'delete', from: 1, to: 3 }],
    ['%s/a\\/b/c/g', { kind: 'substitute', from: 0, to: 9, pattern: 'a/b', replacement: 'c', global: true, ignoreCase: false }],
    ['s#x#y#', { kind: 'substitute', from: 3, to: 3, pattern: 'x', replacement: 'y', global: false, ignoreCase: false }],
    ['5,2d', { kind: 'error', message: 'E16: Invalid range' }],
    ['frobnicate', { kind: 'error', message: 'E492: Not an editor command: frobnicate' }],
    ['r', { kind: 'error', message: 'E32: No file name' }],
  ])(':%s', (text, command) => {
    expect(parseEx(text, 3, 9)).toEqual(command);
  });
});

describe('vimPattern', () => {
  it('swaps what is special', () => {
    expect(vimPattern('a\\(b\\|c\\)\\+(x)')?.source).toBe('a(b|c)+\\(x\\)');
    expect(vimPattern('\\<end\\>')?.source).toBe('\\bend\\b');
    expect(vimPattern('a[')).toBeUndefined();
  });
});

it('expands groups and the whole match in a replacement', () => {
  expect(expandReplacement('[&] \\1 \\& \\\\', ['ab', 'b'])).toBe('[ab] b & \\');
});
