/** macvlan and ipvlan: containers on the wire of a host's interface, as if they were machines there. */
import type { NetInterface } from '../../../net/link/interface.ts';
import { MacvlanSegment } from '../../../net/link/media.ts';
import type { NetStack } from '../../../net/stack.ts';
import { invalid, system } from '../../errors.ts';
import type { DriverNetwork, JoinRequest, NetworkDriver } from './driver.ts';

interface Parent {
  readonly device: NetInterface;
  readonly segment: MacvlanSegment;
  /** Made by the driver: goes with the last network on it. */
  readonly made: boolean;
  readonly networks: Set<string>;
}

interface Joined {
  readonly inside: NetInterface;
  readonly sandbox: NetStack;
  readonly segment: MacvlanSegment;
}

const MODES = {
  macvlan: { option: 'macvlan_mode', known: ['bridge', 'private', 'vepa', 'passthru'], simulated: ['bridge'] },
  ipvlan: { option: 'ipvlan_mode', known: ['l2', 'l3', 'l3s'], simulated: ['l2'] },
} as const;
const VLAN_MAX = 4094;

export class MacvlanDriver implements NetworkDriver {
  readonly name: 'macvlan' | 'ipvlan';
  readonly scope = 'local';
  readonly single = false;
  readonly addresses = true;
  readonly publishes = false;
  readonly #host: NetStack;
  /** By the name of the host's interface. */
  readonly #parents = new Map<string, Parent>();
  readonly #joined = new Map<string, Joined>();

  constructor(name: 'macvlan' | 'ipvlan', host: NetStack) {
    this.name = name;
    this.#host = host;
  }

  createNetwork(network: DriverNetwork): void {
    const { option, known, simulated } = MODES[this.name];
    const mode = network.options[option] ?? simulated[0];
    if (!(known as readonly string[]).includes(mode))
      throw invalid(`requested ${this.name} mode '${mode}' is not valid, '${simulated[0]}' mode is the ${this.name} driver default`);
    if (!(simulated as readonly string[]).includes(mode)) throw invalid(`drydock: ${this.name} mode "${mode}" is not simulated`);
    const name = parentName(network);
    const parent = this.#parents.get(name) ?? this.#attach(name, network);
    parent.networks.add(network.id);
    this.#parents.set(name, parent);
  }

  #attach(name: string, network: DriverNetwork): Parent {
    const host = this.#host;
    const known = host.interface(name);
    const device = known ?? this.#makeParent(name, network);
    host.setUp(device, true);
    const segment = device.upper instanceof MacvlanSegment ? device.upper : new MacvlanSegment(device);
    return { device, segment, made: known === undefined, networks: new Set() };
  }

  /** A dummy interface for a network without a parent, a VLAN's for 'eth0.10'. */
  #makeParent(name: string, network: DriverNetwork): NetInterface {
    if (name === dummyName(network)) return this.#host.addInterface(name, 'dummy');
    const parts = name.split('.');
    if (parts.length === 1) throw system(`invalid subinterface vlan name ${name}, example formatting is eth0.10`);
    if (parts.length > 2)
      throw system(`required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10, instead received ${name}`);
    const [parent, vlan] = parts;
    if (!/^\d+$/.test(vlan)) throw system(`unable to parse a valid vlan id from: ${vlan} (ex. eth0.10 for vlan 10)`);
    if (!this.#host.interface(parent)) throw system(`-o parent interface was not found on the host: ${parent}`);
    if (Number(vlan) < 1 || Number(vlan) > VLAN_MAX) throw system(`vlan id must be between 1-4094, received: ${vlan}`);
    return this.#host.addInterface(name, 'device', this.#host.interface(parent)?.mac);
  }

  removeNetwork(network: DriverNetwork): void {
    const name = parentName(network);
    const parent = this.#parents.get(name);
    if (!parent) return;
    parent.networks.delete(network.id);
    if (parent.networks.size > 0) return;
    this.#parents.delete(name);
    if (parent.made) this.#host.removeInterface(parent.device);
  }

  /** ipvlan's endpoints all have their parent's. */
  parentMac(network: DriverNetwork): string | undefined {
    return this.name === 'ipvlan' ? this.#parents.get(parentName(network))?.device.mac : undefined;
  }

  join(network: DriverNetwork, request: JoinRequest, sandbox: NetStack): void {
    const parent = this.#parents.get(parentName(network));
    if (!parent) throw invalid(`could not find the parent of network ${network.name}`);
    const inside = sandbox.addInterface(request.device, 'macvlan', request.mac);
    parent.segment.plug(inside);
    sandbox.addAddress(inside, request.address, request.bits);
    sandbox.setUp(inside, true);
    this.#joined.set(request.endpointId, { inside, sandbox, segment: parent.segment });
  }

  leave(_network: DriverNetwork, endpointId: string): void {
    const joined = this.#joined.get(endpointId);
    if (!joined) return;
    this.#joined.delete(endpointId);
    joined.segment.unplug(joined.inside);
    joined.sandbox.removeInterface(joined.inside);
  }
}

function dummyName(network: DriverNetwork): string {
  return `dm-${network.id.slice(0, 12)}`;
}

function parentName(network: DriverNetwork): string {
  return network.options.parent || dummyName(network);
}
