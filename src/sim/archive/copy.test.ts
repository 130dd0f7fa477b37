import { expect, test } from 'vitest';
import type { Sim } from '../kernel/sim.ts';
import { readdir, readText } from '../kernel/syscalls.ts';
import { testMachine } from '../kernel/testing.ts';
import { readTar, writeTar } from '../lib/tar/index.ts';
import { copySource, copyTo, packResource } from './copy.ts';
import { assertsDirectory, baseName, cleanPath, dirName, joinPath, preserveTrailing, splitPath } from './paths.ts';

const files = { '/src/dir/a': 'one', '/src/dir/sub/b': 'two', '/src/file': 'three', '/dst/': '', '/dst/there/': '' };

/** Copies as `docker cp` does, over a real tar; answers with what is in /dst, or the message. */
function copied(from: string, to: string): Record<string, string> | string {
  let answer: Record<string, string> | string = {};
  testMachine({ files }).run(function* () {
    try {
      const source = yield* copySource(from, false);
      const { entries } = readTar(writeTar(yield* packResource(source)));
      yield* copyTo(entries, source, to);
      answer = yield* tree('/dst');
    } catch (error) {
      answer = (error as Error).message;
    }
    return 0;
  });
  return answer;
}

function* tree(top: string, prefix = ''): Sim<Record<string, string>> {
  const out: Record<string, string> = {};
  for (const { name, type } of yield* readdir(`${top}/${prefix}`)) {
    const path = `${prefix}${name}`;
    if ((type & 0o170000) === 0o040000) Object.assign(out, { [`${path}/`]: '' }, yield* tree(top, `${path}/`));
    else out[path] = yield* readText(`${top}/${path}`);
  }
  return out;
}

test.for([
  ['/src/file', '/dst', { 'there/': '', file: 'three' }],
  ['/src/file', '/dst/', { 'there/': '', file: 'three' }],
  ['/src/file', '/dst/new', { 'there/': '', new: 'three' }],
  ['/src/file', '/dst/new/', 'no such directory'],
  ['/src/dir', '/dst/new', { 'there/': '', 'new/': '', 'new/a': 'one', 'new/sub/': '', 'new/sub/b': 'two' }],
  ['/src/dir', '/dst/there', { 'there/': '', 'there/dir/': '', 'there/dir/a': 'one', 'there/dir/sub/': '', 'there/dir/sub/b': 'two' }],
  ['/src/dir/.', '/dst/there', { 'there/': '', 'there/a': 'one', 'there/sub/': '', 'there/sub/b': 'two' }],
  ['/src/dir', '/src/file', 'cannot copy directory'],
] as const)('%s to %s', ([from, to, expected]) => {
  expect(copied(from, to)).toEqual(expected);
});

test('paths as filepath has them', () => {
  expect([cleanPath('a/../b//c/.'), cleanPath('/../x'), cleanPath('')]).toEqual(['b/c', '/x', '.']);
  expect([baseName('/a/b/'), baseName('/'), dirName('/a/b'), dirName('a'), joinPath('/a', '../b')]).toEqual(['b', '/', '/a', '.', '/b']);
  expect([splitPath('/a/.'), splitPath('/a/b/')]).toEqual([
    ['/a', '.'],
    ['/a', 'b'],
  ]);
  expect([preserveTrailing('/a', 'a/.'), preserveTrailing('/a', 'a/'), preserveTrailing('/', '/.')]).toEqual(['/a/.', '/a/', '/.']);
  expect([assertsDirectory('a/'), assertsDirectory('a/.'), assertsDirectory('a')]).toEqual([true, true, false]);
});
