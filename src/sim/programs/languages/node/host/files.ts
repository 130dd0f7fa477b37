/** Files and directories. */
import type { Sim } from '../../../../kernel/sim.ts';
import {
  access,
  chmod,
  chown,
  close,
  fstat,
  ftruncate,
  isatty,
  link,
  lseek,
  lstat,
  mkdir,
  open,
  pread,
  read,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rmdir,
  type Stat,
  stat,
  symlink,
  truncate,
  unlink,
  utimes,
  write,
} from '../../../../kernel/syscalls.ts';
import { decodeUtf8 } from '../../../../lib/utf8.ts';
import type { Value } from '../vm.ts';

const FLAGS: Readonly<Record<string, object>> = {
  r: { read: true },
  'r+': { read: true, write: true },
  w: { write: true, create: true, truncate: true },
  wx: { write: true, create: true, exclusive: true },
  'w+': { read: true, write: true, create: true, truncate: true },
  a: { append: true, create: true },
  ax: { append: true, create: true, exclusive: true },
  'a+': { read: true, append: true, create: true },
};

const plain = (s: Stat): object => ({ ...s });

export const files = {
  *open(path: string, flags: string, mode: number): Sim<Value> {
    return yield* open(path, FLAGS[flags] ?? FLAGS.r, mode);
  },
  *close(fd: number): Sim<Value> {
    yield* close(fd);
    return undefined;
  },
  *read(fd: number, count: number): Sim<Value> {
    return yield* read(fd, count);
  },
  *pread(fd: number, count: number, offset: number): Sim<Value> {
    return yield* pread(fd, count, offset);
  },
  *writeFd(fd: number, data: Uint8Array): Sim<Value> {
    for (let at = 0; at < data.length; ) at += yield* write(fd, data.subarray(at));
    return data.length;
  },
  *lseek(fd: number, offset: number, whence: 'set' | 'cur' | 'end'): Sim<Value> {
    return yield* lseek(fd, offset, whence);
  },
  *readFile(path: string): Sim<Value> {
    return yield* readFile(path);
  },
  /** The text of a file, or null where no file is: what the search for modules asks all the time. */
  *readText(path: string): Sim<Value> {
    return decodeUtf8(yield* readFile(path));
  },
  *stat(path: string): Sim<Value> {
    return plain(yield* stat(path));
  },
  *lstat(path: string): Sim<Value> {
    return plain(yield* lstat(path));
  },
  *fstat(fd: number): Sim<Value> {
    return plain(yield* fstat(fd));
  },
  *readdir(path: string): Sim<Value> {
    const entries = yield* readdir(path);
    return entries
      .filter((e) => e.name !== '.' && e.name !== '..')
      .map((e) => ({ name: e.name, type: e.type }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  },
  *mkdir(path: string, mode: number): Sim<Value> {
    yield* mkdir(path, mode);
    return undefined;
  },
  *rmdir(path: string): Sim<Value> {
    yield* rmdir(path);
    return undefined;
  },
  *unlink(path: string): Sim<Value> {
    yield* unlink(path);
    return undefined;
  },
  *rename(from: string, to: string): Sim<Value> {
    yield* rename(from, to);
    return undefined;
  },
  *link(from: string, to: string): Sim<Value> {
    yield* link(from, to);
    return undefined;
  },
  *symlink(target: string, path: string): Sim<Value> {
    yield* symlink(target, path);
    return undefined;
  },
  *readlink(path: string): Sim<Value> {
    return yield* readlink(path);
  },
  *realpath(path: string): Sim<Value> {
    return yield* realpath(path);
  },
  *access(path: string, mask: number): Sim<Value> {
    return yield* access(path, mask);
  },
  *chmod(path: string, mode: number): Sim<Value> {
    yield* chmod(path, mode);
    return undefined;
  },
  *chown(path: string, uid: number, gid: number): Sim<Value> {
    yield* chown(path, uid, gid);
    return undefined;
  },
  *truncate(path: string, length: number): Sim<Value> {
    yield* truncate(path, length);
    return undefined;
  },
  *ftruncate(fd: number, length: number): Sim<Value> {
    yield* ftruncate(fd, length);
    return undefined;
  },
  *utimes(path: string, atime: number, mtime: number): Sim<Value> {
    yield* utimes(path, atime, mtime);
    return undefined;
  },
  *isatty(fd: number): Sim<Value> {
    return yield* isatty(fd);
  },
};
