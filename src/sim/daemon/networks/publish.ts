/** Makes ports of a sandbox reachable from outside, and takes them away again. */
import type { Sim } from '../../kernel/sim.ts';
import { DaemonError, system } from '../errors.ts';
import type { ContainerRecord } from '../records.ts';
import { bridgeName } from './drivers/bridge.ts';
import { bindAddresses, portRequests } from './ports.ts';
import { startProxy, stopProxy } from './proxy.ts';
import type { LiveEndpoint, NetworkState, PublishedPort, Sandbox } from './state.ts';
import { driverNetwork, driverOf } from './state.ts';

export function exposedPorts(container: ContainerRecord): readonly string[] {
  return Object.keys(container.config.ExposedPorts ?? {});
}

/** Throws `driver failed programming external connectivity on endpoint ...` with nothing left behind. */
export function* publishPorts(state: NetworkState, sandbox: Sandbox, container: ContainerRecord, endpoint: LiveEndpoint): Sim<void> {
  const { host, records } = state.deps;
  const network = records.get('networks', endpoint.networkId);
  if (!network || !driverOf(state, network).publishes) return;
  const bridge = host.interface(bridgeName(driverNetwork(network)));
  const published: PublishedPort[] = [];
  // Seen from the first one on: a daemon that is killed halfway leaves what the next one can find.
  sandbox.ports = published;
  try {
    for (const request of portRequests(container.hostConfig, exposedPorts(container))) {
      if (request.proto !== 'tcp' && request.proto !== 'udp') throw system(`drydock: publishing ${request.proto} ports is not simulated`);
      const addresses = bindAddresses(request.hostAddress);
      const hostPort = state.ports.take(request, addresses);
      for (const hostAddress of addresses) {
        const target = {
          proto: request.proto,
          hostAddress,
          hostPort,
          containerAddress: endpoint.address,
          containerPort: request.port,
        } as const;
        let pid = 0;
        try {
          pid = yield* startProxy(target);
        } finally {
          if (pid === 0) for (const address of addresses) state.ports.give(request.proto, address, hostPort);
        }
        published.push({ proto: request.proto, port: request.port, hostAddress, hostPort, endpointAddress: endpoint.address, pid });
        if (bridge && !hostAddress.includes(':')) {
          host.nat.dnat.push({ proto: request.proto, hostAddress, hostPort, toAddress: endpoint.address, toPort: request.port, bridge });
          host.filter.published.add(`${endpoint.address}:${request.port}/${request.proto}`);
        }
      }
    }
  } catch (error) {
    yield* withdraw(state, published);
    sandbox.ports = [];
    if (!(error instanceof DaemonError)) throw error;
    throw new DaemonError(
      error.kind,
      `driver failed programming external connectivity on endpoint ${container.name} (${endpoint.id}): ${error.message}`,
    );
  }
}

export function* unpublishPorts(state: NetworkState, sandbox: Sandbox): Sim<void> {
  const ports = sandbox.ports;
  sandbox.ports = [];
  yield* withdraw(state, ports);
}

function* withdraw(state: NetworkState, ports: readonly PublishedPort[]): Sim<void> {
  const { host } = state.deps;
  for (const p of ports) {
    host.nat.removeDnat(
      (rule) =>
        rule.proto === p.proto &&
        rule.hostPort === p.hostPort &&
        rule.hostAddress === p.hostAddress &&
        rule.toAddress === p.endpointAddress,
    );
    host.filter.published.delete(`${p.endpointAddress}:${p.port}/${p.proto}`);
    state.ports.give(p.proto, p.hostAddress, p.hostPort);
    yield* stopProxy(p.pid);
  }
}
