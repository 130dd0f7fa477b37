/** `docker exec`, second half: running it, with or without someone watching. */
import type { ExecStartRequest } from '../../api/types/exec.ts';
import type { HijackedStreams } from '../../api/types/streams.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { ThreadHandle } from '../../kernel/syscalls.ts';
import { thread, waitOn } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import type { RuntimeProcess } from '../../runtime/containerd.ts';
import { RuntimeError } from '../../runtime/containerd.ts';
import { conflict, notFound } from '../errors.ts';
import { findContainer } from '../find.ts';
import type { ExecRecord } from '../records.ts';
import { closeStreams } from './closeStreams.ts';
import { copyStreams } from './copyOutput.ts';
import { logContainerEvent } from './events.ts';
import { ALL_CAPABILITIES, capabilitiesOf } from './hostConfig.ts';
import { feedStdin, pumpOutput } from './pump.ts';
import type { ContainerServices } from './services.ts';
import { EXIT_NOT_EXECUTABLE, exitCodeOfError, startError } from './startError.ts';
import { isRunning, notRunning } from './state.ts';
import { resolveUser } from './users.ts';

export function findExec(d: ContainerServices, id: string): ExecRecord {
  const exact = d.records.get('execs', id);
  if (exact) return exact;
  const found = id === '' ? [] : d.records.all('execs').filter((exec) => exec.id.startsWith(id));
  if (found.length !== 1) throw notFound(`No such exec instance: ${id}`);
  return found[0];
}
export function* execCheck(d: ContainerServices, id: string): Sim<void> {
  const exec = findExec(d, id);
  const c = findContainer(d.records, exec.containerId);
  if (!isRunning(c)) throw notRunning(c.id);
  if (c.state.status === 'paused') throw conflict(`Container ${c.id} is paused, unpause the container before exec`);
}

export function* execStart(
  d: ContainerServices,
  id: string,
  request: ExecStartRequest,
  open: ((tty: boolean) => Sim<HijackedStreams>) | undefined,
  cause: Cause,
): Sim<void> {
  const exec = findExec(d, id);
  const size = request.ConsoleSize ?? exec.consoleSize;
  if (!open) {
    yield* launchExec(d, exec.id, size, cause);
    return;
  }
  checkFresh(exec);
  const live = d.live.exec(exec.id);
  const output = live.output.subscribe((stream) => (stream === 'stdout' ? exec.attachStdout : exec.attachStderr));
  const streams = yield* open(exec.tty);
  let feeder: ThreadHandle | undefined;
  try {
    yield* launchExec(d, exec.id, size, cause);
    const input = live.process?.streams;
    if (exec.attachStdin && input?.stdin !== undefined) feeder = yield* thread(() => feedStdin(streams, input, !exec.tty), 'exec stdin');
    yield* pumpOutput(output, streams);
    while (d.records.get('execs', exec.id)?.running) yield* waitOn(live.changed);
    yield* streams.close();
  } finally {
    feeder?.cancel();
    live.output.unsubscribe(output);
  }
}

function checkFresh(exec: ExecRecord): void {
  if (exec.exitCode !== undefined) throw conflict(`exec command ${exec.id} has already run`);
  if (exec.running) throw conflict(`exec command ${exec.id} is already running`);
}

/** Runs it; a thread of the daemon looks after its end. Throws with runc's words. */
export function* launchExec(d: ContainerServices, id: string, size: readonly [number, number] | null | undefined, cause: Cause): Sim<void> {
  const exec = findExec(d, id);
  checkFresh(exec);
  const c = findContainer(d.records, exec.containerId);
  d.records.commit(cause, (tx) => tx.update('execs', exec.id, { running: true, started: true }));
  logContainerEvent(d, cause, c, `exec_start: ${exec.entrypoint} ${exec.arguments.join(' ')}`, { execID: exec.id });
  const live = d.live.exec(exec.id);
  try {
    const task = d.live.container(c.id).task;
    if (!task) throw notRunning(c.id);
    const process = yield* task.exec(
      {
        terminal: exec.tty,
        consoleSize: exec.tty && size ? { height: size[0], width: size[1] } : undefined,
        user: yield* resolveUser(d, c, exec.user, c.hostConfig.GroupAdd ?? []),
        args: [exec.entrypoint, ...exec.arguments],
        env: exec.env,
        cwd: exec.workingDir === '' ? '/' : exec.workingDir,
        capabilities: exec.privileged ? ALL_CAPABILITIES : capabilitiesOf(c.hostConfig),
        noNewPrivileges: false,
        oomScoreAdj: c.hostConfig.OomScoreAdj,
        rlimits: [],
        architecture: d.records.get('images', c.imageId)?.architecture,
      },
      { stdin: exec.attachStdin },
    );
    live.process = process;
    live.changed.wake();
    d.records.commit(cause, (tx) => tx.update('execs', exec.id, { pid: process.pid }));
    const copied = yield* copyStreams(process.streams, live.output);
    yield* thread(() => superviseExec(d, exec.id, process, copied), 'exec');
  } catch (error) {
    const wrapped = error instanceof RuntimeError ? startError(`OCI runtime exec failed: ${error.message}`) : error;
    const exitCode = exitCodeOfError(wrapped) ?? EXIT_NOT_EXECUTABLE;
    d.records.commit(cause, (tx) => tx.update('execs', exec.id, { running: false, exitCode }));
    live.output.closeAll();
    live.changed.wake();
    throw wrapped;
  }
}

function* superviseExec(d: ContainerServices, id: string, process: RuntimeProcess, copied: readonly ThreadHandle[]): Sim<void> {
  const live = d.live.exec(id);
  while (process.exitCode === undefined) yield* waitOn(process.ended);
  for (const handle of copied) while (!handle.done) if (!(yield* waitOn(handle.ended, 2_000_000))) handle.cancel();
  yield* closeStreams(process.streams);
  const exec = d.records.get('execs', id);
  const cause: Cause = { kind: 'process', id: process.pid, text: `process ${process.pid} ended` };
  if (exec) {
    d.records.commit(cause, (tx) => tx.update('execs', id, { running: false, exitCode: process.exitCode }));
    const c = d.records.get('containers', exec.containerId);
    if (c) logContainerEvent(d, cause, c, 'exec_die', { execID: id, exitCode: String(process.exitCode) });
  }
  live.output.closeAll();
  live.changed.wake();
}
