/** tini, which Docker calls docker-init: runs one child, passes signals on to it and reaps orphans. */
import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import type { SignalName } from '../kernel/syscalls.ts';
import { findExecutable, kill, sigaction, spawn, waitpid, write } from '../kernel/syscalls.ts';
import { exitCodeOf } from './process.ts';

const FORWARDED: readonly SignalName[] = ['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH', 'SIGCONT'];

export const dockerInit: Program = {
  name: 'docker-init',
  memory: 700 << 10,
  *main(argv): Sim<number> {
    const at = argv.indexOf('--');
    const command = at < 0 ? argv.slice(1) : argv.slice(at + 1);
    const path = command.length === 0 ? null : yield* findExecutable(command[0]);
    if (path === null) {
      yield* write(2, `[FATAL tini (1)] exec ${command[0] ?? ''} failed: No such file or directory\n`);
      return 127;
    }
    let child: number;
    try {
      child = yield* spawn({ path, argv: command, pgid: 0 });
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* write(2, `[FATAL tini (1)] exec ${command[0]} failed: ${error.message}\n`);
      return error.code === 'EACCES' ? 126 : 127;
    }
    for (const signal of FORWARDED) {
      yield* sigaction(signal, function* () {
        try {
          yield* kill(child, signal);
        } catch (error) {
          if (!isErrno(error)) throw error;
        }
      });
    }
    for (;;) {
      const ended = yield* waitpid(-1);
      if (ended?.pid === child) return exitCodeOf(ended.status);
    }
  },
};
