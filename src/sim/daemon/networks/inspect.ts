import type { EndpointResource, NetworkInspect } from '../../api/types/network.ts';
import type { Filters } from '../../api/types/options.ts';
import { rfc3339Nano } from '../clock.ts';
import { invalid, system } from '../errors.ts';
import { checkFilters, exactMatch, filterValues, labelMatch, patternMatch } from '../filters.ts';
import type { NetworkRecord } from '../records.ts';
import type { NetworkState } from './state.ts';
import { endpointsOf, findNetwork } from './state.ts';

/** `docker network inspect`. */
export function inspectNetwork(state: NetworkState, nameOrId: string): NetworkInspect {
  const network = findNetwork(state.deps.records, nameOrId);
  const containers: Record<string, EndpointResource> = {};
  for (const e of [...endpointsOf(state, network.id)].sort((a, b) => (a.containerId < b.containerId ? -1 : 1))) {
    containers[e.containerId] = {
      Name: e.containerName,
      EndpointID: e.id,
      MacAddress: e.mac,
      IPv4Address: e.address === '' ? '' : `${e.address}/${e.bits}`,
      IPv6Address: '',
    };
  }
  return toJson(state, network, containers);
}

function toJson(state: NetworkState, network: NetworkRecord, containers: Readonly<Record<string, EndpointResource>>): NetworkInspect {
  const pools = network.pools.map((pool) => ({
    Subnet: pool.subnet,
    ...(pool.ipRange === '' ? {} : { IPRange: pool.ipRange }),
    ...(pool.gateway === '' ? {} : { Gateway: pool.gateway }),
    ...(Object.keys(pool.auxAddresses).length === 0 ? {} : { AuxiliaryAddresses: pool.auxAddresses }),
  }));
  return {
    Name: network.name,
    Id: network.id,
    Created: rfc3339Nano(state.deps.clock, network.createdAt),
    Scope: network.scope,
    Driver: network.driver,
    EnableIPv4: network.enableIPv4,
    EnableIPv6: network.enableIPv6,
    IPAM: { Driver: network.ipamDriver, Options: network.ipamOptions, Config: pools.length > 0 ? pools : null },
    Internal: network.internal,
    Attachable: network.attachable,
    Ingress: network.ingress,
    ConfigFrom: { Network: network.configFrom },
    ConfigOnly: network.configOnly,
    Containers: containers,
    Options: network.options,
    Labels: network.labels,
  };
}

const FILTERS = ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type'];

/** `docker network ls`. Containers are left out, as Docker leaves them out of the list. */
export function listNetworks(state: NetworkState, filters: Filters): readonly NetworkInspect[] {
  checkFilters(filters, FILTERS);
  const unused = danglingFilter(filters);
  const types = filterValues(filters, 'type');
  const odd = types.find((type) => type !== 'custom' && type !== 'builtin');
  if (odd !== undefined) throw system(`invalid filter: 'type'='${odd}'`);
  const isUnused = (network: NetworkRecord): boolean => !network.predefined && endpointsOf(state, network.id).length === 0;
  return state.deps.records
    .all('networks')
    .filter(
      (network) =>
        exactMatch(filters, 'driver', network.driver) &&
        patternMatch(filters, 'name', network.name) &&
        patternMatch(filters, 'id', network.id) &&
        labelMatch(filters, 'label', network.labels) &&
        exactMatch(filters, 'scope', network.scope) &&
        exactMatch(filters, 'type', network.predefined ? 'builtin' : 'custom') &&
        (unused === undefined || isUnused(network) === unused),
    )
    .map((network) => toJson(state, network, {}));
}

/** `dangling` has words of its own here. */
function danglingFilter(filters: Filters): boolean | undefined {
  const values = filterValues(filters, 'dangling');
  if (values.length === 0) return undefined;
  if (values.length > 1) throw invalid('got more than one value for filter key "dangling"');
  if (['1', 'true'].includes(values[0])) return true;
  if (['0', 'false'].includes(values[0])) return false;
  throw invalid(`invalid value for filter 'dangling', must be "true" (or "1"), or "false" (or "0")`);
}
