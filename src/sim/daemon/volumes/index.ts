/** Volumes of one daemon: what the containers' verbs need (`VolumeServices`) and what the API's router needs. */
import type { Volume, VolumeCreateRequest, VolumeList, VolumesPruneReport } from '../../api/types/volume.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { FileSystem } from '../../kernel/vfs/inode.ts';
import type { Cause } from '../../lib/records.ts';
import type { ContainerRecord } from '../records.ts';
import type { VolumeServices } from '../services.ts';
import type { VolumeContext } from './context.ts';
import { createVolume } from './create.ts';
import { inspectVolume, listVolumes, toJson, volumeUsage } from './list.ts';
import { addVolume, forgetMounts, planMounts } from './plan.ts';
import { prepareMounts } from './prepare.ts';
import { pruneVolumes, removeVolume } from './remove.ts';

export type { VolumeContext } from './context.ts';

type Filters = ReadonlyMap<string, readonly string[]>;

export interface Volumes extends VolumeServices {
  volumeList(filters: Filters): Sim<VolumeList>;
  volumeInspect(name: string): Sim<Volume>;
  volumeCreate(request: VolumeCreateRequest, cause: Cause): Sim<Volume>;
  volumeRemove(name: string, force: boolean, cause: Cause): Sim<void>;
  volumesPrune(filters: Filters, cause: Cause): Sim<VolumesPruneReport>;
  usage(): Sim<readonly Volume[]>;
}

/** `image` gives the files of a container's image, to fill new volumes from. */
export function createVolumes(d: VolumeContext, image: (container: ContainerRecord) => Sim<FileSystem>): Volumes {
  return {
    planMounts: (request, cause) => planMounts(d, request, cause),
    addVolume: (mounts, path, driver, cause) => addVolume(d, mounts, path, driver, cause),
    prepare: (container, cause) => prepareMounts(d, container, () => image(container), cause),
    *release(container, cause) {
      for (const m of container.mounts) {
        if (m.Type === 'volume' && m.Name !== undefined)
          d.events.log(cause, 'volume', 'unmount', { id: m.Name, attributes: { container: container.id, driver: m.Driver ?? 'local' } });
      }
    },
    *forget(container, removeAnonymous, cause) {
      if (removeAnonymous) yield* forgetMounts(d, container.mounts, cause);
    },
    *volumeList(filters) {
      return listVolumes(d, filters);
    },
    *volumeInspect(name) {
      return inspectVolume(d, name);
    },
    *volumeCreate(request, cause) {
      return toJson(
        d,
        yield* createVolume(
          d,
          { name: request.Name ?? '', driver: request.Driver ?? '', options: request.DriverOpts ?? null, labels: request.Labels ?? null },
          cause,
        ),
      );
    },
    volumeRemove: (name, force, cause) => removeVolume(d, name, force, cause),
    volumesPrune: (filters, cause) => pruneVolumes(d, filters, cause),
    usage: () => volumeUsage(d),
  };
}
