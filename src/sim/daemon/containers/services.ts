import type { WallClock } from '../clock.ts';
import type { Services } from '../services.ts';
import type { LiveTable } from './live.ts';

/** What the containers' verbs get. */
export interface ContainerServices extends Services {
  readonly live: LiveTable;
  readonly clock: WallClock;
  /** Set while the daemon goes down: containers that end then are not restarted. */
  readonly shuttingDown: { value: boolean };
}
