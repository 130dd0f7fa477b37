import type { Sim } from './sim.ts';
import type { Stat } from './syscalls.ts';
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
  poll(): { readonly readable: boolean; readonly writable: boolean; readonly hangup: boolean };
  /** Woken whenever the answer of `poll` may have changed. */
  readonly changed: WaitQueue;
  stat(): Stat;
  /** The last descriptor went away. */
  close(): void;
}
