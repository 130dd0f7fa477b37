/** git on one machine: what is typed, what comes out. Ids and messages were read off git 2.39.5. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concatBytes } from '../../../lib/bytes.ts';
import { encodeUtf8 } from '../../../lib/utf8.ts';
import { loadPrograms, TestSession } from '../../../shell/testing.ts';
import { editConfig, parseConfig } from './configFile.ts';
import { blob, commitObject, deflateObject, type GitObject, inflateObject, objectId, treeObject } from './objects.ts';
import { readPack, writePack } from './pack.ts';
import { FLUSH, pktLine, readPktLines } from './pktLine.ts';
import { readIndex, writeIndex } from './stagingIndex.ts';
import { advertise, type Hosted, uploadPack } from './uploadPack.ts';
import { globMatch } from './wildmatch.ts';

const programs = await loadPrograms();

/** A bash in an empty repository with a name to commit under and a fixed date. */
function session(): (line: string) => string {
  const s = new TestSession(programs);
  const run = (line: string): string => {
    const r = s.step(line);
    return r.stdout + r.stderr + (r.exit === 0 ? '' : `-> ${r.exit}\n`);
  };
  run('export GIT_AUTHOR_DATE="1700000000 +0100" GIT_COMMITTER_DATE="1700000000 +0100"');
  run('mkdir r; cd r; git init -q -b main; git config user.name "Ann Smith"; git config user.email ann@example.com');
  return run;
}

describe('a repository', () => {
  test('from nothing to two commits', () => {
    const git = session();
    expect(git('git log')).toBe("fatal: your current branch 'main' does not have any commits yet\n-> 128\n");
    git("printf 'one\\ntwo\\nthree\\n' > a.txt");
    expect(git('git status')).toBe(
      'On branch main\n\nNo commits yet\n\nUntracked files:\n  (use "git add <file>..." to include in what will be committed)\n\ta.txt\n\nnothing added to commit but untracked files present (use "git add" to track)\n',
    );
    expect(git('git add a.txt; git commit -m "First commit"')).toBe(
      '[main (root-commit) 7e510b8] First commit\n 1 file changed, 3 insertions(+)\n create mode 100644 a.txt\n',
    );
    git('sed -i s/two/TWO/ a.txt');
    expect(git('git diff')).toBe(
      'diff --git a/a.txt b/a.txt\nindex 4cb29ea..ddc897f 100644\n--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n three\n',
    );
    expect(git('git commit -qam second; git log --oneline; git status -s')).toMatch(/^[0-9a-f]{7} second\n7e510b8 First commit\n$/);
    expect(git('git show --stat --format=%s')).toBe('second\n\n a.txt | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n');
  });

  test('branches, and the way back', () => {
    const git = session();
    git('echo a > a; git add a; git commit -qm a');
    expect(git('git checkout -b dev')).toBe("Switched to a new branch 'dev'\n");
    git('echo b > b; git add b; git commit -qm b');
    expect(git('git checkout main; ls')).toBe("a\nSwitched to branch 'main'\n");
    expect(git('git branch -d dev')).toBe(
      "error: The branch 'dev' is not fully merged.\nIf you are sure you want to delete it, run 'git branch -D dev'.\n-> 1\n",
    );
    expect(git('git merge dev | tail -n +2')).toBe('Fast-forward\n b | 1 +\n 1 file changed, 1 insertion(+)\n create mode 100644 b\n');
    expect(git('git checkout - 2>&1; git branch')).toBe("Switched to branch 'dev'\n* dev\n  main\n");
  });

  test('local changes are not lost by a switch', () => {
    const git = session();
    git('echo a > a; git add a; git commit -qm a; git branch old; echo b > a; git commit -qam b; echo c > a');
    expect(git('git checkout old')).toBe(
      'error: Your local changes to the following files would be overwritten by checkout:\n\ta\nPlease commit your changes or stash them before you switch branches.\nAborting\n-> 1\n',
    );
    expect(git('git reset --hard HEAD~1; cat a')).toMatch(/^HEAD is now at [0-9a-f]{7} a\na\n$/);
  });

  test('ignored files, renames, deletions', () => {
    const git = session();
    git("printf '*.log\\nbuild/\\n!keep.log\\n' > .gitignore; mkdir build; touch build/x a.log keep.log; echo text > t");
    expect(git('git status -s')).toBe('?? .gitignore\n?? keep.log\n?? t\n');
    expect(git('git add -A; git commit -qm a; git mv t "new name"; git status -s')).toBe('R  t -> "new name"\n');
    expect(git('git commit -m r; rm "new name"; git status -s').split('\n').slice(1)).toEqual([
      ' 1 file changed, 0 insertions(+), 0 deletions(-)',
      ' rename t => new name (100%)',
      ' D "new name"',
      '',
    ]);
  });

  test.each([
    ['cd /; git status', 'fatal: not a git repository (or any of the parent directories): .git\n-> 128\n'],
    ['git checkout nosuch', "error: pathspec 'nosuch' did not match any file(s) known to git\n-> 1\n"],
    ['git foo', "git: 'foo' is not a git command. See 'git --help'.\n\nThe most similar command is\n\thook\n-> 1\n"],
    ['git pul', "git: 'pul' is not a git command. See 'git --help'.\n\nThe most similar commands are\n\tpull\n\tpush\n-> 1\n"],
    ['git xyzzyq', "git: 'xyzzyq' is not a git command. See 'git --help'.\n-> 1\n"],
    ['git stash', 'drydock: "git stash" is not simulated\n-> 1\n'],
    ['git --version', 'git version 2.39.5\n'],
  ])('%s', (line, expected) => {
    expect(session()(line)).toBe(expected);
  });

  test('nobody commits without a name', () => {
    const git = session();
    expect(git('git config --unset user.email; echo a > a; git add a; git commit -m a')).toContain('*** Please tell me who you are.');
  });
});

describe('formats', () => {
  test('ids are what git gives', () => {
    expect(objectId(blob(encodeUtf8('hello\n')))).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
    expect(objectId(treeObject([]))).toBe('4b825dc642cb6eb9a060e54bf8d69288fbee4904');
  });

  const object = fc
    .tuple(fc.constantFrom('blob' as const, 'tree' as const, 'commit' as const), fc.uint8Array({ maxLength: 300 }))
    .map(([type, data]): GitObject => ({ type, data }));

  test('objects and packs read back', () => {
    fc.assert(
      fc.property(fc.array(object, { maxLength: 8 }), (all) => {
        for (const o of all) expect(inflateObject(deflateObject(o))).toEqual(o);
        expect(readPack(writePack(all))).toEqual(all);
      }),
    );
  });

  test('the index reads back', () => {
    const entry = fc.record({
      path: fc.stringMatching(/^[a-z]{1,12}(\/[a-z]{1,12}){0,3}$/),
      mode: fc.constantFrom('100644', '100755', '120000'),
      id: fc.stringMatching(/^[0-9a-f]{40}$/),
      size: fc.nat(),
      mtime: fc.nat({ max: 2_000_000_000_000_000 }),
      ino: fc.nat(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: (e) => e.path, maxLength: 10 }), (entries) => {
        const index = new Map(entries.map((e) => [e.path, e]));
        expect(new Map(readIndex(writeIndex(index)))).toEqual(index);
      }),
    );
  });

  test('configuration keeps what it does not touch', () => {
    const text = '[core]\n\tbare = false # a note\n[remote "origin"]\n\turl = https://a/b\n';
    expect(editConfig(text, 'core.bare', 'true')).toBe('[core]\n\tbare = true\n[remote "origin"]\n\turl = https://a/b\n');
    expect(editConfig(text, 'remote.origin.fetch', '+a:b')).toBe(`${text}\tfetch = +a:b\n`);
    expect(parseConfig(text)).toEqual([
      { key: 'core.bare', value: 'false' },
      { key: 'remote.origin.url', value: 'https://a/b' },
    ]);
  });

  test.each([
    ['*.log', 'a.log', true],
    ['**/x', 'a/b/x', true],
    ['a/*', 'a/b/c', false],
    ['a/**', 'a/b/c', true],
    ['[a-c]?', 'bz', true],
  ])('the pattern %s on %s', (pattern, path, expected) => {
    expect(globMatch(pattern, path)).toBe(expected);
  });
});

describe('the server', () => {
  const file = blob(encodeUtf8('x\n'));
  const tree = treeObject([{ mode: '100644', name: 'x', id: objectId(file) }]);
  const who = { name: 'a', email: 'b', time: 1, zone: '+0000' };
  const first = commitObject({ tree: objectId(tree), parents: [], author: who, committer: who, message: 'one\n' });
  const second = commitObject({ tree: objectId(tree), parents: [objectId(first)], author: who, committer: who, message: 'two\n' });
  const repo: Hosted = {
    objects: new Map([file, tree, first, second].map((o) => [objectId(o), o])),
    refs: new Map([['refs/heads/main', objectId(second)]]),
    head: 'refs/heads/main',
  };
  const ask = (...lines: string[]) => concatBytes([...lines.map((l) => pktLine(`${l}\n`)), FLUSH, pktLine('done\n')]);
  const packOf = (answer: Uint8Array) => readPack(concatBytes(readPktLines(answer).flatMap((l) => (l?.[0] === 1 ? [l.subarray(1)] : []))));

  test('says what it has', () => {
    expect(readPktLines(advertise(repo)).filter((l) => l !== undefined)).toHaveLength(3);
  });

  test('sends all, the newest only, or what is missing', () => {
    expect(packOf(uploadPack(repo, ask(`want ${objectId(second)}`)))).toHaveLength(4);
    expect(packOf(uploadPack(repo, ask(`want ${objectId(second)}`, 'deepen 1')))).toHaveLength(3);
    expect(packOf(uploadPack(repo, ask(`want ${objectId(second)}`, `have ${objectId(first)}`)))).toEqual([second]);
  });
});
