/** A container's mount namespace: its root, what Docker mounts in every container, binds, masks (what runc's rootfs_linux does). */

import { mountOn } from '../../kernel/calls/system.ts';
import { Errno, goErrorText, isErrno } from '../../kernel/errno.ts';
import type { Kernel } from '../../kernel/machine.ts';
import type { Process } from '../../kernel/process/process.ts';
import type { Sim } from '../../kernel/sim.ts';
import { mkdirAll, statOrNull, symlink, writeFile } from '../../kernel/syscalls.ts';
import type { FileSystem } from '../../kernel/vfs/inode.ts';
import { MemFs } from '../../kernel/vfs/memFs.ts';
import type { Place } from '../../kernel/vfs/mounts.ts';
import { MountNamespace, walk } from '../../kernel/vfs/mounts.ts';
import type { RuntimeSpec, SpecMount } from '../../oci/runtimeSpec.ts';
import { RuntimeError } from '../containerd.ts';

/** Gives the calling process a mount namespace whose root is the container's file system (pivot_root(2) in effect). */
export function enterRoot(process: Process, root: FileSystem, options: readonly string[]): void {
  const { kernel } = process;
  const mounts = new MountNamespace(kernel.nextId(), () => kernel.nextId());
  mounts.mountRoot(root, 'overlay', options);
  process.namespaces = { ...process.namespaces, mnt: mounts };
  process.root = mounts.root;
  process.cwd = mounts.root;
}

/** Runs as the container's first process, as root, before its program. */
export function* mountAll(process: Process, spec: RuntimeSpec): Sim<void> {
  for (const mount of spec.mounts) {
    if (mount.type === 'bind') yield* bindMount(process, mount);
    else yield* specialMount(process, mount);
    if (mount.destination === '/dev') yield* fillDev(process, spec);
  }
  for (const path of spec.linux.maskedPaths) mask(process, path);
  for (const path of spec.linux.readonlyPaths) readOnly(process, path);
  if (spec.root.readonly) process.root.mount.readonly = true;
}

function* specialMount(process: Process, mount: SpecMount): Sim<void> {
  yield* mkdirAll(mount.destination, 0o755);
  const option = (name: string): string | undefined => mount.options.find((text) => text.startsWith(`${name}=`))?.slice(name.length + 1);
  const type = mount.type === 'cgroup' ? 'cgroup2' : mount.type;
  mountOn(process, mount.source, mount.destination, type, {
    readonly: mount.options.includes('ro'),
    flags: ['nosuid', 'nodev', 'noexec'].filter((flag) => mount.options.includes(flag)),
    size: parseSize(option('size'), process.kernel.memoryBytes),
    mode: option('mode') === undefined ? undefined : Number.parseInt(option('mode') ?? '', 8),
  });
  const uid = Number(option('uid') ?? 0);
  const gid = Number(option('gid') ?? 0);
  if (type === 'tmpfs' && (uid !== 0 || gid !== 0)) placeOf(process, mount.destination)?.inode.setAttributes({ uid, gid });
}

/** '64m', '65536k', '50%', '1048576'. */
function parseSize(text: string | undefined, memoryBytes: number): number | undefined {
  const match = /^(\d+)([kmg%]?)$/i.exec(text ?? '');
  if (!match) return undefined;
  if (match[2] === '%') return Math.floor((memoryBytes * Number(match[1])) / 100);
  return Number(match[1]) * 1024 ** ['', 'k', 'm', 'g'].indexOf(match[2].toLowerCase());
}

/** The nodes and links of a container's /dev. */
function* fillDev(process: Process, spec: RuntimeSpec): Sim<void> {
  const dev = placeOf(process, '/dev')?.inode;
  const full = process.kernel.createDev(process.kernel.wallClock(), 'tmpfs');
  if (!(dev?.fs instanceof MemFs)) return;
  for (const [name, node] of full.root.children ?? []) {
    if (name === 'ptmx') continue;
    dev.fs.addFile(name, {
      type: node.type,
      mode: node.mode & 0o7777,
      rdev: node.rdev,
      gid: node.gid,
      target: node.isSymlink ? node.readlink() : undefined,
      directory: node.isDirectory,
      mtime: node.mtime,
    });
  }
  yield* symlink('pts/ptmx', '/dev/ptmx');
  for (const device of spec.linux.devices) {
    dev.fs.addFile(device.path.replace(/^\/dev\//, ''), {
      type: device.type === 'c' ? 0o020000 : 0o060000,
      mode: device.fileMode,
      rdev: device.major * 256 + device.minor,
    });
  }
}

function* bindMount(process: Process, mount: SpecMount): Sim<void> {
  const fail = (code: Parameters<typeof goErrorText>[0]): never => {
    throw new RuntimeError(
      `error mounting ${JSON.stringify(mount.source)} to rootfs at ${JSON.stringify(mount.destination)}: ` +
        `mount src=${mount.source}, dst=${mount.destination}, dstFd=/proc/thread-self/fd/14, flags=MS_BIND|MS_REC: ${goErrorText(code)}`,
    );
  };
  const { root } = process.kernel.namespaces.mnt;
  const source = placeOf({ namespaces: process.kernel.namespaces, root, cwd: root }, mount.source);
  if (!source) return fail('ENOENT');
  try {
    if (!(yield* statOrNull(mount.destination))) {
      if (source.inode.isDirectory) yield* mkdirAll(mount.destination, 0o755);
      else {
        yield* mkdirAll(mount.destination.replace(/\/[^/]*$/, '') || '/', 0o755);
        yield* writeFile(mount.destination, '', 0o755);
      }
    }
    const target = placeOf(process, mount.destination);
    if (!target) return fail('ENOENT');
    if (target.inode.isDirectory !== source.inode.isDirectory) return fail('ENOTDIR');
    bindTree(process, source, target, mount);
  } catch (error) {
    if (isErrno(error)) return fail(error.code);
    throw error;
  }
}

/** The tree at `source` and what the host has mounted below it. */
export function bindTree(
  process: Pick<Process, 'namespaces' | 'root' | 'cwd'> & { readonly kernel: Pick<Kernel, 'namespaces'> },
  source: Place,
  target: Place,
  mount: SpecMount,
): void {
  const readonly = mount.options.includes('ro');
  const { mnt } = process.namespaces;
  const info = { source: source.mount.source, type: source.mount.type, options: [readonly ? 'ro' : 'rw', 'relatime'], readonly };
  mnt.add(target, source.inode, { ...info, rootPath: mount.source, path: mount.destination });
  const below = `${mount.source.replace(/\/$/, '')}/`;
  for (const inner of process.kernel.namespaces.mnt.mounts) {
    if (!inner.path.startsWith(below) || inner.path.includes('/overlay2/')) continue;
    const path = `${mount.destination}/${inner.path.slice(below.length)}`;
    const at = placeOf(process, path);
    if (at) mnt.add(at, inner.root, { source: inner.source, type: inner.type, options: inner.options, readonly: inner.readonly, path });
  }
}

/** Hides what a container must not see: /dev/null over files, an empty read-only tmpfs over directories. */
function mask(process: Process, path: string): void {
  const at = placeOf(process, path);
  if (!at) return;
  if (at.inode.isDirectory) {
    mountOn(process, 'tmpfs', path, 'tmpfs', { readonly: true, mode: 0o755 });
    return;
  }
  const nothing = placeOf(process, '/dev/null');
  if (nothing) process.namespaces.mnt.add(at, nothing.inode, { source: 'tmpfs', type: 'tmpfs', rootPath: '/null', path });
}

function readOnly(process: Process, path: string): void {
  const at = placeOf(process, path);
  if (!at) return;
  process.namespaces.mnt.add(at, at.inode, {
    source: at.mount.source,
    type: at.mount.type,
    rootPath: path,
    path,
    options: ['ro', 'nosuid', 'nodev', 'noexec', 'relatime'],
    readonly: true,
  });
}

/** A path as the process sees it, with all rights; undefined if there is nothing. */
export function placeOf(process: Pick<Process, 'namespaces' | 'root' | 'cwd'>, path: string): Place | undefined {
  try {
    return walk({ namespace: process.namespaces.mnt, root: process.root, cwd: process.cwd, maySearch: () => true }, path, true).place;
  } catch (error) {
    if (error instanceof Errno) return undefined;
    throw error;
  }
}

/** The files that Docker puts into every container under the image's, so that they are no change of the container's own. */
export function initLayer(kernel: Kernel): MemFs {
  const mtime = kernel.wallClock();
  const layer = new MemFs({ device: kernel.nextDevice(), now: mtime });
  for (const path of ['/dev/pts', '/dev/shm', '/proc', '/sys', '/etc']) layer.addFile(path, { directory: true, mtime });
  for (const path of ['/.dockerenv', '/etc/resolv.conf', '/etc/hosts', '/etc/hostname', '/dev/console'])
    layer.addFile(path, { mode: 0o755, mtime });
  layer.addFile('/etc/mtab', { target: '/proc/mounts', mtime });
  return layer;
}
