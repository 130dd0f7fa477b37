/** Processes, signals, threads. */
import type { Disposition, SignalName, SpawnOptions, ThreadHandle, WaitStatus } from '../abi.ts';
import { S_IFREG } from '../abi.ts';
import { Errno, isErrno } from '../errno.ts';
import { mayAccess } from '../process/access.ts';
import { type Process, self, type Thread } from '../process/process.ts';
import { SIGNAL_NUMBERS } from '../process/signals.ts';
import { replaceProgram, spawnFrom } from '../process/spawn.ts';
import { interruptibleWait } from '../process/wait.ts';
import { pause, type Sim } from '../sim.ts';
import { caller, find } from './context.ts';

export function* spawn(options: SpawnOptions): Sim<number> {
  const process = yield* caller();
  return spawnFrom(process.kernel, process, options).pidSeenBy(process);
}

export function* exec(path: string, argv: readonly string[], env?: ReadonlyMap<string, string>): Sim<never> {
  const thread: Thread = yield* self();
  const { process } = thread;
  const coroutine = replaceProgram(process, path, argv, env);
  for (const other of process.threads) if (other !== thread) other.condemn();
  thread.replacement = coroutine;
  thread.attention = true;
  for (;;) yield* pause();
}

export function* findExecutable(name: string, path?: string): Sim<string | null> {
  const process = yield* caller();
  const candidates = name.includes('/')
    ? [name]
    : (path ?? process.env.get('PATH') ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin')
        .split(':')
        .map((dir) => `${dir === '' ? '.' : dir}/${name}`);
  for (const candidate of candidates) {
    try {
      const { place } = find(process, candidate);
      if (place && place.inode.type === S_IFREG && mayAccess(process, place.inode, 1)) return candidate;
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }
  return null;
}

function matches(process: Process, child: Process, pid: number): boolean {
  if (pid > 0) return child.pidSeenBy(process) === pid;
  if (pid === -1) return true;
  if (pid === 0) return child.group === process.group;
  return child.group.pidSeenBy(process) === -pid;
}

export function* waitpid(
  pid: number,
  options: { nohang?: boolean; untraced?: boolean } = {},
): Sim<{ readonly pid: number; readonly status: WaitStatus } | null> {
  const process = yield* caller();
  for (;;) {
    const children = [...process.children].filter((child) => matches(process, child, pid));
    if (children.length === 0) throw new Errno('ECHILD');
    for (const child of children) {
      const number = child.pidSeenBy(process);
      if (child.state === 'zombie' && child.threads.size === 0 && child.status) {
        const { status } = child;
        child.reap();
        return { pid: number, status };
      }
      if (options.untraced && child.report) {
        const status = child.report;
        child.report = undefined;
        return { pid: number, status };
      }
    }
    if (options.nohang) return null;
    yield* interruptibleWait(process.childChanged);
  }
}

export function* run(options: SpawnOptions): Sim<number> {
  const pid = yield* spawn(options);
  const ended = yield* waitpid(pid);
  const status = ended!.status;
  return status.kind === 'exited' ? status.code : status.kind === 'signaled' ? 128 + SIGNAL_NUMBERS[status.signal] : 0;
}

export function* exit(code: number): Sim<never> {
  (yield* caller()).end({ kind: 'exited', code: code & 0xff });
  for (;;) yield* pause();
}

export function* getpid(): Sim<number> {
  return (yield* caller()).pid;
}

export function* getppid(): Sim<number> {
  const process = yield* caller();
  return process.parent?.pidSeenBy(process) ?? 0;
}

function byPid(process: Process, pid: number): Process {
  const found = pid === 0 ? process : process.namespaces.pid.processes.get(pid);
  if (!found || found.state === 'gone') throw new Errno('ESRCH');
  return found;
}

export function* getpgid(pid = 0): Sim<number> {
  const process = yield* caller();
  return byPid(process, pid).group.pidSeenBy(process);
}

export function* setpgid(pid: number, pgid: number): Sim<void> {
  const process = yield* caller();
  const target = byPid(process, pid);
  if (target !== process && target.parent !== process) throw new Errno('ESRCH');
  if (target.session === target || target.session !== process.session) throw new Errno('EPERM');
  const leader = pgid === 0 ? target : byPid(process, pgid);
  if (leader !== target && (leader.group !== leader || leader.session !== target.session)) throw new Errno('EPERM');
  target.group = leader;
}

function maySignal(process: Process, target: Process, signal: SignalName | null): boolean {
  const { uid, euid } = process.credentials;
  if (process.can('CAP_KILL') || euid === target.credentials.uid || uid === target.credentials.uid || euid === target.credentials.euid)
    return true;
  return signal === 'SIGCONT' && process.session === target.session;
}

export function* kill(pid: number, signal: SignalName | null): Sim<void> {
  const thread = yield* self();
  const { process } = thread;
  const visible = [...process.namespaces.pid.processes.values()].filter((p) => p.state !== 'gone');
  let targets: Process[];
  if (pid > 0) targets = visible.filter((p) => p.pidSeenBy(process) === pid);
  else if (pid === -1) targets = visible.filter((p) => p !== process && p.pidSeenBy(process) !== 1);
  else {
    const group = pid === 0 ? process.group : visible.find((p) => p.pidSeenBy(process) === -pid);
    targets = visible.filter((p) => p.group === group && (pid === 0 || group !== undefined));
  }
  if (targets.length === 0) throw new Errno('ESRCH');
  const allowed = targets.filter((p) => maySignal(process, p, signal));
  if (allowed.length === 0) throw new Errno('EPERM');
  if (signal) for (const target of allowed) target.signal(signal, target.namespaces.pid !== process.namespaces.pid);
  yield* process.deliverSignals(thread);
}

export function* sigaction(signal: SignalName, disposition: Disposition): Sim<Disposition> {
  const process = yield* caller();
  if (signal === 'SIGKILL' || signal === 'SIGSTOP') throw new Errno('EINVAL');
  const old = process.dispositions.get(signal) ?? 'default';
  if (disposition === 'default') process.dispositions.delete(signal);
  else process.dispositions.set(signal, disposition);
  return old;
}

export function* sigsuspend(): Sim<void> {
  const thread = yield* self();
  if (thread.process.pending.length > 0) return yield* thread.process.deliverSignals(thread);
  yield* interruptibleWait(thread.process.signalled);
}

export function* environ(): Sim<Map<string, string>> {
  return (yield* caller()).env;
}

export function* getenv(name: string): Sim<string | undefined> {
  return (yield* caller()).env.get(name);
}

export function* setProcessTitle(comm: string, argv?: readonly string[]): Sim<void> {
  const process = yield* caller();
  process.comm = comm.slice(0, 15);
  if (argv) process.argv = argv;
  process.kernel.processChanged(process);
}

export function* setMemory(bytes: number): Sim<void> {
  const process = yield* caller();
  process.memory = bytes;
  process.kernel.checkMemory(process);
  yield* pause();
}

/** Longest piece of CPU time that is used without looking at signals, in microseconds. */
const COMPUTE_PIECE = 10_000;

export function* compute(microseconds: number): Sim<void> {
  const process = yield* caller();
  for (let left = microseconds; left > 0; ) {
    const piece = Math.min(left, COMPUTE_PIECE);
    const { cpuQuota, cpuPeriod } = process.cgroup;
    // A quota of less than one CPU makes the same work take longer.
    const stretch = Math.max(1, cpuPeriod / cpuQuota);
    yield* interruptibleWait([], process.kernel.scheduler.now + Math.ceil(piece * stretch));
    process.charge(piece);
    left -= piece;
  }
}

export function* thread(body: () => Sim<void>, name?: string): Sim<ThreadHandle> {
  const process = yield* caller();
  return process.addThread(body(), name ?? process.comm);
}

/** nice(2): adds to the caller's niceness and answers with it. Throws EPERM for a lower one without CAP_SYS_NICE. */
export function* nice(increment: number): Sim<number> {
  const process = yield* caller();
  if (increment < 0 && !process.capabilities.has('CAP_SYS_NICE')) throw new Errno('EPERM');
  process.nice = Math.max(-20, Math.min(19, process.nice + increment));
  return process.nice;
}
