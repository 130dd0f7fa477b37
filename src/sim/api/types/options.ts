/** What queries of the API ask for, after their text was read. Routers and backends share these. */

/** Filter names to their values, in the order in which they came. */
export type Filters = ReadonlyMap<string, readonly string[]>;

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

export interface EventsOptions {
  /** Unix seconds with a fraction; undefined is not given. */
  readonly since: number | undefined;
  readonly until: number | undefined;
  readonly filters: Filters;
}

export type DiskUsageType = 'container' | 'image' | 'volume' | 'build-cache';
