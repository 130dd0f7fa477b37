/** Processes by name: pidof, killall (psmisc). */

import { isErrno } from '../kernel/errno.ts';
import { parseSignal, SIGNAL_NAMES } from '../kernel/process/signals.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { getpid, getppid, kill, type SignalName, sleep, write } from '../kernel/syscalls.ts';
import { compileRegex } from '../lib/regex/regex.ts';
import { ashSignals } from '../shell/index.ts';
import { parseArguments, parseOptions } from './lib/options.ts';
import { type Tool, tool } from './lib/tool.ts';
import { findUser } from './lib/users.ts';
import { type ProcessInfo, readProcesses } from './procps/processTable.ts';

/** The name by which a process was called: its argv[0] without directories and a login shell's dash, or the kernel's name of it. */
function isCalled(p: ProcessInfo, name: string): boolean {
  const first = p.args.split(' ')[0].replace(/^-/, '');
  if (name.includes('/')) return first === name;
  return p.comm === name.slice(0, 15) || first.slice(first.lastIndexOf('/') + 1) === name;
}

/** pidof [-s] [-o PID] NAME...: the newest first. Status 1 if there is none. */
export function* pidof(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, {
    short: 'schno:xqwS:t',
    long: { 'single-shot': 's', 'check-root': 'c', 'omit-pid': 'o:', separator: 'S:', quiet: 'q', lightweight: 't' },
    usage: '[options] [program [...]]',
    about: 'Prints the ids of the processes of a program.',
    version: 'procps-ng 4.0.4)',
  });
  const omitted = new Set<number>([yield* getpid()]);
  for (const [key, value] of o.options) {
    if (key !== 'o') continue;
    for (const word of value.split(',')) omitted.add(word === '%PPID' ? yield* getppid() : Number(word));
  }
  const all = (yield* readProcesses()).filter((p) => !omitted.has(p.pid) && p.state !== 'Z');
  const found = o.operands.flatMap((name) => all.filter((p) => isCalled(p, name)).reverse());
  if (found.length === 0) return 1;
  const shown = o.has('s') ? found.slice(0, 1) : found;
  if (!o.has('q')) yield* t.print(`${shown.map((p) => p.pid).join(o.value('S') ?? ' ')}\n`);
  return 0;
}

const KILLALL = {
  short: 'egIilno:qrs:u:vwVy:Z:',
  long: {
    exact: 'e',
    'ignore-case': 'I',
    'process-group': 'g',
    interactive: 'i',
    list: 'l',
    quiet: 'q',
    regexp: 'r',
    signal: 's:',
    user: 'u:',
    verbose: 'v',
    wait: 'w',
    'older-than': 'o:',
    'younger-than': 'y:',
  },
  usage: '[OPTION]... [--] NAME...',
  about: 'Sends a signal to all processes of these names.',
  version: 'PSmisc) 23.6',
};

/** killall [-SIGNAL] NAME...: `NAME: no process found` and status 1 for a name without processes. */
export function* killall(t: Tool): Sim<number> {
  let signal: SignalName | null = 'SIGTERM';
  const rest: string[] = [];
  for (const arg of t.args) {
    const named = /^-([A-Z]\w*|\d+)$/.exec(arg);
    const parsed = named && !(t.busybox === false && arg === '-V') ? parseSignal(named[1]) : undefined;
    if (parsed !== undefined && rest.every((word) => word.startsWith('-'))) signal = parsed;
    else if (named && named[1].length > 1) {
      yield* write(2, `${named[1]}: unknown signal; ${t.name} -l lists signals.\n`);
      return 1;
    } else rest.push(arg);
  }
  const o = parseArguments(rest, KILLALL);
  if (o.has('l') && t.busybox) {
    yield* t.print(ashSignals());
    return 0;
  }
  if (o.has('l')) {
    yield* t.print(
      SIGNAL_NAMES.filter((n) => n !== undefined)
        .map((n) => (n === 'SIGIO' ? 'POLL' : n.slice(3)))
        .reduce(
          (lines, n) => (lines.length - lines.lastIndexOf('\n') - 1 + n.length > 79 ? `${lines.trimEnd()}\n${n} ` : `${lines}${n} `),
          '',
        )
        .replace(/ $/, '\n'),
    );
    return 0;
  }
  const wanted = o.value('s');
  if (wanted !== undefined) {
    const parsed = parseSignal(wanted);
    if (parsed === undefined) {
      yield* write(2, `${wanted}: unknown signal; ${t.name} -l lists signals.\n`);
      return 1;
    }
    signal = parsed;
  }
  if (o.operands.length === 0 && !o.has('u')) {
    yield* write(
      2,
      t.busybox
        ? 'killall: you need to specify whom to kill\n'
        : 'Usage: killall [OPTION]... [--] NAME...\n       killall -l, --list\n       killall -V, --version\n',
    );
    return 1;
  }
  const uid = o.has('u') ? ((yield* findUser(o.value('u')!))?.uid ?? -1) : undefined;
  if (uid === -1) {
    yield* write(2, `Cannot find user ${o.value('u')}\n`);
    return 1;
  }
  const own = yield* getpid();
  const all = (yield* readProcesses()).filter((p) => p.pid !== own && p.state !== 'Z' && (uid === undefined || p.uid === uid));
  const fits = (p: ProcessInfo, name: string) =>
    o.has('r')
      ? compileRegex(name, 'extended', { ignoreCase: o.has('I') }).test(p.comm)
      : o.has('I')
        ? p.comm.toLowerCase() === name.toLowerCase()
        : isCalled(p, name);
  let status = 0;
  const killed: number[] = [];
  for (const name of o.operands.length > 0 ? o.operands : [undefined]) {
    const found = all.filter((p) => name === undefined || fits(p, name));
    if (found.length === 0) {
      if (!o.has('q')) yield* write(2, `${t.busybox ? 'killall: ' : ''}${name}: no process ${t.busybox ? 'killed' : 'found'}\n`);
      status = 1;
    }
    for (const p of found) {
      try {
        yield* kill(p.pid, signal);
        killed.push(p.pid);
        if (o.has('v')) yield* write(2, `Killed ${p.comm}(${p.pid}) with signal ${signal === null ? 0 : SIGNAL_NAMES.indexOf(signal)}\n`);
      } catch (error) {
        if (!isErrno(error)) throw error;
        yield* write(2, t.busybox ? `killall: can't kill pid ${p.pid}: ${error.message}\n` : `${p.comm}(${p.pid}): ${error.message}\n`);
        status = 1;
      }
    }
  }
  if (o.has('w')) while ((yield* readProcesses()).some((p) => killed.includes(p.pid) && p.state !== 'Z')) yield* sleep(1_000_000);
  return status;
}

export const programs: readonly Program[] = [tool('pidof', pidof, { shortName: true }), tool('killall', killall, { shortName: true })];
