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
      net: interfaces(kernel),
      dmi: folder({ id: folder({ product_name: text(() => 'Drydock\n'), sys_vendor: text(() => 'Drydock\n') }) }),
    }),
    devices: folder({ system: folder({ cpu: folder({ online: text(() => `0-${kernel.cpus - 1}\n`) }) }) }),
    kernel: folder({ mm: folder({ transparent_hugepage: folder({ enabled: text(() => 'always [madvise] never\n') }) }) }),
    firmware: folder({ acpi: folder({}), dmi: folder({}), memmap: folder({}) }),
    module: folder({}),
  });
}

/** The interfaces of whoever looks (a sysfs belongs to the network namespace it was mounted in; here each looker sees its own). */
function interfaces(kernel: ProcessKernel): Node {
  const links = () => {
    const process = (kernel.scheduler.current as unknown as { readonly process?: Process } | undefined)?.process;
    return (process?.namespaces ?? kernel.namespaces).net.stack?.links() ?? new Map<string, Readonly<Record<string, string>>>();
  };
  return {
    kind: 'directory',
    names: () => [...links().keys()].sort(),
    get: (name) => {
      const attributes = links().get(name);
      return attributes && attributeFolder(attributes);
    },
  };
}

/** 'statistics/rx_bytes' lies one folder deeper. */
function attributeFolder(attributes: Readonly<Record<string, string>>): Node {
  const children: Record<string, Node> = {};
  const deeper: Record<string, Node> = {};
  for (const [key, value] of Object.entries(attributes)) {
    const file = text(() => `${value}\n`);
    if (key.startsWith('statistics/')) deeper[key.slice(11)] = file;
    else children[key] = file;
  }
  return folder({ ...children, statistics: folder(deeper) });
}
