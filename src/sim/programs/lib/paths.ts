import type { Sim } from '../../kernel/sim.ts';
import { S_IFDIR, S_IFMT, type Stat, statOrNull } from '../../kernel/syscalls.ts';

export const isDirectory = (s: Stat | null): boolean => s !== null && (s.mode & S_IFMT) === S_IFDIR;

/** `dir/name` with one slash. */
export function joinPath(dir: string, name: string): string {
  return dir.endsWith('/') ? dir + name : `${dir}/${name}`;
}

/** The last part of a path, trailing slashes aside. */
export function lastPart(path: string): string {
  const bare = path.replace(/(?<=.)\/+$/s, '');
  return bare === '/' ? '/' : bare.slice(bare.lastIndexOf('/') + 1);
}

export function* isDirectoryPath(path: string): Sim<boolean> {
  return isDirectory(yield* statOrNull(path));
}
