/** The files of a control group, as cgroup v2 has them (Documentation/admin-guide/cgroup-v2.rst), and what writing to them does. */
import { Errno } from '../errno.ts';
import type { Cgroup } from '../process/cgroup.ts';
import type { Process, ProcessKernel } from '../process/process.ts';
import { type Node, text } from './generated.ts';

const show = (n: number): string => (Number.isFinite(n) ? String(n) : 'max');

/** 'max', '52428800', '50M'. EINVAL for anything else. */
function parseAmount(value: string): number {
  const word = value.trim();
  if (word === 'max') return Number.POSITIVE_INFINITY;
  const match = /^(\d+)([KMGkmg]?)$/.exec(word);
  if (!match) throw new Errno('EINVAL');
  return Number(match[1]) * 1024 ** ' KMG'.indexOf(match[2].toUpperCase() || ' ');
}

function setCpuMax(group: Cgroup, value: string): void {
  const [quota, period] = value.trim().split(/\s+/);
  group.cpuQuota = parseAmount(quota);
  if (period !== undefined) group.cpuPeriod = parseAmount(period);
}

/** Moves the process that the writer calls `value` ('0': the writer itself) into the group. */
function adopt(kernel: ProcessKernel, group: Cgroup, value: string): void {
  const writer = (kernel.scheduler.current as unknown as { readonly process?: Process } | undefined)?.process;
  const number = parseAmount(value);
  const process = number === 0 ? writer : (writer?.namespaces.pid ?? kernel.namespaces.pid).processes.get(number);
  if (!process?.alive) throw new Errno('ESRCH');
  process.cgroup.remove(process);
  process.cgroup = group;
  group.add(process);
  process.updateHold();
  kernel.checkMemory(process);
}

function killAll(group: Cgroup): void {
  for (const process of [...group.members()]) process.end({ kind: 'signaled', signal: 'SIGKILL', coreDumped: false });
}

/** The folder of `group()`. Groups are made and removed with mkdir and rmdir. */
export function cgroupFolder(kernel: ProcessKernel, group: () => Cgroup): Node {
  const below = new WeakMap<Cgroup, Node>();
  const files: Record<string, Node> = {
    'cgroup.controllers': text(() => 'cpuset cpu io memory hugetlb pids rdma misc\n'),
    'cgroup.subtree_control': text(
      () => 'cpuset cpu io memory pids\n',
      () => {},
    ),
    'cgroup.procs': text(
      () => [...group().processes].map((p) => `${p.hostPid}\n`).join(''),
      (value) => adopt(kernel, group(), value),
    ),
    'cgroup.type': text(() => 'domain\n'),
    'cgroup.freeze': text(
      () => (group().frozen ? '1\n' : '0\n'),
      (value) => group().freeze(value.trim() === '1'),
    ),
    'cgroup.events': text(() => `populated ${group().pids > 0 ? 1 : 0}\nfrozen ${group().isFrozen ? 1 : 0}\n`),
    'cgroup.kill': text(
      () => '',
      () => killAll(group()),
      0o200,
    ),
    'cpu.stat': text(() => `usage_usec ${group().cpuUsage}\nuser_usec ${group().cpuUsage}\nsystem_usec 0\n`),
    'memory.current': text(() => `${group().memory}\n`),
    'memory.peak': text(() => `${Math.max(group().memoryPeak, group().memory)}\n`),
    'memory.max': text(
      () => `${show(group().memoryMax)}\n`,
      (value) => {
        group().memoryMax = parseAmount(value);
        const [first] = group().members();
        const process = first && kernel.process(first.hostPid);
        if (process) kernel.checkMemory(process);
      },
    ),
    'memory.events': text(() => `low 0\nhigh 0\nmax 0\noom ${group().oomKills}\noom_kill ${group().oomKills}\n`),
    'memory.stat': text(() => `anon ${group().memory}\nfile 0\nkernel 0\n`),
    'memory.swap.max': text(
      () => `${show(group().swapMax)}\n`,
      (value) => {
        group().swapMax = parseAmount(value);
      },
    ),
    'cpu.max': text(
      () => `${show(group().cpuQuota)} ${group().cpuPeriod}\n`,
      (value) => setCpuMax(group(), value),
    ),
    'cpu.weight': text(
      () => `${group().cpuWeight}\n`,
      (value) => {
        group().cpuWeight = parseAmount(value);
      },
    ),
    'pids.max': text(
      () => `${show(group().pidsMax)}\n`,
      (value) => {
        group().pidsMax = parseAmount(value);
      },
    ),
    'pids.current': text(() => `${group().pids}\n`),
  };
  return {
    kind: 'directory',
    mode: 0o755,
    names: () => [...Object.keys(files), ...group().children.keys()],
    get: (name) => {
      if (Object.hasOwn(files, name)) return files[name];
      const child = group().children.get(name);
      if (!child) return undefined;
      const node = below.get(child) ?? cgroupFolder(kernel, () => child);
      below.set(child, node);
      return node;
    },
    create: (name) => void group().at(name),
    remove: (name) => {
      const child = group().children.get(name);
      if (!child) throw new Errno('ENOENT');
      if (child.children.size > 0 || child.processes.size > 0) throw new Errno('EBUSY');
      child.removeSelf();
    },
  };
}
