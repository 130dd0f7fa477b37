import { encodeUtf8 } from '../../lib/utf8.ts';
import { EMPTY_BYTES } from '../../lib/bytes.ts';
import { type Dirent, S_IFCHR, S_IFDIR, S_IFLNK, S_IFMT, S_IFREG, type StatFs } from '../abi.ts';
import { Errno } from '../errno.ts';
import { FILE_BYTES_MAX, FILESYSTEM_BYTES_MAX } from '../limits.ts';
import { type AttrChange, type FileSystem, Inode, type NewNode } from './inode.ts';

export interface MemFsOptions {
  /** 'ext4' unless told otherwise. */
  readonly type?: string;
  readonly dev?: number;
  /** Wall clock in microseconds since 1970, for time stamps. */
  readonly now?: () => number;
  readonly limitBytes?: number;
  readonly rootMode?: number;
  /** What statfs tells when the bytes really held here are not the point (a disk). */
  readonly statedTotalBytes?: number;
}

export interface TreeNode {
  /** Permission bits; default 0644, 0755 for directories. Type bits decide the kind if given. */
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Microseconds since 1970. */
  readonly mtime?: number;
  readonly data?: Uint8Array | string;
  readonly target?: string;
  readonly rdev?: number;
}

let devices = 0;

/** A number for a new file system, as the kernel hands out anonymous device numbers. */
export function nextDevice(): number {
  return ++devices;
}

/** A file system held in memory: root disks, unpacked layers, tmpfs. */
export class MemFs implements FileSystem {
  readonly type: string;
  readonly dev: number;
  readonly root: MemInode;
  readonly limitBytes: number;
  /** Bytes that files hold. */
  usedBytes = 0;
  inodes = 0;
  now: () => number;
  #nextIno = 2;
  readonly #statedTotalBytes: number | undefined;

  constructor(options: MemFsOptions = {}) {
    this.type = options.type ?? 'ext4';
    this.dev = options.dev ?? 0x801;
    this.now = options.now ?? (() => 0);
    this.limitBytes = options.limitBytes ?? FILESYSTEM_BYTES_MAX;
    this.#statedTotalBytes = options.statedTotalBytes;
    this.root = new MemInode(this, { mode: S_IFDIR | (options.rootMode ?? 0o755), uid: 0, gid: 0 });
  }

  /** Builds a tree at once: absolute paths to contents (strings are files), missing directories are made. */
  static fromTree(tree: Readonly<Record<string, TreeNode | string>>, options?: MemFsOptions): MemFs {
    const fs = new MemFs(options);
    for (const [path, node] of Object.entries(tree)) fs.addFile(path, typeof node === 'string' ? { data: node } : node);
    return fs;
  }

  nextIno(): number {
    this.inodes++;
    return this.#nextIno++;
  }

  /** Puts a node at `path`, in place of what is there. A path with a trailing slash, or type bits S_IFDIR, makes a directory. */
  addFile(path: string, node: TreeNode): MemInode {
    const names = path.split('/').filter((name) => name !== '');
    const last = names.pop();
    let dir = this.root;
    for (const name of names) {
      const next = dir.lookup(name);
      dir = next ?? dir.create(name, { mode: S_IFDIR | 0o755, uid: 0, gid: 0 });
    }
    const isDirectory = path.endsWith('/') || ((node.mode ?? 0) & S_IFMT) === S_IFDIR;
    if (last === undefined) {
      dir.setAttr(node);
      return dir;
    }
    const made = this.#place(dir, last, node, isDirectory);
    if (node.mtime !== undefined) made.setTimes(node.mtime);
    return made;
  }

  #place(dir: MemInode, name: string, node: TreeNode, isDirectory: boolean): MemInode {
    const old = dir.lookup(name);
    if (old?.isDirectory && isDirectory) {
      old.setAttr({ mode: node.mode, uid: node.uid, gid: node.gid });
      return old;
    }
    if (old) dir.drop(name);
    const type = isDirectory ? S_IFDIR : node.target !== undefined ? S_IFLNK : (node.mode ?? 0) & S_IFMT || (node.rdev !== undefined ? S_IFCHR : S_IFREG);
    const bits = node.mode === undefined ? (type === S_IFDIR ? 0o755 : type === S_IFLNK ? 0o777 : 0o644) : node.mode & 0o7777;
    const made = dir.create(name, { mode: type | bits, uid: node.uid ?? 0, gid: node.gid ?? 0, rdev: node.rdev, target: node.target });
    if (node.data !== undefined) made.setData(typeof node.data === 'string' ? encodeUtf8(node.data) : node.data);
    return made;
  }

  /** The node at an absolute path, following no links; undefined if there is none. */
  find(path: string): MemInode | undefined {
    let at: MemInode | undefined = this.root;
    for (const name of path.split('/')) {
      if (name === '' || !at) continue;
      at = at.isDirectory ? at.lookup(name) : undefined;
    }
    return at;
  }

  grow(bytes: number): void {
    if (bytes > 0 && this.usedBytes + bytes > this.limitBytes) throw new Errno('ENOSPC');
    this.usedBytes += bytes;
  }

  statfs(): StatFs {
    const totalBytes = this.#statedTotalBytes ?? this.limitBytes;
    return { type: this.type, totalBytes, freeBytes: Math.max(0, totalBytes - this.usedBytes), inodes: 3_276_800, freeInodes: 3_276_800 - this.inodes };
  }
}

export class MemInode extends Inode {
  readonly fs: MemFs;
  readonly ino: number;
  mode: number;
  uid: number;
  gid: number;
  nlink: number;
  readonly rdev: number;
  atime: number;
  mtime: number;
  ctime: number;
  readonly children: Map<string, MemInode> | undefined;
  readonly #target: string | undefined;
  #data = EMPTY_BYTES as Uint8Array;
  #length = 0;
  /** Bytes before this offset are seen by readers' views: they are copied before they change. */
  #shared = 0;
  #xattrs: Map<string, Uint8Array> | undefined;

  constructor(fs: MemFs, node: NewNode) {
    super();
    this.fs = fs;
    this.ino = fs.nextIno();
    this.mode = node.mode;
    this.uid = node.uid;
    this.gid = node.gid;
    this.rdev = node.rdev ?? 0;
    this.#target = node.target;
    this.atime = this.mtime = this.ctime = fs.now();
    const isDirectory = (node.mode & S_IFMT) === S_IFDIR;
    this.children = isDirectory ? new Map() : undefined;
    this.nlink = isDirectory ? 2 : 1;
  }

  get size(): number {
    if (this.children) return 4096;
    return this.#target !== undefined ? encodeUtf8(this.#target).length : this.#length;
  }

  override lookup(name: string): MemInode | undefined {
    return this.#directory().get(name);
  }

  override entries(): readonly Dirent[] {
    return Array.from(this.#directory(), ([name, node]) => ({ name, ino: node.ino, type: node.mode & S_IFMT }));
  }

  override create(name: string, node: NewNode): MemInode {
    const made = new MemInode(this.fs, node);
    this.#directory().set(name, made);
    if (made.children) {
      made.parent = this;
      made.name = name;
      this.nlink++;
    }
    this.#changed();
    return made;
  }

  override link(name: string, inode: Inode): void {
    if (!(inode instanceof MemInode) || inode.fs !== this.fs) throw new Errno('EXDEV');
    this.#directory().set(name, inode);
    inode.nlink++;
    inode.ctime = this.fs.now();
    this.#changed();
  }

  override unlink(name: string): void {
    const inode = this.#existing(name);
    if (inode.children) throw new Errno('EISDIR');
    this.#forget(name, inode);
  }

  override rmdir(name: string): void {
    const inode = this.#existing(name);
    if (!inode.children) throw new Errno('ENOTDIR');
    if (inode.children.size > 0) throw new Errno('ENOTEMPTY');
    this.#forget(name, inode);
  }

  /** Removes an entry with all that is below it. */
  drop(name: string): void {
    const inode = this.#existing(name);
    if (inode.children) for (const child of [...inode.children.keys()]) inode.drop(child);
    this.#forget(name, inode);
  }

  override rename(name: string, to: Inode, newName: string): void {
    if (!(to instanceof MemInode) || to.fs !== this.fs) throw new Errno('EXDEV');
    const inode = this.#existing(name);
    const old = to.lookup(newName);
    if (old === inode) return;
    if (old) {
      if (inode.children && !old.children) throw new Errno('ENOTDIR');
      if (!inode.children && old.children) throw new Errno('EISDIR');
      if (old.children && old.children.size > 0) throw new Errno('ENOTEMPTY');
      to.#forget(newName, old);
    }
    this.#directory().delete(name);
    to.#directory().set(newName, inode);
    if (inode.children) {
      inode.parent = to;
      inode.name = newName;
      this.nlink--;
      to.nlink++;
    }
    inode.ctime = this.fs.now();
    this.#changed();
    to.#changed();
  }

  override readlink(): string {
    if (this.#target === undefined) throw new Errno('EINVAL');
    return this.#target;
  }

  override read(offset: number, count: number): Uint8Array {
    if (this.children) throw new Errno('EISDIR');
    if (offset >= this.#length) return EMPTY_BYTES;
    const end = Math.min(this.#length, offset + count);
    if (end > this.#shared) this.#shared = end;
    return this.#data.subarray(offset, end);
  }

  override write(offset: number, data: Uint8Array): void {
    if (this.children) throw new Errno('EISDIR');
    if (data.length === 0) return;
    const end = offset + data.length;
    this.#reserve(end, offset);
    if (offset > this.#length) this.#data.fill(0, this.#length, offset);
    this.#data.set(data, offset);
    if (end > this.#length) this.#length = end;
    this.mtime = this.ctime = this.fs.now();
  }

  override truncate(length: number): void {
    if (this.children) throw new Errno('EISDIR');
    if (length > this.#length) {
      const from = this.#length;
      this.#reserve(length, from);
      this.#data.fill(0, from, length);
    } else {
      this.fs.grow(length - this.#length);
      if (length === 0) {
        this.#data = EMPTY_BYTES;
        this.#shared = 0;
      }
    }
    this.#length = length;
    this.mtime = this.ctime = this.fs.now();
  }

  /** Takes `data` as the whole contents, without a copy: who gives it must not change it afterwards. */
  setData(data: Uint8Array): void {
    this.fs.grow(data.length - this.#length);
    this.#data = data;
    this.#length = this.#shared = data.length;
    this.mtime = this.ctime = this.fs.now();
  }

  override setAttr(change: AttrChange): void {
    if (change.mode !== undefined) this.mode = (this.mode & S_IFMT) | (change.mode & 0o7777);
    if (change.uid !== undefined) this.uid = change.uid;
    if (change.gid !== undefined) this.gid = change.gid;
    if (change.atime !== undefined) this.atime = change.atime;
    if (change.mtime !== undefined) this.mtime = change.mtime;
    this.ctime = this.fs.now();
  }

  /** All three time stamps, as an unpacked image has them. */
  setTimes(time: number): void {
    this.atime = this.mtime = this.ctime = time;
  }

  override touch(): void {
    const now = this.fs.now();
    if (this.atime <= this.mtime || this.atime <= this.ctime || now - this.atime > 86_400_000_000) this.atime = now;
  }

  override getXattr(name: string): Uint8Array | undefined {
    return this.#xattrs?.get(name);
  }

  override setXattr(name: string, value: Uint8Array | undefined): void {
    this.#xattrs ??= new Map();
    if (value) this.#xattrs.set(name, value);
    else this.#xattrs.delete(name);
    this.ctime = this.fs.now();
  }

  override listXattr(): readonly string[] {
    return this.#xattrs ? [...this.#xattrs.keys()] : [];
  }

  /** Makes room up to `end` and sees that bytes from `from` on may be written in place. */
  #reserve(end: number, from: number): void {
    if (end > FILE_BYTES_MAX) throw new Errno('EFBIG');
    if (end > this.#length) this.fs.grow(end - this.#length);
    if (end <= this.#data.length && from >= this.#shared) return;
    const size = end <= this.#data.length ? this.#data.length : end <= 64 ? end : Math.max(end, Math.min(this.#data.length * 2, this.#data.length + 4_194_304));
    const copy = new Uint8Array(size);
    copy.set(this.#data.subarray(0, this.#length));
    this.#data = copy;
    this.#shared = 0;
  }

  #directory(): Map<string, MemInode> {
    if (!this.children) throw new Errno('ENOTDIR');
    return this.children;
  }

  #existing(name: string): MemInode {
    const inode = this.#directory().get(name);
    if (!inode) throw new Errno('ENOENT');
    return inode;
  }

  #forget(name: string, inode: MemInode): void {
    this.#directory().delete(name);
    if (inode.children) {
      this.nlink--;
      inode.nlink = 0;
      inode.parent = undefined;
    } else {
      inode.nlink--;
    }
    if (inode.nlink === 0) {
      this.fs.inodes--;
      if (!inode.children && inode.#target === undefined) this.fs.grow(-inode.#length);
    }
    inode.ctime = this.fs.now();
    this.#changed();
  }

  #changed(): void {
    this.mtime = this.ctime = this.fs.now();
  }
}
