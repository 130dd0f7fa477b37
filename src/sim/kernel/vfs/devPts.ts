/** devpts: one inode for each pseudo terminal of this instance. */
import { type Dirent, S_IFCHR, S_IFDIR, type StatFs, type WindowSize } from '../abi.ts';
import type { OpenFile } from '../openFile.ts';
import { Pty } from '../tty/pty.ts';
import { PtySlave } from '../tty/slave.ts';
import { type FileSystem, Inode } from './inode.ts';

export class DevPtsFs implements FileSystem {
  readonly type = 'devpts';
  readonly device: number;
  readonly root: Inode;
  readonly ptys = new Map<number, Pty>();
  readonly #now: () => number;

  constructor(device: number, now: () => number) {
    this.device = device;
    this.#now = now;
    this.root = new DevPtsRoot(this, now());
  }

  allocate(size: WindowSize): Pty {
    let number = 0;
    while (this.ptys.has(number)) number++;
    const pty = new Pty(number, size, this.#now);
    this.ptys.set(number, pty);
    return pty;
  }

  release(pty: Pty): void {
    if (this.ptys.get(pty.number) === pty) this.ptys.delete(pty.number);
  }

  statfs(): StatFs {
    return { type: this.type, totalBytes: 0, freeBytes: 0, inodes: 0, freeInodes: 0 };
  }
}

class DevPtsRoot extends Inode {
  readonly fs: DevPtsFs;
  readonly ino = 1;
  mode = S_IFDIR | 0o755;
  uid = 0;
  gid = 0;
  nlink = 2;
  rdev = 0;
  atime: number;
  mtime: number;
  ctime: number;
  readonly size = 0;

  constructor(fs: DevPtsFs, now: number) {
    super();
    this.fs = fs;
    this.atime = this.mtime = this.ctime = now;
  }
  override lookup(name: string): Inode | undefined {
    const pty = /^\d+$/.test(name) ? this.fs.ptys.get(Number(name)) : undefined;
    return pty && new DevPtsNode(this.fs, pty);
  }
  override entries(): readonly Dirent[] {
    return [...this.fs.ptys.keys()].sort((a, b) => a - b).map((n) => ({ name: String(n), ino: n + 3, type: S_IFCHR }));
  }
}

class DevPtsNode extends Inode {
  readonly fs: DevPtsFs;
  readonly pty: Pty;
  readonly ino: number;
  mode = S_IFCHR | 0o620;
  uid: number;
  gid = 5;
  nlink = 1;
  rdev: number;
  atime: number;
  mtime: number;
  ctime: number;
  readonly size = 0;

  constructor(fs: DevPtsFs, pty: Pty) {
    super();
    this.fs = fs;
    this.pty = pty;
    this.ino = pty.number + 3;
    const stat = pty.stat();
    this.uid = stat.uid;
    this.rdev = stat.rdev;
    this.atime = this.mtime = this.ctime = stat.mtime;
  }
  override open(readable: boolean, writable: boolean): OpenFile {
    return new PtySlave(this.pty, readable, writable);
  }
}
