import type { Sim } from '../../../../kernel/sim.ts';
import { Fatal } from '../../failure.ts';
import { chosen, type Git, note, readFlags } from '../command.ts';
import { subjectOf } from '../objects.ts';
import { type Files, Repository } from '../repository.ts';
import { branchName, resolve, resolveOrFail, short } from '../revision.ts';
import { entryOf } from '../stagingIndex.ts';
import { changeOf, checkOutFile, compareFiles, moveTo, removeFile, statusOf, untrackedFiles } from '../worktree.ts';
import { specsOf } from './add.ts';
import { checkBranchName, setUpstream } from './branch.ts';
import { trackingOf, trackingText } from './status.ts';

const DETACHED = `You are in 'detached HEAD' state. You can look around, make experimental
changes and commit them, and you can discard any commits you make in this
state without impacting any branches by switching back to a branch.

If you want to create a new branch to retain commits you create, you may
do so (now or later) by using -c with the switch command. Example:

  git switch -c <new-branch-name>

Or undo this operation with:

  git switch -

Turn off this advice by setting config variable advice.detachedHead to false

`;

/** Goes to another commit's files, keeping what is changed but the same in both. Complains if that would lose something. */
export function* switchFiles(git: Git, repo: Repository, target: string | undefined, force: boolean, verb = 'checkout'): Sim<boolean> {
  const index = yield* repo.index();
  const files = yield* repo.filesOf(target);
  if (force) {
    yield* moveTo(repo, index, files);
    return true;
  }
  const { staged, changed } = yield* statusOf(repo);
  const differs = compareFiles(yield* repo.filesOf((yield* repo.head()).id), files);
  const dirty = new Set([...staged.keys(), ...changed.keys()]);
  const lost = [...dirty].filter((path) => differs.has(path));
  const { untracked } = yield* untrackedFiles(repo, index, true);
  const covered = untracked.filter((path) => files.has(path));
  const tell = (what: string, paths: readonly string[], advice: string): string =>
    `error: ${what} would be overwritten by ${verb}:\n${paths.map((p) => `\t${p}\n`).join('')}${advice}\nAborting\n`;
  if (lost.length > 0) {
    const advice =
      verb === 'merge'
        ? 'Please commit your changes or stash them before you merge.'
        : 'Please commit your changes or stash them before you switch branches.';
    yield* note(git, tell('Your local changes to the following files', lost, advice));
    return false;
  }
  if (covered.length > 0) {
    const advice =
      verb === 'merge' ? 'Please move or remove them before you merge.' : 'Please move or remove them before you switch branches.';
    yield* note(git, tell('The following untracked working tree files', covered, advice));
    return false;
  }
  yield* moveTo(repo, index, files, dirty);
  return true;
}

interface Wish {
  readonly create: string | undefined;
  readonly force: boolean;
  readonly detach: boolean;
  readonly quiet: boolean;
}

/** Puts HEAD on a branch or commit, and notes it. */
function* switchTo(git: Git, repo: Repository, name: string | undefined, wish: Wish): Sim<number> {
  const head = yield* repo.head();
  const word = name === '-' ? ((yield* repo.lastSwitch())?.from ?? '-') : name;
  const status = yield* moveHead(git, repo, word, wish);
  const from = head.ref === undefined ? (head.id ?? '') : branchName(head.ref);
  if (status === 0) yield* repo.logSwitch(from, wish.create ?? word ?? 'HEAD', [head.id, (yield* repo.head()).id]);
  return status;
}

/** Changes that went along. */
function* tellChanges(git: Git, repo: Repository): Sim<void> {
  const { staged, changed } = yield* statusOf(repo);
  for (const [path, letter] of [...new Map([...staged, ...changed])].sort(([a], [b]) => (a < b ? -1 : 1)))
    yield* git.t.print(`${letter}\t${path}\n`);
}

function* moveHead(git: Git, repo: Repository, word: string | undefined, wish: Wish): Sim<number> {
  const head = yield* repo.head();
  const say = function* (text: string): Sim<void> {
    if (!wish.quiet) yield* note(git, text);
  };
  if (wish.create !== undefined) {
    checkBranchName(wish.create);
    if ((yield* repo.ref(`refs/heads/${wish.create}`)) !== undefined)
      throw new Fatal(`a branch named '${wish.create}' already exists`, 128);
    const id = word === undefined ? head.id : yield* resolve(repo, word);
    if (word !== undefined && id === undefined)
      throw new Fatal(`'${word}' is not a commit and a branch '${wish.create}' cannot be created from it`, 128);
    if (word !== undefined && !(yield* switchFiles(git, repo, id, false))) return 1;
    if (id !== undefined) yield* repo.setRef(`refs/heads/${wish.create}`, id);
    yield* repo.setHead({ ref: `refs/heads/${wish.create}` });
    yield* say(`Switched to a new branch '${wish.create}'\n`);
    return 0;
  }
  const name = word ?? 'HEAD';
  const branch = wish.detach ? undefined : yield* repo.ref(`refs/heads/${name}`);
  if (branch !== undefined) {
    const already = head.ref === `refs/heads/${name}`;
    if (!(yield* switchFiles(git, repo, branch, wish.force))) return 1;
    yield* repo.setHead({ ref: `refs/heads/${name}` });
    if (head.ref === undefined && head.id !== undefined && head.id !== branch)
      yield* say(`Previous HEAD position was ${short(head.id)} ${subjectOf((yield* repo.commit(head.id)).message)}\n`);
    if (!wish.quiet) yield* tellChanges(git, repo);
    yield* say(already ? `Already on '${name}'\n` : `Switched to branch '${name}'\n`);
    yield* git.t.print(trackingText(yield* trackingOf(repo, `refs/heads/${name}`, branch)));
    return 0;
  }
  const id = yield* resolveOrFail(repo, name);
  if (!(yield* switchFiles(git, repo, id, wish.force))) return 1;
  yield* repo.setHead({ id });
  if (!wish.quiet) yield* tellChanges(git, repo);
  if (head.ref !== undefined && !wish.detach) yield* say(`Note: switching to '${name}'.\n\n${DETACHED}`);
  else if (head.ref === undefined && head.id !== undefined && head.id !== id)
    yield* say(`Previous HEAD position was ${short(head.id)} ${subjectOf((yield* repo.commit(head.id)).message)}\n`);
  yield* say(`HEAD is now at ${short(id)} ${subjectOf((yield* repo.commit(id)).message)}\n`);
  return 0;
}

/** A branch that only a remote has is made here, and follows it. */
function* fromRemote(git: Git, repo: Repository, name: string): Sim<boolean> {
  for (const [ref, id] of yield* repo.refs('refs/remotes/')) {
    const full = branchName(ref);
    const slash = full.indexOf('/');
    if (full.slice(slash + 1) !== name || name === 'HEAD') continue;
    if (!(yield* switchFiles(git, repo, id, false))) return false;
    yield* repo.setRef(`refs/heads/${name}`, id);
    yield* setUpstream(repo, name, full.slice(0, slash), name);
    yield* repo.setHead({ ref: `refs/heads/${name}` });
    yield* note(git, `Switched to a new branch '${name}'\n`);
    yield* git.t.print(`branch '${name}' set up to track '${full}'.\n`);
    return true;
  }
  return false;
}

/** Takes files from the index or a commit. Answers how many. */
function* takeFiles(repo: Repository, args: readonly string[], source: string | undefined): Sim<number> {
  const index = yield* repo.index();
  const files: Files = source === undefined ? index : yield* repo.filesOf(source);
  const specs = specsOf(repo, args);
  let count = 0;
  for (const [i, spec] of specs.entries()) {
    const found = [...files].filter(([path]) => chosen(path, [spec]));
    if (found.length === 0) throw new Fatal(`pathspec '${args[i]}' did not match any file(s) known to git`, 1);
    for (const [path, file] of found) {
      const entry = index.get(path);
      if (entry && entry.id === file.id && (yield* changeOf(repo, entry)) === undefined) continue;
      index.set(path, yield* checkOutFile(repo, path, file));
      count++;
    }
  }
  yield* repo.writeIndex(index);
  return count;
}

const paths = (n: number): string => `${n} path${n === 1 ? '' : 's'}`;

/** `git checkout` */
export function* checkout(git: Git): Sim<number | void> {
  const flags = readFlags(git.args, 'b: B: f,force q,quiet detach t,track? orphan: m,merge p,patch');
  const repo = yield* Repository.find();
  const [first, ...rest] = flags.operands;
  const fail = function* (word: string): Sim<number> {
    yield* note(git, `error: pathspec '${word}' did not match any file(s) known to git\n`);
    return 1;
  };
  const orphan = flags.value('orphan');
  if (orphan !== undefined) {
    yield* repo.setHead({ ref: `refs/heads/${orphan}` });
    return yield* note(git, `Switched to a new branch '${orphan}'\n`);
  }
  if (flags.paths !== undefined || rest.length > 0) {
    const source = first === undefined ? undefined : yield* resolve(repo, first);
    const args = [...(source === undefined && first !== undefined ? [first] : []), ...rest, ...(flags.paths ?? [])];
    if (args.length > 0) return yield* files(args, source);
  }
  const create = flags.value('b');
  const wish: Wish = { create, force: flags.has('force'), detach: flags.has('detach'), quiet: flags.has('quiet') };
  const again = flags.value('B');
  if (again !== undefined) {
    yield* repo.setRef(`refs/heads/${again}`, yield* resolveOrFail(repo, first ?? 'HEAD'));
    return yield* switchTo(git, repo, again, wish);
  }
  if (create !== undefined || first === undefined || first === '-' || (yield* resolve(repo, first)) !== undefined)
    return yield* switchTo(git, repo, first, wish);
  const tracked = [...(yield* repo.index()).keys()];
  if (tracked.some((path) => chosen(path, specsOf(repo, [first])))) return yield* files([first], undefined);
  return (yield* fromRemote(git, repo, first)) ? 0 : yield* fail(first);

  function* files(args: readonly string[], source: string | undefined): Sim<number> {
    try {
      const count = yield* takeFiles(repo, args, source);
      const from = source === undefined ? 'the index' : short(source);
      if (!flags.has('quiet') && flags.paths === undefined) yield* note(git, `Updated ${paths(count)} from ${from}\n`);
      return 0;
    } catch (error) {
      if (!(error instanceof Fatal) || error.status !== 1) throw error;
      yield* note(git, `error: ${error.message}\n`);
      return 1;
    }
  }
}

/** `git switch` */
export function* switchBranch(git: Git): Sim<number> {
  const flags = readFlags(git.args, 'c,create: C,force-create: d,detach f,force,discard-changes q,quiet t,track?');
  const repo = yield* Repository.find();
  const [word] = flags.operands;
  const create = flags.value('create') ?? flags.value('force-create');
  if (create === undefined && word === undefined) throw new Fatal('missing branch or commit argument', 128);
  const wish: Wish = { create, force: flags.has('discard-changes'), detach: flags.has('detach'), quiet: flags.has('quiet') };
  if (create !== undefined || wish.detach || word === '-' || (yield* repo.ref(`refs/heads/${word}`)) !== undefined)
    return yield* switchTo(git, repo, word, wish);
  if (yield* fromRemote(git, repo, word)) return 0;
  if ((yield* resolve(repo, word)) === undefined) throw new Fatal(`invalid reference: ${word}`, 128);
  throw new Fatal(
    `a branch is expected, got commit '${word}'\nhint: If you want to detach HEAD at the commit, try again with the --detach option.`,
    128,
  );
}

/** `git restore` */
export function* restore(git: Git): Sim<number | void> {
  const flags = readFlags(git.args, 'S,staged W,worktree s,source: q,quiet');
  const repo = yield* Repository.find();
  const args = [...flags.operands, ...(flags.paths ?? [])];
  if (args.length === 0) throw new Fatal('you must specify path(s) to restore', 128);
  const source = flags.value('source');
  const id = source === undefined ? undefined : yield* resolveOrFail(repo, source);
  try {
    if (flags.has('staged')) yield* unstage(repo, args, id ?? (yield* repo.head()).id);
    if (!flags.has('staged') || flags.has('worktree')) yield* takeFiles(repo, args, id);
  } catch (error) {
    if (!(error instanceof Fatal) || error.status !== 1) throw error;
    yield* note(git, `error: ${error.message}\n`);
    return 1;
  }
}

/** Makes index entries those of a commit; files stay. */
function* unstage(repo: Repository, args: readonly string[], id: string | undefined): Sim<void> {
  const index = yield* repo.index();
  const files = yield* repo.filesOf(id);
  const specs = specsOf(repo, args);
  for (const [i, spec] of specs.entries())
    if (![...index.keys(), ...files.keys()].some((path) => chosen(path, [spec])))
      throw new Fatal(`pathspec '${args[i]}' did not match any file(s) known to git`, 1);
  for (const path of [...index.keys()]) if (chosen(path, specs) && !files.has(path)) index.delete(path);
  for (const [path, file] of files)
    if (chosen(path, specs) && index.get(path)?.id !== file.id)
      index.set(path, entryOf(path, file.mode, file.id, { size: 0, mtime: 0, ino: 0 }));
  yield* repo.writeIndex(index);
}

/** `git reset` */
export function* reset(git: Git): Sim<number | void> {
  const flags = readFlags(git.args, 'hard soft mixed q,quiet keep merge');
  const repo = yield* Repository.find();
  const [first, ...rest] = flags.operands;
  const target = first === undefined ? undefined : yield* resolve(repo, first);
  const args = [...(first !== undefined && target === undefined ? [first] : []), ...rest, ...(flags.paths ?? [])];
  if (first !== undefined && target === undefined && !(yield* repo.index()).has(specsOf(repo, [first])[0]))
    yield* resolveOrFail(repo, first);
  const head = yield* repo.head();
  const id = target ?? head.id;
  if (args.length > 0) yield* unstage(repo, args, id);
  else {
    if (id === undefined) throw new Fatal("Failed to resolve 'HEAD' as a valid ref.", 128);
    if (flags.has('hard')) {
      const index = yield* repo.index();
      const files = yield* repo.filesOf(id);
      for (const path of index.keys()) if (!files.has(path)) yield* removeFile(repo, path);
      yield* moveTo(repo, index, files);
    } else if (!flags.has('soft')) yield* unstage(repo, [repo.root], id);
    yield* repo.moveHead(id);
    if (flags.has('hard') && !flags.has('quiet'))
      yield* git.t.print(`HEAD is now at ${short(id)} ${subjectOf((yield* repo.commit(id)).message)}\n`);
  }
  if (flags.has('hard') || flags.has('soft') || flags.has('quiet')) return;
  const { changed } = yield* statusOf(repo);
  if (changed.size > 0)
    yield* git.t.print(`Unstaged changes after reset:\n${[...changed].map(([path, letter]) => `${letter}\t${path}\n`).join('')}`);
}
