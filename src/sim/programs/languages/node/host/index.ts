/** What the library may ask of the machine. Each is a system call or a few, by value; nothing else is reachable from a program. */
import { Errno } from '../../../../kernel/errno.ts';
import { ERRNO, type ErrnoCode } from '../../../../kernel/errnoTable.ts';
import type { Sim } from '../../../../kernel/sim.ts';
import type { Value } from '../vm.ts';
import { digests } from './digests.ts';
import { files } from './files.ts';
import { processes } from './processes.ts';
import { sockets } from './sockets.ts';

export type HostCall = (...args: never[]) => Sim<Value>;

export const hostCalls: ReadonlyMap<string, HostCall> = new Map(Object.entries({ ...files, ...processes, ...sockets, ...digests }));

/** libuv's words for what goes wrong: uv_strerror(3). */
const WORDS: Partial<Record<ErrnoCode, string>> = {
  EPERM: 'operation not permitted',
  ENOENT: 'no such file or directory',
  ESRCH: 'no such process',
  EIO: 'i/o error',
  E2BIG: 'argument list too long',
  EBADF: 'bad file descriptor',
  EAGAIN: 'resource temporarily unavailable',
  ENOMEM: 'not enough memory',
  EACCES: 'permission denied',
  EBUSY: 'resource busy or locked',
  EEXIST: 'file already exists',
  EXDEV: 'cross-device link not permitted',
  ENOTDIR: 'not a directory',
  EISDIR: 'illegal operation on a directory',
  EINVAL: 'invalid argument',
  EMFILE: 'too many open files',
  ENOSPC: 'no space left on device',
  ESPIPE: 'invalid seek',
  EROFS: 'read-only file system',
  EPIPE: 'broken pipe',
  ENOTEMPTY: 'directory not empty',
  ELOOP: 'too many symbolic links encountered',
  EADDRINUSE: 'address already in use',
  EADDRNOTAVAIL: 'address not available',
  ENETUNREACH: 'network is unreachable',
  ECONNRESET: 'connection reset by peer',
  ENOTCONN: 'socket is not connected',
  ETIMEDOUT: 'connection timed out',
  ECONNREFUSED: 'connection refused',
  EHOSTUNREACH: 'host is unreachable',
};

/** A failed call as the library gets it; what is no Errno is a fault of ours and goes on. */
export function failure(error: unknown): { readonly $error: object } {
  if (!(error instanceof Errno)) throw error;
  const { code } = error;
  return { $error: { errno: -error.number, code, text: WORDS[code] ?? ERRNO[code][1].toLowerCase() } };
}
