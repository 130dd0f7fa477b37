/** Names, links and attributes. */
import { type Dirent, S_IFDIR, S_IFMT, S_ISGID, S_ISUID, type Stat, type StatFs } from '../abi.ts';
import { Errno, isErrno } from '../errno.ts';
import { allows, mayAccess, mayRemove, ownerOrCapable } from '../process/access.ts';
import type { Process } from '../process/process.ts';
import type { Sim } from '../sim.ts';
import { type Place, pathOf } from '../vfs/mounts.ts';
import { caller, existing, find, needDirectoryWrite, needWritable, withPath } from './context.ts';
import { createIn } from './files.ts';

export function* stat(path: string): Sim<Stat> {
  return existing(yield* caller(), path).inode.stat();
}

export function* lstat(path: string): Sim<Stat> {
  return existing(yield* caller(), path, false).inode.stat();
}

function* orNull<T>(body: Sim<T>): Sim<T | null> {
  try {
    return yield* body;
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return null;
    throw error;
  }
}

export const statOrNull = (path: string): Sim<Stat | null> => orNull(stat(path));
export const lstatOrNull = (path: string): Sim<Stat | null> => orNull(lstat(path));

export function* access(path: string, mask: number): Sim<boolean> {
  const process = yield* caller();
  const place = yield* orNull(
    (function* () {
      return existing(process, path);
    })(),
  );
  if (!place || ((mask & 2) !== 0 && place.mount.readonly)) return false;
  const { uid, gid, groups } = process.credentials;
  return allows({ uid, gid, groups, can: (c) => process.can(c) }, place.inode, mask);
}

export function* readdir(path: string): Sim<readonly Dirent[]> {
  const process = yield* caller();
  const { inode } = existing(process, path);
  if (!inode.isDirectory) throw new Errno('ENOTDIR', path);
  if (!mayAccess(process, inode, 4)) throw new Errno('EACCES', path);
  return withPath(path, () => inode.entries());
}

export function* readlink(path: string): Sim<string> {
  const { inode } = existing(yield* caller(), path, false);
  if (!inode.isSymlink) throw new Errno('EINVAL', path);
  return inode.readlink();
}

export function* realpath(path: string): Sim<string> {
  const process = yield* caller();
  return pathOf(process, existing(process, path));
}

export function* symlink(target: string, path: string): Sim<void> {
  const process = yield* caller();
  const found = find(process, path, false);
  if (found.place) throw new Errno('EEXIST', path);
  const directory = needDirectoryWrite(process, found.directory, path);
  const { euid, egid } = process.credentials;
  withPath(path, () => directory.symlink(found.name, target, { permissions: 0o777, uid: euid, gid: egid }, process.kernel.wallClock()));
}

export function* link(target: string, path: string): Sim<void> {
  const process = yield* caller();
  const from = existing(process, target, false);
  const found = find(process, path, false);
  if (found.place) throw new Errno('EEXIST', path);
  if (from.inode.isDirectory) throw new Errno('EPERM', path);
  if (from.mount !== found.directory.mount) throw new Errno('EXDEV', path);
  const directory = needDirectoryWrite(process, found.directory, path);
  withPath(path, () => directory.link(found.name, from.inode, process.kernel.wallClock()));
}

/** What is mounted on cannot be removed or moved. */
function needUnmounted(process: Process, place: Place, path: string): void {
  if (place.inode === place.mount.root) throw new Errno('EBUSY', path);
  if (process.namespaces.mnt.mounts.some((m) => m.mountpoint === place.inode && m.parent === place.mount)) throw new Errno('EBUSY', path);
}

function take(process: Process, path: string, wantDirectory: boolean): void {
  const found = find(process, path, false);
  const { place } = found;
  if (!place) throw new Errno('ENOENT', path);
  if (wantDirectory && found.name === '.') throw new Errno('EINVAL', path);
  if (wantDirectory && !place.inode.isDirectory) throw new Errno('ENOTDIR', path);
  if (!wantDirectory && place.inode.isDirectory) throw new Errno('EISDIR', path);
  needUnmounted(process, place, path);
  const directory = needDirectoryWrite(process, found.directory, path);
  if (!mayRemove(process, directory, place.inode)) throw new Errno('EPERM', path);
  withPath(path, () => directory.remove(found.name, process.kernel.wallClock()));
}

export function* unlink(path: string): Sim<void> {
  take(yield* caller(), path, false);
}

export function* rmdir(path: string): Sim<void> {
  take(yield* caller(), path, true);
}

export function* mkdir(path: string, permissions = 0o777): Sim<void> {
  const process = yield* caller();
  const found = find(process, path, false);
  if (found.place) throw new Errno('EEXIST', path);
  createIn(process, found.directory, found.name, S_IFDIR, permissions, 0, path);
}

export function* rename(from: string, to: string): Sim<void> {
  const process = yield* caller();
  const source = find(process, from, false);
  if (!source.place) throw new Errno('ENOENT', from);
  const target = find(process, to, false);
  if (source.directory.mount !== target.directory.mount) throw new Errno('EXDEV', from);
  needUnmounted(process, source.place, from);
  if (source.place.inode.isDirectory) {
    if (target.place && !target.place.inode.isDirectory) throw new Errno('ENOTDIR', to);
    for (let at: Place | undefined = target.directory; at; at = at.parent)
      if (at.inode === source.place.inode) throw new Errno('EINVAL', to);
  } else if (target.slash && !target.place) throw new Errno('ENOTDIR', to);
  const out = needDirectoryWrite(process, source.directory, from);
  const into = needDirectoryWrite(process, target.directory, to);
  if (!mayRemove(process, out, source.place.inode) || (target.place && !mayRemove(process, into, target.place.inode)))
    throw new Errno('EPERM', from);
  withPath(to, () => out.rename(source.name, into, target.name, process.kernel.wallClock()));
}

export function* chmod(path: string, permissions: number): Sim<void> {
  const process = yield* caller();
  const place = existing(process, path);
  if (!ownerOrCapable(process, place.inode)) throw new Errno('EPERM', path);
  needWritable(place, path);
  withPath(path, () =>
    place.inode.setAttributes({ mode: (place.inode.mode & S_IFMT) | (permissions & 0o7777), ctime: process.kernel.wallClock() }),
  );
}

function changeOwner(process: Process, place: Place, uid: number, gid: number, path: string): void {
  const { inode } = place;
  const newUid = uid < 0 ? inode.uid : uid;
  const newGid = gid < 0 ? inode.gid : gid;
  const own = process.credentials.euid === inode.uid;
  const groupOk = newGid === inode.gid || (own && (newGid === process.credentials.egid || process.credentials.groups.includes(newGid)));
  if (!process.can('CAP_CHOWN') && (newUid !== inode.uid || !groupOk || !own)) throw new Errno('EPERM', path);
  needWritable(place, path);
  const mode =
    inode.isFile && (inode.mode & 0o111) !== 0 ? inode.mode & ~(S_ISUID | ((inode.mode & 0o010) !== 0 ? S_ISGID : 0)) : inode.mode;
  withPath(path, () => inode.setAttributes({ uid: newUid, gid: newGid, mode, ctime: process.kernel.wallClock() }));
}

/** -1 leaves an id as it is. */
export function* chown(path: string, uid: number, gid: number): Sim<void> {
  const process = yield* caller();
  changeOwner(process, existing(process, path), uid, gid, path);
}

export function* lchown(path: string, uid: number, gid: number): Sim<void> {
  const process = yield* caller();
  changeOwner(process, existing(process, path, false), uid, gid, path);
}

export function* utimes(path: string, atime: number, mtime: number, options: { nofollow?: boolean } = {}): Sim<void> {
  const process = yield* caller();
  const place = existing(process, path, !options.nofollow);
  if (!ownerOrCapable(process, place.inode) && !mayAccess(process, place.inode, 2)) throw new Errno('EACCES', path);
  needWritable(place, path);
  withPath(path, () => place.inode.setAttributes({ atime, mtime, ctime: process.kernel.wallClock() }));
}

export function* statfs(path: string): Sim<StatFs> {
  return existing(yield* caller(), path).inode.fs.statfs();
}

export function* chdir(path: string): Sim<void> {
  const process = yield* caller();
  const place = existing(process, path);
  if (!place.inode.isDirectory) throw new Errno('ENOTDIR', path);
  if (!mayAccess(process, place.inode, 1)) throw new Errno('EACCES', path);
  process.cwd = place;
}

export function* getcwd(): Sim<string> {
  const process = yield* caller();
  return pathOf(process, process.cwd);
}

export function* umask(mask?: number): Sim<number> {
  const process = yield* caller();
  const old = process.umask;
  if (mask !== undefined) process.umask = mask & 0o777;
  return old;
}

export function* chroot(path: string): Sim<void> {
  const process = yield* caller();
  const place = existing(process, path);
  if (!place.inode.isDirectory) throw new Errno('ENOTDIR', path);
  if (!process.can('CAP_SYS_CHROOT')) throw new Errno('EPERM', path);
  process.root = place;
}

// ---- conveniences ----

export function* mkdirAll(path: string, permissions = 0o777): Sim<void> {
  const parts = path.split('/').filter((p) => p !== '');
  for (let i = 1; i <= parts.length; i++) {
    const at = (path.startsWith('/') ? '/' : '') + parts.slice(0, i).join('/');
    const found = yield* statOrNull(at);
    if (!found) yield* mkdir(at, permissions);
    else if ((found.mode & S_IFMT) !== S_IFDIR) throw new Errno('ENOTDIR', at);
  }
}

export function* removeTree(path: string): Sim<void> {
  const found = yield* lstatOrNull(path);
  if (!found) return;
  if ((found.mode & S_IFMT) !== S_IFDIR) return yield* unlink(path);
  for (const entry of yield* readdir(path)) yield* removeTree(`${path}/${entry.name}`);
  yield* rmdir(path);
}
