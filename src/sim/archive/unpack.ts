/** Members of an archive become files (go-archive's Unpack). */
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFMT } from '../kernel/abi.ts';
import type { Sim } from '../kernel/sim.ts';
import {
  chmod,
  lchown,
  link,
  lstat,
  mkdir,
  mkdirAll,
  mknod,
  removeTree,
  statOrNull,
  symlink,
  unlink,
  utimes,
  writeFile,
} from '../kernel/syscalls.ts';
import type { TarEntry } from '../lib/tar/index.ts';
import { cleanPath, dirName, joinPath } from './paths.ts';

export interface UnpackOptions {
  /** Members belong to whoever unpacks. */
  readonly keepOwner: boolean;
  /** Everything belongs to this user instead of the archive's. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** A directory may take the place of a file and the other way round. */
  readonly mayChangeKind: boolean;
}

/** What cannot be unpacked, in go-archive's words. */
export class UnpackError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnpackError';
  }
}

/** Throws UnpackError, or the Errno of the system call that failed. */
export function* unpackTree(entries: readonly TarEntry[], destination: string, options: UnpackOptions): Sim<void> {
  const directories: TarEntry[] = [];
  for (const entry of entries) {
    const name = cleanPath(entry.name);
    const path = joinPath(destination, name);
    if (name === '..' || name.startsWith('../')) {
      throw new UnpackError(`${JSON.stringify(name)} is outside of ${JSON.stringify(destination)}`);
    }
    if (!(yield* statOrNull(dirName(path)))) yield* mkdirAll(dirName(path), 0o777);
    const kept = yield* makeRoom(entry, name, path, destination, options);
    if (kept === 'skip') continue;
    yield* make(entry, path, destination, kept === 'merge');
    yield* attributes(entry, path, options);
    if (entry.type === 'directory') directories.push(entry);
  }
  for (const entry of directories) yield* utimes(joinPath(destination, cleanPath(entry.name)), entry.mtime, entry.mtime);
}

/** What stands there goes, unless both are directories: those are merged. */
function* makeRoom(
  entry: TarEntry,
  name: string,
  path: string,
  destination: string,
  options: UnpackOptions,
): Sim<'merge' | 'skip' | 'free'> {
  const there = yield* lstatOrNull(path);
  if (!there) return 'free';
  const wasDirectory = (there.mode & S_IFMT) === S_IFDIR;
  const isDirectory = entry.type === 'directory';
  if (!options.mayChangeKind && wasDirectory !== isDirectory) {
    const [from, to] = wasDirectory ? ['directory', 'non-directory'] : ['non-directory', 'directory'];
    throw new UnpackError(`cannot overwrite ${from} ${JSON.stringify(path)} with ${to} ${JSON.stringify(destination)}`);
  }
  if (wasDirectory && name === '.') return 'skip';
  if (wasDirectory && isDirectory) return 'merge';
  if (wasDirectory) yield* removeTree(path);
  else yield* unlink(path);
  return 'free';
}

function* lstatOrNull(path: string): Sim<{ readonly mode: number } | null> {
  try {
    return yield* lstat(path);
  } catch {
    return null;
  }
}

function* make(entry: TarEntry, path: string, destination: string, exists: boolean): Sim<void> {
  switch (entry.type) {
    case 'directory':
      if (!exists) yield* mkdir(path, entry.mode);
      return;
    case 'file':
      return yield* writeFile(path, entry.data, entry.mode);
    case 'symlink':
      return yield* symlink(entry.linkname, path);
    case 'hardlink':
      return yield* link(joinPath(destination, entry.linkname), path);
    default:
      return yield* mknod(path, { character: S_IFCHR, block: S_IFBLK, fifo: S_IFIFO }[entry.type], entry.mode, entry.rdev);
  }
}

function* attributes(entry: TarEntry, path: string, options: UnpackOptions): Sim<void> {
  if (!options.keepOwner) yield* lchown(path, options.owner?.uid ?? entry.uid, options.owner?.gid ?? entry.gid);
  if (entry.type === 'hardlink') return;
  if (entry.type !== 'symlink') yield* chmod(path, entry.mode);
  yield* utimes(path, entry.mtime, entry.mtime, { nofollow: true });
}
