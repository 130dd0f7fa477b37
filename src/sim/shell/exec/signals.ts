import type { Sim } from '../../kernel/sim.ts';
import { type SignalName, sigaction } from '../../kernel/syscalls.ts';
import { ExitSignal, Interrupted } from '../state/errors.ts';
import type { Shell } from '../state/shell.ts';

const IGNORED: readonly SignalName[] = ['SIGTERM', 'SIGQUIT', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'];

/** How an interactive shell takes a signal: ^C gives up the line, a hangup ends it, job signals pass it by. */
export function* interactiveSignal(sh: Shell, signal: SignalName): Sim<void> {
  if (signal === 'SIGINT') {
    yield* sigaction('SIGINT', function* () {
      throw new Interrupted('SIGINT');
    });
  } else if (signal === 'SIGHUP') {
    yield* sigaction('SIGHUP', function* () {
      sh.hangup = true;
      throw new ExitSignal(129);
    });
  } else yield* sigaction(signal, IGNORED.includes(signal) ? 'ignore' : 'default');
}

export function* setInteractiveSignals(sh: Shell): Sim<void> {
  for (const signal of [...IGNORED, 'SIGINT', 'SIGHUP'] as const) yield* interactiveSignal(sh, signal);
}
