/** What the machine is made of: getconf, hostid, sync, lscpu, lsblk, sysctl, dmesg. */
import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { capable, lstatOrNull, readdir, readText, S_IFDIR, S_IFMT, wallClock, writeFile } from '../kernel/syscalls.ts';
import { formatTime } from './lib/calendar.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { humanSize } from './lib/numbers.ts';
import { parseOptions } from './lib/options.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';
import { readMounts } from './mount.ts';
import { readSystem } from './procps/processTable.ts';

const CONF: Readonly<Record<string, string>> = {
  ARG_MAX: '2097152',
  CHILD_MAX: '15706',
  CLK_TCK: '100',
  HOST_NAME_MAX: '64',
  INT_MAX: '2147483647',
  LINE_MAX: '2048',
  LOGIN_NAME_MAX: '256',
  LONG_BIT: '64',
  NAME_MAX: '255',
  NGROUPS_MAX: '65536',
  OPEN_MAX: '1024',
  PAGESIZE: '4096',
  PAGE_SIZE: '4096',
  PATH: '/bin:/usr/bin',
  PATH_MAX: '4096',
  PIPE_BUF: '4096',
  GNU_LIBC_VERSION: 'glibc 2.36',
  GNU_LIBPTHREAD_VERSION: 'NPTL 2.36',
};

function* cpus(): Sim<number> {
  return [...(yield* readText('/proc/cpuinfo')).matchAll(/^processor/gm)].length;
}

/** getconf NAME: a limit of the system. */
export function* getconf(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, {
    short: '+av:',
    usage: '[-v SPEC] VAR\n[-v SPEC] PATH_VAR PATH',
    about: 'Prints a limit of the system.',
    version: 'Debian GLIBC 2.36-9+deb12u10) 2.36',
  });
  const n = String(yield* cpus());
  const all: Record<string, string> = { ...CONF, NPROCESSORS_CONF: n, NPROCESSORS_ONLN: n, _NPROCESSORS_CONF: n, _NPROCESSORS_ONLN: n };
  all._PHYS_PAGES = String(Math.floor(((yield* readSystem()).memory.get('MemTotal') ?? 0) / 4));
  if (o.has('a')) {
    for (const [name, value] of Object.entries(all)) yield* t.print(`${name.padEnd(34)} ${value}\n`);
    return 0;
  }
  if (o.operands.length === 0 || o.operands.length > 2) throw new UsageError('');
  const name = o.operands[0].replace(/^_POSIX_(?=ARG_MAX|OPEN_MAX)/, '');
  if (!Object.hasOwn(all, name)) throw new Fatal(`Unrecognized variable \`${o.operands[0]}'`, 2);
  yield* t.print(`${all[name]}\n`);
  return 0;
}

export function* hostid(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, { short: '', usage: '[OPTION]', about: 'Prints the number of this host.' });
  if (o.operands.length > 0) throw new UsageError(`extra operand ${quote(o.operands[0])}`);
  // glibc: from the address that the host's own name has.
  const line = (yield* readText('/etc/hosts')).split('\n').find((l) => /^(?!127\.)\d+\.\d+\.\d+\.\d+\s/.test(l));
  const [a, b, c, d] = (line?.split(/\s/)[0] ?? '127.0.1.1').split('.').map(Number);
  yield* t.print(`${[b, a, d, c].map((n) => n.toString(16).padStart(2, '0')).join('')}\n`);
}

/** Nothing is kept back here, so there is nothing to write out; missing files are told. */
export function* sync(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'df',
    long: { data: 'd', 'file-system': 'f' },
    usage: '[OPTION] [FILE]...',
    about: 'Writes what is cached to the disks.',
  });
  for (const file of o.operands) if (!(yield* lstatOrNull(file))) yield* t.error(`error opening '${file}': No such file or directory`);
}

export function* lscpu(t: Tool): Sim<void> {
  yield* parseOptions(t, {
    short: 'aJepbcx',
    long: { json: 'J' },
    usage: '[options]',
    about: 'Prints facts of the processors.',
    version: 'util-linux 2.38.1)',
  });
  const info = yield* readText('/proc/cpuinfo');
  const get = (name: string) => new RegExp(`^${name}\\s*: (.*)$`, 'm').exec(info)?.[1] ?? '';
  const n = yield* cpus();
  const rows: readonly (readonly [string, string])[] = [
    ['Architecture:', 'x86_64'],
    ['  CPU op-mode(s):', '32-bit, 64-bit'],
    ['  Byte Order:', 'Little Endian'],
    ['CPU(s):', String(n)],
    ['  On-line CPU(s) list:', n === 1 ? '0' : `0-${n - 1}`],
    ['Vendor ID:', get('vendor_id')],
    ['  Model name:', get('model name')],
    ['    CPU family:', get('cpu family')],
    ['    Model:', get('model')],
    ['    Thread(s) per core:', '1'],
    ['    Core(s) per socket:', String(n)],
    ['    Socket(s):', '1'],
    ['    Stepping:', get('stepping')],
    ['    BogoMIPS:', get('bogomips')],
    ['    Flags:', get('flags')],
  ];
  yield* t.print(rows.map(([name, value]) => `${name.padEnd(26)}${value}\n`).join(''));
}

/** Disks by /proc/partitions, with where they are mounted. */
export function* lsblk(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'abdfilmno:pPrtJ',
    long: { all: 'a', bytes: 'b', nodeps: 'd', fs: 'f', noheadings: 'n', output: 'o:', paths: 'p', list: 'l' },
    usage: '[options] [<device> ...]',
    about: 'Lists the disks and their parts.',
    version: 'util-linux 2.38.1)',
  });
  const mounts = yield* readMounts();
  const devices = (yield* readText('/proc/partitions'))
    .split('\n')
    .slice(2)
    .filter((line) => line.trim() !== '')
    .map((line) => line.trim().split(/\s+/))
    .map(([major, minor, blocks, name]) => ({ number: `${major}:${minor}`, bytes: Number(blocks) * 1024, name, part: /\d$/.test(name) }));
  const wanted = o.operands.map((word) => word.replace('/dev/', ''));
  for (const word of wanted) if (!devices.some((d) => d.name === word)) yield* t.error(`/dev/${word}: not a block device`, 32);
  const shown = devices.filter((d) => (wanted.length === 0 || wanted.some((w) => d.name.startsWith(w))) && !(o.has('d') && d.part));
  if (shown.length === 0) return;
  const size = (bytes: number) => (o.has('b') ? String(bytes) : humanSize(bytes).replace('.0', ''));
  const last = shown.filter((d) => d.part).at(-1);
  const table = [
    ...(o.has('n') ? [] : [['NAME', 'MAJ:MIN', 'RM', 'SIZE', 'RO', 'TYPE', 'MOUNTPOINTS']]),
    ...shown.map((d) => [
      `${d.part && !o.has('l') ? (d === last ? '└─' : '├─') : ''}${o.has('p') ? '/dev/' : ''}${d.name}`,
      d.number,
      '0',
      size(d.bytes),
      '0',
      d.part ? 'part' : 'disk',
      mounts.find((m) => m.source === `/dev/${d.name}`)?.target ?? '',
    ]),
  ];
  const width = (i: number) => Math.max(...table.map((row) => row[i].length));
  for (const row of table) {
    const cells = [
      row[0].padEnd(width(0)),
      row[1].padEnd(width(1)),
      row[2].padStart(2),
      row[3].padStart(width(3)),
      row[4].padStart(2),
      row[5].padEnd(4),
      row[6],
    ];
    yield* t.print(`${cells.join(' ').trimEnd()}\n`);
  }
}

function* everyKey(path: string, name: string): Sim<readonly string[]> {
  const out: string[] = [];
  for (const entry of yield* readdir(path)) {
    if (entry.name === '.' || entry.name === '..') continue;
    const key = name === '' ? entry.name : `${name}.${entry.name}`;
    if ((entry.type & S_IFMT) === S_IFDIR) out.push(...(yield* everyKey(`${path}/${entry.name}`, key)));
    else out.push(key);
  }
  return out;
}

/** sysctl [-n] [-w] KEY[=VALUE]...; -a: everything under /proc/sys. */
export function* sysctl(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, {
    short: 'aAbdeNnp::qrwX',
    long: { all: 'a', values: 'n', names: 'N', ignore: 'e', write: 'w', quiet: 'q', load: 'p::', system: 'system' },
    usage: '[options] [variable[=value] ...]',
    about: 'Reads and sets parameters of the kernel.',
    version: 'procps-ng 4.0.4)',
  });
  const keys = o.has('a') || o.has('A') ? [...(yield* everyKey('/proc/sys', ''))].sort() : [...o.operands];
  if (o.has('p') || o.has('system')) {
    const file = o.value('p') || '/etc/sysctl.conf';
    try {
      for (const line of (yield* readText(file)).split('\n')) if (/^\s*[^#;\s]/.test(line)) keys.push(line.replace(/\s*=\s*/, '=').trim());
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* t.error(`cannot open "${file}": ${error.message}`);
    }
  } else if (keys.length === 0) throw new UsageError('no variables specified');
  for (const word of keys) {
    const [key, value] = word.split(/=(.*)/s);
    const path = `/proc/sys/${key.includes('/') ? key : key.replaceAll('.', '/')}`;
    const dotted = key.replaceAll('/', '.');
    const info = yield* lstatOrNull(path);
    if (!info || (info.mode & S_IFMT) === S_IFDIR) {
      if (o.has('e')) continue;
      if (t.busybox) yield* t.error(`error: '${dotted}' is an unknown key`);
      else yield* t.error(`cannot stat /proc/sys/${dotted.replaceAll('.', '/')}: No such file or directory`);
      continue;
    }
    try {
      if (value !== undefined) yield* writeFile(path, `${value}\n`);
      const text = value ?? (yield* readText(path)).trimEnd();
      for (const line of text.split('\n'))
        if (!(o.has('q') && value !== undefined))
          yield* t.print(o.has('N') ? `${dotted}\n` : o.has('n') ? `${line}\n` : `${dotted} = ${line}\n`);
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (error.code === 'EACCES' || error.code === 'EPERM') yield* t.error(`permission denied on key "${dotted}"`);
      else yield* t.error(`setting key "${dotted}"${t.busybox ? '' : ''}: ${error.message}`);
    }
  }
  return t.status;
}

/** The kernel's own words since the boot. */
export function* dmesg(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'cCdDeEf:HkJl:n:rs:StTuwWx',
    long: {
      clear: 'C',
      human: 'H',
      ctime: 'T',
      notime: 't',
      level: 'l:',
      follow: 'w',
      facility: 'f:',
      nopager: 'P',
      color: 'color::',
      raw: 'r',
    },
    usage: '[options]',
    about: 'Prints the messages of the kernel.',
    version: 'util-linux 2.38.1)',
  });
  // kernel.dmesg_restrict=1, as Debian and Ubuntu set it
  if (!(yield* capable('CAP_SYSLOG'))) throw new Fatal(`${t.busybox ? 'klogctl' : 'read kernel buffer failed'}: Operation not permitted`);
  const memory = (yield* readSystem()).memory.get('MemTotal') ?? 0;
  const booted = (yield* wallClock()) / 1e6 - (yield* readSystem()).uptime;
  const lines: readonly (readonly [seconds: number, text: string])[] = [
    [0, (yield* readText('/proc/version')).trim()],
    [0, `Command line: ${(yield* readText('/proc/cmdline')).trim()}`],
    [0.021, `Memory: ${memory}K/${memory}K available`],
    [0.034, `smpboot: Allowing ${yield* cpus()} CPUs, 0 hotplug CPUs`],
    [0.412, 'virtio_blk virtio1: [vda] 83886080 512-byte logical blocks (42.9 GB/40.0 GiB)'],
    [0.913, 'EXT4-fs (vda1): mounted filesystem with ordered data mode. Quota mode: none.'],
    [1.204, 'systemd[1]: Detected virtualization kvm.'],
    [1.377, 'overlayfs: module loaded'],
  ];
  for (const [seconds, text] of lines) {
    const stamp = o.has('t')
      ? ''
      : o.has('T')
        ? `[${formatTime('%a %b %e %H:%M:%S %Y', Math.floor(booted + seconds) * 1e6)}] `
        : `[${seconds.toFixed(6).padStart(12)}] `;
    yield* t.print(`${stamp}${text}\n`);
  }
}

export const programs: readonly Program[] = [
  tool('getconf', getconf, { failStatus: 1 }),
  tool('hostid', hostid),
  tool('sync', sync),
  tool('lscpu', lscpu, { shortName: true }),
  tool('lsblk', lsblk, { shortName: true }),
  tool('sysctl', sysctl, { shortName: true }),
  tool('dmesg', dmesg, { shortName: true }),
];
