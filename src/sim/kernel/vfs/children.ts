import { compareStrings } from '../../lib/compare.ts';
import type { Inode } from './inode.ts';

/** What is in a directory, in the order of a walk: by the bytes of the names. */
export function* childrenByName(directory: Inode): Iterable<readonly [name: string, inode: Inode]> {
  const names = directory.entries().map((entry) => entry.name);
  for (const name of names.sort(compareStrings)) {
    const inode = directory.lookup(name);
    if (inode) yield [name, inode];
  }
}
