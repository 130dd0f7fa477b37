import type { SimTime } from '../../kernel/clock.ts';
import { cidrContains, parseIpv4 } from '../ip/address.ts';
import type { Packet } from '../packet.ts';

export type LinkKind = 'loopback' | 'device' | 'veth' | 'bridge' | 'macvlan' | 'dummy';

export interface InterfaceAddress {
  readonly address: string;
  readonly bits: number;
  /** '' for none. */
  readonly broadcast: string;
  readonly scope: 'global' | 'host' | 'link';
  /** 'eth0', or an alias such as 'eth0:1'. */
  readonly label: string;
}

export interface LinkCounters {
  rxBytes: number;
  rxPackets: number;
  txBytes: number;
  txPackets: number;
  rxDropped: number;
  txDropped: number;
}

/** Where a frame for some address ends up on the local segment, and what it passes. */
export interface SegmentPath {
  readonly target: NetInterface;
  /** Ports that the frame goes in and out of after leaving the sender, for counters and traces. */
  readonly through: readonly NetInterface[];
  readonly latency: SimTime;
  /** Bytes per second of the slowest part. */
  readonly bandwidth: number;
}

/** The stack that an interface belongs to, as far as links know it. */
export interface InterfaceOwner {
  receive(packet: Packet, from: NetInterface): void;
  /** For readers of traces: 'node1', or a container's name. */
  readonly label: string;
}

/** One end of a cable: a cable, a switch between machines, a veth pair. */
export interface Medium {
  /** Finds the interface with this address on the other side. `seen` stops loops. */
  find(address: string, from: NetInterface, seen: Set<NetInterface>): SegmentPath | undefined;
  /** Name shown after '@' in `ip a`, with the peer's index, if there is one. */
  peerOf(from: NetInterface): NetInterface | undefined;
}

export class NetInterface {
  name: string;
  readonly index: number;
  readonly kind: LinkKind;
  mac: string;
  mtu = 1500;
  up = false;
  readonly addresses: InterfaceAddress[] = [];
  owner: InterfaceOwner | undefined;
  medium: Medium | undefined;
  /** What sits on it and takes frames of its own from the wire: macvlan devices. */
  upper: { accept(address: string, seen: Set<NetInterface>): SegmentPath | undefined } | undefined;
  /** The bridge that it is a port of. */
  master: NetInterface | undefined;
  /** Ports, of a bridge. */
  readonly ports: NetInterface[] = [];
  readonly counters: LinkCounters = { rxBytes: 0, rxPackets: 0, txBytes: 0, txPackets: 0, rxDropped: 0, txDropped: 0 };
  /** IPv6 is off on it (docker's default for containers). */
  ipv6 = false;

  constructor(about: { name: string; index: number; kind: LinkKind; mac: string }) {
    this.name = about.name;
    this.index = about.index;
    this.kind = about.kind;
    this.mac = about.mac;
  }

  /** Frames can pass: it is up, and so is the other end; a bridge needs a port that carries. */
  get carrier(): boolean {
    if (!this.up) return false;
    if (this.kind === 'bridge') return this.ports.some((port) => port.carrier);
    if (this.kind === 'veth') return this.medium?.peerOf(this)?.up === true;
    return this.kind !== 'device' || this.medium !== undefined;
  }

  hasAddress(address: string): boolean {
    return this.addresses.some((a) => a.address === address);
  }

  /** Its address in the network of `address`, or its first one. */
  sourceFor(address: string): string | undefined {
    const wanted = parseIpv4(address);
    const near = this.addresses.find((a) => {
      const base = parseIpv4(a.address);
      return base !== null && wanted !== null && cidrContains({ base, bits: a.bits }, wanted);
    });
    return (near ?? this.addresses.find((a) => a.scope !== 'link'))?.address;
  }

  /** Where a frame for `address` goes when it is sent out of this interface. */
  find(address: string, seen: Set<NetInterface> = new Set()): SegmentPath | undefined {
    if (!this.up || seen.has(this)) return undefined;
    seen.add(this);
    if (this.kind === 'bridge') return findOnPorts(this, address, undefined, seen);
    return this.medium?.find(address, this, seen);
  }

  /** A frame that came in at this interface from its medium, looking for `address`. */
  accept(address: string, seen: Set<NetInterface>): SegmentPath | undefined {
    if (!this.up) return undefined;
    const bridge = this.master;
    if (!bridge) {
      if (this.hasAddress(address)) return { target: this, through: [], latency: 0, bandwidth: Number.POSITIVE_INFINITY };
      const path = this.upper?.accept(address, seen);
      return path && { ...path, through: [this, ...path.through] };
    }
    if (!bridge.up) return undefined;
    const path = bridge.hasAddress(address)
      ? { target: bridge, through: [], latency: 0, bandwidth: Number.POSITIVE_INFINITY }
      : findOnPorts(bridge, address, this, seen);
    return path && { ...path, through: [this, ...path.through] };
  }

  enslave(port: NetInterface): void {
    port.master = this;
    this.ports.push(port);
  }

  release(port: NetInterface): void {
    port.master = undefined;
    const at = this.ports.indexOf(port);
    if (at >= 0) this.ports.splice(at, 1);
  }
}

function findOnPorts(
  bridge: NetInterface,
  address: string,
  except: NetInterface | undefined,
  seen: Set<NetInterface>,
): SegmentPath | undefined {
  for (const port of bridge.ports) {
    if (port === except) continue;
    const path = port.find(address, seen);
    if (path) return { ...path, through: [port, ...path.through] };
  }
  return undefined;
}
