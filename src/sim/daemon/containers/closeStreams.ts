import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { close } from '../../kernel/syscalls.ts';
import type { ProcessStreams } from '../../runtime/containerd.ts';

/** The end of the process's input. The number is forgotten before it is closed, so that nobody writes to or closes another's file. */
export function* closeStdin(streams: ProcessStreams): Sim<void> {
  const { stdin } = streams;
  streams.stdin = undefined;
  if (stdin !== undefined) yield* closeQuietly(stdin);
}

/** Closes the daemon's ends, once for each process. */
export function* closeStreams(streams: ProcessStreams): Sim<void> {
  const fds = new Set([streams.stdin, streams.stdout, streams.stderr]);
  streams.stdin = undefined;
  for (const fd of fds) if (fd !== undefined) yield* closeQuietly(fd);
}

function* closeQuietly(fd: number): Sim<void> {
  try {
    yield* close(fd);
  } catch (error) {
    if (!isErrno(error, 'EBADF')) throw error;
  }
}
