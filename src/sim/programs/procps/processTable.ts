/** What ps, top, pgrep and pkill know: the processes as /proc shows them. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { readdir, readlink, readText } from '../../kernel/syscalls.ts';

export interface ProcessInfo {
  readonly pid: number;
  readonly ppid: number;
  readonly pgid: number;
  readonly sid: number;
  readonly uid: number;
  readonly gid: number;
  readonly comm: string;
  /** The command line with blanks between; '[comm]' when there is none. */
  readonly args: string;
  readonly state: string;
  /** 'pts/0', '?'. */
  readonly tty: string;
  readonly foreground: boolean;
  /** Ticks of 10 ms. */
  readonly cpuTicks: number;
  readonly nice: number;
  readonly priority: number;
  readonly threads: number;
  /** Ticks of 10 ms after boot. */
  readonly startTicks: number;
  readonly vszKib: number;
  readonly rssKib: number;
}

export const TICKS_PER_SECOND = 100;

/** All processes that this one's /proc shows, by pid. Those that end meanwhile are left out. */
export function* readProcesses(): Sim<readonly ProcessInfo[]> {
  const pids = (yield* readdir('/proc')).map((entry) => Number(entry.name)).filter((pid) => Number.isInteger(pid));
  const out: ProcessInfo[] = [];
  for (const pid of pids.sort((a, b) => a - b)) {
    const info = yield* readProcess(pid);
    if (info) out.push(info);
  }
  return out;
}

function* readProcess(pid: number): Sim<ProcessInfo | undefined> {
  try {
    const stat = yield* readText(`/proc/${pid}/stat`);
    const status = yield* readText(`/proc/${pid}/status`);
    const cmdline = yield* readText(`/proc/${pid}/cmdline`);
    const open = stat.indexOf('(');
    const close = stat.lastIndexOf(')');
    const comm = stat.slice(open + 1, close);
    // proc(5): the fields after the command name begin with field 3, the state.
    const rest = stat
      .slice(close + 2)
      .trim()
      .split(' ');
    const field = (n: number) => Number(rest[n - 3]);
    const ids = (name: string) => Number(new RegExp(`^${name}:\\t(?:\\d+\\t)(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    const args = cmdline.replace(/\0+$/, '').split('\0').join(' ');
    const ttyNumber = field(7);
    return {
      pid,
      ppid: field(4),
      pgid: field(5),
      sid: field(6),
      uid: ids('Uid'),
      gid: ids('Gid'),
      comm,
      args: args === '' ? (rest[0] === 'Z' ? `[${comm}] <defunct>` : `[${comm}]`) : args,
      state: rest[0],
      tty: ttyNumber === 0 ? '?' : yield* ttyName(pid, ttyNumber),
      foreground: field(8) === field(5) && ttyNumber !== 0,
      cpuTicks: field(14) + field(15),
      priority: field(18),
      nice: field(19),
      threads: field(20),
      startTicks: field(22),
      vszKib: Math.floor(field(23) / 1024),
      rssKib: field(24) * 4,
    };
  } catch (error) {
    if (isErrno(error)) return undefined;
    throw error;
  }
}

/** Major 136 is pts; major 5 minor 1 is the console. */
function* ttyName(pid: number, device: number): Sim<string> {
  const major = device >> 8;
  if (major === 136) return `pts/${device & 0xff}`;
  if (major === 4) return `tty${device & 0xff}`;
  try {
    return (yield* readlink(`/proc/${pid}/fd/0`)).replace(/^\/dev\//, '');
  } catch {
    return 'console';
  }
}

/** STAT of `ps aux`: state, then < N for niceness, s for a session leader, l for threads, + for the foreground. */
export function statWord(p: ProcessInfo): string {
  return `${p.state}${p.nice < 0 ? '<' : p.nice > 0 ? 'N' : ''}${p.sid === p.pid ? 's' : ''}${p.threads > 1 ? 'l' : ''}${p.foreground ? '+' : ''}`;
}

/** Seconds since boot and memory in KiB, from /proc. */
export function* readSystem(): Sim<{ readonly uptime: number; readonly memory: ReadonlyMap<string, number> }> {
  const uptime = Number((yield* readText('/proc/uptime')).split(' ')[0]);
  const memory = new Map<string, number>();
  for (const line of (yield* readText('/proc/meminfo')).split('\n')) {
    const match = /^(\S+):\s+(\d+)/.exec(line);
    if (match) memory.set(match[1], Number(match[2]));
  }
  return { uptime, memory };
}
