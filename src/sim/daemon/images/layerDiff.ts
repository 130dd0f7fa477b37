/** A writable layer as the tar of an image's layer: overlay's marks become whiteout files. The inverse of layerTree.ts. */
import { tarType } from '../../archive/tarType.ts';
import { childrenByName } from '../../kernel/vfs/children.ts';
import type { Inode } from '../../kernel/vfs/inode.ts';
import { isOpaque, isWhiteout } from '../../kernel/vfs/overlayFs.ts';
import type { TarInput } from '../../lib/tar/index.ts';
import { writeTar } from '../../lib/tar/index.ts';
import { OPAQUE_MARK, WHITEOUT_PREFIX } from '../../oci/layer.ts';

/** Times are cut to seconds, so that equal files make equal layers. */
export function layerDiff(upper: Inode): Uint8Array {
  const out: TarInput[] = [];
  const links = new Map<Inode, string>();
  const visit = (directory: Inode, prefix: string): void => {
    for (const [name, inode] of childrenByName(directory)) {
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
  const type = tarType(inode.type);
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
