/** nginx -s: a word to the master that runs. */
import type { SignalName } from '../../../kernel/abi.ts';
import { Errno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { kill, readText, write } from '../../../kernel/syscalls.ts';
import { ErrorLog } from './log.ts';
import type { Configuration } from './model.ts';

/** Sends the signal of stop, quit, reopen or reload; gives the exit status. */
export function* sendSignal(config: Configuration, signal: string): Sim<number> {
  const names: Readonly<Record<string, SignalName>> = { stop: 'SIGTERM', quit: 'SIGQUIT', reopen: 'SIGUSR1', reload: 'SIGHUP' };
  let pid: number;
  try {
    pid = Number((yield* readText(config.pid)).trim());
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    yield* new ErrorLog(2, 'error').line('error', `open() "${config.pid}" failed (2: ${error.message})`);
    yield* write(2, `nginx: [error] open() "${config.pid}" failed (2: ${error.message})\n`);
    return 1;
  }
  if (!(pid > 0)) {
    yield* write(2, `nginx: [error] invalid PID number "" in "${config.pid}"\n`);
    return 1;
  }
  try {
    yield* new ErrorLog(2, config.errorLevel).line('notice', 'signal process started');
    yield* kill(pid, names[signal]);
    return 0;
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    yield* write(2, `nginx: [alert] kill(${pid}, ${signal === 'reload' ? 1 : signal === 'quit' ? 3 : 15}) failed (3: ${error.message})\n`);
    return 1;
  }
}
