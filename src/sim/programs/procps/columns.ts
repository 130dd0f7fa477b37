/** The columns of procps ps: header, width and what stands in them. */
import { type ProcessInfo, statWord, TICKS_PER_SECOND } from './processTable.ts';

export interface Facts {
  readonly uptime: number;
  readonly memoryKib: number;
  /** Microseconds since 1970. */
  readonly wallClock: number;
  readonly userName: (uid: number) => string;
  readonly groupName: (gid: number) => string;
}

export interface Column {
  readonly header: string;
  readonly width: number;
  readonly right: boolean;
  readonly value: (p: ProcessInfo, facts: Facts) => string;
}

const left = (header: string, width: number, value: Column['value']): Column => ({ header, width, right: false, value });
const right = (header: string, width: number, value: Column['value']): Column => ({ header, width, right: true, value });

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number) => String(Math.floor(n)).padStart(2, '0');

const elapsedSeconds = (p: ProcessInfo, f: Facts) => Math.max(0, f.uptime - p.startTicks / TICKS_PER_SECOND);
const cpuSeconds = (p: ProcessInfo) => Math.floor(p.cpuTicks / TICKS_PER_SECOND);
const cpuPercent = (p: ProcessInfo, f: Facts) => {
  const elapsed = elapsedSeconds(p, f);
  return elapsed < 0.01 ? 0 : Math.min(99.9, (p.cpuTicks / TICKS_PER_SECOND / elapsed) * 100);
};
const memoryPercent = (p: ProcessInfo, f: Facts) => (p.rssKib / f.memoryKib) * 100;

/** 'HH:MM' on the same day, else 'MonDD'. */
function startTime(p: ProcessInfo, f: Facts): string {
  const started = Math.floor(f.wallClock / 1e6 - elapsedSeconds(p, f));
  const now = Math.floor(f.wallClock / 1e6);
  if (now - started < 86_400 && Math.floor(now / 86_400) === Math.floor(started / 86_400))
    return `${two((started % 86_400) / 3600)}:${two((started % 3600) / 60)}`;
  const { month, day } = civil(Math.floor(started / 86_400));
  return `${MONTHS[month - 1]}${two(day)}`;
}

/** Days since 1970 to a date (the well-known era arithmetic of the proleptic Gregorian calendar). */
export function civil(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const doe = z - era * 146_097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36_524) - Math.floor(doe / 146_096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return { year: yoe + era * 400 + (month <= 2 ? 1 : 0), month, day: doy - Math.floor((153 * mp + 2) / 5) + 1 };
}

function clock(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  return `${days > 0 ? `${two(days)}-` : ''}${two((seconds % 86_400) / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
}

function elapsedWord(seconds: number): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const rest = `${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
  return days > 0 ? `${two(days)}-${two(hours)}:${rest}` : hours > 0 ? `${two(hours)}:${rest}` : rest;
}

const bsdTime = (seconds: number) => `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
const user: Column['value'] = (p, f) => fit(f.userName(p.uid));
/** A name wider than its column is cut and marked with +, as procps 4 does. */
const fit = (name: string) => (name.length > 8 ? `${name.slice(0, 7)}+` : name);

const pid = right('PID', 7, (p) => String(p.pid));
const ppid = right('PPID', 7, (p) => String(p.ppid));
const comm = left('CMD', 27, (p) => (p.state === 'Z' ? `${p.comm} <defunct>` : p.comm));
const args = left('CMD', 27, (p) => p.args);
const cpu = right('%CPU', 4, (p, f) => cpuPercent(p, f).toFixed(1));
const mem = right('%MEM', 4, (p, f) => memoryPercent(p, f).toFixed(1));

/** By the names that -o takes. */
export const COLUMNS: Readonly<Record<string, Column>> = {
  pid,
  ppid,
  tgid: { ...pid, header: 'TGID' },
  pgid: right('PGID', 7, (p) => String(p.pgid)),
  pgrp: right('PGRP', 7, (p) => String(p.pgid)),
  sid: right('SID', 7, (p) => String(p.sid)),
  sess: right('SESS', 7, (p) => String(p.sid)),
  user: left('USER', 8, user),
  euser: left('EUSER', 8, user),
  ruser: left('RUSER', 8, user),
  uname: left('USER', 8, user),
  uid: right('UID', 5, (p) => String(p.uid)),
  euid: right('EUID', 5, (p) => String(p.uid)),
  gid: right('GID', 5, (p) => String(p.gid)),
  group: left('GROUP', 8, (p, f) => fit(f.groupName(p.gid))),
  tty: left('TT', 8, (p) => p.tty),
  tt: left('TT', 8, (p) => p.tty),
  tname: left('TTY', 8, (p) => p.tty),
  time: right('TIME', 8, (p) => clock(cpuSeconds(p))),
  cputime: right('TIME', 8, (p) => clock(cpuSeconds(p))),
  etime: right('ELAPSED', 11, (p, f) => elapsedWord(elapsedSeconds(p, f))),
  etimes: right('ELAPSED', 7, (p, f) => String(Math.floor(elapsedSeconds(p, f)))),
  start: right('STARTED', 8, (p, f) => `${startTime(p, f)}:${two((f.wallClock / 1e6 - elapsedSeconds(p, f)) % 60)}`),
  stime: left('STIME', 5, startTime),
  stat: left('STAT', 4, statWord),
  state: left('S', 1, (p) => p.state),
  s: left('S', 1, (p) => p.state),
  comm: { ...comm, header: 'COMMAND', width: 15 },
  ucmd: { ...comm, width: 15 },
  args: { ...args, header: 'COMMAND' },
  cmd: args,
  command: { ...args, header: 'COMMAND' },
  c: right('C', 2, (p, f) => String(Math.floor(cpuPercent(p, f)))),
  pcpu: cpu,
  '%cpu': cpu,
  pmem: mem,
  '%mem': mem,
  vsz: right('VSZ', 6, (p) => String(p.vszKib)),
  vsize: right('VSZ', 6, (p) => String(p.vszKib)),
  rss: right('RSS', 5, (p) => String(p.rssKib)),
  rssize: right('RSS', 5, (p) => String(p.rssKib)),
  rsz: right('RSZ', 5, (p) => String(p.rssKib)),
  sz: right('SZ', 5, (p) => String(Math.floor(p.vszKib / 4))),
  ni: right('NI', 3, (p) => String(p.nice)),
  nice: right('NI', 3, (p) => String(p.nice)),
  pri: right('PRI', 3, (p) => String(39 - p.priority)),
  nlwp: right('NLWP', 4, (p) => String(p.threads)),
  thcount: right('THCNT', 5, (p) => String(p.threads)),
  wchan: left('WCHAN', 6, () => '-'),
  f: right('F', 1, () => '4'),
  addr: left('ADDR', 4, () => '-'),
};

const named = (name: string, header: string, change: Partial<Column> = {}): Column => ({ ...COLUMNS[name], header, ...change });

export const LAYOUTS = {
  plain: [pid, named('tty', 'TTY'), COLUMNS.time, comm],
  full: [named('user', 'UID'), pid, ppid, COLUMNS.c, COLUMNS.stime, named('tty', 'TTY'), COLUMNS.time, args],
  user: [
    COLUMNS.user,
    pid,
    cpu,
    mem,
    COLUMNS.vsz,
    COLUMNS.rss,
    named('tty', 'TTY'),
    COLUMNS.stat,
    named('stime', 'START'),
    right('TIME', 6, (p: ProcessInfo) => bsdTime(cpuSeconds(p))),
    named('args', 'COMMAND'),
  ],
  bsd: [pid, named('tty', 'TTY'), COLUMNS.stat, right('TIME', 6, (p: ProcessInfo) => bsdTime(cpuSeconds(p))), named('args', 'COMMAND')],
  long: [
    COLUMNS.f,
    COLUMNS.s,
    COLUMNS.uid,
    pid,
    ppid,
    COLUMNS.c,
    COLUMNS.pri,
    COLUMNS.ni,
    COLUMNS.addr,
    right('SZ', 2, (p: ProcessInfo) => String(Math.floor(p.vszKib / 4))),
    COLUMNS.wchan,
    named('tty', 'TTY'),
    COLUMNS.time,
    comm,
  ],
} as const satisfies Record<string, readonly Column[]>;

/** One row; the last column is not padded. A value that is too wide pushes the rest. */
export function formatRow(columns: readonly Column[], cells: readonly string[]): string {
  return cells
    .map((cell, i) => (columns[i].right ? cell.padStart(columns[i].width) : i === cells.length - 1 ? cell : cell.padEnd(columns[i].width)))
    .join(' ');
}
