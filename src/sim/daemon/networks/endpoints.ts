/** What a container's endpoints shall be, before anything is set up: the checks of `docker create` and `docker network connect`. */
import type { EndpointSettings } from '../../api/types/common.ts';
import type { HostConfig } from '../../api/types/container.ts';
import { cidrContains, networkOf, parseCidr, parseIpv4 } from '../../net/ip/address.ts';
import { invalid } from '../errors.ts';
import { findContainer } from '../find.ts';
import type { EndpointRecord, NetworkRecord } from '../records.ts';
import type { NetworkState } from './state.ts';
import { tryFindNetwork } from './state.ts';

const NO_ENDPOINT: EndpointSettings = {
  IPAMConfig: null,
  Links: null,
  Aliases: null,
  MacAddress: '',
  DriverOpts: null,
  GwPriority: 0,
  NetworkID: '',
  EndpointID: '',
  Gateway: '',
  IPAddress: '',
  IPPrefixLen: 0,
  IPv6Gateway: '',
  GlobalIPv6Address: '',
  GlobalIPv6PrefixLen: 0,
  DNSNames: null,
};

export type NetworkModeKind = 'default' | 'host' | 'none' | 'container' | 'user';

export function modeKind(mode: string): NetworkModeKind {
  if (mode === '' || mode === 'default' || mode === 'bridge') return 'default';
  if (mode === 'host' || mode === 'none') return mode;
  return mode.startsWith('container:') ? 'container' : 'user';
}

/** The key of a mode in `NetworkSettings.Networks`. */
function modeNetwork(mode: string): string {
  return mode === '' || mode === 'default' ? 'bridge' : mode;
}

export function planEndpoints(
  state: NetworkState,
  container: { readonly id: string; readonly name: string; readonly hostname: string },
  hostConfig: HostConfig,
  wishes: Readonly<Record<string, Partial<EndpointSettings> | null>>,
): readonly EndpointRecord[] {
  const mode = hostConfig.NetworkMode;
  const kind = modeKind(mode);
  if (kind === 'container') {
    findContainer(state.deps.records, mode.slice('container:'.length));
    return [];
  }
  const first = modeNetwork(mode);
  const wanted = new Map<string, Partial<EndpointSettings>>();
  for (const [key, settings] of Object.entries(wishes)) wanted.set(key === 'default' ? 'bridge' : key, settings ?? {});
  if (wanted.size > 1 && (kind === 'host' || kind === 'none')) {
    throw invalid(
      kind === 'host'
        ? 'container cannot be connected to multiple networks with one of the networks in host mode'
        : 'container cannot be connected to multiple networks with one of the networks in private (none) mode',
    );
  }
  if (!wanted.has(first)) {
    // The mode may name a network by its id, and the endpoint by its name.
    const network = tryFindNetwork(state.deps.records, first);
    if (!network || ![network.name, network.id].some((key) => wanted.has(key))) {
      const rest = [...wanted];
      wanted.clear();
      wanted.set(first, {});
      for (const [key, settings] of rest) wanted.set(key, settings);
    }
  }
  return [...wanted].map(([key, settings]) => {
    const network = tryFindNetwork(state.deps.records, key);
    if (network) checkEndpoint(state, network, settings);
    return planEndpoint(network, key, settings, container);
  });
}

/** An endpoint as a container that is down shows it. */
export function planEndpoint(
  network: NetworkRecord | undefined,
  key: string,
  settings: Partial<EndpointSettings>,
  container: { readonly id: string; readonly name: string; readonly hostname: string },
): EndpointRecord {
  const ipam = settings.IPAMConfig && Object.keys(settings.IPAMConfig).length > 0 ? settings.IPAMConfig : settings.IPAMConfig ? {} : null;
  const aliases = settings.Aliases && settings.Aliases.length > 0 ? settings.Aliases : null;
  const named = network !== undefined && !network.predefined;
  return {
    network: network && network.id === key ? network.name : key,
    desiredMacAddress: settings.MacAddress ?? '',
    interface: '',
    settings: {
      ...NO_ENDPOINT,
      IPAMConfig: ipam,
      Links: settings.Links && settings.Links.length > 0 ? settings.Links : null,
      Aliases: aliases,
      DriverOpts: settings.DriverOpts && Object.keys(settings.DriverOpts).length > 0 ? settings.DriverOpts : null,
      GwPriority: settings.GwPriority ?? 0,
      DNSNames: named ? dnsNames(container, aliases ?? []) : null,
    },
  };
}

/** Container name, aliases, short id, host name: each once. */
export function dnsNames(
  container: { readonly id: string; readonly name: string; readonly hostname: string },
  aliases: readonly string[],
): readonly string[] {
  return [...new Set([container.name, ...aliases, container.id.slice(0, 12), container.hostname])].filter((name) => name !== '');
}

/** Throws `invalid config for network NAME: invalid endpoint settings: ...` with everything that is wrong. */
export function checkEndpoint(state: NetworkState, network: NetworkRecord, settings: Partial<EndpointSettings>): void {
  const problems: string[] = [];
  const address = settings.IPAMConfig?.IPv4Address ?? '';
  if (address !== '') {
    const userDefined = !network.predefined;
    if (!userDefined) problems.push('user specified IP address is supported on user defined networks only');
    const value = parseIpv4(address);
    if (value === null || value === 0) problems.push(`invalid IPv4 address: ${address}`);
    const configured = userDefined && !state.chosenPools.has(network.id) ? network.pools : [];
    if (configured.length === 0) {
      problems.push('user specified IP address is supported only when connecting to networks with user configured subnets');
    } else if (
      value === null ||
      !configured.some((pool) => {
        const subnet = parseCidr(pool.subnet);
        return subnet !== null && cidrContains(networkOf(subnet), value);
      })
    ) {
      problems.push(`no configured subnet or ip-range contain the IP address ${address}`);
    }
  }
  if (problems.length === 0) return;
  const list = problems.length === 1 ? problems[0] : problems.map((problem) => `* ${problem}`).join('\n');
  throw invalid(`invalid config for network ${network.name}: invalid endpoint settings:\n${list}`);
}
