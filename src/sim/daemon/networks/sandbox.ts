/** The network side of a container's start and end. */

import { Errno } from '../../kernel/errno.ts';
import type { NetNamespace } from '../../kernel/namespaces/namespaces.ts';
import type { Sim } from '../../kernel/sim.ts';
import { mkdirAll, readText, writeFile } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import { NetStack } from '../../net/stack.ts';
import { DaemonError, invalid, system } from '../errors.ts';
import { findContainer } from '../find.ts';
import { linksOf, linkTarget } from '../links.ts';
import type { ContainerNetworkRecord, ContainerRecord, EndpointRecord } from '../records.ts';
import type { NameView } from './dns.ts';
import { EMBEDDED_DNS, embeddedDns } from './dns.ts';
import { dnsNames, modeKind } from './endpoints.ts';
import { logNetworkEvent } from './events.ts';
import type { HostsLine } from './files.ts';
import { extraHosts, hostsFile, outsideServers, resolvConfFile } from './files.ts';
import { portMap } from './ports.ts';
import { exposedPorts, publishPorts, unpublishPorts } from './publish.ts';
import type { LiveEndpoint, NetworkState, Sandbox } from './state.ts';
import { driverNetwork, driverOf, endpointsOf, findNetwork, gatewayOf, newId } from './state.ts';

const SET_UP_FAILED = 'failed to set up container networking: ';

/** Joins the networks inside `netns`, publishes ports, writes hosts and resolv.conf. On failure nothing is left behind. */
export function* openSandbox(
  state: NetworkState,
  container: ContainerRecord,
  netns: NetNamespace,
  cause: Cause,
): Sim<ContainerNetworkRecord> {
  const kind = modeKind(container.hostConfig.NetworkMode);
  if (kind === 'container') return { sandboxId: '', sandboxKey: '', ports: {}, gatewayNetwork: '', endpoints: [] };
  const links = legacyLinks(state, container);
  const stack = netns.stack;
  if (!(stack instanceof NetStack)) throw system('the network namespace has no stack');
  const hostText = yield* readHostFile('/etc/resolv.conf');
  const id = newId(state);
  const sandbox: Sandbox = {
    id,
    key: `/var/run/docker/netns/${kind === 'host' ? 'default' : id.slice(0, 12)}`,
    containerId: container.id,
    stack,
    endpoints: new Map(),
    ports: [],
    gatewayNetwork: undefined,
    outsideServers: outsideServers(hostText, container.hostConfig),
    nextDevice: 0,
  };
  if (kind !== 'host') {
    stack.label = container.name;
    const lo = stack.interface('lo');
    if (lo) stack.setUp(lo, true);
  }
  const endpoints: EndpointRecord[] = [];
  try {
    for (const wish of container.network.endpoints) endpoints.push(joinNetwork(state, sandbox, container, wish, cause));
    state.sandboxes.set(container.id, sandbox);
    yield* chooseGateway(state, sandbox, container);
    yield* writeFiles(state, sandbox, container, hostText, links);
  } catch (error) {
    yield* tearDown(state, sandbox);
    if (!(error instanceof DaemonError)) throw error;
    throw new DaemonError(error.kind, SET_UP_FAILED + error.message);
  }
  return sandboxRecord(sandbox, container, endpoints);
}

export function sandboxRecord(sandbox: Sandbox, container: ContainerRecord, endpoints: readonly EndpointRecord[]): ContainerNetworkRecord {
  const bound = sandbox.ports.map((p) => ({
    port: p.port,
    proto: p.proto,
    binding: { HostIp: p.hostAddress, HostPort: String(p.hostPort) },
  }));
  const bridged = sandbox.gatewayNetwork !== undefined;
  return {
    sandboxId: sandbox.id,
    sandboxKey: sandbox.key,
    ports: bridged ? portMap(exposedPorts(container), bound) : {},
    gatewayNetwork: endpoints.find((e) => e.settings.NetworkID === sandbox.gatewayNetwork)?.network ?? '',
    endpoints,
  };
}

/** Gives addresses and ports back. Answers with the record of a container that is down. */
export function* closeSandbox(state: NetworkState, container: ContainerRecord, cause: Cause): Sim<ContainerNetworkRecord> {
  const sandbox = state.sandboxes.get(container.id);
  if (sandbox) {
    const left = [...sandbox.endpoints.keys()];
    yield* tearDown(state, sandbox);
    for (const networkId of left) {
      const network = state.deps.records.get('networks', networkId);
      if (network) logNetworkEvent(state, cause, network, 'disconnect', container.id);
    }
  }
  return { sandboxId: '', sandboxKey: '', ports: {}, gatewayNetwork: '', endpoints: container.network.endpoints.map(endpointDown) };
}

/** What stays of an endpoint when the container is down: the wishes and the network's id. */
function endpointDown(endpoint: EndpointRecord): EndpointRecord {
  return {
    ...endpoint,
    interface: '',
    settings: { ...endpoint.settings, MacAddress: '', EndpointID: '', Gateway: '', IPAddress: '', IPPrefixLen: 0 },
  };
}

function* tearDown(state: NetworkState, sandbox: Sandbox): Sim<void> {
  yield* unpublishPorts(state, sandbox);
  for (const endpoint of [...sandbox.endpoints.values()]) leaveNetwork(state, sandbox, endpoint);
  if (state.sandboxes.get(sandbox.containerId) === sandbox) state.sandboxes.delete(sandbox.containerId);
}

/** Sets one endpoint up. Throws notFound, `Address already in use` and the like. */
export function joinNetwork(
  state: NetworkState,
  sandbox: Sandbox,
  container: ContainerRecord,
  wish: EndpointRecord,
  cause: Cause,
): EndpointRecord {
  const network = findNetwork(state.deps.records, wish.network);
  const driver = driverOf(state, network);
  if (network.configOnly) throw new DaemonError('forbidden', 'cannot create endpoint on configuration-only network');
  const userDefined = !network.predefined;
  if (!userDefined && wish.settings.Aliases) throw invalid('network-scoped aliases are only supported for user-defined networks');
  const pool = state.pools.get(network.id);
  const id = newId(state);
  const names = userDefined
    ? dnsNames({ id: container.id, name: container.name, hostname: container.config.Hostname }, wish.settings.Aliases ?? [])
    : [];
  const links = new Map<string, string>();
  for (const link of wish.settings.Links ?? []) {
    const [target, alias = target] = link.split(':');
    links.set(alias, findContainer(state.deps.records, target).id);
  }
  const address = pool && driver.addresses ? pool.take(wish.settings.IPAMConfig?.IPv4Address || undefined, network.name, network.id) : '';
  const mac = driver.addresses
    ? driver.parentMac?.(driverNetwork(network)) || wish.desiredMacAddress || state.deps.host.world.randomMac()
    : '';
  const device = driver.addresses ? `eth${sandbox.nextDevice++}` : '';
  const bits = pool?.subnet.bits ?? 0;
  const endpoint: LiveEndpoint = {
    id,
    networkId: network.id,
    containerId: container.id,
    containerName: container.name,
    address,
    bits,
    mac,
    device,
    dnsNames: names,
    links,
  };
  try {
    driver.join(driverNetwork(network), { endpointId: id, address, bits, mac, device }, sandbox.stack);
  } catch (error) {
    if (address !== '') pool?.give(address);
    throw error;
  }
  sandbox.endpoints.set(network.id, endpoint);
  if (userDefined) sandbox.stack.serveUdp(EMBEDDED_DNS, 53, embeddedDns(nameView(state, sandbox)));
  logNetworkEvent(state, cause, network, 'connect', container.id);
  const gateway = driver.addresses && !network.internal ? (gatewayOf(network.pools[0]) ?? '') : '';
  return {
    network: wish.network,
    desiredMacAddress: wish.desiredMacAddress,
    interface: device,
    settings: {
      ...wish.settings,
      MacAddress: mac,
      NetworkID: network.id,
      EndpointID: id,
      Gateway: gateway,
      IPAddress: address,
      IPPrefixLen: address === '' ? 0 : bits,
      DNSNames: userDefined ? names : null,
    },
  };
}

export function leaveNetwork(state: NetworkState, sandbox: Sandbox, endpoint: LiveEndpoint): void {
  sandbox.endpoints.delete(endpoint.networkId);
  const network = state.deps.records.get('networks', endpoint.networkId);
  if (network) driverOf(state, network).leave(driverNetwork(network), endpoint.id);
  if (endpoint.address !== '') state.pools.get(endpoint.networkId)?.give(endpoint.address);
}

/** The default route goes by the endpoint with the highest priority, then the first network by name; ports follow it. */
export function* chooseGateway(state: NetworkState, sandbox: Sandbox, container: ContainerRecord): Sim<void> {
  // The host's own routes are none of a container's.
  if (modeKind(container.hostConfig.NetworkMode) === 'host') return;
  const candidates = [...sandbox.endpoints.values()].flatMap((endpoint) => {
    const network = state.deps.records.get('networks', endpoint.networkId);
    if (!network || network.internal || !driverOf(state, network).addresses) return [];
    const priority = container.network.endpoints.find((e) => e.network === network.name)?.settings.GwPriority ?? 0;
    return [{ endpoint, network, priority }];
  });
  candidates.sort((a, b) => b.priority - a.priority || (a.network.name < b.network.name ? -1 : 1));
  const [best] = candidates;
  if (best?.network.id === sandbox.gatewayNetwork && best !== undefined) return;
  yield* unpublishPorts(state, sandbox);
  sandbox.stack.routes.remove((route) => route.destination.bits === 0);
  sandbox.gatewayNetwork = best?.network.id;
  if (!best) return;
  const device = sandbox.stack.interface(best.endpoint.device);
  const gateway = gatewayOf(best.network.pools[0]);
  if (device && gateway) sandbox.stack.addDefaultRoute(gateway, device);
  yield* publishPorts(state, sandbox, container, best.endpoint);
}

/** Names as this sandbox sees them now. */
function nameView(state: NetworkState, sandbox: Sandbox): NameView {
  const { host, records } = state.deps;
  const userNetworks = () => [...sandbox.endpoints.values()].filter((e) => records.get('networks', e.networkId)?.predefined === false);
  return {
    addresses(name) {
      const wanted = name.toLowerCase();
      for (const own of userNetworks()) {
        const linked = own.links.get(name);
        const network = records.get('networks', own.networkId)?.name.toLowerCase();
        const plain = network !== undefined && wanted.endsWith(`.${network}`) ? wanted.slice(0, -network.length - 1) : wanted;
        const found = endpointsOf(state, own.networkId)
          .filter((e) =>
            linked !== undefined
              ? e.containerId === linked
              : e.dnsNames.some((n) => n.toLowerCase() === wanted || n.toLowerCase() === plain),
          )
          .map((e) => e.address);
        if (found.length > 0) return found;
      }
      return [];
    },
    nameOf(address) {
      for (const own of userNetworks()) {
        const found = endpointsOf(state, own.networkId).find((e) => e.address === address);
        if (found) return `${found.dnsNames[0]}.${records.get('networks', own.networkId)?.name}`;
      }
      return undefined;
    },
    upstream: () => (sandbox.gatewayNetwork === undefined ? [] : sandbox.outsideServers),
    forward: (server, data, timeout, answer) => host.exchangeUdp({ address: server, port: 53 }, data, timeout, answer),
    random: (bound) => host.world.scheduler.rng.below(bound),
  };
}

/** `--link` on the default bridge: names in /etc/hosts. Throws if the other is not there. */
function legacyLinks(state: NetworkState, container: ContainerRecord): readonly HostsLine[] {
  if (modeKind(container.hostConfig.NetworkMode) !== 'default') return [];
  return linksOf(container).map((link) => {
    const { name } = link;
    const other = linkTarget(state.deps.records, link);
    if (other.state.status !== 'running' && other.state.status !== 'paused') {
      throw invalid(`Cannot link to a non running container: /${other.name} AS /${container.name}/${name}`);
    }
    const bridge = other.network.endpoints.find((e) => e.network === 'bridge');
    if (!bridge) throw invalid(`container ${other.id} not attached to default bridge network`);
    return { address: bridge.settings.IPAddress, names: [...new Set([name, other.config.Hostname, other.name])] };
  });
}

export function containerFile(state: NetworkState, containerId: string, name: 'hosts' | 'resolv.conf' | 'hostname'): string {
  return `${state.deps.root}/containers/${containerId}/${name}`;
}

/** The container's own line of /etc/hosts for one endpoint. */
export function hostsLine(endpoint: LiveEndpoint, container: ContainerRecord): HostsLine {
  const { Hostname: host, Domainname: domain } = container.config;
  return { address: endpoint.address, names: domain === '' ? [host] : [`${host}.${domain}`, host] };
}

function* readHostFile(path: string): Sim<string> {
  try {
    return yield* readText(path);
  } catch (error) {
    if (error instanceof Errno) return '';
    throw error;
  }
}

function* writeFiles(
  state: NetworkState,
  sandbox: Sandbox,
  container: ContainerRecord,
  hostText: string,
  links: readonly HostsLine[],
): Sim<void> {
  const { hostConfig } = container;
  const kind = modeKind(hostConfig.NetworkMode);
  const userDefined = [...sandbox.endpoints.values()].some((e) => state.deps.records.get('networks', e.networkId)?.predefined === false);
  const own = [...sandbox.endpoints.values()].filter((e) => e.address !== '').map((e) => hostsLine(e, container));
  const extra = extraHosts(hostConfig, gatewayOf(state.deps.records.all('networks').find((n) => n.name === 'bridge')?.pools[0]) ?? '');
  const hosts =
    kind === 'host'
      ? (yield* readHostFile('/etc/hosts')) + extra.map((line) => `${line.address}\t${line.names.join(' ')}\n`).join('')
      : hostsFile(extra, [...own, ...links]);
  yield* mkdirAll(`${state.deps.root}/containers/${container.id}`);
  yield* writeFile(containerFile(state, container.id, 'hosts'), hosts);
  yield* writeFile(
    containerFile(state, container.id, 'resolv.conf'),
    resolvConfFile(hostText, hostConfig, userDefined ? EMBEDDED_DNS : undefined),
  );
  yield* writeFile(containerFile(state, container.id, 'hostname'), `${container.config.Hostname}\n`);
}
