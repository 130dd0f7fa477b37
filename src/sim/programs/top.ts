import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { getWindowSize, isatty, makeRaw, poll, sleep, tcsetattr, wallClock, write } from '../kernel/syscalls.ts';
import { KeyReader } from './editor/keys.ts';
import { clip, Screen } from './editor/screen.ts';
import type { Facts } from './procps/columns.ts';
import { type ProcessInfo, readProcesses, readSystem, TICKS_PER_SECOND } from './procps/processTable.ts';
import { gatherFacts } from './ps.ts';
import { uptimeLine } from './uptime.ts';

interface Options {
  readonly batch: boolean;
  readonly iterations: number;
  /** Microseconds. */
  readonly delay: number;
  readonly pids: ReadonlySet<number> | undefined;
}

type Order = 'cpu' | 'memory' | 'pid' | 'time';

/** CPU ticks and time of the frame before, for %CPU. */
interface Sample {
  readonly at: number;
  readonly ticks: ReadonlyMap<number, number>;
}

/** top: one frame with -b -n 1, live on a terminal (q quits, P M N T sort, k is not simulated). After procps-ng 4. */
export const program: Program = {
  name: 'top',
  *main(argv): Sim<number> {
    const options = parse(argv.slice(1));
    if (typeof options === 'string') {
      yield* write(2, `top: ${options}\n`);
      return 1;
    }
    return options.batch ? yield* batch(options) : yield* live(options);
  },
};

function parse(args: readonly string[]): Options | string {
  let batch = false;
  let iterations = Number.POSITIVE_INFINITY;
  let delay = 3_000_000;
  let pids: Set<number> | undefined;
  const queue = [...args];
  for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
    const letters = arg.replace(/^-/, '');
    for (let i = 0; i < letters.length; i++) {
      const c = letters[i];
      if (c === 'b') batch = true;
      else if ('ndpuo'.includes(c)) {
        const value = letters.slice(i + 1) || queue.shift();
        if (value === undefined) return `-${c} requires argument`;
        if (c === 'n') iterations = Number(value);
        if (c === 'd') delay = Math.max(0.1, Number(value)) * 1e6;
        if (c === 'p') pids = new Set([...(pids ?? []), ...value.split(',').map(Number)]);
        if (Number.isNaN(iterations) || Number.isNaN(delay)) return `bad ${c === 'n' ? 'iterations' : 'delay interval'} '${value}'`;
        break;
      } else if (!'cHSiw1es'.includes(c))
        return `unknown option '${c}'\nUsage:\n  top -hv | -bcEeHiOSs1 -d secs -n max -u|U user -p pids -o field -w [cols]`;
    }
  }
  return { batch, iterations, delay, pids };
}

function* batch(options: Options): Sim<number> {
  if (!Number.isFinite(options.iterations) && !(yield* isatty(1))) options = { ...options, iterations: Number.POSITIVE_INFINITY };
  let last: Sample | undefined;
  for (let i = 0; i < options.iterations; i++) {
    if (i > 0) yield* sleep(options.delay);
    const frame = yield* compose(options, 'cpu', last);
    last = frame.sample;
    yield* write(1, `${i > 0 ? '\n' : ''}${[...frame.summary, '', frame.header, ...frame.rows].join('\n')}\n`);
  }
  return 0;
}

function* live(options: Options): Sim<number> {
  if (!(yield* isatty(0)) || !(yield* isatty(1))) {
    yield* write(2, 'top: failed tty get\n');
    return 1;
  }
  const before = yield* makeRaw(0);
  const screen = new Screen(1);
  const keys = new KeyReader(0);
  let order: Order = 'cpu';
  let last: Sample | undefined;
  try {
    yield* screen.open();
    for (let i = 0; i < options.iterations; i++) {
      yield* screen.measure();
      const { rows, columns } = yield* getWindowSize(1);
      const frame = yield* compose(options, order, last);
      last = frame.sample;
      const lines = [...frame.summary, '', `\x1b[7m${clip(frame.header, 0, columns).padEnd(columns)}`, ...frame.rows]
        .slice(0, rows)
        .map((l) => clip(l, 0, l.startsWith('\x1b') ? columns + 4 : columns));
      yield* screen.paint([...lines, ...Array.from({ length: Math.max(0, rows - lines.length) }, () => '')], {
        row: frame.summary.length,
        column: 0,
      });
      if (i + 1 >= options.iterations) break;
      if ((yield* poll([{ fd: 0, read: true }], options.delay)).length === 0) continue;
      const key = yield* keys.next();
      if (!key || key.name === 'q' || key.name === 'Q' || key.name === 'Ctrl-C') break;
      order = ({ P: 'cpu', M: 'memory', N: 'pid', T: 'time' } as Record<string, Order>)[key.name] ?? order;
    }
  } finally {
    yield* screen.close();
    yield* tcsetattr(0, before);
  }
  return 0;
}

interface Frame {
  readonly summary: readonly string[];
  readonly header: string;
  readonly rows: readonly string[];
  readonly sample: Sample;
}

function* compose(options: Options, order: Order, last: Sample | undefined): Sim<Frame> {
  const facts = yield* gatherFacts();
  const { memory } = yield* readSystem();
  const all = (yield* readProcesses()).filter((p) => !options.pids || options.pids.has(p.pid));
  const at = yield* wallClock();
  const percent = (p: ProcessInfo) => usage(p, facts, last, at);
  const keys: Record<Order, (p: ProcessInfo) => number> = {
    cpu: percent,
    memory: (p) => p.rssKib,
    pid: (p) => p.pid,
    time: (p) => p.cpuTicks,
  };
  const list = [...all].sort((a, b) => keys[order](b) - keys[order](a) || a.pid - b.pid);
  const count = (state: string) => all.filter((p) => p.state === state).length;
  const sleeping = all.filter((p) => 'SDI'.includes(p.state)).length;
  const busy = Math.min(
    100,
    all.reduce((sum, p) => sum + percent(p), 0),
  );
  const mib = (kib: number) => (kib / 1024).toFixed(1).padStart(8);
  const get = (name: string) => memory.get(name) ?? 0;
  const cache = get('Buffers') + get('Cached') + get('SReclaimable');
  const n = (value: number) => String(value).padStart(3);
  const share = (value: number) => value.toFixed(1).padStart(5);
  const summary = [
    `top -${yield* uptimeLine()}`,
    `Tasks: ${n(all.length)} total, ${n(count('R'))} running, ${n(sleeping)} sleeping, ${n(count('T'))} stopped, ${n(count('Z'))} zombie`,
    `%Cpu(s):${share(busy)} us,${share(0)} sy,${share(0)} ni,${share(100 - busy)} id,${share(0)} wa,${share(0)} hi,${share(0)} si,${share(0)} st `,
    `MiB Mem : ${mib(get('MemTotal'))} total, ${mib(get('MemFree'))} free, ${mib(get('MemTotal') - get('MemAvailable'))} used, ${mib(cache)} buff/cache     `,
    `MiB Swap: ${mib(get('SwapTotal'))} total, ${mib(get('SwapFree'))} free, ${mib(get('SwapTotal') - get('SwapFree'))} used. ${mib(get('MemAvailable'))} avail Mem `,
  ];
  const header = '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND';
  const rows = list.map((p) => {
    const user = facts.userName(p.uid);
    const hundredths = p.cpuTicks % TICKS_PER_SECOND;
    const seconds = Math.floor(p.cpuTicks / TICKS_PER_SECOND);
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}.${String(hundredths).padStart(2, '0')}`;
    return [
      String(p.pid).padStart(7),
      (user.length > 8 ? `${user.slice(0, 7)}+` : user).padEnd(8),
      String(p.priority).padStart(3),
      String(p.nice).padStart(3),
      String(p.vszKib).padStart(7),
      String(p.rssKib).padStart(6),
      String(Math.floor(p.rssKib * 0.7)).padStart(6),
      p.state,
      percent(p).toFixed(1).padStart(5),
      ((p.rssKib / facts.memoryKib) * 100).toFixed(1).padStart(5),
      time.padStart(9),
      p.comm,
    ].join(' ');
  });
  return { summary, header, rows, sample: { at, ticks: new Map(all.map((p) => [p.pid, p.cpuTicks])) } };
}

/** Share of one CPU since the last frame; in the first frame, since the process began. */
function usage(p: ProcessInfo, facts: Facts, last: Sample | undefined, at: number): number {
  const before = last?.ticks.get(p.pid);
  const seconds = before !== undefined && last ? (at - last.at) / 1e6 : Math.max(0.1, facts.uptime - p.startTicks / TICKS_PER_SECOND);
  return Math.min(100, ((p.cpuTicks - (before ?? 0)) / TICKS_PER_SECOND / Math.max(0.01, seconds)) * 100);
}
