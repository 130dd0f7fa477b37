/** Reading single files of a container, whether it runs or not. */
import type { Sim } from '../../kernel/sim.ts';
import type { Snapshot } from '../../runtime/containerd.ts';
import { readFileIn } from '../../runtime/files.ts';
import type { ContainerRecord } from '../records.ts';
import type { ContainerServices } from './services.ts';

/** The container's file system: its layers and what it wrote. */
export function* containerSnapshot(d: ContainerServices, c: ContainerRecord): Sim<Snapshot> {
  return yield* d.runtime.snapshot(c.id, { lowers: yield* d.images.lowers(c.layers), directory: `${d.config.root}/overlay2/${c.mountId}` });
}

/** Undefined if there is no such file. Follows symbolic links inside the container. */
export function* readContainerFile(d: ContainerServices, c: ContainerRecord, path: string): Sim<Uint8Array | undefined> {
  return readFileIn((yield* containerSnapshot(d, c)).merged, path);
}
