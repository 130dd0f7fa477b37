/** The size of the user's terminal told to the daemon, and signals passed on to a container. */
import type { SignalName } from '../../kernel/abi.ts';
import type { Sim } from '../../kernel/sim.ts';
import { exit, getWindowSize, isatty, sigaction, sleep, thread, write } from '../../kernel/syscalls.ts';
import { CliError } from '../cli/errors.ts';
import type { Engine } from './engine.ts';

/** [rows, columns] of the terminal on standard output, [0, 0] without one. */
export function* consoleSize(): Sim<readonly [number, number]> {
  if (!(yield* isatty(1))) return [0, 0];
  const { rows, columns } = yield* getWindowSize(1);
  return [rows, columns];
}

/** Sends the size now and whenever the window changes. Where the container is not ready yet, a thread of the client tries again beside it. */
export function* followWindowSize(engine: Engine, path: string): Sim<void> {
  if (!(yield* isatty(1))) return;
  const send = function* (): Sim<boolean> {
    const [h, w] = yield* consoleSize();
    if (h === 0 && w === 0) return true;
    try {
      yield* engine.call('POST', `${path}/resize`, { query: { h, w } });
      return true;
    } catch (error) {
      if (error instanceof CliError) return false;
      throw error;
    }
  };
  yield* sigaction('SIGWINCH', function* () {
    yield* send();
  });
  if (yield* send()) return;
  yield* thread(function* () {
    for (let attempt = 1; attempt <= 10; attempt++) {
      yield* sleep(attempt * 10_000);
      if (yield* send()) return;
    }
    yield* write(2, 'failed to resize tty, using default size\n');
  }, 'docker-tty');
}

/** What a client passes on. CHLD, PIPE, URG and WINCH stay with it. */
const FORWARDED: readonly SignalName[] = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGTERM',
  'SIGUSR1',
  'SIGUSR2',
  'SIGALRM',
  'SIGCONT',
  'SIGTSTP',
  'SIGTTIN',
  'SIGTTOU',
];

/** Who asks so often means the client itself, whose container does not listen. */
const TERMINATIONS_MAX = 3;

/** Signals of the client become signals of the container. */
export function* forwardSignals(engine: Engine, container: string): Sim<void> {
  let terminations = 0;
  for (const signal of FORWARDED) {
    yield* sigaction(signal, function* () {
      if ((signal === 'SIGINT' || signal === 'SIGTERM') && ++terminations === TERMINATIONS_MAX) {
        yield* write(2, `\ngot ${TERMINATIONS_MAX} SIGTERM/SIGINTs, forcefully exiting\n`);
        yield* exit(1);
      }
      try {
        yield* engine.call('POST', `/containers/${container}/kill`, { query: { signal: signal.slice(3) } });
      } catch (error) {
        if (!(error instanceof CliError)) throw error;
      }
    });
  }
}

export function* defaultSignals(): Sim<void> {
  for (const signal of [...FORWARDED, 'SIGWINCH' as const]) yield* sigaction(signal, 'default');
}
