/** fork(2) as the shells make it, and what they do when there may be no further process (a limit of pids, a full machine). */
import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { sleep, spawn } from '../../kernel/syscalls.ts';
import { ShellError } from '../state/errors.ts';
import type { Shell } from '../state/shell.ts';
import { complain } from './message.ts';

/** How long bash waits before it tries again, in seconds: FORKSLEEP_MAX in its jobs.c ends the doubling. */
const BASH_WAITS = [1, 2, 4, 8];

type SpawnOptions = Parameters<typeof spawn>[0];

/** The pid of the new process. A shell that is refused gives up the command line; one without a terminal ends. */
export function* startChild(sh: Shell, options: SpawnOptions): Sim<number> {
  const attempt = function* (): Sim<number | Errno> {
    try {
      return yield* spawn(options);
    } catch (error) {
      if (error instanceof Errno && error.code === 'EAGAIN') return error;
      throw error;
    }
  };
  let result = yield* attempt();
  if (typeof result === 'number') return result;
  if (sh.isBash) {
    for (const seconds of BASH_WAITS) {
      yield* complain(`${shellName(sh)}: fork: retry: ${result.message}\n`);
      yield* sleep(seconds * 1_000_000);
      result = yield* attempt();
      if (typeof result === 'number') return result;
    }
  }
  throw refusal(sh, result);
}

/** These messages name the shell or its script, never a line. */
const shellName = (sh: Shell): string => (sh.currentFile === sh.argv0 ? sh.displayName : sh.currentFile);

function refusal(sh: Shell, error: Errno): ShellError {
  const [text, status] = sh.isBash
    ? [`fork: ${error.message}`, 254]
    : [sh.dialect === 'dash' ? '0: Cannot fork' : `can't fork: ${error.message}`, 2];
  const refused = new ShellError(text, { fatal: true, status });
  refused.prefix = `${shellName(sh)}: `;
  return refused;
}
