/** The system calls of MicroPython's C library, done by the simulated kernel. */
import { isErrno } from '../../../../kernel/errno.ts';
import type { Sim } from '../../../../kernel/sim.ts';
import { close, lseek, open, read, stat, write } from '../../../../kernel/syscalls.ts';
import { decodeUtf8 } from '../../../../lib/utf8.ts';
import type { Device } from './device.ts';
import type { Call, Interpreter } from './interpreter.ts';
import type { Library } from './library.ts';
import type { Output } from './output.ts';

export interface Process {
  readonly interpreter: Interpreter;
  readonly library: Library;
  readonly device: Device;
  readonly output: Output;
}

const O_ACCMODE = 3;
const O_CREAT = 0o100;
const O_EXCL = 0o200;
const O_TRUNC = 0o1000;
const O_APPEND = 0o2000;
const O_DIRECTORY = 0o200000;
const ENOENT = -2;
const ENOSYS = -38;

/** Ends with minus the error's number where the kernel refuses. */
function* failing(body: Sim<number>): Sim<number> {
  try {
    return yield* body;
  } catch (error) {
    if (!isErrno(error)) throw error;
    return -error.number;
  }
}

/** The calls by their names in the module. Those of WASI answer with the error's number itself. */
export function posix(p: () => Process): Readonly<Record<string, Call>> {
  const path = (at: number) => decodeUtf8(p().interpreter.text(at));
  const positive = (body: Sim<number>): Sim<number> =>
    (function* () {
      return -(yield* failing(body));
    })();

  const statPath = (at: number, buffer: number): number | Sim<number> => {
    const name = path(at);
    const own = p().library.stat(name);
    if (own) {
      writeStat(p().interpreter.view, buffer, own);
      return 0;
    }
    return failing(
      (function* () {
        const found = yield* stat(name);
        writeStat(p().interpreter.view, buffer, found);
        return 0;
      })(),
    );
  };

  return {
    __syscall_openat(_directory, at, flags, rest) {
      const name = path(at);
      if (p().device.is(name)) return p().device.fd;
      const own = p().library.open(name);
      if (own !== undefined) return own;
      const permissions = flags & O_CREAT ? p().interpreter.view.getInt32(rest, true) : 0o666;
      const access = flags & O_ACCMODE;
      return failing(
        open(
          name,
          {
            read: access !== 1,
            write: access !== 0,
            create: (flags & O_CREAT) !== 0,
            exclusive: (flags & O_EXCL) !== 0,
            truncate: (flags & O_TRUNC) !== 0,
            append: (flags & O_APPEND) !== 0,
            directory: (flags & O_DIRECTORY) !== 0,
            cloexec: true,
          },
          permissions,
        ),
      );
    },
    fd_read(fd, vectors, count, done) {
      const { interpreter, library, device } = p();
      const at = interpreter.view.getUint32(vectors, true);
      const length = count > 0 ? interpreter.view.getUint32(vectors + 4, true) : 0;
      const put = (data: Uint8Array): number => {
        interpreter.bytes.set(data, at);
        interpreter.view.setUint32(done, data.length, true);
        return 0;
      };
      const own = device.read(fd, length) ?? library.read(fd, length);
      if (own) return put(own);
      return positive(
        (function* () {
          return put(yield* read(fd, length));
        })(),
      );
    },
    fd_write(fd, vectors, count, done) {
      const { interpreter, device, output } = p();
      const at = count > 0 ? interpreter.view.getUint32(vectors, true) : 0;
      const length = count > 0 ? interpreter.view.getUint32(vectors + 4, true) : 0;
      const data = interpreter.bytes.slice(at, at + length);
      interpreter.view.setUint32(done, length, true);
      if (fd === device.fd) return device.request(data, at);
      if (fd === 1 || fd === 2) {
        const flush = output.add(fd, data);
        return flush ? positive(flush) : 0;
      }
      return positive(
        (function* () {
          let written = 0;
          while (written < data.length) written += yield* write(fd, data.subarray(written));
          return 0;
        })(),
      );
    },
    fd_seek(fd, offset, whence, done) {
      return positive(
        (function* () {
          const at = yield* lseek(fd, Number(offset), whence === 1 ? 'cur' : whence === 2 ? 'end' : 'set');
          p().interpreter.view.setBigInt64(done, BigInt(at), true);
          return 0;
        })(),
      );
    },
    fd_close(fd) {
      if (fd === p().device.fd || p().library.close(fd)) return 0;
      return positive(
        (function* () {
          yield* close(fd);
          return 0;
        })(),
      );
    },
    fd_sync(fd) {
      const flush = fd === 1 || fd === 2 ? p().output.flush(fd) : undefined;
      return flush ? positive(flush) : 0;
    },
    __syscall_stat64: statPath,
    __syscall_lstat64: statPath,
    __syscall_newfstatat: (_directory, at, buffer) => statPath(at, buffer),
    __syscall_fstat64: () => ENOSYS,
    __syscall_chdir: () => ENOSYS,
    // The loader asks where it is to name a file: everything else goes through the device.
    __syscall_getcwd: () => ENOENT,
    __syscall_mkdirat: () => ENOSYS,
    __syscall_poll: () => ENOSYS,
    __syscall_getdents64: () => ENOSYS,
    __syscall_renameat: () => ENOSYS,
    __syscall_rmdir: () => ENOSYS,
    __syscall_statfs64: () => ENOSYS,
    __syscall_unlinkat: () => ENOSYS,
  };
}

/** struct stat, as far as MicroPython reads it. */
function writeStat(view: DataView, at: number, found: { readonly mode: number; readonly size: number; readonly mtime?: number }): void {
  for (let i = 0; i < 96; i += 4) view.setUint32(at + i, 0, true);
  view.setUint32(at + 4, found.mode, true);
  view.setBigInt64(at + 24, BigInt(found.size), true);
  view.setBigInt64(at + 56, BigInt(Math.floor((found.mtime ?? 0) / 1_000_000)), true);
}
