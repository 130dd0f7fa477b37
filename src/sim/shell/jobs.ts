import { signalNumber } from '../kernel/process/signals.ts';
import type { SignalName, WaitStatus } from '../kernel/syscalls.ts';
import type { Dialect } from './state/dialect.ts';

const COMMAND_COLUMN = 33;

export interface JobProcess {
  readonly pid: number;
  status: WaitStatus | undefined;
}

export interface Job {
  readonly id: number;
  /** 0 without job control. */
  readonly pgid: number;
  readonly processes: JobProcess[];
  readonly text: string;
  background: boolean;
  /** The user has been told of the last change. */
  notified: boolean;
  /** `disown -h`: gets no SIGHUP when the shell ends. */
  noHangup: boolean;
  /** Seen from a subshell: a job of the shell around it. It can be listed and killed, not waited for. */
  readonly inherited?: boolean;
}

/** As strsignal(3). */
const SIGNAL_TEXTS: Readonly<Partial<Record<SignalName, string>>> = {
  SIGHUP: 'Hangup',
  SIGINT: 'Interrupt',
  SIGQUIT: 'Quit',
  SIGILL: 'Illegal instruction',
  SIGTRAP: 'Trace/breakpoint trap',
  SIGABRT: 'Aborted',
  SIGBUS: 'Bus error',
  SIGFPE: 'Floating point exception',
  SIGKILL: 'Killed',
  SIGUSR1: 'User defined signal 1',
  SIGSEGV: 'Segmentation fault',
  SIGUSR2: 'User defined signal 2',
  SIGPIPE: 'Broken pipe',
  SIGALRM: 'Alarm clock',
  SIGTERM: 'Terminated',
  SIGSTKFLT: 'Stack fault',
  SIGXCPU: 'CPU time limit exceeded',
  SIGXFSZ: 'File size limit exceeded',
  SIGVTALRM: 'Virtual timer expired',
  SIGPROF: 'Profiling timer expired',
  SIGIO: 'I/O possible',
  SIGPWR: 'Power failure',
  SIGSYS: 'Bad system call',
  SIGSTOP: 'Stopped (signal)',
  SIGTSTP: 'Stopped',
  SIGTTIN: 'Stopped (tty input)',
  SIGTTOU: 'Stopped (tty output)',
};

export function signalText(name: SignalName): string {
  return SIGNAL_TEXTS[name] ?? name;
}

/** The exit status that a shell gives for it. */
export function exitCode(status: WaitStatus): number {
  if (status.kind === 'exited') return status.code;
  return status.kind === 'continued' ? 0 : 128 + signalNumber(status.signal);
}

export class JobTable {
  readonly list: Job[] = [];
  /** Most recently used last. */
  #order: number[] = [];
  /** Statuses of background processes that have ended, for `wait PID`. */
  readonly finished = new Map<number, number>();

  add(pids: readonly number[], pgid: number, text: string, background: boolean): Job {
    const id = (this.list[this.list.length - 1]?.id ?? 0) + 1;
    const job: Job = {
      id,
      pgid,
      processes: pids.map((pid) => ({ pid, status: undefined })),
      text,
      background,
      notified: true,
      noHangup: false,
    };
    this.list.push(job);
    this.touch(job);
    return job;
  }

  /** For a subshell: the same jobs, to look at. */
  fork(): JobTable {
    const copy = new JobTable();
    for (const job of this.list) copy.list.push({ ...job, processes: job.processes.map((p) => ({ ...p })), inherited: true });
    copy.#order = [...this.#order];
    return copy;
  }

  /** Those that are children of this very process. */
  get own(): Job[] {
    return this.list.filter((job) => !job.inherited);
  }

  /** Makes it the current job. */
  touch(job: Job): void {
    this.#order = this.#order.filter((id) => id !== job.id);
    this.#order.push(job.id);
  }

  remove(job: Job): void {
    const at = this.list.indexOf(job);
    if (at >= 0) this.list.splice(at, 1);
    this.#order = this.#order.filter((id) => id !== job.id);
  }

  byPid(pid: number): Job | undefined {
    return this.list.find((job) => job.processes.some((p) => p.pid === pid));
  }

  state(job: Job): 'running' | 'stopped' | 'done' {
    if (job.processes.some((p) => p.status?.kind === 'stopped')) return 'stopped';
    return job.processes.every((p) => p.status && p.status.kind !== 'continued') ? 'done' : 'running';
  }

  /** Records what waitpid told. */
  update(pid: number, status: WaitStatus): Job | undefined {
    const job = this.byPid(pid);
    if (status.kind === 'exited' || status.kind === 'signaled') this.finished.set(pid, exitCode(status));
    const process = job?.processes.find((p) => p.pid === pid);
    if (!job || !process) return undefined;
    process.status = status.kind === 'continued' ? undefined : status;
    if (this.state(job) !== 'running') job.notified = false;
    if (status.kind === 'stopped') this.touch(job);
    return job;
  }

  /** Stopped jobs come before running ones as "current". */
  get current(): Job | undefined {
    return this.#ranked()[0];
  }

  get previous(): Job | undefined {
    return this.#ranked()[1];
  }

  #ranked(): Job[] {
    const recent = [...this.#order].reverse().map((id) => this.list.find((job) => job.id === id)!);
    const live = recent.filter((j) => this.state(j) !== 'done');
    const pool = live.length > 0 ? [...live, ...recent.filter((j) => !live.includes(j))] : recent;
    return [...pool.filter((j) => this.state(j) === 'stopped'), ...pool.filter((j) => this.state(j) !== 'stopped')];
  }

  mark(job: Job): string {
    return job === this.current ? '+' : job === this.previous ? '-' : ' ';
  }

  /** `%1`, `%+`, `%-`, `%name`, `%?part`: the job, or why there is none. */
  find(spec: string): Job | 'none' | 'ambiguous' {
    const body = spec.startsWith('%') ? spec.slice(1) : spec;
    if (body === '' || body === '%' || body === '+') return this.current ?? 'none';
    if (body === '-') return this.previous ?? this.current ?? 'none';
    if (/^\d+$/.test(body)) return this.list.find((job) => job.id === Number(body)) ?? 'none';
    const matching = this.list.filter((job) => (body[0] === '?' ? job.text.includes(body.slice(1)) : job.text.startsWith(body)));
    return matching.length > 1 ? 'ambiguous' : (matching[0] ?? 'none');
  }

  /** The word for its state, as `jobs` and notices show it. */
  describe(job: Job, dialect: Dialect): string {
    const state = this.state(job);
    if (state === 'running') return 'Running';
    const last = job.processes[job.processes.length - 1].status!;
    const stopped = job.processes.find((p) => p.status?.kind === 'stopped')?.status ?? last;
    if (state === 'stopped' && stopped.kind === 'stopped') return signalText(stopped.signal).replace(/^(Stopped) \((.*)\)$/, '$1 ($2)');
    if (last.kind === 'exited') return last.code === 0 ? 'Done' : dialect === 'bash' ? `Exit ${last.code}` : `Done(${last.code})`;
    return last.kind === 'signaled' ? `${signalText(last.signal)}${last.coreDumped ? ' (core dumped)' : ''}` : '';
  }

  /** A line of `jobs`, as the shell of that kind writes it. */
  format(job: Job, dialect: Dialect, long = false): string {
    const pid = String(job.processes[0].pid);
    if (dialect !== 'bash') {
      // showjob() of dash's and BusyBox's ash: the command begins in column 33.
      const mark = dialect === 'dash' ? ` ${this.mark(job)} ` : `${this.mark(job)}  `;
      return `${`[${job.id}]${mark}${long ? `${pid} ` : ''}${this.describe(job, dialect)}`.padEnd(COMMAND_COLUMN)}${job.text}\n`;
    }
    const text = `${job.text}${this.state(job) === 'running' && job.background ? ' &' : ''}`;
    return `[${job.id}]${this.mark(job)}  ${long ? `${pid.padStart(5)} ` : ''}${this.describe(job, dialect).padEnd(24)}${text}\n`;
  }

  /** In the order in which `jobs` lists them: bash by number, the others the current one first. */
  listed(dialect: Dialect): Job[] {
    return dialect === 'bash' ? [...this.list] : this.#ranked();
  }
}
