/** Who may do what with an inode (path_resolution(7), capabilities(7)). */
import { S_ISVTX } from '../abi.ts';
import type { Inode } from '../vfs/inode.ts';
import type { Process } from './process.ts';

const WRITE = 2;
export const EXECUTE = 1;

interface Who {
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  can(capability: string): boolean;
}

/** With the effective ids. */
export function mayAccess(process: Process, inode: Inode, mask: number): boolean {
  const { euid, egid, groups } = process.credentials;
  return allows({ uid: euid, gid: egid, groups, can: (c) => process.can(c) }, inode, mask);
}

export function allows(who: Who, inode: Inode, mask: number): boolean {
  const { mode } = inode;
  const shift = who.uid === inode.uid ? 6 : who.gid === inode.gid || who.groups.includes(inode.gid) ? 3 : 0;
  if (((mode >> shift) & mask) === mask) return true;
  if (who.can('CAP_DAC_OVERRIDE')) return (mask & EXECUTE) === 0 || inode.isDirectory || (mode & 0o111) !== 0;
  if (who.can('CAP_DAC_READ_SEARCH')) return (mask & WRITE) === 0 && ((mask & EXECUTE) === 0 || inode.isDirectory);
  return false;
}

/** Owner of the file, or allowed to act as one. */
export function ownerOrCapable(process: Process, inode: Inode): boolean {
  return process.credentials.euid === inode.uid || process.can('CAP_FOWNER');
}

/** In a sticky directory only the owner of the file or of the directory may remove or rename it. */
export function mayRemove(process: Process, directory: Inode, inode: Inode): boolean {
  if ((directory.mode & S_ISVTX) === 0) return true;
  const { euid } = process.credentials;
  return euid === inode.uid || euid === directory.uid || process.can('CAP_FOWNER');
}
