/** Events of Engine API v1.50. `status`, `id` and `from` are repeated for containers and images only (the form before 1.22). */
import type { StringMap } from './common.ts';

export type EventType =
  | 'builder'
  | 'config'
  | 'container'
  | 'daemon'
  | 'image'
  | 'network'
  | 'node'
  | 'plugin'
  | 'secret'
  | 'service'
  | 'volume';

export interface EventActor {
  readonly ID: string;
  readonly Attributes: StringMap;
}
export interface EventMessage {
  readonly status?: string;
  readonly id?: string;
  readonly from?: string;
  readonly Type: EventType;
  readonly Action: string;
  readonly Actor: EventActor;
  readonly scope: 'local' | 'swarm';
  /** Unix seconds. */
  readonly time: number;
  /** Unix nanoseconds: more than a double holds, hence a bigint (`lib/goJson.ts` writes it bare). */
  readonly timeNano: bigint;
}
