/** `docker restart`. */
import type { StopOptions } from '../../api/types/options.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { Cause } from '../../lib/records.ts';
import { DaemonError, isDaemonError } from '../errors.ts';
import { findContainer, freshContainer } from '../find.ts';
import { logContainerEvent } from './events.ts';
import type { ContainerServices } from './services.ts';
import { startContainer } from './start.ts';
import { isRunning } from './state.ts';
import { stopContainer } from './stop.ts';

export function* restart(d: ContainerServices, name: string, options: StopOptions, cause: Cause): Sim<void> {
  const c = findContainer(d.records, name);
  const live = d.live.container(c.id);
  try {
    if (isRunning(c)) {
      live.manuallyRestarted = true;
      yield* stopContainer(d, c.id, options, cause);
    }
    yield* startContainer(d, c.id, cause, true);
  } catch (error) {
    if (!isDaemonError(error)) throw error;
    throw new DaemonError(error.kind, `Cannot restart container ${name}: ${error.message}`);
  } finally {
    live.manuallyRestarted = false;
  }
  logContainerEvent(d, cause, freshContainer(d.records, c.id), 'restart');
}
