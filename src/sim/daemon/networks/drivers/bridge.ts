import { networkOf, parseCidr } from '../../../net/ip/address.ts';
import type { NetInterface } from '../../../net/link/interface.ts';
import { VethCable } from '../../../net/link/media.ts';
import type { NetStack } from '../../../net/stack.ts';
import { conflict, invalid } from '../../errors.ts';
import type { DriverNetwork, JoinRequest, NetworkDriver } from './driver.ts';

interface Joined {
  readonly host: NetInterface;
  readonly inside: NetInterface;
  readonly sandbox: NetStack;
}

const option = (network: DriverNetwork, name: string, fallback: string) => network.options[`com.docker.network.bridge.${name}`] ?? fallback;

function boolOption(network: DriverNetwork, name: string, fallback: boolean): boolean {
  const value = option(network, name, String(fallback));
  if (/^(1|t|T|true|TRUE|True)$/.test(value)) return true;
  if (/^(0|f|F|false|FALSE|False)$/.test(value)) return false;
  throw invalid(`invalid value for com.docker.network.bridge.${name}: strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`);
}

/** Linux bridges: 'docker0' for the default network, 'br-<12 digits>' for the others. */
export function bridgeName(network: DriverNetwork): string {
  return option(network, 'name', `br-${network.id.slice(0, 12)}`);
}

/** Veth pairs into a bridge of the host, with masquerading to the outside. */
export class BridgeDriver implements NetworkDriver {
  readonly name = 'bridge';
  readonly scope = 'local';
  readonly single = false;
  readonly addresses = true;
  readonly publishes = true;
  readonly #host: NetStack;
  /** Network id -> name of its bridge. */
  readonly #bridges = new Map<string, string>();
  readonly #joined = new Map<string, Joined>();

  constructor(host: NetStack) {
    this.#host = host;
  }

  createNetwork(network: DriverNetwork): void {
    const host = this.#host;
    const name = bridgeName(network);
    const icc = boolOption(network, 'enable_icc', true);
    const masquerade = boolOption(network, 'enable_ip_masquerade', true);
    // A daemon that starts again finds its own.
    if ([...this.#bridges].some(([id, bridge]) => bridge === name && id !== network.id)) throw conflict('networks have same bridge name');
    this.#bridges.set(network.id, name);
    const bridge = host.interface(name) ?? host.addInterface(name, 'bridge');
    host.setUp(bridge, true);
    const subnet = parseCidr(network.subnet ?? '');
    if (subnet && network.gateway && !bridge.hasAddress(network.gateway)) host.addAddress(bridge, network.gateway, subnet.bits);
    this.#forgetRules(bridge);
    host.filter.bridges.push({ bridge, icc, internal: network.internal });
    if (subnet && masquerade && !network.internal) host.nat.masquerade.push({ source: networkOf(subnet), bridge });
    host.forwarding = true;
  }

  removeNetwork(network: DriverNetwork): void {
    const host = this.#host;
    this.#bridges.delete(network.id);
    const bridge = host.interface(bridgeName(network));
    if (!bridge) return;
    this.#forgetRules(bridge);
    host.removeInterface(bridge);
  }

  #forgetRules(bridge: NetInterface): void {
    const { filter, nat } = this.#host;
    for (const list of [filter.bridges, nat.masquerade] as { bridge: NetInterface }[][]) {
      const at = list.findIndex((rule) => rule.bridge === bridge);
      if (at >= 0) list.splice(at, 1);
    }
  }

  join(network: DriverNetwork, request: JoinRequest, sandbox: NetStack): void {
    const host = this.#host;
    const bridge = host.interface(bridgeName(network));
    if (!bridge) throw invalid(`could not find bridge ${bridgeName(network)}`);
    const outside = host.addInterface(`veth${host.world.scheduler.rng.hex(7)}`, 'veth');
    const inside = sandbox.addInterface(request.device, 'veth', request.mac);
    new VethCable(outside, inside);
    bridge.enslave(outside);
    host.setUp(outside, true);
    sandbox.addAddress(inside, request.address, request.bits);
    sandbox.setUp(inside, true);
    this.#joined.set(request.endpointId, { host: outside, inside, sandbox });
  }

  leave(_network: DriverNetwork, endpointId: string): void {
    const joined = this.#joined.get(endpointId);
    if (!joined) return;
    this.#joined.delete(endpointId);
    for (const a of joined.inside.addresses) this.#host.nat.forget(a.address);
    joined.sandbox.removeInterface(joined.inside);
    this.#host.removeInterface(joined.host);
  }
}
