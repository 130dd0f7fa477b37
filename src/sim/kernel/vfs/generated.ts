/** Inodes whose content is made when they are looked at: proc and sysfs. */

import { encodeUtf8 } from '../../lib/utf8.ts';
import { type Dirent, S_IFDIR, S_IFLNK, S_IFREG } from '../abi.ts';
import { Errno } from '../errno.ts';
import { type FileSystem, Inode } from './inode.ts';

/** What a generated directory holds: by name, made on demand. */
export type Node =
  | {
      readonly kind: 'directory';
      readonly names: () => readonly string[];
      readonly create?: (name: string) => void;
      readonly remove?: (name: string) => void;
      readonly get: (name: string) => Node | undefined;
      readonly uid?: number;
      readonly gid?: number;
      readonly mode?: number;
    }
  | {
      readonly kind: 'file';
      readonly text: () => string;
      readonly write?: (text: string) => void;
      readonly uid?: number;
      readonly gid?: number;
      readonly mode?: number;
    }
  | {
      readonly kind: 'link';
      readonly target: () => string;
      readonly follow?: () => Inode | undefined;
      readonly uid?: number;
      readonly gid?: number;
      readonly mode?: number;
      readonly size?: number;
    };

export const folder = (children: Readonly<Record<string, Node>>): Node => ({
  kind: 'directory',
  names: () => Object.keys(children),
  get: (name) => (Object.hasOwn(children, name) ? children[name] : undefined),
});
export const text = (make: () => string, write?: (text: string) => void, mode?: number): Node => ({
  kind: 'file',
  text: make,
  write,
  mode: mode ?? (write ? 0o644 : 0o444),
});
export const symlink = (target: () => string, follow?: () => Inode | undefined): Node => ({ kind: 'link', target, follow });

/** A number that is the same for the same path. */
function inodeNumber(path: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < path.length; i++) hash = Math.imul(hash ^ path.charCodeAt(i), 0x01000193);
  return (hash >>> 0) + 0x1_0000_0000;
}

export class GeneratedInode extends Inode {
  readonly fs: FileSystem;
  readonly ino: number;
  mode: number;
  uid: number;
  gid: number;
  nlink = 1;
  rdev = 0;
  atime: number;
  mtime: number;
  ctime: number;
  readonly #node: Node;
  readonly #path: string;
  readonly #now: () => number;
  readonly #children = new Map<string, GeneratedInode>();

  constructor(fs: FileSystem, node: Node, path: string, now: () => number) {
    super();
    this.fs = fs;
    this.#node = node;
    this.#path = path;
    this.#now = now;
    this.ino = inodeNumber(path);
    this.uid = node.uid ?? 0;
    this.gid = node.gid ?? 0;
    this.mode =
      node.kind === 'directory'
        ? S_IFDIR | (node.mode ?? 0o555)
        : node.kind === 'link'
          ? S_IFLNK | (node.mode ?? 0o777)
          : S_IFREG | (node.mode ?? 0o444);
    this.atime = this.mtime = this.ctime = now();
  }

  /** proc's files say 0. */
  get size(): number {
    return this.#node.kind === 'link' ? (this.#node.size ?? 0) : 0;
  }
  override setAttributes(): void {
    throw new Errno('EPERM');
  }
  override lookup(name: string): GeneratedInode | undefined {
    if (this.#node.kind !== 'directory') throw new Errno('ENOTDIR');
    const node = this.#node.get(name);
    if (!node) {
      this.#children.delete(name);
      return undefined;
    }
    // The same node keeps its inode, so that something can be mounted on it.
    const known = this.#children.get(name);
    if (known && known.#node === node) return known;
    const made = new GeneratedInode(this.fs, node, `${this.#path}/${name}`, this.#now);
    this.#children.set(name, made);
    return made;
  }
  override entries(): readonly Dirent[] {
    const node = this.#node;
    if (node.kind !== 'directory') throw new Errno('ENOTDIR');
    return node.names().map((name) => {
      const child = node.get(name);
      return {
        name,
        ino: inodeNumber(`${this.#path}/${name}`),
        type: child?.kind === 'directory' ? S_IFDIR : child?.kind === 'link' ? S_IFLNK : S_IFREG,
      };
    });
  }
  override create(name: string, type: number): Inode {
    if (this.#node.kind !== 'directory' || !this.#node.create || type !== S_IFDIR) throw new Errno('EPERM');
    this.#node.create(name);
    return this.lookup(name) as GeneratedInode;
  }
  override remove(name: string): void {
    if (this.#node.kind !== 'directory' || !this.#node.remove) throw new Errno('EPERM');
    this.#node.remove(name);
  }
  override readAt(offset: number, count: number): Uint8Array {
    if (this.#node.kind !== 'file') throw new Errno(this.#node.kind === 'directory' ? 'EISDIR' : 'EINVAL');
    return encodeUtf8(this.#node.text()).slice(offset, offset + count);
  }
  override writeAt(_offset: number, data: Uint8Array): number {
    if (this.#node.kind !== 'file' || !this.#node.write) throw new Errno('EACCES');
    this.#node.write(String.fromCharCode(...data));
    return data.length;
  }
  override truncate(): void {}
  override readlink(): string {
    if (this.#node.kind !== 'link') throw new Errno('EINVAL');
    return this.#node.target();
  }
  override follow = (): Inode | undefined => (this.#node.kind === 'link' ? this.#node.follow?.() : undefined);
}
