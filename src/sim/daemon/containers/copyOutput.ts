/** Carries what a container says to its log and to those who are attached. */

import { goErrorText, isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { ThreadHandle } from '../../kernel/syscalls.ts';
import { now, read, thread } from '../../kernel/syscalls.ts';
import type { ProcessStreams, Task } from '../../runtime/containerd.ts';
import { rfc3339Nano } from '../clock.ts';
import type { ContainerRecord } from '../records.ts';
import { encodeEntries, LineWriter, logPath, rotationOf } from './jsonFile.ts';
import type { LiveContainer } from './live.ts';
import { LogFile } from './logFile.ts';
import type { ContainerServices } from './services.ts';
import { startError } from './startError.ts';
import type { Broadcaster, StreamName } from './streams.ts';

/** Starts copying; the threads end when the streams do. Opens the log, which the end of the run closes. */
export function* copyOutput(d: ContainerServices, c: ContainerRecord, live: LiveContainer, task: Task): Sim<readonly ThreadHandle[]> {
  const writes = c.hostConfig.LogConfig.Type === 'json-file' || c.hostConfig.LogConfig.Type === 'local';
  if (!writes) return yield* copyStreams(task.streams, live.output);
  const file = yield* openLog(d, c);
  live.log = file;
  return yield* copyStreams(task.streams, live.output, function* (lines, stream) {
    yield* file.append(encodeEntries(c, lines, stream, rfc3339Nano(d.clock, yield* now())));
  });
}

function* openLog(d: ContainerServices, c: ContainerRecord): Sim<LogFile> {
  const path = logPath(d.config.root, c.id);
  try {
    return yield* LogFile.open(path, rotationOf(c));
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw startError(`failed to create task for container: failed to initialize logging driver: open ${path}: ${goErrorText(error.code)}`);
  }
}

/** The run is over: who follows its log sees the end. */
export function* closeLog(live: LiveContainer): Sim<void> {
  if (live.log) yield* live.log.close();
  live.log = undefined;
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
