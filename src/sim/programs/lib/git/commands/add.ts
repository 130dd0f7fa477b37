import type { Sim } from '../../../../kernel/sim.ts';
import { lstat, lstatOrNull } from '../../../../kernel/syscalls.ts';
import { Fatal } from '../../failure.ts';
import { chosen, type Git, note, pathspec, readFlags } from '../command.ts';
import { Ignore } from '../ignore.ts';
import { Repository } from '../repository.ts';
import { changeOf, removeFile, stageFile, untrackedFiles } from '../worktree.ts';

/** Arguments as paths from the root. */
export function specsOf(repo: Repository, args: readonly string[]): string[] {
  return args.map((arg) => {
    const path = pathspec(repo.prefix, repo.root, arg);
    if (path === undefined) throw new Fatal(`${arg}: '${arg}' is outside repository at '${repo.root}'`, 128);
    return path;
  });
}

/** `git add` */
export function* add(git: Git): Sim<number | void> {
  const flags = readFlags(git.args, 'A,all u,update n,dry-run v,verbose f,force p,patch N,intent-to-add');
  const repo = yield* Repository.find();
  const args = [...flags.operands, ...(flags.paths ?? [])];
  const everything = flags.has('all') || flags.has('update');
  if (args.length === 0 && !everything) {
    yield* note(
      git,
      'Nothing specified, nothing added.\nhint: Maybe you wanted to say \'git add .\'?\nhint: Turn this message off by running\nhint: "git config advice.addEmptyPathspec false"\n',
    );
    return 0;
  }
  const specs = specsOf(repo, args);
  const index = yield* repo.index();
  const { untracked, ignored } = yield* untrackedFiles(repo, index, true);
  const fresh = flags.has('force') ? [...untracked, ...ignored] : untracked;
  for (const [i, spec] of specs.entries()) {
    if ([...index.keys(), ...fresh].some((path) => chosen(path, [spec]))) continue;
    const st = yield* lstatOrNull(repo.path(spec));
    if (st === null) throw new Fatal(`pathspec '${args[i]}' did not match any files`, 128);
    if ((yield* Ignore.load(repo)) && ignored.some((path) => chosen(path.replace(/\/$/, ''), [spec]) || spec.startsWith(path))) {
      yield* note(
        git,
        `The following paths are ignored by one of your .gitignore files:\n${spec}\nhint: Use -f if you really want to add them.\nhint: Turn this message off by running\nhint: "git config advice.addIgnoredFile false"\n`,
      );
      return 1;
    }
  }
  for (const entry of [...index.values()]) {
    if (!chosen(entry.path, specs)) continue;
    const letter = yield* changeOf(repo, entry);
    if (letter === undefined) continue;
    if (flags.has('verbose') || flags.has('dry-run')) yield* git.t.print(`${letter === 'D' ? 'remove' : 'add'} '${entry.path}'\n`);
    if (letter === 'D') index.delete(entry.path);
    else index.set(entry.path, yield* stageFile(repo, entry.path, yield* lstat(repo.path(entry.path))));
  }
  if (!flags.has('update'))
    for (const path of fresh) {
      if (path.endsWith('/') || !chosen(path, specs)) continue;
      if (flags.has('verbose') || flags.has('dry-run')) yield* git.t.print(`add '${path}'\n`);
      index.set(path, yield* stageFile(repo, path, yield* lstat(repo.path(path))));
    }
  if (!flags.has('dry-run')) yield* repo.writeIndex(index);
}

/** `git rm` */
export function* rm(git: Git): Sim<void> {
  const flags = readFlags(git.args, 'r f,force q,quiet cached n,dry-run ignore-unmatch');
  const repo = yield* Repository.find();
  const args = [...flags.operands, ...(flags.paths ?? [])];
  if (args.length === 0) throw new Fatal('No pathspec was given. Which files should I remove?', 128);
  const index = yield* repo.index();
  const specs = specsOf(repo, args);
  for (const [i, spec] of specs.entries()) {
    const found = [...index.keys()].filter((path) => chosen(path, [spec]));
    if (found.length === 0 && !flags.has('ignore-unmatch')) throw new Fatal(`pathspec '${args[i]}' did not match any files`, 128);
    if (found.length > 0 && !found.includes(spec) && !flags.has('r') && !/[*?[]/.test(spec))
      throw new Fatal(`not removing '${args[i]}' recursively without -r`, 128);
    for (const path of found) {
      const entry = index.get(path);
      if (entry && !flags.has('force') && !flags.has('cached') && (yield* changeOf(repo, entry)) === 'M') {
        yield* note(
          git,
          `error: the following file has local modifications:\n    ${path}\n(use --cached to keep the file, or -f to force removal)\n`,
        );
        git.t.status = 1;
        return;
      }
      index.delete(path);
      if (!flags.has('cached')) yield* removeFile(repo, path);
      if (!flags.has('quiet')) yield* git.t.print(`rm '${path}'\n`);
    }
  }
  yield* repo.writeIndex(index);
}
