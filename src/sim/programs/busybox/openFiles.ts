/** lsof and fuser: who has what open. After procps/lsof.c and procps/fuser.c of BusyBox. */
import { isErrno } from '../../kernel/errno.ts';
import { parseSignal } from '../../kernel/process/signals.ts';
import type { Sim } from '../../kernel/sim.ts';
import { kill, readdir, readlink, readText, type SignalName, stat } from '../../kernel/syscalls.ts';
import { Fatal, UsageError } from '../lib/failure.ts';
import { type Applet, runTool, type Tool } from '../lib/tool.ts';

/** The processes that /proc shows, by number. */
function* processIds(): Sim<readonly number[]> {
  const names = (yield* readdir('/proc')).map((entry) => Number(entry.name));
  return names.filter((pid) => Number.isInteger(pid)).sort((a, b) => a - b);
}

function* orNull<T>(call: () => Sim<T>): Sim<T | null> {
  try {
    return yield* call();
  } catch (error) {
    if (isErrno(error)) return null;
    throw error;
  }
}

/** Number, executable and open file of every descriptor, with tabs between. */
export const lsof: Applet = (argv, build) =>
  runTool(
    function* (t: Tool): Sim<void> {
      for (const pid of yield* processIds()) {
        const program = yield* orNull(() => readlink(`/proc/${pid}/exe`));
        const files = yield* orNull(() => readdir(`/proc/${pid}/fd`));
        if (program === null || files === null) continue;
        for (const { name } of [...files].sort((a, b) => Number(a.name) - Number(b.name))) {
          const path = yield* orNull(() => readlink(`/proc/${pid}/fd/${name}`));
          if (path !== null) yield* t.print(`${pid}\t${program}\t${name}\t${path}\n`);
        }
      }
    },
    argv,
    build,
  );

/** The processes that use files, their executables and directories included, or a port. */
export const fuser: Applet = (argv, build) => runTool(find, argv, build);

function* find(t: Tool): Sim<number> {
  const words: string[] = [];
  let signal: SignalName | null = 'SIGKILL';
  const letters = new Set<string>();
  for (const arg of t.args) {
    const named = /^-(?![msk46]+$)(.+)$/.exec(arg);
    if (named) {
      const parsed = parseSignal(named[1]);
      if (parsed === undefined) throw new UsageError(`invalid option -- '${named[1][0]}'`);
      signal = parsed;
    } else if (arg.startsWith('-')) for (const letter of arg.slice(1)) letters.add(letter);
    else words.push(arg);
  }
  if (words.length === 0) throw new UsageError('');
  const wanted: ((target: string) => Sim<boolean>)[] = [];
  for (const word of words) wanted.push(yield* matcher(word));
  const found: number[] = [];
  for (const pid of yield* processIds()) {
    const targets = [`/proc/${pid}/cwd`, `/proc/${pid}/root`, `/proc/${pid}/exe`];
    for (const { name } of (yield* orNull(() => readdir(`/proc/${pid}/fd`))) ?? []) targets.push(`/proc/${pid}/fd/${name}`);
    if (yield* any(targets, wanted)) found.push(pid);
  }
  if (!letters.has('s') && found.length > 0) yield* t.print(`${found.join(' ')}\n`);
  if (letters.has('k')) for (const pid of found) yield* orNull(() => kill(pid, signal));
  return found.length > 0 ? 0 : 1;
}

function* any(targets: readonly string[], wanted: readonly ((target: string) => Sim<boolean>)[]): Sim<boolean> {
  for (const target of targets) for (const matches of wanted) if (yield* matches(target)) return true;
  return false;
}

/** `80/tcp` is a port, anything else a file. */
function* matcher(word: string): Sim<(target: string) => Sim<boolean>> {
  const port = /^(\d+)\/(tcp|udp)$/.exec(word);
  if (port) {
    const inodes = yield* socketsOn(Number(port[1]), port[2]);
    return function* (target) {
      const link = yield* orNull(() => readlink(target));
      return inodes.has(/^socket:\[(\d+)\]$/.exec(link ?? '')?.[1] ?? '');
    };
  }
  const info = yield* orNull(() => stat(word));
  if (info === null) throw new Fatal(`can't stat '${word}': No such file or directory`);
  return function* (target) {
    const other = yield* orNull(() => stat(target));
    return other !== null && other.ino === info.ino && other.dev === info.dev;
  };
}

function* socketsOn(port: number, protocol: string): Sim<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const file of [`/proc/net/${protocol}`, `/proc/net/${protocol}6`])
    for (const line of ((yield* orNull(() => readText(file))) ?? '').split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      if (Number.parseInt(fields[1]?.split(':')[1] ?? '', 16) === port) found.add(fields[9]);
    }
  return found;
}
