import type { Kernel } from '../../kernel/machine.ts';
import type { RecordStore } from '../../lib/records.ts';
import type { WallClock } from '../clock.ts';
import { notFound } from '../errors.ts';
import type { EventLog } from '../events.ts';
import type { ContainerRecord, DaemonTables, VolumeRecord } from '../records.ts';

/** What the volumes' verbs get. */
export interface VolumeContext {
  readonly records: RecordStore<DaemonTables>;
  readonly events: EventLog;
  readonly clock: WallClock;
  readonly kernel: Kernel;
  /** '/var/lib/docker'. */
  readonly root: string;
}

export function findVolume(d: VolumeContext, name: string): VolumeRecord {
  const volume = d.records.get('volumes', name);
  if (!volume) throw notFound(`get ${name}: no such volume`);
  return volume;
}

/** Containers that have it mounted, running or not. */
export function usersOf(d: VolumeContext, name: string): readonly ContainerRecord[] {
  return d.records.all('containers').filter((c) => c.mounts.some((m) => m.Type === 'volume' && m.Name === name));
}
