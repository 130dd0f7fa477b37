import { Errno } from '../errno.ts';
import type { Namespace } from '../namespaces/namespaces.ts';
import type { FileSystem, Inode } from './fileSystem.ts';

/** A spot in the tree of mounts: an inode as seen through a mount. */
export interface Place {
  readonly mount: Mount;
  readonly node: Inode;
}

/** Where a mount is attached. `dir` and `name` give the path of a file; directories know theirs. */
export interface MountPoint extends Place {
  readonly dir: Place;
  readonly name: string;
}

export interface MountInfo {
  readonly fs: FileSystem;
  /** The part of the file system that shows: its root, or the source of a bind mount. */
  readonly root: Inode;
  /** Path of `root` inside the file system, for mountinfo. */
  readonly rootPath: string;
  readonly source: string;
  /** As /proc/mounts shows after rw/ro: 'relatime', 'lowerdir=...'. */
  readonly options: string;
  readonly readonly: boolean;
}

export class Mount implements MountInfo {
  readonly id: number;
  readonly fs: FileSystem;
  readonly root: Inode;
  readonly rootPath: string;
  readonly source: string;
  options: string;
  readonly: boolean;
  at: MountPoint | undefined;

  constructor(id: number, info: MountInfo) {
    this.id = id;
    this.fs = info.fs;
    this.root = info.root;
    this.rootPath = info.rootPath;
    this.source = info.source;
    this.options = info.options;
    this.readonly = info.readonly;
  }
}

let mountIds = 20;

/** The mounts that the processes of one mount namespace see, in the order of mounting. */
export class MountNamespace implements Namespace {
  readonly id: number;
  mounts: Mount[] = [];
  readonly #byPoint = new Map<Inode, Mount[]>();

  constructor(id: number) {
    this.id = id;
  }

  get root(): Place {
    const mount = this.mounts.find((m) => !m.at);
    if (!mount) throw new Errno('ENOENT');
    return this.cross({ mount, node: mount.root });
  }

  /** Steps over what is mounted on `place`. */
  cross(place: Place): Place {
    let at = place;
    for (;;) {
      const list = this.#byPoint.get(at.node);
      const over = list?.findLast((mount) => mount.at?.mount === at.mount);
      if (!over) return at;
      at = { mount: over, node: over.root };
    }
  }

  attach(info: MountInfo, at: MountPoint | undefined): Mount {
    const mount = new Mount(++mountIds, info);
    mount.at = at;
    this.mounts.push(mount);
    this.#index(mount);
    return mount;
  }

  #index(mount: Mount): void {
    if (!mount.at) return;
    const list = this.#byPoint.get(mount.at.node);
    if (list) list.push(mount);
    else this.#byPoint.set(mount.at.node, [mount]);
  }

  /** Throws EBUSY while something is mounted below. */
  detach(mount: Mount): void {
    if (this.mounts.some((other) => other.at?.mount === mount)) throw new Errno('EBUSY');
    this.mounts = this.mounts.filter((other) => other !== mount);
    if (!mount.at) return;
    const list = (this.#byPoint.get(mount.at.node) ?? []).filter((other) => other !== mount);
    if (list.length > 0) this.#byPoint.set(mount.at.node, list);
    else this.#byPoint.delete(mount.at.node);
  }

  /** MNT_DETACH: the mount with all that is mounted below it. */
  detachTree(mount: Mount): void {
    for (const below of this.mounts.filter((other) => other.at?.mount === mount)) this.detachTree(below);
    this.detach(mount);
  }

  isMountPoint(node: Inode): boolean {
    return this.#byPoint.has(node);
  }

  /** Puts `mount` on top of the tree; what was the root hangs at `oldAt` now, or goes away. pivot_root(2). */
  pivot(mount: Mount, oldAt: MountPoint | undefined): void {
    const old = this.mounts.find((m) => !m.at);
    const point = mount.at;
    if (!old || !point) throw new Errno('EINVAL');
    this.#unindex(mount);
    mount.at = undefined;
    if (oldAt) {
      old.at = oldAt;
      this.#index(old);
    } else {
      const keep = new Set<Mount>([mount]);
      for (const other of this.mounts) if (other.at && keep.has(other.at.mount)) keep.add(other);
      for (const other of this.mounts) if (!keep.has(other)) this.#unindex(other);
      this.mounts = this.mounts.filter((other) => keep.has(other));
    }
  }

  #unindex(mount: Mount): void {
    if (!mount.at) return;
    const list = (this.#byPoint.get(mount.at.node) ?? []).filter((other) => other !== mount);
    if (list.length > 0) this.#byPoint.set(mount.at.node, list);
    else this.#byPoint.delete(mount.at.node);
  }

  /** A copy for a new namespace, and how to find in it a place of this one. */
  clone(id: number): { readonly namespace: MountNamespace; readonly translate: (place: Place) => Place } {
    const namespace = new MountNamespace(id);
    const twins = new Map<Mount, Mount>();
    for (const mount of this.mounts) twins.set(mount, new Mount(++mountIds, mount));
    const translate = (place: Place): Place => ({ mount: twins.get(place.mount) ?? place.mount, node: place.node });
    for (const [mount, twin] of twins) {
      if (mount.at) twin.at = { ...mount.at, ...translate(mount.at), dir: translate(mount.at.dir) };
      namespace.mounts.push(twin);
      namespace.#index(twin);
    }
    return { namespace, translate };
  }
}

export function samePlace(a: Place, b: Place): boolean {
  return a.node === b.node && a.mount === b.mount;
}

/** One directory up, not beyond `root`; crosses from the root of a mount to what it is mounted on. */
export function parentPlace(place: Place, root: Place): Place {
  let at = place;
  for (;;) {
    if (samePlace(at, root)) return at;
    if (at.node !== at.mount.root) return { mount: at.mount, node: at.node.parent ?? at.node };
    if (!at.mount.at) return at;
    at = at.mount.at;
  }
}

/** Path of a directory as seen from `root`; undefined if it was removed or lies outside. */
export function pathOf(place: Place, root: Place): string | undefined {
  const names: string[] = [];
  let at = place;
  for (;;) {
    if (samePlace(at, root)) return `/${names.reverse().join('/')}`;
    if (at.node === at.mount.root) {
      const point = at.mount.at;
      if (!point) return undefined;
      if (!point.node.isDirectory) {
        names.push(point.name);
        at = point.dir;
      } else at = point;
    } else {
      if (!at.node.parent) return undefined;
      names.push(at.node.name);
      at = { mount: at.mount, node: at.node.parent };
    }
  }
}

/** Path of an inode within its file system. */
export function pathWithin(node: Inode): string {
  let out = '';
  for (let at: Inode | undefined = node; at?.parent; at = at.parent) out = `/${at.name}${out}`;
  return out || '/';
}
