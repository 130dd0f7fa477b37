import { Errno } from '../errno.ts';
import { NAME_MAX, PATH_MAX, SYMLINKS_MAX } from '../limits.ts';
import type { OpenFile } from '../openFile.ts';
import { type Cred, permits } from '../process/cred.ts';
import { type Mount, type MountNamespace, parentPlace, type Place, pathOf } from './mounts.ts';
import type { Inode } from './fileSystem.ts';

/** From where, and as whom, a path is walked. A process is one. */
export interface Viewer {
  root: Place;
  cwd: Place;
  cred: Cred;
  umask: number;
  readonly mounts: MountNamespace;
}

/** Where a path led. */
export interface Found {
  /** The directory that holds (or would hold) the last name. */
  readonly dir: Place;
  /** '.', '..' or '/' when the path ends so. */
  readonly name: string;
  /** Undefined if there is no such entry. */
  readonly place: Place | undefined;
  /** The path ended in a slash. */
  readonly slash: boolean;
  /** A link of /proc led to an open file. */
  readonly file?: OpenFile;
}

/** Walks `path`. Only the last name may be missing. Throws ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG. path_resolution(7). */
export function walk(viewer: Viewer, path: string, follow: boolean): Found {
  if (path === '') throw new Errno('ENOENT', path);
  if (path.length >= PATH_MAX) throw new Errno('ENAMETOOLONG', path);
  const slash = path.endsWith('/');
  const rest = path.split('/').reverse();
  let at: Place | undefined = path[0] === '/' ? viewer.root : viewer.cwd;
  let dir: Place = at;
  let name = '/';
  let links = 0;
  while (rest.length > 0) {
    const next = rest.pop() as string;
    if (next === '') continue;
    if (!at) throw new Errno('ENOENT', path);
    if (!at.node.isDirectory) throw new Errno('ENOTDIR', path);
    if (!permits(viewer.cred, at.node, 1)) throw new Errno('EACCES', path);
    name = next;
    if (next === '.') {
      dir = at;
      continue;
    }
    if (next === '..') {
      at = viewer.mounts.cross(parentPlace(at, viewer.root));
      dir = at;
      continue;
    }
    if (next.length > NAME_MAX) throw new Errno('ENAMETOOLONG', path);
    const child = at.node.lookup(next);
    dir = at;
    if (!child) {
      at = undefined;
      continue;
    }
    at = viewer.mounts.cross({ mount: dir.mount, node: child });
    if (!child.isSymlink || !(follow || slash || rest.some((part) => part !== ''))) continue;
    if (++links > SYMLINKS_MAX) throw new Errno('ELOOP', path);
    const jump = child.jump();
    if (jump && 'file' in jump) {
      if (rest.some((part) => part !== '')) throw new Errno('ENOTDIR', path);
      return { dir, name, place: at, slash, file: jump.file };
    }
    if (jump) {
      at = { mount: jump.mount as Mount, node: jump.node };
      continue;
    }
    const target = child.readlink();
    if (target === '') throw new Errno('ENOENT', path);
    at = target[0] === '/' ? viewer.root : dir;
    for (const part of target.split('/').reverse()) rest.push(part);
  }
  if (slash && at && !at.node.isDirectory) throw new Errno('ENOTDIR', path);
  return { dir, name, place: at, slash };
}

/** The inode at `path`; throws ENOENT if there is none. */
export function resolve(viewer: Viewer, path: string, follow = true): Place {
  const found = walk(viewer, path, follow);
  if (!found.place) throw new Errno('ENOENT', path);
  return found.place;
}

/** Null instead of ENOENT and ENOTDIR. */
export function resolveOrNull(viewer: Viewer, path: string, follow = true): Place | null {
  try {
    return walk(viewer, path, follow).place ?? null;
  } catch (error) {
    if (error instanceof Errno && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null;
    throw error;
  }
}

/** Path of an entry as the viewer sees it; ' (deleted)' after it when it is gone, as /proc/PID/fd shows. */
export function displayPath(dir: Place, name: string, node: Inode, root: Place): string {
  if (node.isDirectory) return pathOf({ mount: dir.mount, node }, root) ?? '/';
  const base = pathOf(dir, root) ?? '';
  const path = base === '/' ? `/${name}` : `${base}/${name}`;
  return node.nlink === 0 ? `${path} (deleted)` : path;
}
