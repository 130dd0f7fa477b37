import type { SocketAddress } from '../../kernel/abi.ts';
import type { ErrnoCode } from '../../kernel/errno.ts';
import { Errno } from '../../kernel/errno.ts';
import type { InetSocket } from '../../kernel/inet.ts';
import type { Sim } from '../../kernel/sim.ts';
import { waitOn } from '../../kernel/syscalls.ts';
import type { Timer } from '../../kernel/timers.ts';
import { concatBytes, EMPTY_BYTES } from '../../lib/bytes.ts';
import { isLoopback } from '../ip/address.ts';
import type { IcmpType, TcpFlags, TcpSegment } from '../packet.ts';
import { endpoint, SocketBase } from './socketBase.ts';
import { connectionKey, type IpLayer, type TcpState } from './sockets.ts';

/** Bytes that may be on the way and unread at the receiver. */
const WINDOW = 256 * 1024;
const SEGMENT_MAX = 64 * 1024;
/** The receiver tells how much was read after this many bytes. */
const ACK_EVERY = WINDOW / 4;
/** net.ipv4.tcp_syn_retries = 6: tries after 1, 3, 7, 15, 31, 63 seconds, given up after 127. */
const SYN_RETRIES = 6;
const SECOND = 1_000_000;
const BACKLOG_MAX = 4096;

/**
 * TCP as programs see it: connections that are refused, time out, close by halves or are reset. Links lose nothing and
 * keep the order, so there are no sequence numbers; flow control is by bytes read.
 */
export class TcpSocket extends SocketBase implements InetSocket {
  readonly proto = 'tcp';
  readonly stack: IpLayer;
  state: TcpState = 'closed';
  #bound = false;
  #backlog = 0;
  /** Connections that are ready, and those whose handshake is under way. */
  readonly #pending: TcpSocket[] = [];
  #halfOpen = 0;
  #listener: TcpSocket | undefined;
  #received: Uint8Array[] = [];
  #receivedBytes = 0;
  #peerDone = false;
  #writeDone = false;
  #readShut = false;
  #error: ErrnoCode | undefined;
  #sent = 0;
  #peerConsumed = 0;
  #consumed = 0;
  #told = 0;
  #synTimer: Timer | undefined;
  #fileClosed = false;

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

  listen(backlog: number): void {
    if (this.state !== 'closed' && this.state !== 'listen') throw new Errno('EINVAL');
    if (!this.#bound) this.bind({ address: '', port: 0 });
    this.#backlog = Math.max(1, Math.min(backlog, BACKLOG_MAX));
    this.state = 'listen';
  }

  get backlog(): number {
    return this.#backlog;
  }

  /** Recv-Q of ss: unread bytes, or connections that wait to be accepted. */
  get queued(): number {
    return this.state === 'listen' ? this.#pending.length : this.#receivedBytes;
  }

  get unacknowledged(): number {
    return this.#sent - this.#peerConsumed;
  }

  *accept(): Sim<{ readonly socket: InetSocket; readonly peer: SocketAddress }> {
    for (;;) {
      if (this.state !== 'listen') throw new Errno('EINVAL');
      const socket = this.#pending.shift();
      if (socket) return { socket, peer: socket.peerAddress() };
      yield* waitOn(this.changed);
    }
  }

  *connect(address: SocketAddress): Sim<void> {
    if (this.state !== 'closed') throw new Errno(this.state === 'listen' ? 'EINVAL' : 'EISCONN');
    const target = endpoint(address);
    // Connecting to "any" means this machine.
    const remote = { address: target.address === '' ? (this.domain === 'inet6' ? '::1' : '127.0.0.1') : target.address, port: target.port };
    const source = this.stack.sourceAddress(remote.address);
    if (!this.#bound) this.bind({ address: '', port: 0 });
    this.local = { address: this.local.address === '' ? source : this.local.address, port: this.local.port };
    this.remote = remote;
    this.#enter('synSent');
    this.#trySyn(0);
    while (this.#connecting) yield* waitOn(this.changed);
    if (this.#error) {
      const code = this.#error;
      this.#error = undefined;
      throw new Errno(code);
    }
  }

  get #connecting(): boolean {
    return this.state === 'synSent';
  }

  #trySyn(retry: number): void {
    if (!this.#connecting) return;
    if (retry > SYN_RETRIES) {
      this.#fail('ETIMEDOUT');
      return;
    }
    this.#send({ syn: true });
    // A refusal may have come at once.
    if (this.#connecting) this.#synTimer = this.stack.world.scheduler.after(2 ** retry * SECOND, () => this.#trySyn(retry + 1));
  }

  #enter(state: TcpState): void {
    const remote = this.remote;
    if (remote && this.state === 'closed') {
      this.stack.sockets.connections.set(connectionKey(this.local.address, this.local.port, remote.address, remote.port), this);
    }
    this.state = state;
    this.changed.wake();
  }

  /** Leaves the tables; the file may still be open. */
  #leave(): void {
    if (this.#synTimer) this.#synTimer.cancelled = true;
    const remote = this.remote;
    if (remote) this.stack.sockets.connections.delete(connectionKey(this.local.address, this.local.port, remote.address, remote.port));
    if (this.#bound) this.stack.sockets.unbind(this);
    this.#bound = false;
    this.state = 'closed';
    this.changed.wake();
  }

  #fail(code: ErrnoCode): void {
    this.#error = code;
    if (this.#listener) this.#listener.#halfOpen--;
    this.#listener = undefined;
    this.#writeDone = true;
    this.#peerDone = true;
    this.#leave();
  }

  #send(flags: TcpFlags, data: Uint8Array = EMPTY_BYTES): void {
    const remote = this.remote;
    if (!remote) return;
    this.#told = this.#consumed;
    this.stack.send({
      proto: 'tcp',
      src: this.local.address,
      dst: remote.address,
      sport: this.local.port,
      dport: remote.port,
      ttl: this.ttl,
      id: this.stack.world.nextPacketId(),
      flags,
      data,
      consumed: this.#consumed,
    });
  }

  /** A segment for this socket. */
  arrived(segment: TcpSegment): void {
    if (this.state === 'listen') {
      this.#incoming(segment);
      return;
    }
    if (segment.flags.rst) {
      this.#fail(this.state === 'synSent' ? 'ECONNREFUSED' : 'ECONNRESET');
      return;
    }
    if (segment.consumed > this.#peerConsumed) {
      this.#peerConsumed = segment.consumed;
      this.changed.wake();
    }
    if (this.state === 'synSent' && segment.flags.syn && segment.flags.ack) {
      if (this.#synTimer) this.#synTimer.cancelled = true;
      this.#enter('established');
      this.#send({ ack: true });
      return;
    }
    if (this.state === 'synReceived') {
      if (segment.flags.syn) return;
      const listener = this.#listener;
      this.#listener = undefined;
      this.state = 'established';
      if (listener) {
        listener.#halfOpen--;
        listener.#pending.push(this);
        listener.changed.wake();
      }
    }
    if (segment.data.length > 0) this.#take(segment.data);
    if (segment.flags.fin) this.#peerFinished();
  }

  #incoming(syn: TcpSegment): void {
    // A full backlog drops the SYN; the client tries again.
    if (this.#pending.length + this.#halfOpen >= this.#backlog + 1) return;
    const child = new TcpSocket(this.stack, syn.dst.includes(':') ? 'inet6' : this.domain);
    child.local = { address: syn.dst, port: syn.dport };
    child.remote = { address: syn.src, port: syn.sport };
    child.#listener = this;
    this.#halfOpen++;
    child.#enter('synReceived');
    child.#send({ syn: true, ack: true });
  }

  #take(data: Uint8Array): void {
    if (this.#fileClosed || this.#readShut) {
      // Nobody will ever read this.
      if (this.#fileClosed) {
        this.#send({ rst: true });
        this.#leave();
      }
      return;
    }
    this.#received.push(data);
    this.#receivedBytes += data.length;
    this.changed.wake();
  }

  #peerFinished(): void {
    this.#peerDone = true;
    if (this.#writeDone) {
      this.#leave();
      return;
    }
    this.state = 'closeWait';
    this.changed.wake();
  }

  *read(count: number): Sim<Uint8Array> {
    while (this.#receivedBytes === 0) {
      if (this.#error) {
        const code = this.#error;
        this.#error = undefined;
        throw new Errno(code);
      }
      if (this.#peerDone || this.#readShut) return EMPTY_BYTES;
      if (this.state === 'closed' || this.state === 'listen') throw new Errno('ENOTCONN');
      yield* waitOn(this.changed);
    }
    const all = this.#received.length === 1 ? this.#received[0] : concatBytes(this.#received);
    const taken = all.subarray(0, count);
    this.#received = taken.length < all.length ? [all.subarray(taken.length)] : [];
    this.#receivedBytes = all.length - taken.length;
    this.#consumed += taken.length;
    if (this.#consumed - this.#told >= ACK_EVERY && this.state !== 'closed') this.#send({ ack: true });
    return taken;
  }

  *write(data: Uint8Array): Sim<number> {
    for (let at = 0; at < data.length; ) {
      if (this.#error) {
        const code = this.#error;
        this.#error = undefined;
        throw new Errno(code);
      }
      if (this.#writeDone) throw new Errno('EPIPE');
      if (this.state !== 'established' && this.state !== 'closeWait') throw new Errno(this.remote ? 'EPIPE' : 'ENOTCONN');
      const room = WINDOW - this.unacknowledged;
      if (room <= 0) {
        yield* waitOn(this.changed);
        continue;
      }
      const part = data.slice(at, at + Math.min(room, SEGMENT_MAX));
      at += part.length;
      this.#sent += part.length;
      this.#send({ ack: true }, part);
    }
    return data.length;
  }

  sendto(data: Uint8Array): Sim<number> {
    return this.write(data);
  }

  *recvfrom(timeout: number | undefined): Sim<{ readonly data: Uint8Array; readonly from: SocketAddress } | null> {
    if (timeout !== undefined && this.#receivedBytes === 0 && !this.#peerDone && !(yield* waitOn(this.changed, timeout))) return null;
    return { data: yield* this.read(SEGMENT_MAX), from: this.peerAddress() };
  }

  shutdown(how: 'read' | 'write' | 'both'): void {
    if (this.state === 'listen') {
      this.close();
      return;
    }
    if (!this.remote || this.state === 'closed' || this.state === 'synSent') {
      if (this.#peerDone) return;
      throw new Errno('ENOTCONN');
    }
    if (how !== 'write') {
      this.#readShut = true;
      this.changed.wake();
    }
    if (how !== 'read') this.#finish();
  }

  #finish(): void {
    if (this.#writeDone) return;
    this.#writeDone = true;
    this.#send({ fin: true, ack: true });
    if (this.#peerDone) this.#leave();
    else this.state = 'finWait';
  }

  poll(): { readonly readable: boolean; readonly writable: boolean; readonly hangup: boolean } {
    if (this.state === 'listen') return { readable: this.#pending.length > 0, writable: false, hangup: false };
    const over = this.#error !== undefined || (this.#peerDone && this.#writeDone);
    return {
      readable: this.#receivedBytes > 0 || this.#peerDone || this.#readShut || this.#error !== undefined,
      writable: over || ((this.state === 'established' || this.state === 'closeWait') && this.unacknowledged < WINDOW),
      hangup: over,
    };
  }

  unreachable(type: IcmpType): void {
    const code: ErrnoCode = type === 'portUnreachable' ? 'ECONNREFUSED' : type === 'netUnreachable' ? 'ENETUNREACH' : 'EHOSTUNREACH';
    if (this.state === 'synSent' && type !== 'timeExceeded') this.#fail(code);
  }

  close(): void {
    if (this.#fileClosed) return;
    this.#fileClosed = true;
    if (this.state === 'listen') {
      for (const waiting of this.#pending.splice(0)) waiting.#abort();
      this.#leave();
      return;
    }
    if (this.state === 'closed' || this.state === 'synSent' || this.state === 'synReceived') {
      this.#leave();
      return;
    }
    // Unread data is answered with a reset, as Linux does.
    if (this.#receivedBytes > 0) this.#abort();
    else this.#finish();
  }

  #abort(): void {
    this.#send({ rst: true });
    this.#writeDone = true;
    this.#peerDone = true;
    this.#leave();
  }

  /** A connection from or to this machine only. */
  get isLocal(): boolean {
    return isLoopback(this.local.address);
  }
}
