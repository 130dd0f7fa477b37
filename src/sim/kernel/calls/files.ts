/** Opening, reading and writing. */

import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';
import {
  type OpenFlags,
  type OpenMode,
  type PollFd,
  type PollResult,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFREG,
  S_IFSOCK,
  type Stat,
} from '../abi.ts';
import { Errno } from '../errno.ts';
import { openDevice } from '../files/device.ts';
import { ByteChannel, PipeEnd } from '../files/pipe.ts';
import { RegularFile } from '../files/regularFile.ts';
import { FILE_BYTES_MAX } from '../limits.ts';
import type { OpenFile } from '../openFile.ts';
import { mayAccess } from '../process/access.ts';
import type { Process } from '../process/process.ts';
import { interruptibleWait } from '../process/wait.ts';
import type { Sim } from '../sim.ts';
import type { Inode } from '../vfs/inode.ts';
import { type Place, pathOf } from '../vfs/mounts.ts';
import { caller, existing, find, needDirectoryWrite, needWritable, withPath } from './context.ts';

const MODES: Readonly<Record<string, OpenFlags>> = {
  r: { read: true },
  'r+': { read: true, write: true },
  w: { write: true, create: true, truncate: true },
  'w+': { read: true, write: true, create: true, truncate: true },
  a: { append: true, create: true },
  'a+': { read: true, append: true, create: true },
  wx: { write: true, create: true, exclusive: true },
};

/** Readers and writers of named pipes meet in the inode. */
const fifos = new WeakMap<Inode, ByteChannel>();

export function* open(path: string, mode: OpenMode = 'r', permissions = 0o666): Sim<number> {
  const process = yield* caller();
  const flags = typeof mode === 'string' ? MODES[mode] : mode;
  // Before the file is looked for, so that a full table creates and truncates nothing.
  process.fds.needRoom();
  const file = yield* openFile(process, path, flags, permissions);
  return process.fds.install(file, { cloexec: flags.cloexec });
}

function* openFile(process: Process, path: string, flags: OpenFlags, permissions: number): Sim<OpenFile> {
  const writable = (flags.write ?? false) || (flags.append ?? false);
  const readable = flags.read ?? !writable;
  const found = find(process, path, !(flags.nofollow || (flags.create && flags.exclusive)));
  let { place } = found;
  let created = false;
  if (place && flags.create && flags.exclusive) throw new Errno('EEXIST', path);
  if (!place) {
    if (!flags.create) throw new Errno('ENOENT', path);
    if (found.slash) throw new Errno('EISDIR', path);
    const inode = createIn(process, found.directory, found.name, S_IFREG, permissions, 0, path);
    place = { mount: found.directory.mount, inode, parent: found.directory, name: found.name };
    created = true;
  }
  const { inode } = place;
  if (inode.isSymlink && !inode.follow) throw new Errno('ELOOP', path);
  if (flags.directory && !inode.isDirectory) throw new Errno('ENOTDIR', path);
  if (inode.isDirectory && (writable || flags.create)) throw new Errno('EISDIR', path);
  if (inode.type === S_IFSOCK) throw new Errno('ENXIO', path);
  if (!created && !mayAccess(process, inode, (readable ? 4 : 0) | (writable ? 2 : 0))) throw new Errno('EACCES', path);
  const special = inode.type === S_IFCHR || inode.type === S_IFBLK || inode.type === S_IFIFO;
  if (writable && !special) needWritable(place, path);
  const name = pathOf(process, place);
  if (inode.open) {
    const own = withPath(path, () => inode.open!(readable, writable));
    if (own) return own;
  }
  if (inode.type === S_IFCHR || inode.type === S_IFBLK) return openDevice(process, inode, name, readable, writable);
  if (inode.type === S_IFIFO) return yield* openFifo(process, inode, name, readable, writable);
  if (flags.truncate && inode.isFile && !created) withPath(path, () => inode.truncate(0, process.kernel.wallClock()));
  return new RegularFile(inode, { name, readable, writable, append: flags.append ?? false, now: () => process.kernel.wallClock() });
}

/** fifo(7): opening waits until the other side has been opened, though it may be closed again by the time that this one wakes. */
function* openFifo(process: Process, inode: Inode, name: string, readable: boolean, writable: boolean): Sim<OpenFile> {
  let channel = fifos.get(inode);
  if (!channel) {
    channel = new ByteChannel();
    fifos.set(inode, channel);
  }
  const end = new PipeEnd(channel, {
    readable,
    writable,
    ino: inode.ino,
    uid: inode.uid,
    gid: inode.gid,
    permissions: inode.mode & 0o7777,
    name,
    now: process.kernel.wallClock(),
  });
  if (readable === writable || (readable ? channel.writers : channel.readers) > 0) return end;
  const partners = (): number => (readable ? channel.writersEver : channel.readersEver);
  const before = partners();
  let met = false;
  try {
    while (partners() === before) yield* interruptibleWait(channel.changed);
    met = true;
    return end;
  } finally {
    // Killed, or unwound by a signal handler, while it waited: it must not count as a side that is open.
    if (!met) end.close();
  }
}

/** Makes an entry with the caller's ids and umask. */
export function createIn(
  process: Process,
  directory: Place,
  name: string,
  type: number,
  permissions: number,
  rdev: number,
  path: string,
): Inode {
  const inode = needDirectoryWrite(process, directory, path);
  const { euid, egid } = process.credentials;
  return withPath(path, () =>
    inode.create(
      name,
      type,
      { permissions: permissions & ~process.umask & 0o7777, uid: euid, gid: egid },
      rdev,
      process.kernel.wallClock(),
    ),
  );
}

export function* close(fd: number): Sim<void> {
  (yield* caller()).fds.close(fd);
}

export function* read(fd: number, count = 65_536): Sim<Uint8Array> {
  const file = (yield* caller()).fds.get(fd);
  if (!file.readable) throw new Errno('EBADF');
  return yield* file.read(count);
}

export function* write(fd: number, data: Uint8Array | string): Sim<number> {
  const file = (yield* caller()).fds.get(fd);
  if (!file.writable) throw new Errno('EBADF');
  return yield* file.write(typeof data === 'string' ? encodeUtf8(data) : data);
}

export function* pread(fd: number, count: number, offset: number): Sim<Uint8Array> {
  const file = (yield* caller()).fds.get(fd);
  if (!file.pread) throw new Errno('ESPIPE');
  return file.pread(count, offset);
}

export function* lseek(fd: number, offset: number, whence: 'set' | 'cur' | 'end' = 'set'): Sim<number> {
  const file = (yield* caller()).fds.get(fd);
  if (!file.seek) throw new Errno('ESPIPE');
  return file.seek(offset, whence);
}

export function* ftruncate(fd: number, length: number): Sim<void> {
  const file = (yield* caller()).fds.get(fd);
  if (!file.truncate || !file.writable) throw new Errno('EINVAL');
  file.truncate(length);
}

export function* dup(fd: number, min = 0): Sim<number> {
  const { fds } = yield* caller();
  return fds.install(fds.shared(fd), { min });
}

export function* dup2(from: number, to: number): Sim<number> {
  const { fds } = yield* caller();
  const shared = fds.shared(from);
  if (from !== to) fds.set(to, shared);
  return to;
}

export function* setCloexec(fd: number, on: boolean): Sim<void> {
  (yield* caller()).fds.setCloexec(fd, on);
}

export function* pipe(options: { cloexec?: boolean } = {}): Sim<readonly [read: number, write: number]> {
  const process = yield* caller();
  process.fds.needRoom(2);
  const channel = new ByteChannel();
  const { euid: uid, egid: gid } = process.credentials;
  const about = { ino: process.kernel.nextInode(), uid, gid, now: process.kernel.wallClock() };
  const read = process.fds.install(new PipeEnd(channel, { ...about, readable: true, writable: false }), options);
  const write = process.fds.install(new PipeEnd(channel, { ...about, readable: false, writable: true }), options);
  return [read, write];
}

export function* fstat(fd: number): Sim<Stat> {
  return (yield* caller()).fds.get(fd).stat();
}

export function* poll(fds: readonly PollFd[], timeout?: number): Sim<readonly PollResult[]> {
  const process = yield* caller();
  const deadline = timeout === undefined ? undefined : process.kernel.scheduler.now + timeout;
  const files = fds.map((p) => process.fds.get(p.fd));
  for (;;) {
    const ready = fds.flatMap((p, i): PollResult[] => {
      const state = files[i].poll();
      const hit = (p.read && state.readable) || (p.write && state.writable) || state.hangup;
      return hit ? [{ fd: p.fd, readable: state.readable, writable: state.writable, hangup: state.hangup }] : [];
    });
    if (ready.length > 0) return ready;
    if (
      !(yield* interruptibleWait(
        files.map((f) => f.changed),
        deadline,
      ))
    )
      return [];
  }
}

// ---- conveniences ----

/** All that comes until the end: more than `limit` bytes throw EFBIG, more than any file holds ENOMEM. */
export function* readAll(fd: number, limit = Number.POSITIVE_INFINITY): Sim<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const chunk = yield* read(fd);
    if (chunk.length === 0) break;
    length += chunk.length;
    if (length > limit) throw new Errno('EFBIG');
    if (length > FILE_BYTES_MAX) throw new Errno('ENOMEM');
    chunks.push(chunk);
  }
  if (chunks.length === 1) return chunks[0];
  const out = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}

export function* readFile(path: string): Sim<Uint8Array> {
  const fd = yield* open(path);
  try {
    return yield* withReadPath(path, readAll(fd));
  } finally {
    yield* close(fd);
  }
}

function* withReadPath<T>(path: string, body: Sim<T>): Sim<T> {
  try {
    return yield* body;
  } catch (error) {
    if (error instanceof Errno && error.path === undefined) throw new Errno(error.code, path);
    throw error;
  }
}

export function* readText(path: string): Sim<string> {
  return decodeUtf8(yield* readFile(path));
}

function* put(path: string, mode: OpenMode, data: Uint8Array | string, permissions?: number): Sim<void> {
  const fd = yield* open(path, mode, permissions);
  try {
    yield* withReadPath(path, write(fd, data));
  } finally {
    yield* close(fd);
  }
}

export function writeFile(path: string, data: Uint8Array | string, permissions?: number): Sim<void> {
  return put(path, 'w', data, permissions);
}

export function appendFile(path: string, data: Uint8Array | string): Sim<void> {
  return put(path, 'a', data);
}

export function* truncate(path: string, length: number): Sim<void> {
  const process = yield* caller();
  const place = existing(process, path);
  if (place.inode.isDirectory) throw new Errno('EISDIR', path);
  if (!mayAccess(process, place.inode, 2)) throw new Errno('EACCES', path);
  needWritable(place, path);
  withPath(path, () => place.inode.truncate(length, process.kernel.wallClock()));
}

export function* mknod(path: string, type: number, permissions: number, rdev = 0): Sim<void> {
  const process = yield* caller();
  const found = find(process, path, false);
  if (found.place) throw new Errno('EEXIST', path);
  if ((type === S_IFCHR || type === S_IFBLK) && !process.can('CAP_MKNOD')) throw new Errno('EPERM', path);
  if (type === S_IFDIR) throw new Errno('EPERM', path);
  createIn(process, found.directory, found.name, type, permissions, rdev, path);
}
