/** httpd -k: a signal for the server that runs. */
import type { SignalName } from '../../../kernel/abi.ts';
import { Errno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { kill, readText, write } from '../../../kernel/syscalls.ts';
import { own } from '../../../lib/dictionary.ts';

const SIGNALS: Readonly<Record<string, SignalName>> = {
  stop: 'SIGTERM',
  'graceful-stop': 'SIGWINCH',
  restart: 'SIGHUP',
  graceful: 'SIGUSR1',
};

/** Whether httpd -k knows the word. */
export const isControl = (word: string): boolean => word === 'start' || own(SIGNALS, word) !== undefined;

/** The pid of the server that the file names, if that is alive. */
function* runningServer(pidFile: string): Sim<number | undefined> {
  try {
    const pid = Number((yield* readText(pidFile)).trim());
    yield* kill(pid, null);
    return pid;
  } catch (error) {
    if (error instanceof Errno) return undefined;
    throw error;
  }
}

/** Sends the signal that `word` stands for. Undefined: nobody runs, and the word is one that starts a server then. */
export function* control(word: string, pidFile: string): Sim<number | undefined> {
  const pid = yield* runningServer(pidFile);
  if (word === 'start') {
    if (pid === undefined) return undefined;
    yield* write(1, `httpd (pid ${pid}) already running\n`);
    return 0;
  }
  if (pid !== undefined) {
    yield* kill(pid, SIGNALS[word]);
    return 0;
  }
  const starts = word === 'restart' || word === 'graceful';
  yield* write(1, `httpd ${starts ? 'not running, trying to start' : '(no pid file) not running'}\n`);
  return starts ? undefined : 0;
}
