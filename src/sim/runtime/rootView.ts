/** A container's files from outside, with what is bound into it, whether it runs or not (moby's containerfs_linux.go). */
import { inRoot } from '../kernel/calls/roots.ts';
import { Errno } from '../kernel/errno.ts';
import type { Kernel } from '../kernel/machine.ts';
import type { Sim } from '../kernel/sim.ts';
import { mkdirAll, statOrNull, writeFile } from '../kernel/syscalls.ts';
import type { FileSystem } from '../kernel/vfs/inode.ts';
import { MountNamespace } from '../kernel/vfs/mounts.ts';
import type { SpecMount } from '../oci/runtimeSpec.ts';
import { bindTree, placeOf } from './runc/rootfs.ts';

/** System calls inside `body` see the container's root. Only binds are mounted; missing mount points are made, as runc makes them. */
export function* inContainerRoot<T>(kernel: Kernel, root: FileSystem, binds: readonly SpecMount[], body: () => Sim<T>): Sim<T> {
  const mnt = new MountNamespace(kernel.nextId(), () => kernel.nextId());
  mnt.mountRoot(root, 'overlay');
  const view = { kernel, namespaces: { ...kernel.namespaces, mnt }, root: mnt.root, cwd: mnt.root };
  for (const bind of binds) {
    const host = kernel.namespaces.mnt.root;
    const source = placeOf({ namespaces: kernel.namespaces, root: host, cwd: host }, bind.source);
    if (!source) throw new Errno('ENOENT', bind.source);
    yield* inRoot(view, mountPoint(bind.destination, source.inode.isDirectory));
    const target = placeOf(view, bind.destination);
    if (target && target.inode.isDirectory === source.inode.isDirectory) bindTree(view, source, target, bind);
  }
  return yield* inRoot(view, body());
}

function* mountPoint(path: string, directory: boolean): Sim<void> {
  if (yield* statOrNull(path)) return;
  if (directory) return yield* mkdirAll(path, 0o755);
  yield* mkdirAll(path.replace(/\/[^/]*$/, '') || '/', 0o755);
  yield* writeFile(path, '', 0o755);
}
