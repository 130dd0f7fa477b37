import type { RecordStore } from '../../lib/records.ts';
import type { WallClock } from '../clock.ts';
import type { EventLog } from '../events.ts';
import type { DaemonTables } from '../records.ts';
import type { DaemonConfig } from '../services.ts';
import type { LayerStore } from './layerStore.ts';

/** What the images' verbs get. */
export interface ImageContext {
  readonly config: DaemonConfig;
  readonly records: RecordStore<DaemonTables>;
  readonly events: EventLog;
  readonly clock: WallClock;
  readonly layers: LayerStore;
}
