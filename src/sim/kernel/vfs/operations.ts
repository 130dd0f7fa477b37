/** What path-taking system calls do to the tree, permissions included: plain functions, for host code as well. */
import { S_IFDIR, S_IFLNK, S_IFMT, S_IFREG, S_ISGID, S_ISUID, S_ISVTX } from '../abi.ts';
import { Errno } from '../errno.ts';
import { capable, isOwner, permits } from '../process/cred.ts';
import type { Inode } from './fileSystem.ts';
import { type Place, pathOf, samePlace } from './mounts.ts';
import { type Found, resolve, type Viewer, walk } from './resolve.ts';

/** Runs `work`; an Errno that names no path gets this one. */
export function about<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Errno && error.path === undefined) throw new Errno(error.code, path);
    throw error;
  }
}

export function requirePermission(viewer: Viewer, node: Inode, mask: number, path?: string): void {
  if (!permits(viewer.cred, node, mask)) throw new Errno('EACCES', path);
}

export function requireWritableMount(place: Place, path?: string): void {
  if (place.mount.readonly) throw new Errno('EROFS', path);
}

/** Makes a node in the directory that `found` names; the caller has seen that the name is free. */
export function createAt(viewer: Viewer, found: Found, mode: number, extra?: { readonly rdev?: number; readonly target?: string }): Place {
  const { dir, name } = found;
  if (dir.node.nlink === 0) throw new Errno('ENOENT');
  requireWritableMount(dir);
  requirePermission(viewer, dir.node, 3);
  const inherit = (dir.node.mode & S_ISGID) !== 0;
  const gid = inherit ? dir.node.gid : viewer.cred.egid;
  const keep = inherit && (mode & S_IFMT) === S_IFDIR ? mode | S_ISGID : mode;
  return { mount: dir.mount, node: dir.node.create(name, { mode: keep, uid: viewer.cred.euid, gid, ...extra }) };
}

function free(viewer: Viewer, path: string): Found {
  const found = walk(viewer, path, false);
  if (found.place) throw new Errno('EEXIST', path);
  return found;
}

export function mkdir(viewer: Viewer, path: string, permissions: number): void {
  about(path, () => createAt(viewer, free(viewer, path), S_IFDIR | (permissions & 0o1777 & ~viewer.umask)));
}

export function mknod(viewer: Viewer, path: string, type: number, permissions: number, rdev: number): void {
  about(path, () => {
    const found = free(viewer, path);
    if (found.slash) throw new Errno('ENOENT', path);
    if ((type === 0o020000 || type === 0o060000) && !capable(viewer.cred, 'CAP_MKNOD')) throw new Errno('EPERM', path);
    createAt(viewer, found, (type || S_IFREG) | (permissions & 0o7777 & ~viewer.umask), { rdev });
  });
}

export function symlink(viewer: Viewer, target: string, path: string): void {
  about(path, () => {
    if (target === '') throw new Errno('ENOENT', path);
    const found = free(viewer, path);
    if (found.slash) throw new Errno('ENOENT', path);
    createAt(viewer, found, S_IFLNK | 0o777, { target });
  });
}

export function link(viewer: Viewer, existing: string, path: string): void {
  about(path, () => {
    const from = resolve(viewer, existing, false);
    const found = free(viewer, path);
    if (from.node.isDirectory) throw new Errno('EPERM', path);
    if (from.mount !== found.dir.mount) throw new Errno('EXDEV', path);
    requireWritableMount(found.dir, path);
    requirePermission(viewer, found.dir.node, 3, path);
    found.dir.node.link(found.name, from.node);
  });
}

/** May the viewer take `node` out of `dir`? The sticky bit leaves that to the owners. */
function requireRemovable(viewer: Viewer, dir: Place, node: Inode, path: string): void {
  requireWritableMount(dir, path);
  requirePermission(viewer, dir.node, 3, path);
  if ((dir.node.mode & S_ISVTX) !== 0 && viewer.cred.euid !== dir.node.uid && !isOwner(viewer.cred, node)) throw new Errno('EPERM', path);
}

export function unlink(viewer: Viewer, path: string): void {
  about(path, () => {
    const found = walk(viewer, path, false);
    if (!found.place) throw new Errno('ENOENT', path);
    if (found.place.node.isDirectory) throw new Errno('EISDIR', path);
    requireRemovable(viewer, found.dir, found.place.node, path);
    if (found.place.mount !== found.dir.mount) throw new Errno('EBUSY', path);
    found.dir.node.unlink(found.name);
  });
}

export function rmdir(viewer: Viewer, path: string): void {
  about(path, () => {
    const found = walk(viewer, path, false);
    if (!found.place) throw new Errno('ENOENT', path);
    if (!found.place.node.isDirectory) throw new Errno('ENOTDIR', path);
    if (found.name === '.') throw new Errno('EINVAL', path);
    if (found.name === '..') throw new Errno('ENOTEMPTY', path);
    if (found.name === '/' || found.place.mount !== found.dir.mount) throw new Errno('EBUSY', path);
    requireRemovable(viewer, found.dir, found.place.node, path);
    found.dir.node.rmdir(found.name);
  });
}

export function rename(viewer: Viewer, from: string, to: string): void {
  about(from, () => {
    const source = walk(viewer, from, false);
    if (!source.place) throw new Errno('ENOENT', from);
    const target = walk(viewer, to, false);
    const node = source.place.node;
    if (['.', '..', '/'].includes(source.name) || ['.', '..', '/'].includes(target.name)) throw new Errno('EBUSY', from);
    if (source.place.mount !== source.dir.mount) throw new Errno('EBUSY', from);
    if (source.dir.mount !== target.dir.mount) throw new Errno('EXDEV', from);
    if (target.slash && !target.place && !node.isDirectory) throw new Errno('ENOTDIR', from);
    for (let at: Inode | undefined = target.dir.node; at; at = at.parent) if (at === node) throw new Errno('EINVAL', from);
    requireRemovable(viewer, source.dir, node, from);
    if (target.place) {
      if (target.place.mount !== target.dir.mount) throw new Errno('EBUSY', from);
      requireRemovable(viewer, target.dir, target.place.node, from);
      if (node.isDirectory && !target.place.node.isDirectory) throw new Errno('ENOTDIR', from);
      if (!node.isDirectory && target.place.node.isDirectory) throw new Errno('EISDIR', from);
    } else requirePermission(viewer, target.dir.node, 3, from);
    if (node.isDirectory && source.dir.node !== target.dir.node) requirePermission(viewer, node, 2, from);
    source.dir.node.rename(source.name, target.dir.node, target.name);
  });
}

export function chmod(viewer: Viewer, place: Place, permissions: number): void {
  requireWritableMount(place);
  if (!isOwner(viewer.cred, place.node)) throw new Errno('EPERM');
  let mode = permissions & 0o7777;
  const inGroup = viewer.cred.egid === place.node.gid || viewer.cred.groups.includes(place.node.gid);
  if (place.node.isFile && !inGroup && !capable(viewer.cred, 'CAP_FSETID')) mode &= ~S_ISGID;
  place.node.setAttr({ mode });
}

/** -1 leaves an id as it is. */
export function chown(viewer: Viewer, place: Place, uid: number, gid: number): void {
  requireWritableMount(place);
  const { node } = place;
  const { cred } = viewer;
  if (!capable(cred, 'CAP_CHOWN')) {
    if (uid !== -1 && (uid !== node.uid || cred.euid !== node.uid)) throw new Errno('EPERM');
    if (gid !== -1 && gid !== node.gid && (cred.euid !== node.uid || !(gid === cred.egid || cred.groups.includes(gid)))) throw new Errno('EPERM');
  }
  const mode = node.isFile && (node.mode & 0o111) !== 0 ? node.mode & ~S_ISUID & ((node.mode & 0o010) !== 0 ? ~S_ISGID : -1) & 0o7777 : undefined;
  node.setAttr({ uid: uid === -1 ? undefined : uid, gid: gid === -1 ? undefined : gid, mode });
}

/** `explicit`: the times were given, which only the owner may do; "now" is open to who may write. */
export function utimes(viewer: Viewer, place: Place, atime: number, mtime: number, explicit: boolean): void {
  requireWritableMount(place);
  if (!isOwner(viewer.cred, place.node)) {
    if (explicit) throw new Errno('EPERM');
    requirePermission(viewer, place.node, 2);
  }
  place.node.setAttr({ atime, mtime });
}

export function truncate(viewer: Viewer, path: string, length: number): void {
  about(path, () => {
    const place = resolve(viewer, path);
    if (place.node.isDirectory) throw new Errno('EISDIR', path);
    requireWritableMount(place);
    requirePermission(viewer, place.node, 2);
    place.node.truncate(length);
  });
}

export function chdir(viewer: Viewer, path: string): void {
  const place = resolve(viewer, path);
  if (!place.node.isDirectory) throw new Errno('ENOTDIR', path);
  requirePermission(viewer, place.node, 1, path);
  viewer.cwd = place;
}

/** Throws ENOENT when the directory was removed. */
export function getcwd(viewer: Viewer): string {
  if (samePlace(viewer.cwd, viewer.root)) return '/';
  const path = viewer.cwd.node.nlink === 0 ? undefined : pathOf(viewer.cwd, viewer.root);
  if (path === undefined) throw new Errno('ENOENT');
  return path;
}
