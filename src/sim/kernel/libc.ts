/**
 * The C library that a process is linked with, as far as it shows: the texts of strerror(3). glibc's are in `errnoTable.ts`; musl's differ
 * where they are listed here.
 */
import { ERRNO, type ErrnoCode } from './errnoTable.ts';
import type { Sim } from './sim.ts';

export type Libc = 'glibc' | 'musl';

/** Where musl's dynamic linker is: programs of a root that has it are linked with musl. */
export const MUSL_LINKER = '/lib/ld-musl-x86_64.so.1';

const MUSL: Partial<Record<ErrnoCode, string>> = {
  EIO: 'I/O error',
  ECHILD: 'No child process',
  ENOMEM: 'Out of memory',
  EBUSY: 'Resource busy',
  EXDEV: 'Cross-device link',
  EMFILE: 'No file descriptors available',
  ENOTTY: 'Not a tty',
  ESPIPE: 'Invalid seek',
  ERANGE: 'Result not representable',
  ENAMETOOLONG: 'Filename too long',
  ELOOP: 'Symbolic link loop',
  EOVERFLOW: 'Value too large for data type',
  ENOTSOCK: 'Not a socket',
  EMSGSIZE: 'Message too large',
  EOPNOTSUPP: 'Not supported',
  EADDRINUSE: 'Address in use',
  EADDRNOTAVAIL: 'Address not available',
  ENETUNREACH: 'Network unreachable',
  ECONNABORTED: 'Connection aborted',
  EISCONN: 'Socket is connected',
  ENOTCONN: 'Socket not connected',
  ETIMEDOUT: 'Operation timed out',
  EHOSTUNREACH: 'Host is unreachable',
  EALREADY: 'Operation already in progress',
  EINPROGRESS: 'Operation in progress',
  EDQUOT: 'Quota exceeded',
};

/** What an error is called in this library. */
export function strerror(code: ErrnoCode, libc: Libc): string {
  return (libc === 'musl' ? MUSL[code] : undefined) ?? ERRNO[code][1];
}

/** Runs a program with the texts of its library: what its system calls throw is worded anew around each single step. */
export function* linkedWith<T>(libc: Libc, body: Sim<T>): Sim<T> {
  if (libc === 'glibc') return yield* body;
  let next = speaking(libc, () => body.next(undefined));
  let ended = false;
  try {
    while (!next.done) {
      let answer: unknown;
      try {
        answer = yield next.value;
      } catch (error) {
        next = speaking(libc, () => body.throw(error));
        continue;
      }
      next = speaking(libc, () => body.next(answer));
    }
    ended = true;
    return next.value;
  } finally {
    if (!ended) speaking(libc, () => body.return(undefined as T));
  }
}

/** Whose step runs now. Never set while the scheduler chooses, so the order of tasks does not matter. */
let current: Libc = 'glibc';

/** The library of the program whose step runs now. */
export const currentLibc = (): Libc => current;

function speaking<A>(libc: Libc, run: () => A): A {
  const before = current;
  current = libc;
  try {
    return run();
  } finally {
    current = before;
  }
}
