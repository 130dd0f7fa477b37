/** os.FileMode of Go: the type in the upper bits, the permissions as they are. */
import { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFSOCK } from '../../kernel/abi.ts';

const DEVICE = 2 ** 26;
const TYPES: Readonly<Record<number, number>> = {
  [S_IFDIR]: 2 ** 31,
  [S_IFLNK]: 2 ** 27,
  [S_IFBLK]: DEVICE,
  [S_IFCHR]: DEVICE + 2 ** 21,
  [S_IFIFO]: 2 ** 25,
  [S_IFSOCK]: 2 ** 24,
};

export function goFileMode(mode: number): number {
  const special = (mode & 0o4000 ? 2 ** 23 : 0) + (mode & 0o2000 ? 2 ** 22 : 0) + (mode & 0o1000 ? 2 ** 20 : 0);
  return (TYPES[mode & S_IFMT] ?? 0) + special + (mode & 0o777);
}
