/** What is live in a daemon's networks: pools, sandboxes, ports. Records say what there is; this says how it runs. */

import type { RecordStore } from '../../lib/records.ts';
import { formatIpv4, parseCidr } from '../../net/ip/address.ts';
import type { NetStack } from '../../net/stack.ts';
import type { WallClock } from '../clock.ts';
import { invalid, notFound } from '../errors.ts';
import type { EventLog } from '../events.ts';
import { ID_STREAM } from '../ids.ts';
import type { DaemonTables, IpamPoolRecord, NetworkRecord } from '../records.ts';
import { BridgeDriver } from './drivers/bridge.ts';
import type { DriverNetwork, NetworkDriver } from './drivers/driver.ts';
import { MacvlanDriver } from './drivers/macvlan.ts';
import { hostDriver, nullDriver } from './drivers/shared.ts';
import type { AddressPool } from './ipam.ts';
import { PortAllocator } from './ports.ts';

/** What networks need of the rest of the daemon. */
export interface NetworkDeps {
  readonly records: RecordStore<DaemonTables>;
  readonly events: EventLog;
  /** The stack of the machine's own namespace. */
  readonly host: NetStack;
  readonly clock: WallClock;
  /** '/var/lib/docker'. */
  readonly root: string;
  /** docker0's address with its network ("bip"), '172.17.0.1/16' unless configured. */
  readonly bridgeAddress?: string;
}

export interface LiveEndpoint {
  readonly id: string;
  readonly networkId: string;
  readonly containerId: string;
  containerName: string;
  readonly address: string;
  readonly bits: number;
  readonly mac: string;
  readonly device: string;
  /** Names that others on the network can use; the first is the canonical one. */
  dnsNames: readonly string[];
  /** Names that only this container has for others: alias -> container id. */
  readonly links: ReadonlyMap<string, string>;
}

export interface PublishedPort {
  readonly proto: string;
  readonly port: number;
  readonly hostAddress: string;
  readonly hostPort: number;
  readonly endpointAddress: string;
  /** docker-proxy. */
  readonly pid: number;
}

export interface Sandbox {
  readonly id: string;
  readonly key: string;
  readonly containerId: string;
  readonly stack: NetStack;
  /** By network id, in the order of joining. */
  readonly endpoints: Map<string, LiveEndpoint>;
  ports: readonly PublishedPort[];
  /** Network whose endpoint carries the published ports and the default route. */
  gatewayNetwork: string | undefined;
  readonly outsideServers: readonly string[];
  /** Devices are numbered once and not again. */
  nextDevice: number;
}

export interface NetworkState {
  readonly deps: NetworkDeps;
  readonly drivers: ReadonlyMap<string, NetworkDriver>;
  readonly pools: Map<string, AddressPool>;
  /** Networks whose subnet the daemon chose: they take no `--ip`. */
  readonly chosenPools: Set<string>;
  readonly sandboxes: Map<string, Sandbox>;
  readonly ports: PortAllocator;
}

export function createState(deps: NetworkDeps): NetworkState {
  const drivers: NetworkDriver[] = [
    new BridgeDriver(deps.host),
    new MacvlanDriver('macvlan', deps.host),
    new MacvlanDriver('ipvlan', deps.host),
    hostDriver,
    nullDriver,
  ];
  return {
    deps,
    drivers: new Map(drivers.map((driver) => [driver.name, driver])),
    pools: new Map(),
    chosenPools: new Set(),
    sandboxes: new Map(),
    ports: new PortAllocator(),
  };
}

export function driverOf(state: NetworkState, network: NetworkRecord): NetworkDriver {
  const driver = state.drivers.get(network.driver);
  if (!driver) throw notFound(`could not find plugin ${network.driver} in v1 plugin registry: plugin not found`);
  return driver;
}

/** The gateway that a pool has in effect: the one that was asked for, or the first address. */
export function gatewayOf(pool: IpamPoolRecord | undefined): string | undefined {
  if (!pool) return undefined;
  if (pool.gateway !== '') return pool.gateway.split('/')[0];
  const range = parseCidr(pool.ipRange === '' ? pool.subnet : pool.ipRange);
  return range ? formatIpv4(range.base + 1) : undefined;
}

export function driverNetwork(network: NetworkRecord): DriverNetwork {
  const pool = network.pools[0];
  return {
    id: network.id,
    name: network.name,
    options: network.options,
    internal: network.internal,
    subnet: pool?.subnet,
    gateway: gatewayOf(pool),
  };
}

/** By full id, then name, then a prefix of the id. */
export function findNetwork(records: RecordStore<DaemonTables>, nameOrId: string): NetworkRecord {
  const found = tryFindNetwork(records, nameOrId);
  if (!found) throw notFound(`network ${nameOrId} not found`);
  return found;
}

export function tryFindNetwork(records: RecordStore<DaemonTables>, nameOrId: string): NetworkRecord | undefined {
  const exact = records.get('networks', nameOrId);
  if (exact) return exact;
  const all = records.all('networks');
  const named = all.filter((network) => network.name === nameOrId);
  if (named.length > 1) throw invalid(`network ${nameOrId} is ambiguous (${named.length} matches found based on name)`);
  if (named.length === 1) return named[0];
  const prefixed = nameOrId === '' ? [] : all.filter((network) => network.id.startsWith(nameOrId));
  if (prefixed.length > 1) throw invalid(`network ${nameOrId} is ambiguous (${prefixed.length} matches found based on ID prefix)`);
  return prefixed[0];
}

/** 64 hex digits from the world's random numbers. */
export function newId(state: NetworkState): string {
  return state.deps.host.world.scheduler.stream(ID_STREAM).hex(64);
}

/** Endpoints that are up in a network, in the order of joining. */
export function endpointsOf(state: NetworkState, networkId: string): readonly LiveEndpoint[] {
  const found: LiveEndpoint[] = [];
  for (const sandbox of state.sandboxes.values()) {
    const endpoint = sandbox.endpoints.get(networkId);
    if (endpoint) found.push(endpoint);
  }
  return found;
}
