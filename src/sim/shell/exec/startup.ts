import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import {
  credentials,
  environ,
  getcwd,
  gethostname,
  getpid,
  getppid,
  isatty,
  now,
  randomBelow,
  readText,
  statOrNull,
  wallClock,
} from '../../kernel/syscalls.ts';
import { JobTable } from '../jobs.ts';
import { bind } from '../state/bind.ts';
import type { Dialect } from '../state/dialect.ts';
import { SET_OPTIONS } from '../state/options.ts';
import { bashRelease } from '../state/release.ts';
import { type Builtin, Shell } from '../state/shell.ts';
import type { Engine } from './engine.ts';

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export interface Invocation {
  readonly command?: string;
  readonly script?: string;
  readonly args: readonly string[];
  readonly interactive: boolean;
  readonly login: boolean;
  readonly readStdin: boolean;
  readonly noRc: boolean;
  readonly noProfile: boolean;
  readonly rcFile?: string;
  readonly set: readonly (readonly [name: string, on: boolean])[];
  readonly shopt: readonly (readonly [name: string, on: boolean])[];
  readonly version: boolean;
  readonly argv0: string;
  /** What is wrong with the arguments. */
  readonly error?: string;
}

/** Reads the arguments of a shell program. */
export function parseInvocation(argv: readonly string[], dialect: Dialect): Invocation {
  const set: [string, boolean][] = [];
  const shopt: [string, boolean][] = [];
  const o = {
    command: false,
    interactive: false,
    login: argv[0].startsWith('-'),
    stdin: false,
    noRc: false,
    noProfile: false,
    version: false,
    rcFile: undefined as string | undefined,
    error: undefined as string | undefined,
  };
  let i = 1;
  for (; i < argv.length; i++) {
    const arg = argv[i];
    if (arg === '--' || arg === '-') {
      i++;
      break;
    }
    if (arg.startsWith('--')) {
      if (arg === '--login') o.login = true;
      else if (arg === '--norc') o.noRc = true;
      else if (arg === '--noprofile') o.noProfile = true;
      else if (arg === '--posix') set.push(['posix', true]);
      else if (arg === '--version') o.version = true;
      else if (arg === '--verbose') set.push(['verbose', true]);
      else if (arg === '--restricted') shopt.push(['restricted_shell', true]);
      else if (arg === '--rcfile' || arg === '--init-file') o.rcFile = argv[++i];
      else if (arg !== '--noediting' && arg !== '--debugger') {
        o.error = `${arg}: invalid option`;
        break;
      }
      continue;
    }
    if (arg[0] !== '-' && arg[0] !== '+') break;
    const on = arg[0] === '-';
    for (const letter of arg.slice(1)) {
      if (letter === 'c') o.command = true;
      else if (letter === 'i') o.interactive = true;
      else if (letter === 'l') o.login = true;
      else if (letter === 's') o.stdin = true;
      else if (letter === 'r' && dialect === 'bash') shopt.push(['restricted_shell', true]);
      else if (letter === 'o' || letter === 'O') {
        const name = argv[++i];
        if (name === undefined) continue;
        if (letter === 'o' && dialect === 'bash' && !SET_OPTIONS.some(([n]) => n === name))
          o.error = `${argv[0]}: ${name}: invalid option name`;
        else (letter === 'o' ? set : shopt).push([name, on]);
      } else {
        const option = SET_OPTIONS.find(([, l]) => l === letter);
        if (option) set.push([option[0], on]);
        else o.error = `${arg[0]}${letter}: invalid option`;
      }
    }
    if (o.error) break;
  }
  const rest = argv.slice(i);
  const base = { ...o, set, shopt, readStdin: o.stdin || (!o.command && rest.length === 0) };
  const name = argv[0];
  if (o.command) {
    if (rest.length === 0)
      return { ...base, command: undefined, args: [], argv0: name, error: o.error ?? '-c: option requires an argument' };
    return { ...base, command: rest[0], argv0: rest[1] ?? name, args: rest.slice(2) };
  }
  if (o.stdin || rest.length === 0) return { ...base, command: undefined, argv0: name, args: rest };
  return { ...base, command: undefined, script: rest[0], argv0: rest[0], args: rest.slice(1) };
}

/** Makes a shell for the calling process: variables from the environment, and its own. */
export function* createShell(engine: Engine, builtins: ReadonlyMap<string, Builtin>, dialect: Dialect, argv0: string): Sim<Shell> {
  const sh = new Shell(engine, builtins, new JobTable());
  sh.dialect = dialect;
  sh.argv0 = argv0;
  sh.pid = yield* getpid();
  sh.ownPid = sh.pid;
  sh.ppid = yield* getppid();
  const ids = yield* credentials();
  sh.uid = ids.euid;
  sh.gid = ids.egid;
  sh.clock = yield* now();
  sh.startedAt = sh.clock;
  sh.wallClock = yield* wallClock();
  sh.randomState = (yield* randomBelow(0x7ffffffe)) + 1;
  sh.bind = bind;
  sh.bind(sh);
  const env = yield* environ();
  for (const [name, value] of env) {
    const f = /^BASH_FUNC_(.+)%%$/.exec(name);
    if (f && sh.isBash) {
      yield* engine.evalText(sh, `${f[1]} ${value}`, { name: 'environment', kind: 'eval' });
      const made = sh.functions.get(f[1]);
      if (made) sh.functions.set(f[1], { ...made, exported: true });
    } else if (/^[A-Za-z_]\w*$/.test(name) && name !== 'SHELLOPTS' && name !== 'BASHOPTS') sh.vars.define(name, { value, exported: true });
  }
  sh.status = 0;
  sh.cwd = yield* startDirectory(sh);
  const had = sh.vars.raw('PWD')?.exported ?? false;
  sh.vars.define('PWD', { value: sh.cwd, exported: had || sh.isBash });
  if (!sh.vars.raw('PATH')) sh.vars.define('PATH', { value: DEFAULT_PATH });
  sh.vars.define('IFS', { value: ' \t\n' });
  sh.vars.define('OPTIND', { value: '1', integer: sh.isBash });
  sh.vars.define('PS4', { value: sh.vars.get('PS4') ?? '+ ' });
  sh.vars.define('PPID', { value: String(sh.ppid), readonly: sh.isBash, integer: sh.isBash });
  yield* readAccounts(sh);
  if (sh.isBash) sh.release = yield* bashRelease();
  if (sh.isBash) yield* bashVariables(sh, ids.uid, ids.euid, ids.groups);
  else {
    if (!sh.vars.raw('PS1')) sh.vars.define('PS1', { value: dialect === 'ash' ? '\\w \\$ ' : sh.uid === 0 ? '# ' : '$ ' });
    if (!sh.vars.raw('PS2')) sh.vars.define('PS2', { value: '> ' });
    if (dialect === 'ash') sh.vars.define('SHLVL', { value: String((Number(sh.vars.get('SHLVL')) || 0) + 1), exported: true });
    if (dialect === 'ash' && !sh.vars.raw('HOSTNAME')) sh.vars.define('HOSTNAME', { value: yield* gethostname() });
  }
  return sh;
}

function* startDirectory(sh: Shell): Sim<string> {
  const real = yield* getcwd();
  const given = sh.vars.get('PWD');
  if (!given?.startsWith('/') || given === real) return real;
  const a = yield* statOrNull(given);
  const b = yield* statOrNull('.');
  return a && b && a.ino === b.ino && a.dev === b.dev ? given : real;
}

function* readAccounts(sh: Shell): Sim<void> {
  const homes = new Map<string, string>();
  let user: string | undefined;
  try {
    for (const line of (yield* readText('/etc/passwd')).split('\n')) {
      const field = line.split(':');
      if (field.length < 7) continue;
      homes.set(field[0], field[5]);
      if (Number(field[2]) !== sh.uid || user !== undefined) continue;
      user = field[0];
      homes.set('', field[5]);
    }
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
  sh.accounts = { homes, user };
}

function* bashVariables(sh: Shell, uid: number, euid: number, groups: readonly number[]): Sim<void> {
  const level = Number(sh.vars.get('SHLVL') ?? 0);
  sh.vars.define('SHLVL', { value: String((Number.isFinite(level) ? level : 0) + 1), exported: true });
  sh.vars.define('OLDPWD', sh.vars.raw('OLDPWD') ?? { value: undefined, exported: true });
  if (sh.vars.get('_') !== undefined) sh.lastArgument = sh.vars.get('_')!;
  const fixed: readonly (readonly [string, string])[] = [
    ['BASH', sh.argv0.includes('rbash') ? '/bin/rbash' : '/usr/bin/bash'],
    ['BASH_VERSION', `${sh.release}(1)-release`],
    ['HOSTTYPE', 'x86_64'],
    ['OSTYPE', 'linux-gnu'],
    ['MACHTYPE', 'x86_64-pc-linux-gnu'],
    ['OPTERR', '1'],
    ['BASH_LOADABLES_PATH', '/usr/local/lib/bash:/usr/lib/bash:/opt/local/lib/bash:/usr/pkg/lib/bash:/opt/pkg/lib/bash:.'],
    ['COMP_WORDBREAKS', ' \t\n"\'><=;|&(:'],
  ];
  for (const [name, value] of fixed) sh.vars.define(name, { value });
  if (!sh.vars.raw('HOSTNAME')) sh.vars.define('HOSTNAME', { value: yield* gethostname() });
  if (!sh.vars.raw('TERM')) sh.vars.define('TERM', { value: 'dumb' });
  sh.vars.define('UID', { value: String(uid), readonly: true, integer: true });
  sh.vars.define('EUID', { value: String(euid), readonly: true, integer: true });
  sh.vars.define('GROUPS', { value: undefined, array: new Map(groups.map((g, i) => [i, String(g)])) });
  sh.vars.define('BASH_VERSINFO', {
    value: undefined,
    readonly: true,
    array: new Map([...sh.release.split('.'), '1', 'release', 'x86_64-pc-linux-gnu'].map((x, i) => [i, x])),
  });
}

/** True if both standard input and standard error are terminals. */
export function* onTerminal(): Sim<boolean> {
  for (const fd of [0, 2]) {
    try {
      if (!(yield* isatty(fd))) return false;
    } catch (error) {
      if (error instanceof Errno) return false;
      throw error;
    }
  }
  return true;
}
