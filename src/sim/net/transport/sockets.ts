import type { SocketAddress, Stat } from '../../kernel/abi.ts';
import { Errno } from '../../kernel/errno.ts';
import { WaitQueue } from '../../kernel/waitQueue.ts';
import { canonicalAddress } from '../ip/address.ts';
import type { Packet, TcpSegment } from '../packet.ts';
import { isIcmpError } from '../packet.ts';
import type { NetStack } from '../stack.ts';
import type { IcmpSocket } from './icmpSocket.ts';
import type { TcpSocket } from './tcp.ts';
import type { UdpSocket } from './udp.ts';

export const EPHEMERAL_FIRST = 32768;
export const EPHEMERAL_LAST = 60999;

/** An address and port of the inet family; any other kind is EAFNOSUPPORT. '' and every spelling of "any" become ''. */
export function endpoint(address: SocketAddress): { readonly address: string; readonly port: number } {
  if (!('port' in address)) throw new Errno('EAFNOSUPPORT');
  if (address.address === '' || address.address === '0.0.0.0' || address.address === '::') return { address: '', port: address.port };
  const canonical = canonicalAddress(address.address);
  if (canonical === null) throw new Errno('EINVAL');
  return { address: canonical, port: address.port };
}

/** What all sockets have. */
export abstract class SocketBase {
  readonly kind = 'socket';
  readonly readable = true;
  readonly writable = true;
  readonly changed = new WaitQueue();
  readonly inode: number;
  readonly stack: NetStack;
  readonly domain: 'inet' | 'inet6';
  /** '' is any. */
  local = { address: '', port: 0 };
  remote: { readonly address: string; readonly port: number } | undefined;
  readonly options = new Map<string, number | string>();

  constructor(stack: NetStack, domain: 'inet' | 'inet6') {
    this.stack = stack;
    this.domain = domain;
    this.inode = stack.world.nextInode();
  }

  get name(): string {
    return `socket:[${this.inode}]`;
  }

  get v6only(): boolean {
    return Number(this.options.get('IPV6_V6ONLY') ?? 0) !== 0;
  }

  setOption(option: string, value: number | string): void {
    this.options.set(option, value);
  }

  /** 'any' is written as the family writes it. */
  localAddress(): SocketAddress {
    return {
      address: this.local.address === '' ? (this.domain === 'inet6' ? '::' : '0.0.0.0') : this.local.address,
      port: this.local.port,
    };
  }

  peerAddress(): SocketAddress {
    if (!this.remote) throw new Errno('ENOTCONN');
    return this.remote;
  }

  get ttl(): number {
    return Number(this.options.get('IP_TTL') ?? 64);
  }

  stat(): Stat {
    return { dev: 8, ino: this.inode, mode: 0o140777, nlink: 1, uid: 0, gid: 0, rdev: 0, size: 0, blocks: 0, atime: 0, mtime: 0, ctime: 0 };
  }

  /** Whether packets to `address` are for it, by the address that it is bound to. */
  hears(address: string): boolean {
    if (this.local.address !== '') return this.local.address === address;
    return address.includes(':') ? this.domain === 'inet6' : !this.v6only;
  }
}

function overlap(a: SocketBase, b: { address: string; domain: string; v6only: boolean }): boolean {
  if (a.local.address !== '' && b.address !== '') return a.local.address === b.address;
  if (a.domain === b.domain) return true;
  const six = a.domain === 'inet6' ? { any: a.local.address === '', v6only: a.v6only } : { any: b.address === '', v6only: b.v6only };
  return six.any && !six.v6only;
}

/** All sockets of one stack, found by their ports. */
export class SocketTable {
  readonly #stack: NetStack;
  /** Bound sockets, also those that listen. */
  readonly tcp = new Map<number, TcpSocket[]>();
  readonly udp = new Map<number, UdpSocket[]>();
  readonly icmp = new Set<IcmpSocket>();
  /** 'local port remote address port' */
  readonly connections = new Map<string, TcpSocket>();

  constructor(stack: NetStack) {
    this.#stack = stack;
  }

  /** Takes a port, an ephemeral one for 0. Throws EADDRINUSE, EADDRNOTAVAIL. */
  bind(socket: TcpSocket | UdpSocket, address: string, port: number): void {
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

  unbind(socket: TcpSocket | UdpSocket): void {
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

export function connectionKey(local: string, lport: number, remote: string, rport: number): string {
  return `${local} ${lport} ${remote} ${rport}`;
}

/** The socket with the most exact address. */
function find<S extends SocketBase>(list: readonly S[] | undefined, address: string, fits: (socket: S) => boolean): S | undefined {
  const hearing = list?.filter((socket) => socket.hears(address) && fits(socket));
  return hearing?.find((socket) => socket.remote) ?? hearing?.find((socket) => socket.local.address !== '') ?? hearing?.[0];
}
