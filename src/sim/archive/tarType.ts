import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG } from '../kernel/abi.ts';
import type { TarType } from '../lib/tar/index.ts';

const TYPES: Readonly<Record<number, TarType>> = {
  [S_IFREG]: 'file',
  [S_IFDIR]: 'directory',
  [S_IFLNK]: 'symlink',
  [S_IFCHR]: 'character',
  [S_IFBLK]: 'block',
  [S_IFIFO]: 'fifo',
};

/** The kind of member that a file of this mode becomes; undefined for a socket, which no archive holds. */
export const tarType = (mode: number): TarType | undefined => TYPES[mode & S_IFMT];
