/** The daemon's own start and end, as far as containers are concerned. */
import type { Sim } from '../kernel/sim.ts';
import type { ThreadHandle } from '../kernel/syscalls.ts';
import { thread, waitOn } from '../kernel/syscalls.ts';
import type { Cause } from '../lib/records.ts';
import { removeQuietly } from './containers/remove.ts';
import type { ContainerServices } from './containers/services.ts';
import { startContainer } from './containers/start.ts';
import { isRunning } from './containers/state.ts';
import { stopContainer } from './containers/stop.ts';

const bootCause: Cause = { kind: 'boot', id: 0, text: 'dockerd starts' };
const downCause: Cause = { kind: 'process', id: 0, text: 'dockerd stops' };
/** Exit status of containers that died with the machine or without their daemon looking. */
const LOST = 255;

/**
 * After a start: containers that were running without this daemon (a crash, a power cut) have ended; those whose policy is
 * `always`, or `unless-stopped` and not stopped by hand, run again; --rm ones are removed.
 */
export function* restoreContainers(d: ContainerServices): Sim<void> {
  const restarts: string[] = [];
  for (const c of d.records.all('containers')) {
    if (isRunning(c)) {
      const network = yield* d.networks.closeSandbox(c, bootCause);
      d.records.commit(bootCause, (tx) =>
        tx.update('containers', c.id, {
          network,
          state: { ...c.state, status: 'exited', pid: 0, exitCode: c.state.status === 'restarting' ? c.state.exitCode : LOST },
        }),
      );
    }
    if (c.hostConfig.AutoRemove && c.hasBeenStarted) {
      yield* removeQuietly(d, c.id, bootCause);
      continue;
    }
    const policy = c.hostConfig.RestartPolicy.Name;
    if (
      c.hasBeenStarted &&
      (policy === 'always' || (policy === 'unless-stopped' && !c.manuallyStopped) || (policy === 'on-failure' && isRunning(c)))
    ) {
      restarts.push(c.id);
    }
  }
  const handles: ThreadHandle[] = [];
  for (const id of restarts) {
    const handle = yield* thread(function* () {
      try {
        yield* startContainer(d, id, bootCause, false);
      } catch {
        // Left in the record, as the daemon's log would have it.
      }
    }, 'restore');
    handles.push(handle);
  }
  // The API answers only after this: whoever asks sees them started.
  yield* join(handles);
}

function* join(handles: readonly ThreadHandle[]): Sim<void> {
  for (const handle of handles) while (!handle.done) yield* waitOn(handle.ended);
}

/** Before the end: stops everything that runs, each with its own patience. */
export function* stopContainers(d: ContainerServices): Sim<void> {
  d.shuttingDown.value = true;
  const handles: ThreadHandle[] = [];
  for (const c of d.records.all('containers').filter(isRunning)) {
    d.live.container(c.id).restartCancelled = true;
    handles.push(yield* thread(() => stopContainer(d, c.id, { signal: '', timeout: undefined }, downCause), 'stop'));
  }
  yield* join(handles);
}
