/** `docker kill`: a signal to a container's first process. */

import { signalNumber } from '../../kernel/process/signals.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { SignalName } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import { system } from '../errors.ts';
import { findContainer, freshContainer } from '../find.ts';
import { logContainerEvent } from './events.ts';
import type { ContainerServices } from './services.ts';
import { parseSignal } from './signals.ts';
import { isRunning, notRunning } from './state.ts';
import { KILL_TIMEOUT, waitStopped } from './wait.ts';

export function* kill(d: ContainerServices, name: string, signal: string, cause: Cause): Sim<void> {
  const parsed = signal === '' ? 'SIGKILL' : parseSignal(signal);
  const c = findContainer(d.records, name);
  if (parsed === 'SIGKILL') yield* killAndWait(d, c.id, cause);
  else yield* sendSignal(d, c.id, parsed, cause);
}

/** SIGKILL, and waits until it is over. Throws conflict when it does not run. */
export function* killAndWait(d: ContainerServices, id: string, cause: Cause): Sim<void> {
  const live = d.live.container(id);
  if (!isRunning(freshContainer(d.records, id))) throw notRunning(id);
  yield* sendSignal(d, id, 'SIGKILL', cause);
  if (!(yield* waitStopped(d, id, live, KILL_TIMEOUT))) throw system('tried to kill container, but did not receive an exit event');
}

/** A signal other than the container's stop signal does not count as "stopped by hand" when the image names one. */
export function* sendSignal(d: ContainerServices, id: string, signal: SignalName, cause: Cause): Sim<void> {
  const c = freshContainer(d.records, id);
  if (!isRunning(c)) throw notRunning(id);
  const live = d.live.container(id);
  const stop = c.config.StopSignal;
  const ends = stop === undefined || stop === '' || signal === 'SIGKILL' || parseSignal(stop) === signal;
  if (ends) live.restartCancelled = true;
  if (!d.shuttingDown.value) d.records.commit(cause, (tx) => tx.update('containers', id, { manuallyStopped: true }));
  if (c.state.status === 'restarting') {
    live.changed.wake();
    return;
  }
  const task = live.task;
  if (!task) return;
  yield* task.kill(signal);
  if (ends && c.state.status === 'paused') {
    yield* task.resume();
    const fresh = d.records.get('containers', id);
    if (fresh?.state.status === 'paused') {
      d.records.commit(cause, (tx) => tx.update('containers', id, { state: { ...fresh.state, status: 'running' } }));
    }
  }
  logContainerEvent(d, cause, c, 'kill', { signal: String(signalNumber(signal)) });
}
