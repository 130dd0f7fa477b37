import { isErrno } from '../kernel/errno.ts';
import { parseSignal } from '../kernel/process/signals.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { getpid, kill, type SignalName, write } from '../kernel/syscalls.ts';
import { own } from '../lib/dictionary.ts';
import { compileRegex } from '../lib/regex/regex.ts';
import { findUser } from './lib/users.ts';
import { type ProcessInfo, readProcesses } from './procps/processTable.ts';

/** Long options, by the letters that mean the same. */
const LONG: Readonly<Record<string, string>> = {
  full: 'f',
  exact: 'x',
  'ignore-case': 'i',
  inverse: 'v',
  newest: 'n',
  oldest: 'o',
  'list-name': 'l',
  'list-full': 'a',
  count: 'c',
  euid: 'u',
  parent: 'P',
  delimiter: 'd',
  echo: 'e',
};

interface Options {
  pattern: string | undefined;
  full: boolean;
  exact: boolean;
  ignoreCase: boolean;
  inverse: boolean;
  newest: boolean;
  oldest: boolean;
  listName: boolean;
  listFull: boolean;
  count: boolean;
  delimiter: string;
  users: string[] | undefined;
  parents: number[] | undefined;
  signal: SignalName | null;
  echo: boolean;
}

function make(name: 'pgrep' | 'pkill'): Program {
  const usage = (message: string) => `${name}: ${message}\nTry \`${name} --help' for more information.\n`;
  return {
    name,
    *main(argv): Sim<number> {
      const o = parse(argv.slice(1), name);
      if (typeof o === 'string') {
        yield* write(2, usage(o));
        return 2;
      }
      const found = yield* select(o);
      if (name === 'pkill') {
        for (const p of found) {
          try {
            yield* kill(p.pid, o.signal);
            if (o.echo) yield* write(1, `${p.comm} killed (pid ${p.pid})\n`);
          } catch (error) {
            if (!isErrno(error)) throw error;
            yield* write(2, `pkill: killing pid ${p.pid} failed: ${error.message}\n`);
          }
        }
      } else if (o.count) yield* write(1, `${found.length}\n`);
      else if (found.length > 0)
        yield* write(
          1,
          found.map((p) => (o.listFull ? `${p.pid} ${p.args}` : o.listName ? `${p.pid} ${p.comm}` : String(p.pid))).join(o.delimiter) +
            '\n',
        );
      return found.length > 0 ? 0 : 1;
    },
  };
}

/** Options, or what is wrong with them. */
function parse(args: readonly string[], name: string): Options | string {
  const o: Options = {
    pattern: undefined,
    full: false,
    exact: false,
    ignoreCase: false,
    inverse: false,
    newest: false,
    oldest: false,
    listName: false,
    listFull: false,
    count: false,
    delimiter: '\n',
    users: undefined,
    parents: undefined,
    signal: 'SIGTERM',
    echo: false,
  };
  const queue = [...args];
  for (let arg = queue.shift(); arg !== undefined; arg = queue.shift()) {
    if (arg === '--' || !arg.startsWith('-') || arg === '-') {
      if (arg === '--') arg = queue.shift();
      if (arg === undefined) break;
      if (o.pattern !== undefined) return 'only one pattern can be provided';
      o.pattern = arg;
      continue;
    }
    const long = arg.startsWith('--') ? arg.slice(2).split('=') : undefined;
    const signal = parseSignal(long?.[0] === 'signal' ? (long[1] ?? queue.shift() ?? '') : arg.slice(1));
    if (name === 'pkill' && signal !== undefined && (long?.[0] === 'signal' || !long)) {
      o.signal = signal;
      continue;
    }
    const letters = long ? [own(LONG, long[0]) ?? '?'] : [...arg.slice(1)];
    for (let i = 0; i < letters.length; i++) {
      const rest = () => {
        const value = long ? (long[1] ?? queue.shift()) : letters.slice(i + 1).join('') || queue.shift();
        i = letters.length;
        return value ?? '';
      };
      switch (letters[i]) {
        case 'f':
          o.full = true;
          break;
        case 'x':
          o.exact = true;
          break;
        case 'i':
          o.ignoreCase = true;
          break;
        case 'v':
          o.inverse = true;
          break;
        case 'n':
          o.newest = true;
          break;
        case 'o':
          o.oldest = true;
          break;
        case 'l':
          o.listName = true;
          break;
        case 'a':
          o.listFull = true;
          break;
        case 'c':
          o.count = true;
          break;
        case 'e':
          o.echo = true;
          break;
        case 'u':
        case 'U':
          o.users = rest().split(',');
          break;
        case 'P':
          o.parents = rest().split(',').map(Number);
          break;
        case 'd':
          o.delimiter = rest();
          break;
        default:
          return long ? `unrecognized option '${arg}'` : `invalid option -- '${letters[i]}'`;
      }
    }
  }
  if (o.pattern === undefined && !o.users && !o.parents) return 'no matching criteria specified';
  return o;
}

function* select(o: Options): Sim<readonly ProcessInfo[]> {
  const uids = new Set<number>();
  for (const user of o.users ?? []) uids.add((yield* findUser(user))?.uid ?? Number(user));
  const own = yield* getpid();
  const pattern =
    o.pattern === undefined ? undefined : compileRegex(o.exact ? `^(${o.pattern})$` : o.pattern, 'extended', { ignoreCase: o.ignoreCase });
  const found = (yield* readProcesses()).filter((p) => {
    if (p.pid === own) return false;
    const fits =
      (!o.users || uids.has(p.uid)) && (!o.parents || o.parents.includes(p.ppid)) && (!pattern || pattern.test(o.full ? p.args : p.comm));
    return fits !== o.inverse;
  });
  const byStart = [...found].sort((a, b) => a.startTicks - b.startTicks || a.pid - b.pid);
  if (o.newest) return byStart.slice(-1);
  return o.oldest ? byStart.slice(0, 1) : found;
}

export const programs: readonly Program[] = [make('pgrep'), make('pkill')];
