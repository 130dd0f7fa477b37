import type { Sim } from '../../../kernel/sim.ts';
import type { Cause } from '../../../lib/records.ts';
import type { ContainerConfig } from '../../types/common.ts';
import type {
  CommitOptions,
  ContainerInspect,
  ContainerSummary,
  ContainersPruneReport,
  CreateRequest,
  CreateResponse,
  FilesystemChange,
  PathStat,
  TopResponse,
  UpdateRequest,
  UpdateResponse,
  WaitResponse,
} from '../../types/container.ts';
import type { AttachOptions, Filters, ListOptions, LogsOptions, RemoveOptions, StopOptions, WaitCondition } from '../../types/options.ts';
import type { Gone, HijackedStreams, LogStreams } from '../../types/streams.ts';

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
  logs(name: string, options: LogsOptions, open: (tty: boolean) => Sim<LogStreams>, gone: Gone): Sim<void>;
  resize(name: string, rows: number, columns: number): Sim<void>;
  /** Emits one sample, or one a second while `stream`. */
  stats(
    name: string,
    options: { readonly stream: boolean; readonly oneShot: boolean },
    emit: (sample: unknown) => Sim<void>,
    gone: Gone,
  ): Sim<void>;
  /** Null if there are none. */
  changes(name: string): Sim<readonly FilesystemChange[] | null>;
  /** All its files as a tar. */
  export(name: string, cause: Cause): Sim<Uint8Array>;
  /** Answers with the image's id. */
  commit(options: CommitOptions, config: Partial<ContainerConfig> | undefined, cause: Cause): Sim<string>;
  archiveStat(name: string, path: string): Sim<PathStat>;
  archiveGet(name: string, path: string, cause: Cause): Sim<{ readonly stat: PathStat; readonly tar: Uint8Array }>;
  archivePut(
    name: string,
    path: string,
    body: Uint8Array,
    options: { readonly copyOwner: boolean; readonly mayChangeKind: boolean },
    cause: Cause,
  ): Sim<void>;
}
