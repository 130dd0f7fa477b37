/** Commands that look inside: rev-parse, ls-files, ls-tree, cat-file, hash-object, mv. */
import type { Sim } from '../../../../kernel/sim.ts';
import { readFile, rename, statOrNull } from '../../../../kernel/syscalls.ts';
import { Fatal } from '../../failure.ts';
import { chosen, type Git, readFlags } from '../command.ts';
import { blob, objectId, parseTree } from '../objects.ts';
import { Repository } from '../repository.ts';
import { branchName, resolveOrFail } from '../revision.ts';
import { specsOf } from './add.ts';
import { relativeTo } from './status.ts';

/** `git rev-parse` */
export function* revParse(git: Git): Sim<number | void> {
  const flags = readFlags(
    git.args,
    'short? abbrev-ref show-toplevel git-dir is-inside-work-tree is-inside-git-dir show-prefix show-cdup verify q,quiet symbolic-full-name absolute-git-dir',
  );
  const repo = yield* Repository.find();
  if (flags.has('show-toplevel')) yield* git.t.print(`${repo.root}\n`);
  if (flags.has('git-dir')) yield* git.t.print(repo.prefix === '' ? '.git\n' : `${repo.dir}\n`);
  if (flags.has('absolute-git-dir')) yield* git.t.print(`${repo.dir}\n`);
  if (flags.has('is-inside-work-tree')) yield* git.t.print('true\n');
  if (flags.has('is-inside-git-dir')) yield* git.t.print('false\n');
  if (flags.has('show-prefix')) yield* git.t.print(`${repo.prefix}\n`);
  if (flags.has('show-cdup')) yield* git.t.print(`${'../'.repeat(repo.prefix.split('/').length - 1)}\n`);
  for (const word of flags.operands) {
    if (flags.has('abbrev-ref') || flags.has('symbolic-full-name')) {
      const head = yield* repo.head();
      const full = word === 'HEAD' ? (head.ref ?? 'HEAD') : (yield* repo.ref(`refs/heads/${word}`)) ? `refs/heads/${word}` : word;
      yield* git.t.print(`${flags.has('abbrev-ref') ? branchName(full) : full}\n`);
      continue;
    }
    let id: string;
    try {
      id = yield* resolveOrFail(repo, word);
    } catch (error) {
      if (flags.has('verify') && error instanceof Fatal) {
        if (flags.has('quiet')) return 1;
        throw new Fatal('Needed a single revision', 128);
      }
      if (error instanceof Fatal && !flags.has('verify')) yield* git.t.print(`${word}\n`);
      throw error;
    }
    const length = Number(flags.value('short') || 7);
    yield* git.t.print(`${flags.has('short') ? id.slice(0, length) : id}\n`);
  }
}

/** `git ls-files` */
export function* lsFiles(git: Git): Sim<void> {
  const flags = readFlags(git.args, 's,stage c,cached z');
  const repo = yield* Repository.find();
  const specs = specsOf(repo, [...flags.operands, ...(flags.paths ?? [])]);
  for (const entry of [...(yield* repo.index()).values()].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (!chosen(entry.path, specs) || !entry.path.startsWith(repo.prefix)) continue;
    const name = relativeTo(repo.prefix, entry.path);
    yield* git.t.print(flags.has('stage') ? `${entry.mode} ${entry.id} 0\t${name}\n` : `${name}\n`);
  }
}

/** `git ls-tree` */
export function* lsTree(git: Git): Sim<void> {
  const flags = readFlags(git.args, 'r name-only l,long');
  const repo = yield* Repository.find();
  const { tree } = yield* repo.commit(yield* resolveOrFail(repo, flags.operands[0] ?? 'HEAD'));
  const entries = flags.has('r')
    ? [...(yield* repo.files(tree))].map(([name, e]) => ({ ...e, name }))
    : parseTree((yield* repo.read(tree)).data);
  for (const e of entries) {
    const type = e.mode === '40000' ? 'tree' : 'blob';
    yield* git.t.print(flags.has('name-only') ? `${e.name}\n` : `${e.mode.padStart(6, '0')} ${type} ${e.id}\t${e.name}\n`);
  }
}

/** `git cat-file` */
export function* catFile(git: Git): Sim<number | void> {
  const flags = readFlags(git.args, 'p t s e');
  const repo = yield* Repository.find();
  const word = flags.operands[flags.operands.length - 1] ?? 'HEAD';
  const colon = word.indexOf(':');
  let id: string;
  if (colon > 0) {
    const file = (yield* repo.filesOf(yield* resolveOrFail(repo, word.slice(0, colon)))).get(word.slice(colon + 1));
    if (file === undefined) throw new Fatal(`Not a valid object name ${word}`, 128);
    id = file.id;
  } else if (word.endsWith('^{tree}')) id = (yield* repo.commit(yield* resolveOrFail(repo, word.slice(0, -'^{tree}'.length)))).tree;
  else id = yield* resolveOrFail(repo, word);
  const object = yield* repo.read(id);
  if (flags.has('t')) yield* git.t.print(`${object.type}\n`);
  else if (flags.has('s')) yield* git.t.print(`${object.data.length}\n`);
  else if (flags.has('e')) return 0;
  else if (object.type === 'tree')
    for (const e of parseTree(object.data))
      yield* git.t.print(`${e.mode.padStart(6, '0')} ${e.mode === '40000' ? 'tree' : 'blob'} ${e.id}\t${e.name}\n`);
  else yield* git.t.out.bytes(object.data);
}

/** `git hash-object` */
export function* hashObject(git: Git): Sim<void> {
  const flags = readFlags(git.args, 'w stdin t:');
  for (const path of flags.has('stdin') ? ['/dev/stdin'] : flags.operands) {
    const object = blob(yield* readFile(path));
    if (flags.has('w')) yield* (yield* Repository.find()).write(object);
    yield* git.t.print(`${objectId(object)}\n`);
  }
}

/** `git mv` */
export function* mv(git: Git): Sim<void> {
  const flags = readFlags(git.args, 'f,force v,verbose k n,dry-run');
  const repo = yield* Repository.find();
  const specs = specsOf(repo, flags.operands);
  const target = specs[specs.length - 1];
  const folder = ((yield* statOrNull(repo.path(target)))?.mode ?? 0) & 0o040000;
  const index = yield* repo.index();
  for (const source of specs.slice(0, -1)) {
    const to = folder ? `${target}/${source.slice(source.lastIndexOf('/') + 1)}` : target;
    const inside = [...index.values()].filter((e) => e.path === source || e.path.startsWith(`${source}/`));
    if (inside.length === 0) throw new Fatal(`not under version control, source=${source}, destination=${to}`, 128);
    yield* rename(repo.path(source), repo.path(to));
    for (const entry of inside) {
      index.delete(entry.path);
      const path = to + entry.path.slice(source.length);
      index.set(path, { ...entry, path });
    }
  }
  yield* repo.writeIndex(index);
}
