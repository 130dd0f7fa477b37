/** `docker system df`. */

import type { ImageSummary } from '../../api/types/image.ts';
import type { DiskUsageType } from '../../api/types/options.ts';
import type { DiskUsage } from '../../api/types/system.ts';
import type { Volume } from '../../api/types/volume.ts';
import type { Sim } from '../../kernel/sim.ts';
import { now } from '../../kernel/syscalls.ts';
import { summary } from '../containers/list.ts';
import type { ContainerServices } from '../containers/services.ts';

/** What images and volumes say about themselves (owner: images). */
export interface UsageSources {
  images(): Sim<{ readonly layersSize: number; readonly images: readonly ImageSummary[] }>;
  volumes(): Sim<readonly Volume[]>;
}

export function* diskUsage(d: ContainerServices, sources: UsageSources, types: readonly DiskUsageType[]): Sim<DiskUsage> {
  const time = yield* now();
  const images = types.includes('image') ? yield* sources.images() : undefined;
  const newestFirst = d.records.all('containers').toReversed();
  return {
    ...(images ? { LayersSize: images.layersSize, Images: images.images } : {}),
    ...(types.includes('container') ? { Containers: newestFirst.map((c) => summary(d, c, time, true)) } : {}),
    ...(types.includes('volume') ? { Volumes: yield* sources.volumes() } : {}),
    ...(types.includes('build-cache') ? { BuildCache: [] } : {}),
  };
}
