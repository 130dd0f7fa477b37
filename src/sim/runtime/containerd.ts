/**
 * What a container engine asks of containerd: tasks, which are containers that run. It knows specs and the kernel, and
 * nothing of Docker. `runc/` holds what happens inside.
 */
import type { SimTime } from '../kernel/clock.ts';
import type { NetNamespace } from '../kernel/namespaces/namespaces.ts';
import type { Sim } from '../kernel/sim.ts';
import type { SignalName, WindowSize } from '../kernel/syscalls.ts';
import type { FileSystem, Inode } from '../kernel/vfs/inode.ts';
import type { WaitQueue } from '../kernel/waitQueue.ts';
import type { ProcessSpec, RuntimeSpec, SpecResources } from '../oci/runtimeSpec.ts';

/** runc's or the kernel's words; the engine puts its own before them. */
export class RuntimeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RuntimeError';
  }
}

/** The engine's ends of a process's streams: descriptors of the calling process. With a terminal `stdin` and `stdout` are the same. */
export interface ProcessStreams {
  /** Undefined where there is none, and once it was closed: the number may belong to another file then. */
  stdin: number | undefined;
  readonly stdout: number;
  readonly stderr: number | undefined;
}

/** A process in a container, from its making to its end. */
export interface RuntimeProcess {
  /** On the host. */
  readonly pid: number;
  readonly streams: ProcessStreams;
  /** As a shell's $?: 128 + signal number when killed. Undefined while it runs. */
  readonly exitCode: number | undefined;
  readonly exitedAt: SimTime | undefined;
  /** Woken at the end. */
  readonly ended: WaitQueue;
  kill(signal: SignalName): Sim<void>;
  resize(size: WindowSize): Sim<void>;
}

export interface TaskStats {
  readonly cpuUs: number;
  readonly systemCpuUs: number;
  readonly memoryBytes: number;
  readonly memoryMaxBytes: number;
  readonly memoryLimitBytes: number;
  readonly pids: number;
  readonly pidsLimit: number | undefined;
}

export interface Task extends RuntimeProcess {
  readonly id: string;
  readonly netns: NetNamespace;
  /** A process of it was killed for want of memory; counts up. */
  readonly oomKills: number;
  readonly oomHappened: WaitQueue;
  /** Lets the prepared process run its program. */
  start(): Sim<void>;
  /** The caller takes over a task that an earlier engine left behind: `streams` are its own now, without standard input. */
  adopt(): Sim<void>;
  pause(): Sim<void>;
  resume(): Sim<void>;
  /** Runs another process inside. Throws RuntimeError. */
  exec(process: ProcessSpec, options: { readonly stdin: boolean }): Sim<RuntimeProcess>;
  /** All processes, host pids. */
  pids(): readonly number[];
  stats(): TaskStats;
  update(resources: SpecResources): Sim<void>;
  /** Takes namespaces, mounts and cgroup away; kills what still runs. */
  delete(): Sim<void>;
}

export interface TaskOptions {
  /** The image's layers, topmost first. */
  readonly lowers: readonly FileSystem[];
  /** Where the writable layer lives: `diff`, `merged` and `work` are under it. */
  readonly directory: string;
  /** Keep the process's standard input open for the engine to write to. */
  readonly stdin: boolean;
}

export interface Containerd {
  /** Prepares a container and its first process, which waits for `start`. Throws RuntimeError with runc's words. */
  createTask(id: string, spec: RuntimeSpec, options: TaskOptions): Sim<Task>;
  task(id: string): Task | undefined;
  /** The container's files, whether it runs or not: layers below and the writable one on top. */
  snapshot(id: string, options: Pick<TaskOptions, 'lowers' | 'directory'>): Sim<Snapshot>;
  /** Bytes in the writable layer; 0 if there is none yet. */
  writableBytes(id: string): number;
  removeSnapshot(id: string, directory: string): Sim<void>;
}

export interface Snapshot {
  /** What the container sees as its root. */
  readonly merged: FileSystem;
  /** Top directory of the writable layer alone. */
  readonly upper: Inode;
  /** Top directories of the layers below, topmost first; Docker's own files are the first. */
  readonly lowers: readonly Inode[];
}
