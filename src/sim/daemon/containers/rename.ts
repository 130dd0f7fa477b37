/** `docker rename`. */
import type { Sim } from '../../kernel/sim.ts';
import type { Cause } from '../../lib/records.ts';
import { DaemonError, invalid, isDaemonError } from '../errors.ts';
import { findContainer, freshContainer } from '../find.ts';
import { checkName } from './create.ts';
import { logContainerEvent } from './events.ts';
import type { ContainerServices } from './services.ts';
export function* rename(d: ContainerServices, name: string, newName: string, cause: Cause): Sim<void> {
  if (name === '' || newName === '') throw invalid('Neither old nor new names may be empty');
  const { id, name: oldName } = findContainer(d.records, name);
  if (newName.replace(/^\//, '') === oldName) throw invalid('Renaming a container with the same name as its current name');
  let wanted: string;
  try {
    wanted = checkName(d, newName);
  } catch (error) {
    if (!isDaemonError(error)) throw error;
    throw new DaemonError(error.kind, `Error when allocating new name: ${error.message}`);
  }
  d.records.commit(cause, (tx) => tx.update('containers', id, { name: wanted }));
  const c = freshContainer(d.records, id);
  d.networks.renamed(c, oldName);
  logContainerEvent(d, cause, c, 'rename', { oldName: `/${oldName}` });
}
