/** IP packets. They are plain data and never changed in place: NAT and routers make altered copies. */

export interface TcpFlags {
  readonly syn?: boolean;
  readonly ack?: boolean;
  readonly fin?: boolean;
  readonly rst?: boolean;
}

export type IcmpType = 'echo' | 'echoReply' | 'netUnreachable' | 'hostUnreachable' | 'portUnreachable' | 'adminProhibited' | 'timeExceeded';

interface IpHeader {
  readonly src: string;
  readonly dst: string;
  readonly ttl: number;
  /** Same for all copies of one packet on its way: hops are grouped by it. */
  readonly id: number;
}

export interface TcpSegment extends IpHeader {
  readonly proto: 'tcp';
  readonly sport: number;
  readonly dport: number;
  readonly flags: TcpFlags;
  readonly data: Uint8Array;
  /** Bytes that the sender's program has taken out of its receive buffer so far. */
  readonly consumed: number;
}

export interface UdpDatagram extends IpHeader {
  readonly proto: 'udp';
  readonly sport: number;
  readonly dport: number;
  readonly data: Uint8Array;
}

export interface IcmpMessage extends IpHeader {
  readonly proto: 'icmp';
  readonly type: IcmpType;
  /** Echo identifier and sequence. NAT translates the identifier as if it were a port. */
  readonly ident: number;
  readonly sequence: number;
  readonly data: Uint8Array;
  /** The packet that an error is about, as the router saw it. */
  readonly about: Packet | undefined;
}

export type Packet = TcpSegment | UdpDatagram | IcmpMessage;

/** Bytes on the wire, with Ethernet, IP and transport headers. */
export function packetSize(packet: Packet): number {
  const header = packet.proto === 'tcp' ? 66 : 42;
  return header + packet.data.length;
}

/** Ports for NAT and for hashing; an echo has its identifier on both sides. */
export function portsOf(packet: Packet): readonly [sport: number, dport: number] {
  return packet.proto === 'icmp' ? [packet.ident, packet.ident] : [packet.sport, packet.dport];
}

export function isIcmpError(packet: Packet): packet is IcmpMessage {
  return packet.proto === 'icmp' && packet.type !== 'echo' && packet.type !== 'echoReply';
}
