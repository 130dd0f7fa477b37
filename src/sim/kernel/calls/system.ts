/** Users, limits, time, chance, namespaces, mounts. */

import type { Rng } from '../../lib/rng.ts';
import type { Credentials, MountOptions, NamespaceKind, UtsName } from '../abi.ts';
import type { SimTime } from '../clock.ts';
import { Errno } from '../errno.ts';
import { PID_MAX } from '../limits.ts';
import { PidNamespace, PlainNamespace, UtsNamespace } from '../namespaces/namespaces.ts';
import { NO_CAPABILITIES } from '../process/capabilities.ts';
import type { Process } from '../process/process.ts';
import { interruptibleWait } from '../process/wait.ts';
import type { Scheduler } from '../scheduler.ts';
import type { Sim } from '../sim.ts';
import { DevPtsFs } from '../vfs/devPts.ts';
import type { FileSystem } from '../vfs/inode.ts';
import { MemFs, MemInode } from '../vfs/memFs.ts';
import { pathOf } from '../vfs/mounts.ts';
import { OverlayFs, OverlayInode } from '../vfs/overlayFs.ts';
import { ProcFs } from '../vfs/procFs.ts';
import { SysFs } from '../vfs/sysFs.ts';
import type { WaitQueue } from '../waitQueue.ts';
import { caller, existing } from './context.ts';

// ---- users ----

export function* credentials(): Sim<Credentials> {
  return (yield* caller()).credentials;
}

export function* setCredentials(change: Partial<Credentials>): Sim<void> {
  const process = yield* caller();
  const now = process.credentials;
  const next = { ...now, ...change };
  const uids = [now.uid, now.euid];
  const gids = [now.gid, now.egid];
  if (!process.can('CAP_SETUID') && (!uids.includes(next.uid) || !uids.includes(next.euid))) throw new Errno('EPERM');
  if (!process.can('CAP_SETGID') && (!gids.includes(next.gid) || !gids.includes(next.egid) || change.groups)) throw new Errno('EPERM');
  process.credentials = next;
  if (now.euid === 0 && next.euid !== 0) process.capabilities = NO_CAPABILITIES;
  else if (now.euid !== 0 && next.euid === 0) process.capabilities = process.bounding;
}

/** Whether the caller has a capability in effect: capabilities(7). */
export function* capable(capability: string): Sim<boolean> {
  return (yield* caller()).can(capability);
}

export function* getrlimit(resource: string): Sim<{ readonly soft: number; readonly hard: number }> {
  return (yield* caller()).rlimits.get(resource) ?? { soft: Number.POSITIVE_INFINITY, hard: Number.POSITIVE_INFINITY };
}

export function* setrlimit(resource: string, soft: number, hard: number): Sim<void> {
  const process = yield* caller();
  const old = process.rlimits.get(resource);
  if (soft > hard) throw new Errno('EINVAL');
  if (old && hard > old.hard && !process.can('CAP_SYS_RESOURCE')) throw new Errno('EPERM');
  process.rlimits.set(resource, { soft, hard });
  if (resource === 'nofile') process.fds.limit = soft;
}

// ---- time and chance ----

export function* sleep(microseconds: number): Sim<void> {
  const { scheduler } = (yield* caller()).kernel;
  const deadline = scheduler.now + Math.max(0, Math.round(microseconds));
  while (scheduler.now < deadline) yield* interruptibleWait([], deadline);
}

export function* now(): Sim<SimTime> {
  return (yield* caller()).kernel.scheduler.now;
}

export function* wallClock(): Sim<number> {
  return (yield* caller()).kernel.wallClock();
}

/** `stream`: numbers of a sequence that only those who name it draw from, so that it does not hang on what else goes on. */
export function* randomBytes(count: number, stream?: string): Sim<Uint8Array> {
  return rngOf((yield* caller()).kernel.scheduler, stream).bytes(count);
}

export function* randomBelow(bound: number, stream?: string): Sim<number> {
  return rngOf((yield* caller()).kernel.scheduler, stream).below(bound);
}

function rngOf(scheduler: Scheduler, stream: string | undefined): Rng {
  return stream === undefined ? scheduler.rng : scheduler.stream(stream);
}

export function waitOn(queues: WaitQueue | readonly WaitQueue[], timeout?: number): Sim<boolean> {
  return interruptibleWait(queues, undefined, timeout);
}

// ---- namespaces ----

export function* unshare(kinds: readonly NamespaceKind[]): Sim<void> {
  const process = yield* caller();
  if (!process.can('CAP_SYS_ADMIN') && !kinds.includes('user')) throw new Errno('EPERM');
  const { kernel } = process;
  const ns = { ...process.namespaces };
  for (const kind of kinds) {
    const id = kernel.nextId();
    if (kind === 'mnt') enterMounts(process, ns, id);
    else if (kind === 'pid') process.pidNamespaceForChildren = new PidNamespace(id, process.namespaces.pid, PID_MAX);
    else if (kind === 'net') ns.net = kernel.createNetNamespace();
    else if (kind === 'uts') ns.uts = new UtsNamespace(id, process.namespaces.uts.hostname);
    else ns[kind] = new PlainNamespace(id);
  }
  process.namespaces = ns;
}

function enterMounts(process: Process, ns: Process['namespaces'], id: number): void {
  const mounts = process.namespaces.mnt.clone(id);
  process.root = mounts.translate(process.root);
  process.cwd = mounts.translate(process.cwd);
  ns.mnt = mounts;
}

/** Moves a process into another's namespaces; with 'mnt' also to its root. */
export function joinNamespaces(process: Process, target: Process, kinds: readonly NamespaceKind[]): void {
  const ns = { ...process.namespaces };
  for (const kind of kinds) {
    if (kind === 'pid') process.pidNamespaceForChildren = target.namespaces.pid;
    else (ns as Record<NamespaceKind, unknown>)[kind] = target.namespaces[kind];
    if (kind === 'mnt') {
      process.root = target.root;
      process.cwd = target.root;
    }
  }
  process.namespaces = ns;
}

// ---- mounts ----

export function* mount(source: string, target: string, type: string, options: MountOptions = {}): Sim<void> {
  const process = yield* caller();
  if (!process.can('CAP_SYS_ADMIN')) throw new Errno('EPERM', target);
  mountOn(process, source, target, type, options);
}

/** mount(2) on behalf of a process, without asking for rights (the runtime sets a container up with it). */
export function mountOn(process: Process, source: string, target: string, type: string, options: MountOptions): void {
  const at = existing(process, target);
  const path = pathOf(process, at);
  const flags = [options.readonly ? 'ro' : 'rw', ...(options.flags ?? []), 'relatime'];
  const info = { source, type, path, options: flags, readonly: options.readonly ?? false };
  const mounts = process.namespaces.mnt;
  if (options.remount) {
    at.mount.readonly = options.readonly ?? false;
    (at.mount as { options: readonly string[] }).options = [flags[0], ...at.mount.options.slice(1)];
    return;
  }
  if (options.bind) {
    const from = existing(process, source);
    if (from.inode.isDirectory !== at.inode.isDirectory) throw new Errno('ENOTDIR', target);
    mounts.add(at, from.inode, {
      ...info,
      source: from.mount.source,
      type: from.mount.type,
      rootPath: pathOf({ root: { ...from, inode: from.mount.root, parent: undefined, name: '/' } }, from),
    });
    return;
  }
  if (!at.inode.isDirectory) throw new Errno('ENOTDIR', target);
  const fs = makeFileSystem(process, type, options);
  const extra = type === 'tmpfs' && options.size ? [`size=${options.size / 1024}k`] : [];
  mounts.add(at, fs.root, { ...info, source: source === '' ? type : source, options: [...flags, ...extra] });
}

/** A queue has no blocks to count. */
const NO_SIZE = { bytes: 0, inodes: 0, usedBytes: 0, usedInodes: 0 };

function makeFileSystem(process: Process, type: string, options: MountOptions): FileSystem {
  const { kernel } = process;
  const device = kernel.nextDevice();
  const now = kernel.wallClock();
  switch (type) {
    case 'tmpfs':
      return new MemFs({ type, device, capacity: options.size ?? kernel.memoryBytes / 2, mode: options.mode ?? 0o1777, now });
    case 'mqueue':
      return new MemFs({ type, device, capacity: 1 << 20, shown: NO_SIZE, mode: 0o1777, now });
    case 'devtmpfs':
      return kernel.createDev(now);
    case 'proc':
      return new ProcFs(kernel, device, process.pidNamespaceForChildren);
    case 'sysfs':
    case 'cgroup2':
      return new SysFs(kernel, device, type);
    case 'devpts':
      return new DevPtsFs(device, () => kernel.wallClock());
    case 'overlay': {
      const upper = options.upper === undefined ? undefined : realInode(existing(process, options.upper).inode);
      return new OverlayFs({ device, upper, lowers: (options.lower ?? []).map((path) => existing(process, path).inode) });
    }
    default:
      throw new Errno('ENODEV', type);
  }
}

function realInode(inode: unknown): MemInode {
  if (inode instanceof OverlayInode) return inode.copyUp();
  if (inode instanceof MemInode) return inode;
  throw new Errno('EINVAL');
}

export function* umount(target: string): Sim<void> {
  const process = yield* caller();
  if (!process.can('CAP_SYS_ADMIN')) throw new Errno('EPERM', target);
  process.namespaces.mnt.remove(existing(process, target));
}

export function* gethostname(): Sim<string> {
  return (yield* caller()).namespaces.uts.hostname;
}

export function* sethostname(name: string): Sim<void> {
  const process = yield* caller();
  if (!process.can('CAP_SYS_ADMIN')) throw new Errno('EPERM');
  process.namespaces.uts.hostname = name;
}

export function* uname(): Sim<UtsName> {
  const { kernel, namespaces } = yield* caller();
  return { sysname: 'Linux', nodename: namespaces.uts.hostname, release: kernel.release, version: kernel.version, machine: 'x86_64' };
}
