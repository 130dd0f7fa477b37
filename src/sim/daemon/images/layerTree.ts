/** A layer's tar unpacked as overlay2 does it: whiteouts become character devices 0:0, opaque directories carry an attribute. */
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFREG } from '../../kernel/abi.ts';
import type { MemInode } from '../../kernel/vfs/memFs.ts';
import { MemFs } from '../../kernel/vfs/memFs.ts';
import type { TarEntry } from '../../lib/tar/index.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import { OPAQUE_MARK, WHITEOUT_PREFIX } from '../../oci/layer.ts';

const OPAQUE_XATTR = 'trusted.overlay.opaque';

/** `device` tells the layer's files from those of others. */
export function layerTree(entries: readonly TarEntry[], device: number): MemFs {
  const fs = new MemFs({ type: 'overlay', device, capacity: Number.MAX_SAFE_INTEGER });
  for (const entry of entries) place(fs, entry);
  for (const entry of entries) {
    const node = entry.type === 'directory' ? findNode(fs, cleanName(entry.name)) : undefined;
    if (node) setTimes(node, entry.mtime);
  }
  return fs;
}

/** A name as a path in the layer: never above its root. */
function cleanName(name: string): string {
  const out: string[] = [];
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') out.pop();
    else out.push(part);
  }
  return `/${out.join('/')}`;
}

/** The node at an absolute path; no link is followed. */
function findNode(fs: MemFs, path: string): MemInode | undefined {
  let at: MemInode | undefined = fs.root;
  for (const name of path.split('/')) if (name !== '') at = at?.children?.get(name);
  return at;
}

function setTimes(node: MemInode, time: number): void {
  node.atime = node.mtime = node.ctime = time;
}

function place(fs: MemFs, entry: TarEntry): void {
  const path = cleanName(entry.name);
  const slash = path.lastIndexOf('/');
  const base = path.slice(slash + 1);
  if (base.startsWith(WHITEOUT_PREFIX)) {
    placeWhiteout(fs, path.slice(0, slash), base);
    return;
  }
  if (entry.type === 'hardlink') {
    const target = findNode(fs, cleanName(entry.linkname));
    if (target) linkNode(fs, path, target);
    return;
  }
  const node = fs.addFile(path, {
    type: TYPE_BITS[entry.type],
    mode: entry.mode,
    uid: entry.uid,
    gid: entry.gid,
    mtime: entry.mtime,
    rdev: entry.rdev,
    target: entry.type === 'symlink' ? entry.linkname : undefined,
    directory: entry.type === 'directory',
    data: entry.type === 'file' && entry.data.length > 0 ? entry.data : undefined,
  });
  for (const [name, value] of entry.xattrs) (node.xattrs ??= new Map()).set(name, decodeUtf8(value));
}

const TYPE_BITS = { file: S_IFREG, directory: S_IFDIR, symlink: S_IFLNK, character: S_IFCHR, block: S_IFBLK, fifo: S_IFIFO } as const;

function placeWhiteout(fs: MemFs, directory: string, base: string): void {
  if (base === OPAQUE_MARK) {
    (directoryAt(fs, directory).xattrs ??= new Map()).set(OPAQUE_XATTR, 'y');
  } else if (!base.startsWith('.wh..wh.')) {
    fs.addFile(`${directory}/${base.slice(WHITEOUT_PREFIX.length)}`, { type: S_IFCHR, mode: 0, rdev: 0 });
  }
}

function directoryAt(fs: MemFs, path: string): MemInode {
  return path === '' ? fs.root : (findNode(fs, path) ?? fs.addFile(path, { directory: true }));
}

function linkNode(fs: MemFs, path: string, target: MemInode): void {
  const slash = path.lastIndexOf('/');
  const parent = directoryAt(fs, path.slice(0, slash));
  const name = path.slice(slash + 1);
  if (parent.lookup(name)) parent.remove(name, target.ctime);
  parent.link(name, target, target.ctime);
}
