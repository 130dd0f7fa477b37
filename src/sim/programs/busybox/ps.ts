/** The ps applet: every process, whatever the options; `-o` chooses columns. After procps/ps.c of BusyBox. */
import type { Sim } from '../../kernel/sim.ts';
import { write } from '../../kernel/syscalls.ts';
import { readUsers, type UserTable } from '../lib/users.ts';
import { type ProcessInfo, readProcesses, readSystem, statWord, TICKS_PER_SECOND } from '../procps/processTable.ts';

interface Column {
  readonly header: string;
  readonly width: number;
  readonly right?: boolean;
  readonly value: (p: ProcessInfo, users: UserTable, uptime: number) => string;
}

const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
const clock = (seconds: number) => `${String(Math.floor(seconds / 60)).padStart(2)}:${two(seconds % 60)}`;
/** '1234', '12m', '1.2g' within four places. */
const size = (kib: number) =>
  kib < 10_000 ? String(kib) : kib < 10_000 * 1024 ? `${Math.floor(kib / 1024)}m` : `${(kib / 1024 ** 2).toFixed(1)}g`;

const COLUMNS: Readonly<Record<string, Column>> = {
  user: { header: 'USER', width: 8, value: (p, users) => users.userName(p.uid).slice(0, 8) },
  group: { header: 'GROUP', width: 8, value: (p, users) => users.groupName(p.gid).slice(0, 8) },
  comm: { header: 'COMMAND', width: 16, value: (p) => p.comm },
  args: { header: 'COMMAND', width: 0, value: (p) => p.args },
  pid: { header: 'PID', width: 5, right: true, value: (p) => String(p.pid) },
  ppid: { header: 'PPID', width: 5, right: true, value: (p) => String(p.ppid) },
  pgid: { header: 'PGID', width: 5, right: true, value: (p) => String(p.pgid) },
  sid: { header: 'SID', width: 5, right: true, value: (p) => String(p.sid) },
  etime: {
    header: 'ELAPSED',
    width: 7,
    right: true,
    value: (p, _users, uptime) => clock(Math.max(0, uptime - p.startTicks / TICKS_PER_SECOND)),
  },
  nice: { header: 'NI', width: 5, right: true, value: (p) => String(p.nice) },
  time: { header: 'TIME', width: 5, right: true, value: (p) => clock(p.cpuTicks / TICKS_PER_SECOND) },
  tty: { header: 'TT', width: 6, value: (p) => p.tty },
  vsz: { header: 'VSZ', width: 4, right: true, value: (p) => size(p.vszKib) },
  rss: { header: 'RSS', width: 4, right: true, value: (p) => size(p.rssKib) },
  stat: { header: 'STAT', width: 4, value: (p) => statWord(p).slice(0, 4) },
};

/** Options other than -o change nothing, as in the real applet: `ps aux` and `ps -ef` are plain `ps`. */
export function* ps(argv: readonly string[]): Sim<number> {
  let chosen: string[] = [];
  for (let i = 1; i < argv.length; i++) {
    const match = /^-[aAdeflT]*o(.*)$/s.exec(argv[i]);
    if (match) chosen = [...chosen, ...(match[1] === '' ? (argv[++i] ?? '') : match[1]).split(',')];
  }
  if (chosen.length === 0) chosen = ['pid', 'user', 'time', 'args'];
  const columns: Column[] = [];
  for (const word of chosen) {
    const [name, header] = word.split(/=(.*)/s);
    if (!Object.hasOwn(COLUMNS, name)) {
      yield* write(2, `ps: bad -o argument '${name}', supported arguments: ${Object.keys(COLUMNS).join(',')}\n`);
      return 1;
    }
    columns.push(header === undefined ? COLUMNS[name] : { ...COLUMNS[name], header });
  }
  const users = yield* readUsers();
  const { uptime } = yield* readSystem();
  const last = columns.length - 1;
  const line = (cells: readonly string[], heading: boolean) =>
    `${cells.map((cell, i) => (i === last && !columns[i].right ? cell : columns[i].right && !heading ? cell.padStart(columns[i].width) : cell.padEnd(columns[i].width))).join(' ')}\n`;
  let out = line(
    columns.map((c) => c.header),
    true,
  );
  for (const p of yield* readProcesses())
    out += line(
      columns.map((c) => c.value(p, users, uptime)),
      false,
    );
  yield* write(1, out);
  return 0;
}
