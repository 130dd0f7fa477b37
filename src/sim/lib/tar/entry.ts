/** A member of a tar archive (POSIX.1-2008, pax). */
export type TarType = 'file' | 'directory' | 'symlink' | 'hardlink' | 'character' | 'block' | 'fifo';

export interface TarEntry {
  /** Without a leading slash as a rule; directories end with one in the archive and not here. */
  readonly name: string;
  readonly type: TarType;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly uname: string;
  readonly gname: string;
  /** Microseconds since 1970. */
  readonly mtime: number;
  /** Target of a link. */
  readonly linkname: string;
  /** Device number: major * 256 + minor. */
  readonly rdev: number;
  readonly data: Uint8Array;
  /** Extended attributes (SCHILY.xattr.*). */
  readonly xattrs: ReadonlyMap<string, Uint8Array>;
}

/** Archives that cannot be read. */
export class TarError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TarError';
  }
}

export const TAR_BLOCK = 512;

/** Type flags of the header. */
export const TYPE_FLAGS: Readonly<Record<TarType, string>> = {
  file: '0',
  hardlink: '1',
  symlink: '2',
  character: '3',
  block: '4',
  directory: '5',
  fifo: '6',
};
