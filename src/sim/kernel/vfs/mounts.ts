import { Errno } from '../errno.ts';
import { NAME_MAX, PATH_MAX, SYMLINKS_MAX } from '../limits.ts';
import type { FileSystem, Inode } from './inode.ts';

export interface Mount {
  readonly id: number;
  /** The mounted tree's top: a file system's root, or any inode for a bind mount. */
  readonly root: Inode;
  /** Where it is mounted: undefined for the namespace's own root. */
  readonly parent: Mount | undefined;
  readonly mountpoint: Inode | undefined;
  /** As /proc/mounts shows it. */
  readonly source: string;
  readonly type: string;
  /** Path of the mount's root inside its file system ('/' unless bound). */
  readonly rootPath: string;
  /** Where it was mounted, for the tables. */
  readonly path: string;
  readonly options: readonly string[];
  readonly: boolean;
}

/** A place: an inode seen through a mount. */
export interface Place {
  readonly mount: Mount;
  readonly inode: Inode;
  /** Directory and name that led here; the root of a mount has those of the mountpoint. */
  readonly parent: Place | undefined;
  readonly name: string;
}

export class MountNamespace {
  readonly id: number;
  readonly #nextId: () => number;
  mounts: Mount[];

  constructor(id: number, nextId: () => number, mounts: readonly Mount[] = []) {
    this.id = id;
    this.#nextId = nextId;
    this.mounts = [...mounts];
  }

  /** A copy that changes on its own (unshare(CLONE_NEWNS)). */
  clone(id: number): MountNamespace {
    const copies = new Map<Mount, Mount>();
    const out = new MountNamespace(id, this.#nextId);
    for (const mount of this.mounts) {
      const copy: Mount = { ...mount, id: this.#nextId(), parent: mount.parent && copies.get(mount.parent) };
      copies.set(mount, copy);
      out.mounts.push(copy);
    }
    out.#copies = copies;
    return out;
  }

  #copies: ReadonlyMap<Mount, Mount> | undefined;

  /** The place in this namespace that stands for one in the namespace that it was cloned from. */
  translate(place: Place): Place {
    const mount = this.#copies?.get(place.mount);
    return mount ? { ...place, mount, parent: place.parent && this.translate(place.parent) } : place;
  }

  get root(): Place {
    const mount = this.mounts[0];
    return this.#top({ mount, inode: mount.root, parent: undefined, name: '/' });
  }

  mountRoot(fs: FileSystem, source: string, options: readonly string[] = ['rw', 'relatime']): Mount {
    const mount: Mount = {
      id: this.#nextId(),
      root: fs.root,
      parent: undefined,
      mountpoint: undefined,
      source,
      type: fs.type,
      rootPath: '/',
      path: '/',
      options,
      readonly: false,
    };
    this.mounts.push(mount);
    return mount;
  }

  /** Mounts a tree over a place. */
  add(
    at: Place,
    root: Inode,
    info: { source: string; type: string; rootPath?: string; path: string; options?: readonly string[]; readonly?: boolean },
  ): Mount {
    const mount: Mount = {
      id: this.#nextId(),
      root,
      parent: at.mount,
      mountpoint: at.inode,
      source: info.source,
      type: info.type,
      rootPath: info.rootPath ?? '/',
      path: info.path,
      options: info.options ?? ['rw', 'relatime'],
      readonly: info.readonly ?? false,
    };
    this.mounts.push(mount);
    return mount;
  }

  /** EINVAL if nothing is mounted there, EBUSY if something is mounted below. */
  remove(place: Place): void {
    if (place.inode !== place.mount.root || !place.mount.parent) throw new Errno('EINVAL');
    if (this.mounts.some((m) => m.parent === place.mount)) throw new Errno('EBUSY');
    this.mounts = this.mounts.filter((m) => m !== place.mount);
  }

  /** Steps onto whatever is mounted over a place. */
  #top(place: Place): Place {
    let at = place;
    for (;;) {
      const over = this.#points()
        .get(at.inode)
        ?.findLast((mount) => mount.parent === at.mount);
      if (!over) return at;
      at = { mount: over, inode: over.root, parent: place.parent, name: place.name };
    }
  }

  /** Mounts by the inode that they cover, made anew when the list has changed. */
  #points(): ReadonlyMap<Inode, readonly Mount[]> {
    if (this.#indexed === this.mounts && this.#indexedLength === this.mounts.length) return this.#byPoint;
    this.#byPoint.clear();
    for (const mount of this.mounts) {
      if (!mount.mountpoint) continue;
      const list = this.#byPoint.get(mount.mountpoint);
      if (list) list.push(mount);
      else this.#byPoint.set(mount.mountpoint, [mount]);
    }
    this.#indexed = this.mounts;
    this.#indexedLength = this.mounts.length;
    return this.#byPoint;
  }

  readonly #byPoint = new Map<Inode, Mount[]>();
  #indexed: readonly Mount[] | undefined;
  #indexedLength = 0;

  child(dir: Place, name: string): Place | undefined {
    const inode = dir.inode.lookup(name);
    if (!inode) return undefined;
    const place: Place = { mount: dir.mount, inode, parent: dir, name };
    return inode.isDirectory || this.mounts.length > 1 ? this.#top(place) : place;
  }
}

/** Who walks: where it starts and what it may search. */
export interface Walker {
  readonly namespace: MountNamespace;
  readonly root: Place;
  readonly cwd: Place;
  maySearch(inode: Inode): boolean;
}

export interface Found {
  /** The directory that holds (or would hold) the last name. */
  readonly directory: Place;
  readonly name: string;
  /** Undefined when the last name does not exist. */
  readonly place: Place | undefined;
  /** The path ended with a slash: it must be a directory. */
  readonly slash: boolean;
}

/** Walks a path. Throws ENOENT, ENOTDIR, EACCES, ELOOP, ENAMETOOLONG for all but the last name. */
export function walk(walker: Walker, path: string, followLast: boolean): Found {
  if (path === '') throw new Errno('ENOENT', path);
  if (path.length >= PATH_MAX) throw new Errno('ENAMETOOLONG', path);
  return walkFrom(walker, path, path.startsWith('/') ? walker.root : walker.cwd, followLast, { links: 0 }, path);
}

function walkFrom(walker: Walker, path: string, start: Place, followLast: boolean, budget: { links: number }, whole: string): Found {
  let at = start;
  const parts = path.split('/').filter((p) => p !== '');
  const slash = path.endsWith('/') || /(^|\/)\.{1,2}$/.test(path);
  if (parts.length === 0) return { directory: at, name: '.', place: at, slash: true };
  for (let i = 0; i < parts.length; i++) {
    const name = parts[i];
    const last = i === parts.length - 1;
    if (!at.inode.isDirectory) throw new Errno('ENOTDIR', whole);
    if (!walker.maySearch(at.inode)) throw new Errno('EACCES', whole);
    if (name.length > NAME_MAX) throw new Errno('ENAMETOOLONG', whole);
    let next: Place | undefined;
    if (name === '.') next = at;
    else if (name === '..') next = isRoot(walker, at) ? at : (at.parent ?? at);
    else next = walker.namespace.child(at, name);
    if (last && !next) return { directory: at, name, place: undefined, slash };
    if (!next) throw new Errno('ENOENT', whole);
    if (next.inode.isSymlink && (!last || followLast || slash)) {
      if (++budget.links > SYMLINKS_MAX) throw new Errno('ELOOP', whole);
      const magic = next.inode.follow?.();
      if (magic) next = { mount: next.mount, inode: magic, parent: at, name };
      else {
        const target = next.inode.readlink();
        const found = walkFrom(walker, target, target.startsWith('/') ? walker.root : at, true, budget, whole);
        if (last && !found.place) return { ...found, slash: slash || found.slash };
        if (!found.place) throw new Errno('ENOENT', whole);
        next = found.place;
      }
    }
    if (last) {
      if (slash && next && !next.inode.isDirectory) throw new Errno('ENOTDIR', whole);
      return { directory: name === '.' || name === '..' ? next : at, name, place: next, slash };
    }
    at = next;
  }
  throw new Errno('ENOENT', whole);
}

function isRoot(walker: Walker, place: Place): boolean {
  return place.inode === walker.root.inode && place.mount === walker.root.mount;
}

/** The path of a place as its walker sees it. Places outside of the walker's root are "(unreachable)". */
export function pathOf(walker: { readonly root: Place }, place: Place): string {
  const parts: string[] = [];
  let at: Place | undefined = place;
  while (at && !(at.inode === walker.root.inode && at.mount === walker.root.mount)) {
    if (!at.parent) return parts.length === 0 && at.name === '/' ? '/' : `(unreachable)/${parts.reverse().join('/')}`;
    parts.push(at.name);
    at = at.parent;
  }
  return `/${parts.reverse().join('/')}`;
}
