import type { Volume, VolumeList } from '../../api/types/volume.ts';
import type { Sim } from '../../kernel/sim.ts';
import { lstat, readdir, S_IFDIR, S_IFMT } from '../../kernel/syscalls.ts';
import { rfc3339 } from '../clock.ts';
import { boolFilter, checkFilters, exactMatch, filterValues, labelMatch } from '../filters.ts';
import type { VolumeRecord } from '../records.ts';
import { findVolume, usersOf, type VolumeContext } from './context.ts';

type Filters = ReadonlyMap<string, readonly string[]>;

export function toJson(d: VolumeContext, v: VolumeRecord): Volume {
  return {
    CreatedAt: rfc3339(d.clock, v.createdAt),
    Driver: v.driver,
    Labels: v.labels,
    Mountpoint: v.mountpoint,
    Name: v.id,
    Options: v.options,
    Scope: v.scope,
  };
}

/** `docker volume ls`: filters dangling, driver, label, name (a part of it). */
export function listVolumes(d: VolumeContext, filters: Filters): VolumeList {
  checkFilters(filters, ['dangling', 'name', 'driver', 'label']);
  const dangling = filters.has('dangling') ? boolFilter(filters, 'dangling', false) : undefined;
  const names = filterValues(filters, 'name');
  const found = d.records
    .all('volumes')
    .filter(
      (v) =>
        (dangling === undefined || (usersOf(d, v.id).length === 0) === dangling) &&
        (names.length === 0 || names.some((name) => v.id.includes(name))) &&
        exactMatch(filters, 'driver', v.driver) &&
        labelMatch(filters, 'label', v.labels),
    );
  return { Volumes: found.map((v) => toJson(d, v)), Warnings: null };
}

export function inspectVolume(d: VolumeContext, name: string): Volume {
  return toJson(d, findVolume(d, name));
}

/** For `docker system df`: with size and number of users. */
export function* volumeUsage(d: VolumeContext): Sim<readonly Volume[]> {
  const out: Volume[] = [];
  for (const v of d.records.all('volumes'))
    out.push({ ...toJson(d, v), UsageData: { RefCount: usersOf(d, v.id).length, Size: yield* treeSize(v.mountpoint) } });
  return out;
}

/** Bytes of all regular files below. */
export function* treeSize(path: string): Sim<number> {
  const stat = yield* lstat(path);
  if ((stat.mode & S_IFMT) !== S_IFDIR) return stat.size;
  let sum = 0;
  for (const entry of yield* readdir(path)) sum += yield* treeSize(`${path}/${entry.name}`);
  return sum;
}
