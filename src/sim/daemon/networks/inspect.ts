import type { EndpointResource, NetworkInspect } from '../../api/types/network.ts';
import { compileGoRegex } from '../../lib/regex/go.ts';
import { rfc3339Nano } from '../clock.ts';
import { invalid } from '../errors.ts';
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
export function listNetworks(state: NetworkState, filters: ReadonlyMap<string, readonly string[]>): readonly NetworkInspect[] {
  for (const key of filters.keys()) if (!FILTERS.includes(key)) throw invalid(`invalid filter '${key}'`);
  const matches = networkFilter(state, filters);
  return state.deps.records
    .all('networks')
    .filter(matches)
    .map((network) => toJson(state, network, {}));
}

function networkFilter(state: NetworkState, filters: ReadonlyMap<string, readonly string[]>): (network: NetworkRecord) => boolean {
  const any = (key: string, fits: (value: string) => boolean) => {
    const values = filters.get(key);
    return !values || values.length === 0 || values.some(fits);
  };
  for (const type of filters.get('type') ?? []) {
    if (type !== 'custom' && type !== 'builtin') throw invalid(`invalid filter: 'type'='${type}'`);
  }
  return (network) =>
    any('driver', (value) => network.driver === value) &&
    any('id', (value) => network.id.startsWith(value)) &&
    any('name', (value) => nameMatches(network.name, value)) &&
    any('scope', (value) => network.scope === value) &&
    any('type', (value) => (value === 'builtin') === network.predefined) &&
    any('dangling', (value) => ['1', 'true'].includes(value) === (!network.predefined && endpointsOf(state, network.id).length === 0)) &&
    (filters.get('label') ?? []).every((text) => {
      const [key, ...value] = text.split('=');
      return key in network.labels && (value.length === 0 || network.labels[key] === value.join('='));
    });
}

/** Docker matches names by regular expression, and takes a broken one as plain text. */
function nameMatches(name: string, pattern: string): boolean {
  try {
    return compileGoRegex(pattern).test(name);
  } catch {
    return name.includes(pattern);
  }
}
