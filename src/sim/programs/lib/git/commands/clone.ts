import type { Sim } from '../../../../kernel/sim.ts';
import { isatty, mkdirAll, readdir, statOrNull, writeFile } from '../../../../kernel/syscalls.ts';
import { Fatal } from '../../failure.ts';
import { type Git, note, readFlags } from '../command.ts';
import { editConfig } from '../configFile.ts';
import type { Repository } from '../repository.ts';
import { textOrEmpty } from '../repository.ts';
import { branchName } from '../revision.ts';
import { type Fetched, openRemote } from '../transport.ts';
import { moveTo } from '../worktree.ts';
import { setUpstream } from './branch.ts';
import { absolute, createRepository } from './init.ts';

/** What `origin` is in the configuration. */
export function* addRemote(repo: Repository, name: string, url: string): Sim<void> {
  let text = editConfig(yield* textOrEmpty(`${repo.dir}/config`), `remote.${name}.url`, url);
  text = editConfig(text, `remote.${name}.fetch`, `+refs/heads/*:refs/remotes/${name}/*`);
  yield* writeFile(`${repo.dir}/config`, text);
}

/** What the other side tells, on a terminal. */
export function* progressOf(git: Git, quiet: boolean): Sim<((text: string) => Sim<void>) | undefined> {
  if (quiet || !(yield* isatty(2))) return undefined;
  return (text) => note(git, text.replace(/^(?=.)/gm, 'remote: '));
}

function size(bytes: number): string {
  return bytes < 1024
    ? `${bytes} bytes`
    : bytes < 1024 * 1024
      ? `${(bytes / 1024).toFixed(2)} KiB`
      : `${(bytes / 1024 / 1024).toFixed(2)} MiB`;
}

export function* store(git: Git, repo: Repository, fetched: Fetched, tell: boolean): Sim<void> {
  for (const object of fetched.objects) yield* repo.write(object);
  if (fetched.shallow.length > 0) yield* writeFile(`${repo.dir}/shallow`, `${fetched.shallow.join('\n')}\n`);
  const n = fetched.objects.length;
  if (tell && n > 0) yield* note(git, `Receiving objects: 100% (${n}/${n}), ${size(fetched.size)} | ${size(fetched.size)}/s, done.\n`);
}

/** `git clone` */
const USAGE = `usage: git clone [<options>] [--] <repo> [<dir>]

    -q, --quiet           say nothing
    -v, --verbose         say more
    -n, --no-checkout     leave the directory empty
    -o, --origin <name>   call the remote so, not 'origin'
    -b, --branch <branch>
                          check this branch out
    --depth <depth>       fetch so many commits only
    --single-branch       fetch one branch only
    --no-tags             fetch no tags
    -c, --config <key=value>
                          a setting for the new repository
`;

export function* clone(git: Git): Sim<void> {
  const flags = readFlags(
    git.args,
    'q,quiet v,verbose b,branch: depth: single-branch no-single-branch o,origin: n,no-checkout recurse-submodules? recursive progress no-tags shallow-submodules c,config: bare mirror l,local filter: sparse',
  );
  const [url, given] = flags.operands;
  if (url === undefined) throw new Fatal(`You must specify a repository to clone.\n\n${USAGE}`, 129);
  if (flags.has('bare') || flags.has('mirror')) throw new Fatal('drydock: bare repositories are not simulated', 1);
  const name =
    given ??
    url
      .replace(/\/+$/, '')
      .replace(/\/?\.git$/, '')
      .replace(/^.*[/:]/, '');
  const root = yield* absolute(name);
  if ((yield* statOrNull(root)) !== null && (yield* readdir(root)).length > 0)
    throw new Fatal(`destination path '${name}' already exists and is not an empty directory.`, 128);
  const quiet = flags.has('quiet');
  const remote = yield* openRemote(url, (text) => note(git, text));
  if (!quiet) yield* note(git, `Cloning into '${name}'...\n`);
  const { refs, head } = yield* remote.list();
  const origin = flags.value('origin') ?? 'origin';
  const asked = flags.value('branch');
  const chosen = asked === undefined ? head : ['refs/heads/', 'refs/tags/'].map((p) => p + asked).find((ref) => refs.has(ref));
  if (asked !== undefined && chosen === undefined) throw new Fatal(`Remote branch ${asked} not found in upstream ${origin}`, 128);
  const depth = flags.value('depth');
  const single = flags.has('single-branch') || (depth !== undefined && !flags.has('no-single-branch'));
  const taken = new Map([...refs].filter(([ref]) => (single ? ref === chosen : /^refs\/(heads|tags)\//.test(ref))));
  const progress = yield* progressOf(git, quiet);
  const existed = (yield* statOrNull(root)) !== null;
  if (!existed) yield* mkdirAll(root);
  const repo = yield* createRepository(root, head === undefined ? 'master' : branchName(head));
  if (taken.size > 0) {
    const wants = [...new Set(taken.values())];
    const fetched = yield* remote.fetch({
      wants,
      haves: [],
      depth: depth === undefined || remote.local ? undefined : Number(depth),
      progress,
    });
    yield* store(git, repo, fetched, progress !== undefined);
  }
  yield* addRemote(repo, origin, remote.local ? yield* absolute(url.replace(/^file:\/\//, '')) : url);
  for (const [ref, id] of taken) yield* repo.setRef(ref.startsWith('refs/tags/') ? ref : `refs/remotes/${origin}/${branchName(ref)}`, id);
  if (head !== undefined && taken.has(head))
    yield* writeFile(`${repo.dir}/refs/remotes/${origin}/HEAD`, `ref: refs/remotes/${origin}/${branchName(head)}\n`);
  if (remote.local && !quiet) yield* note(git, 'done.\n');
  if (chosen === undefined || taken.get(chosen) === undefined) {
    if (!quiet) yield* note(git, 'warning: You appear to have cloned an empty repository.\n');
    return;
  }
  const id = taken.get(chosen) as string;
  if (chosen.startsWith('refs/tags/')) yield* repo.setHead({ id });
  else {
    yield* repo.setRef(chosen, id);
    yield* repo.setHead({ ref: chosen });
    yield* setUpstream(repo, branchName(chosen), origin, branchName(chosen));
  }
  if (!flags.has('no-checkout')) yield* moveTo(repo, new Map(), yield* repo.filesOf(id));
}
