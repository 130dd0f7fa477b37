import type { EndpointSettings } from '../../api/types/common.ts';
import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { appendFile, readText, writeFile } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import { forbidden, invalid, notFound } from '../errors.ts';
import { findContainer, freshContainer, tryFindContainer } from '../find.ts';
import type { ContainerRecord, EndpointRecord } from '../records.ts';
import { EMBEDDED_DNS } from './dns.ts';
import { checkEndpoint, modeKind, planEndpoint } from './endpoints.ts';
import { logNetworkEvent } from './events.ts';
import { resolvConfFile } from './files.ts';
import { chooseGateway, containerFile, hostsLine, joinNetwork, leaveNetwork, sandboxRecord } from './sandbox.ts';
import type { NetworkState } from './state.ts';
import { findNetwork } from './state.ts';

const HOST_CONFLICT = 'container cannot be disconnected from host network or connected to host network';
const NONE_CONFLICT = 'container cannot be connected to multiple networks with one of the networks in private (none) mode';
const SHARED_CONFLICT = 'container sharing network namespace with another container or host cannot be connected to any other network';

/** `docker network connect`. */
export function* connectNetwork(
  state: NetworkState,
  networkName: string,
  containerName: string,
  settings: Partial<EndpointSettings>,
  cause: Cause,
): Sim<void> {
  const { records } = state.deps;
  const network = findNetwork(records, networkName);
  const container = findContainer(records, containerName);
  const kind = modeKind(container.hostConfig.NetworkMode);
  if (kind === 'container') throw invalid(SHARED_CONFLICT);
  if (kind === 'host' || network.name === 'host') throw invalid(HOST_CONFLICT);
  const existing = container.network.endpoints;
  if (existing.some((e) => e.network === 'none') || (network.name === 'none' && existing.length > 0)) throw invalid(NONE_CONFLICT);
  if (existing.some((e) => e.network === network.name))
    throw forbidden(`endpoint with name ${container.name} already exists in network ${network.name}`);
  checkEndpoint(state, network, settings);
  const wish = planEndpoint(network, network.name, settings, {
    id: container.id,
    name: container.name,
    hostname: container.config.Hostname,
  });
  const sandbox = state.sandboxes.get(container.id);
  if (!sandbox) {
    saveEndpoints(state, container, [...existing, { ...wish, settings: { ...wish.settings, NetworkID: network.id } }], cause);
    return;
  }
  const joined = joinNetwork(state, sandbox, container, wish, cause);
  saveEndpoints(state, container, [...existing, joined], cause);
  const live = sandbox.endpoints.get(network.id);
  if (live && live.address !== '') {
    const line = hostsLine(live, container);
    yield* appendFile(containerFile(state, container.id, 'hosts'), `${line.address}\t${line.names.join(' ')}\n`);
  }
  yield* useEmbeddedDns(state, container);
  yield* settle(state, container.id, cause);
}

/** `docker network disconnect`. */
export function* disconnectNetwork(
  state: NetworkState,
  networkName: string,
  containerName: string,
  force: boolean,
  cause: Cause,
): Sim<void> {
  const { records } = state.deps;
  const network = findNetwork(records, networkName);
  const container = tryFindContainer(records, containerName);
  if (!container) throw notFound(force ? `endpoint ${containerName} not found` : `No such container: ${containerName}`);
  if (modeKind(container.hostConfig.NetworkMode) === 'host' || network.name === 'host') throw invalid(HOST_CONFLICT);
  const endpoint = container.network.endpoints.find((e) => e.network === network.name);
  if (!endpoint) throw forbidden(`container ${container.id} is not connected to network ${network.name}`);
  saveEndpoints(
    state,
    container,
    container.network.endpoints.filter((e) => e !== endpoint),
    cause,
  );
  const sandbox = state.sandboxes.get(container.id);
  const live = sandbox?.endpoints.get(network.id);
  if (!sandbox || !live) return;
  leaveNetwork(state, sandbox, live);
  logNetworkEvent(state, cause, network, 'disconnect', container.id);
  yield* removeHostsLine(state, container, live.address);
  yield* settle(state, container.id, cause);
}

function saveEndpoints(state: NetworkState, container: ContainerRecord, endpoints: readonly EndpointRecord[], cause: Cause): void {
  state.deps.records.commit(cause, (tx) => tx.update('containers', container.id, { network: { ...container.network, endpoints } }));
}

/** After a change of endpoints: gateway, ports, and what the record says of them. */
function* settle(state: NetworkState, containerId: string, cause: Cause): Sim<void> {
  const sandbox = state.sandboxes.get(containerId);
  if (!sandbox) return;
  yield* chooseGateway(state, sandbox, freshContainer(state.deps.records, containerId));
  const container = freshContainer(state.deps.records, containerId);
  state.deps.records.commit(cause, (tx) =>
    tx.update('containers', containerId, { network: sandboxRecord(sandbox, container, container.network.endpoints) }),
  );
}

/** A container that came from the default bridge gets docker's name server with its first user-defined network. */
function* useEmbeddedDns(state: NetworkState, container: ContainerRecord): Sim<void> {
  const path = containerFile(state, container.id, 'resolv.conf');
  const network = state.deps.records.get('containers', container.id)?.network;
  const userDefined = network?.endpoints.some((e) => state.deps.records.get('networks', e.settings.NetworkID)?.predefined === false);
  if (!userDefined) return;
  const text = yield* readText(path);
  if (text.includes(EMBEDDED_DNS)) return;
  yield* writeFile(path, resolvConfFile(text, container.hostConfig, EMBEDDED_DNS));
}

function* removeHostsLine(state: NetworkState, container: ContainerRecord, address: string): Sim<void> {
  const path = containerFile(state, container.id, 'hosts');
  try {
    const text = yield* readText(path);
    yield* writeFile(
      path,
      text
        .split('\n')
        .filter((line) => !line.startsWith(`${address}\t`))
        .join('\n'),
    );
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
}
