/** The top applet: frame after frame, with or without a terminal. After procps/top.c of BusyBox. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { getWindowSize, isatty, makeRaw, poll, read, readText, sleep, tcsetattr, write } from '../../kernel/syscalls.ts';
import { fiveCharacters } from '../lib/busyboxSizes.ts';
import { Fatal } from '../lib/failure.ts';
import { type ParsedOptions, parseOptions } from '../lib/options.ts';
import { type Applet, runTool, type Tool } from '../lib/tool.ts';
import { readUsers } from '../lib/users.ts';
import { type ProcessInfo, readProcesses, readSystem, statWord } from '../procps/processTable.ts';

const SPEC = { short: 'd:n:bHm', usage: '[-bmH] [-n COUNT] [-d SECONDS]', about: 'Shows what the processes do.' };

/** Between the two looks that the first frame's percentages need. */
const FIRST_WAIT_US = 100_000;

type Order = (a: Row, b: Row) => number;

interface Row {
  readonly process: ProcessInfo;
  /** CPU ticks since the look before. */
  readonly ticks: number;
}

/** Ticks by kind as the first line of /proc/stat counts them: usr nic sys idle io irq sirq. */
type CpuTicks = readonly number[];

interface Look {
  readonly cpu: CpuTicks;
  readonly processes: readonly ProcessInfo[];
}

const byCpu: Order = (a, b) => b.ticks - a.ticks || byMemory(a, b);
const byMemory: Order = (a, b) => b.process.vszKib - a.process.vszKib || byTime(a, b);
const byTime: Order = (a, b) => b.process.cpuTicks - a.process.cpuTicks;
const byPid: Order = (a, b) => b.process.pid - a.process.pid;
const ORDERS: Readonly<Record<string, Order>> = { p: byCpu, m: byMemory, t: byTime, n: byPid };

export const top: Applet = (argv, build) => runTool(main, dashed(argv), build);

/** Options may come without their dash. */
function dashed(argv: readonly string[]): readonly string[] {
  return argv.map((word, i) => (i === 0 || word.startsWith('-') || /^[\d.]+$/.test(word) ? word : `-${word}`));
}

function number(o: ParsedOptions, key: string): number | undefined {
  const text = o.value(key);
  if (text === undefined) return undefined;
  if (!/^\d+(\.\d*)?$/.test(text)) throw new Fatal(`invalid number '${text}'`);
  return Number(text);
}

function* main(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, SPEC);
  const batch = o.has('b');
  const delayUs = Math.round((number(o, 'd') ?? 5) * 1e6);
  const frames = number(o, 'n') || Number.POSITIVE_INFINITY;
  const keys = !batch && (yield* isatty(0));
  const before = keys ? yield* makeRaw(0) : undefined;
  try {
    let last = yield* look();
    yield* sleep(FIRST_WAIT_US);
    let order = byCpu;
    for (let i = 0; i < frames; i++) {
      const now = yield* look();
      yield* write(1, yield* frame(t, now, last, order, batch));
      last = now;
      if (i + 1 >= frames) break;
      if (!keys) {
        yield* sleep(delayUs);
        continue;
      }
      if ((yield* poll([{ fd: 0, read: true }], delayUs)).length === 0) continue;
      const key = String.fromCharCode((yield* read(0, 1))[0] ?? 0).toLowerCase();
      if (key === 'q' || key === '\x03') break;
      order = ORDERS[key] ?? order;
    }
    yield* write(1, '\n');
    return 0;
  } finally {
    if (before) yield* tcsetattr(0, before);
  }
}

function* look(): Sim<Look> {
  const cpu = (yield* readText('/proc/stat')).split('\n')[0].trim().split(/\s+/).slice(1, 8).map(Number);
  return { cpu, processes: yield* readProcesses() };
}

function* frame(t: Tool, now: Look, last: Look, order: Order, batch: boolean): Sim<string> {
  if (t.flavour === 'gnu') return '';
  const { topDecimals, topLastCpu } = t.flavour;
  const size = batch ? { rows: Number.POSITIVE_INFINITY, columns: 510 } : yield* windowSize();
  const users = yield* readUsers();
  const { memory } = yield* readSystem();
  const get = (name: string) => memory.get(name) ?? 0;
  const clip = (line: string) => line.slice(0, size.columns - 1);
  const spent = now.cpu.map((ticks, i) => ticks - last.cpu[i]);
  const total = spent.reduce((a, b) => a + b, 0) || 1;
  const [usr, nic, sys, idle, io, irq, sirq] = spent.map((ticks) => globalShare(ticks, total, topDecimals));
  const share = (part: number) => (topDecimals ? `${part.toFixed(1).padStart(5)}` : `${String(Math.round(part)).padStart(4)}%`);
  const before = new Map(last.processes.map((p) => [p.pid, p.cpuTicks]));
  const rows = now.processes.map((process) => ({ process, ticks: process.cpuTicks - (before.get(process.pid) ?? process.cpuTicks) }));
  const memoryLine = `Mem: ${get('MemTotal') - get('MemFree')}K used, ${get('MemFree')}K free, ${get('Shmem')}K shrd, ${get('Buffers')}K buff, ${get('Cached')}K cached`;
  const header = `  PID  PPID USER     STAT   VSZ %VSZ${topLastCpu ? ' CPU' : ''} %CPU COMMAND`;
  const lines = [
    clip(memoryLine),
    clip(`CPU:${usr}usr${sys}sys${nic}nic${idle}idle${io}io${irq}irq${sirq}sirq`),
    `Load average: ${(yield* readText('/proc/loadavg')).trim()}`,
    batch ? header : `\x1b[7m${clip(header)}\x1b[m`,
    ...rows
      .sort(order)
      .slice(0, size.rows - 4)
      .map(({ process: p, ticks }) => {
        const user = users.userName(p.uid).slice(0, 8).padEnd(8);
        const who = shorten(`${String(p.pid).padStart(5)} ${String(p.ppid).padStart(5)} ${user}`);
        const cells = `${share((p.vszKib * 100) / (get('MemTotal') || 1))}${topLastCpu ? '   0' : ''}${share((ticks * 100) / total)}`;
        return clip(`${who} ${statWord(p).slice(0, 4).padEnd(4)}  ${fiveCharacters(p.vszKib)}${cells} ${p.args}`);
      }),
  ];
  return batch ? `${lines.join('\n')}\n` : `\x1b[H\x1b[J${lines.join('\n')}\r`;
}

/** '  0% ' or '  0.0% ', as it stands before the word in the line of the CPUs. */
function globalShare(ticks: number, total: number, decimals: boolean | undefined): string {
  const percent = (ticks * 100) / total;
  if (!decimals) return `${String(Math.floor(percent)).padStart(4)}% `;
  return `${(percent >= 100 ? '100' : (Math.floor(percent * 10) / 10).toFixed(1)).padStart(5)}% `;
}

/** Process numbers of more than five digits take room from the blanks before them, then from the user's name. */
function shorten(text: string): string {
  let out = text;
  while (out.length > 20 && out.startsWith(' ')) out = out.slice(1);
  return out.slice(0, 20);
}

function* windowSize(): Sim<{ readonly rows: number; readonly columns: number }> {
  try {
    const size = yield* getWindowSize(1);
    return { rows: size.rows || 24, columns: size.columns || 80 };
  } catch (error) {
    if (isErrno(error)) return { rows: 24, columns: 80 };
    throw error;
  }
}
