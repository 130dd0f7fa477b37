import type { NetworkCreateRequest, NetworkCreateResponse } from '../../api/types/network.ts';
import type { Cause } from '../../lib/records.ts';
import type { Cidr } from '../../net/ip/address.ts';
import { cidrContains, formatCidr, networkOf, parseCidr, parseIpv4 } from '../../net/ip/address.ts';
import { conflict, forbidden, invalid, notFound, unavailable } from '../errors.ts';
import type { IpamPoolRecord, NetworkRecord } from '../records.ts';
import { logNetworkEvent } from './events.ts';
import { AddressPool, choosePool } from './ipam.ts';
import type { NetworkState } from './state.ts';
import { driverNetwork, gatewayOf, newId } from './state.ts';

const PREDEFINED = ['bridge', 'host', 'none', 'default'];
const NOT_A_MANAGER =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';

/** `docker network create`. */
export function createNetwork(state: NetworkState, request: NetworkCreateRequest, cause: Cause): NetworkCreateResponse {
  const { records } = state.deps;
  const name = request.Name ?? '';
  if (name.trim() === '') throw invalid('invalid name: name is empty');
  if (PREDEFINED.includes(name)) throw forbidden(`operation is not permitted on predefined ${name} network `);
  const driver = request.Driver || 'bridge';
  if (driver === 'overlay' || (request.Scope === 'swarm' && !request.ConfigOnly)) throw unavailable(NOT_A_MANAGER);
  if (records.all('networks').some((network) => network.name === name)) throw conflict(`network with name ${name} already exists`);
  const found = state.drivers.get(driver);
  if (!found) throw notFound(`could not find plugin ${driver} in v1 plugin registry: plugin not found`);
  if (found.single) throw forbidden(`only one instance of "${driver}" network is allowed`);
  if (request.EnableIPv6) throw invalid('drydock: IPv6 in container networks is not simulated');
  const network: NetworkRecord = {
    id: newId(state),
    name,
    createdAt: state.deps.host.world.scheduler.now,
    scope: 'local',
    driver,
    enableIPv4: request.EnableIPv4 !== false,
    enableIPv6: false,
    ipamDriver: request.IPAM?.Driver || 'default',
    ipamOptions: request.IPAM?.Options ?? null,
    pools: planPools(request),
    internal: request.Internal === true,
    attachable: request.Attachable === true,
    ingress: request.Ingress === true,
    configFrom: request.ConfigFrom?.Network ?? '',
    configOnly: request.ConfigOnly === true,
    options: request.Options ?? {},
    labels: request.Labels ?? {},
    predefined: false,
  };
  checkConfigUse(request);
  addNetwork(state, withConfiguration(state, network), cause);
  logNetworkEvent(state, cause, network, 'create');
  return { Id: network.id, Warning: '' };
}

/** A network of `--config-only` holds settings for others; one of `--config-from` has none of its own. */
function checkConfigUse(request: NetworkCreateRequest): void {
  const operator = request.Ingress || request.Internal || request.Attachable || (request.Scope ?? '') !== '';
  if (request.ConfigOnly && operator) {
    throw forbidden(
      'configuration network can only contain network specific fields. Network operator fields like [ ingress | internal | attachable | scope ] are not supported.',
    );
  }
  if (!request.ConfigFrom?.Network) return;
  if (request.ConfigOnly) throw forbidden('a configuration network cannot depend on another configuration network');
  const filled = (map: object | null | undefined): boolean => Object.keys(map ?? {}).length > 0;
  if (filled(request.Labels) || filled(request.IPAM?.Options) || (request.IPAM?.Config ?? []).length > 0)
    throw forbidden('user specified configurations are not supported if the network depends on a configuration network');
  if (filled(request.Options))
    throw forbidden('network driver options are not supported if the network depends on a configuration network');
}

function withConfiguration(state: NetworkState, network: NetworkRecord): NetworkRecord {
  if (network.configOnly) return { ...network, driver: 'null' };
  if (network.configFrom === '') return network;
  const source = state.deps.records.all('networks').find((other) => other.configOnly && other.name === network.configFrom);
  if (!source) throw notFound(`configuration network ${JSON.stringify(network.configFrom)} not found`);
  const { enableIPv4, ipamDriver, ipamOptions, pools, options, labels } = source;
  return { ...network, enableIPv4, ipamDriver, ipamOptions, pools, options, labels };
}

/** Takes the subnets, makes the driver's part and records it. Also used for the daemon's own networks. */
export function addNetwork(state: NetworkState, wanted: NetworkRecord, cause: Cause): void {
  const network = state.drivers.get(wanted.driver)?.addresses ? withPool(state, wanted) : wanted;
  activateNetwork(state, network);
  state.deps.records.commit(cause, (tx) => tx.insert('networks', network));
}

/** The live part of a recorded network: its addresses and its bridge. */
export function activateNetwork(state: NetworkState, network: NetworkRecord): void {
  const driver = state.drivers.get(network.driver);
  const pool = network.pools[0];
  if (pool && driver?.addresses) {
    const addresses = new AddressPool(pool.subnet, pool.ipRange);
    const gateway = gatewayOf(pool);
    if (gateway) addresses.take(gateway, network.name, network.id);
    for (const address of Object.values(pool.auxAddresses)) addresses.take(address, network.name, network.id);
    state.pools.set(network.id, addresses);
  }
  try {
    driver?.createNetwork(driverNetwork(network));
  } catch (error) {
    state.pools.delete(network.id);
    throw error;
  }
}

function withPool(state: NetworkState, network: NetworkRecord): NetworkRecord {
  const taken: Cidr[] = [...state.pools.values()].map((pool) => pool.subnet);
  const [pool] = network.pools;
  if (pool && pool.subnet !== '') {
    const subnet = parseCidr(pool.subnet);
    if (subnet && taken.some((other) => cidrContains(other, subnet.base) || cidrContains(subnet, other.base))) {
      throw forbidden('invalid pool request: Pool overlaps with other one on this address space');
    }
    return network;
  }
  const routes = state.deps.host.routes
    .list()
    .filter((route) => route.destination.bits > 0)
    .map((route) => route.destination);
  const subnet = choosePool([...taken, ...routes]);
  state.chosenPools.add(network.id);
  const chosen: IpamPoolRecord = { subnet, ipRange: '', gateway: '', auxAddresses: {} };
  return { ...network, pools: [{ ...chosen, gateway: gatewayOf(chosen) ?? '' }] };
}

function planPools(request: NetworkCreateRequest): readonly IpamPoolRecord[] {
  const problems: string[] = [];
  const pools = (request.IPAM?.Config ?? []).map((config): IpamPoolRecord => {
    const subnet = config.Subnet ?? '';
    const parsed = parseCidr(subnet);
    if (subnet !== '' && !parsed) problems.push(`invalid subnet ${subnet}: invalid CIDR block notation`);
    if (parsed) {
      const base = networkOf(parsed);
      if (base.base !== parsed.base) problems.push(`invalid subnet ${subnet}: it should be ${formatCidr(base)}`);
      const gateway = parseIpv4(config.Gateway ?? '');
      if (config.Gateway && gateway === null) problems.push(`invalid gateway ${config.Gateway}: invalid address`);
      if (gateway !== null && !cidrContains(base, gateway))
        problems.push(`invalid gateway ${config.Gateway}: parent subnet ${subnet} doesn't contain this address`);
      const range = parseCidr(config.IPRange ?? '');
      if (config.IPRange && !range) problems.push(`invalid ip-range ${config.IPRange}: invalid CIDR block notation`);
      if (range && !cidrContains(base, range.base))
        problems.push(`invalid ip-range ${config.IPRange}: parent subnet ${subnet} doesn't contain ip-range`);
    }
    return { subnet, ipRange: config.IPRange ?? '', gateway: config.Gateway ?? '', auxAddresses: config.AuxiliaryAddresses ?? {} };
  });
  if (problems.length === 1) throw invalid(`invalid network config:\n${problems[0]}`);
  if (problems.length > 1) throw invalid(`invalid network config:\n${problems.map((problem) => `* ${problem}`).join('\n')}`);
  return pools;
}
