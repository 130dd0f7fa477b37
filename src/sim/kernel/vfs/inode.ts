import { type Dirent, S_IFDIR, S_IFLNK, S_IFMT, S_IFREG, type Stat, type StatFs } from '../abi.ts';
import { Errno } from '../errno.ts';
import type { OpenFile } from '../openFile.ts';

/** One mounted kind of storage. Its inodes do the work. */
export interface FileSystem {
  /** As /proc/mounts names it: 'ext4', 'tmpfs', 'overlay', 'proc'. */
  readonly type: string;
  /** Device number, different for each file system. */
  readonly dev: number;
  readonly root: Inode;
  statfs(): StatFs;
}

export interface NewNode {
  /** Type and permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly rdev?: number;
  /** Of a symbolic link. */
  readonly target?: string;
}

export interface AttrChange {
  /** Permission bits only. */
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly atime?: number;
  readonly mtime?: number;
}

/**
 * A file, directory, link or device, without a name. The methods check no permissions (`operations.ts` does) but what
 * the storage itself cannot do. Directories know their one parent, so that a working directory survives a rename.
 */
export abstract class Inode {
  abstract readonly fs: FileSystem;
  abstract readonly ino: number;
  abstract readonly mode: number;
  abstract readonly uid: number;
  abstract readonly gid: number;
  abstract readonly nlink: number;
  abstract readonly rdev: number;
  abstract readonly size: number;
  abstract readonly atime: number;
  abstract readonly mtime: number;
  abstract readonly ctime: number;
  /** Directories: where it is. Undefined for a root and for a removed directory. */
  parent: Inode | undefined;
  name = '';
  /** What lives here while the machine runs: the pipe of a FIFO, the listener of a socket. */
  attached: unknown;

  get type(): number {
    return this.mode & S_IFMT;
  }

  get isDirectory(): boolean {
    return (this.mode & S_IFMT) === S_IFDIR;
  }

  get isSymlink(): boolean {
    return (this.mode & S_IFMT) === S_IFLNK;
  }

  get isFile(): boolean {
    return (this.mode & S_IFMT) === S_IFREG;
  }

  // ---- directories
  lookup(_name: string): Inode | undefined {
    throw new Errno('ENOTDIR');
  }

  /** In directory order, without . and .. */
  entries(): readonly Dirent[] {
    throw new Errno('ENOTDIR');
  }

  /** The name must be free. */
  create(_name: string, _node: NewNode): Inode {
    throw new Errno('EPERM');
  }

  link(_name: string, _inode: Inode): void {
    throw new Errno('EPERM');
  }

  unlink(_name: string): void {
    throw new Errno('EPERM');
  }

  rmdir(_name: string): void {
    throw new Errno('EPERM');
  }

  /** Moves an entry to another directory of the same file system, over a file or an empty directory of that name. */
  rename(_name: string, _to: Inode, _newName: string): void {
    throw new Errno('EPERM');
  }

  // ---- links
  readlink(): string {
    throw new Errno('EINVAL');
  }

  /** A link of /proc that leads to the thing itself, whatever its name: an open file or a directory. */
  jump(): { readonly file: OpenFile } | { readonly mount: unknown; readonly node: Inode } | undefined {
    return undefined;
  }

  // ---- contents
  /** A view that stays as it is when the file changes later. */
  read(_offset: number, _count: number): Uint8Array {
    throw new Errno(this.isDirectory ? 'EISDIR' : 'EINVAL');
  }

  write(_offset: number, _data: Uint8Array): void {
    throw new Errno(this.isDirectory ? 'EISDIR' : 'EINVAL');
  }

  truncate(_length: number): void {
    throw new Errno(this.isDirectory ? 'EISDIR' : 'EINVAL');
  }

  /** What opening gives when it is not plain storage (files of proc, devices that a file system implements itself). */
  open(_readable: boolean, _writable: boolean): OpenFile | undefined {
    return undefined;
  }

  // ---- attributes
  setAttr(_change: AttrChange): void {
    throw new Errno('EPERM');
  }

  /** Notes a read (relatime). */
  touch(): void {}

  getXattr(_name: string): Uint8Array | undefined {
    return undefined;
  }

  setXattr(_name: string, _value: Uint8Array | undefined): void {
    throw new Errno('EOPNOTSUPP');
  }

  listXattr(): readonly string[] {
    return [];
  }
}

export function statOf(inode: Inode): Stat {
  const size = inode.size;
  return {
    dev: inode.fs.dev, ino: inode.ino, mode: inode.mode, nlink: inode.nlink, uid: inode.uid, gid: inode.gid, rdev: inode.rdev, size,
    blocks: inode.isFile || inode.isDirectory ? Math.ceil(size / 4096) * 8 : 0,
    atime: inode.atime, mtime: inode.mtime, ctime: inode.ctime,
  };
}
