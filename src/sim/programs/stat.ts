import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { fstat, lstat, readlink, S_IFBLK, S_IFCHR, S_IFLNK, S_IFMT, type Stat, stat as statCall, statfs } from '../kernel/syscalls.ts';
import { timeZone } from './date.ts';
import { formatTime, type TimeZone } from './lib/calendar.ts';
import { escapes } from './lib/escapes.ts';
import { UsageError } from './lib/failure.ts';
import { fileTypeName, modeString } from './lib/mode.ts';
import { parseOptions } from './lib/options.ts';
import { fileName, quoteAlways } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';
import { readUsers, type UserTable } from './lib/users.ts';

const SPEC = {
  short: 'c:fLt',
  long: { format: 'c:', printf: 'printf:', 'file-system': 'f', dereference: 'L', terse: 't', cached: 'cached:' },
  usage: '[OPTION]... FILE...',
  about: 'Shows what the system knows about a file, or with -f about its file system.',
};

const TIME = '%Y-%m-%d %H:%M:%S.%N %z';

function pad(text: string, flags: string, width: number | undefined, precision: number | undefined, numeric: boolean): string {
  let shown = precision !== undefined && !numeric ? text.slice(0, precision) : text;
  if (numeric && flags.includes('+') && !shown.startsWith('-')) shown = `+${shown}`;
  if (width === undefined) return shown;
  if (flags.includes('-')) return shown.padEnd(width);
  return flags.includes('0') && numeric ? shown.padStart(width, '0') : shown.padStart(width);
}

function expand(
  format: string,
  replace: (directive: string, flags: string, width: number | undefined, precision: number | undefined) => string,
): string {
  return format.replace(
    /%([-+ #0'I]*)(\d*)(?:\.(\d*))?((?:[HL](?=[dr]))?[a-zA-Z%])/g,
    (_, flags: string, width: string, precision: string | undefined, c: string) =>
      c === '%'
        ? '%'
        : replace(c, flags, width === '' ? undefined : Number(width), precision === undefined ? undefined : Number(precision)),
  );
}

/** Shows inodes. */
export function* stat(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  if (o.operands.length === 0) throw new UsageError(t.busybox ? '' : 'missing operand');
  const users = yield* readUsers();
  const zone = yield* timeZone();
  const printf = o.value('printf');
  const format = o.value('c') ?? printf;
  for (const path of o.operands) {
    try {
      if (o.has('f')) {
        yield* t.print(yield* fileSystem(path, format, o.has('t'), t.busybox));
        if (format !== undefined && printf === undefined) yield* t.print('\n');
        continue;
      }
      const info = path === '-' ? yield* fstat(0) : yield* o.has('L') ? statCall(path) : lstat(path);
      const link = (info.mode & S_IFMT) === S_IFLNK ? yield* readlink(path) : undefined;
      if (format !== undefined) {
        // The byte escapes of --printf must not touch the file's own name.
        const template = printf !== undefined ? escapes(format, 'format').out : format;
        yield* t.print(
          expand(template, (c, flags, width, precision) => field(c, flags, width, precision, { path, info, link, users, zone })) +
            (printf === undefined ? '\n' : ''),
        );
      } else if (o.has('t')) {
        yield* t.print(
          `${expand(t.busybox ? '%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %o' : '%n %s %b %f %u %g %D %i %h %t %T %X %Y %Z %W %o', (c, f, w, p) => field(c, f, w, p, { path, info, link, users, zone }))}\n`,
        );
      } else yield* t.print(full(path, info, link, users, zone, t.busybox));
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (o.has('f')) yield* t.error(`cannot read file system information for ${quoteAlways(path)}: ${error.message}`);
      else yield* t.error(t.busybox ? `can't stat '${path}': ${error.message}` : `cannot statx ${quoteAlways(path)}: ${error.message}`);
    }
  }
}

interface Subject {
  readonly path: string;
  readonly info: Stat;
  readonly link: string | undefined;
  readonly users: UserTable;
  readonly zone: TimeZone;
}

function field(c: string, flags: string, width: number | undefined, precision: number | undefined, s: Subject): string {
  const { info } = s;
  const number = (n: number | string): string => pad(String(n), flags, width, precision, true);
  const text = (v: string): string => pad(v, flags, width, precision, false);
  const seconds = (micros: number): string => {
    const whole = Math.floor(micros / 1e6);
    if (precision === undefined) return number(whole);
    return number(`${whole}.${`${String(micros - whole * 1e6).padStart(6, '0')}000`.slice(0, precision || 9)}`);
  };
  const major = Math.floor(info.rdev / 256);
  switch (c) {
    case 'a':
      return number((flags.includes('#') ? '0' : '') + (info.mode & 0o7777).toString(8));
    case 'A':
      return text(modeString(info.mode));
    case 'b':
      return number(info.blocks);
    case 'B':
      return number(512);
    case 'C':
      return text('?');
    case 'd':
      return number(info.dev);
    case 'D':
      return number(info.dev.toString(16));
    case 'Hd':
      return number(Math.floor(info.dev / 256));
    case 'Ld':
      return number(info.dev % 256);
    case 'f':
      return number(info.mode.toString(16));
    case 'F':
      return text(fileTypeName(info.mode, info.size));
    case 'g':
      return number(info.gid);
    case 'G':
      return text(s.users.groupById(info.gid)?.name ?? 'UNKNOWN');
    case 'h':
      return number(info.nlink);
    case 'i':
      return number(info.ino);
    case 'm':
      return text('/');
    case 'n':
      return text(s.path);
    case 'N':
      return text(quoteAlways(s.path) + (s.link === undefined ? '' : ` -> ${quoteAlways(s.link)}`));
    case 'o':
      return number(4096);
    case 'r':
      return number(info.rdev);
    case 'Hr':
      return number(major);
    case 'Lr':
      return number(info.rdev % 256);
    case 's':
      return number(info.size);
    case 't':
      return number(major.toString(16));
    case 'T':
      return number((info.rdev % 256).toString(16));
    case 'u':
      return number(info.uid);
    case 'U':
      return text(s.users.userById(info.uid)?.name ?? 'UNKNOWN');
    case 'w':
      return text(formatTime(TIME, info.ctime, s.zone));
    case 'W':
      return seconds(info.ctime);
    case 'x':
      return text(formatTime(TIME, info.atime, s.zone));
    case 'X':
      return seconds(info.atime);
    case 'y':
      return text(formatTime(TIME, info.mtime, s.zone));
    case 'Y':
      return seconds(info.mtime);
    case 'z':
      return text(formatTime(TIME, info.ctime, s.zone));
    case 'Z':
      return seconds(info.ctime);
    default:
      return '?';
  }
}

function full(path: string, info: Stat, link: string | undefined, users: UserTable, zone: TimeZone, busybox: boolean): string {
  const device = (info.mode & S_IFMT) === S_IFCHR || (info.mode & S_IFMT) === S_IFBLK;
  const dev = busybox ? `${info.dev.toString(16)}h/${info.dev}d` : `${Math.floor(info.dev / 256)},${info.dev % 256}`;
  const type = device ? `Device type: ${Math.floor(info.rdev / 256)},${info.rdev % 256}` : '';
  const name = fileName(path) + (link === undefined ? '' : ` -> ${fileName(link)}`);
  const time = (micros: number): string => formatTime(TIME, micros, zone);
  const id = (n: number, who: string): string => `(${String(n).padStart(5)}/${who.padStart(8)})`;
  return (
    `  File: ${busybox && link !== undefined ? `'${path}' -> '${link}'` : name}\n` +
    `  Size: ${String(info.size).padEnd(10)}\tBlocks: ${String(info.blocks).padEnd(10)} IO Block: ${'4096'.padEnd(6)} ${fileTypeName(info.mode, info.size)}\n` +
    `Device: ${dev}\tInode: ${String(info.ino).padEnd(busybox ? 10 : 11)}${busybox ? ' ' : ''} Links: ${type === '' ? info.nlink : `${String(info.nlink).padEnd(5)} ${type}`}\n` +
    `Access: (${(info.mode & 0o7777).toString(8).padStart(4, '0')}/${modeString(info.mode)})  Uid: ${id(info.uid, users.userById(info.uid)?.name ?? 'UNKNOWN')}   Gid: ${id(info.gid, users.groupById(info.gid)?.name ?? 'UNKNOWN')}\n` +
    `Access: ${time(info.atime)}\nModify: ${time(info.mtime)}\nChange: ${time(info.ctime)}\n${busybox ? '' : ` Birth: ${time(info.ctime)}\n`}`
  );
}

const MAGIC: Readonly<Record<string, readonly [name: string, id: string]>> = {
  overlay: ['overlayfs', '794c7630'],
  tmpfs: ['tmpfs', '1021994'],
  ext4: ['ext2/ext3', 'ef53'],
  proc: ['proc', '9fa0'],
  sysfs: ['sysfs', '62656572'],
  cgroup2: ['cgroup2fs', '63677270'],
  devpts: ['devpts', '1cd1'],
  mqueue: ['mqueue', '19800202'],
  devtmpfs: ['tmpfs', '1021994'],
};

function* fileSystem(path: string, format: string | undefined, terse: boolean, busybox: boolean): Sim<string> {
  const fs = yield* statfs(path);
  const [name, id] = MAGIC[fs.type] ?? [fs.type, '0'];
  const block = 4096;
  const blocks = Math.floor(fs.totalBytes / block);
  const free = Math.floor(fs.freeBytes / block);
  const values: Readonly<Record<string, string | number>> = {
    a: free,
    b: blocks,
    c: fs.inodes,
    d: fs.freeInodes,
    f: free,
    i: '0',
    l: 255,
    n: path,
    s: block,
    S: block,
    t: id,
    T: name,
  };
  if (format !== undefined || terse)
    return expand(format ?? '%n %i %l %t %s %S %b %f %a %c %d\n', (c, flags, width, precision) =>
      pad(String(values[c] ?? '?'), flags, width, precision, c !== 'n' && c !== 'T'),
    );
  if (busybox)
    return (
      `  File: "${path}"\n    ID: ${'0'.padEnd(8)} Namelen: ${'255'.padEnd(7)} Type: ${name}\nBlock size: ${String(block).padEnd(10)}\n` +
      `Blocks: Total: ${String(blocks).padEnd(10)} Free: ${String(free).padEnd(10)} Available: ${free}\nInodes: Total: ${String(fs.inodes).padEnd(10)} Free: ${fs.freeInodes}\n`
    );
  return (
    `  File: ${quoteAlways(path).replace(/^'|'$/g, '"')}\n    ID: ${'0'.padEnd(8)} Namelen: ${'255'.padEnd(7)} Type: ${name}\nBlock size: ${String(block).padEnd(10)} Fundamental block size: ${block}\n` +
    `Blocks: Total: ${String(blocks).padEnd(10)} Free: ${String(free).padEnd(10)} Available: ${free}\nInodes: Total: ${String(fs.inodes).padEnd(10)} Free: ${fs.freeInodes}\n`
  );
}

export const program = tool('stat', stat);
