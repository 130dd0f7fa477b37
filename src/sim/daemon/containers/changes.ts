/** `docker diff`: what the writable layer has that the layers below have not (go-archive's OverlayChanges). */
import type { FilesystemChange } from '../../api/types/container.ts';
import type { Sim } from '../../kernel/sim.ts';
import { childrenByName } from '../../kernel/vfs/children.ts';
import type { Inode } from '../../kernel/vfs/inode.ts';
import { isOpaque, isWhiteout } from '../../kernel/vfs/overlayFs.ts';
import { findContainer } from '../find.ts';
import { containerSnapshot } from './files.ts';
import type { ContainerServices } from './services.ts';

const CHANGED = 0;
const ADDED = 1;
const DELETED = 2;

export function* changes(d: ContainerServices, name: string): Sim<readonly FilesystemChange[] | null> {
  const { upper, lowers } = yield* containerSnapshot(d, findContainer(d.records, name));
  const list = overlayChanges(upper, lowers);
  return list.length === 0 ? null : list;
}

/** In the order of a walk, names sorted. A directory that only holds changes is listed when something in it was added or deleted. */
export function overlayChanges(upper: Inode, lowers: readonly Inode[]): readonly FilesystemChange[] {
  const out: FilesystemChange[] = [];
  const listed = new Set<string>();
  const visit = (directory: Inode, parent: string): void => {
    for (const [name, inode] of childrenByName(directory)) {
      const path = `${parent}/${name}`;
      const kind = kindOf(inode, path, lowers);
      if (kind !== undefined) {
        if (inode.isDirectory) listed.add(path);
        if (kind !== CHANGED && parent !== '' && !listed.has(parent)) {
          out.push({ Path: parent, Kind: CHANGED });
          listed.add(parent);
        }
        out.push({ Path: path, Kind: kind });
      }
      if (inode.isDirectory) visit(inode, path);
    }
  };
  visit(upper, '');
  return out;
}

/** Undefined for a directory that is there only because of what is in it. */
function kindOf(inode: Inode, path: string, lowers: readonly Inode[]): FilesystemChange['Kind'] | undefined {
  if (isWhiteout(inode) || (inode.isDirectory && isOpaque(inode))) return DELETED;
  for (const lower of lowers) {
    const old = nodeAt(lower, path);
    if (!old) continue;
    const same = old.isDirectory && inode.isDirectory && old.mode === inode.mode && sameTime(old.mtime, inode.mtime);
    return same ? undefined : CHANGED;
  }
  return ADDED;
}

function nodeAt(top: Inode, path: string): Inode | undefined {
  let at: Inode | undefined = top;
  for (const name of path.split('/')) {
    if (name === '') continue;
    if (!at?.isDirectory) return undefined;
    at = at.lookup(name);
  }
  return at;
}

/** Archives hold whole seconds: a time without a fraction is equal to any in its second. */
function sameTime(a: number, b: number): boolean {
  const seconds = (us: number): number => Math.floor(us / 1e6);
  return a === b || (seconds(a) === seconds(b) && (a % 1e6 === 0 || b % 1e6 === 0));
}
