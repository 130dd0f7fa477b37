/** Reading a file system from outside, as root, with its symbolic links kept inside it. */
import type { FileSystem, Inode } from '../kernel/vfs/inode.ts';

const LINKS_MAX = 40;

/** The node at an absolute path, links followed as if this file system were `/`. Undefined if there is none. */
export function findIn(fs: FileSystem, path: string): Inode | undefined {
  let links = 0;
  const trail: Inode[] = [fs.root];
  const names = path
    .split('/')
    .filter((name) => name !== '' && name !== '.')
    .reverse();
  while (names.length > 0) {
    const name = names.pop() ?? '';
    const at = trail[trail.length - 1];
    if (name === '..') {
      if (trail.length > 1) trail.pop();
      continue;
    }
    const next = at.isDirectory ? at.lookup(name) : undefined;
    if (!next) return undefined;
    if (!next.isSymlink) {
      trail.push(next);
      continue;
    }
    if (links++ === LINKS_MAX) return undefined;
    const target = next.readlink();
    if (target.startsWith('/')) trail.length = 1;
    names.push(
      ...target
        .split('/')
        .filter((part) => part !== '' && part !== '.')
        .reverse(),
    );
  }
  return trail[trail.length - 1];
}

export function readFileIn(fs: FileSystem, path: string): Uint8Array | undefined {
  const node = findIn(fs, path);
  return node?.isFile ? node.readAt(0, node.size) : undefined;
}
