/** Birth and death of processes. */
import type { WaitStatus } from '../abi.ts';
import { Errno } from '../errno.ts';
import { PROCESSES_MAX } from '../limits.ts';
import { type Machine, Process, type ProcessStart, Thread } from '../machine.ts';
import type { Sim } from '../sim.ts';
import { sendSignal, signalGroup, terminate } from './signals.ts';

/** Enters a process into the tables and lets its first thread run. Throws EAGAIN when there are too many. */
export function startProcess(kernel: Machine, start: Omit<ProcessStart, 'pid' | 'group'> & { readonly group?: ProcessStart['group'] }, main: Sim<number>): Process {
  const namespace = start.namespaces.pid;
  if (kernel.processes.size >= PROCESSES_MAX || !start.cgroup.mayFork()) {
    start.fds.closeAll();
    throw new Errno('EAGAIN');
  }
  if (namespace.init === undefined && namespace.last > 0) {
    start.fds.closeAll();
    throw new Errno('ENOMEM');
  }
  const pid = namespace.allocate();
  const process = new Process(kernel, { ...start, pid, group: start.group ?? pid });
  namespace.init ??= process;
  kernel.processes.set(process.hostPid, process);
  start.parent?.children.add(process);
  addThread(process, main, true, '');
  return process;
}

export function addThread(process: Process, coroutine: Sim<unknown>, main: boolean, name: string): Thread {
  const tid = main ? process.hostPid : process.kernel.scheduler.nextTaskId();
  const thread = new Thread(process, coroutine, tid, main, name);
  process.threads.add(thread);
  if (main) process.mainThread = thread;
  process.kernel.scheduler.enqueue(thread);
  return thread;
}

/** What `kernel.hooks.threadEnded` does. `crashed` hears of errors that no program should let out. */
export function threadEnded(thread: Thread, result: unknown, error: unknown, crashed: (process: Process, error: unknown) => void): void {
  const { process } = thread;
  process.threads.delete(thread);
  thread.ended.wake();
  if (error !== undefined && !process.ending) {
    if (thread.onError) thread.onError(error);
    else if (!thread.main) crashed(process, error);
  }
  if (thread.main) {
    if (error === undefined) terminate(process, { kind: 'exited', code: typeof result === 'number' ? result & 0xff : 0 });
    else if (error instanceof Errno) terminate(process, { kind: 'exited', code: 1 });
    else {
      if (!process.ending) crashed(process, error);
      terminate(process, { kind: 'signaled', signal: 'SIGSEGV', coreDumped: false });
    }
  }
  if (process.threads.size === 0) bury(process);
}

/** The last thread has gone: lets go of everything, tells the parent, hands the children on. */
function bury(process: Process): void {
  const { kernel } = process;
  process.ending ??= { kind: 'exited', code: 0 };
  process.state = 'zombie';
  process.fds.closeAll();
  process.cgroup.leave(process);
  leaveSession(process);
  const namespace = process.namespaces.pid;
  if (namespace.init === process) endNamespace(kernel, process);
  const heir = reaperOf(process);
  for (const child of process.children) {
    child.parent = heir;
    if (heir) {
      heir.children.add(child);
      if (child.state === 'zombie') heir.childChanged.wake();
    } else if (child.state === 'zombie') forget(child);
  }
  process.children.clear();
  process.exited.wake();
  const { parent } = process;
  if (!parent || parent.dispositions.get('SIGCHLD') === 'ignore') {
    forget(process);
    parent?.childChanged.wake();
    return;
  }
  sendSignal(parent, 'SIGCHLD', process);
  parent.childChanged.wake();
}

/** The death of a namespace's first process kills all others in it. */
function endNamespace(kernel: Machine, init: Process): void {
  const namespace = init.namespaces.pid;
  for (const other of [...kernel.processes.values()]) {
    if (other !== init && other.pid.in(namespace) !== 0) {
      if (other.namespaces.pid.init === other) other.namespaces.pid.init = undefined;
      terminate(other, { kind: 'signaled', signal: 'SIGKILL', coreDumped: false });
    }
  }
  namespace.init = undefined;
}

/** Who takes over the children: the nearest subreaper above, or the first process of the namespace. */
function reaperOf(process: Process): Process | undefined {
  for (let at = process.parent; at; at = at.parent) {
    if (at.namespaces.pid !== process.namespaces.pid) break;
    if (at.subreaper && at.state === 'running') return at;
  }
  const init = process.namespaces.pid.init;
  return init?.state === 'running' ? init : undefined;
}

/** The end of a session's leader hangs up its terminal. */
function leaveSession(process: Process): void {
  const { session } = process;
  if (session.leader !== process) return;
  session.leader = undefined;
  const { tty } = session;
  if (!tty) return;
  session.tty = undefined;
  const foreground = tty.foreground;
  tty.disown();
  if (foreground) {
    signalGroup(process.kernel, foreground, 'SIGHUP');
    signalGroup(process.kernel, foreground, 'SIGCONT');
  }
}

/** A zombie that was waited for disappears. */
export function forget(process: Process): WaitStatus {
  process.state = 'dead';
  process.parent?.children.delete(process);
  process.kernel.processes.delete(process.hostPid);
  process.pid.namespaces[process.pid.namespaces.length - 1].release(process.pid);
  return process.ending as WaitStatus;
}
