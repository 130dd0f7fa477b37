/**
 * The live objects of one machine and how they hang together: threads, processes, pid namespaces. What happens to them is
 * in the files of `process/`; this one has the shapes only.
 */
import type { Disposition, SignalName, WaitStatus } from './abi.ts';
import { Cgroup, CgroupNamespace, type CgroupMember } from './cgroup/cgroup.ts';
import { INITIAL_NAMESPACE_IDS, type Namespace, NetNamespace, PlainNamespace, UtsNamespace } from './namespaces/namespaces.ts';
import type { OpenFile } from './openFile.ts';
import type { Cred } from './process/cred.ts';
import type { ProgramTable } from './program.ts';
import { type Scheduler, Task } from './scheduler.ts';
import { SELF, type Sim } from './sim.ts';
import type { Pty } from './tty/pty.ts';
import type { FdTable } from './vfs/fdTable.ts';
import type { Inode } from './vfs/fileSystem.ts';
import { MountNamespace, type Place } from './vfs/mounts.ts';
import type { Viewer } from './vfs/resolve.ts';
import { WaitQueue } from './waitQueue.ts';

/** The thread that runs this code. */
export function* self(): Sim<Thread> {
  return (yield SELF) as Thread;
}

/** A flow of control in a process. The first one is the program itself; its end is the end of the process. */
export class Thread extends Task {
  readonly process: Process;
  readonly tid: number;
  readonly main: boolean;
  name: string;
  onError: ((error: unknown) => void) | undefined;
  readonly ended = new WaitQueue();

  constructor(process: Process, coroutine: Sim<unknown>, tid: number, main: boolean, name: string) {
    super(process.kernel.scheduler, coroutine);
    this.process = process;
    this.tid = tid;
    this.main = main;
    this.name = name;
    this.onHold = process.held;
    this.attention = process.held;
  }

  get done(): boolean {
    return this.state === 'done';
  }

  /** A signal with a handler waits for this thread. */
  get signalled(): boolean {
    return this.main && this.process.pending.length > 0;
  }

  cancel(): void {
    this.condemn();
  }

  charge(steps: number): void {
    this.process.cpuUs += steps;
    this.process.cgroup.chargeCpu(steps);
  }

  finished(result: unknown, error: unknown): void {
    this.process.kernel.hooks.threadEnded(this, result, error);
  }
}

/** A process number: one for each pid namespace from the host down to the innermost. Groups and sessions are named by one too. */
export class Pid {
  readonly namespaces: readonly PidNamespace[];
  readonly numbers: readonly number[];
  process: Process | undefined;

  constructor(namespaces: readonly PidNamespace[], numbers: readonly number[]) {
    this.namespaces = namespaces;
    this.numbers = numbers;
  }

  /** The number that processes in `namespace` know; 0 if it cannot be seen from there. */
  in(namespace: PidNamespace): number {
    return this.namespaces[namespace.level] === namespace ? this.numbers[namespace.level] : 0;
  }

  get host(): number {
    return this.numbers[0];
  }
}

export class PidNamespace implements Namespace {
  readonly id: number;
  readonly parent: PidNamespace | undefined;
  readonly level: number;
  readonly pids = new Map<number, Pid>();
  init: Process | undefined;
  #last = 0;

  constructor(id: number, parent: PidNamespace | undefined) {
    this.id = id;
    this.parent = parent;
    this.level = parent ? parent.level + 1 : 0;
  }

  get last(): number {
    return this.#last;
  }

  /** A number here and in every namespace above. */
  allocate(): Pid {
    const chain: PidNamespace[] = [];
    for (let at: PidNamespace | undefined = this; at; at = at.parent) chain.unshift(at);
    const pid = new Pid(chain, chain.map((namespace) => ++namespace.#last));
    chain.forEach((namespace, level) => namespace.pids.set(pid.numbers[level], pid));
    return pid;
  }

  release(pid: Pid): void {
    pid.namespaces.forEach((namespace, level) => namespace.pids.delete(pid.numbers[level]));
  }

  process(number: number): Process | undefined {
    return this.pids.get(number)?.process;
  }
}

export interface Session {
  readonly pid: Pid;
  leader: Process | undefined;
  tty: Pty | undefined;
}

export interface Namespaces {
  mnt: MountNamespace;
  pid: PidNamespace;
  /** Where children go: differs from `pid` after unshare or setns. */
  pidForChildren: PidNamespace;
  net: NetNamespace;
  ipc: PlainNamespace;
  uts: UtsNamespace;
  user: PlainNamespace;
  cgroup: CgroupNamespace;
  time: PlainNamespace;
}

export interface Rlimit {
  readonly soft: number;
  readonly hard: number;
}

export type ProcessState = 'running' | 'zombie' | 'dead';

/** A process, from fork until somebody has waited for it. */
export class Process implements Viewer, CgroupMember {
  readonly kernel: Machine;
  readonly pid: Pid;
  parent: Process | undefined;
  readonly children = new Set<Process>();
  group: Pid;
  session: Session;
  state: ProcessState = 'running';
  readonly threads = new Set<Thread>();
  mainThread: Thread | undefined;
  /** How it ends, as soon as that is decided. */
  ending: WaitStatus | undefined;
  /** Stop and continue reports that the parent has not fetched yet. */
  report: WaitStatus | undefined;
  stoppedBy: SignalName | undefined;
  /** What `waitpid` of this process waits for. */
  readonly childChanged = new WaitQueue();
  /** Woken when this process has ended. */
  readonly exited = new WaitQueue();
  readonly startedAt: number;

  root: Place;
  cwd: Place;
  umask = 0o022;
  cred: Cred;
  namespaces: Namespaces;
  cgroup: Cgroup;
  fds: FdTable;
  env: Map<string, string>;
  argv: readonly string[] = [];
  comm = '';
  exe: { readonly path: string; readonly node: Inode } | undefined;
  readonly rlimits: Map<string, Rlimit>;
  oomScoreAdj = 0;
  subreaper = false;
  seccomp = false;

  readonly dispositions: Map<SignalName, Disposition>;
  /** Signals that wait for their handler. */
  readonly pending: SignalName[] = [];
  /** Handlers that run now; their own signal waits. */
  readonly handling = new Set<SignalName>();
  /** Handlers that have run: `sigsuspend` watches it. */
  delivered = 0;

  memory = 0;
  cpuUs = 0;
  readBytes = 0;
  writtenBytes = 0;

  constructor(kernel: Machine, start: ProcessStart) {
    this.kernel = kernel;
    this.pid = start.pid;
    start.pid.process = this;
    this.parent = start.parent;
    this.group = start.group;
    this.session = start.session ?? { pid: start.pid, leader: this, tty: undefined };
    this.root = start.root;
    this.cwd = start.cwd;
    this.cred = start.cred;
    this.namespaces = start.namespaces;
    this.cgroup = start.cgroup;
    this.fds = start.fds;
    this.env = start.env;
    this.rlimits = start.rlimits;
    this.dispositions = start.dispositions;
    this.startedAt = kernel.scheduler.now;
    this.cgroup.enter(this);
  }

  get mounts(): MountNamespace {
    return this.namespaces.mnt;
  }

  get hostPid(): number {
    return this.pid.numbers[0];
  }

  /** The number that the process itself knows. */
  get ownPid(): number {
    return this.pid.in(this.namespaces.pid);
  }

  /** Stopped by a signal or frozen by its cgroup. */
  get held(): boolean {
    return this.stoppedBy !== undefined || this.cgroup.effectivelyFrozen;
  }

  /** Lets the threads know that `held` may have changed. */
  updateHold(): void {
    const frozen = this.cgroup.effectivelyFrozen;
    const held = frozen || this.stoppedBy !== undefined;
    for (const thread of this.threads) {
      thread.onHold = held && (frozen || !thread.condemned);
      thread.attention = thread.onHold || thread.condemned || thread.replacement !== undefined;
      if (!thread.onHold) thread.release();
    }
  }

  setMemory(bytes: number): void {
    const change = bytes - this.memory;
    this.memory = bytes;
    if (this.state === 'running') this.cgroup.account(change);
  }

  moveTo(cgroup: Cgroup): void {
    if (cgroup === this.cgroup) return;
    this.cgroup.leave(this);
    this.cgroup = cgroup;
    cgroup.enter(this);
    this.updateHold();
  }

  oomKill(): void {
    this.kernel.hooks.oomKilled(this);
  }
}

export interface ProcessStart {
  readonly pid: Pid;
  readonly parent: Process | undefined;
  readonly group: Pid;
  /** Undefined makes it the leader of a session of its own. */
  readonly session: Session | undefined;
  readonly root: Place;
  readonly cwd: Place;
  readonly cred: Cred;
  readonly namespaces: Namespaces;
  readonly cgroup: Cgroup;
  readonly fds: FdTable;
  readonly env: Map<string, string>;
  readonly rlimits: Map<string, Rlimit>;
  readonly dispositions: Map<SignalName, Disposition>;
}

/** What live objects report to the code that acts on it (`kernel.ts` connects them). */
export interface MachineHooks {
  threadEnded(thread: Thread, result: unknown, error: unknown): void;
  oomKilled(process: Process): void;
}

export type DeviceOpener = (process: Process, readable: boolean, writable: boolean, name: string) => OpenFile;

export interface MachineOptions {
  readonly scheduler: Scheduler;
  readonly hostname: string;
  readonly programs: ProgramTable;
  /** Wall clock at world time 0: microseconds since 1970. */
  readonly bootEpochUs: number;
  readonly memoryBytes?: number;
  readonly cpus?: number;
  readonly release?: string;
  readonly version?: string;
}

/** One simulated computer. */
export class Machine {
  readonly scheduler: Scheduler;
  readonly programs: ProgramTable;
  readonly bootEpochUs: number;
  readonly bootedAt: number;
  readonly memoryBytes: number;
  readonly cpus: number;
  readonly release: string;
  readonly version: string;
  readonly rootCgroup = new Cgroup('', undefined);
  readonly initial: Namespaces;
  /** By host pid, zombies included. */
  readonly processes = new Map<number, Process>();
  /** Openers of device nodes: 'c1:3'. */
  readonly devices = new Map<string, DeviceOpener>();
  /** Pseudo terminals by number. */
  readonly ptys = new Map<number, Pty>();
  hooks: MachineHooks = { threadEnded: () => {}, oomKilled: () => {} };
  #namespaceIds = 4026532200;
  #inodes = 20_000;

  constructor(options: MachineOptions) {
    this.scheduler = options.scheduler;
    this.programs = options.programs;
    this.bootEpochUs = options.bootEpochUs;
    this.bootedAt = options.scheduler.now;
    this.memoryBytes = options.memoryBytes ?? 4 * 1024 * 1024 * 1024;
    this.cpus = options.cpus ?? 2;
    this.release = options.release ?? '6.1.0-37-amd64';
    this.version = options.version ?? '#1 SMP PREEMPT_DYNAMIC Debian 6.1.140-1 (2025-05-22)';
    const ids = INITIAL_NAMESPACE_IDS;
    const pid = new PidNamespace(ids.pid, undefined);
    this.initial = {
      mnt: new MountNamespace(ids.mnt), pid, pidForChildren: pid, net: new NetNamespace(ids.net, undefined), ipc: new PlainNamespace(ids.ipc),
      uts: new UtsNamespace(ids.uts, options.hostname), user: new PlainNamespace(ids.user), cgroup: new CgroupNamespace(ids.cgroup, this.rootCgroup),
      time: new PlainNamespace(ids.time),
    };
  }

  get hostname(): string {
    return this.initial.uts.hostname;
  }

  /** Microseconds since 1970 on this machine's clock. */
  readonly wallClock = (): number => this.bootEpochUs + this.scheduler.now;

  /** Since boot. */
  uptime(): number {
    return this.scheduler.now - this.bootedAt;
  }

  nextNamespaceId(): number {
    return ++this.#namespaceIds;
  }

  /** Numbers of pipes and sockets. */
  nextInode(): number {
    return ++this.#inodes;
  }

  /** By host pid; zombies included. */
  process(hostPid: number): Process | undefined {
    return this.processes.get(hostPid);
  }

  /** The thread that is being stepped now, if it belongs to this machine. */
  get current(): Thread | undefined {
    const task = this.scheduler.current;
    return task instanceof Thread && task.process.kernel === this ? task : undefined;
  }
}

