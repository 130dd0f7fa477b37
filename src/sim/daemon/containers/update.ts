/** `docker update`: limits and the restart policy of a container that is there. */
import type { UpdateRequest, UpdateResponse } from '../../api/types/container.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { Cause } from '../../lib/records.ts';
import { conflict } from '../errors.ts';
import { findContainer, freshContainer } from '../find.ts';
import { logContainerEvent } from './events.ts';
import { checkRestartPolicy, completeHostConfig } from './hostConfig.ts';
import { checkResources, joinResources } from './resources.ts';
import type { ContainerServices } from './services.ts';
import { resources } from './spec.ts';

export function* update(d: ContainerServices, name: string, request: UpdateRequest, cause: Cause): Sim<UpdateResponse> {
  const policy = { Name: request.RestartPolicy?.Name ?? '', MaximumRetryCount: request.RestartPolicy?.MaximumRetryCount ?? 0 };
  const wanted = completeHostConfig({ ...request, RestartPolicy: policy });
  checkRestartPolicy(policy);
  const warnings = checkResources(wanted, { cpus: d.config.cpus }, true);
  const c = findContainer(d.records, name);
  const fail = (text: string): never => {
    throw conflict(`Cannot update container ${c.id}: ${text}`);
  };
  if (c.state.status === 'removing' || c.state.status === 'dead') fail('container is marked for removal and cannot be "update"');
  const changed = joinResources(c.id, c.hostConfig, wanted);
  if (policy.Name !== '' && policy.Name !== 'no' && c.hostConfig.AutoRemove) {
    fail('Restart policy cannot be updated because AutoRemove is enabled for the container');
  }
  const hostConfig = { ...c.hostConfig, ...changed, ...(policy.Name === '' ? {} : { RestartPolicy: policy }) };
  d.records.commit(cause, (tx) => tx.update('containers', c.id, { hostConfig }));
  const task = d.live.container(c.id).task;
  if (task && c.state.status !== 'restarting') yield* task.update(resources(hostConfig));
  logContainerEvent(d, cause, freshContainer(d.records, c.id), 'update');
  return { Warnings: warnings.length === 0 ? null : warnings };
}
