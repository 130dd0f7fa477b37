/** What happens when a container's first process ends: records, networks, events, restart or removal. */
import { SECOND } from '../../kernel/clock.ts';
import type { Sim } from '../../kernel/sim.ts';
import { pause } from '../../kernel/sim.ts';
import type { ThreadHandle } from '../../kernel/syscalls.ts';
import { now, thread, waitOn } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import type { Task } from '../../runtime/containerd.ts';
import { freshContainer } from '../find.ts';
import { closeStreams } from './closeStreams.ts';
import { closeLog } from './copyOutput.ts';
import { logContainerEvent } from './events.ts';
import { stopHealthChecks } from './health.ts';
import { holding } from './hold.ts';
import { removeQuietly } from './remove.ts';
import { planRestart } from './restartPolicy.ts';
import type { ContainerServices } from './services.ts';

/** How long the rest of the output may take after the end. */
const DRAIN = 2 * SECOND;

const exitCause = (pid: number): Cause => ({ kind: 'process', id: pid, text: `process ${pid} ended` });

/** Waits for the end of a task, watching for the OOM killer meanwhile. `startAgain` is for the restart policy. Runs as a thread of the daemon. */
export function* superviseTask(
  d: ContainerServices,
  id: string,
  task: Task,
  copied: readonly ThreadHandle[],
  startAgain: (cause: Cause) => Sim<void>,
): Sim<void> {
  let kills = 0;
  for (;;) {
    if (task.oomKills > kills) {
      kills = task.oomKills;
      const c = d.records.get('containers', id);
      if (c) {
        d.records.commit(exitCause(task.pid), (tx) => tx.update('containers', id, { state: { ...c.state, oomKilled: true } }));
        logContainerEvent(d, exitCause(task.pid), c, 'oom');
      }
    }
    if (task.exitCode !== undefined) break;
    yield* waitOn([task.ended, task.oomHappened]);
  }
  yield* drain(copied);
  const next = yield* holding(d.live.container(id), () => handleExit(d, id, task));
  if (next.kind === 'restart') yield* thread(() => restartLater(d, id, next.delayUs, startAgain), 'restart');
  if (next.kind === 'remove') yield* removeQuietly(d, id, exitCause(task.pid));
}

type Afterwards = { readonly kind: 'nothing' | 'remove' } | { readonly kind: 'restart'; readonly delayUs: number };

function* drain(copied: readonly ThreadHandle[]): Sim<void> {
  const until = (yield* now()) + DRAIN;
  for (const handle of copied) {
    while (!handle.done) {
      const left = until - (yield* now());
      if (left <= 0 || !(yield* waitOn(handle.ended, left))) break;
    }
    handle.cancel();
  }
}

function* handleExit(d: ContainerServices, id: string, task: Task): Sim<Afterwards> {
  const live = d.live.container(id);
  const cause = exitCause(task.pid);
  stopHealthChecks(d, id, cause);
  yield* closeLog(live);
  live.task = undefined;
  yield* task.delete();
  yield* closeStreams(task.streams);
  const before = d.records.get('containers', id);
  if (!before) return { kind: 'nothing' };
  const network = yield* d.networks.closeSandbox(before, cause);
  yield* d.volumes.release(before, cause);
  const c = freshContainer(d.records, id);
  const code = task.exitCode ?? 255;
  const finishedAt = task.exitedAt ?? (yield* now());
  const ranFor = finishedAt - (c.state.startedAt ?? finishedAt);
  const plan = planRestart({
    policy: c.hostConfig.RestartPolicy,
    exitCode: code,
    stopped: d.shuttingDown.value || c.manuallyStopped,
    ranForUs: ranFor,
    attempts: live.restartAttempts,
    lastDelayUs: live.restartDelay,
  });
  live.restartDelay = plan.delayUs;
  d.records.commit(cause, (tx) =>
    tx.update('containers', id, {
      network,
      restartCount: plan.restart ? c.restartCount + 1 : c.restartCount,
      state: {
        ...c.state,
        status: plan.restart ? 'restarting' : 'exited',
        pid: 0,
        exitCode: code,
        finishedAt,
      },
    }),
  );
  live.exits++;
  live.lastExitCode = code;
  live.output.closeAll();
  live.changed.wake();
  // Whoever waits for the end hears of it before the event is written: `stop` comes before `die`, as in Docker.
  yield* pause();
  logContainerEvent(d, cause, c, 'die', { exitCode: String(code), execDuration: String(Math.trunc(ranFor / SECOND)) });
  if (plan.restart) {
    live.restartAttempts++;
    live.restartCancelled = false;
    return { kind: 'restart', delayUs: plan.delayUs };
  }
  return { kind: !live.manuallyRestarted && c.hostConfig.AutoRemove ? 'remove' : 'nothing' };
}

/** Waits for the policy's delay, then starts it again, unless `docker stop`, `kill` or `rm` called it off. */
function* restartLater(d: ContainerServices, id: string, delayUs: number, startAgain: (cause: Cause) => Sim<void>): Sim<void> {
  const live = d.live.container(id);
  const until = (yield* now()) + delayUs;
  const exits = live.exits;
  const cause: Cause = { kind: 'timer', id: 0, text: 'restart policy' };
  while (!live.restartCancelled) {
    const left = until - (yield* now());
    if (left <= 0) break;
    yield* waitOn(live.changed, left);
  }
  const c = d.records.get('containers', id);
  if (c?.state.status !== 'restarting' || live.exits !== exits) return;
  if (!live.restartCancelled && !d.shuttingDown.value) {
    try {
      yield* startAgain(cause);
      return;
    } catch {
      // The failed start has left its error in the record.
    }
  }
  const after = d.records.get('containers', id);
  if (after?.state.status !== 'restarting') return;
  d.records.commit(cause, (tx) => tx.update('containers', id, { state: { ...after.state, status: 'exited' } }));
  live.changed.wake();
  if (after.hostConfig.AutoRemove) yield* removeQuietly(d, id, cause);
}
