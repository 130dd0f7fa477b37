import type { SignalName, WaitStatus } from '../abi.ts';
import type { Machine, Pid, Process } from '../machine.ts';

/** Numbers on x86-64. */
export const SIGNALS: Readonly<Record<SignalName, number>> = {
  SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGILL: 4, SIGTRAP: 5, SIGABRT: 6, SIGBUS: 7, SIGFPE: 8, SIGKILL: 9, SIGUSR1: 10, SIGSEGV: 11, SIGUSR2: 12,
  SIGPIPE: 13, SIGALRM: 14, SIGTERM: 15, SIGSTKFLT: 16, SIGCHLD: 17, SIGCONT: 18, SIGSTOP: 19, SIGTSTP: 20, SIGTTIN: 21, SIGTTOU: 22, SIGURG: 23,
  SIGXCPU: 24, SIGXFSZ: 25, SIGVTALRM: 26, SIGPROF: 27, SIGWINCH: 28, SIGIO: 29, SIGPWR: 30, SIGSYS: 31,
};

const BY_NUMBER = new Map(Object.entries(SIGNALS).map(([name, number]) => [number, name as SignalName]));

export function signalNumber(signal: SignalName): number {
  return SIGNALS[signal];
}

/** 'SIGTERM' for 15; undefined if there is none. */
export function signalName(number: number): SignalName | undefined {
  return BY_NUMBER.get(number);
}

const IGNORED: ReadonlySet<SignalName> = new Set<SignalName>(['SIGCHLD', 'SIGURG', 'SIGWINCH', 'SIGCONT']);
const STOPS: ReadonlySet<SignalName> = new Set<SignalName>(['SIGSTOP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU']);
const DUMPS: ReadonlySet<SignalName> = new Set<SignalName>([
  'SIGQUIT', 'SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGSEGV', 'SIGXCPU', 'SIGXFSZ', 'SIGSYS',
]);

/**
 * Sends a signal. The first process of a pid namespace gets from its own namespace only what it handles; from outside
 * (`from` undefined is the kernel itself) SIGKILL and SIGSTOP reach it too. pid_namespaces(7).
 */
export function sendSignal(target: Process, signal: SignalName, from?: Process): void {
  if (target.state !== 'running' || target.ending) return;
  const disposition = target.dispositions.get(signal) ?? 'default';
  const isInit = target.namespaces.pid.init === target;
  if (isInit && typeof disposition !== 'function') {
    const fromOutside = target.namespaces.pid.level > 0 && (!from || from.pid.in(target.namespaces.pid) === 0);
    if (!fromOutside || (signal !== 'SIGKILL' && signal !== 'SIGSTOP')) return;
  }
  if (signal === 'SIGCONT') resumeProcess(target);
  if (signal === 'SIGKILL') return terminate(target, { kind: 'signaled', signal, coreDumped: false });
  if (signal === 'SIGSTOP') return stopProcess(target, signal);
  if (disposition === 'ignore') return;
  if (typeof disposition !== 'function') return takeDefaultAction(target, signal);
  if (!target.pending.includes(signal)) target.pending.push(signal);
  target.mainThread?.interrupt();
}

export function takeDefaultAction(process: Process, signal: SignalName): void {
  if (IGNORED.has(signal)) return;
  if (STOPS.has(signal)) {
    if (signal !== 'SIGSTOP' && isOrphanedGroup(process)) return;
    stopProcess(process, signal);
    return;
  }
  terminate(process, { kind: 'signaled', signal, coreDumped: DUMPS.has(signal) && (process.rlimits.get('core')?.soft ?? 0) > 0 });
}

/** A group whose members have no parent in the same session outside the group cannot be continued by anybody: it does not stop. */
function isOrphanedGroup(process: Process): boolean {
  for (const member of groupMembers(process.kernel, process.group)) {
    const { parent } = member;
    if (parent && parent.group !== member.group && parent.session === member.session) return false;
  }
  return true;
}

export function* groupMembers(kernel: Machine, group: Pid): Generator<Process, void, undefined> {
  for (const process of kernel.processes.values()) if (process.group === group && process.state === 'running') yield process;
}

export function signalGroup(kernel: Machine, group: Pid, signal: SignalName, from?: Process): void {
  for (const process of [...groupMembers(kernel, group)]) sendSignal(process, signal, from);
}

/** Decides how the process ends and unwinds its threads. It is a zombie when the last one is gone. */
export function terminate(process: Process, status: WaitStatus): void {
  if (process.state !== 'running' || process.ending) return;
  process.ending = status;
  process.stoppedBy = undefined;
  for (const thread of [...process.threads]) thread.condemn();
  process.updateHold();
}

export function stopProcess(process: Process, signal: SignalName): void {
  if (process.stoppedBy) return;
  process.stoppedBy = signal;
  process.updateHold();
  reportToParent(process, { kind: 'stopped', signal });
}

export function resumeProcess(process: Process): void {
  if (!process.stoppedBy) return;
  process.stoppedBy = undefined;
  process.updateHold();
  reportToParent(process, { kind: 'continued' });
}

function reportToParent(process: Process, report: WaitStatus): void {
  process.report = report;
  if (!process.parent) return;
  sendSignal(process.parent, 'SIGCHLD', process);
  process.parent.childChanged.wake();
}

/** May `from` signal `target`? kill(2). */
export function maySignal(from: Process, target: Process, signal: SignalName | null): boolean {
  if (from.cred.effective.has('CAP_KILL')) return true;
  if (signal === 'SIGCONT' && from.session === target.session) return true;
  return [from.cred.uid, from.cred.euid].some((uid) => uid === target.cred.uid || uid === target.cred.suid);
}
