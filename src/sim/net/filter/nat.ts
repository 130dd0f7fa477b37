/**
 * Address translation as docker sets it up with iptables: DNAT for published ports, MASQUERADE for what leaves a
 * bridge network, and the connection tracking that translates the answers back.
 */

import type { Cidr } from '../ip/address.ts';
import { cidrContains, parseIpv4 } from '../ip/address.ts';
import type { NetInterface } from '../link/interface.ts';
import type { Packet } from '../packet.ts';
import { portsOf } from '../packet.ts';

export interface DnatRule {
  readonly proto: 'tcp' | 'udp';
  /** '0.0.0.0' for any address of the machine. */
  readonly hostAddress: string;
  readonly hostPort: number;
  readonly toAddress: string;
  readonly toPort: number;
  /** Packets that come from containers are left to docker-proxy. */
  readonly bridge: NetInterface;
}

export interface MasqueradeRule {
  readonly source: Cidr;
  /** Packets that stay on this bridge keep their address. */
  readonly bridge: NetInterface;
}

interface Tuple {
  readonly src: string;
  readonly dst: string;
  readonly sport: number;
  readonly dport: number;
}

/** Tracked connections at most (nf_conntrack_max is larger; idle ones make room here). */
const TRACKED_MAX = 8192;

const tupleOf = (packet: Packet): Tuple => {
  const [sport, dport] = portsOf(packet);
  return { src: packet.src, dst: packet.dst, sport, dport };
};
const key = (proto: string, t: Tuple) => `${proto} ${t.src}:${t.sport} ${t.dst}:${t.dport}`;
const reversed = (t: Tuple): Tuple => ({ src: t.dst, dst: t.src, sport: t.dport, dport: t.sport });

export function rewrite<P extends Packet>(packet: P, to: Tuple): P {
  const ports = packet.proto === 'icmp' ? { ident: to.sport } : { sport: to.sport, dport: to.dport };
  return { ...packet, src: to.src, dst: to.dst, ...ports };
}

export class NatTable {
  readonly dnat: DnatRule[] = [];
  readonly masquerade: MasqueradeRule[] = [];
  /** Tuple as it comes in -> tuple as it goes on. */
  readonly #tracked = new Map<string, Tuple>();

  get idle(): boolean {
    return this.dnat.length === 0 && this.masquerade.length === 0 && this.#tracked.size === 0;
  }

  /** The packet as a known connection continues it; undefined for a new connection. */
  known(packet: Packet): Packet | undefined {
    const to = this.#tracked.get(key(packet.proto, tupleOf(packet)));
    return to && rewrite(packet, to);
  }

  /** Where a new connection to this machine is sent on to. `from`: the interface it came in at, undefined for own packets. */
  destination(
    packet: Packet,
    from: NetInterface | undefined,
    isLocal: (address: string) => boolean,
  ): { readonly address: string; readonly port: number } | undefined {
    if (packet.proto === 'icmp' || !isLocal(packet.dst)) return undefined;
    if (packet.dst.startsWith('127.') || packet.dst.includes(':') || from?.kind === 'bridge') return undefined;
    const rule = this.dnat.find(
      (r) => r.proto === packet.proto && r.hostPort === packet.dport && (r.hostAddress === '0.0.0.0' || r.hostAddress === packet.dst),
    );
    return rule && { address: rule.toAddress, port: rule.toPort };
  }

  masquerades(source: string, out: NetInterface): boolean {
    const address = parseIpv4(source);
    return address !== null && this.masquerade.some((rule) => rule.bridge !== out && cidrContains(rule.source, address));
  }

  /** Remembers a translation; a source port that is taken by another connection is changed. Answers with the packet to send. */
  track(packet: Packet, original: Packet): Packet {
    const before = tupleOf(original);
    let after = tupleOf(packet);
    if (key('', before) === key('', after)) return packet;
    while (this.#tracked.has(key(packet.proto, reversed(after)))) {
      const sport = after.sport >= 60999 ? 32768 : after.sport + 1;
      after = { ...after, sport, dport: packet.proto === 'icmp' ? sport : after.dport };
    }
    if (this.#tracked.size >= TRACKED_MAX) {
      for (const old of [...this.#tracked.keys()].slice(0, TRACKED_MAX / 8)) this.#tracked.delete(old);
    }
    this.#tracked.set(key(packet.proto, before), after);
    this.#tracked.set(key(packet.proto, reversed(after)), reversed(before));
    return rewrite(packet, after);
  }

  /** An ICMP error about a translated packet, translated back for the one who sent that packet. */
  errorBack(packet: Packet & { readonly about: Packet }): Packet | undefined {
    const to = this.#tracked.get(key(packet.about.proto, reversed(tupleOf(packet.about))));
    if (!to) return undefined;
    return { ...packet, dst: to.dst, about: rewrite(packet.about, reversed(to)) } as Packet;
  }

  /** Takes rules away and forgets the connections that used them. */
  removeDnat(fits: (rule: DnatRule) => boolean): void {
    for (const rule of this.dnat.filter(fits)) {
      this.dnat.splice(this.dnat.indexOf(rule), 1);
      this.forget(rule.toAddress);
    }
  }

  /** Forgets all connections from or to an address. */
  forget(address: string): void {
    for (const [from, to] of this.#tracked) {
      if (to.src === address || to.dst === address || from.includes(` ${address}:`)) this.#tracked.delete(from);
    }
  }
}
