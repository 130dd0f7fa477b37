/** Programs that run another one in changed circumstances: env, printenv, nohup, timeout, nice, setsid, stdbuf, chroot, runuser. */
import { isErrno } from '../kernel/errno.ts';
import { parseSignal, signalNumber } from '../kernel/process/signals.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import {
  chdir,
  chroot as chrootCall,
  close,
  dup2,
  environ,
  exec,
  findExecutable,
  getpid,
  isatty,
  kill,
  nice as niceCall,
  open,
  run,
  sigaction,
  sleep,
  spawn,
  thread,
  type WaitStatus,
  waitpid,
} from '../kernel/syscalls.ts';
import { becomeUser } from './account/become.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { parseDuration } from './lib/numbers.ts';
import { type ParsedOptions, parseOptions } from './lib/options.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';
import { findUser } from './lib/users.ts';

/** Takes the place of this program; ends with 127 or 126 and the reason when that cannot be. */
export function* become(
  t: Tool,
  argv: readonly string[],
  env?: ReadonlyMap<string, string>,
  words?: (name: string, why: string) => string,
): Sim<never> {
  yield* t.out.flush();
  const path = env ? env.get('PATH') : undefined;
  const found = yield* findExecutable(argv[0], path);
  const say = words ?? ((name: string, why: string) => (t.busybox ? `can't execute '${name}': ${why}` : `${quote(name)}: ${why}`));
  if (found === null)
    throw new Fatal(
      say(argv[0], (yield* present(argv[0])) ? 'Permission denied' : 'No such file or directory'),
      (yield* present(argv[0])) ? 126 : 127,
    );
  try {
    return yield* exec(found, argv, env);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Fatal(say(argv[0], error.message), error.code === 'ENOENT' ? 127 : 126);
  }
}

function* present(name: string): Sim<boolean> {
  if (!name.includes('/')) return false;
  try {
    yield* close(yield* open(name));
    return true;
  } catch (error) {
    return isErrno(error, 'EACCES', 'EISDIR');
  }
}

const ENV = {
  short: '+i0u:C:S:v',
  long: { 'ignore-environment': 'i', null: '0', unset: 'u:', chdir: 'C:', 'split-string': 'S:', debug: 'v' },
  usage: '[OPTION]... [-] [NAME=VALUE]... [COMMAND [ARG]...]',
  about: 'Sets variables and runs a command, or prints the environment.',
};

export function* env(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, ENV);
  const words = [...o.operands];
  const split = o.value('S');
  if (split !== undefined) words.unshift(...split.split(/[ \t]+/).filter((w) => w !== ''));
  const clear = o.has('i') || words[0] === '-';
  if (words[0] === '-') words.shift();
  const variables = new Map(clear ? [] : yield* environ());
  for (const [key, name] of o.options) if (key === 'u') variables.delete(name);
  while (words[0]?.includes('=')) {
    const [name, value] = words.shift()!.split(/=(.*)/s);
    variables.set(name, value);
  }
  const dir = o.value('C');
  if (dir !== undefined) {
    if (words.length === 0) throw new UsageError('must specify command with --chdir (-C)');
    try {
      yield* chdir(dir);
    } catch (error) {
      if (!isErrno(error)) throw error;
      throw new Fatal(`cannot change directory to ${quote(dir)}: ${error.message}`, 125);
    }
  }
  if (words.length > 0) return yield* become(t, words, variables);
  const end = o.has('0') ? '\0' : '\n';
  for (const [name, value] of variables) yield* t.print(`${name}=${value}${end}`);
}

export function* printenv(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, {
    short: '+0',
    long: { null: '0' },
    usage: '[OPTION]... [VARIABLE]...',
    about: 'Prints variables of the environment.',
  });
  const variables = yield* environ();
  const end = o.has('0') ? '\0' : '\n';
  if (o.operands.length === 0) for (const [name, value] of variables) yield* t.print(`${name}=${value}${end}`);
  let missing = 0;
  for (const name of o.operands) {
    const value = variables.get(name);
    if (value === undefined) missing = 1;
    else yield* t.print(`${value}${end}`);
  }
  return missing;
}

/** Takes a command and its arguments; `missing operand` without one. */
function* commandOf(t: Tool, short: string, usage: string, about: string, long: Readonly<Record<string, string>> = {}) {
  const o = yield* parseOptions(t, { short, long, usage, about });
  return o;
}

export function* nohup(t: Tool): Sim<void> {
  const o = yield* commandOf(t, '+', 'COMMAND [ARG]...', 'Runs a command that hangups do not end.');
  if (o.operands.length === 0) throw new UsageError('missing operand');
  yield* sigaction('SIGHUP', 'ignore');
  const [tty0, tty1, tty2] = [yield* isatty(0), yield* isatty(1), yield* isatty(2)];
  if (tty0) yield* dup2(yield* open('/dev/null'), 0);
  if (tty1) {
    yield* dup2(yield* open('nohup.out', 'a', 0o600), 1);
    yield* t.warn(`${tty0 ? 'ignoring input and ' : ''}appending output to 'nohup.out'`);
  } else if (tty0) yield* t.warn('ignoring input');
  if (tty2) yield* dup2(1, 2);
  yield* become(t, o.operands, undefined, (name, why) => `failed to run command ${quote(name)}: ${why}`);
}

const TIMEOUT = { 'preserve-status': 'preserve-status', foreground: 'foreground', 'kill-after': 'k:', signal: 's:', verbose: 'v' };

export function* timeout(t: Tool): Sim<number> {
  const o = yield* commandOf(
    t,
    '+k:s:v',
    '[OPTION] DURATION COMMAND [ARG]...',
    'Runs a command and ends it if it still runs after a while.',
    TIMEOUT,
  );
  if (o.operands.length < 2) throw new UsageError('missing operand');
  const limit = parseDuration(o.operands[0]);
  if (limit === null) throw new UsageError(`invalid time interval ${quote(o.operands[0])}`);
  const signal = parseSignal(o.value('s') ?? 'TERM');
  if (!signal) throw new UsageError(`${quote(o.value('s')!)}: invalid signal`);
  const argv = o.operands.slice(1);
  const path = yield* findExecutable(argv[0]);
  if (path === null) throw new Fatal(`failed to run command ${quote(argv[0])}: No such file or directory`, 127);
  yield* t.out.flush();
  const pid = yield* spawn({ path, argv });
  let fired = false;
  const after = parseDuration(o.value('k') ?? '0') ?? 0;
  const alarm =
    limit > 0
      ? yield* thread(function* () {
          yield* sleep(limit);
          fired = true;
          if (o.has('v')) yield* t.warn(`sending signal ${signal.slice(3)} to command ${quote(argv[0])}`);
          yield* kill(pid, signal);
          if (signal === 'SIGKILL') yield* dieToo(o);
          if (after <= 0) return;
          yield* sleep(after);
          yield* kill(pid, 'SIGKILL');
          yield* dieToo(o);
        })
      : undefined;
  const ended = yield* waitpid(pid);
  alarm?.cancel();
  const status = statusOf(ended!.status);
  return fired && !o.has('preserve-status') ? (signal === 'SIGKILL' ? 137 : 124) : status;
}

/** The signal goes to the whole group, timeout itself in it; only SIGKILL cannot be ignored there. */
function* dieToo(o: ParsedOptions): Sim<void> {
  if (!o.has('foreground')) yield* kill(yield* getpid(), 'SIGKILL');
}

function statusOf(status: WaitStatus): number {
  if (status.kind === 'exited') return status.code;
  return status.kind === 'signaled' ? 128 + signalNumber(status.signal) : 0;
}

export function* nice(t: Tool): Sim<void> {
  const o = yield* commandOf(t, '+n:', '[OPTION] [COMMAND [ARG]...]', 'Runs a command with another niceness.', { adjustment: 'n:' });
  const by = Number(o.value('n') ?? 10);
  if (!Number.isInteger(by)) throw new UsageError(`invalid adjustment ${quote(o.value('n')!)}`);
  if (o.operands.length === 0) return yield* t.print(`${yield* niceCall(0)}\n`);
  try {
    yield* niceCall(by);
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* t.warn(`cannot set niceness: ${error.message}`);
  }
  yield* become(t, o.operands);
}

export function* setsid(t: Tool): Sim<number> {
  const o = yield* commandOf(t, '+cfw', '[options] <program> [arguments ...]', 'Runs a program in a session of its own.');
  if (o.operands.length === 0) throw new UsageError('no command specified');
  const path = yield* findExecutable(o.operands[0]);
  if (path === null) throw new Fatal(`failed to execute ${o.operands[0]}: No such file or directory`, 127);
  return yield* run({ path, argv: o.operands, newSession: true });
}

export function* stdbuf(t: Tool): Sim<void> {
  const o = yield* commandOf(t, '+i:o:e:', 'OPTION... COMMAND', 'Runs a command with other buffering.', {
    input: 'i:',
    output: 'o:',
    error: 'e:',
  });
  if (o.operands.length === 0) throw new UsageError('missing operand');
  yield* become(t, o.operands);
}

export function* chroot(t: Tool): Sim<void> {
  const o = yield* commandOf(t, '+', '[OPTION] NEWROOT [COMMAND [ARG]...]', 'Runs a command with another root directory.', {
    userspec: 'u:',
    groups: 'g:',
    'skip-chdir': 'skip-chdir',
  });
  if (o.operands.length === 0) throw new UsageError('missing operand');
  try {
    yield* chrootCall(o.operands[0]);
    yield* chdir('/');
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Fatal(
      t.busybox
        ? `can't change root directory to '${o.operands[0]}': ${error.message}`
        : `cannot change root directory to '${o.operands[0]}': ${error.message}`,
      125,
    );
  }
  const shell = (yield* environ()).get('SHELL') ?? '/bin/sh';
  yield* become(
    t,
    o.operands.length > 1 ? o.operands.slice(1) : [shell, '-i'],
    undefined,
    (name, why) => `failed to run command ${quote(name)}: ${why}`,
  );
}

export function* runuser(t: Tool): Sim<void> {
  const o = yield* commandOf(t, '+u:l', '-u USER [--] COMMAND', 'Runs a command as another user; root only.', { user: 'u:', login: 'l' });
  const name = o.value('u') ?? o.operands[0];
  const words = o.value('u') === undefined ? o.operands.slice(1) : o.operands;
  if (name === undefined || words.length === 0) throw new UsageError('no command was specified');
  const user = yield* findUser(name);
  if (!user) throw new Fatal(`user ${name} does not exist or the user entry does not contain all the required fields`);
  try {
    yield* becomeUser(user);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Fatal('may not be used by non-root users');
  }
  yield* become(t, words);
}

export const programs: readonly Program[] = [
  tool('env', env, { failStatus: 125 }),
  tool('printenv', printenv, { failStatus: 2 }),
  tool('nohup', nohup, { failStatus: 125 }),
  tool('timeout', timeout, { failStatus: 125 }),
  tool('nice', nice, { failStatus: 125 }),
  tool('setsid', setsid),
  tool('stdbuf', stdbuf, { failStatus: 125 }),
  tool('chroot', chroot, { failStatus: 125 }),
  tool('runuser', runuser),
];
