import { Errno } from '../../kernel/errno.ts';
import { parseSignal, SIGNAL_NAMES, SIGNAL_NUMBERS, signalNumber } from '../../kernel/process/signals.ts';
import type { Sim } from '../../kernel/sim.ts';
import { kill as killProcess, type SignalName, tcsetpgrp, waitpid } from '../../kernel/syscalls.ts';
import { builtinError, complain, invalidOption, output } from '../exec/message.ts';
import { exitCode, type Job, signalText } from '../jobs.ts';
import { Interrupted } from '../state/errors.ts';
import type { Builtin, Shell } from '../state/shell.ts';
import { parseOptions } from './lib/options.ts';
import { posixKill } from './lib/posixKill.ts';

/** Learns what became of jobs, without waiting. */
export function* reap(sh: Shell): Sim<void> {
  for (const job of sh.jobs.own) {
    for (const process of job.processes) {
      if (process.status && process.status.kind !== 'stopped') continue;
      try {
        const result = yield* waitpid(process.pid, { nohang: true, untraced: true });
        if (result) sh.jobs.update(result.pid, result.status);
      } catch (error) {
        if (!(error instanceof Errno)) throw error;
        sh.jobs.update(process.pid, { kind: 'exited', code: sh.jobs.finished.get(process.pid) ?? 127 });
      }
    }
  }
}

/** Tells of jobs that ended or stopped, before the prompt. */
export function* notify(sh: Shell): Sim<void> {
  yield* reap(sh);
  for (const job of [...sh.jobs.list]) {
    if (job.notified) continue;
    job.notified = true;
    if (sh.interactive) yield* complain(sh.jobs.format(job, sh.dialect));
    if (sh.jobs.state(job) === 'done') sh.jobs.remove(job);
  }
}

function* jobs(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = parseOptions(args, 'lnprsx');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, '[-lnprs] [jobspec ...] or jobs -x command [args]');
  yield* reap(sh);
  let list: Job[] = sh.jobs.listed(sh.dialect);
  let status = 0;
  if (o.rest.length > 0) {
    list = [];
    for (const spec of o.rest) {
      const job = sh.jobs.find(spec);
      if (typeof job === 'string') {
        yield* builtinError(sh, name, `${spec}: no such job`);
        status = 1;
      } else list.push(job);
    }
  }
  for (const job of list) {
    const state = sh.jobs.state(job);
    if (o.flags.has('r') && state !== 'running') continue;
    if (o.flags.has('s') && state !== 'stopped') continue;
    yield* output(sh, name, o.flags.has('p') ? `${job.processes[0].pid}\n` : sh.jobs.format(job, sh.dialect, o.flags.has('l')));
    job.notified = true;
  }
  for (const job of list) if (sh.jobs.state(job) === 'done') sh.jobs.remove(job);
  return status;
}

function* resume(sh: Shell, args: readonly string[], name: string): Sim<number> {
  if (!sh.options.has('monitor')) {
    const missing = args[0] === undefined ? 'No current job' : sh.dialect === 'ash' ? `${args[0]}: no such job` : `No such job: ${args[0]}`;
    yield* builtinError(sh, name, sh.isBash ? 'no job control' : missing);
    return sh.isBash ? 1 : 2;
  }
  yield* reap(sh);
  let status = 0;
  for (const spec of args.length > 0 ? args : ['%%']) {
    const job = sh.jobs.find(spec);
    if (typeof job === 'string' || (name === 'fg' && sh.jobs.state(job) === 'done')) {
      yield* builtinError(sh, name, `${args.length > 0 ? spec : 'current'}: no such job`);
      return 1;
    }
    if (name === 'bg') {
      if (sh.jobs.state(job) === 'running') {
        yield* builtinError(sh, name, `job ${job.id} already in background`);
        continue;
      }
      job.background = true;
      yield* output(sh, name, sh.isBash ? `[${job.id}]${sh.jobs.mark(job)} ${job.text} &\n` : `[${job.id}] ${job.text}\n`);
      yield* proceed(job);
      continue;
    }
    yield* output(sh, name, `${job.text}\n`);
    sh.jobs.touch(job);
    if (sh.terminalFd >= 0) yield* tcsetpgrp(sh.terminalFd, job.pgid);
    yield* proceed(job);
    status = yield* sh.interpreter.bringForward(sh, job);
  }
  return status;
}

function* proceed(job: Job): Sim<void> {
  for (const p of job.processes) if (p.status?.kind === 'stopped') p.status = undefined;
  job.notified = true;
  try {
    yield* killProcess(job.pgid ? -job.pgid : job.processes[0].pid, 'SIGCONT');
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
}

function* waitPid(sh: Shell, pid: number): Sim<number | null> {
  const known = sh.jobs.finished.get(pid);
  if (known !== undefined) {
    const job = sh.jobs.byPid(pid);
    if (job && sh.jobs.state(job) === 'done') sh.jobs.remove(job);
    return known;
  }
  try {
    let result = yield* waitpid(pid, { untraced: sh.options.has('monitor') });
    while (result?.status.kind === 'continued') result = yield* waitpid(pid, { untraced: true });
    if (!result) return null;
    const job = sh.jobs.update(pid, result.status);
    const at = sh.substitutions.indexOf(pid);
    if (at >= 0) sh.substitutions.splice(at, 1);
    sh.jobs.finished.set(pid, exitCode(result.status));
    if (job && sh.jobs.state(job) === 'done') {
      if (!sh.interactive) yield* tellDeath(sh, job);
      if (!sh.interactive || job.processes.every((p) => p.status?.kind === 'exited')) sh.jobs.remove(job);
    }
    return exitCode(result.status);
  } catch (error) {
    if (error instanceof Errno) return null;
    throw error;
  }
}

/** Between two commands a bash that is not interactive tells which background jobs were killed meanwhile, and forgets them. */
export function* notifyDeaths(sh: Shell): Sim<void> {
  if (!sh.isBash) return;
  yield* reap(sh);
  for (const job of [...sh.jobs.own]) {
    const dead = job.processes.every((p) => p.status?.kind === 'exited' || p.status?.kind === 'signaled');
    if (!dead || job.processes[job.processes.length - 1].status?.kind !== 'signaled') continue;
    yield* tellDeath(sh, job);
    sh.jobs.remove(job);
  }
}

/** A shell that is not interactive says so when a job was killed; Debian's bash keeps still about SIGTERM. */
function* tellDeath(sh: Shell, job: Job): Sim<void> {
  const last = job.processes[job.processes.length - 1].status;
  if (last?.kind !== 'signaled' || job.text.startsWith('coproc') || ['SIGINT', 'SIGPIPE'].includes(last.signal)) return;
  if (!sh.isBash) yield* complain(`${signalText(last.signal)}\n`);
  else if (sh.isBash && last.signal !== 'SIGTERM' && !sh.traps.has(last.signal))
    yield* complain(`${sh.prefix}${String(job.processes[0].pid).padStart(5)} ${sh.jobs.describe(job, sh.dialect).padEnd(24)}${job.text}\n`);
}

function* wait(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = parseOptions(args, 'fnp:');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, '[-fn] [-p var] [id ...]');
  const variable = o.flags.get('p');
  if (variable !== undefined) sh.vars.unset(variable);
  sh.interruptible = true;
  try {
    if (o.flags.has('n')) return yield* waitAny(sh, o.rest, variable);
    if (o.rest.length === 0) {
      for (const job of sh.jobs.own) {
        if (sh.jobs.state(job) === 'stopped') continue;
        for (const p of job.processes) yield* waitPid(sh, p.pid);
        if (!sh.interactive) sh.jobs.remove(job);
      }
      for (const pid of [...sh.substitutions]) yield* waitPid(sh, pid);
      return 0;
    }
    let status = 0;
    for (const id of o.rest) {
      let pid = Number(id);
      if (id.startsWith('%')) {
        const job = sh.jobs.find(id);
        if (typeof job === 'string') {
          yield* builtinError(sh, name, `${id}: no such job`);
          status = 127;
          continue;
        }
        pid = job.processes[job.processes.length - 1].pid;
      } else if (!/^\d+$/.test(id)) {
        yield* builtinError(sh, name, sh.isBash ? `\`${id}': not a pid or valid job spec` : `Illegal number: ${id}`);
        status = sh.isBash ? 1 : 2;
        continue;
      }
      const result = yield* waitPid(sh, pid);
      if (result === null) {
        if (sh.isBash) yield* builtinError(sh, name, `pid ${id} is not a child of this shell`);
        status = 127;
      } else {
        status = result;
        if (variable !== undefined) sh.vars.set(variable, String(pid));
      }
    }
    return status;
  } catch (error) {
    if (error instanceof Interrupted && sh.traps.has(error.signal)) return 128 + signalNumber(error.signal as SignalName);
    throw error;
  } finally {
    sh.interruptible = false;
  }
}

function* waitAny(sh: Shell, ids: readonly string[], variable: string | undefined): Sim<number> {
  yield* reap(sh);
  const wanted = ids
    .map((id) => (id.startsWith('%') ? sh.jobs.find(id) : sh.jobs.byPid(Number(id))))
    .filter((j): j is Job => typeof j === 'object');
  const pool = ids.length > 0 ? wanted : sh.jobs.own;
  for (;;) {
    const done = [...pool].find((job) => sh.jobs.state(job) === 'done' && sh.jobs.list.includes(job));
    if (done) {
      const last = done.processes[done.processes.length - 1];
      sh.jobs.remove(done);
      if (variable !== undefined) sh.vars.set(variable, String(last.pid));
      return exitCode(last.status!);
    }
    if (pool.length === 0) return 127;
    try {
      const result = yield* waitpid(-1);
      if (result) sh.jobs.update(result.pid, result.status);
    } catch (error) {
      if (error instanceof Errno) return 127;
      throw error;
    }
  }
}

function* disown(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = parseOptions(args, 'ahr');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, '[-h] [-ar] [jobspec ... | pid ...]');
  const all = o.flags.has('a') || o.flags.has('r');
  const list = all ? sh.jobs.list.filter((j) => !o.flags.has('r') || sh.jobs.state(j) === 'running') : [];
  if (!all) {
    for (const spec of o.rest.length > 0 ? o.rest : ['%%']) {
      const job = /^\d+$/.test(spec) ? (sh.jobs.byPid(Number(spec)) ?? 'none') : sh.jobs.find(spec);
      if (typeof job === 'string') {
        yield* builtinError(sh, name, `${o.rest.length > 0 ? spec : 'current'}: no such job`);
        return 1;
      }
      list.push(job);
    }
  }
  for (const job of list) {
    if (o.flags.has('h')) job.noHangup = true;
    else sh.jobs.remove(job);
  }
  return 0;
}

function listSignals(): string {
  let out = '';
  const names: [number, string][] = Object.entries(SIGNAL_NUMBERS).map(([signal, number]) => [number, signal]);
  for (let n = 34; n <= 64; n++)
    names.push([n, n <= 49 ? `SIGRTMIN${n > 34 ? `+${n - 34}` : ''}` : `SIGRTMAX${n < 64 ? `-${64 - n}` : ''}`]);
  names.forEach(([n, text], i) => {
    out += `${String(n).padStart(2)}) ${text}${i % 5 === 4 || i === names.length - 1 ? '\n' : '\t'}`;
  });
  return out;
}

const KILL_USAGE = '[-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]';

/** Sends to a job; the reason if there is none. */
function* sendToJob(sh: Shell, target: string, signal: SignalName | null): Sim<string | undefined> {
  yield* reap(sh);
  const job = sh.jobs.find(target);
  if (typeof job === 'string') return sh.dialect === 'ash' ? `${target}: no such job` : `No such job: ${target}`;
  if (job.pgid) yield* killProcess(-job.pgid, signal);
  else for (const p of job.processes) yield* killProcess(p.pid, signal);
  return undefined;
}

function* kill(sh: Shell, args: readonly string[], name: string): Sim<number> {
  if (!sh.isBash) return yield* posixKill(sh, args, name, (target, signal) => sendToJob(sh, target, signal));
  let signal: SignalName | null = 'SIGTERM';
  let i = 0;
  if (args[0] === '-l' || args[0] === '-L') return yield* killList(sh, args.slice(1), name);
  if (args[0]?.startsWith('-') && args[0] !== '--') {
    let text = args[0].slice(1);
    i = 1;
    if (text === 's' || text === 'n') {
      text = args[1] ?? '';
      i = 2;
      if (args[1] === undefined) {
        yield* builtinError(sh, name, `${args[0]}: option requires an argument`);
        return 1;
      }
    }
    const parsed = text === '0' || text === 'EXIT' ? null : parseSignal(text);
    if (parsed === undefined) {
      yield* builtinError(sh, name, `${text}: invalid signal specification`);
      return 1;
    }
    signal = parsed;
  }
  if (args[i] === '--') i++;
  if (i >= args.length) {
    yield* complain(`${name}: usage: ${name} ${KILL_USAGE}\n`);
    return 2;
  }
  let status = 0;
  for (const target of args.slice(i)) {
    try {
      if (target.startsWith('%')) {
        yield* reap(sh);
        const job = sh.jobs.find(target);
        if (typeof job === 'string') {
          yield* builtinError(sh, name, `${target}: no such job`);
          status = 1;
          continue;
        }
        if (job.pgid) {
          yield* killProcess(-job.pgid, signal);
          if (sh.jobs.state(job) === 'stopped' && (signal === 'SIGTERM' || signal === 'SIGHUP')) yield* killProcess(-job.pgid, 'SIGCONT');
        } else for (const p of job.processes) yield* killProcess(p.pid, signal);
      } else if (/^-?\d+$/.test(target)) yield* killProcess(Number(target), signal);
      else {
        yield* builtinError(sh, name, `${target}: arguments must be process or job IDs`);
        status = 1;
      }
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      yield* builtinError(sh, name, `(${target}) - ${error.message}`);
      status = 1;
    }
  }
  return status;
}

function* killList(sh: Shell, args: readonly string[], name: string): Sim<number> {
  if (args.length === 0) {
    yield* output(sh, name, listSignals());
    return 0;
  }
  let status = 0;
  for (const arg of args) {
    const number = /^\d+$/.test(arg) ? Number(arg) : undefined;
    const signal = number !== undefined ? SIGNAL_NAMES[number > 128 ? number - 128 : number] : parseSignal(arg);
    if (!signal) {
      yield* builtinError(sh, name, `${arg}: invalid signal specification`);
      status = 1;
    } else yield* output(sh, name, number !== undefined ? `${signal.slice(3)}\n` : `${signalNumber(signal)}\n`);
  }
  return status;
}

function* suspend(sh: Shell, args: readonly string[], name: string): Sim<number> {
  if (!sh.options.has('monitor')) {
    yield* builtinError(sh, name, 'cannot suspend: no job control');
    return 1;
  }
  if (sh.loginShell && args[0] !== '-f') {
    yield* builtinError(sh, name, 'cannot suspend a login shell');
    return 1;
  }
  yield* killProcess(0, 'SIGSTOP');
  return 0;
}

export const builtins: readonly Builtin[] = [
  { name: 'jobs', usage: '[-lnprs] [jobspec ...] or jobs -x command [args]', summary: 'Show jobs.', run: jobs },
  { name: 'fg', usage: '[job_spec]', summary: 'Bring a job to the foreground.', run: resume },
  { name: 'bg', usage: '[job_spec ...]', summary: 'Let a stopped job go on in the background.', run: resume },
  { name: 'wait', usage: '[-fn] [-p var] [id ...]', summary: 'Wait for jobs and give their status.', run: wait },
  { name: 'disown', bashOnly: true, usage: '[-h] [-ar] [jobspec ... | pid ...]', summary: 'Forget jobs.', run: disown },
  { name: 'kill', usage: KILL_USAGE, summary: 'Send a signal to processes or jobs.', run: kill },
  { name: 'suspend', bashOnly: true, usage: '[-f]', summary: 'Stop this shell.', run: suspend },
];
