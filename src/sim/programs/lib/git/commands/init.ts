import type { Sim } from '../../../../kernel/sim.ts';
import { getcwd, mkdirAll, statOrNull, writeFile } from '../../../../kernel/syscalls.ts';
import { type Git, note, readFlags } from '../command.ts';
import { globalConfig, lastValue, Repository } from '../repository.ts';

const HINT = `Using 'master' as the name for the initial branch. This default branch name
is subject to change. To configure the initial branch name to use in all
of your new repositories, which will suppress this warning, call:

	git config --global init.defaultBranch <name>

Names commonly chosen instead of 'master' are 'main', 'trunk' and
'development'. The just-created branch can be renamed via this command:

	git branch -m <name>
`;

const CONFIG = '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n\tlogallrefupdates = true\n';

/** Lays out an empty repository. */
export function* createRepository(root: string, branch: string): Sim<Repository> {
  const repo = new Repository(root);
  for (const folder of ['objects/info', 'objects/pack', 'refs/heads', 'refs/tags', 'info', 'hooks', 'branches'])
    yield* mkdirAll(`${repo.dir}/${folder}`);
  yield* writeFile(`${repo.dir}/HEAD`, `ref: refs/heads/${branch}\n`);
  yield* writeFile(`${repo.dir}/config`, CONFIG);
  yield* writeFile(`${repo.dir}/description`, "Unnamed repository; edit this file 'description' to name the repository.\n");
  yield* writeFile(`${repo.dir}/info/exclude`, '# Patterns of files that only this clone ignores.\n');
  return repo;
}

/** The current directory with a path put on it. */
export function* absolute(path: string): Sim<string> {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${yield* getcwd()}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** `git init` */
export function* init(git: Git): Sim<void> {
  const flags = readFlags(git.args, 'q,quiet b,initial-branch: bare template: shared?');
  const root = yield* absolute(flags.operands[0] ?? '.');
  const again = (yield* statOrNull(`${root}/.git/HEAD`)) !== null;
  const configured = git.settings.get('init.defaultbranch') ?? lastValue(yield* globalConfig(), 'init.defaultbranch');
  const branch = flags.value('initial-branch') ?? configured;
  if (!again) {
    if (branch === undefined && !flags.has('quiet')) yield* note(git, HINT.replace(/^/gm, 'hint: ').slice(0, -'hint: '.length));
    yield* mkdirAll(root);
    yield* createRepository(root, branch ?? 'master');
  }
  if (!flags.has('quiet'))
    yield* git.t.print(`${again ? 'Reinitialized existing' : 'Initialized empty'} Git repository in ${root === '/' ? '' : root}/.git/\n`);
}
