/**
 * One simulated Linux machine: its processes, mounts, namespaces, control groups and terminals. The world boots it; the
 * container runtime drives it; programs reach it through `syscalls.ts` only.
 */
import type { Credentials, SpawnOptions, WindowSize } from './abi.ts';
import { S_IFCHR, S_IFDIR } from './abi.ts';
import type { SimTime } from './clock.ts';
import { Errno } from './errno.ts';
import { DEVICES } from './files/device.ts';
import { HostFile } from './files/hostFile.ts';
import type { InetStack } from './inet.ts';
import { NOFILE_HARD, NOFILE_SOFT, PID_MAX, STACK_SOFT } from './limits.ts';
import { NetNamespace, PidNamespace, PlainNamespace, UtsNamespace } from './namespaces/namespaces.ts';
import type { OpenFile } from './openFile.ts';
import { ALL_CAPABILITIES } from './process/capabilities.ts';
import { Cgroup } from './process/cgroup.ts';
import { FdTable } from './process/fdTable.ts';
import type { Namespaces, Process, ProcessKernel } from './process/process.ts';
import { spawnFrom } from './process/spawn.ts';
import type { ProgramTable } from './program.ts';
import type { Scheduler } from './scheduler.ts';
import type { Pty } from './tty/pty.ts';
import { DevPtsFs } from './vfs/devPts.ts';
import type { FileSystem } from './vfs/inode.ts';
import { MemFs } from './vfs/memFs.ts';
import { MountNamespace, type Place, walk } from './vfs/mounts.ts';
import { ProcFs } from './vfs/procFs.ts';
import { SysFs } from './vfs/sysFs.ts';

export interface KernelOptions {
  readonly scheduler: Scheduler;
  readonly hostname: string;
  readonly programs: ProgramTable;
  /** Microseconds since 1970 at the world's start. */
  readonly bootEpochUs: number;
  /** Fills a new network namespace with a stack. */
  readonly createInetStack?: (namespace: NetNamespace) => InetStack;
  /** Bytes; default 4 GiB. */
  readonly memoryBytes?: number;
  /** Default 2. */
  readonly cpus?: number;
}

export interface InitOptions extends Omit<SpawnOptions, 'fds'> {
  /** Default: standard input empty, output dropped. */
  readonly files?: readonly OpenFile[];
  readonly cgroup?: string;
}

const ROOT: Credentials = { uid: 0, gid: 0, euid: 0, egid: 0, groups: [0] };
const EVERYTHING: ReadonlySet<string> = new Set(ALL_CAPABILITIES);

export class Kernel implements ProcessKernel {
  readonly scheduler: Scheduler;
  readonly programs: ProgramTable;
  readonly memoryBytes: number;
  readonly cpus: number;
  readonly bootedAt: SimTime;
  readonly cgroups = new Cgroup('', undefined);
  /** The machine's own namespaces. */
  readonly namespaces: Namespaces;
  readonly release = '6.1.0-37-amd64';
  readonly version = '#1 SMP PREEMPT_DYNAMIC Debian 6.1.140-1 (2025-05-22)';
  /** A program threw something that is no Errno: a fault of ours, told to the host. */
  onCrash: ((process: Process, error: unknown) => void) | undefined;
  readonly #bootEpochUs: number;
  readonly #createInetStack: KernelOptions['createInetStack'];
  readonly #listeners = new Set<(process: Process) => void>();
  #lastId = 4026531834;
  #lastDevice = 20;
  #lastInode = 10_000;

  constructor(options: KernelOptions) {
    this.scheduler = options.scheduler;
    this.programs = options.programs;
    this.memoryBytes = options.memoryBytes ?? 4 * 1024 ** 3;
    this.cpus = options.cpus ?? 2;
    this.bootedAt = options.scheduler.now;
    this.#bootEpochUs = options.bootEpochUs;
    this.#createInetStack = options.createInetStack;
    this.namespaces = {
      time: new PlainNamespace(this.nextId()),
      cgroup: new PlainNamespace(this.nextId()),
      pid: new PidNamespace(this.nextId(), undefined, PID_MAX),
      user: new PlainNamespace(this.nextId()),
      uts: new UtsNamespace(this.nextId(), options.hostname),
      ipc: new PlainNamespace(this.nextId()),
      mnt: new MountNamespace(this.nextId(), () => this.nextId()),
      net: this.createNetNamespace(),
    };
  }

  /** A number for a namespace or mount. */
  nextId(): number {
    return ++this.#lastId;
  }
  nextDevice(): number {
    return ++this.#lastDevice;
  }
  /** A number for pipes and sockets. */
  nextInode(): number {
    return ++this.#lastInode;
  }

  /** Microseconds since 1970. */
  wallClock(): number {
    return this.#bootEpochUs + this.scheduler.now;
  }

  createNetNamespace(): NetNamespace {
    const namespace = new NetNamespace(this.nextId(), undefined);
    namespace.stack = this.#createInetStack?.(namespace);
    return namespace;
  }

  // ---- disks ----

  /** Makes `fs` the machine's root and mounts what a Linux machine has: /dev, /dev/pts, /dev/shm, /proc, /sys, /run. */
  mountRoot(fs: FileSystem, source = '/dev/vda1'): void {
    const ns = this.namespaces.mnt;
    ns.mountRoot(fs, source, ['rw', 'relatime']);
    const now = this.wallClock();
    const plain = ['rw', 'nosuid', 'nodev', 'noexec', 'relatime'];
    this.#mountAt('/proc', new ProcFs(this, this.nextDevice()), 'proc', plain);
    this.#mountAt('/sys', new SysFs(this, this.nextDevice()), 'sysfs', plain);
    this.#mountAt('/dev', this.createDev(now), 'udev', ['rw', 'nosuid', 'relatime']);
    this.#mountAt('/dev/pts', new DevPtsFs(this.nextDevice(), () => this.wallClock()), 'devpts', [
      'rw',
      'nosuid',
      'noexec',
      'relatime',
      'gid=5',
      'mode=620',
      'ptmxmode=000',
    ]);
    this.#mountAt(
      '/dev/shm',
      new MemFs({ type: 'tmpfs', device: this.nextDevice(), capacity: this.memoryBytes / 2, mode: 0o1777, now }),
      'tmpfs',
      ['rw', 'nosuid', 'nodev'],
    );
    this.#mountAt('/run', new MemFs({ type: 'tmpfs', device: this.nextDevice(), capacity: this.memoryBytes / 10, now }), 'tmpfs', [
      'rw',
      'nosuid',
      'nodev',
      'noexec',
      'relatime',
      'size=403880k',
      'mode=755',
    ]);
  }

  #mountAt(path: string, fs: FileSystem, source: string, options: readonly string[]): void {
    const place = this.find(path);
    if (place) this.namespaces.mnt.add(place, fs.root, { source, type: fs.type, path, options });
  }

  /** A /dev as udev leaves it, without the disks. */
  createDev(now: number, type = 'devtmpfs'): MemFs {
    const dev = new MemFs({ type, device: this.nextDevice(), capacity: 1 << 20, now });
    for (const [name, rdev, mode] of DEVICES) dev.addFile(name, { type: S_IFCHR, mode, rdev, mtime: now, gid: name === 'tty' ? 5 : 0 });
    for (const [name, target] of [
      ['fd', '/proc/self/fd'],
      ['stdin', '/proc/self/fd/0'],
      ['stdout', '/proc/self/fd/1'],
      ['stderr', '/proc/self/fd/2'],
      ['core', '/proc/kcore'],
      ['ptmx', 'pts/ptmx'],
    ]) {
      if (name !== 'ptmx') dev.addFile(name, { target, mtime: now });
    }
    dev.addFile('ptmx', { type: S_IFCHR, mode: 0o666, rdev: 5 * 256 + 2, mtime: now, gid: 5 });
    for (const name of ['pts', 'shm', 'mqueue']) dev.addFile(name, { type: S_IFDIR, mode: name === 'shm' ? 0o1777 : 0o755, mtime: now });
    return dev;
  }

  /** A path as the machine's own root sees it. */
  find(path: string): Place | undefined {
    const ns = this.namespaces.mnt;
    try {
      return walk({ namespace: ns, root: ns.root, cwd: ns.root, maySearch: () => true }, path, true).place;
    } catch (error) {
      if (error instanceof Errno) return undefined;
      throw error;
    }
  }

  // ---- terminals ----

  /** The devpts instance that a process sees, or the machine's. */
  devPtsOf(process: Process | undefined): DevPtsFs {
    const mounts = process?.namespaces.mnt ?? this.namespaces.mnt;
    const mount = [...mounts.mounts].reverse().find((m) => m.root.fs instanceof DevPtsFs);
    if (!mount) throw new Errno('ENOENT', '/dev/pts');
    return mount.root.fs as DevPtsFs;
  }

  createPty(size: WindowSize = { rows: 24, columns: 80 }): Pty {
    return this.devPtsOf(undefined).allocate(size);
  }

  // ---- processes ----

  /** Starts a process from outside: the first one (systemd), login shells, relays. */
  spawnInit(options: InitOptions): Process {
    const ns = this.namespaces;
    const fds = new FdTable(NOFILE_SOFT);
    (options.files ?? [new HostFile({ input: null }), new HostFile({ onData: () => {} }), new HostFile({ onData: () => {} })]).forEach(
      (file, fd) => fds.set(fd, file),
    );
    const parent = ns.pid.init;
    const template = new Template(this, parent, fds);
    return spawnFrom(this, template, { ...options, fds: undefined }, options.files, options.cgroup);
  }

  /** By its number on the machine. */
  process(pid: number): Process | undefined {
    return this.namespaces.pid.processes.get(pid);
  }

  /** All that are not gone, by number. */
  processes(): readonly Process[] {
    return [...this.namespaces.pid.processes].sort((a, b) => a[0] - b[0]).map(([, p]) => p);
  }

  groupMembers(leader: unknown): readonly Process[] {
    return this.processes().filter((p) => p.group === leader && p.alive);
  }

  /** Told whenever a process appears, changes state or goes. */
  onProcessChange(listener: (process: Process) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  processChanged(process: Process): void {
    for (const listener of this.#listeners) listener(process);
  }

  /** Kills the largest memory user of a group that is over its limit, or of the whole machine. */
  checkMemory(process: Process): void {
    for (let group: Cgroup | undefined = process.cgroup; group; group = group.parent) {
      const limit = group.parent ? group.memoryMax : this.memoryBytes;
      const used = group.memory;
      group.memoryPeak = Math.max(group.memoryPeak, used);
      if (used <= limit) continue;
      const victim = [...group.members()].filter((p) => p.alive).sort((a, b) => b.memory - a.memory)[0];
      if (!victim) continue;
      group.oomKills++;
      group.onOom?.(victim);
      victim.end({ kind: 'signaled', signal: 'SIGKILL', coreDumped: false });
      return;
    }
  }

  /** Everything stops at once, as when the power goes. */
  powerOff(): void {
    for (const process of [...this.processes()].reverse()) process.end({ kind: 'signaled', signal: 'SIGKILL', coreDumped: false });
  }
}

/** What a process started from outside inherits: the machine's root, root's rights, the host's files. */
class Template {
  readonly kernel: Kernel;
  readonly parent: Process | undefined;
  readonly namespaces: Namespaces;
  readonly pidNamespaceForChildren: PidNamespace<Process>;
  readonly fds: FdTable;
  readonly credentials = ROOT;
  readonly capabilities = EVERYTHING;
  readonly bounding = EVERYTHING;
  readonly env = new Map([['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin']]);
  readonly root: Place;
  readonly cwd: Place;
  readonly umask = 0o022;
  readonly cgroup: Cgroup;
  readonly argv: readonly string[] = ['init'];
  readonly comm = 'init';
  readonly exe = '/usr/sbin/init';
  readonly dispositions = new Map();
  readonly rlimits = new Map([
    ['nofile', { soft: NOFILE_SOFT, hard: NOFILE_HARD }],
    ['core', { soft: 0, hard: Number.POSITIVE_INFINITY }],
    ['stack', { soft: STACK_SOFT, hard: Number.POSITIVE_INFINITY }],
  ]);

  constructor(kernel: Kernel, parent: Process | undefined, fds: FdTable) {
    this.kernel = kernel;
    this.parent = parent;
    this.namespaces = { ...kernel.namespaces };
    this.pidNamespaceForChildren = kernel.namespaces.pid;
    this.fds = fds;
    this.root = kernel.namespaces.mnt.root;
    this.cwd = this.root;
    this.cgroup = kernel.cgroups;
  }
}
