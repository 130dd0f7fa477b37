import type { Sim } from '../../../kernel/sim.ts';
import type { WaitQueue } from '../../../kernel/waitQueue.ts';
import type { Cause } from '../../../lib/records.ts';
import type { Filters } from '../../params.ts';
import type { HijackedStreams, OutputStreams } from '../../stream/hijack.ts';
import type {
  ContainerInspect,
  ContainerSummary,
  ContainersPruneReport,
  CreateRequest,
  CreateResponse,
  TopResponse,
  UpdateRequest,
  UpdateResponse,
  WaitResponse,
} from '../../types/container.ts';

export interface ListOptions {
  readonly all: boolean;
  readonly size: boolean;
  /** The newest so many; 0 or less is no limit. */
  readonly limit: number;
  readonly filters: Filters;
}
export interface StopOptions {
  readonly signal: string;
  /** Seconds; undefined takes the container's, -1 waits for ever. */
  readonly timeout: number | undefined;
}
export interface RemoveOptions {
  readonly force: boolean;
  readonly volumes: boolean;
  readonly link: boolean;
}
export interface AttachOptions {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  /** Go on with what comes. */
  readonly stream: boolean;
  /** Begin with what was said before. */
  readonly logs: boolean;
  readonly detachKeys: string;
}
export interface LogsOptions {
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly follow: boolean;
  readonly timestamps: boolean;
  readonly details: boolean;
  /** Unix seconds with a fraction, or ''. */
  readonly since: string;
  readonly until: string;
  /** 'all' or a number; anything else counts as all. */
  readonly tail: string;
}
export type WaitCondition = 'not-running' | 'next-exit' | 'removed';

/** Tells that whoever asked has gone. */
export interface Gone {
  readonly closed: boolean;
  readonly gone: WaitQueue;
}

/** What the container routes need. Methods throw errors with a `kind`. */
export interface ContainerBackend {
  list(options: ListOptions): Sim<readonly ContainerSummary[]>;
  inspect(name: string, size: boolean): Sim<ContainerInspect>;
  create(name: string, platform: string, request: CreateRequest, cause: Cause): Sim<CreateResponse>;
  start(name: string, cause: Cause): Sim<void>;
  stop(name: string, options: StopOptions, cause: Cause): Sim<void>;
  restart(name: string, options: StopOptions, cause: Cause): Sim<void>;
  kill(name: string, signal: string, cause: Cause): Sim<void>;
  pause(name: string, cause: Cause): Sim<void>;
  unpause(name: string, cause: Cause): Sim<void>;
  rename(name: string, newName: string, cause: Cause): Sim<void>;
  remove(name: string, options: RemoveOptions, cause: Cause): Sim<void>;
  update(name: string, request: UpdateRequest, cause: Cause): Sim<UpdateResponse>;
  top(name: string, psArgs: string): Sim<TopResponse>;
  prune(filters: Filters, cause: Cause): Sim<ContainersPruneReport>;
  /** Throws if there is no such container; the answer is the wait itself. */
  wait(name: string, condition: WaitCondition, gone: Gone): Sim<() => Sim<WaitResponse>>;
  /** `open` is called when the stream may begin. Ends when the container or the client does. */
  attach(name: string, options: AttachOptions, open: (tty: boolean) => Sim<HijackedStreams>, cause: Cause): Sim<void>;
  logs(name: string, options: LogsOptions, open: (tty: boolean) => Sim<OutputStreams>, gone: Gone): Sim<void>;
  resize(name: string, rows: number, columns: number): Sim<void>;
  /** Emits one sample, or one a second while `stream`. */
  stats(name: string, options: { readonly stream: boolean; readonly oneShot: boolean }, emit: (sample: unknown) => Sim<void>, gone: Gone): Sim<void>;
}
