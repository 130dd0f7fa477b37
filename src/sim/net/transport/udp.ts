import type { SocketAddress } from '../../kernel/abi.ts';
import type { ErrnoCode } from '../../kernel/errno.ts';
import { Errno } from '../../kernel/errno.ts';
import type { InetSocket } from '../../kernel/inet.ts';
import type { Sim } from '../../kernel/sim.ts';
import { waitOn } from '../../kernel/syscalls.ts';
import { EMPTY_BYTES } from '../../lib/bytes.ts';
import type { IcmpType, UdpDatagram } from '../packet.ts';
import { endpoint, SocketBase } from './socketBase.ts';
import type { IpLayer } from './sockets.ts';

interface Received {
  readonly data: Uint8Array;
  readonly from: { readonly address: string; readonly port: number };
  readonly ttl: number;
}

/** Datagrams kept for a slow reader; more are lost. */
const QUEUE_MAX = 256;
const PAYLOAD_MAX = 65_507;

export class UdpSocket extends SocketBase implements InetSocket {
  readonly proto = 'udp';
  readonly stack: IpLayer;
  #bound = false;
  readonly #queue: Received[] = [];
  #error: ErrnoCode | undefined;

  constructor(stack: IpLayer, domain: 'inet' | 'inet6') {
    super(stack.world.nextInode(), domain);
    this.stack = stack;
  }

  bind(address: SocketAddress): void {
    if (this.#bound) throw new Errno('EINVAL');
    const { address: host, port } = endpoint(address);
    this.stack.sockets.bind(this, host, port);
    this.#bound = true;
  }

  listen(): void {
    throw new Errno('EOPNOTSUPP');
  }

  *accept(): Sim<never> {
    throw new Errno('EOPNOTSUPP');
  }

  /** Sets the peer: sends nothing. */
  *connect(address: SocketAddress): Sim<void> {
    const remote = endpoint(address);
    const source = this.stack.sourceAddress(remote.address === '' ? '127.0.0.1' : remote.address);
    if (!this.#bound) this.bind({ address: '', port: 0 });
    if (this.local.address === '') this.local = { address: source, port: this.local.port };
    this.remote = remote;
  }

  shutdown(): void {
    if (!this.remote) throw new Errno('ENOTCONN');
  }

  *sendto(data: Uint8Array, address: SocketAddress | undefined): Sim<number> {
    this.#raise();
    const to = address ? endpoint(address) : this.remote;
    if (!to) throw new Errno('EDESTADDRREQ');
    if (data.length > PAYLOAD_MAX) throw new Errno('EMSGSIZE');
    const dst = to.address === '' ? '127.0.0.1' : to.address;
    const source = this.stack.sourceAddress(dst);
    if (!this.#bound) this.bind({ address: '', port: 0 });
    const src = this.local.address === '' ? source : this.local.address;
    this.stack.send({
      proto: 'udp',
      src,
      dst,
      sport: this.local.port,
      dport: to.port,
      ttl: this.ttl,
      id: this.stack.world.nextPacketId(),
      data: data.slice(),
    });
    return data.length;
  }

  #raise(): void {
    const code = this.#error;
    this.#error = undefined;
    if (code) throw new Errno(code);
  }

  *recvfrom(timeout: number | undefined): Sim<Received | null> {
    const deadline = timeout === undefined ? undefined : this.stack.world.scheduler.now + timeout;
    for (;;) {
      this.#raise();
      const next = this.#queue.shift();
      if (next) return next;
      const left = deadline === undefined ? undefined : deadline - this.stack.world.scheduler.now;
      if (left !== undefined && left <= 0) return null;
      yield* waitOn(this.changed, left);
    }
  }

  *read(count: number): Sim<Uint8Array> {
    const datagram = yield* this.recvfrom(undefined);
    return datagram?.data.subarray(0, count) ?? EMPTY_BYTES;
  }

  write(data: Uint8Array): Sim<number> {
    return this.sendto(data, undefined);
  }

  arrived(packet: UdpDatagram): void {
    if (this.#queue.length >= QUEUE_MAX) return;
    this.#queue.push({ data: packet.data, from: { address: packet.src, port: packet.sport }, ttl: packet.ttl });
    this.changed.wake();
  }

  /** An ICMP error about something sent. Linux reports it on connected sockets; here every sender hears of a closed port. */
  unreachable(type: IcmpType, about: { readonly dst: string }): void {
    if (this.remote && this.remote.address !== about.dst) return;
    if (type === 'timeExceeded') return;
    this.#error = type === 'portUnreachable' ? 'ECONNREFUSED' : type === 'netUnreachable' ? 'ENETUNREACH' : 'EHOSTUNREACH';
    this.changed.wake();
  }

  poll(): { readonly readable: boolean; readonly writable: boolean; readonly hangup: boolean } {
    return { readable: this.#queue.length > 0 || this.#error !== undefined, writable: true, hangup: false };
  }

  get queued(): number {
    return this.#queue.reduce((sum, d) => sum + d.data.length, 0);
  }

  close(): void {
    if (this.#bound) this.stack.sockets.unbind(this);
    this.#bound = false;
  }
}
