/** A file system in memory: ext4-like disks, tmpfs, and the unpacked layers of images. */
import { type Dirent, S_IFDIR, S_IFLNK, S_IFREG, S_ISGID, type StatFs } from '../abi.ts';
import { Errno } from '../errno.ts';
import { FILE_BYTES_MAX, FILESYSTEM_BYTES_MAX, NAME_MAX } from '../limits.ts';
import { type FileSystem, Inode, type NewInode } from './inode.ts';
import type { Usage } from './usage.ts';

const EMPTY = new Uint8Array(0);

export interface MemFsOptions {
  readonly type?: string;
  readonly device: number;
  /** Bytes that files may hold; ENOSPC beyond. */
  readonly capacity?: number;
  /** The size that it shows, where that is not the room for files: a disk is bigger than what the page may hold. */
  readonly shown?: ShownSize;
  /** Permissions of the root directory. */
  readonly mode?: number;
  readonly now?: number;
}

export interface ShownSize {
  readonly bytes: number;
  readonly inodes: number;
  /** What counts as used besides the files: the installed system that is not modelled file by file. */
  readonly usedBytes: number;
  readonly usedInodes: number;
}

export class MemFs implements FileSystem {
  readonly type: string;
  readonly device: number;
  readonly root: MemInode;
  readonly capacity: number;
  /** Bytes that all files hold. */
  used = 0;
  inodes = 0;
  /** Bytes that somebody keeps on this disk without files that hold them: layers of images state their real size. */
  heldElsewhere: () => number = () => 0;
  readonly #shown: ShownSize | undefined;
  #nextIno = 2;

  constructor(options: MemFsOptions) {
    this.type = options.type ?? 'ext4';
    this.device = options.device;
    this.capacity = options.capacity ?? FILESYSTEM_BYTES_MAX;
    this.#shown = options.shown;
    this.root = new MemInode(this, S_IFDIR | (options.mode ?? 0o755), 0, 0, 0, options.now ?? 0);
    this.root.nlink = 2;
  }

  get isTmpfs(): boolean {
    return this.type === 'tmpfs' || this.type === 'devtmpfs';
  }

  nextIno(): number {
    this.inodes++;
    return this.#nextIno++;
  }

  statfs(): StatFs {
    const totalBytes = this.#shown?.bytes ?? this.capacity;
    const inodes = this.#shown?.inodes ?? 6_553_600;
    const used = this.used + (this.#shown?.usedBytes ?? 0) + this.heldElsewhere();
    return {
      type: this.type,
      totalBytes,
      // In whole blocks, as a disk has it.
      freeBytes: Math.max(0, Math.floor((totalBytes - used) / 4096) * 4096),
      inodes,
      freeInodes: Math.max(0, inodes - this.inodes - (this.#shown?.usedInodes ?? 0)),
    };
  }

  /** Builds trees from the host's side: makes the parents that are missing and replaces what stands there. */
  addFile(path: string, entry: TreeNode): MemInode {
    const parts = path.split('/').filter((p) => p !== '');
    const name = parts.pop();
    if (name === undefined) return this.root;
    let dir = this.root;
    for (const part of parts) {
      let next = dir.lookup(part);
      if (!next) {
        next = new MemInode(this, S_IFDIR | 0o755, 0, 0, 0, entry.mtime ?? 0);
        next.nlink = 2;
        dir.nlink++;
        dir.children!.set(part, next);
      } else if (next.isSymlink) {
        next = this.#follow(dir, next.readlink());
      }
      dir = next;
    }
    const type = entry.type ?? (entry.target !== undefined ? S_IFLNK : entry.directory ? S_IFDIR : S_IFREG);
    const old = dir.lookup(name);
    if (old?.isDirectory && type === S_IFDIR) {
      old.mode = S_IFDIR | (entry.mode ?? 0o755);
      old.uid = entry.uid ?? 0;
      old.gid = entry.gid ?? 0;
      return old;
    }
    const inode = new MemInode(
      this,
      type | (entry.mode ?? (type === S_IFDIR ? 0o755 : type === S_IFLNK ? 0o777 : 0o644)),
      entry.uid ?? 0,
      entry.gid ?? 0,
      entry.rdev ?? 0,
      entry.mtime ?? 0,
    );
    if (entry.target !== undefined) inode.target = entry.target;
    if (entry.data) inode.adopt(entry.data);
    if (type === S_IFDIR) {
      inode.nlink = 2;
      dir.nlink++;
    }
    dir.children!.set(name, inode);
    return inode;
  }

  #follow(dir: MemInode, target: string): MemInode {
    let at = target.startsWith('/') ? this.root : dir;
    for (const part of target.split('/').filter((p) => p !== '' && p !== '.' && p !== '..')) at = at.lookup(part) ?? at;
    return at;
  }
}

/** A file for {@link MemFs.addFile}. `data` is taken over, not copied. */
export interface TreeNode {
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Microseconds since 1970. */
  readonly mtime?: number;
  readonly data?: Uint8Array;
  readonly target?: string;
  readonly directory?: boolean;
  readonly type?: number;
  readonly rdev?: number;
}

export class MemInode extends Inode {
  readonly fs: MemFs;
  readonly ino: number;
  mode: number;
  uid: number;
  gid: number;
  nlink = 1;
  rdev: number;
  atime: number;
  mtime: number;
  ctime: number;
  readonly children: Map<string, MemInode> | undefined;
  target = '';
  /** Extended attributes (overlay's opaque mark). */
  xattrs: Map<string, string> | undefined;
  /** Where its bytes are counted beside the file system's own count; what is made in a directory inherits the directory's. */
  usage: Usage | undefined;
  #data: Uint8Array = EMPTY;
  #size = 0;
  /** The bytes belong to somebody else until the first change. */
  #shared = false;

  constructor(fs: MemFs, mode: number, uid: number, gid: number, rdev: number, now: number) {
    super();
    this.fs = fs;
    this.ino = fs.nextIno();
    this.mode = mode;
    this.uid = uid;
    this.gid = gid;
    this.rdev = rdev;
    this.atime = this.mtime = this.ctime = now;
    this.children = this.isDirectory ? new Map() : undefined;
  }

  get size(): number {
    if (this.isSymlink) return this.target.length;
    if (!this.children) return this.#size;
    // ext4 takes a block; tmpfs counts 20 bytes an entry, `.` and `..` too (BOGO_DIRENT_SIZE of mm/shmem.c).
    return this.fs.isTmpfs ? 20 * (this.children.size + 2) : 4096;
  }

  /** Takes bytes over without copying; they are copied when the file is first written to. */
  adopt(data: Uint8Array): void {
    this.#data = data;
    this.#resize(data.length);
    this.#shared = true;
  }

  /** All bytes, not copied: not to be changed. */
  contents(): Uint8Array {
    return this.#data.subarray(0, this.#size);
  }

  #resize(size: number): void {
    const more = size - this.#size;
    this.#size = size;
    this.fs.used += more;
    // A file without a name is in no directory.
    if (this.nlink > 0) this.usage?.add(more);
  }

  /** Counts it and all below it there from now on. */
  countIn(usage: Usage | undefined): void {
    if (this.usage === usage) return;
    this.usage?.add(-this.#size);
    this.usage = usage;
    usage?.add(this.#size);
    for (const child of this.children?.values() ?? []) child.countIn(usage);
  }

  #dir(): Map<string, MemInode> {
    if (!this.children) throw new Errno('ENOTDIR');
    return this.children;
  }

  override lookup(name: string): MemInode | undefined {
    return this.#dir().get(name);
  }

  override entries(): readonly Dirent[] {
    return [...this.#dir()].map(([name, inode]) => ({ name, ino: inode.ino, type: inode.type }));
  }

  #add(name: string, inode: MemInode, now: number): void {
    const dir = this.#dir();
    if (dir.has(name)) throw new Errno('EEXIST');
    if (name.length > NAME_MAX) throw new Errno('ENAMETOOLONG');
    dir.set(name, inode);
    this.mtime = this.ctime = now;
    if (inode.isDirectory) this.nlink++;
  }

  override create(name: string, type: number, as: NewInode, rdev: number, now: number): MemInode {
    const inherit = (this.mode & S_ISGID) !== 0;
    const mode = type | as.permissions | (inherit && type === S_IFDIR ? S_ISGID : 0);
    const inode = new MemInode(this.fs, mode, as.uid, inherit ? this.gid : as.gid, rdev, now);
    if (type === S_IFDIR) inode.nlink = 2;
    inode.usage = this.usage;
    this.#add(name, inode, now);
    return inode;
  }

  override symlink(name: string, target: string, as: NewInode, now: number): MemInode {
    const inode = new MemInode(this.fs, S_IFLNK | 0o777, as.uid, as.gid, 0, now);
    inode.target = target;
    inode.usage = this.usage;
    this.#add(name, inode, now);
    return inode;
  }

  override link(name: string, inode: Inode, now: number): void {
    if (!(inode instanceof MemInode) || inode.fs !== this.fs) throw new Errno('EXDEV');
    this.#add(name, inode, now);
    inode.nlink++;
    inode.ctime = now;
  }

  override remove(name: string, now: number): void {
    const inode = this.#dir().get(name);
    if (!inode) throw new Errno('ENOENT');
    if (inode.children && inode.children.size > 0) throw new Errno('ENOTEMPTY');
    this.#dir().delete(name);
    this.#drop(inode, now);
    this.mtime = this.ctime = now;
  }

  #drop(inode: MemInode, now: number): void {
    if (inode.isDirectory) {
      inode.nlink = 0;
      this.nlink--;
    } else inode.nlink--;
    inode.ctime = now;
    if (inode.nlink === 0) {
      this.fs.used -= inode.#size;
      inode.usage?.add(-inode.#size);
      this.fs.inodes--;
    }
  }

  override rename(name: string, to: Inode, newName: string, now: number): void {
    if (!(to instanceof MemInode) || to.fs !== this.fs) throw new Errno('EXDEV');
    const inode = this.#dir().get(name);
    if (!inode) throw new Errno('ENOENT');
    const old = to.#dir().get(newName);
    if (old === inode) return;
    if (old) {
      if (old.isDirectory && !inode.isDirectory) throw new Errno('EISDIR');
      if (!old.isDirectory && inode.isDirectory) throw new Errno('ENOTDIR');
      if (old.children && old.children.size > 0) throw new Errno('ENOTEMPTY');
      to.#dir().delete(newName);
      to.#drop(old, now);
    }
    this.#dir().delete(name);
    to.#dir().set(newName, inode);
    inode.countIn(to.usage);
    if (inode.isDirectory) {
      this.nlink--;
      to.nlink++;
    }
    this.mtime = this.ctime = to.mtime = to.ctime = inode.ctime = now;
  }

  override readAt(offset: number, count: number): Uint8Array {
    if (this.isDirectory) throw new Errno('EISDIR');
    return this.#data.slice(offset, Math.min(this.#size, offset + count));
  }

  override writeAt(offset: number, data: Uint8Array, now: number): number {
    const end = offset + data.length;
    if (end > this.#size) this.#grow(end);
    else if (this.#shared) this.#own(this.#size);
    this.#data.set(data, offset);
    this.mtime = this.ctime = now;
    return data.length;
  }

  override truncate(length: number, now: number): void {
    if (length > this.#size) this.#grow(length);
    else {
      if (this.#shared) this.#own(length);
      this.#data.fill(0, length, this.#size);
      this.#resize(length);
    }
    this.mtime = this.ctime = now;
  }

  #grow(size: number): void {
    if (size > FILE_BYTES_MAX) throw new Errno('EFBIG');
    if (this.fs.used + size - this.#size > this.fs.capacity) throw new Errno('ENOSPC');
    if (this.#shared || size > this.#data.length) this.#own(Math.max(size, this.#size * 2, 64));
    this.#resize(size);
  }

  #own(capacity: number): void {
    const data = new Uint8Array(capacity);
    data.set(this.#data.subarray(0, Math.min(this.#size, capacity)));
    this.#data = data;
    this.#shared = false;
  }

  override readlink(): string {
    if (!this.isSymlink) throw new Errno('EINVAL');
    return this.target;
  }
}
