/** What the system calls share: the calling process, path walking with its rights, error paths. */
import { Errno, isErrno } from '../errno.ts';
import { EXECUTE, mayAccess } from '../process/access.ts';
import { type Process, self } from '../process/process.ts';
import type { Sim } from '../sim.ts';
import type { Inode } from '../vfs/inode.ts';
import { type Found, type Place, type Walker, walk } from '../vfs/mounts.ts';

export function* caller(): Sim<Process> {
  return (yield* self()).process;
}

function walkerOf(process: Process): Walker {
  return {
    namespace: process.namespaces.mnt,
    root: process.root,
    cwd: process.cwd,
    maySearch: (inode) => mayAccess(process, inode, EXECUTE),
  };
}

export function find(process: Process, path: string, followLast = true): Found {
  return walk(walkerOf(process), path, followLast);
}

/** The place at the end of a path; ENOENT if there is none. */
export function existing(process: Process, path: string, followLast = true): Place {
  const { place } = find(process, path, followLast);
  if (!place) throw new Errno('ENOENT', path);
  return place;
}

/** Runs file system code and puts the path into its errors. */
export function withPath<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (isErrno(error) && error.path === undefined) throw new Errno(error.code, path);
    throw error;
  }
}

/** EROFS when the mount is read-only. */
export function needWritable(place: Place, path: string): void {
  if (place.mount.readonly) throw new Errno('EROFS', path);
}

/** A directory in which an entry may be made or removed. */
export function needDirectoryWrite(process: Process, directory: Place, path: string): Inode {
  needWritable(directory, path);
  if (!mayAccess(process, directory.inode, 2 | EXECUTE)) throw new Errno('EACCES', path);
  return directory.inode;
}
