/**
 * What the kernel asks of a network stack. One stack belongs to each network namespace; `net/` implements it, so the
 * kernel knows sockets and file descriptors, and nothing of packets.
 */

import type { SocketAddress, SocketDomain, SocketType } from './abi.ts';
import type { SocketFile } from './openFile.ts';
import type { Sim } from './sim.ts';

export interface InetStack {
  /** A new, unconnected socket in this namespace. Throws Errno (EAFNOSUPPORT, EPROTONOSUPPORT, EPERM for raw without CAP_NET_RAW). */
  socket(domain: SocketDomain, type: SocketType, protocol: string | undefined): InetSocket;
  /** What /proc/net shows of it, by file name. */
  files(): Readonly<Record<string, () => string>>;
  /** What /sys/class/net shows: the attributes of each interface, by name. */
  links(): ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Everything bound here goes away with the namespace. */
  close(): void;
}

export interface InetSocket extends SocketFile {
  bind(address: SocketAddress): void;
  listen(backlog: number): void;
  accept(): Sim<{ readonly socket: InetSocket; readonly peer: SocketAddress }>;
  connect(address: SocketAddress): Sim<void>;
  shutdown(how: 'read' | 'write' | 'both'): void;
  sendto(data: Uint8Array, address: SocketAddress | undefined): Sim<number>;
  recvfrom(timeout: number | undefined): Sim<{ readonly data: Uint8Array; readonly from: SocketAddress; readonly ttl?: number } | null>;
  localAddress(): SocketAddress;
  peerAddress(): SocketAddress;
  setOption(option: string, value: number | string): void;
}
