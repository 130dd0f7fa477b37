/** `docker unpause`. */
import type { Sim } from '../../kernel/sim.ts';
import type { Cause } from '../../lib/records.ts';
import { system } from '../errors.ts';
import { findContainer, freshContainer } from '../find.ts';
import { logContainerEvent } from './events.ts';
import { resumeHealthChecks } from './health.ts';
import type { ContainerServices } from './services.ts';

export function* unpause(d: ContainerServices, name: string, cause: Cause): Sim<void> {
  const { id, state } = findContainer(d.records, name);
  const task = d.live.container(id).task;
  if (state.status !== 'paused' || !task) throw system(`Container ${id} is not paused`);
  yield* task.resume();
  const c = freshContainer(d.records, id);
  d.records.commit(cause, (tx) => tx.update('containers', id, { state: { ...c.state, status: 'running' } }));
  yield* resumeHealthChecks(d, id);
  logContainerEvent(d, cause, c, 'unpause');
}
