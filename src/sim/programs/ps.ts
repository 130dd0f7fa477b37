import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { credentials, getpid, getWindowSize, isatty, wallClock, write } from '../kernel/syscalls.ts';
import { own } from '../lib/dictionary.ts';
import { readUsers } from './lib/users.ts';
import { COLUMNS, type Column, type Facts, formatRow, LAYOUTS } from './procps/columns.ts';
import { type ProcessInfo, readProcesses, readSystem } from './procps/processTable.ts';

interface Request {
  columns: readonly Column[];
  everyone: boolean;
  /** BSD `a`: of all users, with a terminal; `x`: also those without. */
  bsd: boolean;
  allUsers: boolean;
  withoutTty: boolean;
  pids: Set<number> | undefined;
  ppids: Set<number> | undefined;
  users: string[] | undefined;
  commands: string[] | undefined;
  headers: boolean;
  forest: boolean;
  wide: boolean;
  sort: string | undefined;
}

class UsageError extends Error {}

/** ps in its three styles: `ps -ef`, `ps aux`, `ps -o pid,comm`. After procps-ng 4. */
export const program: Program = {
  name: 'ps',
  *main(argv): Sim<number> {
    let request: Request;
    try {
      request = parse(argv.slice(1));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      yield* write(
        2,
        `error: ${error.message}\n\nUsage:\n ps [options]\n\n Try 'ps --help <simple|list|output|threads|misc|all>'\n  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n\nFor more details see ps(1).\n`,
      );
      return 1;
    }
    const rows = yield* select(request, yield* readProcesses());
    const facts = yield* gatherFacts();
    const width = request.wide || !(yield* isatty(1)) ? Number.MAX_SAFE_INTEGER : (yield* getWindowSize(1)).columns;
    let out = '';
    const line = (text: string) => `${text.slice(0, width).replace(/ +$/, '')}\n`;
    if (request.headers && request.columns.some((c) => c.header !== ''))
      out += line(
        formatRow(
          request.columns,
          request.columns.map((c) => c.header),
        ),
      );
    const lastIndex = request.columns.length - 1;
    for (const { process, prefix } of request.forest ? forest(rows) : rows.map((process) => ({ process, prefix: '' }))) {
      out += line(
        formatRow(
          request.columns,
          request.columns.map((c, i) => (i === lastIndex ? prefix : '') + c.value(process, facts)),
        ),
      );
    }
    yield* write(1, out);
    return rows.length > 0 ? 0 : 1;
  },
};

function parse(args: readonly string[]): Request {
  const r: Request = {
    columns: LAYOUTS.plain,
    everyone: false,
    bsd: false,
    allUsers: false,
    withoutTty: false,
    pids: undefined,
    ppids: undefined,
    users: undefined,
    commands: undefined,
    headers: true,
    forest: false,
    wide: false,
    sort: undefined,
  };
  const custom: Column[] = [];
  const queue = [...args];
  const value = (attached: string, option: string): string => {
    const v = attached !== '' ? attached : queue.shift();
    if (v === undefined) throw new UsageError(`list of ${option} must follow -${option}`);
    return v;
  };
  const numbers = (list: string) =>
    new Set(
      list.split(/[ ,]+/).map((n) => {
        if (!/^\d+$/.test(n)) throw new UsageError('process ID list syntax error');
        return Number(n);
      }),
    );
  for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
    if (/^\d+$/.test(arg)) {
      r.pids = new Set([...(r.pids ?? []), Number(arg)]);
      r.withoutTty = true;
    } else if (arg.startsWith('--')) {
      const [name, inline] = arg.slice(2).split(/=(.*)/s);
      if (name === 'no-headers' || name === 'no-heading' || name === 'noheader') r.headers = false;
      else if (name === 'forest') r.forest = true;
      else if (name === 'sort') r.sort = inline ?? queue.shift();
      else if (name === 'pid') r.pids = numbers(value(inline ?? '', 'p'));
      else if (name === 'ppid') r.ppids = numbers(value(inline ?? '', 'p'));
      else if (name === 'user' || name === 'User') r.users = value(inline ?? '', 'u').split(',');
      else if (name === 'format') custom.push(...parseFormat(value(inline ?? '', 'o')));
      else throw new UsageError('unknown gnu long option');
    } else if (arg.startsWith('-')) {
      for (let i = 1; i < arg.length; i++) {
        const c = arg[i];
        const rest = arg.slice(i + 1);
        if (c === 'e' || c === 'A') r.everyone = true;
        else if (c === 'a' || c === 'd') r.allUsers = true;
        else if (c === 'f' || c === 'F') r.columns = LAYOUTS.full;
        else if (c === 'l') r.columns = LAYOUTS.long;
        else if (c === 'H') r.forest = true;
        else if (c === 'w') r.wide = true;
        else if (c === 'x') r.withoutTty = true;
        else if (c === 'h') r.headers = false;
        else if (c === 'L' || c === 'T' || c === 'm' || c === 'j' || c === 'y') continue;
        else if ('opCuUtgsq'.includes(c)) {
          const list = value(rest, c);
          if (c === 'o') custom.push(...parseFormat(list));
          else if (c === 'p' || c === 'q') r.pids = numbers(list);
          else if (c === 'C') r.commands = list.split(',');
          else if (c === 'u' || c === 'U') r.users = list.split(',');
          break;
        } else throw new UsageError('unsupported SysV option');
      }
    } else {
      r.bsd = true;
      for (let i = 0; i < arg.length; i++) {
        const c = arg[i];
        if (c === 'a') r.allUsers = true;
        else if (c === 'x') r.withoutTty = true;
        else if (c === 'u') r.columns = LAYOUTS.user;
        else if (c === 'w') r.wide = true;
        else if (c === 'f') r.forest = true;
        else if (c === 'e' || c === 'r' || c === 'l') continue;
        else if (c === 'h') r.headers = false;
        else if (c === 'o') {
          custom.push(...parseFormat(value(arg.slice(i + 1), 'o')));
          break;
        } else if (c === 'p') {
          r.pids = numbers(value(arg.slice(i + 1), 'p'));
          break;
        } else throw new UsageError('unsupported option (BSD syntax)');
      }
      if (r.columns === LAYOUTS.plain) r.columns = LAYOUTS.bsd;
    }
  }
  if (custom.length > 0) r.columns = custom;
  return r;
}

/** `pid,comm=NAME`: an = takes the rest of the argument as the header. */
function parseFormat(list: string): Column[] {
  const out: Column[] = [];
  for (let rest = list; rest !== ''; ) {
    const match = /^[ ,]*([%\w]+)(=(.*))?/s.exec(rest);
    if (!match || match[0] === '') throw new UsageError('improper list');
    const column = own(COLUMNS, match[1].toLowerCase());
    if (!column) throw new UsageError(`unknown user-defined format specifier "${match[1]}"`);
    if (match[2] !== undefined) {
      out.push({ ...column, header: match[3], width: match[3] === '' ? column.width : Math.max(match[3].length, column.width) });
      break;
    }
    out.push(column);
    rest = rest.slice(match[0].length);
  }
  return out;
}

function* select(r: Request, all: readonly ProcessInfo[]): Sim<readonly ProcessInfo[]> {
  const users = yield* readUsers();
  const uids = r.users?.map((u) => users.user(u)?.uid ?? (/^\d+$/.test(u) ? Number(u) : -1));
  const { euid } = yield* credentials();
  const own = yield* getpid();
  const self = all.find((p) => p.pid === own);
  const chosen = all.filter((p) => {
    if (r.pids || r.ppids || uids || r.commands) {
      return (
        (r.pids?.has(p.pid) ?? false) ||
        (r.ppids?.has(p.ppid) ?? false) ||
        (uids?.includes(p.uid) ?? false) ||
        (r.commands?.includes(p.comm) ?? false)
      );
    }
    if (r.everyone) return true;
    if (r.bsd) return (r.allUsers || p.uid === euid) && (r.withoutTty || p.tty !== '?');
    if (r.allUsers) return p.sid !== p.pid && p.tty !== '?';
    return p.uid === euid && (r.withoutTty || (self !== undefined && p.tty === self.tty));
  });
  return r.sort ? sorted(chosen, r.sort, yield* gatherFacts()) : chosen;
}

function sorted(list: readonly ProcessInfo[], spec: string, facts: Facts): readonly ProcessInfo[] {
  const keys = spec.split(',').map((key) => ({ column: own(COLUMNS, key.replace(/^[-+]/, '')), sign: key.startsWith('-') ? -1 : 1 }));
  return [...list].sort((a, b) => {
    for (const { column, sign } of keys) {
      if (!column) continue;
      const x = column.value(a, facts);
      const y = column.value(b, facts);
      const order = column.right ? Number(x) - Number(y) : x < y ? -1 : x > y ? 1 : 0;
      if (order !== 0 && !Number.isNaN(order)) return order * sign;
    }
    return a.pid - b.pid;
  });
}

/** Children under their parents, with `\_` before the command. */
function forest(rows: readonly ProcessInfo[]): { process: ProcessInfo; prefix: string }[] {
  const shown = new Set(rows.map((p) => p.pid));
  const out: { process: ProcessInfo; prefix: string }[] = [];
  const visit = (process: ProcessInfo, depth: number): void => {
    out.push({ process, prefix: depth === 0 ? '' : `${' '.repeat(4 * (depth - 1))} \\_ ` });
    for (const child of rows) if (child.ppid === process.pid && child.pid !== process.pid) visit(child, depth + 1);
  };
  for (const p of rows) if (!shown.has(p.ppid) || p.ppid === p.pid) visit(p, 0);
  return out;
}

export function* gatherFacts(): Sim<Facts> {
  const users = yield* readUsers();
  const { uptime, memory } = yield* readSystem();
  return {
    uptime,
    memoryKib: memory.get('MemTotal') ?? 1,
    wallClock: yield* wallClock(),
    userName: (uid) => users.userName(uid),
    groupName: (gid) => users.groupName(gid),
  };
}
