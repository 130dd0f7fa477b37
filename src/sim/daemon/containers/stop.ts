/** `docker stop`: the stop signal, some patience, then SIGKILL. */
import type { StopOptions } from '../../api/types/options.ts';
import { SECOND } from '../../kernel/clock.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { Cause } from '../../lib/records.ts';
import { notModified } from '../errors.ts';
import { findContainer, freshContainer } from '../find.ts';
import type { ContainerRecord } from '../records.ts';
import { logContainerEvent } from './events.ts';
import { untilIdle } from './hold.ts';
import { killAndWait, sendSignal } from './kill.ts';
import type { ContainerServices } from './services.ts';
import { parseSignal } from './signals.ts';
import { isRunning } from './state.ts';
import { waitStopped } from './wait.ts';

const DEFAULT_TIMEOUT_SECONDS = 10;

export function* stop(d: ContainerServices, name: string, options: StopOptions, cause: Cause): Sim<void> {
  const c = findContainer(d.records, name);
  if (!isRunning(c)) throw notModified();
  yield* stopContainer(d, c.id, options, cause);
}

/** Nothing happens to one that does not run. */
export function* stopContainer(d: ContainerServices, id: string, options: StopOptions, cause: Cause): Sim<void> {
  const c = freshContainer(d.records, id);
  if (!isRunning(c)) return;
  const live = d.live.container(id);
  const signal = parseSignal(options.signal !== '' ? options.signal : c.config.StopSignal || 'SIGTERM');
  const seconds = options.timeout ?? c.config.StopTimeout ?? DEFAULT_TIMEOUT_SECONDS;
  yield* sendSignal(d, id, signal, cause);
  if (!(yield* waitStopped(d, id, live, seconds < 0 ? undefined : seconds * SECOND))) {
    if (isRunning(d.records.get('containers', id) ?? c)) yield* killAndWait(d, id, cause);
  }
  logContainerEvent(d, cause, lastSeen(d, c), 'stop');
  // Whoever told it handles its exit; the answer comes after that.
  yield* untilIdle(live);
}

/** An --rm container may be gone by now; its last record still names it. */
function lastSeen(d: ContainerServices, c: ContainerRecord): ContainerRecord {
  return d.records.get('containers', c.id) ?? c;
}
