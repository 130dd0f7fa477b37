import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { chmod, chown, mkdirAll, mount, readdir, statOrNull, symlink, utimes, writeFile } from '../../kernel/syscalls.ts';
import type { FileSystem, Inode } from '../../kernel/vfs/inode.ts';
import type { Cause } from '../../lib/records.ts';
import { findIn } from '../../runtime/files.ts';
import { invalid, system } from '../errors.ts';
import type { ContainerRecord, MountRecord, VolumeRecord } from '../records.ts';
import { findVolume, type VolumeContext } from './context.ts';

/** At start: makes the host directories of binds, mounts volumes with options, fills new volumes from the image. */
export function* prepareMounts(d: VolumeContext, c: ContainerRecord, image: () => Sim<FileSystem>, cause: Cause): Sim<void> {
  for (const m of c.mounts) {
    if (m.Type === 'bind') yield* prepareBind(m);
    if (m.Type !== 'volume' || m.Name === undefined) continue;
    const volume = findVolume(d, m.Name);
    yield* mountOptions(volume);
    if (m.copyData && m.subpath === undefined) yield* copyFromImage(volume.mountpoint, m.Destination, image);
    if (m.subpath !== undefined && !(yield* statOrNull(`${volume.mountpoint}/${m.subpath}`)))
      throw system(
        `cannot access path ${volume.mountpoint}/${m.subpath}: lstat ${volume.mountpoint}/${m.subpath}: no such file or directory`,
      );
    d.events.log(cause, 'volume', 'mount', {
      id: volume.id,
      attributes: {
        container: c.id,
        destination: m.Destination,
        driver: volume.driver,
        propagation: m.Propagation,
        'read/write': String(m.RW),
      },
    });
  }
}

/** `-v` makes a missing host directory; `--mount` wants it to be there. */
function* prepareBind(m: MountRecord): Sim<void> {
  if (yield* statOrNull(m.Source)) return;
  if (m.origin === 'mount') throw invalid(`invalid mount config for type "bind": bind source path does not exist: ${m.Source}`);
  try {
    yield* mkdirAll(m.Source, 0o755);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw system(`error while creating mount source path '${m.Source}': mkdir ${m.Source}: ${error.message.toLowerCase()}`);
  }
}

/** The local driver's type, device and o: tmpfs and bind mounts on the volume's directory, made once. */
function* mountOptions(volume: VolumeRecord): Sim<void> {
  const { type, device = '', o = '' } = volume.options ?? {};
  if (type === undefined && !/(^|,)bind(,|$)/.test(o)) return;
  if (yield* isMounted(volume.mountpoint)) return;
  const failed = (why: string, flags = '0x0') =>
    system(
      `error while mounting volume '${volume.mountpoint}': failed to mount local volume: mount ${device}:${volume.mountpoint}${flags === '' ? '' : `, flags: ${flags}`}: ${why}`,
    );
  try {
    if (/(^|,)r?bind(,|$)/.test(o)) yield* mount(device, volume.mountpoint, '', { bind: true, readonly: /(^|,)ro(,|$)/.test(o) });
    else if (type === 'tmpfs') yield* mount(device, volume.mountpoint, 'tmpfs', { size: sizeOption(o), mode: modeOption(o) ?? 0o1777 });
    else throw failed('drydock: only tmpfs and bind mounts are simulated', '');
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw failed(error.message[0].toLowerCase() + error.message.slice(1), /bind/.test(o) ? '0x1000' : '0x0');
  }
}

function* isMounted(path: string): Sim<boolean> {
  const here = yield* statOrNull(path);
  const above = yield* statOrNull(path.replace(/\/[^/]*$/, ''));
  return here !== null && above !== null && here.dev !== above.dev;
}

function sizeOption(o: string): number | undefined {
  const match = /(?:^|,)size=(\d+)([kmg]?)b?(?:,|$)/i.exec(o);
  return match ? Number(match[1]) * ({ '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[match[2].toLowerCase()] ?? 1) : undefined;
}

function modeOption(o: string): number | undefined {
  const match = /(?:^|,)mode=([0-7]+)(?:,|$)/.exec(o);
  return match ? Number.parseInt(match[1], 8) : undefined;
}

/** An empty volume gets what the image has at the destination, once. */
function* copyFromImage(mountpoint: string, destination: string, image: () => Sim<FileSystem>): Sim<void> {
  if ((yield* readdir(mountpoint)).length > 0) return;
  const source = findIn(yield* image(), destination);
  if (!source?.isDirectory) return;
  yield* copyTree(source, mountpoint);
}

function* copyTree(from: Inode, to: string): Sim<void> {
  for (const { name } of from.entries()) {
    const child = from.lookup(name);
    if (!child) continue;
    const path = `${to}/${name}`;
    if (child.isDirectory) {
      yield* mkdirAll(path);
      yield* copyTree(child, path);
    } else if (child.isSymlink) yield* symlink(child.readlink(), path);
    else if (child.isFile) yield* writeFile(path, child.readAt(0, child.size));
    else continue;
    if (!child.isSymlink) {
      yield* chown(path, child.uid, child.gid);
      yield* chmod(path, child.mode & 0o7777);
      yield* utimes(path, child.atime, child.mtime);
    }
  }
  yield* chown(to, from.uid, from.gid);
  yield* chmod(to, from.mode & 0o7777);
}
