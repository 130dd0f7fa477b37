/** Between a client's connection and a process's streams. */

import type { HijackedStreams, OutputStreams } from '../../api/types/streams.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import type { ProcessStreams } from '../../runtime/containerd.ts';
import { closeStdin } from './closeStreams.ts';
import type { Subscription } from './streams.ts';

/** Sends what comes until its end. False when the client has gone. */
export function* pumpOutput(from: Subscription, to: OutputStreams): Sim<boolean> {
  for (;;) {
    const chunk = yield* from.next();
    if (chunk === null) return true;
    try {
      yield* to[chunk.stream](chunk.data);
    } catch (error) {
      if (isErrno(error, 'EPIPE', 'ECONNRESET', 'EBADF', 'ENOTCONN')) return false;
      throw error;
    }
  }
}

/** Types what the client types. At its end of file the process's input is closed, if it is the client's alone. */
export function* feedStdin(from: HijackedStreams, to: ProcessStreams, closeAtEnd: boolean): Sim<void> {
  try {
    for (;;) {
      const data = yield* from.read();
      if (data === null || to.stdin === undefined) break;
      if (data.length > 0) yield* write(to.stdin, data);
    }
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  if (closeAtEnd) yield* closeStdin(to);
}
