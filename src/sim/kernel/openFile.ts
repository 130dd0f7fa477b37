import type { SocketAddress, Stat } from './abi.ts';
import type { Sim } from './sim.ts';
import type { WaitQueue } from './waitQueue.ts';

/**
 * An open file description: what file descriptors point to, shared by dup and fork. Regular files, pipes, ttys and
 * sockets implement it. `read` and `write` run on the calling thread and may block.
 */
export interface OpenFile {
  readonly kind: 'file' | 'directory' | 'pipe' | 'tty' | 'device' | 'socket' | 'host';
  /** As readlink /proc/self/fd/N shows it: '/etc/passwd', 'pipe:[1234]', 'socket:[99]', '/dev/pts/0'. */
  readonly name: string;
  readonly readable: boolean;
  readonly writable: boolean;
  read(count: number): Sim<Uint8Array>;
  /** Writes all of `data` or throws. */
  write(data: Uint8Array): Sim<number>;
  /** What a call would not block on right now. */
  poll(): Readiness;
  /** Woken whenever the answer of `poll` may have changed. */
  readonly changed: WaitQueue;
  stat(): Stat;
  /** The last descriptor went away. */
  close(): void;

  // What only some kinds can do; a missing method is EINVAL, ESPIPE or ENOTTY.
  pread?(count: number, offset: number): Uint8Array;
  /** Sets the position; answers with the new one. */
  seek?(offset: number, whence: 'set' | 'cur' | 'end'): number;
  truncate?(length: number): void;
  /** A description of its own for the same thing, as opening /proc/self/fd/N gives. */
  reopen?(readable: boolean, writable: boolean): OpenFile;
}

export interface Readiness {
  readonly readable: boolean;
  readonly writable: boolean;
  readonly hangup: boolean;
}

/** What both unix sockets and the sockets of a network stack can do. */
export interface SocketFile extends OpenFile {
  listen(backlog: number): void;
  accept(): Sim<{ readonly socket: OpenFile; readonly peer: SocketAddress }>;
  shutdown(how: 'read' | 'write' | 'both'): void;
  recvfrom(timeout: number | undefined): Sim<{ readonly data: Uint8Array; readonly from: SocketAddress; readonly ttl?: number } | null>;
  localAddress(): SocketAddress;
  peerAddress(): SocketAddress;
  setOption(option: string, value: number | string): void;
}
