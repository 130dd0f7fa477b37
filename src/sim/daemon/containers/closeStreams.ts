import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { close } from '../../kernel/syscalls.ts';
import type { ProcessStreams } from '../../runtime/containerd.ts';

/** Closes the daemon's ends; those that are closed already (a finished stdin) do not matter. */
export function* closeStreams(streams: ProcessStreams): Sim<void> {
  for (const fd of new Set([streams.stdin, streams.stdout, streams.stderr])) {
    if (fd === undefined) continue;
    try {
      yield* close(fd);
    } catch (error) {
      if (!isErrno(error, 'EBADF')) throw error;
    }
  }
}
