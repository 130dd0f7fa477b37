import { isErrno } from '../../../../kernel/errno.ts';
import type { Sim } from '../../../../kernel/sim.ts';
import { readFile, stat } from '../../../../kernel/syscalls.ts';
import { Fatal } from '../../failure.ts';
import { chosen, type Flags, type Git, readFlags } from '../command.ts';
import { blob, objectId } from '../objects.ts';
import type { Change, Side } from '../patch.ts';
import { Repository } from '../repository.ts';
import { resolve, resolveOrFail } from '../revision.ts';
import { changesBetween, changesToDisk, printChanges } from '../show.ts';
import { modeOf } from '../worktree.ts';
import { specsOf } from './add.ts';
import { DIFF_FLAGS, styleOf, wantsColour } from './log.ts';

/** `git diff` */
export function* diff(git: Git): Sim<number | void> {
  const flags = readFlags(git.args, `${DIFF_FLAGS} cached,staged no-index exit-code q,quiet w,ignore-all-space M`);
  if (flags.has('no-index')) return yield* diffFiles(git, flags);
  const repo = yield* Repository.find();
  const revisions: string[] = [];
  const words: string[] = [];
  for (const word of flags.operands) {
    const range = /^(.*?)\.\.\.?(.*)$/.exec(word);
    if (range && words.length === 0)
      revisions.push(yield* resolveOrFail(repo, range[1] || 'HEAD'), yield* resolveOrFail(repo, range[2] || 'HEAD'));
    else {
      const id = words.length === 0 ? yield* resolve(repo, word) : undefined;
      if (id !== undefined) revisions.push(id);
      else words.push(word);
    }
  }
  const specs = specsOf(repo, [...words, ...(flags.paths ?? [])]);
  if (words.length > 0) {
    const tracked = [...(yield* repo.index()).keys()];
    for (const [i, word] of words.entries()) if (!tracked.some((path) => chosen(path, [specs[i]]))) yield* resolveOrFail(repo, word);
  }
  const changes = (yield* changesFor(repo, flags, revisions)).filter((c) => chosen(c.path, specs));
  if (!flags.has('quiet')) yield* printChanges(git, changes, styleOf(flags, 'patch'), yield* wantsColour(flags));
  if ((flags.has('exit-code') || flags.has('quiet')) && changes.length > 0) return 1;
}

function* changesFor(repo: Repository, flags: Flags, revisions: readonly string[]): Sim<Change[]> {
  const index = yield* repo.index();
  if (revisions.length >= 2) return yield* changesBetween(repo, yield* repo.filesOf(revisions[0]), yield* repo.filesOf(revisions[1]));
  if (flags.has('staged')) return yield* changesBetween(repo, yield* repo.filesOf(revisions[0] ?? (yield* repo.head()).id), index);
  if (revisions.length === 0) return yield* changesToDisk(repo, index);
  const from = yield* repo.filesOf(revisions[0]);
  const added = [...index].filter(([path]) => !from.has(path));
  const changes = yield* changesToDisk(repo, from);
  for (const change of yield* changesBetween(repo, new Map(), new Map(added))) changes.push(change);
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function* sideOf(path: string): Sim<Side> {
  try {
    const data = yield* readFile(path);
    return { mode: modeOf(yield* stat(path)), id: objectId(blob(data)), data };
  } catch (error) {
    if (isErrno(error)) throw new Fatal(`Could not access '${path}'`, 128);
    throw error;
  }
}

/** Two files that need not be in a repository. */
function* diffFiles(git: Git, flags: Flags): Sim<number> {
  const [a, b] = [...flags.operands, ...(flags.paths ?? [])];
  if (b === undefined) throw new Fatal('usage: git diff --no-index [<options>] <path> <path>', 129);
  const [from, to] = [yield* sideOf(a), yield* sideOf(b)];
  if (from.id === to.id && from.mode === to.mode) return 0;
  yield* printChanges(
    git,
    [{ path: a.replace(/^\/+/, ''), newPath: b.replace(/^\/+/, ''), from, to }],
    styleOf(flags, 'patch'),
    yield* wantsColour(flags),
  );
  return 1;
}
