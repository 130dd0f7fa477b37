/** The few files of /sys that people look at: network interfaces' folder, the machine's name, and the control groups. */
import type { StatFs } from '../abi.ts';
import type { Cgroup } from '../process/cgroup.ts';
import type { Process, ProcessKernel } from '../process/process.ts';
import { cgroupFolder } from './cgroupFiles.ts';
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
