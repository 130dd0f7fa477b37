import type { RecordStore } from '../../lib/records.ts';
import type { WallClock } from '../clock.ts';
import type { EventLog } from '../events.ts';
import type { DaemonTables } from '../records.ts';
import type { DaemonConfig } from '../services.ts';
import type { LayerStore } from './layerStore.ts';
import type { Slots } from './slots.ts';

/** What the images' verbs get. */
export interface ImageContext {
  readonly config: DaemonConfig;
  readonly records: RecordStore<DaemonTables>;
  readonly events: EventLog;
  readonly clock: WallClock;
  readonly layers: LayerStore;
}

/** For those that speak to registries. */
export interface RegistryContext extends ImageContext {
  /** Of the daemon's machine, for error messages. */
  readonly nameserver: string;
  /** Where layers were pulled from and pushed to: 'docker.io/library/nginx' by the digest of the compressed layer. */
  readonly origins: Map<string, Set<string>>;
  /** Layers that come in at a time, whoever asked for them. */
  readonly downloads: Slots;
  /** Layers that go out at a time. */
  readonly uploads: Slots;
}
