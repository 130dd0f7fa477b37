/** A running container: its shim, its first process and those that were started in it later. */

import { caller } from '../kernel/calls/context.ts';
import { joinNamespaces } from '../kernel/calls/system.ts';
import { MILLISECOND } from '../kernel/clock.ts';
import { PID_MAX } from '../kernel/limits.ts';
import type { Kernel } from '../kernel/machine.ts';
import type { NetNamespace } from '../kernel/namespaces/namespaces.ts';
import { PidNamespace, PlainNamespace, UtsNamespace } from '../kernel/namespaces/namespaces.ts';
import type { Cgroup } from '../kernel/process/cgroup.ts';
import type { Process } from '../kernel/process/process.ts';
import { spawnFrom } from '../kernel/process/spawn.ts';
import type { Sim } from '../kernel/sim.ts';
import { mkdirAll, sleep, waitOn } from '../kernel/syscalls.ts';
import type { Pty } from '../kernel/tty/pty.ts';
import type { FileSystem } from '../kernel/vfs/inode.ts';
import { WaitQueue } from '../kernel/waitQueue.ts';
import type { ProcessSpec, RuntimeSpec, SpecResources } from '../oci/runtimeSpec.ts';
import type { ProcessStreams, RuntimeProcess, Task, TaskStats } from './containerd.ts';
import { RuntimeError } from './containerd.ts';
import { RunningProcess } from './process.ts';
import type { Ready } from './runc/init.ts';
import { becomeUser, execute } from './runc/init.ts';
import { enterRoot, mountAll } from './runc/rootfs.ts';
import type { Stdio } from './runc/stdio.ts';
import { openMaster, pipes, takeTerminal } from './runc/stdio.ts';
import type { Snapshots } from './snapshots.ts';

/** How long runc takes to make a container, and to start a process in one. */
const CREATE_TIME = 60 * MILLISECOND;
const EXEC_TIME = 25 * MILLISECOND;
/** Until a started program has set itself up: who stops it at once should find its signal handlers. */
const START_TIME = 10 * MILLISECOND;

const NOWHERE: ProcessStreams = { stdin: undefined, stdout: -1, stderr: undefined };
const CHILD_SIGNALS = new Map([
  ['SIGCHLD', 'default'],
  ['SIGPIPE', 'default'],
] as const);

/** A step that the process inside reports to who started it. */
class Progress {
  readonly changed = new WaitQueue();
  state: 'preparing' | 'ready' | 'failed' = 'preparing';
  error: unknown;

  ready(): void {
    this.state = 'ready';
    this.changed.wake();
  }
  failed(error: unknown): void {
    this.state = 'failed';
    this.error = error;
    this.changed.wake();
  }
  *wait(): Sim<void> {
    while (this.state === 'preparing') yield* waitOn(this.changed);
    if (this.state === 'failed') throw this.error;
  }
}

export interface TaskParts {
  readonly kernel: Kernel;
  readonly id: string;
  readonly spec: RuntimeSpec;
  readonly snapshots: Snapshots;
  readonly directory: string;
  readonly onDelete: () => void;
}

export class ContainerTask extends RunningProcess implements Task {
  readonly id: string;
  readonly #parts: TaskParts;
  readonly #shim: Process;
  readonly #cgroup: Cgroup;
  readonly #gate: WaitQueue;
  readonly #open: { value: boolean };
  /** The shim's own descriptors of what the process says: they keep the streams open when the engine is gone. */
  readonly #kept: KeptOutput;
  oomKills = 0;
  readonly oomHappened = new WaitQueue();

  private constructor(
    parts: TaskParts,
    shim: Process,
    process: Process,
    cgroup: Cgroup,
    streams: ProcessStreams,
    gate: WaitQueue,
    open: { value: boolean },
    kept: KeptOutput,
  ) {
    super(process, streams);
    this.id = parts.id;
    this.#parts = parts;
    this.#shim = shim;
    this.#cgroup = cgroup;
    this.#gate = gate;
    this.#open = open;
    this.#kept = kept;
    cgroup.onOom = () => {
      this.oomKills++;
      this.oomHappened.wake();
    };
  }

  /** Throws RuntimeError `runc create failed: ...`; then nothing is left. */
  static *create(parts: TaskParts, root: { readonly merged: FileSystem }, stdin: boolean): Sim<ContainerTask> {
    const { kernel, id, spec, snapshots, directory } = parts;
    yield* sleep(CREATE_TIME);
    const engine = yield* caller();
    const shim = startShim(kernel, id);
    const cgroup = kernel.cgroups.at(spec.linux.cgroupsPath);
    const options = snapshots.mount(id, directory);
    const undo = (): void => {
      for (const process of [...cgroup.members()]) process.end({ kind: 'signaled', signal: 'SIGKILL', coreDumped: false });
      snapshots.unmount(id);
      shim.end({ kind: 'exited', code: 0 });
      cgroup.removeSelf();
    };
    let stdio: Stdio | undefined;
    let made = false;
    try {
      choosePidNamespace(shim, spec);
      applyLimits(cgroup, spec.linux.resources, kernel);
      stdio = spec.process.terminal ? undefined : yield* pipes(stdin, spec.process.user);
      const progress = new Progress();
      const gate = new WaitQueue();
      const open = { value: false };
      const terminal: { pty: Pty | undefined } = { pty: undefined };
      const main = function* (): Sim<number> {
        const self = yield* caller();
        let ready: Ready;
        try {
          chooseNamespaces(self, spec);
          enterRoot(self, root.merged, options);
          yield* mountAll(self, spec);
          yield* mkdirAll(spec.process.cwd, 0o755);
          if (spec.process.terminal) terminal.pty = takeTerminal(self, spec.process.consoleSize);
          ready = yield* becomeUser(self, spec.process);
        } catch (error) {
          progress.failed(error);
          return 1;
        }
        progress.ready();
        while (!open.value) yield* waitOn(gate);
        return yield* execute(ready);
      };
      const process = spawnIn(shim, main, stdio, spec.linux.cgroupsPath, ['runc', 'init']);
      yield* progress.wait();
      const streams = terminal.pty ? openMaster(engine, terminal.pty) : (stdio?.streams ?? NOWHERE);
      const task = new ContainerTask(parts, shim, process, cgroup, streams, gate, open, keepOutput(shim, engine, streams));
      task.pty = terminal.pty;
      made = true;
      return task;
    } catch (error) {
      if (stdio) closeAll(engine, stdio.streams);
      if (!(error instanceof RuntimeError)) throw error;
      throw new RuntimeError(`runc create failed: unable to start container process: error during container init: ${error.message}`);
    } finally {
      // Also when the engine is killed in the middle: no half-made container stays.
      if (!made) undo();
    }
  }

  get netns(): NetNamespace {
    return this.process.namespaces.net;
  }

  *start(): Sim<void> {
    this.#open.value = true;
    this.#gate.wake();
    yield* sleep(START_TIME);
  }

  *adopt(): Sim<void> {
    const engine = yield* caller();
    const handOver = (fd: number): number => engine.fds.install(this.#shim.fds.shared(fd), { cloexec: true });
    const { stdout, stderr } = this.#kept;
    this.streams = { stdin: undefined, stdout: handOver(stdout), stderr: stderr === undefined ? undefined : handOver(stderr) };
  }

  *pause(): Sim<void> {
    this.#cgroup.freeze(true);
  }

  *resume(): Sim<void> {
    this.#cgroup.freeze(false);
  }

  *exec(spec: ProcessSpec, options: { readonly stdin: boolean }): Sim<RuntimeProcess> {
    yield* sleep(EXEC_TIME);
    const engine = yield* caller();
    const init = this.process;
    if (!init.alive) throw new RuntimeError('exec failed: cannot exec in a stopped container');
    // runc checks what it is told before it starts anything.
    if (!spec.cwd.startsWith('/')) throw new RuntimeError('exec failed: Cwd must be an absolute path');
    const stdio = spec.terminal ? undefined : yield* pipes(options.stdin, spec.user);
    const progress = new Progress();
    const terminal: { pty: Pty | undefined } = { pty: undefined };
    const main = function* (): Sim<number> {
      const self = yield* caller();
      let ready: Ready;
      try {
        joinNamespaces(self, init, ['mnt', 'net', 'uts', 'ipc', 'cgroup']);
        if (spec.terminal) terminal.pty = takeTerminal(self, spec.consoleSize);
        ready = yield* becomeUser(self, spec);
      } catch (error) {
        progress.failed(error);
        return 1;
      }
      progress.ready();
      return yield* execute(ready);
    };
    try {
      const process = spawnIn(this.#shim, main, stdio, this.#parts.spec.linux.cgroupsPath, ['runc', 'init']);
      const running = new RunningProcess(process, stdio?.streams ?? NOWHERE);
      yield* progress.wait();
      if (terminal.pty) {
        running.streams = openMaster(engine, terminal.pty);
        running.pty = terminal.pty;
      }
      return running;
    } catch (error) {
      if (stdio) closeAll(engine, stdio.streams);
      if (!(error instanceof RuntimeError)) throw error;
      throw new RuntimeError(`exec failed: unable to start container process: ${error.message}`);
    }
  }

  pids(): readonly number[] {
    return [...this.#cgroup.members()].filter((process) => process.alive).map((process) => process.hostPid);
  }

  stats(): TaskStats {
    const { kernel } = this.#parts;
    const limit = this.#cgroup.memoryMax;
    return {
      cpuUs: this.#cgroup.cpuUsage,
      systemCpuUs: (kernel.scheduler.now - kernel.bootedAt) * kernel.cpus,
      memoryBytes: this.#cgroup.memory,
      memoryMaxBytes: Math.max(this.#cgroup.memoryPeak, this.#cgroup.memory),
      memoryLimitBytes: Number.isFinite(limit) ? limit : kernel.memoryBytes,
      pids: this.#cgroup.pids,
      pidsLimit: Number.isFinite(this.#cgroup.pidsMax) ? this.#cgroup.pidsMax : undefined,
    };
  }

  *update(resources: SpecResources): Sim<void> {
    applyLimits(this.#cgroup, resources, this.#parts.kernel);
  }

  *delete(): Sim<void> {
    this.#cgroup.freeze(false);
    for (const process of [...this.#cgroup.members()]) process.end({ kind: 'signaled', signal: 'SIGKILL', coreDumped: false });
    while ([...this.#cgroup.members()].some((process) => process.alive)) yield* sleep(MILLISECOND);
    this.#cgroup.onOom = undefined;
    this.#cgroup.removeSelf();
    this.#parts.snapshots.unmount(this.id);
    this.#shim.end({ kind: 'exited', code: 0 });
    this.#parts.onDelete();
  }
}

/** The shim is nobody's child: it outlives the engine. It does nothing but be there and reap. */
function startShim(kernel: Kernel, id: string): Process {
  const shim = kernel.spawnInit({
    argv: ['/usr/bin/containerd-shim-runc-v2', '-namespace', 'moby', '-id', id, '-address', '/run/containerd/containerd.sock'],
    cgroup: '/system.slice/containerd.service',
    signals: new Map([['SIGCHLD', 'ignore']]),
    *main() {
      const forever = new WaitQueue();
      for (;;) yield* waitOn(forever);
    },
  });
  shim.memory = 12 << 20;
  return shim;
}

interface KeptOutput {
  readonly stdout: number;
  readonly stderr: number | undefined;
}

function keepOutput(shim: Process, engine: Process, { stdout, stderr }: ProcessStreams): KeptOutput {
  const keep = (fd: number): number => shim.fds.install(engine.fds.shared(fd), { min: 3, cloexec: true });
  return { stdout: keep(stdout), stderr: stderr === undefined ? undefined : keep(stderr) };
}

function spawnIn(shim: Process, main: () => Sim<number>, stdio: Stdio | undefined, cgroup: string, argv: readonly string[]): Process {
  const fds = new Map<number, number>();
  stdio?.files.forEach((file, fd) => fds.set(fd, shim.fds.install(file, { min: 3 })));
  try {
    return spawnFrom(
      shim.kernel,
      shim,
      { main, argv, fds, env: new Map(), cwd: '/', newSession: true, signals: CHILD_SIGNALS },
      undefined,
      cgroup,
    );
  } finally {
    for (const fd of fds.values()) shim.fds.close(fd);
  }
}

function closeAll(engine: Process, streams: ProcessStreams): void {
  for (const fd of [streams.stdin, streams.stdout, streams.stderr]) if (fd !== undefined && engine.fds.has(fd)) engine.fds.close(fd);
}

function choosePidNamespace(shim: Process, spec: RuntimeSpec): void {
  const wish = spec.linux.namespaces.find((ns) => ns.type === 'pid');
  if (!wish) return;
  const { kernel } = shim;
  shim.pidNamespaceForChildren =
    wish.path === undefined
      ? new PidNamespace(kernel.nextId(), kernel.namespaces.pid, PID_MAX)
      : sharedWith(kernel, wish.path).namespaces.pid;
}

function chooseNamespaces(process: Process, spec: RuntimeSpec): void {
  const { kernel } = process;
  const own = { ...process.namespaces };
  for (const { type, path } of spec.linux.namespaces) {
    const other = path === undefined ? undefined : sharedWith(kernel, path).namespaces;
    if (type === 'network') own.net = other?.net ?? kernel.createNetNamespace();
    if (type === 'uts') own.uts = other?.uts ?? new UtsNamespace(kernel.nextId(), spec.hostname);
    if (type === 'ipc') own.ipc = other?.ipc ?? new PlainNamespace(kernel.nextId());
    if (type === 'cgroup') own.cgroup = new PlainNamespace(kernel.nextId());
  }
  process.namespaces = own;
}

/** '/proc/123/ns/net' → process 123. */
function sharedWith(kernel: Pick<Kernel, 'process'>, path: string): Process {
  const pid = Number(/^\/proc\/(\d+)\//.exec(path)?.[1] ?? 0);
  const process = kernel.process(pid);
  if (!process?.alive) throw new RuntimeError(`lstat ${path}: no such file or directory`);
  return process;
}

function applyLimits(group: Cgroup, resources: SpecResources, kernel: Kernel): void {
  const or = (n: number | undefined): number => (n === undefined || n <= 0 ? Number.POSITIVE_INFINITY : n);
  group.memoryMax = resources.memory.disableOomKiller ? Number.POSITIVE_INFINITY : or(resources.memory.limit);
  // runc's ConvertMemorySwapToCgroupV2Value: the flag counts memory in, the file does not. Where only memory is limited, dockerd doubles it.
  const { limit, swap } = resources.memory;
  group.swapMax = limit === undefined || (swap !== undefined && swap < 0) ? Number.POSITIVE_INFINITY : (swap ?? 2 * limit) - limit;
  group.cpuQuota = or(resources.cpu.quota);
  group.cpuPeriod = resources.cpu.period ?? 100_000;
  group.pidsMax = or(resources.pids.limit);
  const shares = resources.cpu.shares ?? 1024;
  group.cpuWeight = Math.max(1, Math.round(1 + ((shares - 2) * 9999) / 262_142));
  const first = [...group.members()][0];
  const member = first && kernel.process(first.hostPid);
  if (member) kernel.checkMemory(member);
}
