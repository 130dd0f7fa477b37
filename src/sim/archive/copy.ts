/** Where a copy lands and under which name (go-archive's copy.go): told from what is at both ends. */
import { S_IFDIR, S_IFLNK, S_IFMT } from '../kernel/abi.ts';
import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { lstat, readlink, realpath, stat } from '../kernel/syscalls.ts';
import type { TarEntry, TarInput } from '../lib/tar/index.ts';
import { packTree } from './pack.ts';
import { assertsDirectory, baseName, hasTrailingSlash, joinPath, namesCurrentDir, splitPath } from './paths.ts';
import { unpackTree } from './unpack.ts';

/** One end of a copy. */
export interface CopyInfo {
  readonly path: string;
  readonly exists: boolean;
  readonly isDirectory: boolean;
  /** The name that was asked for, when a link led to another. '' otherwise. */
  readonly rebaseName: string;
}

export class CopyError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CopyError';
  }
}

/** A source on this machine. Links before the last name are followed; the last one with `followLink`. */
export function* copySource(path: string, followLink: boolean): Sim<CopyInfo> {
  const [resolved, rebaseName] = yield* resolveSource(path, followLink);
  const { mode } = yield* lstat(resolved);
  return { path: resolved, exists: true, isDirectory: (mode & S_IFMT) === S_IFDIR, rebaseName };
}

function* resolveSource(path: string, followLink: boolean): Sim<readonly [path: string, rebaseName: string]> {
  if (followLink) return rebasedName(path, yield* realpath(path));
  const slash = path.lastIndexOf('/');
  // Directly below the root this makes '//name', which docker's messages show.
  const resolved = `${yield* realpath(path.slice(0, slash + 1) || '/')}/${path.slice(slash + 1)}`;
  return [resolved, hasTrailingSlash(path) && baseName(path) !== baseName(resolved) ? baseName(path) : ''];
}

/** The resolved path with the ending of the one that was asked for, and that one's name if it differs. */
export function rebasedName(path: string, resolvedPath: string): readonly [path: string, rebaseName: string] {
  let resolved = resolvedPath;
  if (namesCurrentDir(path) && !namesCurrentDir(resolved)) resolved += '/.';
  if (hasTrailingSlash(path) && !hasTrailingSlash(resolved)) resolved += '/';
  return [resolved, baseName(path) === baseName(resolved) ? '' : baseName(path)];
}

const LINKS_MAX = 10;

/** A destination on this machine: all links are followed; it need not exist, its directory must. */
function* copyDestination(original: string): Sim<CopyInfo> {
  let path = original;
  for (let links = 0; ; links++) {
    let mode: number;
    try {
      ({ mode } = yield* lstat(path));
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error;
      const parent = yield* stat(splitPath(path)[0]);
      if ((parent.mode & S_IFMT) !== S_IFDIR) throw new CopyError('not a directory');
      return { path, exists: false, isDirectory: false, rebaseName: '' };
    }
    if ((mode & S_IFMT) !== S_IFLNK) return { path, exists: true, isDirectory: (mode & S_IFMT) === S_IFDIR, rebaseName: '' };
    if (links > LINKS_MAX) throw new CopyError(`too many symlinks in ${original}`);
    const target = yield* readlink(path);
    path = target.startsWith('/') ? target : joinPath(splitPath(path)[0], target);
  }
}

/** Packs a source. Throws the Errno of lstat when it is not there. */
export function* packResource(source: CopyInfo): Sim<readonly TarInput[]> {
  yield* lstat(source.path);
  const [directory, include] = splitPath(source.path);
  return yield* packTree(directory, { include, rebase: source.rebaseName, withSource: true });
}

/** Which directory to unpack into, and the new first name of the members: undefined leaves them as they are. */
export interface CopyPlan {
  readonly directory: string;
  readonly rename: { readonly from: string; readonly to: string } | undefined;
}

/** Throws CopyError for what cannot be. */
export function planCopy(source: CopyInfo, destination: CopyInfo): CopyPlan {
  const [directory, base] = splitPath(destination.path);
  if (destination.exists && destination.isDirectory) return { directory: destination.path, rename: undefined };
  if (destination.exists && source.isDirectory) throw new CopyError('cannot copy directory');
  if (!destination.exists && !source.isDirectory && assertsDirectory(destination.path)) throw new CopyError('no such directory');
  const from = source.rebaseName === '' ? splitPath(source.path)[1] : source.rebaseName;
  return { directory, rename: { from, to: base } };
}

/** Puts another name at the beginning of all members' names. */
export function rebaseMembers<M extends TarInput>(members: readonly M[], rename: CopyPlan['rename']): readonly M[] {
  if (!rename) return members;
  const from = rename.from === '/' ? '' : rename.from;
  const swap = (name: string): string => name.replace(from, () => rename.to);
  return members.map((member) => ({
    ...member,
    name: swap(member.name),
    ...(member.type === 'hardlink' ? { linkname: swap(member.linkname ?? '') } : {}),
  }));
}

/** Unpacks what came from `source` to a path of this machine. */
export function* copyTo(members: readonly TarEntry[], source: CopyInfo, path: string): Sim<void> {
  const { directory, rename } = planCopy(source, yield* copyDestination(path));
  yield* unpackTree(rebaseMembers(members, rename), directory, { keepOwner: true, mayChangeKind: false });
}
