import type { VolumesPruneReport } from '../../api/types/volume.ts';
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { removeTree, umount } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import { conflict, isDaemonError } from '../errors.ts';
import { boolFilter, checkFilters, pruneLabelMatch } from '../filters.ts';
import type { VolumeRecord } from '../records.ts';
import { findVolume, usersOf, type VolumeContext } from './context.ts';
import { treeSize } from './list.ts';

/** `docker volume rm`: conflict while a container has it, running or not. */
export function* removeVolume(d: VolumeContext, name: string, force: boolean, cause: Cause): Sim<void> {
  let volume: VolumeRecord;
  try {
    volume = findVolume(d, name);
  } catch (error) {
    if (force && isDaemonError(error, 'notFound')) return;
    throw error;
  }
  const users = usersOf(d, name);
  if (users.length > 0) throw conflict(`remove ${name}: volume is in use - [${users.map((c) => c.id).join(', ')}]`);
  yield* dropVolume(d, volume, cause);
}

export function* dropVolume(d: VolumeContext, volume: VolumeRecord, cause: Cause): Sim<void> {
  try {
    yield* umount(volume.mountpoint);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  yield* removeTree(`${d.root}/volumes/${volume.id}`);
  d.records.commit(cause, (tx) => tx.remove('volumes', volume.id));
  d.events.log(cause, 'volume', 'destroy', { id: volume.id, attributes: { driver: volume.driver } });
}

/** `docker volume prune`: unused anonymous ones; with the filter all=true also named ones. */
export function* pruneVolumes(d: VolumeContext, filters: ReadonlyMap<string, readonly string[]>, cause: Cause): Sim<VolumesPruneReport> {
  checkFilters(filters, ['all', 'label', 'label!']);
  const all = boolFilter(filters, 'all', false);
  const deleted: string[] = [];
  let space = 0;
  for (const volume of d.records.all('volumes')) {
    if ((!all && !volume.anonymous) || usersOf(d, volume.id).length > 0 || !pruneLabelMatch(filters, volume.labels)) continue;
    space += yield* treeSize(volume.mountpoint);
    yield* dropVolume(d, volume, cause);
    deleted.push(volume.id);
  }
  d.events.log(cause, 'volume', 'prune', { id: '', attributes: { reclaimed: String(space) } });
  return { VolumesDeleted: deleted.length > 0 ? deleted : null, SpaceReclaimed: space };
}
