import type { Sim } from '../../../../kernel/sim.ts';
import { writeFile } from '../../../../kernel/syscalls.ts';
import { Fatal } from '../../failure.ts';
import { type Git, note, onTerminal, readFlags } from '../command.ts';
import { editConfig, removeSection } from '../configFile.ts';
import { subjectOf } from '../objects.ts';
import { Repository, textOrEmpty } from '../repository.ts';
import { branchName, detachedAt, resolve, short } from '../revision.ts';
import { trackingOf } from './status.ts';

/** What a branch's name may not be (git-check-ref-format). */
export function checkBranchName(name: string): void {
  if (/[\s~^:?*[\\]|\.\.|^[-.]|\/\.|\/$|\.lock$|@\{|\/\/|^@$|\.$/.test(name) || name === '')
    throw new Fatal(`'${name}' is not a valid branch name`, 128);
}

/** Makes a branch follow one of a remote. */
export function* setUpstream(repo: Repository, branch: string, remote: string, merge: string): Sim<void> {
  let text = yield* textOrEmpty(`${repo.dir}/config`);
  text = editConfig(text, `branch.${branch}.remote`, remote);
  yield* writeFile(`${repo.dir}/config`, editConfig(text, `branch.${branch}.merge`, `refs/heads/${merge}`));
}

/** `git branch` */
export function* branch(git: Git): Sim<number | void> {
  const flags = readFlags(
    git.args,
    'a,all r,remotes v,verbose d,delete D m,move M f,force show-current list l,list u,set-upstream-to: t,track? no-track q,quiet vv contains? merged? no-merged? c,copy unset-upstream no-color color? sort:',
  );
  const repo = yield* Repository.find();
  const head = yield* repo.head();
  const current = head.ref === undefined ? undefined : branchName(head.ref);
  if (flags.has('show-current')) return yield* git.t.print(current === undefined ? '' : `${current}\n`);
  const [first, second] = flags.operands;
  if (flags.has('delete') || flags.has('D')) return yield* remove(git, repo, flags.operands, current, flags.has('D') || flags.has('force'));
  if (flags.has('move') || flags.has('M'))
    return yield* rename(repo, second === undefined ? current : first, second ?? first, flags.has('M'));
  const upstream = flags.value('set-upstream-to');
  if (upstream !== undefined) {
    const name = first ?? current ?? '';
    const slash = upstream.indexOf('/');
    if ((yield* repo.ref(`refs/remotes/${upstream}`)) === undefined)
      throw new Fatal(`the requested upstream branch '${upstream}' does not exist`, 128);
    yield* setUpstream(repo, name, upstream.slice(0, slash), upstream.slice(slash + 1));
    return yield* git.t.print(`branch '${name}' set up to track '${upstream}'.\n`);
  }
  if (first !== undefined && !flags.has('list') && !flags.has('all') && !flags.has('remotes'))
    return yield* create(repo, first, second, flags.has('force'));
  yield* list(git, repo, current, {
    remotes: flags.has('remotes'),
    all: flags.has('all'),
    verbose: flags.has('verbose') || flags.has('vv'),
  });
}

function* create(repo: Repository, name: string, start: string | undefined, force: boolean): Sim<void> {
  checkBranchName(name);
  if (!force && (yield* repo.ref(`refs/heads/${name}`)) !== undefined) throw new Fatal(`a branch named '${name}' already exists`, 128);
  const id = yield* resolve(repo, start ?? 'HEAD');
  if (id === undefined) {
    const { ref } = yield* repo.head();
    throw new Fatal(`not a valid object name: '${start ?? branchName(ref ?? 'HEAD')}'`, 128);
  }
  yield* repo.setRef(`refs/heads/${name}`, id);
}

function* remove(git: Git, repo: Repository, names: readonly string[], current: string | undefined, force: boolean): Sim<number> {
  if (names.length === 0) throw new Fatal('branch name required', 128);
  let status = 0;
  for (const name of names) {
    const id = yield* repo.ref(`refs/heads/${name}`);
    if (id === undefined) {
      yield* note(git, `error: branch '${name}' not found.\n`);
      status = 1;
    } else if (name === current) {
      yield* note(git, `error: Cannot delete branch '${name}' checked out at '${repo.root}'\n`);
      status = 1;
    } else if (!force && !(yield* contains(repo, id))) {
      yield* note(
        git,
        `error: The branch '${name}' is not fully merged.\nIf you are sure you want to delete it, run 'git branch -D ${name}'.\n`,
      );
      status = 1;
    } else {
      yield* repo.deleteRef(`refs/heads/${name}`);
      yield* writeFile(`${repo.dir}/config`, removeSection(yield* textOrEmpty(`${repo.dir}/config`), `branch.${name}`));
      yield* git.t.print(`Deleted branch ${name} (was ${short(id)}).\n`);
    }
  }
  return status;
}

function* contains(repo: Repository, id: string): Sim<boolean> {
  const head = yield* repo.head();
  return head.id !== undefined && (yield* repo.history([head.id])).some((c) => c.id === id);
}

function* rename(repo: Repository, from: string | undefined, to: string | undefined, force: boolean): Sim<void> {
  if (from === undefined || to === undefined) throw new Fatal('branch name required', 128);
  checkBranchName(to);
  const head = yield* repo.head();
  const id = yield* repo.ref(`refs/heads/${from}`);
  const unborn = id === undefined && head.ref === `refs/heads/${from}`;
  if (id === undefined && !unborn) throw new Fatal(`No branch named '${from}'.`, 128);
  if (!force && from !== to && (yield* repo.ref(`refs/heads/${to}`)) !== undefined)
    throw new Fatal(`a branch named '${to}' already exists`, 128);
  if (id !== undefined && from !== to) {
    yield* repo.deleteRef(`refs/heads/${from}`);
    yield* repo.setRef(`refs/heads/${to}`, id);
  }
  if (head.ref === `refs/heads/${from}`) yield* repo.setHead({ ref: `refs/heads/${to}` });
  const config = yield* textOrEmpty(`${repo.dir}/config`);
  yield* writeFile(`${repo.dir}/config`, config.replace(`[branch "${from}"]`, `[branch "${to}"]`));
}

function* list(
  git: Git,
  repo: Repository,
  current: string | undefined,
  which: { readonly remotes: boolean; readonly all: boolean; readonly verbose: boolean },
): Sim<void> {
  const colour = yield* onTerminal();
  const rows: { mark: string; name: string; code: number; id: string | undefined; ref: string }[] = [];
  const head = yield* repo.head();
  if (current === undefined && !which.remotes && head.id !== undefined)
    rows.push({ mark: '* ', name: `(HEAD detached ${yield* detachedAt(repo, head.id)})`, code: 32, id: head.id, ref: '' });
  if (!which.remotes)
    for (const [ref, id] of yield* repo.refs('refs/heads/')) {
      const mine = branchName(ref) === current;
      rows.push({ mark: mine ? '* ' : '  ', name: branchName(ref), code: mine ? 32 : 0, id, ref });
    }
  if (which.remotes || which.all)
    for (const [ref, id] of yield* repo.refs('refs/remotes/')) {
      const name = which.all ? ref.slice('refs/'.length) : branchName(ref);
      const target = ref.endsWith('/HEAD') ? (yield* textOrEmpty(`${repo.dir}/${ref}`)).trim().replace('ref: refs/remotes/', ' -> ') : '';
      rows.push({ mark: '  ', name: name + target, code: 31, id, ref });
    }
  const width = Math.max(...rows.map((r) => r.name.length));
  for (const row of rows) {
    const shown = which.verbose ? row.name.padEnd(width) : row.name;
    const name = colour && row.code > 0 ? `\x1b[${row.code}m${shown}\x1b[m` : shown;
    let tail = '';
    if (which.verbose && row.id !== undefined) {
      const t = yield* trackingOf(repo, row.ref.startsWith('refs/heads/') ? row.ref : undefined, row.id);
      const counts = [t?.ahead ? `ahead ${t.ahead}` : '', t?.behind ? `behind ${t.behind}` : ''].filter((x) => x !== '').join(', ');
      tail = ` ${short(row.id)} ${counts === '' ? '' : `[${counts}] `}${subjectOf((yield* repo.commit(row.id)).message)}`;
    }
    yield* git.t.print(`${row.mark}${name}${tail}\n`);
  }
}

/** `git tag` */
export function* tag(git: Git): Sim<void> {
  const flags = readFlags(git.args, 'l,list d,delete a,annotate m,message: f,force n?');
  const repo = yield* Repository.find();
  const [name, target] = flags.operands;
  if (flags.has('delete')) {
    for (const each of flags.operands) {
      const id = yield* repo.ref(`refs/tags/${each}`);
      if (id === undefined) throw new Fatal(`tag '${each}' not found.`, 1);
      yield* repo.deleteRef(`refs/tags/${each}`);
      yield* git.t.print(`Deleted tag '${each}' (was ${short(id)})\n`);
    }
    return;
  }
  if (name === undefined || flags.has('list')) {
    for (const ref of (yield* repo.refs('refs/tags/')).keys()) yield* git.t.print(`${branchName(ref)}\n`);
    return;
  }
  if (flags.has('annotate') || flags.has('message'))
    throw new Fatal('drydock: annotated tags are not simulated; "git tag NAME" makes a plain one', 1);
  if (!flags.has('force') && (yield* repo.ref(`refs/tags/${name}`)) !== undefined) throw new Fatal(`tag '${name}' already exists`, 128);
  const id = yield* resolve(repo, target ?? 'HEAD');
  if (id === undefined) throw new Fatal(`Failed to resolve '${target ?? 'HEAD'}' as a valid ref.`, 128);
  yield* repo.setRef(`refs/tags/${name}`, id);
}
