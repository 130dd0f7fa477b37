/** `docker start`, and every other way in which a container comes to run. */
import type { Sim } from '../../kernel/sim.ts';
import { now, thread } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import type { Task } from '../../runtime/containerd.ts';
import { RuntimeError } from '../../runtime/containerd.ts';
import { conflict, isDaemonError, notModified } from '../errors.ts';
import { findContainer, freshContainer } from '../find.ts';
import type { ContainerRecord } from '../records.ts';
import { closeLog, copyOutput } from './copyOutput.ts';
import { logContainerEvent } from './events.ts';
import { superviseTask } from './exit.ts';
import { startHealthChecks } from './health.ts';
import { holding } from './hold.ts';
import { verifyHostConfig } from './hostConfig.ts';
import { removeQuietly } from './remove.ts';
import type { ContainerServices } from './services.ts';
import { buildSpec } from './spec.ts';
import { EXIT_UNKNOWN, exitCodeOfError, startError } from './startError.ts';

export function* start(d: ContainerServices, name: string, cause: Cause): Sim<void> {
  const c = findContainer(d.records, name);
  checkStartable(c);
  verifyHostConfig(c.hostConfig, { cpus: d.config.cpus });
  yield* startContainer(d, c.id, cause, true);
}

function checkStartable(c: ContainerRecord): void {
  if (c.state.status === 'paused') throw conflict('cannot start a paused container, try unpause instead');
  if (c.state.status === 'running') throw notModified();
  if (c.state.status === 'removing' || c.state.status === 'dead') throw conflict('container is marked for removal and cannot be started');
}

/** Runs it, whoever asks: a user (`byHand` forgets earlier restarts), the restart policy, the daemon's start. */
export function* startContainer(d: ContainerServices, id: string, cause: Cause, byHand: boolean): Sim<void> {
  try {
    yield* holding(d.live.container(id), () => startHeld(d, id, cause, byHand));
  } catch (error) {
    if (d.records.get('containers', id)?.hostConfig.AutoRemove && !isDaemonError(error, 'notModified')) yield* removeQuietly(d, id, cause);
    throw error;
  }
}

function* startHeld(d: ContainerServices, id: string, cause: Cause, byHand: boolean): Sim<void> {
  const live = d.live.container(id);
  const c = freshContainer(d.records, id);
  if (c.state.status === 'restarting' && byHand) live.restartCancelled = true;
  checkStartable(c.state.status === 'restarting' ? { ...c, state: { ...c.state, status: 'exited' } } : c);
  if (byHand) {
    live.restartAttempts = 0;
    live.restartDelay = 0;
  }
  d.records.commit(cause, (tx) =>
    tx.update('containers', id, {
      state: { ...c.state, error: '', oomKilled: false, exitCode: 0 },
      ...(byHand ? { manuallyStopped: false, restartCount: 0 } : {}),
    }),
  );
  yield* run(d, id, cause);
}

function* run(d: ContainerServices, id: string, cause: Cause): Sim<void> {
  const live = d.live.container(id);
  let task: Task | undefined;
  try {
    yield* d.volumes.prepare(freshContainer(d.records, id), cause);
    const spec = yield* buildSpec(d, freshContainer(d.records, id));
    task = yield* createTask(d, freshContainer(d.records, id), spec);
    const network = yield* d.networks.openSandbox(freshContainer(d.records, id), task.netns, cause);
    d.records.commit(cause, (tx) => tx.update('containers', id, { network }));
    const startedAt = yield* now();
    live.task = task;
    live.started.wake();
    live.restartCancelled = false;
    const copied = yield* copyOutput(d, freshContainer(d.records, id), live, task);
    yield* task.start();
    const c = freshContainer(d.records, id);
    d.records.commit(cause, (tx) =>
      tx.update('containers', id, {
        hasBeenStarted: true,
        state: { ...c.state, status: 'running', pid: task?.pid ?? 0, startedAt, exitCode: 0, error: '', health: undefined },
      }),
    );
    yield* startHealthChecks(d, id);
    logContainerEvent(d, cause, freshContainer(d.records, id), 'start');
    const running = task;
    yield* thread(() => superviseTask(d, id, running, copied, (again) => startContainer(d, id, again, false)), 'task');
  } catch (error) {
    yield* startFailed(d, id, task, error, cause);
    throw error;
  }
}

function* createTask(d: ContainerServices, c: ContainerRecord, spec: Parameters<ContainerServices['runtime']['createTask']>[1]): Sim<Task> {
  try {
    return yield* d.runtime.createTask(c.id, spec, {
      lowers: yield* d.images.lowers(c.layers),
      directory: `${d.config.root}/overlay2/${c.mountId}`,
      stdin: c.config.OpenStdin,
    });
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error;
    throw startError(`failed to create task for container: failed to create shim task: OCI runtime create failed: ${error.message}`);
  }
}

/** Leaves the container as it was, with the error to be seen in inspect; an --rm container goes. */
function* startFailed(d: ContainerServices, id: string, task: Task | undefined, error: unknown, cause: Cause): Sim<void> {
  const live = d.live.container(id);
  live.task = undefined;
  yield* closeLog(live);
  if (task) yield* task.delete();
  const c = d.records.get('containers', id);
  if (!c) return;
  const message = error instanceof Error ? error.message : String(error);
  const exitCode = exitCodeOfError(error) ?? EXIT_UNKNOWN;
  const network = yield* d.networks.closeSandbox(c, cause);
  const status = c.state.status === 'restarting' || c.hasBeenStarted ? 'exited' : 'created';
  d.records.commit(cause, (tx) =>
    tx.update('containers', id, { network, state: { ...c.state, status, pid: 0, error: message, exitCode } }),
  );
  yield* d.volumes.release(freshContainer(d.records, id), cause);
  live.lastExitCode = exitCode;
  live.output.closeAll();
  live.changed.wake();
}
