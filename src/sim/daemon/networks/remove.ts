import type { NetworksPruneReport } from '../../api/types/network.ts';
import type { Cause } from '../../lib/records.ts';
import { forbidden, invalid } from '../errors.ts';
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
export function pruneNetworks(state: NetworkState, filters: ReadonlyMap<string, readonly string[]>, cause: Cause): NetworksPruneReport {
  for (const key of filters.keys()) if (!['label', 'label!', 'until'].includes(key)) throw invalid(`invalid filter '${key}'`);
  const deleted: string[] = [];
  for (const network of state.deps.records.all('networks')) {
    if (network.predefined || endpointsOf(state, network.id).length > 0) continue;
    const has = (text: string) => {
      const [key, ...value] = text.split('=');
      return key in network.labels && (value.length === 0 || network.labels[key] === value.join('='));
    };
    if (!(filters.get('label') ?? []).every(has) || (filters.get('label!') ?? []).some(has)) continue;
    if (!(filters.get('until') ?? []).every((until) => createdBefore(state, network, until))) continue;
    drop(state, network, cause);
    deleted.push(network.name);
  }
  state.deps.events.log(cause, 'network', 'prune', { id: '', attributes: { reclaimed: '0' } });
  return { NetworksDeleted: deleted.length > 0 ? deleted : null };
}

/** `until` as Unix seconds ('1700000000.5') or a Go duration back from now ('24h', '1h30m'). */
function createdBefore(state: NetworkState, network: NetworkRecord, until: string): boolean {
  const now = state.deps.host.world.scheduler.now;
  if (/^\d+(\.\d+)?$/.test(until)) return state.deps.clock.epochUs + network.createdAt < Number(until) * 1_000_000;
  const units: Readonly<Record<string, number>> = { h: 3_600_000_000, m: 60_000_000, s: 1_000_000, ms: 1000 };
  let back = 0;
  for (const [, count, unit] of until.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)) back += Number(count) * units[unit];
  return network.createdAt < now - back;
}
