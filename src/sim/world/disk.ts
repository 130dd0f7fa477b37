import { S_IFDIR } from '../kernel/syscalls.ts';
import { MemFs } from '../kernel/vfs/memFs.ts';
import { entryBytes, type RootfsOptions, rootfs } from './rootfs/index.ts';
import type { TreeEntry } from './rootfs/tree.ts';

/** An ext4 on the 40 GiB of /proc/partitions, with a Debian server installed on it. */
const PARTITION = { bytes: 41_147_472 * 1024, inodes: 2_621_440, usedBytes: 3_288_334_336, usedInodes: 118_246 };

/** A disk with the files of a freshly installed machine; `extra` comes on top. Times are microseconds since 1970. */
export function installDisk(device: number, now: number, options: RootfsOptions, extra: readonly TreeEntry[] = []): MemFs {
  const fs = new MemFs({ device, now, shown: PARTITION });
  for (const entry of [...rootfs(options), ...extra]) {
    const common = { uid: entry.uid, gid: entry.gid, mtime: now };
    if ('link' in entry) fs.addFile(entry.path, { ...common, target: entry.link });
    else if ('directory' in entry) fs.addFile(entry.path, { ...common, type: S_IFDIR, mode: entry.mode ?? 0o755 });
    else fs.addFile(entry.path, { ...common, mode: entry.mode ?? ('program' in entry ? 0o755 : 0o644), data: entryBytes(entry) });
  }
  return fs;
}
