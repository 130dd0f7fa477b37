/** Containers' file systems: an overlay of the image's layers, Docker's own files, and the writable layer on the machine's disk. */
import type { Kernel } from '../kernel/machine.ts';
import type { Sim } from '../kernel/sim.ts';
import { mkdirAll, removeTree, statOrNull, writeFile } from '../kernel/syscalls.ts';
import type { Inode } from '../kernel/vfs/inode.ts';
import { MemInode } from '../kernel/vfs/memFs.ts';
import { OverlayFs, OverlayInode } from '../kernel/vfs/overlayFs.ts';
import { Usage } from '../kernel/vfs/usage.ts';
import type { Snapshot, TaskOptions } from './containerd.ts';
import { initLayer } from './runc/rootfs.ts';

interface Kept extends Snapshot {
  readonly merged: OverlayFs;
  readonly upper: MemInode;
  readonly usage: Usage;
}

/** Hears how many bytes a container's writable layer holds, whenever that changes; 0 once it is gone. */
export type OnWritten = (id: string, bytes: number) => void;

export class Snapshots {
  readonly #kernel: Kernel;
  readonly #kept = new Map<string, Kept>();

  readonly #onWritten: OnWritten | undefined;

  constructor(kernel: Kernel, onWritten?: OnWritten) {
    this.#kernel = kernel;
    this.#onWritten = onWritten;
  }

  /** The container's file system, made at the first call. */
  *get(id: string, options: Pick<TaskOptions, 'lowers' | 'directory'>): Sim<Kept> {
    const kept = this.#kept.get(id);
    if (kept) return kept;
    for (const name of ['diff', 'work', 'merged']) yield* mkdirAll(`${options.directory}/${name}`, name === 'work' ? 0o700 : 0o755);
    yield* writeFile(`${options.directory}/link`, id.slice(0, 26).toUpperCase(), 0o644);
    const again = this.#kept.get(id);
    if (again) return again;
    const upper = writable(this.#kernel.find(`${options.directory}/diff`)?.inode);
    const lowers = [initLayer(this.#kernel), ...options.lowers].map((layer) => layer.root);
    const usage = new Usage((bytes) => this.#kept.get(id)?.usage === usage && this.#onWritten?.(id, bytes));
    const snapshot = { usage, merged: new OverlayFs({ device: this.#kernel.nextDevice(), lowers, upper }), upper, lowers };
    this.#kept.set(id, snapshot);
    upper.countIn(usage);
    return snapshot;
  }

  /** Shows it on the machine as overlay2 does, while the container runs. */
  mount(id: string, directory: string): readonly string[] {
    const kept = this.#kept.get(id);
    const place = this.#kernel.find(`${directory}/merged`);
    const options = ['rw', 'relatime', `lowerdir=${directory}-init/diff`, `upperdir=${directory}/diff`, `workdir=${directory}/work`];
    if (kept && place)
      this.#kernel.namespaces.mnt.add(place, kept.merged.root, {
        source: 'overlay',
        type: 'overlay',
        path: `${directory}/merged`,
        options,
      });
    return options;
  }

  unmount(id: string): void {
    const kept = this.#kept.get(id);
    const { mnt } = this.#kernel.namespaces;
    if (kept) mnt.mounts = mnt.mounts.filter((mount) => mount.root !== kept.merged.root);
  }

  bytes(id: string): number {
    return this.#kept.get(id)?.usage.bytes ?? 0;
  }

  *remove(id: string, directory: string): Sim<void> {
    this.unmount(id);
    if (this.#kept.delete(id)) this.#onWritten?.(id, 0);
    if (yield* statOrNull(directory)) yield* removeTree(directory);
  }
}

function writable(inode: Inode | undefined): MemInode {
  if (inode instanceof MemInode) return inode;
  if (inode instanceof OverlayInode) return inode.copyUp();
  throw new Error('the writable layer is not on a disk');
}
