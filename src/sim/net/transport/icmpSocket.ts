import type { SocketAddress, SocketType } from '../../kernel/abi.ts';
import { Errno } from '../../kernel/errno.ts';
import type { InetSocket } from '../../kernel/inet.ts';
import type { Sim } from '../../kernel/sim.ts';
import { waitOn } from '../../kernel/syscalls.ts';
import { EMPTY_BYTES } from '../../lib/bytes.ts';
import type { IcmpMessage, IcmpType } from '../packet.ts';
import { portsOf } from '../packet.ts';
import { endpoint, SocketBase } from './socketBase.ts';
import type { IpLayer } from './sockets.ts';

/** Type and code on the wire (RFC 792). */
const WIRE: ReadonlyMap<IcmpType, readonly [type: number, code: number]> = new Map([
  ['echoReply', [0, 0]],
  ['netUnreachable', [3, 0]],
  ['hostUnreachable', [3, 1]],
  ['portUnreachable', [3, 3]],
  ['adminProhibited', [3, 13]],
  ['echo', [8, 0]],
  ['timeExceeded', [11, 0]],
]);

interface Received {
  readonly data: Uint8Array;
  readonly from: { readonly address: string; readonly port: number };
  readonly ttl: number;
}

/**
 * A ping or raw ICMP socket. Messages are as on the wire from the ICMP header on; an error carries, after its eight
 * header bytes, the protocol number, source port and destination port (or echo identifier and sequence) of the packet it is about.
 */
export class IcmpSocket extends SocketBase implements InetSocket {
  readonly proto = 'icmp';
  readonly stack: IpLayer;
  readonly type: SocketType;
  readonly #queue: Received[] = [];

  constructor(stack: IpLayer, type: SocketType) {
    super(stack.world.nextInode(), 'inet');
    this.stack = stack;
    this.type = type;
    stack.sockets.icmp.add(this);
  }

  bind(address: SocketAddress): void {
    this.local = endpoint(address);
  }

  listen(): void {
    throw new Errno('EOPNOTSUPP');
  }

  *accept(): Sim<never> {
    throw new Errno('EOPNOTSUPP');
  }

  *connect(address: SocketAddress): Sim<void> {
    this.remote = endpoint(address);
    this.stack.sourceAddress(this.remote.address);
  }

  shutdown(): void {}

  *sendto(data: Uint8Array, address: SocketAddress | undefined): Sim<number> {
    const to = address ? endpoint(address) : this.remote;
    if (!to) throw new Errno('EDESTADDRREQ');
    if (data.length < 8 || data[0] !== 8) throw new Errno('EINVAL');
    const dst = to.address === '' ? '127.0.0.1' : to.address;
    const src = this.local.address === '' ? this.stack.sourceAddress(dst) : this.local.address;
    this.stack.send({
      proto: 'icmp',
      type: 'echo',
      src,
      dst,
      ttl: this.ttl,
      id: this.stack.world.nextPacketId(),
      ident: data[4] * 256 + data[5],
      sequence: data[6] * 256 + data[7],
      data: data.slice(8),
      about: undefined,
    });
    return data.length;
  }

  *recvfrom(timeout: number | undefined): Sim<Received | null> {
    const deadline = timeout === undefined ? undefined : this.stack.world.scheduler.now + timeout;
    for (;;) {
      const next = this.#queue.shift();
      if (next) return next;
      const left = deadline === undefined ? undefined : deadline - this.stack.world.scheduler.now;
      if (left !== undefined && left <= 0) return null;
      yield* waitOn(this.changed, left);
    }
  }

  *read(): Sim<Uint8Array> {
    return (yield* this.recvfrom(undefined))?.data ?? EMPTY_BYTES;
  }

  write(data: Uint8Array): Sim<number> {
    return this.sendto(data, undefined);
  }

  arrived(message: IcmpMessage): void {
    if (this.type === 'dgram' && message.type === 'echo') return;
    this.#queue.push({ data: wireBytes(message), from: { address: message.src, port: 0 }, ttl: message.ttl });
    this.changed.wake();
  }

  poll(): { readonly readable: boolean; readonly writable: boolean; readonly hangup: boolean } {
    return { readable: this.#queue.length > 0, writable: true, hangup: false };
  }

  close(): void {
    this.stack.sockets.icmp.delete(this);
  }
}

function wireBytes(m: IcmpMessage): Uint8Array {
  const [type, code] = WIRE.get(m.type) ?? [3, 1];
  const u16 = (n: number) => [n >> 8, n & 255];
  if (!m.about) return new Uint8Array([type, code, 0, 0, ...u16(m.ident), ...u16(m.sequence), ...m.data]);
  const [sport, dport] = portsOf(m.about);
  const inner = m.about.proto === 'icmp' ? [...u16(m.about.ident), ...u16(m.about.sequence)] : [...u16(sport), ...u16(dport)];
  return new Uint8Array([type, code, 0, 0, 0, 0, 0, 0, m.about.proto === 'icmp' ? 1 : m.about.proto === 'tcp' ? 6 : 17, ...inner]);
}
