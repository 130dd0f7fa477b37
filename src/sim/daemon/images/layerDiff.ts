/** A writable layer as the tar of an image's layer: overlay's marks become whiteout files. The inverse of layerTree.ts. */
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFREG } from '../../kernel/abi.ts';
import type { Inode } from '../../kernel/vfs/inode.ts';
import { isOpaque, isWhiteout } from '../../kernel/vfs/overlayFs.ts';
import { compareStrings } from '../../lib/compare.ts';
import type { TarInput, TarType } from '../../lib/tar/index.ts';
import { writeTar } from '../../lib/tar/index.ts';
import { OPAQUE_MARK, WHITEOUT_PREFIX } from '../../oci/layer.ts';

const TYPES: Readonly<Record<number, TarType>> = {
  [S_IFREG]: 'file',
  [S_IFDIR]: 'directory',
  [S_IFLNK]: 'symlink',
  [S_IFCHR]: 'character',
  [S_IFBLK]: 'block',
  [S_IFIFO]: 'fifo',
};

/** Times are cut to seconds, so that equal files make equal layers. */
export function layerDiff(upper: Inode): Uint8Array {
  const out: TarInput[] = [];
  const links = new Map<Inode, string>();
  const visit = (directory: Inode, prefix: string): void => {
    for (const name of directory
      .entries()
      .map((entry) => entry.name)
      .sort(compareStrings)) {
      const inode = directory.lookup(name);
      if (!inode) continue;
      const common = { mode: inode.mode & 0o7777, uid: inode.uid, gid: inode.gid, mtime: Math.floor(inode.mtime / 1e6) * 1e6 };
      if (isWhiteout(inode)) {
        out.push({ ...common, name: `${prefix}${WHITEOUT_PREFIX}${name}` });
        continue;
      }
      const path = `${prefix}${name}`;
      const first = links.get(inode);
      if (first !== undefined) out.push({ ...common, name: path, type: 'hardlink', linkname: first });
      else add(out, inode, path, common);
      if (inode.isFile && inode.nlink > 1) links.set(inode, first ?? path);
      if (!inode.isDirectory) continue;
      if (isOpaque(inode)) out.push({ ...common, name: `${path}/${OPAQUE_MARK}` });
      visit(inode, `${path}/`);
    }
  };
  visit(upper, '');
  return writeTar(out);
}

function add(out: TarInput[], inode: Inode, name: string, common: Omit<TarInput, 'name'>): void {
  const type = TYPES[inode.type];
  if (type === undefined) return;
  out.push({
    ...common,
    name,
    type,
    rdev: inode.rdev,
    ...(type === 'file' ? { data: inode.readAt(0, inode.size) } : {}),
    ...(type === 'symlink' ? { linkname: inode.readlink() } : {}),
  });
}
