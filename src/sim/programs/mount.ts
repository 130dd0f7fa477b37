/** mount(8) and umount(8) on the caller's own mount namespace. */
import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import {
  credentials,
  lstatOrNull,
  type MountOptions,
  mount as mountCall,
  readText,
  realpath,
  statOrNull,
  umount as umountCall,
  write,
} from '../kernel/syscalls.ts';
import { UsageError } from './lib/failure.ts';
import { parseSize } from './lib/numbers.ts';
import { parseOptions } from './lib/options.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'aBfFlM:no:O:rRt:vwU:L:T:',
  long: {
    all: 'a',
    bind: 'B',
    rbind: 'R',
    move: 'move',
    options: 'o:',
    'read-only': 'r',
    'read-write': 'w',
    types: 't:',
    verbose: 'v',
    fake: 'f',
    'make-private': 'propagation',
    'make-rprivate': 'propagation',
    'make-shared': 'propagation',
    'make-rshared': 'propagation',
    'make-slave': 'propagation',
    'make-rslave': 'propagation',
    source: 'source:',
    target: 'target:',
    mkdir: 'mkdir',
  },
  usage: '[-lhV]\n-a [options]\n[options] [--source] <source> | [--target] <directory>\n[options] <source> <directory>',
  about: 'Attaches a file system, or lists what is attached.',
  version: 'util-linux 2.38.1)',
};

interface Mounted {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  readonly options: string;
}

/** What /proc/self/mounts lists. */
export function* readMounts(): Sim<readonly Mounted[]> {
  return (yield* readText('/proc/self/mounts'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split(' '))
    .map(([source, target, type, options]) => ({ source, target: target.replaceAll('\\040', ' '), type, options }));
}

/** The status is 32 for a failed mount, 1 for a wrong call. */
export function* mount(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, SPEC);
  const words = (o.value('o') ?? '').split(',').filter((word) => word !== '');
  const bind = o.has('B') || o.has('R') || words.includes('bind') || words.includes('rbind');
  const remount = words.includes('remount');
  const operands = [...(o.has('source') ? [o.value('source')!] : []), ...o.operands, ...(o.has('target') ? [o.value('target')!] : [])];
  if (operands.length === 0) {
    if (o.has('a')) return 0;
    const type = o.value('t');
    for (const m of yield* readMounts())
      if (type === undefined || type.split(',').includes(m.type))
        yield* t.print(`${m.source} on ${m.target} type ${m.type} (${m.options})\n`);
    return 0;
  }
  if (o.has('propagation')) return 0;
  if (operands.length > 2) {
    if (t.busybox) throw new UsageError('');
    yield* write(2, "mount: bad usage\nTry 'mount --help' for more information.\n");
    return 1;
  }
  const target = operands.at(-1)!;
  if (operands.length === 1 && !remount) {
    yield* write(2, t.busybox ? `mount: can't find ${target} in /etc/fstab\n` : `mount: ${target}: can't find in /etc/fstab.\n`);
    return 1;
  }
  const refuse = function* (why: string): Sim<number> {
    yield* write(
      2,
      t.busybox
        ? `mount: mounting ${operands[0]} on ${target} failed: ${why}\n`
        : `mount: ${target}: ${why}.\n       dmesg(1) may have more information after failed mount system call.\n`,
    );
    return t.busybox ? 255 : 32;
  };
  if ((yield* credentials()).euid !== 0) {
    yield* write(2, t.busybox ? 'mount: permission denied (are you root?)\n' : `mount: ${target}: must be superuser to use mount.\n`);
    return 1;
  }
  const type = o.value('t') ?? '';
  if (!(yield* statOrNull(target))) return yield* refuse(t.busybox ? 'No such file or directory' : 'mount point does not exist');
  if (!bind && !remount && type === '' && operands[0].startsWith('/')) {
    const source = yield* statOrNull(operands[0]);
    if (!source) return yield* refuse(t.busybox ? 'No such file or directory' : `special device ${operands[0]} does not exist`);
    return yield* refuse(t.busybox ? 'Block device required' : `${operands[0]} is not a block device`);
  }
  if (bind && !(yield* lstatOrNull(operands[0])))
    return yield* refuse(t.busybox ? 'No such file or directory' : `special device ${operands[0]} does not exist`);
  try {
    yield* mountCall(
      operands.length === 1 ? '' : operands[0],
      target,
      type || (bind ? 'none' : 'auto'),
      mountOptions(o.has('r') ? [...words, 'ro'] : words, bind, remount),
    );
    return 0;
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (t.busybox && error.code === 'EPERM') {
      yield* write(2, 'mount: permission denied (are you root?)\n');
      return 1;
    }
    if (t.busybox) return yield* refuse(error.message);
    if (error.code === 'EPERM') return yield* refuse('permission denied');
    if (error.code === 'ENODEV') return yield* refuse(`unknown filesystem type '${type || 'auto'}'`);
    return yield* refuse(error.code === 'ENOTDIR' ? 'mount point is not a directory' : error.message);
  }
}

function mountOptions(words: readonly string[], bind: boolean, remount: boolean): MountOptions {
  const value = (name: string) => words.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  const size = value('size');
  const mode = value('mode');
  const lower = value('lowerdir');
  return {
    readonly: words.includes('ro'),
    bind,
    recursive: words.includes('rbind'),
    remount,
    ...(size === undefined ? {} : { size: parseSize(size.toUpperCase()) ?? undefined }),
    ...(mode === undefined ? {} : { mode: Number.parseInt(mode, 8) }),
    ...(lower === undefined ? {} : { lower: lower.split(':'), upper: value('upperdir'), work: value('workdir') }),
  };
}

/** umount [-l] [-f] TARGET... */
export function* umount(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, {
    short: 'aAcdfilnO:rRqt:v',
    long: { all: 'a', lazy: 'l', force: 'f', recursive: 'R', quiet: 'q', types: 't:', verbose: 'v' },
    usage: '[-hV]\n-a [options]\n[options] <source> | <directory>',
    about: 'Detaches file systems.',
    version: 'util-linux 2.38.1)',
  });
  if (o.operands.length === 0) {
    if (t.busybox) throw new UsageError('');
    yield* write(2, "umount: bad usage\nTry 'umount --help' for more information.\n");
    return 1;
  }
  let status = 0;
  for (const word of o.operands) {
    const mounts = yield* readMounts();
    const bare = word.length > 1 ? word.replace(/\/+$/, '') : word;
    const there = yield* statOrNull(word);
    const path = there ? yield* realpath(word) : bare;
    const found = mounts.findLast((m) => m.target === path || m.source === bare);
    let why: string | undefined;
    if (!found && !there) why = t.busybox ? 'No such file or directory' : 'no mount point specified';
    else if ((yield* credentials()).euid !== 0) why = t.busybox ? 'Operation not permitted' : 'must be superuser to unmount';
    else if (!found) why = t.busybox ? 'Invalid argument' : 'not mounted';
    else {
      try {
        yield* umountCall(found.target);
      } catch (error) {
        if (!isErrno(error)) throw error;
        why = error.code === 'EBUSY' && !t.busybox ? 'target is busy' : error.message;
      }
    }
    if (why === undefined) continue;
    status = t.busybox ? 1 : 32;
    yield* write(2, t.busybox ? `umount: can't unmount ${word}: ${why}\n` : `umount: ${word}: ${why}.\n`);
  }
  return status;
}

export const programs: readonly Program[] = [tool('mount', mount, { shortName: true }), tool('umount', umount, { shortName: true })];
