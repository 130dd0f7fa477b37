/** `docker pause`. */
import type { Sim } from '../../kernel/sim.ts';
import type { Cause } from '../../lib/records.ts';
import { conflict } from '../errors.ts';
import { findContainer, freshContainer } from '../find.ts';
import { logContainerEvent } from './events.ts';
import { stopHealthChecks } from './health.ts';
import type { ContainerServices } from './services.ts';
import { isRunning, notRunning, restarting } from './state.ts';

export function* pause(d: ContainerServices, name: string, cause: Cause): Sim<void> {
  const { id, state } = findContainer(d.records, name);
  const live = d.live.container(id);
  if (!isRunning(findContainer(d.records, id))) throw notRunning(id);
  if (state.status === 'paused') throw conflict(`Container ${id} is already paused`);
  if (state.status === 'restarting' || !live.task) throw restarting(id);
  yield* live.task.pause();
  const c = freshContainer(d.records, id);
  d.records.commit(cause, (tx) => tx.update('containers', id, { state: { ...c.state, status: 'paused' } }));
  stopHealthChecks(d, id, cause);
  logContainerEvent(d, cause, c, 'pause');
}
