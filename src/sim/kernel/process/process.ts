/** A process: threads, descriptors, credentials, signals, namespaces. Live only; readers get plain records. */
import type { Credentials, Disposition, SignalName, ThreadHandle, WaitStatus } from '../abi.ts';
import type { SimTime } from '../clock.ts';
import { isErrno } from '../errno.ts';
import type { NetNamespace, PidNamespace, PlainNamespace, UtsNamespace } from '../namespaces/namespaces.ts';
import type { ProgramTable } from '../program.ts';
import { type Scheduler, Task } from '../scheduler.ts';
import { SELF, type Sim } from '../sim.ts';
import type { Pty } from '../tty/pty.ts';
import type { DevPtsFs } from '../vfs/devPts.ts';
import type { MemFs } from '../vfs/memFs.ts';
import type { MountNamespace, Place } from '../vfs/mounts.ts';
import { WaitQueue } from '../waitQueue.ts';
import type { Cgroup } from './cgroup.ts';
import type { FdTable } from './fdTable.ts';
import { defaultAction } from './signals.ts';

/** What a process lives in, besides its own tables. */
export interface Namespaces {
  mnt: MountNamespace;
  pid: PidNamespace<Process>;
  net: NetNamespace;
  uts: UtsNamespace;
  ipc: PlainNamespace;
  user: PlainNamespace;
  cgroup: PlainNamespace;
  time: PlainNamespace;
}

/** The machine as its processes, file systems and system calls see it; `machine.ts` is it. */
export interface ProcessKernel {
  readonly scheduler: Scheduler;
  readonly programs: ProgramTable;
  readonly namespaces: Namespaces;
  readonly cgroups: Cgroup;
  readonly memoryBytes: number;
  readonly cpus: number;
  readonly bootedAt: SimTime;
  readonly release: string;
  readonly version: string;
  onCrash: ((process: Process, error: unknown) => void) | undefined;
  wallClock(): number;
  nextId(): number;
  nextDevice(): number;
  nextInode(): number;
  createNetNamespace(): NetNamespace;
  createDev(now: number, type?: string): MemFs;
  devPtsOf(process: Process | undefined): DevPtsFs;
  process(pid: number): Process | undefined;
  processes(): readonly Process[];
  groupMembers(leader: unknown): readonly Process[];
  processChanged(process: Process): void;
  checkMemory(process: Process): void;
}

/** The thread that runs this code. */
export function* self(): Sim<Thread> {
  return (yield SELF) as Thread;
}

/** One coroutine of a process. The first one is the program's main; its end is the end of the process. */
export class Thread extends Task implements ThreadHandle {
  readonly id: number;
  readonly name: string;
  readonly process: Process;
  readonly ended = new WaitQueue();

  constructor(process: Process, scheduler: Scheduler, coroutine: Sim<unknown>, name: string) {
    super(scheduler, coroutine);
    this.id = scheduler.nextTaskId();
    this.process = process;
    this.name = name;
  }

  get done(): boolean {
    return this.state === 'done';
  }

  cancel(): void {
    this.condemn();
  }

  /** Begins to be stepped. */
  start(): void {
    this.scheduler.enqueue(this);
    if (this.process.onHold) this.hold();
  }

  /** Gets no more steps until `unhold` (stopped or frozen process). */
  hold(): void {
    this.onHold = true;
    this.attention = true;
  }

  unhold(): void {
    this.onHold = false;
    this.release();
  }

  interruption(): (() => Sim<void>) | undefined {
    return this.process.pending.length > 0 ? () => this.process.deliverSignals(this) : undefined;
  }

  charge(steps: number): void {
    this.process.charge(steps);
  }

  finished(result: unknown, error: unknown): void {
    this.ended.wake();
    this.process.threadEnded(this, result, error);
  }
}

export interface ProcessInit {
  readonly kernel: ProcessKernel;
  readonly parent: Process | undefined;
  readonly namespaces: Namespaces;
  readonly fds: FdTable;
  readonly credentials: Credentials;
  readonly capabilities: ReadonlySet<string>;
  readonly bounding: ReadonlySet<string>;
  readonly env: ReadonlyMap<string, string>;
  readonly root: Place;
  readonly cwd: Place;
  readonly umask: number;
  readonly cgroup: Cgroup;
  readonly argv: readonly string[];
  readonly comm: string;
  readonly exe: string;
  readonly memory: number;
}

export class Process {
  readonly kernel: ProcessKernel;
  /** Number in every pid namespace from its own outwards. */
  readonly pids = new Map<PidNamespace<Process>, number>();
  parent: Process | undefined;
  readonly children = new Set<Process>();
  readonly threads = new Set<Thread>();
  namespaces: Namespaces;
  /** New children go here (unshare(CLONE_NEWPID)). */
  pidNamespaceForChildren: PidNamespace<Process>;
  fds: FdTable;
  credentials: Credentials;
  /** Effective set. */
  capabilities: ReadonlySet<string>;
  /** What this process and its children can ever have. */
  bounding: ReadonlySet<string>;
  noNewPrivileges = false;
  env: Map<string, string>;
  root: Place;
  cwd: Place;
  umask: number;
  cgroup: Cgroup;
  argv: readonly string[];
  comm: string;
  exe: string;
  /** Resident bytes. */
  #memory = 0;
  readonly startedAt: SimTime;
  cpuTime = 0;
  /** -20 (goes first) to 19; children inherit it. */
  nice: number;
  oomScoreAdj = 0;
  /** PR_SET_CHILD_SUBREAPER: orphans below come to it (containerd-shim, systemd --user). */
  subreaper = false;
  readonly rlimits: Map<string, { soft: number; hard: number }>;
  /** Group and session are led by these processes. */
  group: Process;
  session: Process;
  tty: Pty | undefined;
  state: 'running' | 'stopped' | 'zombie' | 'gone' = 'running';
  status: WaitStatus | undefined;
  /** A stop or continue that the parent has not been told of. */
  report: WaitStatus | undefined;
  readonly dispositions = new Map<SignalName, Disposition>();
  readonly pending: SignalName[] = [];
  /** Woken when a child changes state. */
  readonly childChanged = new WaitQueue();
  /** Woken when a caught signal arrives (sigsuspend). */
  readonly signalled = new WaitQueue();
  readonly ended = new WaitQueue();
  onHold = false;
  /** Told once, when it has ended. */
  onExit: ((status: WaitStatus) => void) | undefined;
  #delivering = false;

  constructor(init: ProcessInit) {
    this.kernel = init.kernel;
    this.parent = init.parent;
    this.namespaces = init.namespaces;
    this.pidNamespaceForChildren = init.parent?.pidNamespaceForChildren ?? init.namespaces.pid;
    this.fds = init.fds;
    this.credentials = init.credentials;
    this.capabilities = init.capabilities;
    this.bounding = init.bounding;
    this.env = new Map(init.env);
    this.root = init.root;
    this.cwd = init.cwd;
    this.umask = init.umask;
    this.cgroup = init.cgroup;
    this.argv = init.argv;
    this.comm = init.comm.slice(0, 15);
    this.exe = init.exe;
    this.memory = init.memory;
    this.startedAt = init.kernel.scheduler.now;
    this.rlimits = new Map(init.parent ? [...init.parent.rlimits].map(([k, v]) => [k, { ...v }]) : []);
    this.group = init.parent?.group ?? this;
    this.session = init.parent?.session ?? this;
    this.tty = init.parent?.tty;
    this.nice = init.parent?.nice ?? 0;
    this.noNewPrivileges = init.parent?.noNewPrivileges ?? false;
    for (let ns: PidNamespace<Process> | undefined = init.namespaces.pid; ns; ns = ns.parent) this.pids.set(ns, ns.allocate(this));
    init.cgroup.add(this);
    init.parent?.children.add(this);
  }

  /** Number in its own namespace. */
  get pid(): number {
    return this.pids.get(this.namespaces.pid) ?? 0;
  }

  /** Number as another process sees it; 0 if it does not. */
  pidSeenBy(other: Process): number {
    return this.pids.get(other.namespaces.pid) ?? 0;
  }

  /** Number on the machine itself. */
  get hostPid(): number {
    return this.pids.get(this.kernel.namespaces.pid) ?? 0;
  }

  get alive(): boolean {
    return this.state === 'running' || this.state === 'stopped';
  }

  can(capability: string): boolean {
    return this.capabilities.has(capability);
  }

  get memory(): number {
    return this.#memory;
  }
  set memory(bytes: number) {
    this.#count(bytes - this.#memory, 0);
    this.#memory = bytes;
  }

  // ---- threads ----

  addThread(coroutine: Sim<unknown>, name: string): Thread {
    const thread = new Thread(this, this.kernel.scheduler, coroutine, name);
    this.threads.add(thread);
    this.#count(0, 1);
    thread.start();
    return thread;
  }

  /** Tells the group, if this is (still) in one, that it grew or shrank by so many bytes and threads. */
  #count(memory: number, threads: number): void {
    if (this.cgroup.processes.has(this)) this.cgroup.count(memory, threads);
  }

  get mainThread(): Thread | undefined {
    return this.threads.values().next().value;
  }

  charge(steps: number): void {
    this.cpuTime += steps;
    this.cgroup.charge(steps);
  }

  threadEnded(thread: Thread, result: unknown, error: unknown): void {
    const main = this.mainThread === thread;
    if (this.threads.delete(thread)) this.#count(0, -1);
    if (!this.alive) {
      if (this.threads.size === 0) this.#close();
      return;
    }
    if (error !== undefined) {
      // A program bug or an unhandled failure: the process ends, the world goes on. A thread beside the first that dies of an error which
      // it should have seen to leaves its process alive without it, so it must not go unseen.
      if (!main || !isErrno(error)) this.kernel.onCrash?.(this, error);
      if (main || !isErrno(error)) return this.end({ kind: 'exited', code: 1 });
      return;
    }
    if (main) this.end({ kind: 'exited', code: typeof result === 'number' ? result & 0xff : 0 });
  }

  // ---- the end ----

  /** Ends the process: threads are unwound, then descriptors close and the parent hears of it. */
  end(status: WaitStatus): void {
    if (!this.alive) return;
    this.state = 'zombie';
    this.status = status;
    this.onHold = false;
    for (const thread of this.threads) {
      thread.onHold = false;
      thread.condemn();
    }
    if (this.threads.size === 0) this.#close();
  }

  #close(): void {
    if (this.state !== 'zombie' || !this.status) return;
    this.fds.closeAll();
    this.memory = 0;
    this.cgroup.remove(this);
    const ns = this.namespaces.pid;
    if (ns.init === this && ns !== this.kernel.namespaces.pid)
      for (const other of [...ns.processes.values()]) if (other !== this) other.signal('SIGKILL', true);
    this.#orphan();
    if (this.session === this && this.tty) this.tty.sessionEnded();
    this.ended.wake();
    const { status } = this;
    const { parent } = this;
    this.kernel.processChanged(this);
    if (!parent || parent.dispositions.get('SIGCHLD') === 'ignore') this.reap();
    else {
      parent.signal('SIGCHLD');
      parent.childChanged.wake();
    }
    this.onExit?.(status);
  }

  /** Who takes over the children: the nearest subreaper above, else the first process of the namespace. */
  #heir(): Process | undefined {
    for (let at = this.parent; at; at = at.parent) if (at.subreaper && at.alive && at.namespaces.pid === this.namespaces.pid) return at;
    return [this.namespaces.pid.init, this.kernel.namespaces.pid.init].find((p) => p && p !== this && p.alive);
  }

  #orphan(): void {
    const init = this.#heir();
    for (const child of this.children) {
      child.parent = init;
      if (!init) {
        if (child.state === 'zombie') child.reap();
        continue;
      }
      init.children.add(child);
      if (child.state === 'zombie') init.childChanged.wake();
    }
    this.children.clear();
  }

  /** The parent has seen the end: the number is free again. */
  reap(): void {
    this.state = 'gone';
    for (const [ns, pid] of this.pids) ns.processes.delete(pid);
    this.parent?.children.delete(this);
    this.kernel.processChanged(this);
  }

  // ---- stopping and freezing ----

  updateHold(): void {
    const hold = this.state === 'stopped' || this.cgroup.isFrozen;
    if (hold === this.onHold) return;
    this.onHold = hold;
    for (const thread of this.threads) hold ? thread.hold() : thread.unhold();
  }

  #stop(signal: SignalName): void {
    if (this.state !== 'running') return;
    this.state = 'stopped';
    this.report = { kind: 'stopped', signal };
    this.updateHold();
    this.kernel.processChanged(this);
    this.parent?.signal('SIGCHLD');
    this.parent?.childChanged.wake();
  }

  #continue(): void {
    if (this.state !== 'stopped') return;
    this.state = 'running';
    this.report = { kind: 'continued' };
    this.updateHold();
    this.kernel.processChanged(this);
    this.parent?.signal('SIGCHLD');
    this.parent?.childChanged.wake();
  }

  // ---- signals ----

  /**
   * Sends a signal, with all rights. Process 1 of a namespace takes only what it has a handler for, except SIGKILL and
   * SIGSTOP from outside (`fromOutside`), as pid_namespaces(7) says.
   */
  signal(signal: SignalName, fromOutside = false): void {
    if (!this.alive) return;
    const disposition = this.dispositions.get(signal) ?? 'default';
    const action = defaultAction(signal);
    if (action === 'continue') this.#continue();
    if (signal === 'SIGKILL' || signal === 'SIGSTOP') {
      if (this.namespaces.pid.init === this && !fromOutside) return;
      if (signal === 'SIGKILL') this.end({ kind: 'signaled', signal, coreDumped: false });
      else this.#stop(signal);
      return;
    }
    if (disposition === 'ignore') return;
    if (disposition === 'default') {
      if (action === 'ignore' || action === 'continue') return;
      if (this.namespaces.pid.init === this) return;
      if (action === 'stop') this.#stop(signal);
      else this.end({ kind: 'signaled', signal, coreDumped: false });
      return;
    }
    if (!this.pending.includes(signal)) this.pending.push(signal);
    this.signalled.wake();
    this.mainThread?.interrupt();
  }

  /** Runs the handlers of pending signals on the main thread. */
  *deliverSignals(thread: Thread): Sim<void> {
    if (this.pending.length === 0 || thread !== this.mainThread || this.#delivering) return;
    while (this.pending.length > 0) {
      const signal = this.pending.shift()!;
      const disposition = this.dispositions.get(signal);
      if (typeof disposition !== 'function') continue;
      this.#delivering = true;
      try {
        yield* disposition(signal);
      } finally {
        this.#delivering = false;
      }
    }
  }
}
