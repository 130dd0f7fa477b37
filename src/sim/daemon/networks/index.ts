/** Networks of one daemon: what the containers' verbs need (`NetworkServices`) and what the API's router needs. */
import type { EndpointSettings } from '../../api/types/common.ts';
import type { NetworkCreateRequest, NetworkCreateResponse, NetworkInspect, NetworksPruneReport } from '../../api/types/network.ts';
import type { Filters } from '../../api/types/options.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { Cause } from '../../lib/records.ts';
import { formatCidr, formatIpv4, networkOf, parseCidr } from '../../net/ip/address.ts';
import type { NetworkRecord } from '../records.ts';
import type { NetworkServices } from '../services.ts';
import { connectNetwork, disconnectNetwork } from './connect.ts';
import { activateNetwork, addNetwork, createNetwork } from './create.ts';
import { dnsNames, planEndpoints } from './endpoints.ts';
import { inspectNetwork, listNetworks } from './inspect.ts';
import { pruneNetworks, removeNetwork } from './remove.ts';
import { closeSandbox, openSandbox } from './sandbox.ts';
import type { NetworkDeps, NetworkState } from './state.ts';
import { createState, newId } from './state.ts';

export type { NetworkDeps } from './state.ts';

export interface Networks extends NetworkServices {
  /** At the daemon's start: makes bridge, host and none when they are not there. */
  start(cause: Cause): void;
  networkList(filters: Filters): Sim<readonly NetworkInspect[]>;
  networkInspect(nameOrId: string, scope: string): Sim<NetworkInspect>;
  networkCreate(request: NetworkCreateRequest, cause: Cause): Sim<NetworkCreateResponse>;
  networkConnect(network: string, container: string, endpoint: Partial<EndpointSettings>, cause: Cause): Sim<void>;
  networkDisconnect(network: string, container: string, force: boolean, cause: Cause): Sim<void>;
  networkRemove(nameOrId: string, cause: Cause): Sim<void>;
  networksPrune(filters: Filters, cause: Cause): Sim<NetworksPruneReport>;
}

export function createNetworks(deps: NetworkDeps): Networks {
  const state = createState(deps);
  return {
    start: (cause) => addDefaultNetworks(state, cause),
    planEndpoints: (container, hostConfig, wishes) => planEndpoints(state, container, hostConfig, wishes),
    openSandbox: (container, netns, cause) => openSandbox(state, container, netns, cause),
    closeSandbox: (container, cause) => closeSandbox(state, container, cause),
    renamed(container, oldName) {
      for (const endpoint of state.sandboxes.get(container.id)?.endpoints.values() ?? []) {
        if (endpoint.containerName !== oldName) continue;
        endpoint.containerName = container.name;
        if (endpoint.dnsNames.length === 0) continue;
        const aliases = container.network.endpoints.find((e) => e.settings.EndpointID === endpoint.id)?.settings.Aliases ?? [];
        endpoint.dnsNames = dnsNames({ id: container.id, name: container.name, hostname: container.config.Hostname }, aliases);
      }
    },
    *networkList(filters) {
      return listNetworks(state, filters);
    },
    *networkInspect(nameOrId) {
      return inspectNetwork(state, nameOrId);
    },
    *networkCreate(request, cause) {
      return createNetwork(state, request, cause);
    },
    networkConnect: (network, container, endpoint, cause) => connectNetwork(state, network, container, endpoint, cause),
    networkDisconnect: (network, container, force, cause) => disconnectNetwork(state, network, container, force, cause),
    *networkRemove(nameOrId, cause) {
      removeNetwork(state, nameOrId, cause);
    },
    *networksPrune(filters, cause) {
      return pruneNetworks(state, filters, cause);
    },
  };
}

function addDefaultNetworks(state: NetworkState, cause: Cause): void {
  const { records, host } = state.deps;
  const bridgeAddress = parseCidr(state.deps.bridgeAddress ?? '172.17.0.1/16');
  const make = (name: string, driver: string, more: Partial<NetworkRecord>): NetworkRecord => ({
    id: newId(state),
    name,
    createdAt: host.world.scheduler.now,
    scope: 'local',
    driver,
    enableIPv4: true,
    enableIPv6: false,
    ipamDriver: 'default',
    ipamOptions: null,
    pools: [],
    internal: false,
    attachable: false,
    ingress: false,
    configFrom: '',
    configOnly: false,
    options: {},
    labels: {},
    predefined: true,
    ...more,
  });
  for (const network of records.all('networks')) activateNetwork(state, network);
  const have = new Set(records.all('networks').map((network) => network.name));
  if (!have.has('none')) addNetwork(state, make('none', 'null', {}), cause);
  if (!have.has('host')) addNetwork(state, make('host', 'host', {}), cause);
  if (have.has('bridge') || !bridgeAddress) return;
  const pool = { subnet: formatCidr(networkOf(bridgeAddress)), ipRange: '', gateway: formatIpv4(bridgeAddress.base), auxAddresses: {} };
  const options = {
    'com.docker.network.bridge.default_bridge': 'true',
    'com.docker.network.bridge.enable_icc': 'true',
    'com.docker.network.bridge.enable_ip_masquerade': 'true',
    'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
    'com.docker.network.bridge.name': 'docker0',
    'com.docker.network.driver.mtu': '1500',
  };
  addNetwork(state, make('bridge', 'bridge', { pools: [pool], options }), cause);
}
