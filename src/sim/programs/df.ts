import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { readText, realpath, type StatFs, stat, statfs } from '../kernel/syscalls.ts';
import { humanReadable, inUnits } from './lib/busyboxSizes.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { humanSize, parseSize } from './lib/numbers.ts';
import { type ParsedOptions, parseOptions } from './lib/options.ts';
import { fileName, quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'aB:hHiklmPTt:x:v',
  long: {
    all: 'a',
    'block-size': 'B:',
    'human-readable': 'h',
    si: 'H',
    inodes: 'i',
    local: 'l',
    portability: 'P',
    'print-type': 'T',
    type: 't:',
    'exclude-type': 'x:',
    total: 'total',
    output: 'output::',
    sync: 'sync',
    'no-sync': 'no-sync',
  },
  usage: '[OPTION]... [FILE]...',
  about: 'Shows how much space the file systems have.',
};

interface Row {
  readonly source: string;
  readonly type: string;
  readonly target: string;
  readonly file: string;
  readonly info: StatFs;
  readonly total?: boolean;
}

/** File systems without a size of their own; df leaves them out unless asked with -a. */
const DUMMY = new Set(['proc', 'sysfs', 'devpts', 'cgroup', 'cgroup2', 'mqueue', 'securityfs', 'debugfs', 'tracefs', 'nsfs', 'bpf']);

/** df(1), from the caller's /proc/self/mounts. */
export function* df(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  if (t.busybox && o.has('H')) throw new UsageError("invalid option -- 'H'");
  const show = sizes(o, t.busybox);
  const columns = chosenColumns(o, t, show.header);
  let rows = yield* mountRows(t, o);
  rows = rows.filter(
    (row) =>
      o.options.every(([key, value]) => key !== 'x' || value !== row.type) &&
      (!o.has('t') || o.options.some(([key, value]) => key === 't' && value === row.type)),
  );
  if (rows.length === 0 && !t.busybox) {
    if (t.status === 0) yield* t.error('no file systems processed');
    return;
  }
  if (o.has('total')) rows = [...rows, sumOf(rows)];
  const table = [columns.map((c) => c.header), ...rows.map((row) => columns.map((c) => c.cell(row, show.size)))];
  yield* t.print(t.busybox ? busyboxTable(table, o.has('T'), o.has('P')) : gnuTable(table, columns));
}

function sizes(o: ParsedOptions, busybox: boolean): { readonly header: string; readonly size: (bytes: number) => string } {
  let scale: string | number = 1024;
  for (const [key, value] of o.options) {
    if (key === 'h' || key === 'H') scale = key;
    else if (key === 'k') scale = 1024;
    else if (key === 'm') scale = 1024 * 1024;
    else if (key === 'B') {
      const n = /^[KMGTPEZY]/i.test(value) ? parseSize(`1${value}`) : parseSize(value);
      if (n === null || n === 0)
        throw new Fatal(`invalid --block-size argument '${value}'`.replace(/--block-size(?= arg)/, o.has('B') ? '-B' : '$&'));
      scale = n;
    }
  }
  if (scale === 'h' || scale === 'H')
    return busybox
      ? { header: 'Size', size: humanReadable }
      : { header: 'Size', size: (bytes) => humanSize(Math.max(0, bytes), scale === 'h' ? 1024 : 1000) };
  const unit = scale as number;
  const asked = o.value('B');
  const word = asked !== undefined && /^[KMGTPEZY]/i.test(asked) ? `1${asked}` : unitWord(unit);
  const header = o.has('P') ? `${unit}-blocks` : busybox ? `${unit === 1024 * 1024 ? '1M' : '1K'}-blocks` : `${word}-blocks`;
  return { header, size: (bytes) => (busybox ? inUnits(bytes, unit) : String(Math.ceil(bytes / unit))) };
}

function unitWord(unit: number): string {
  for (const [letter, n] of [
    ['G', 1024 ** 3],
    ['M', 1024 ** 2],
    ['K', 1024],
  ] as const)
    if (unit % n === 0) return `${unit / n}${letter}`;
  return `${unit}B`;
}

interface Column {
  readonly header: string;
  readonly right: boolean;
  /** Least width. */
  readonly width: number;
  readonly cell: (row: Row, size: (bytes: number) => string) => string;
}

const used = (info: StatFs) => info.totalBytes - info.freeBytes;
/** BusyBox rounds to the nearest percent where GNU rounds up. */
const roundedPercent = (part: number, whole: number) => `${whole === 0 ? 0 : Math.floor((100 * part + Math.floor(whole / 2)) / whole)}%`;
const percent = (part: number, whole: number) => (whole === 0 ? '-' : `${Math.ceil((100 * part) / whole)}%`);

const FIELDS: Readonly<Record<string, Column>> = {
  source: { header: 'Filesystem', right: false, width: 14, cell: (r) => r.source },
  fstype: { header: 'Type', right: false, width: 4, cell: (r) => r.type },
  itotal: { header: 'Inodes', right: true, width: 5, cell: (r) => String(r.info.inodes) },
  iused: { header: 'IUsed', right: true, width: 5, cell: (r) => String(r.info.inodes - r.info.freeInodes) },
  iavail: { header: 'IFree', right: true, width: 5, cell: (r) => String(r.info.freeInodes) },
  ipcent: { header: 'IUse%', right: true, width: 4, cell: (r) => percent(r.info.inodes - r.info.freeInodes, r.info.inodes) },
  size: { header: 'Size', right: true, width: 5, cell: (r, size) => size(r.info.totalBytes) },
  used: { header: 'Used', right: true, width: 5, cell: (r, size) => size(used(r.info)) },
  avail: { header: 'Avail', right: true, width: 5, cell: (r, size) => size(r.info.freeBytes) },
  pcent: { header: 'Use%', right: true, width: 4, cell: (r) => percent(used(r.info), r.info.totalBytes) },
  file: { header: 'File', right: false, width: 1, cell: (r) => r.file },
  target: { header: 'Mounted on', right: false, width: 1, cell: (r) => r.target },
};

function chosenColumns(o: ParsedOptions, t: Tool, sizeHeader: string): readonly Column[] {
  if (o.has('output')) {
    for (const [key, letter] of [
      ['i', 'i'],
      ['P', 'P'],
      ['T', 'T'],
    ])
      if (o.has(key)) throw new UsageError(`options -${letter} and --output are mutually exclusive`);
    const names = o.value('output') === '' ? Object.keys(FIELDS) : o.value('output')!.split(',');
    return names.map((name, i) => {
      if (!Object.hasOwn(FIELDS, name)) throw new UsageError(`option --output: field ${quote(name)} unknown`);
      if (names.indexOf(name) !== i) throw new UsageError(`option --output: field ${quote(name)} used more than once`);
      return name === 'size' ? { ...FIELDS.size, header: sizeHeader } : FIELDS[name];
    });
  }
  const type = o.has('T') ? [FIELDS.fstype] : [];
  if (o.has('i') && t.busybox)
    return [
      FIELDS.source,
      ...type,
      FIELDS.itotal,
      { ...FIELDS.iused, header: 'Used' },
      { ...FIELDS.iavail, header: 'Available' },
      { ...FIELDS.ipcent, header: 'Use%', cell: (r) => roundedPercent(r.info.inodes - r.info.freeInodes, r.info.inodes) },
      FIELDS.target,
    ];
  if (o.has('i')) return [FIELDS.source, ...type, FIELDS.itotal, FIELDS.iused, FIELDS.iavail, FIELDS.ipcent, FIELDS.target];
  const human = sizeHeader === 'Size';
  const portable = o.has('P');
  return [
    FIELDS.source,
    ...type,
    { ...FIELDS.size, header: sizeHeader },
    FIELDS.used,
    { ...FIELDS.avail, header: human && !t.busybox ? 'Avail' : 'Available' },
    {
      ...FIELDS.pcent,
      header: portable ? 'Capacity' : 'Use%',
      ...(t.busybox ? { cell: (r: Row) => roundedPercent(used(r.info), r.info.totalBytes) } : {}),
    },
    FIELDS.target,
  ];
}

interface Mounted {
  readonly source: string;
  readonly target: string;
  readonly type: string;
  /** What of its file system is mounted: '/' unless it is bound. */
  readonly root: string;
}

/** The caller's mounts, by proc_pid_mountinfo(5). */
function* mountTable(): Sim<readonly Mounted[]> {
  return (yield* readText('/proc/self/mountinfo'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [front, back] = line.split(' - ');
      const [, , , root, target] = front.split(' ');
      const [type, source] = back.split(' ');
      return { source, target: target.replaceAll('\\040', ' '), type, root };
    });
}

/** The mounts, or those that hold the operands. */
function* mountRows(t: Tool, o: ParsedOptions): Sim<readonly Row[]> {
  const mounts = yield* mountTable();
  const rows: Row[] = [];
  if (o.operands.length > 0) {
    for (const file of o.operands) {
      try {
        const path = yield* realpath(file);
        yield* stat(file);
        const mount = mounts.findLast((m) => m.target === '/' || path === m.target || path.startsWith(`${m.target}/`));
        if (mount) rows.push({ ...mount, file, info: yield* statfs(file) });
      } catch (error) {
        if (!isErrno(error)) throw error;
        yield* t.error(t.busybox ? `${file}: can't find mount point` : `${fileName(file)}: ${error.message}`);
      }
    }
    return rows;
  }
  const everything = o.has('a');
  for (const mount of t.busybox || everything ? mounts : yield* onePerDevice(mounts)) {
    if (!everything && !t.busybox && DUMMY.has(mount.type)) continue;
    try {
      const info = yield* statfs(mount.target);
      if (everything || info.totalBytes > 0) rows.push({ ...mount, file: '-', info });
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (error.code !== 'EACCES') yield* t.error(`${fileName(mount.target)}: ${error.message}`);
    }
  }
  return rows;
}

/**
 * What filter_mount_list of coreutils keeps: of the mounts of one device the one with a device's name, else the one that is
 * mounted nearest to the root, unless it shows a part that lies deeper. BusyBox shows them all.
 */
function* onePerDevice(mounts: readonly Mounted[]): Sim<readonly Mounted[]> {
  const kept = new Map<number | string, Mounted>();
  for (const mount of mounts) {
    let key: number | string = mount.target;
    try {
      key = (yield* stat(mount.target)).dev;
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
    const seen = kept.get(key);
    const wins =
      !seen ||
      (mount.source.includes('/') && !seen.source.includes('/')) ||
      (seen.target.length > mount.target.length && seen.root.length >= mount.root.length) ||
      (seen.source !== mount.source && seen.target === mount.target);
    if (wins) kept.set(key, mount);
  }
  return [...kept.values()];
}

function sumOf(rows: readonly Row[]): Row {
  const sum = (key: 'totalBytes' | 'freeBytes' | 'inodes' | 'freeInodes') => rows.reduce((n, row) => n + row.info[key], 0);
  return {
    source: 'total',
    type: '-',
    target: '-',
    file: '-',
    info: { type: '-', totalBytes: sum('totalBytes'), freeBytes: sum('freeBytes'), inodes: sum('inodes'), freeInodes: sum('freeInodes') },
  };
}

function gnuTable(table: readonly (readonly string[])[], columns: readonly Column[]): string {
  const widths = columns.map((c, i) => Math.max(c.width, ...table.map((row) => row[i].length)));
  return table
    .map((row) =>
      row
        .map((cell, i) => (columns[i].right ? cell.padStart(widths[i]) : i === row.length - 1 ? cell : cell.padEnd(widths[i])))
        .join(' ')
        .concat('\n'),
    )
    .join('');
}

/** BusyBox has fixed widths; a long device name gets a line of its own, unless the output is to be portable. */
function busyboxTable([heads, ...rows]: readonly (readonly string[])[], withType: boolean, portable: boolean): string {
  const [size, , , part] = heads.slice(withType ? 2 : 1);
  const blocks = { Size: '     Size', Inodes: '   Inodes' }[size] ?? size;
  let out = `Filesystem           ${withType ? 'Type       ' : ''}${blocks.padEnd(15)}Used Available ${part} Mounted on\n`;
  for (const [source, ...rest] of rows) {
    const type = withType ? ` ${rest.shift()!.padEnd(10)}` : '';
    const [total, usedSpace, free, percentUsed, target] = rest;
    const name = source.length > 20 && !portable ? `${source}\n${' '.repeat(20)}` : source.padEnd(20);
    out += `${name}${type} ${total.padStart(9)} ${usedSpace.padStart(9)} ${free.padStart(9)} ${percentUsed.padStart(4)} ${target}\n`;
  }
  return out;
}

export const program = tool('df', df);
