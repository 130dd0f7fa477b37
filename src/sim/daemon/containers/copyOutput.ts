/** Carries what a container says to its log and to those who are attached. */

import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { ThreadHandle } from '../../kernel/syscalls.ts';
import { read, thread } from '../../kernel/syscalls.ts';
import type { ProcessStreams, Task } from '../../runtime/containerd.ts';
import type { ContainerRecord } from '../records.ts';
import { appendEntries, LineWriter } from './jsonFile.ts';
import type { LiveContainer } from './live.ts';
import type { ContainerServices } from './services.ts';
import type { Broadcaster, StreamName } from './streams.ts';

/** Starts copying; the threads end when the streams do. */
export function* copyOutput(d: ContainerServices, c: ContainerRecord, live: LiveContainer, task: Task): Sim<readonly ThreadHandle[]> {
  const writes = c.hostConfig.LogConfig.Type === 'json-file' || c.hostConfig.LogConfig.Type === 'local';
  const log = function* (lines: readonly string[], stream: StreamName): Sim<void> {
    yield* appendEntries(d.clock, d.config.root, c, lines, stream);
    live.logged.wake();
  };
  return yield* copyStreams(task.streams, live.output, writes ? log : undefined);
}

export function* copyStreams(
  streams: ProcessStreams,
  to: Broadcaster,
  log?: (lines: readonly string[], stream: StreamName) => Sim<void>,
): Sim<readonly ThreadHandle[]> {
  const handles: ThreadHandle[] = [];
  for (const [stream, fd] of [
    ['stdout', streams.stdout],
    ['stderr', streams.stderr],
  ] as const) {
    if (fd === undefined) continue;
    handles.push(
      yield* thread(function* () {
        const lines = log ? new LineWriter(stream, log) : undefined;
        for (;;) {
          const data = yield* readOrEnd(fd);
          if (data === null) break;
          yield* to.push({ stream, data });
          if (lines) yield* lines.push(data);
        }
        if (lines) yield* lines.end();
      }, `copy ${stream}`),
    );
  }
  return handles;
}

/** A terminal whose last user is gone answers with EIO: that is its end of file. */
function* readOrEnd(fd: number): Sim<Uint8Array | null> {
  try {
    const data = yield* read(fd, 32 * 1024);
    return data.length === 0 ? null : data;
  } catch (error) {
    if (isErrno(error, 'EIO', 'EBADF')) return null;
    throw error;
  }
}
