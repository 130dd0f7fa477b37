/** Sockets: unix ones are the kernel's own, the others belong to the network namespace's stack. */
import type { SocketAddress, SocketDomain, SocketType } from '../abi.ts';
import { S_IFSOCK } from '../abi.ts';
import { Errno } from '../errno.ts';
import { UnixSocket } from '../files/unixSocket.ts';
import type { InetSocket } from '../inet.ts';
import type { SocketFile } from '../openFile.ts';
import { mayAccess } from '../process/access.ts';
import type { Process } from '../process/process.ts';
import type { Sim } from '../sim.ts';
import { caller, existing, find } from './context.ts';
import { createIn } from './files.ts';

export function* socket(domain: SocketDomain, type: SocketType, protocol?: string): Sim<number> {
  const process = yield* caller();
  if (domain === 'unix') return process.fds.install(new UnixSocket(process, type));
  const { stack } = process.namespaces.net;
  if (!stack) throw new Errno('EAFNOSUPPORT');
  if ((type === 'raw' || domain === 'packet') && !process.can('CAP_NET_RAW')) throw new Errno('EPERM');
  return process.fds.install(stack.socket(domain, type, protocol));
}

function socketOf(process: Process, fd: number): SocketFile {
  const file = process.fds.get(fd);
  if (file.kind !== 'socket') throw new Errno('ENOTSOCK');
  return file as SocketFile;
}

const isUnix = (file: SocketFile): file is UnixSocket => file instanceof UnixSocket;

/** Ports below this need CAP_NET_BIND_SERVICE. */
const PRIVILEGED_PORTS = 1024;

export function* bind(fd: number, address: SocketAddress): Sim<void> {
  const process = yield* caller();
  const file = socketOf(process, fd);
  if (isUnix(file)) {
    if (!('path' in address)) throw new Errno('EINVAL');
    const found = find(process, address.path, false);
    if (found.place) throw new Errno('EADDRINUSE', address.path);
    file.bindTo(address.path, createIn(process, found.directory, found.name, S_IFSOCK, 0o777, 0, address.path));
    return;
  }
  if ('port' in address && address.port > 0 && address.port < PRIVILEGED_PORTS && !process.can('CAP_NET_BIND_SERVICE'))
    throw new Errno('EACCES');
  (file as InetSocket).bind(address);
}

export function* listen(fd: number, backlog = 128): Sim<void> {
  socketOf(yield* caller(), fd).listen(backlog);
}

export function* accept(fd: number): Sim<{ readonly fd: number; readonly peer: SocketAddress }> {
  const process = yield* caller();
  process.fds.needRoom();
  const { socket: connection, peer } = yield* socketOf(process, fd).accept();
  return { fd: process.fds.install(connection), peer };
}

export function* connect(fd: number, address: SocketAddress): Sim<void> {
  const process = yield* caller();
  const file = socketOf(process, fd);
  if (isUnix(file)) {
    if (!('path' in address)) throw new Errno('EINVAL');
    const { inode } = existing(process, address.path);
    if (!mayAccess(process, inode, 2)) throw new Errno('EACCES', address.path);
    yield* file.connectTo(inode, address.path);
    return;
  }
  yield* (file as InetSocket).connect(address);
}

export function* shutdown(fd: number, how: 'read' | 'write' | 'both'): Sim<void> {
  socketOf(yield* caller(), fd).shutdown(how);
}

export function* sendto(fd: number, data: Uint8Array, address?: SocketAddress): Sim<number> {
  const process = yield* caller();
  const file = socketOf(process, fd);
  if (isUnix(file)) return yield* file.sendTo(data, address && 'path' in address ? existing(process, address.path).inode : undefined);
  return yield* (file as InetSocket).sendto(data, address);
}

export function* recvfrom(
  fd: number,
  timeout?: number,
): Sim<{ readonly data: Uint8Array; readonly from: SocketAddress; readonly ttl?: number } | null> {
  return yield* socketOf(yield* caller(), fd).recvfrom(timeout);
}

export function* getsockname(fd: number): Sim<SocketAddress> {
  return socketOf(yield* caller(), fd).localAddress();
}

export function* getpeername(fd: number): Sim<SocketAddress> {
  return socketOf(yield* caller(), fd).peerAddress();
}

export function* setsockopt(fd: number, option: string, value: number | string): Sim<void> {
  socketOf(yield* caller(), fd).setOption(option, value);
}
