/**
 * Inodes and file systems, the part that every kind shares. All operations are synchronous: what blocks (pipes, ttys,
 * sockets) is an open file, not an inode.
 */
import { type Dirent, S_IFDIR, S_IFLNK, S_IFMT, S_IFREG, type Stat, type StatFs } from '../abi.ts';
import { Errno } from '../errno.ts';
import type { OpenFile } from '../openFile.ts';

export interface FileSystem {
  /** 'ext4', 'overlay', 'tmpfs', 'proc', 'sysfs', 'devtmpfs', ... */
  readonly type: string;
  /** Number that tells its files from those of others (st_dev). */
  readonly device: number;
  readonly root: Inode;
  statfs(): StatFs;
}

/** Owner and permission bits of something new. */
export interface NewInode {
  /** Permission bits only. */
  readonly permissions: number;
  readonly uid: number;
  readonly gid: number;
}

export abstract class Inode {
  abstract readonly fs: FileSystem;
  abstract readonly ino: number;
  /** Type and permission bits. */
  abstract mode: number;
  abstract uid: number;
  abstract gid: number;
  abstract nlink: number;
  abstract rdev: number;
  /** Microseconds since 1970. */
  abstract atime: number;
  abstract mtime: number;
  abstract ctime: number;
  abstract readonly size: number;

  get type(): number {
    return this.mode & S_IFMT;
  }
  get isDirectory(): boolean {
    return this.type === S_IFDIR;
  }
  get isFile(): boolean {
    return this.type === S_IFREG;
  }
  get isSymlink(): boolean {
    return this.type === S_IFLNK;
  }

  stat(): Stat {
    const { mode, nlink, uid, gid, rdev, size, atime, mtime, ctime } = this;
    return {
      dev: this.fs.device,
      ino: this.ino,
      mode,
      nlink,
      uid,
      gid,
      rdev,
      size,
      blocks: this.isFile ? Math.ceil(size / 4096) * 8 : this.isDirectory ? 8 : 0,
      atime,
      mtime,
      ctime,
    };
  }

  /** Changes owner, mode or times. File systems that do not keep changes in memory override it. */
  setAttributes(change: { mode?: number; uid?: number; gid?: number; atime?: number; mtime?: number; ctime?: number }): void {
    Object.assign(this, change);
  }

  // Directories.
  lookup(_name: string): Inode | undefined {
    throw new Errno('ENOTDIR');
  }
  entries(): readonly Dirent[] {
    throw new Errno('ENOTDIR');
  }
  create(_name: string, _type: number, _as: NewInode, _rdev: number, _now: number): Inode {
    throw new Errno('EPERM');
  }
  symlink(_name: string, _target: string, _as: NewInode, _now: number): Inode {
    throw new Errno('EPERM');
  }
  link(_name: string, _inode: Inode, _now: number): void {
    throw new Errno('EPERM');
  }
  /** Takes a name away: `directory` must be empty. */
  remove(_name: string, _now: number): void {
    throw new Errno('EPERM');
  }
  /** Moves an entry into `to`, a directory of the same file system; what stands there is replaced. */
  rename(_name: string, _to: Inode, _newName: string, _now: number): void {
    throw new Errno('EXDEV');
  }

  // Files.
  readAt(_offset: number, _count: number): Uint8Array {
    throw new Errno('EINVAL');
  }
  writeAt(_offset: number, _data: Uint8Array, _now: number): number {
    throw new Errno('EINVAL');
  }
  truncate(_length: number, _now: number): void {
    throw new Errno('EINVAL');
  }
  /** Where a symlink points. */
  readlink(): string {
    throw new Errno('EINVAL');
  }
  /** A kind of file that makes its own descriptions when opened (proc, devices). */
  open?(readable: boolean, writable: boolean): OpenFile | undefined;
  /** A "magic" link of proc: leads to an inode without going through a path. */
  follow?(): Inode | undefined;
}
