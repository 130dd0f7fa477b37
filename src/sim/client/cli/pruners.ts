/** One request of `prune` each and its report as text: the verbs use their own, `system prune` all of them. */
import type { ContainersPruneReport } from '../../api/types/container.ts';
import type { ImagesPruneReport } from '../../api/types/image.ts';
import type { NetworksPruneReport } from '../../api/types/network.ts';
import type { BuildPruneReport } from '../../api/types/system.ts';
import type { VolumesPruneReport } from '../../api/types/volume.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { Engine } from '../engine/engine.ts';
import { filterQuery } from '../engine/query.ts';
import { deletedList } from './prune.ts';

export interface Pruned {
  /** Ends with an empty line; '' if nothing was deleted. */
  readonly text: string;
  readonly reclaimed: number;
}

type Filters = readonly string[];

export function* pruneContainers(engine: Engine, filters: Filters): Sim<Pruned> {
  const report = yield* ask<ContainersPruneReport>(engine, 'containers', filters);
  return pruned(deletedList('Containers', report.ContainersDeleted), report.SpaceReclaimed);
}

export function* pruneNetworks(engine: Engine, filters: Filters): Sim<Pruned> {
  return { text: deletedList('Networks', (yield* ask<NetworksPruneReport>(engine, 'networks', filters)).NetworksDeleted), reclaimed: 0 };
}

export function* pruneVolumes(engine: Engine, filters: Filters): Sim<Pruned> {
  const report = yield* ask<VolumesPruneReport>(engine, 'volumes', filters);
  return pruned(deletedList('Volumes', report.VolumesDeleted), report.SpaceReclaimed);
}

export function* pruneImages(engine: Engine, filters: Filters, all: boolean): Sim<Pruned> {
  const report = yield* ask<ImagesPruneReport>(engine, 'images', [...filters, `dangling=${!all}`]);
  const lines = (report.ImagesDeleted ?? []).map((item) =>
    'Untagged' in item ? `untagged: ${item.Untagged}` : `deleted: ${item.Deleted}`,
  );
  return pruned(deletedList('Images', lines), report.SpaceReclaimed);
}

export function* pruneBuildCache(engine: Engine, filters: Filters, all: boolean): Sim<Pruned> {
  const query = { all, filters: filterQuery(filters) ?? '' };
  const report = yield* engine.json<BuildPruneReport>('POST', '/build/prune', { query });
  return pruned(deletedList('build cache objects', report.CachesDeleted), report.SpaceReclaimed);
}

function ask<T>(engine: Engine, collection: string, filters: Filters): Sim<T> {
  return engine.json<T>('POST', `/${collection}/prune`, { query: { filters: filterQuery(filters) } });
}

/** Space counts only with something deleted. */
function pruned(text: string, reclaimed: number): Pruned {
  return { text, reclaimed: text === '' ? 0 : reclaimed };
}
