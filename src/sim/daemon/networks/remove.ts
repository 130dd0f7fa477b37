import type { NetworksPruneReport } from '../../api/types/network.ts';
import type { Filters } from '../../api/types/options.ts';
import type { Cause } from '../../lib/records.ts';
import { forbidden } from '../errors.ts';
import { checkFilters, pruneLabelMatch, untilFilter } from '../filters.ts';
import type { NetworkRecord } from '../records.ts';
import { logNetworkEvent } from './events.ts';
import type { NetworkState } from './state.ts';
import { driverNetwork, endpointsOf, findNetwork } from './state.ts';

/** `docker network rm`. */
export function removeNetwork(state: NetworkState, nameOrId: string, cause: Cause): void {
  const network = findNetwork(state.deps.records, nameOrId);
  if (network.predefined) throw forbidden(`${network.name} is a pre-defined network and cannot be removed`);
  if (network.configOnly && state.deps.records.all('networks').some((other) => other.configFrom === network.name))
    throw forbidden(`configuration network ${JSON.stringify(network.name)} is in use`);
  const active = endpointsOf(state, network.id);
  if (active.length > 0) {
    const list = active.map((e) => `name:"${e.containerName}" id:"${e.id.slice(0, 12)}"`).join(', ');
    throw forbidden(`error while removing network: network ${network.name} has active endpoints (${list})`);
  }
  drop(state, network, cause);
}

function drop(state: NetworkState, network: NetworkRecord, cause: Cause): void {
  state.drivers.get(network.driver)?.removeNetwork(driverNetwork(network));
  state.pools.delete(network.id);
  state.deps.records.commit(cause, (tx) => tx.remove('networks', network.id));
  logNetworkEvent(state, cause, network, 'destroy');
}

/** `docker network prune`: user-defined networks that no running container is on. Filters: label, label!, until. */
export function pruneNetworks(state: NetworkState, filters: Filters, cause: Cause): NetworksPruneReport {
  checkFilters(filters, ['label', 'label!', 'until']);
  const { records, clock, host, events } = state.deps;
  const until = untilFilter(filters, clock.epochUs + host.world.scheduler.now);
  const unused = records.all('networks').filter((network) => {
    if (network.predefined || network.configOnly || endpointsOf(state, network.id).length > 0) return false;
    if (until !== undefined && clock.epochUs + network.createdAt > until) return false;
    return pruneLabelMatch(filters, network.labels);
  });
  for (const network of unused) drop(state, network, cause);
  events.log(cause, 'network', 'prune', { id: '', attributes: { reclaimed: '0' } });
  return { NetworksDeleted: unused.length > 0 ? unused.map((network) => network.name) : null };
}
