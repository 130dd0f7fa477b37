import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isErrno } from '../errno.ts';
import type { Sim } from '../sim.ts';
import {
  appendFile,
  chmod,
  link,
  lstat,
  mkdir,
  mount,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rmdir,
  S_IFDIR,
  S_IFLNK,
  S_IFMT,
  symlink,
  unlink,
  writeFile,
} from '../syscalls.ts';
import { testMachine } from '../testing.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));

type Step =
  | { readonly do: 'write' | 'append' | 'mkdir' | 'rmdir' | 'unlink' | 'chmod'; readonly path: string }
  | { readonly do: 'rename' | 'link' | 'symlink'; readonly path: string; readonly to: string };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('write' as const, 'append' as const, 'mkdir' as const, 'rmdir' as const, 'unlink' as const, 'chmod' as const),
    path,
  }),
  fc.record({ do: fc.constantFrom('rename' as const, 'link' as const, 'symlink' as const), path, to: path }),
);

function* apply(root: string, s: Step, index: number): Sim<void> {
  const at = `${root}/${s.path}`;
  switch (s.do) {
    case 'write':
      return yield* writeFile(at, `w${index}`);
    case 'append':
      return yield* appendFile(at, `a${index}`);
    case 'mkdir':
      return yield* mkdir(at);
    case 'rmdir':
      return yield* rmdir(at);
    case 'unlink':
      return yield* unlink(at);
    case 'chmod':
      return yield* chmod(at, 0o700 + (index % 8));
    case 'rename':
      return yield* rename(at, `${root}/${s.to}`);
    case 'link':
      return yield* link(at, `${root}/${s.to}`);
    case 'symlink':
      return yield* symlink('nowhere', `${root}/${s.to}`);
  }
}

/** 'ok', or the name of the error. */
function* outcome(root: string, s: Step, index: number): Sim<string> {
  try {
    yield* apply(root, s, index);
    return 'ok';
  } catch (error) {
    if (!isErrno(error)) throw error;
    return error.code;
  }
}

function* dump(root: string, depth = 0): Sim<string[]> {
  expect(depth).toBeLessThan(8);
  const out: string[] = [];
  for (const entry of [...(yield* readdir(root))].sort((x, y) => (x.name < y.name ? -1 : 1))) {
    const at = `${root}/${entry.name}`;
    const { mode } = yield* lstat(at);
    const type = mode & S_IFMT;
    const text = type === S_IFDIR ? '/' : type === S_IFLNK ? yield* readlink(at) : String.fromCharCode(...(yield* readFile(at)));
    out.push(`${entry.name} ${mode.toString(8)} ${text}`);
    if (type === S_IFDIR) for (const line of yield* dump(at, depth + 1)) out.push(`${entry.name}/${line}`);
  }
  return out;
}

const LOWER = ['a/b/c', 'a/d', 'b', 'c/a'];

it('an overlay behaves as a plain file system does', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const files: Record<string, string> = { '/plain/': '', '/lower/': '', '/upper/': '', '/work/': '', '/merged/': '' };
      for (const file of LOWER) files[`/plain/${file}`] = files[`/lower/${file}`] = file;
      testMachine({ files }).run(function* () {
        yield* mount('overlay', '/merged', 'overlay', { lower: ['/lower'], upper: '/upper', work: '/work' });
        const before = yield* dump('/lower');
        for (const [index, s] of steps.entries()) {
          // Moving a directory of a lower tree is EXDEV on an overlay: there the two differ, as on Linux.
          if (s.do === 'rename' && (yield* isDirectory(`/plain/${s.path}`))) continue;
          expect(`${index} ${yield* outcome('/merged', s, index)}`).toBe(`${index} ${yield* outcome('/plain', s, index)}`);
        }
        expect(yield* dump('/merged')).toEqual(yield* dump('/plain'));
        expect(yield* dump('/lower')).toEqual(before);
        return 0;
      });
    }),
    { numRuns: 150 },
  );
});

function* isDirectory(at: string): Sim<boolean> {
  try {
    return ((yield* lstat(at)).mode & S_IFMT) === S_IFDIR;
  } catch {
    return false;
  }
}

it('renaming never makes a cycle, and every entry has the path that leads to it', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      testMachine({ files: { '/plain/': '' } }).run(function* () {
        for (const [index, s] of steps.entries()) yield* outcome('/plain', s, index);
        for (const line of yield* dump('/plain')) {
          const at = `/plain/${line.split(' ')[0]}`;
          if ((yield* lstat(at)).mode >> 12 !== S_IFLNK >> 12) expect(yield* realpath(at)).toBe(at);
        }
        return 0;
      });
    }),
    { numRuns: 150 },
  );
});
