/**
 * What a world is made of, as hashes that two worlds share only if they are in the same state: the proof that a replay led to
 * the same place, and where it did not. The text that is hashed is canonical: names are sorted, so that it does not tell in
 * which order equal things were made.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { DAEMON_TABLES, type DaemonTables } from '../daemon/records.ts';
import type { Process } from '../kernel/process/process.ts';
import { MemFs, type MemInode } from '../kernel/vfs/memFs.ts';
import { pathOf } from '../kernel/vfs/mounts.ts';
import { toHex } from '../lib/bytes.ts';
import type { RecordStore } from '../lib/records.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { NetStack } from '../net/stack.ts';
import type { Machine } from './machine.ts';
import type { World } from './world.ts';

export interface Fingerprint {
  /** Virtual time, steps taken, scheduling decisions and random draws. */
  readonly clock: string;
  readonly machines: Readonly<Record<string, MachineFingerprint>>;
  /** Of all of the above. */
  readonly whole: string;
}

export interface MachineFingerprint {
  readonly files: string;
  readonly processes: string;
  readonly records: string;
  readonly network: string;
}

/** Walks all of a world's state: not for every frame. */
export function fingerprint(world: World): Fingerprint {
  const { now, steps, hash } = world.scheduler;
  const clock = `${now} ${steps} ${hash.toString(16)}`;
  const machines = Object.fromEntries(
    [...world.machines].map(([name, machine]) => [name, machineFingerprint(machine, world.dockers.get(name)!.records)]),
  );
  return { clock, machines, whole: hashLines([clock, JSON.stringify(machines)]) };
}

function machineFingerprint(machine: Machine, records: RecordStore<DaemonTables>): MachineFingerprint {
  const processes = machine.kernel.processes();
  return {
    files: hashLines(fileLines(machine, processes)),
    processes: hashLines(processes.map(processLine)),
    records: hashLines(
      DAEMON_TABLES.flatMap((table) =>
        records
          .all(table)
          .map((record) => `${table} ${canonical(record)}`)
          .sort(byCodeUnit),
      ),
    ),
    network: hashLines(networkLines(machine, processes)),
  };
}

function hashLines(lines: Iterable<string>): string {
  const hash = sha256.create();
  for (const line of lines) hash.update(encodeUtf8(`${line}\n`));
  return toHex(hash.digest()).slice(0, 32);
}

/** Every file of every file system in memory that some process can reach. What proc and its like make up is not state. */
function* fileLines(machine: Machine, processes: readonly Process[]): Generator<string> {
  const systems = new Set<MemFs>();
  for (const namespace of new Set([machine.kernel.namespaces.mnt, ...processes.map((p) => p.namespaces.mnt)])) {
    for (const { root } of namespace.mounts) if (root.fs instanceof MemFs) systems.add(root.fs);
  }
  for (const fs of [...systems].sort((a, b) => a.device - b.device)) {
    yield `file system ${fs.device} ${fs.type} ${fs.used}`;
    yield* treeLines(fs.root, '');
  }
}

function* treeLines(inode: MemInode, path: string): Generator<string> {
  const { mode, uid, gid, nlink, rdev, size, mtime, ctime } = inode;
  const content = inode.isFile ? toHex(sha256(inode.contents())) : inode.isSymlink ? inode.readlink() : '';
  const extended = [...(inode.xattrs ?? [])].map(([name, value]) => `${name}=${value}`).sort(byCodeUnit);
  yield [path, mode.toString(8), uid, gid, nlink, rdev, size, mtime, ctime, content, ...extended].join(' ');
  if (!inode.children) return;
  for (const [name, child] of [...inode.children].sort((a, b) => byCodeUnit(a[0], b[0]))) yield* treeLines(child, `${path}/${name}`);
}

function processLine(process: Process): string {
  const { argv, comm, exe, state, credentials, umask, nice, memory, startedAt, cpuTime, env, pending } = process;
  return canonical({
    pid: process.hostPid,
    parent: process.parent?.hostPid ?? 0,
    session: process.session.hostPid,
    group: process.group.hostPid,
    argv,
    comm,
    exe,
    state,
    credentials,
    umask,
    nice,
    memory,
    startedAt,
    cpuTime,
    pending,
    env: Object.fromEntries(env),
    cwd: process.alive ? pathOf(process, process.cwd) : '',
    cgroup: process.cgroup.path,
    files: process.fds.list().map(([fd, file]) => `${fd} ${file.name}`),
  });
}

/** Interfaces, addresses, routes, sockets and address translation of every namespace. */
function* networkLines(machine: Machine, processes: readonly Process[]): Generator<string> {
  const stacks = new Set([machine.stack, ...processes.map((p) => p.namespaces.net.stack).filter((s) => s instanceof NetStack)]);
  for (const stack of stacks) {
    yield `stack ${stack.label} ${stack.forwarding}`;
    for (const device of stack.interfaces) {
      const { name, mac, up, mtu, addresses } = device;
      yield canonical({ name, mac, up, mtu, addresses });
    }
    for (const [name, text] of Object.entries(stack.files())) yield `${name}\n${text()}`;
    for (const { proto, hostAddress, hostPort, toAddress, toPort } of stack.nat.dnat)
      yield `dnat ${proto} ${hostAddress}:${hostPort} ${toAddress}:${toPort}`;
    for (const { source, bridge } of stack.nat.masquerade) yield `masquerade ${canonical(source)} ${bridge.name}`;
  }
}

/** JSON with the members of objects in the order of their names. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint') return `${part}n`;
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort((a, b) => byCodeUnit(a[0], b[0])));
  });
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
