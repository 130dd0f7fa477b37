import type { Sim } from '../kernel/sim.ts';
import { chdir, write } from '../kernel/syscalls.ts';
import { Fatal } from './lib/failure.ts';
import { type Git, type GitCommand, UsageFailure } from './lib/git/command.ts';
import { add, rm } from './lib/git/commands/add.ts';
import { branch, tag } from './lib/git/commands/branch.ts';
import { checkout, reset, restore, switchBranch } from './lib/git/commands/checkout.ts';
import { clone } from './lib/git/commands/clone.ts';
import { commit } from './lib/git/commands/commit.ts';
import { config } from './lib/git/commands/config.ts';
import { diff } from './lib/git/commands/diff.ts';
import { init } from './lib/git/commands/init.ts';
import { log, show } from './lib/git/commands/log.ts';
import { catFile, hashObject, lsFiles, lsTree, mv, revParse } from './lib/git/commands/plumbing.ts';
import { fetch, merge, pull, push, remote } from './lib/git/commands/remote.ts';
import { status } from './lib/git/commands/status.ts';
import { normalKey } from './lib/git/configFile.ts';
import { isGitCommand, similarCommands } from './lib/git/similar.ts';
import { type Tool, tool } from './lib/tool.ts';

const VERSION = '2.39.5';

const COMMANDS: Readonly<Record<string, GitCommand>> = {
  add,
  branch,
  'cat-file': catFile,
  checkout,
  clone,
  commit,
  config,
  diff,
  fetch,
  'hash-object': hashObject,
  init,
  log,
  'ls-files': lsFiles,
  'ls-tree': lsTree,
  merge,
  mv,
  pull,
  push,
  remote,
  reset,
  restore,
  'rev-parse': revParse,
  rm,
  show,
  stage: add,
  status,
  switch: switchBranch,
  tag,
};

const USAGE = `usage: git [-v | --version] [-h | --help] [-C <path>] [-c <name>=<value>]
           [--no-pager] <command> [<args>]

Commands that are simulated here:

start a working area       clone init
work on the change         add mv restore rm
look at history and state  diff log show status
grow your history          branch commit merge reset switch tag
work with others           fetch pull push remote
configure, look inside     config rev-parse ls-files ls-tree cat-file hash-object
`;

/** Git: repositories with real objects, and clones from the simulated internet. */
export function* git(t: Tool): Sim<number> {
  const settings = new Map<string, string>();
  let at = 0;
  for (; at < t.args.length && t.args[at].startsWith('-'); at++) {
    const arg = t.args[at];
    if (arg === '--version' || arg === '-v') {
      yield* t.print(`git version ${VERSION}\n`);
      return 0;
    }
    if (arg === '--help' || arg === '-h') {
      yield* t.print(USAGE);
      return 0;
    }
    if (arg === '-C') yield* chdir(t.args[++at]);
    else if (arg === '-c') {
      const [key, ...value] = (t.args[++at] ?? '').split('=');
      settings.set(normalKey(key) ?? key, value.length === 0 ? 'true' : value.join('='));
    } else if (arg !== '--no-pager' && arg !== '-P' && arg !== '-p' && arg !== '--paginate') {
      yield* write(2, `unknown option: ${arg}\n${USAGE}`);
      return 129;
    }
  }
  const name = t.args[at];
  if (name === undefined || name === 'help') {
    yield* t.print(USAGE);
    return name === undefined ? 1 : 0;
  }
  if (name === 'version') {
    yield* t.print(`git version ${VERSION}\n`);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    yield* write(
      2,
      isGitCommand(name)
        ? `drydock: "git ${name}" is not simulated\n`
        : `git: '${name}' is not a git command. See 'git --help'.\n${similarCommands(name)}`,
    );
    return 1;
  }
  return yield* runCommand({ t, args: t.args.slice(at + 1), settings }, name, command);
}

function* runCommand(run: Git, name: string, command: GitCommand): Sim<number> {
  try {
    const answer = yield* command(run);
    yield* run.t.out.flush();
    return typeof answer === 'number' ? answer : run.t.status;
  } catch (error) {
    yield* run.t.out.flush();
    if (error instanceof UsageFailure) {
      if ((name === 'log' || name === 'show') && error.message.startsWith('unknown option')) {
        yield* write(2, `fatal: unrecognized argument: --${error.message.slice('unknown option `'.length, -1)}\n`);
        return 128;
      }
      yield* write(2, `error: ${error.message}\nusage: git ${name} [<options>]\n`);
      return 129;
    }
    if (!(error instanceof Fatal)) throw error;
    yield* write(
      2,
      error.message.startsWith('drydock: ') || error.message.startsWith('usage: ') ? `${error.message}\n` : `fatal: ${error.message}\n`,
    );
    return error.status ?? 128;
  }
}

export const program = tool('git', git, { failStatus: 128 });
