/**
 * overlayfs: read-only lower trees under one writable upper tree. A change copies the file up first; a removal leaves a
 * whiteout (a character device 0:0) in the upper tree; a replaced directory is marked opaque.
 * Documentation/filesystems/overlayfs.rst of Linux has the rules.
 */
import { type Dirent, S_IFCHR, S_IFDIR, S_IFLNK, type StatFs } from '../abi.ts';
import { Errno } from '../errno.ts';
import { type FileSystem, Inode, type NewInode } from './inode.ts';
import { MemInode } from './memFs.ts';

const OPAQUE = 'trusted.overlay.opaque';

export const isWhiteout = (inode: Inode): boolean => inode.type === S_IFCHR && inode.rdev === 0;
export const isOpaque = (inode: Inode): boolean => inode instanceof MemInode && inode.xattrs?.get(OPAQUE) === 'y';

export interface OverlayOptions {
  readonly device: number;
  /** Topmost first. */
  readonly lowers: readonly Inode[];
  /** Undefined makes it read-only. */
  readonly upper: MemInode | undefined;
  /** Called when a file is copied up: its path's last name and bytes. */
  readonly onCopyUp?: (inode: Inode) => void;
}

export class OverlayFs implements FileSystem {
  readonly type = 'overlay';
  readonly device: number;
  readonly root: OverlayInode;
  readonly upper: MemInode | undefined;
  readonly onCopyUp: ((inode: Inode) => void) | undefined;
  /** Held no longer than the tree below holds the file: what is removed is forgotten here too. */
  readonly #inodes = new WeakMap<Inode, OverlayInode>();

  constructor(options: OverlayOptions) {
    this.device = options.device;
    this.upper = options.upper;
    this.onCopyUp = options.onCopyUp;
    this.root = new OverlayInode(this, undefined, '', options.upper, options.lowers);
  }

  statfs(): StatFs {
    return { ...(this.upper ?? this.root.real).fs.statfs(), type: this.type };
  }

  /** The overlay inode for a non-directory: hard links share one. */
  adopt(parent: OverlayInode, name: string, upper: MemInode | undefined, lowers: readonly Inode[]): OverlayInode {
    const real = upper ?? lowers[0];
    if (real.isDirectory) return new OverlayInode(this, parent, name, upper, lowers);
    let inode = this.#inodes.get(real);
    if (!inode) {
      inode = new OverlayInode(this, parent, name, upper, lowers);
      this.#inodes.set(real, inode);
    }
    return inode;
  }

  /** After a copy-up the same overlay inode stands for the upper file. */
  moved(inode: OverlayInode, to: MemInode): void {
    this.#inodes.set(to, inode);
  }
}

export class OverlayInode extends Inode {
  readonly fs: OverlayFs;
  parent: OverlayInode | undefined;
  name: string;
  upper: MemInode | undefined;
  /** Topmost first; for a file, at most the one that shows. */
  readonly lowers: readonly Inode[];
  readonly #children = new Map<string, OverlayInode>();

  constructor(fs: OverlayFs, parent: OverlayInode | undefined, name: string, upper: MemInode | undefined, lowers: readonly Inode[]) {
    super();
    this.fs = fs;
    this.parent = parent;
    this.name = name;
    this.upper = upper;
    this.lowers = lowers;
  }

  /** The inode whose data and attributes show. */
  get real(): Inode {
    return this.upper ?? this.lowers[0];
  }
  get ino(): number {
    // Stable over a copy-up, as xino does.
    const base = this.lowers[0] ?? this.upper;
    return base.fs.device * 1_000_000 + base.ino;
  }
  get mode(): number {
    return this.real.mode;
  }
  set mode(value: number) {
    this.copyUp().mode = value;
  }
  get uid(): number {
    return this.real.uid;
  }
  set uid(value: number) {
    this.copyUp().uid = value;
  }
  get gid(): number {
    return this.real.gid;
  }
  set gid(value: number) {
    this.copyUp().gid = value;
  }
  get nlink(): number {
    return this.real.nlink;
  }
  set nlink(value: number) {
    this.copyUp().nlink = value;
  }
  get rdev(): number {
    return this.real.rdev;
  }
  set rdev(value: number) {
    this.copyUp().rdev = value;
  }
  get atime(): number {
    return this.real.atime;
  }
  set atime(value: number) {
    if (this.upper) this.upper.atime = value;
  }
  get mtime(): number {
    return this.real.mtime;
  }
  set mtime(value: number) {
    this.copyUp().mtime = value;
  }
  get ctime(): number {
    return this.real.ctime;
  }
  set ctime(value: number) {
    this.copyUp().ctime = value;
  }
  get size(): number {
    return this.real.size;
  }

  /** Makes sure that the upper tree has this inode. EROFS without an upper tree. */
  copyUp(): MemInode {
    if (this.upper) return this.upper;
    if (!this.fs.upper || !this.parent) throw new Errno('EROFS');
    const dir = this.parent.copyUp();
    const from = this.lowers[0];
    const now = from.ctime;
    const as = { permissions: from.mode & 0o7777, uid: from.uid, gid: from.gid };
    const mtime = dir.mtime;
    const inode = from.isSymlink ? dir.symlink(this.name, from.readlink(), as, now) : dir.create(this.name, from.type, as, from.rdev, now);
    dir.mtime = mtime;
    if (from.isFile) inode.adopt(from instanceof MemInode ? from.contents() : from.readAt(0, from.size));
    Object.assign(inode, { mode: from.mode, gid: from.gid, atime: from.atime, mtime: from.mtime, ctime: from.ctime });
    this.upper = inode;
    this.fs.moved(this, inode);
    this.fs.onCopyUp?.(this);
    return inode;
  }

  override setAttributes(change: { mode?: number; uid?: number; gid?: number; atime?: number; mtime?: number; ctime?: number }): void {
    this.copyUp().setAttributes(change);
  }

  override lookup(name: string): OverlayInode | undefined {
    if (!this.isDirectory) throw new Errno('ENOTDIR');
    const known = this.#children.get(name);
    if (known) return known;
    const upper = this.upper?.lookup(name);
    if (upper && isWhiteout(upper)) return undefined;
    const lowers: Inode[] = [];
    const merge = !upper || (upper.isDirectory && !isOpaque(upper));
    if (merge && !(this.upper && isOpaque(this.upper))) {
      for (const lower of this.lowers) {
        const found = lower.lookup(name);
        if (!found) continue;
        if (isWhiteout(found)) break;
        if (!found.isDirectory && (upper || lowers.length > 0)) break;
        lowers.push(found);
        if (!found.isDirectory || isOpaque(found)) break;
      }
    }
    if (!upper && lowers.length === 0) return undefined;
    const inode = this.fs.adopt(this, name, upper, lowers);
    this.#children.set(name, inode);
    return inode;
  }

  override entries(): readonly Dirent[] {
    if (!this.isDirectory) throw new Errno('ENOTDIR');
    const hidden = new Set<string>();
    const names = new Map<string, Inode>();
    for (const layer of this.upper ? [this.upper, ...(isOpaque(this.upper) ? [] : this.lowers)] : this.lowers) {
      const whiteouts: string[] = [];
      for (const { name } of layer.entries()) {
        if (hidden.has(name) || names.has(name)) continue;
        const inode = layer.lookup(name)!;
        if (isWhiteout(inode)) whiteouts.push(name);
        else names.set(name, inode);
      }
      for (const name of whiteouts) hidden.add(name);
    }
    return [...names].map(([name, inode]) => ({ name, ino: this.lookup(name)?.ino ?? inode.ino, type: inode.type }));
  }

  /** Whether a lower tree has something under this name that would show through. */
  #below(name: string): boolean {
    if (this.upper && isOpaque(this.upper)) return false;
    for (const lower of this.lowers) {
      const found = lower.lookup(name);
      if (found) return !isWhiteout(found);
    }
    return false;
  }

  /** Clears the way for a new entry: EEXIST if one shows, else takes a whiteout away. True if one was there. */
  #makeRoom(name: string): boolean {
    if (this.lookup(name)) throw new Errno('EEXIST');
    const upper = this.copyUp();
    if (!upper.lookup(name)) return false;
    upper.children!.delete(name);
    return true;
  }

  override create(name: string, type: number, as: NewInode, rdev: number, now: number): OverlayInode {
    const covered = this.#makeRoom(name) || this.#below(name);
    const inode = this.copyUp().create(name, type, as, rdev, now);
    if (type === S_IFDIR && covered) (inode.xattrs ??= new Map()).set(OPAQUE, 'y');
    return this.lookup(name)!;
  }

  override symlink(name: string, target: string, as: NewInode, now: number): OverlayInode {
    this.#makeRoom(name);
    this.copyUp().symlink(name, target, as, now);
    return this.lookup(name)!;
  }

  override link(name: string, inode: Inode, now: number): void {
    if (!(inode instanceof OverlayInode) || inode.fs !== this.fs) throw new Errno('EXDEV');
    const upper = inode.copyUp();
    this.#makeRoom(name);
    this.copyUp().link(name, upper, now);
  }

  override remove(name: string, now: number): void {
    const inode = this.lookup(name);
    if (!inode) throw new Errno('ENOENT');
    if (inode.isDirectory && inode.entries().length > 0) throw new Errno('ENOTEMPTY');
    const upper = this.copyUp();
    const own = upper.lookup(name);
    if (own) {
      own.children?.clear();
      upper.remove(name, now);
    }
    this.#children.delete(name);
    if (this.#below(name)) upper.create(name, S_IFCHR, { permissions: 0, uid: 0, gid: 0 }, 0, now);
    upper.mtime = upper.ctime = now;
  }

  override rename(name: string, to: Inode, newName: string, now: number): void {
    if (!(to instanceof OverlayInode) || to.fs !== this.fs) throw new Errno('EXDEV');
    const inode = this.lookup(name);
    if (!inode) throw new Errno('ENOENT');
    // A directory that lives below cannot be moved without redirects: EXDEV, and mv copies (the default of overlayfs).
    if (inode.isDirectory && inode.lowers.length > 0) throw new Errno('EXDEV');
    const old = to.lookup(newName);
    if (old === inode) return;
    if (old) {
      if (old.isDirectory && !inode.isDirectory) throw new Errno('EISDIR');
      if (!old.isDirectory && inode.isDirectory) throw new Errno('ENOTDIR');
      to.remove(newName, now);
    }
    inode.copyUp();
    const target = to.copyUp();
    target.children!.delete(newName);
    this.copyUp().rename(name, target, newName, now);
    this.#children.delete(name);
    if (this.#below(name)) this.copyUp().create(name, S_IFCHR, { permissions: 0, uid: 0, gid: 0 }, 0, now);
    inode.parent = to;
    inode.name = newName;
    to.#children.set(newName, inode);
    if (inode.isDirectory && to.#below(newName)) (inode.upper!.xattrs ??= new Map()).set(OPAQUE, 'y');
  }

  override readAt(offset: number, count: number): Uint8Array {
    return this.real.readAt(offset, count);
  }
  override writeAt(offset: number, data: Uint8Array, now: number): number {
    return this.copyUp().writeAt(offset, data, now);
  }
  override truncate(length: number, now: number): void {
    if (length === 0 && !this.upper && this.isFile) {
      // No need to copy what is thrown away.
      this.copyUp().truncate(0, now);
      return;
    }
    this.copyUp().truncate(length, now);
  }
  override readlink(): string {
    if (this.type !== S_IFLNK) throw new Errno('EINVAL');
    return this.real.readlink();
  }
}
