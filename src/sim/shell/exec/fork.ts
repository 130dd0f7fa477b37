import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { getpid, type SignalName, type WaitStatus, waitpid } from '../../kernel/syscalls.ts';
import { signalText } from '../jobs.ts';
import { BreakSignal, ExitSignal, Interrupted, ReturnSignal, ShellError } from '../state/errors.ts';
import type { Shell } from '../state/shell.ts';
import { complain } from './message.ts';
import { startChild } from './startChild.ts';

/** Signals that an interactive shell handles or ignores; its children get the defaults back. */
const RESET: readonly SignalName[] = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU', 'SIGWINCH', 'SIGHUP'];

/** Dispositions for a child: what the shell catches is reset, what it ignores by `trap ''` stays ignored. */
export function childSignals(sh: Shell, background: boolean): ReadonlyMap<SignalName, 'default' | 'ignore'> {
  const map = new Map<SignalName, 'default' | 'ignore'>();
  if (sh.interactive) for (const signal of RESET) map.set(signal, 'default');
  for (const [name, action] of sh.traps) if (name.startsWith('SIG')) map.set(name as SignalName, action === '' ? 'ignore' : 'default');
  if (background && !sh.options.has('monitor')) {
    map.set('SIGINT', 'ignore');
    map.set('SIGQUIT', 'ignore');
  }
  return map;
}

export interface ForkOptions {
  readonly background?: boolean;
  readonly pgid?: number;
  readonly foregroundTty?: number;
  readonly fds?: ReadonlyMap<number, number>;
}

/** A subshell process: runs `body` on a copy of the shell's state. */
export function* fork(sh: Shell, body: (child: Shell) => Sim<number>, options: ForkOptions = {}): Sim<number> {
  const child = sh.fork(sh.jobs.fork());
  const interactive = sh.interactive;
  child.options.change('monitor', false);
  return yield* startChild(sh, {
    main: function* () {
      child.ownPid = yield* getpid();
      child.terminalFd = -1;
      const status = yield* runToEnd(child, body);
      return status & 255;
    },
    signals: childSignals(sh, options.background ?? false),
    ...(options.pgid !== undefined ? { pgid: options.pgid } : {}),
    ...(options.foregroundTty !== undefined && interactive ? { foregroundTty: options.foregroundTty } : {}),
    ...(options.fds ? { fds: options.fds } : {}),
  });
}

/** Runs a shell's last work: catches all that unwinds, runs the EXIT trap, and gives the exit status. */
export function* runToEnd(sh: Shell, body: (sh: Shell) => Sim<number>): Sim<number> {
  let status = yield* guarded(sh, body);
  const trap = sh.traps.get('EXIT');
  if (trap) {
    sh.traps.delete('EXIT');
    sh.status = status;
    status = yield* guarded(sh, function* (s) {
      s.runningTraps = [...s.runningTraps, 'EXIT'];
      yield* s.interpreter.evalText(s, trap, { name: 'exit trap', kind: 'trap' });
      return status;
    });
  }
  return status;
}

function* guarded(sh: Shell, body: (sh: Shell) => Sim<number>): Sim<number> {
  try {
    return yield* body(sh);
  } catch (error) {
    if (error instanceof ExitSignal || error instanceof ReturnSignal) return error.status;
    if (error instanceof BreakSignal) return sh.status;
    if (error instanceof Interrupted) return 130;
    if (error instanceof ShellError) {
      yield* complain(`${error.prefix ?? sh.prefix}${error.message}\n`);
      return error.fatal && error.status === 1 && sh.commandString && sh.subshell === 0 && sh.isBash ? 127 : error.status;
    }
    throw error;
  }
}

/** Waits for one process of ours to end; null if it is no child. */
export function* waitFor(pid: number, untraced: boolean): Sim<WaitStatus | null> {
  try {
    for (;;) {
      const result = yield* waitpid(pid, { untraced });
      // That it goes on is no end: the shell itself sent SIGCONT.
      if (result?.status.kind !== 'continued') return result?.status ?? null;
    }
  } catch (error) {
    if (error instanceof Errno && error.code === 'ECHILD') return null;
    throw error;
  }
}

/** The word that a shell prints when a command in the foreground is killed: nothing for SIGINT and SIGPIPE. */
export function* reportDeath(sh: Shell, pid: number, status: WaitStatus, text: string): Sim<void> {
  if (status.kind !== 'signaled') return;
  if (status.signal === 'SIGINT') {
    if (sh.interactive) yield* complain('\n');
    return;
  }
  if (status.signal === 'SIGPIPE') return;
  const word = `${signalText(status.signal)}${status.coreDumped ? ' (core dumped)' : ''}`;
  // A death that bash does not report at length (Debian's: by SIGTERM) is told in the word alone.
  if (sh.interactive || (sh.isBash && (status.signal === 'SIGTERM' || sh.traps.has(status.signal)))) yield* complain(`${word}\n`);
  else if (!sh.isBash) yield* complain(`${word}\n`);
  else yield* complain(`${sh.prefix.replace(/: $/, '')}: ${String(pid).padStart(5)} ${word.padEnd(24)}${text}\n`);
}
