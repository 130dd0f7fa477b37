/** A directory tree as members of an archive (go-archive's Tarballer). */
import { S_IFDIR, S_IFMT, type Stat } from '../kernel/abi.ts';
import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { lstat, readdir, readFile, readlink } from '../kernel/syscalls.ts';
import { compareStrings } from '../lib/compare.ts';
import type { TarInput } from '../lib/tar/index.ts';
import { joinPath } from './paths.ts';
import { tarType } from './tarType.ts';

export interface PackOptions {
  /** The entry of the directory to pack; '.' packs what is in it. */
  readonly include: string;
  /** Takes the place of `include` in the names; '/' takes it away. */
  readonly rebase: string;
  /** The directory itself is a member, too. */
  readonly withSource: boolean;
  /** Leave a path (relative, '/'-separated) out, and what is below it. */
  readonly skip?: (path: string, directory: boolean) => boolean;
}

/**
 * Members in the order of a walk: a directory before what is in it, names sorted. Times are cut to seconds, hard links become links,
 * sockets are left out, and so is what vanishes or cannot be read meanwhile.
 */
export function* packTree(directory: string, options: PackOptions): Sim<readonly TarInput[]> {
  const out: TarInput[] = [];
  const links = new Map<string, string>();
  const add = function* (path: string, relative: string): Sim<void> {
    let stat: Stat;
    try {
      stat = yield* lstat(path);
    } catch (error) {
      if (isErrno(error)) return;
      throw error;
    }
    const isDirectory = (stat.mode & S_IFMT) === S_IFDIR;
    const here = relative === '.';
    if (!here && options.skip?.(relative, isDirectory)) return;
    if (!here || !isDirectory || options.withSource) {
      const member = yield* memberOf(path, rename(relative, options), stat, links);
      if (member) out.push(member);
    }
    if (!isDirectory) return;
    const names = (yield* readdir(path)).map((entry) => entry.name).sort(compareStrings);
    for (const name of names) yield* add(joinPath(path, name), here ? name : `${relative}/${name}`);
  };
  yield* add(joinPath(directory, options.include), joinPath(options.include));
  return out;
}

function rename(relative: string, { include, rebase, withSource }: PackOptions): string {
  const path = withSource && include === '.' && relative !== '.' ? `./${relative}` : relative;
  if (rebase === '') return path;
  return path.replace(include, () => (rebase === '/' ? '' : rebase));
}

function* memberOf(path: string, name: string, stat: Stat, links: Map<string, string>): Sim<TarInput | undefined> {
  const type = tarType(stat.mode);
  if (type === undefined || name === '') return undefined;
  const common = {
    name: name.replace(/^\//, ''),
    mode: stat.mode & 0o7777,
    uid: stat.uid,
    gid: stat.gid,
    mtime: Math.floor(stat.mtime / 1e6) * 1e6,
  };
  if (type === 'file' && stat.nlink > 1) {
    const inode = `${stat.dev}:${stat.ino}`;
    const first = links.get(inode);
    if (first !== undefined) return { ...common, type: 'hardlink', linkname: first };
    links.set(inode, common.name);
  }
  try {
    if (type === 'file') return { ...common, type, data: yield* readFile(path) };
    if (type === 'symlink') return { ...common, type, linkname: yield* readlink(path) };
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
  return { ...common, type, rdev: stat.rdev };
}
