/** What a running daemon holds for its containers and cannot be a record: tasks, streams, waiters, timers. */
import type { ThreadHandle } from '../../kernel/syscalls.ts';
import { WaitQueue } from '../../kernel/waitQueue.ts';
import type { RuntimeProcess, Task } from '../../runtime/containerd.ts';
import type { Hold } from './hold.ts';
import type { LogFile } from './logFile.ts';
import { Broadcaster } from './streams.ts';

export class LiveContainer implements Hold {
  readonly output = new Broadcaster();
  task: Task | undefined;
  /** Ends of runs so far; whoever waits for the next compares. */
  exits = 0;
  lastExitCode = 0;
  removed = false;
  removing = false;
  /** `restart` is stopping it: its exit does not remove it. */
  manuallyRestarted = false;
  /** Cancels a restart that waits for its turn. */
  restartCancelled = false;
  restartAttempts = 0;
  /** Microseconds before the next restart. */
  restartDelay = 0;
  health: ThreadHandle | undefined;
  /** Woken at exit, removal and cancelled restarts. */
  readonly changed = new WaitQueue();
  /** Woken when a task is there. */
  readonly started = new WaitQueue();
  /** Where this run's output is written to. */
  log: LogFile | undefined;
  /** One start, stop or removal at a time. */
  busy = false;
  readonly idle = new WaitQueue();
}

export class LiveExec {
  readonly output = new Broadcaster();
  process: RuntimeProcess | undefined;
  readonly changed = new WaitQueue();
}

export class LiveTable {
  readonly #containers = new Map<string, LiveContainer>();
  readonly #execs = new Map<string, LiveExec>();

  container(id: string): LiveContainer {
    let live = this.#containers.get(id);
    if (!live) {
      live = new LiveContainer();
      this.#containers.set(id, live);
    }
    return live;
  }

  forgetContainer(id: string): void {
    this.#containers.delete(id);
  }

  exec(id: string): LiveExec {
    let live = this.#execs.get(id);
    if (!live) {
      live = new LiveExec();
      this.#execs.set(id, live);
    }
    return live;
  }

  forgetExec(id: string): void {
    this.#execs.delete(id);
  }

  /** Names of containers that are being made, and their ids. */
  readonly names = new Map<string, string>();

  /** A daemon that starts remembers nothing of the one before it. */
  clear(): void {
    this.#containers.clear();
    this.#execs.clear();
    this.names.clear();
  }
}
