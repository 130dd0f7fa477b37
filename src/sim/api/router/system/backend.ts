import type { Sim } from '../../../kernel/sim.ts';
import type { EventMessage } from '../../types/event.ts';
import type { DiskUsageType, EventsOptions } from '../../types/options.ts';
import type { Gone } from '../../types/streams.ts';
import type { AuthRequest, AuthResponse, DiskUsage, Info, Version } from '../../types/system.ts';

export interface PingAnswer {
  /** 'inactive', 'active/manager', ... */
  readonly swarm: string;
  /** '2' is BuildKit. */
  readonly builderVersion: string;
}

export interface SystemBackend {
  ping(): PingAnswer;
  version(): Sim<Version>;
  info(): Sim<Info>;
  diskUsage(types: readonly DiskUsageType[]): Sim<DiskUsage>;
  auth(request: AuthRequest): Sim<AuthResponse>;
  /** Emits past and coming events until `until` is over or the client has gone. */
  events(options: EventsOptions, emit: (event: EventMessage) => Sim<void>, gone: Gone): Sim<void>;
}
