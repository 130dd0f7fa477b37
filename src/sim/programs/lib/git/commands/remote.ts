import type { Sim } from '../../../../kernel/sim.ts';
import { removeTree, writeFile } from '../../../../kernel/syscalls.ts';
import { Fatal } from '../../failure.ts';
import { type Git, note, readFlags } from '../command.ts';
import { editConfig, removeSection } from '../configFile.ts';
import { countLines, formatStat } from '../patch.ts';
import { Repository, textOrEmpty } from '../repository.ts';
import { branchName, resolve, short } from '../revision.ts';
import { changesBetween, modeLines } from '../show.ts';
import { openRemote } from '../transport.ts';
import { switchFiles } from './checkout.ts';
import { addRemote, progressOf, store } from './clone.ts';

function* urlsOf(repo: Repository): Sim<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { key, value } of yield* repo.config()) {
    const m = /^remote\.(.*)\.url$/.exec(key);
    if (m) found.set(m[1], value);
  }
  return found;
}

/** `git remote` */
export function* remote(git: Git): Sim<number | void> {
  const flags = readFlags(git.args, 'v,verbose f');
  const repo = yield* Repository.find();
  const urls = yield* urlsOf(repo);
  const [verb, name, url] = flags.operands;
  const known = function* (): Sim<boolean> {
    if (urls.has(name)) return true;
    yield* note(git, `error: No such remote${verb === 'remove' || verb === 'rm' ? ':' : ''} '${name}'\n`);
    return false;
  };
  switch (verb) {
    case undefined:
    case 'show':
      for (const [each, target] of [...urls].sort(([a], [b]) => (a < b ? -1 : 1)))
        yield* git.t.print(flags.has('verbose') ? `${each}\t${target} (fetch)\n${each}\t${target} (push)\n` : `${each}\n`);
      return;
    case 'add':
      if (url === undefined) throw new Fatal('usage: git remote add [<options>] <name> <url>', 129);
      if (urls.has(name)) {
        yield* note(git, `error: remote ${name} already exists.\n`);
        return 3;
      }
      return yield* addRemote(repo, name, url);
    case 'get-url':
      if (!(yield* known())) return 2;
      return yield* git.t.print(`${urls.get(name)}\n`);
    case 'set-url':
      if (!(yield* known())) return 2;
      return yield* writeFile(`${repo.dir}/config`, editConfig(yield* textOrEmpty(`${repo.dir}/config`), `remote.${name}.url`, url));
    case 'remove':
    case 'rm':
      if (!(yield* known())) return 2;
      yield* writeFile(`${repo.dir}/config`, removeSection(yield* textOrEmpty(`${repo.dir}/config`), `remote.${name}`));
      return yield* removeTree(`${repo.dir}/refs/remotes/${name}`);
    default:
      yield* note(git, `error: Unknown subcommand: ${verb}\n`);
      return 129;
  }
}

function* fetchFrom(git: Git, repo: Repository, name: string, quiet: boolean): Sim<void> {
  const url = (yield* urlsOf(repo)).get(name);
  if (url === undefined)
    throw new Fatal(
      `'${name}' does not appear to be a git repository\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.`,
      128,
    );
  const other = yield* openRemote(url, (text) => note(git, text));
  const { refs } = yield* other.list();
  const news: string[] = [];
  const targets = new Map<string, string>();
  for (const [ref, id] of refs) {
    const mine = ref.startsWith('refs/tags/') ? ref : `refs/remotes/${name}/${branchName(ref)}`;
    if (!/^refs\/(heads|tags)\//.test(ref)) continue;
    const before = yield* repo.ref(mine);
    if (before === id) continue;
    targets.set(mine, id);
    const short_ = branchName(ref);
    const shown = ref.startsWith('refs/tags/') ? short_ : `${name}/${short_}`;
    news.push(
      before !== undefined
        ? `   ${short(before)}..${short(id)}  ${short_.padEnd(10)} -> ${shown}\n`
        : ` * [new ${ref.startsWith('refs/tags/') ? 'tag]   ' : 'branch]'}      ${short_.padEnd(10)} -> ${shown}\n`,
    );
  }
  if (targets.size === 0) return;
  const haves = (yield* repo.history([...(yield* repo.refs('refs/')).values()])).map((c) => c.id);
  const progress = yield* progressOf(git, quiet);
  yield* store(
    git,
    repo,
    yield* other.fetch({ wants: [...new Set(targets.values())], haves, depth: undefined, progress }),
    progress !== undefined,
  );
  for (const [ref, id] of targets) yield* repo.setRef(ref, id);
  if (!quiet) yield* note(git, `From ${url.replace(/\.git$/, '')}\n${news.join('')}`);
}

/** `git fetch` */
export function* fetch(git: Git): Sim<void> {
  const flags = readFlags(git.args, 'q,quiet all p,prune t,tags v,verbose depth: unshallow f,force');
  const repo = yield* Repository.find();
  const { ref } = yield* repo.head();
  const follows = ref === undefined ? undefined : yield* repo.setting(`branch.${branchName(ref)}.remote`);
  const names = flags.has('all') ? [...(yield* urlsOf(repo)).keys()] : [flags.operands[0] ?? follows ?? 'origin'];
  for (const name of names) yield* fetchFrom(git, repo, name, flags.has('quiet'));
}

/** `git pull`: a fetch and a merge of the branch that is followed. */
export function* pull(git: Git): Sim<number | void> {
  const flags = readFlags(git.args, 'q,quiet r,rebase? no-rebase ff ff-only no-ff v,verbose');
  const repo = yield* Repository.find();
  const { ref } = yield* repo.head();
  const branch = ref === undefined ? '' : branchName(ref);
  const name = flags.operands[0] ?? (yield* repo.setting(`branch.${branch}.remote`)) ?? 'origin';
  const theirs = flags.operands[1] ?? (yield* repo.setting(`branch.${branch}.merge`));
  yield* fetchFrom(git, repo, name, flags.has('quiet'));
  if (theirs === undefined) {
    yield* note(
      git,
      `There is no tracking information for the current branch.\nPlease specify which branch you want to merge with.\nSee git-pull(1) for details.\n\n    git pull <remote> <branch>\n\nIf you wish to set tracking information for this branch you can do so with:\n\n    git branch --set-upstream-to=${name}/<branch> ${branch}\n\n`,
    );
    return 1;
  }
  return yield* mergeWith(git, repo, `${name}/${branchName(theirs)}`);
}

/** `git merge`: forward along a line; two lines that went apart are not merged here. */
export function* merge(git: Git): Sim<number | void> {
  const flags = readFlags(git.args, 'ff no-ff ff-only m,message: q,quiet abort no-edit squash');
  if (flags.has('abort')) throw new Fatal('There is no merge to abort (MERGE_HEAD missing).', 128);
  const [word] = flags.operands;
  if (word === undefined) throw new Fatal('No remote for the current branch.', 128);
  return yield* mergeWith(git, yield* Repository.find(), word);
}

function* mergeWith(git: Git, repo: Repository, word: string): Sim<number | void> {
  const id = yield* resolve(repo, word);
  if (id === undefined) {
    yield* note(git, `merge: ${word} - not something we can merge\n`);
    return 1;
  }
  const head = yield* repo.head();
  const mine = head.id === undefined ? [] : (yield* repo.history([head.id])).map((c) => c.id);
  if (mine.includes(id)) return yield* git.t.print('Already up to date.\n');
  if (head.id !== undefined && !(yield* repo.history([id])).some((c) => c.id === head.id))
    throw new Fatal('drydock: merging branches that went apart is not simulated; only fast-forwards are', 1);
  if (head.id !== undefined) yield* git.t.print(`Updating ${short(head.id)}..${short(id)}\n`);
  if (!(yield* switchFiles(git, repo, id, false, 'merge'))) return 1;
  yield* repo.moveHead(id);
  if (head.id === undefined) return;
  const changes = yield* changesBetween(repo, yield* repo.filesOf(head.id), yield* repo.filesOf(id));
  const counts = [];
  for (const change of changes) counts.push(yield* countLines(change));
  yield* git.t.print(`Fast-forward\n${formatStat(counts)}${modeLines(changes)}`);
}

/** `git push`: nobody may write to the simulated hosts; a folder of this machine is a repository with its own files. */
export function* push(git: Git): Sim<number> {
  const flags = readFlags(git.args, 'u,set-upstream f,force q,quiet tags all d,delete n,dry-run');
  const repo = yield* Repository.find();
  const { ref, id } = yield* repo.head();
  const name = flags.operands[0] ?? (yield* repo.setting(`branch.${branchName(ref ?? '')}.remote`)) ?? 'origin';
  const url = (yield* urlsOf(repo)).get(name) ?? name;
  if (ref === undefined || id === undefined) throw new Fatal('You are not currently on a branch.', 128);
  if (!/^https?:/.test(url)) {
    yield* openRemote(url, (text) => note(git, text));
    throw new Fatal('drydock: git push is not simulated', 1);
  }
  const host = /^(https?:\/\/[^/]+)/.exec(url)?.[1];
  throw new Fatal(`could not read Username for '${host}': No such device or address`, 128);
}
