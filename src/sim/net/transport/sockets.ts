import { Errno } from '../../kernel/errno.ts';
import type { NetWorld } from '../network.ts';
import type { IcmpMessage, IcmpType, Packet, TcpSegment, UdpDatagram } from '../packet.ts';
import { isIcmpError } from '../packet.ts';
import type { SocketBase } from './socketBase.ts';

/** net.ipv4.ip_local_port_range */
export const EPHEMERAL_FIRST = 32768;
export const EPHEMERAL_LAST = 60999;

export type TcpState = 'closed' | 'listen' | 'synSent' | 'synReceived' | 'established' | 'finWait' | 'closeWait' | 'lastAck' | 'timeWait';

/** What the transports need of the IP layer below them: the network stack of their namespace. */
export interface IpLayer {
  readonly world: NetWorld;
  readonly sockets: SocketTable;
  isLocal(address: string): boolean;
  isBroadcast(address: string): boolean;
  /** The address that packets to `destination` leave from. Throws ENETUNREACH. */
  sourceAddress(destination: string): string;
  send(packet: Packet): void;
}

/** The sockets as the table sees them: who takes what arrives. */
export interface TcpReceiver extends SocketBase {
  readonly proto: 'tcp';
  readonly state: TcpState;
  /** Bytes that wait to be read. */
  readonly queued: number;
  readonly unacknowledged: number;
  readonly backlog: number;
  arrived(segment: TcpSegment): void;
  unreachable(type: IcmpType): void;
  close(): void;
}

export interface UdpReceiver extends SocketBase {
  readonly proto: 'udp';
  readonly queued: number;
  arrived(datagram: UdpDatagram): void;
  unreachable(type: IcmpType, about: UdpDatagram): void;
  close(): void;
}

export interface IcmpReceiver {
  arrived(message: IcmpMessage): void;
}

function overlap(a: SocketBase, b: { address: string; domain: string; v6only: boolean }): boolean {
  if (a.local.address !== '' && b.address !== '') return a.local.address === b.address;
  if (a.domain === b.domain) return true;
  const six = a.domain === 'inet6' ? { any: a.local.address === '', v6only: a.v6only } : { any: b.address === '', v6only: b.v6only };
  return six.any && !six.v6only;
}

/** All sockets of one stack, found by their ports. */
export class SocketTable {
  readonly #stack: Pick<IpLayer, 'world' | 'isLocal' | 'isBroadcast' | 'send'>;
  /** Bound sockets, also those that listen. */
  readonly tcp = new Map<number, TcpReceiver[]>();
  readonly udp = new Map<number, UdpReceiver[]>();
  readonly icmp = new Set<IcmpReceiver>();
  /** 'local port remote address port' */
  readonly connections = new Map<string, TcpReceiver>();

  constructor(stack: Pick<IpLayer, 'world' | 'isLocal' | 'isBroadcast' | 'send'>) {
    this.#stack = stack;
  }

  /** Takes a port, an ephemeral one for 0. Throws EADDRINUSE, EADDRNOTAVAIL. */
  bind(socket: TcpReceiver | UdpReceiver, address: string, port: number): void {
    if (address !== '' && !this.#stack.isLocal(address) && !this.#stack.isBroadcast(address)) throw new Errno('EADDRNOTAVAIL');
    const table = (socket.proto === 'tcp' ? this.tcp : this.udp) as Map<number, SocketBase[]>;
    const reuse = Number(socket.options.get('SO_REUSEPORT') ?? 0) !== 0;
    const free = (candidate: number) =>
      !table
        .get(candidate)
        ?.some(
          (other) =>
            overlap(other, { address, domain: socket.domain, v6only: socket.v6only }) && !(reuse && other.options.has('SO_REUSEPORT')),
        );
    let chosen = port;
    if (port === 0) {
      const range = EPHEMERAL_LAST - EPHEMERAL_FIRST + 1;
      const start = this.#stack.world.scheduler.rng.below(range);
      chosen = 0;
      for (let i = 0; i < range && chosen === 0; i++) {
        const candidate = EPHEMERAL_FIRST + ((start + i) % range);
        if (free(candidate)) chosen = candidate;
      }
      if (chosen === 0) throw new Errno('EADDRINUSE');
    } else if (!free(port)) {
      throw new Errno('EADDRINUSE');
    }
    socket.local = { address, port: chosen };
    const list = table.get(chosen);
    if (list) list.push(socket);
    else table.set(chosen, [socket]);
  }

  unbind(socket: TcpReceiver | UdpReceiver): void {
    const table = (socket.proto === 'tcp' ? this.tcp : this.udp) as Map<number, SocketBase[]>;
    const list = table.get(socket.local.port)?.filter((other) => other !== socket) ?? [];
    if (list.length > 0) table.set(socket.local.port, list);
    else table.delete(socket.local.port);
  }

  /** False if nobody wants it (a TCP sender has then been told with RST). */
  deliver(packet: Packet): boolean {
    if (packet.proto === 'tcp') return this.#deliverTcp(packet);
    if (packet.proto === 'udp') {
      const socket = find(
        this.udp.get(packet.dport),
        packet.dst,
        (s) => !s.remote || (s.remote.address === packet.src && s.remote.port === packet.sport),
      );
      socket?.arrived(packet);
      return socket !== undefined;
    }
    for (const socket of this.icmp) socket.arrived(packet);
    if (isIcmpError(packet) && packet.about) this.#deliverError(packet.about, packet);
    return true;
  }

  #deliverTcp(segment: TcpSegment): boolean {
    const connection = this.connections.get(connectionKey(segment.dst, segment.dport, segment.src, segment.sport));
    if (connection) {
      connection.arrived(segment);
      return true;
    }
    const listener = find(this.tcp.get(segment.dport), segment.dst, (s) => s.state === 'listen');
    if (listener && segment.flags.syn) {
      listener.arrived(segment);
      return true;
    }
    if (!segment.flags.rst) this.#reset(segment);
    return false;
  }

  #reset(segment: TcpSegment): void {
    this.#stack.send({
      proto: 'tcp',
      src: segment.dst,
      dst: segment.src,
      sport: segment.dport,
      dport: segment.sport,
      ttl: 64,
      id: this.#stack.world.nextPacketId(),
      flags: { rst: true, ack: true },
      data: new Uint8Array(0),
      consumed: 0,
    });
  }

  #deliverError(about: Packet, error: Packet & { proto: 'icmp' }): void {
    if (about.proto === 'tcp') {
      this.connections.get(connectionKey(about.src, about.sport, about.dst, about.dport))?.unreachable(error.type);
    } else if (about.proto === 'udp') {
      find(this.udp.get(about.sport), about.src, () => true)?.unreachable(error.type, about);
    }
  }

  closeAll(): void {
    for (const socket of [...this.connections.values(), ...[...this.tcp.values()].flat(), ...[...this.udp.values()].flat()]) socket.close();
  }
}

/** How the table of connections names one: its two ends. */
export function connectionKey(local: string, lport: number, remote: string, rport: number): string {
  return `${local} ${lport} ${remote} ${rport}`;
}

/** The socket with the most exact address. */
function find<S extends SocketBase>(list: readonly S[] | undefined, address: string, fits: (socket: S) => boolean): S | undefined {
  const hearing = list?.filter((socket) => socket.hears(address) && fits(socket));
  return hearing?.find((socket) => socket.remote) ?? hearing?.find((socket) => socket.local.address !== '') ?? hearing?.[0];
}
