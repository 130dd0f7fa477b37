/** The daemon's own start and end, as far as containers are concerned. */
import type { SimTime } from '../kernel/clock.ts';
import type { Sim } from '../kernel/sim.ts';
import type { ThreadHandle } from '../kernel/syscalls.ts';
import { now, thread, waitOn } from '../kernel/syscalls.ts';
import type { Cause } from '../lib/records.ts';
import type { Task } from '../runtime/containerd.ts';
import { copyOutput } from './containers/copyOutput.ts';
import { superviseTask } from './containers/exit.ts';
import { removeQuietly } from './containers/remove.ts';
import { restoredBy } from './containers/restartPolicy.ts';
import type { ContainerServices } from './containers/services.ts';
import { startContainer } from './containers/start.ts';
import { isRunning } from './containers/state.ts';
import { stopContainer } from './containers/stop.ts';
import { isDaemonError } from './errors.ts';
import { freshContainer } from './find.ts';
import type { ContainerRecord, ContainerState } from './records.ts';

const bootCause: Cause = { kind: 'boot', id: 0, text: 'dockerd starts' };
const downCause: Cause = { kind: 'process', id: 0, text: 'dockerd stops' };
/** Exit status of containers that ended without anybody looking. */
const LOST = 255;

/**
 * After a start. Containers that the daemon before left running are stopped, as without `live-restore` nobody takes them
 * over; those that ended meanwhile get their end written down. Then those run again whose policy wants it, and --rm ones go.
 */
export function* restoreContainers(d: ContainerServices): Sim<void> {
  d.live.clear();
  forgetExecs(d);
  const containers = d.records.all('containers');
  // What is stopped now was not stopped by hand.
  d.shuttingDown.value = true;
  yield* together(containers, (c) => settle(d, c.id));
  d.shuttingDown.value = false;
  const left = containers.flatMap((c) => d.records.get('containers', c.id) ?? []);
  const again = left.filter((c) => c.hasBeenStarted && wantedAgain(c));
  // The API answers only after this: whoever asks sees them started.
  yield* together(again, (c) => startAgain(d, c.id));
  const gone = left.filter((c) => !again.includes(c) && c.hostConfig.AutoRemove);
  yield* together(gone, (c) => removeQuietly(d, c.id, bootCause));
}

/** They lived in the memory of the daemon before. */
function forgetExecs(d: ContainerServices): void {
  const execs = d.records.all('execs');
  if (execs.length === 0) return;
  d.records.commit(bootCause, (tx) => {
    for (const exec of execs) tx.remove('execs', exec.id);
  });
}

function wantedAgain(c: ContainerRecord): boolean {
  const policy = c.hostConfig.RestartPolicy;
  return restoredBy({ policy, exitCode: c.state.exitCode, stopped: c.manuallyStopped, attempts: c.restartCount });
}

/** Makes the record of a container true again: after this it does not run. */
function* settle(d: ContainerServices, id: string): Sim<void> {
  const task = d.runtime.task(id);
  const before = freshContainer(d.records, id);
  if (task && task.exitCode === undefined && isRunning(before)) {
    const live = d.live.container(id);
    yield* task.adopt();
    live.task = task;
    const copied = yield* copyOutput(d, before, live, task);
    const supervisor = yield* thread(() => superviseTask(d, id, task, copied, () => startAgain(d, id)), 'task');
    yield* stopContainer(d, id, { signal: '', timeout: undefined }, bootCause);
    yield* join([supervisor]);
    return;
  }
  if (!task && !isRunning(before) && before.state.status !== 'removing') return;
  if (task) yield* task.delete();
  const network = yield* d.networks.closeSandbox(before, bootCause);
  const time = yield* now();
  const c = d.records.get('containers', id);
  if (!c) return;
  d.records.commit(bootCause, (tx) => tx.update('containers', id, { network, state: settled(c, task, time) }));
  if (isRunning(c)) yield* d.volumes.release(c, bootCause);
}

function settled(c: ContainerRecord, task: Task | undefined, time: SimTime): ContainerState {
  // A removal that the daemon's end cut short is forgotten; it can be asked for again.
  if (c.state.status === 'removing') return { ...c.state, status: c.hasBeenStarted ? 'exited' : 'created' };
  if (!isRunning(c)) return c.state;
  const restarting = c.state.status === 'restarting';
  return {
    ...c.state,
    status: 'exited',
    pid: 0,
    exitCode: restarting ? c.state.exitCode : (task?.exitCode ?? LOST),
    finishedAt: restarting ? c.state.finishedAt : (task?.exitedAt ?? time),
  };
}

function* startAgain(d: ContainerServices, id: string): Sim<void> {
  try {
    yield* startContainer(d, id, bootCause, false);
  } catch (error) {
    // Its own error is left in the record, as the daemon's log would have it.
    if (!isDaemonError(error)) throw error;
  }
}

/** Does it for all at once and waits for all. */
function* together<T>(items: readonly T[], work: (item: T) => Sim<void>): Sim<void> {
  const handles: ThreadHandle[] = [];
  for (const item of items) handles.push(yield* thread(() => work(item), 'restore'));
  yield* join(handles);
}

function* join(handles: readonly ThreadHandle[]): Sim<void> {
  for (const handle of handles) while (!handle.done) yield* waitOn(handle.ended);
}

/** Before the end: stops everything that runs, each with its own patience. */
export function* stopContainers(d: ContainerServices): Sim<void> {
  d.shuttingDown.value = true;
  yield* together(d.records.all('containers').filter(isRunning), (c) => {
    d.live.container(c.id).restartCancelled = true;
    return stopContainer(d, c.id, { signal: '', timeout: undefined }, downCause);
  });
}
