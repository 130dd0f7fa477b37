/** The few files of /sys that people look at: network interfaces' folder, the machine's name, and the control groups. */
import type { StatFs } from '../abi.ts';
import type { Cgroup } from '../process/cgroup.ts';
import type { Process, ProcessKernel } from '../process/process.ts';
import { folder, GeneratedInode, type Node, text } from './generated.ts';
import type { FileSystem, Inode } from './inode.ts';

export class SysFs implements FileSystem {
  readonly type: string;
  readonly device: number;
  readonly root: Inode;

  constructor(kernel: ProcessKernel, device: number, type: 'sysfs' | 'cgroup2' = 'sysfs') {
    this.type = type;
    this.device = device;
    this.root = new GeneratedInode(this, type === 'cgroup2' ? cgroupFolder(kernel, () => ownGroup(kernel)) : sysRoot(kernel), '/sys', () =>
      kernel.wallClock(),
    );
  }
  statfs(): StatFs {
    return { type: this.type, totalBytes: 0, freeBytes: 0, inodes: 0, freeInodes: 0 };
  }
}

/** In a cgroup namespace of its own, a process sees its own group as the root. */
function ownGroup(kernel: ProcessKernel): Cgroup {
  const process = (kernel.scheduler.current as unknown as { readonly process?: Process } | undefined)?.process;
  return process && process.namespaces.cgroup !== kernel.namespaces.cgroup ? process.cgroup : kernel.cgroups;
}

function sysRoot(kernel: ProcessKernel): Node {
  return folder({
    fs: folder({ cgroup: cgroupFolder(kernel, () => ownGroup(kernel)) }),
    class: folder({
      net: folder({}),
      dmi: folder({ id: folder({ product_name: text(() => 'Drydock\n'), sys_vendor: text(() => 'Drydock\n') }) }),
    }),
    devices: folder({ system: folder({ cpu: folder({ online: text(() => `0-${kernel.cpus - 1}\n`) }) }) }),
    kernel: folder({ mm: folder({ transparent_hugepage: folder({ enabled: text(() => 'always [madvise] never\n') }) }) }),
    module: folder({}),
  });
}

const limit = (n: number) => (Number.isFinite(n) ? String(n) : 'max');

function cgroupFolder(kernel: ProcessKernel, group: () => Cgroup): Node {
  const files: Record<string, Node> = {
    'cgroup.controllers': text(() => 'cpuset cpu io memory hugetlb pids rdma misc\n'),
    'cgroup.subtree_control': text(() => 'cpuset cpu io memory pids\n'),
    'cgroup.procs': text(() => [...group().processes].map((p) => `${p.hostPid}\n`).join('')),
    'cgroup.type': text(() => 'domain\n'),
    'cpu.stat': text(() => `usage_usec ${group().cpuUsage}\nuser_usec ${group().cpuUsage}\nsystem_usec 0\n`),
    'memory.current': text(() => `${group().memory}\n`),
    'memory.peak': text(() => `${group().memoryPeak}\n`),
    'memory.max': text(() => `${limit(group().memoryMax)}\n`),
    'memory.events': text(() => `low 0\nhigh 0\nmax 0\noom ${group().oomKills}\noom_kill ${group().oomKills}\n`),
    'memory.stat': text(() => `anon ${group().memory}\nfile 0\nkernel 0\n`),
    'memory.swap.max': text(() => 'max\n'),
    'cpu.max': text(() => `${limit(group().cpuQuota)} ${group().cpuPeriod}\n`),
    'cpu.weight': text(() => `${group().cpuWeight}\n`),
    'pids.max': text(() => `${limit(group().pidsMax)}\n`),
    'pids.current': text(() => `${group().pids}\n`),
  };
  return {
    kind: 'directory',
    names: () => [...Object.keys(files), ...group().children.keys()],
    get: (name) => {
      if (Object.hasOwn(files, name)) return files[name];
      const child = group().children.get(name);
      return child && cgroupFolder(kernel, () => child);
    },
  };
}
