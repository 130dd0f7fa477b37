/** /proc as a pid namespace sees it (proc(5)). */
import { own } from '../../lib/dictionary.ts';
import type { StatFs } from '../abi.ts';
import { Errno } from '../errno.ts';
import { RegularFile } from '../files/regularFile.ts';
import type { PidNamespace } from '../namespaces/namespaces.ts';
import { capabilityMask } from '../process/capabilities.ts';
import type { Process, ProcessKernel } from '../process/process.ts';
import { folder, GeneratedInode, type Node, symlink, text } from './generated.ts';
import type { FileSystem, Inode } from './inode.ts';
import { type Mount, pathOf } from './mounts.ts';

export class ProcFs implements FileSystem {
  readonly type = 'proc';
  readonly device: number;
  readonly root: Inode;

  constructor(kernel: ProcessKernel, device: number, namespace: PidNamespace<Process> = kernel.namespaces.pid) {
    this.device = device;
    this.root = new GeneratedInode(this, procRoot(kernel, namespace), '/proc', () => kernel.wallClock());
  }
  statfs(): StatFs {
    return { type: this.type, totalBytes: 0, freeBytes: 0, inodes: 0, freeInodes: 0 };
  }
}

function procRoot(kernel: ProcessKernel, namespace: PidNamespace<Process>): Node {
  const system = systemFiles(kernel);
  const viewer = () => kernel.scheduler.current as unknown as { readonly process?: Process } | undefined;
  const self = () => viewer()?.process;
  const own: Record<string, Node> = {
    ...system,
    self: symlink(() => String(self()?.pids.get(namespace) ?? '')),
    'thread-self': symlink(() => `${self()?.pids.get(namespace)}/task/${self()?.pids.get(namespace)}`),
    mounts: symlink(() => 'self/mounts'),
    net: symlink(() => 'self/net'),
  };
  return {
    kind: 'directory',
    names: () => [...[...namespace.processes.keys()].sort((a, b) => a - b).map(String), ...Object.keys(own)],
    get: (name) => {
      if (Object.hasOwn(own, name)) return own[name];
      const process = /^\d+$/.test(name) ? namespace.processes.get(Number(name)) : undefined;
      return process && processFolder(process, namespace);
    },
  };
}

const KIB = 1024;

function systemFiles(kernel: ProcessKernel): Record<string, Node> {
  const uptime = () => (kernel.scheduler.now - kernel.bootedAt) / 1e6;
  const used = () => 180 * KIB * KIB + kernel.cgroups.memory;
  const kb = (bytes: number) => String(Math.max(0, Math.floor(bytes / KIB))).padStart(8);
  return {
    uptime: text(() => `${uptime().toFixed(2)} ${(uptime() * kernel.cpus - kernel.cgroups.cpuUsage / 1e6).toFixed(2)}\n`),
    version: text(
      () =>
        `Linux version ${kernel.release} (debian-kernel@lists.debian.org) (gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0, GNU ld (GNU Binutils for Debian) 2.40) ${kernel.version}\n`,
    ),
    loadavg: text(() => `0.00 0.00 0.00 1/${kernel.processes().length} ${kernel.processes().at(-1)?.hostPid ?? 0}\n`),
    meminfo: text(() => {
      const cached = 320 * KIB * KIB;
      const free = kernel.memoryBytes - used() - cached;
      return [
        ['MemTotal', kernel.memoryBytes],
        ['MemFree', free],
        ['MemAvailable', free + cached * 0.9],
        ['Buffers', 24 * KIB * KIB],
        ['Cached', cached - 48 * KIB * KIB],
        ['SwapCached', 0],
        ['Active', used()],
        ['Inactive', cached],
        ['SwapTotal', 0],
        ['SwapFree', 0],
        ['Dirty', 0],
        ['Writeback', 0],
        ['AnonPages', used()],
        ['Mapped', 96 * KIB * KIB],
        ['Shmem', 1 * KIB * KIB],
        ['Slab', 64 * KIB * KIB],
        ['SReclaimable', 24 * KIB * KIB],
        ['SUnreclaim', 40 * KIB * KIB],
        ['KernelStack', kernel.processes().length * 16 * KIB],
        ['PageTables', 4 * KIB * KIB],
        ['CommitLimit', kernel.memoryBytes / 2],
        ['Committed_AS', used() * 2],
        ['VmallocTotal', 34359738367 * KIB],
        ['HugePages_Total', undefined],
        ['HugePages_Free', undefined],
        ['Hugepagesize', 2048 * KIB],
      ]
        .map(([name, bytes]) =>
          bytes === undefined ? `${`${name}:`.padEnd(16)}       0\n` : `${`${name}:`.padEnd(16)}${kb(bytes as number)} kB\n`,
        )
        .join('');
    }),
    cpuinfo: text(
      () =>
        Array.from(
          { length: kernel.cpus },
          (_, i) =>
            `processor\t: ${i}\nvendor_id\t: GenuineIntel\ncpu family\t: 6\nmodel\t\t: 85\nmodel name\t: Drydock simulated CPU @ 2.50GHz\nstepping\t: 7\ncpu MHz\t\t: 2500.000\ncache size\t: 36608 KB\nphysical id\t: 0\nsiblings\t: ${kernel.cpus}\ncore id\t\t: ${i}\ncpu cores\t: ${kernel.cpus}\nflags\t\t: fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ht syscall nx lm\nbogomips\t: 5000.00\n`,
        ).join('\n') + '\n',
    ),
    stat: text(() => {
      const user = Math.floor(kernel.cgroups.cpuUsage / 10_000);
      const idle = Math.floor(uptime() * 100 * kernel.cpus) - user;
      return `cpu  ${user} 0 0 ${idle} 0 0 0 0 0 0\nctxt ${kernel.scheduler.steps}\nbtime ${Math.floor(kernel.wallClock() / 1e6 - uptime())}\nprocesses ${kernel.processes().length}\nprocs_running 1\nprocs_blocked 0\n`;
    }),
    filesystems: text(
      () =>
        ['sysfs', 'tmpfs', 'proc', 'cgroup2', 'devtmpfs', 'devpts', 'mqueue', 'overlay'].map((n) => `nodev\t${n}\n`).join('') + '\text4\n',
    ),
    cmdline: text(() => 'BOOT_IMAGE=/boot/vmlinuz-6.1.0-37-amd64 root=/dev/vda1 ro quiet\n'),
    cgroups: text(
      () =>
        `#subsys_name\thierarchy\tnum_cgroups\tenabled\n${['cpuset', 'cpu', 'cpuacct', 'blkio', 'memory', 'devices', 'freezer', 'pids'].map((n) => `${n}\t0\t1\t1\n`).join('')}`,
    ),
    partitions: text(() => 'major minor  #blocks  name\n\n 254        0   41943040 vda\n 254        1   41942016 vda1\n'),
    // What only root may read and runc hides from containers.
    acpi: folder({ wakeup: text(() => 'Device\tS-state\t  Status   Sysfs node\n') }),
    kcore: text(() => '', undefined, 0o400),
    keys: text(() => ''),
    timer_list: text(() => 'Timer List Version: v0.10\nHRTIMER_MAX_CLOCK_BASES: 8\n', undefined, 0o400),
    swaps: text(() => 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n'),
    devices: text(() => 'Character devices:\n  1 mem\n  5 /dev/tty\n136 pts\n\nBlock devices:\n254 virtblk\n'),
    sys: folder({
      kernel: folder({
        hostname: text(() => `${current(kernel)?.namespaces.uts.hostname ?? ''}\n`),
        ostype: text(() => 'Linux\n'),
        osrelease: text(() => `${kernel.release}\n`),
        version: text(() => `${kernel.version}\n`),
        pid_max: text(() => '4194304\n'),
        threads_max: text(() => '31413\n'),
        random: folder({ uuid: text(() => uuid(kernel)), boot_id: text(() => '0d2c9f4e-6b0a-4a3e-9c51-7f8e1d2b3c4d\n') }),
      }),
      net: folder({
        ipv4: folder({ ip_forward: text(() => '1\n'), ip_local_port_range: text(() => '32768\t60999\n') }),
        core: folder({ somaxconn: text(() => '4096\n') }),
      }),
      vm: folder({ overcommit_memory: text(() => '0\n'), swappiness: text(() => '60\n'), max_map_count: text(() => '65530\n') }),
      fs: folder({ 'file-max': text(() => '9223372036854775807\n') }),
    }),
  };
}

function current(kernel: ProcessKernel): Process | undefined {
  return (kernel.scheduler.current as unknown as { readonly process?: Process } | undefined)?.process;
}

function uuid(kernel: ProcessKernel): string {
  const hex = kernel.scheduler.rng.hex(32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}\n`;
}

function processFolder(p: Process, namespace: PidNamespace<Process>): Node {
  const { kernel } = p;
  const pid = (q: Process | undefined) => q?.pids.get(namespace) ?? 0;
  const letter = () =>
    p.state === 'zombie'
      ? 'Z'
      : p.state === 'stopped'
        ? 'T'
        : [...p.threads].some((t) => kernel.scheduler.current === t || t.state === 'ready')
          ? 'R'
          : 'S';
  const viewer = () => current(kernel);
  /** Another user's secrets are not shown. */
  const need = () => {
    const me = viewer();
    if (me && me.credentials.euid !== p.credentials.uid && !me.can('CAP_SYS_PTRACE')) throw new Errno('EACCES');
  };
  /** All of the folder belongs to whom the process works for (proc_pid_make_inode). */
  const owner = () => ({ uid: p.credentials.euid, gid: p.credentials.egid });
  const node = (children: Record<string, Node>): Node => ({
    kind: 'directory',
    names: () => Object.keys(children),
    get: (name) => (Object.hasOwn(children, name) ? { ...children[name], ...owner() } : undefined),
    ...owner(),
  });
  const nsLink = (kind: string, id: number) => symlink(() => `${kind}:[${id}]`);
  const { namespaces: ns } = p;
  const files: Record<string, Node> = {
    status: text(() => statusText(p, namespace, letter())),
    stat: text(() => {
      const ticks = (us: number) => Math.floor(us / 10_000);
      const vsize = p.memory * 3 + 2 * KIB * KIB;
      const fields = [
        letter(),
        pid(p.parent),
        pid(p.group),
        pid(p.session),
        p.tty ? 136 * 256 + p.tty.number : 0,
        p.tty?.foreground?.pids.get(namespace) ?? -1,
        4194560,
        120,
        0,
        0,
        0,
        ticks(p.cpuTime),
        0,
        0,
        0,
        20 + p.nice,
        p.nice,
        Math.max(1, p.threads.size),
        0,
        ticks(p.startedAt - kernel.bootedAt),
        p.memory === 0 ? 0 : vsize,
        Math.ceil(p.memory / 4096),
        '18446744073709551615',
      ];
      return `${pid(p)} (${p.comm}) ${fields.join(' ')}${' 0'.repeat(27)}\n`;
    }),
    statm: text(() => `${Math.ceil((p.memory * 3) / 4096)} ${Math.ceil(p.memory / 4096)} 0 0 0 0 0\n`),
    cmdline: text(() => (p.state === 'zombie' ? '' : p.argv.map((a) => `${a}\0`).join(''))),
    comm: text(() => `${p.comm}\n`),
    environ: {
      ...(text(() => (need(), [...p.env].map(([k, v]) => `${k}=${v}\0`).join(''))) as Extract<Node, { kind: 'file' }>),
      mode: 0o400,
      ...owner(),
    },
    cgroup: text(() => `0::${cgroupPathSeen(p, viewer())}\n`),
    mounts: text(() =>
      p.namespaces.mnt.mounts
        .filter((m) => visible(p, m))
        .map((m) => `${m.source} ${shownPath(p, m)} ${m.type} ${m.options.join(',')} 0 0\n`)
        .join(''),
    ),
    mountinfo: text(() =>
      p.namespaces.mnt.mounts
        .filter((m) => visible(p, m))
        .map(
          (m) =>
            `${m.id % 100_000} ${(m.parent?.id ?? 1) % 100_000} ${m.source.startsWith('/dev/vda') ? '254:1' : `0:${m.root.fs.device}`} ${m.rootPath} ${shownPath(p, m)} ${mountFlags(m, true).join(',')} - ${m.type} ${m.source} ${[m.readonly ? 'ro' : 'rw', ...mountFlags(m, false)].join(',')}\n`,
        )
        .join(''),
    ),
    uid_map: text(() => '         0          0 4294967295\n'),
    gid_map: text(() => '         0          0 4294967295\n'),
    setgroups: text(() => 'allow\n'),
    loginuid: text(() => '4294967295'),
    sessionid: text(() => '4294967295'),
    oom_adj: text(() => '0\n'),
    io: text(() => 'rchar: 0\nwchar: 0\nsyscr: 0\nsyscw: 0\nread_bytes: 0\nwrite_bytes: 0\ncancelled_write_bytes: 0\n'),
    limits: text(() => limitsText(p)),
    oom_score: text(() => '0\n'),
    oom_score_adj: text(
      () => `${p.oomScoreAdj}\n`,
      (value) => {
        p.oomScoreAdj = Number(value);
      },
    ),
    maps: text(() => (need(), `55d0c0a00000-55d0c0a2c000 r--p 00000000 fe:01 131                        ${p.exe}\n`)),
    wchan: text(() => '0'),
    cwd: symlink(
      () => (need(), pathOf(viewer() ?? p, p.cwd)),
      () => (need(), p.cwd.inode),
    ),
    root: symlink(
      () => (need(), pathOf(viewer() ?? p, p.root)),
      () => (need(), p.root.inode),
    ),
    exe: symlink(() => (need(), p.exe)),
    fd: {
      kind: 'directory',
      ...owner(),
      mode: 0o500,
      names: () => (need(), p.fds.list().map(([fd]) => String(fd))),
      get: (name) => {
        need();
        const fd = Number(name);
        if (!p.fds.has(fd)) return undefined;
        const file = p.fds.get(fd);
        return {
          ...(symlink(
            () => file.name,
            () => (file instanceof RegularFile ? file.inode : new FileInode(file, kernel)),
          ) as Extract<Node, { kind: 'link' }>),
          ...owner(),
          mode: (file.readable ? 0o500 : 0) | (file.writable ? 0o300 : 0),
          size: FD_LINK_SIZE,
        };
      },
    },
    ns: folder({
      cgroup: nsLink('cgroup', ns.cgroup.id),
      ipc: nsLink('ipc', ns.ipc.id),
      mnt: nsLink('mnt', ns.mnt.id),
      net: nsLink('net', ns.net.id),
      pid: nsLink('pid', ns.pid.id),
      pid_for_children: nsLink('pid', p.pidNamespaceForChildren.id),
      time: nsLink('time', ns.time.id),
      time_for_children: nsLink('time', ns.time.id),
      user: nsLink('user', ns.user.id),
      uts: nsLink('uts', ns.uts.id),
    }),
    net: netFolder(p),
  };
  return node({
    ...files,
    // A thread has what its process has, but for threads of its own.
    task: {
      kind: 'directory',
      names: () => [String(pid(p))],
      get: (name) => (name === String(pid(p)) ? node(files) : undefined),
    },
  });
}

/** The network of the process's namespace. */
function netFolder(p: Process): Node {
  const files = () => p.namespaces.net.stack?.files() ?? {};
  return {
    kind: 'directory',
    names: () => Object.keys(files()),
    get: (name) => {
      const make = own(files(), name);
      return make && text(make);
    },
  };
}

/** Opening /proc/PID/fd/N opens the same thing anew. */
class FileInode extends GeneratedInode {
  readonly #file: ReturnType<Process['fds']['get']>;
  constructor(file: ReturnType<Process['fds']['get']>, kernel: ProcessKernel) {
    super(
      {
        type: 'proc',
        device: 0,
        root: undefined as unknown as Inode,
        statfs: () => ({ type: 'proc', totalBytes: 0, freeBytes: 0, inodes: 0, freeInodes: 0 }),
      },
      text(() => ''),
      file.name,
      () => kernel.wallClock(),
    );
    this.#file = file;
    const stat = file.stat();
    this.mode = stat.mode;
    this.uid = stat.uid;
    this.gid = stat.gid;
    this.rdev = stat.rdev;
  }
  override open(readable: boolean, writable: boolean) {
    if (!this.#file.reopen) throw new Errno('ENXIO');
    return this.#file.reopen(readable, writable);
  }
}

/** What lstat(2) says of /proc/PID/fd/N. */
const FD_LINK_SIZE = 64;

const MOUNT_FLAG = /^(rw|ro|nosuid|nodev|noexec|noatime|nodiratime|relatime)$/;

/** Options of the mount itself, or those of its file system. */
function mountFlags(m: Mount, own: boolean): readonly string[] {
  const flags = m.options.filter((option) => MOUNT_FLAG.test(option));
  if (own) return [m.readonly ? 'ro' : 'rw', ...flags.filter((flag) => flag !== 'rw' && flag !== 'ro')];
  return m.options.filter((option) => !MOUNT_FLAG.test(option));
}

function visible(p: Process, m: Mount): boolean {
  return shownPath(p, m) !== undefined;
}

/** A mount's path from the process's root. */
function shownPath(p: Process, m: Mount): string | undefined {
  const base = p.root.mount.path;
  if (m === p.root.mount) return '/';
  if (base === '/') return m.path;
  return m.path.startsWith(`${base}/`) ? m.path.slice(base.length) : m.path.startsWith(base) ? '/' : m.path;
}

function cgroupPathSeen(p: Process, viewer: Process | undefined): string {
  // In a cgroup namespace of its own a container sees itself at the root.
  return viewer && viewer.namespaces.cgroup === p.namespaces.cgroup && p.namespaces.cgroup !== p.kernel.namespaces.cgroup
    ? '/'
    : p.cgroup.path;
}

function statusText(p: Process, namespace: PidNamespace<Process>, letter: string): string {
  const { uid, euid, gid, egid, groups } = p.credentials;
  const words: Record<string, string> = { R: 'R (running)', S: 'S (sleeping)', T: 'T (stopped)', Z: 'Z (zombie)' };
  const numbers = [...p.pids]
    .filter(([ns]) => ns === namespace || isBelow(ns, namespace))
    .map(([, n]) => n)
    .reverse();
  const kb = (bytes: number) => `${String(Math.floor(bytes / KIB)).padStart(8)} kB`;
  const effective = capabilityMask(p.capabilities);
  return [
    `Name:\t${p.comm}`,
    `Umask:\t${p.umask.toString(8).padStart(4, '0')}`,
    `State:\t${words[letter]}`,
    `Tgid:\t${p.pids.get(namespace)}`,
    'Ngid:\t0',
    `Pid:\t${p.pids.get(namespace)}`,
    `PPid:\t${p.parent?.pids.get(namespace) ?? 0}`,
    'TracerPid:\t0',
    `Uid:\t${uid}\t${euid}\t${euid}\t${euid}`,
    `Gid:\t${gid}\t${egid}\t${egid}\t${egid}`,
    `FDSize:\t64`,
    `Groups:\t${groups.join(' ')} `,
    `NStgid:\t${numbers.join('\t')}`,
    `NSpid:\t${numbers.join('\t')}`,
    `NSpgid:\t${p.group?.pids.get(namespace) ?? 0}`,
    `NSsid:\t${p.session?.pids.get(namespace) ?? 0}`,
    'Kthread:\t0',
    `VmPeak:\t${kb(p.memory * 3)}`,
    `VmSize:\t${kb(p.memory * 3)}`,
    `VmHWM:\t${kb(p.memory)}`,
    `VmRSS:\t${kb(p.memory)}`,
    `RssAnon:\t${kb(p.memory)}`,
    `VmSwap:\t${kb(0)}`,
    `Threads:\t${Math.max(1, p.threads.size)}`,
    'SigQ:\t0/15706',
    `CapInh:\t${'0'.repeat(16)}`,
    `CapPrm:\t${effective}`,
    `CapEff:\t${effective}`,
    `CapBnd:\t${capabilityMask(p.bounding)}`,
    `CapAmb:\t${'0'.repeat(16)}`,
    `NoNewPrivs:\t${p.noNewPrivileges ? 1 : 0}`,
    'Seccomp:\t0',
    'Seccomp_filters:\t0',
    'Cpus_allowed:\t3',
    `Cpus_allowed_list:\t0-${p.kernel.cpus - 1}`,
    'Mems_allowed_list:\t0',
    'voluntary_ctxt_switches:\t1',
    'nonvoluntary_ctxt_switches:\t0',
    '',
  ].join('\n');
}

function isBelow(ns: PidNamespace<Process>, top: PidNamespace<Process>): boolean {
  for (let at: PidNamespace<Process> | undefined = ns; at; at = at.parent) if (at === top) return true;
  return false;
}

function limitsText(p: Process): string {
  const rows: readonly (readonly [string, string, string])[] = [
    ['Max cpu time', 'cpu', 'seconds'],
    ['Max file size', 'fsize', 'bytes'],
    ['Max data size', 'data', 'bytes'],
    ['Max stack size', 'stack', 'bytes'],
    ['Max core file size', 'core', 'bytes'],
    ['Max processes', 'nproc', 'processes'],
    ['Max open files', 'nofile', 'files'],
    ['Max locked memory', 'memlock', 'bytes'],
  ];
  const show = (n: number) => (Number.isFinite(n) ? String(n) : 'unlimited');
  const line = (a: string, b: string, c: string, d: string) => `${a.padEnd(26)}${b.padEnd(21)}${c.padEnd(21)}${d.padEnd(10)}\n`;
  return (
    line('Limit', 'Soft Limit', 'Hard Limit', 'Units') +
    rows
      .map(([label, name, unit]) => {
        const limit = p.rlimits.get(name) ?? { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY };
        return line(label, show(limit.soft), show(limit.hard), unit);
      })
      .join('')
  );
}
