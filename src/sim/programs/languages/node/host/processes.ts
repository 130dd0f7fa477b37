/** Processes, signals, the machine. */
import type { SignalName } from '../../../../kernel/abi.ts';
import { self } from '../../../../kernel/process/process.ts';
import { SIGNAL_NUMBERS } from '../../../../kernel/process/signals.ts';
import type { Sim } from '../../../../kernel/sim.ts';
import {
  chdir,
  close,
  credentials,
  findExecutable,
  getcwd,
  gethostname,
  getWindowSize,
  isatty,
  kill,
  makeRaw,
  pipe,
  setCloexec,
  setCredentials,
  setProcessTitle,
  spawn,
  tcsetattr,
  umask,
  uname,
  waitpid,
} from '../../../../kernel/syscalls.ts';
import type { Value } from '../vm.ts';

interface SpawnRequest {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** For each descriptor of the child: 'pipe', 'ignore' or a descriptor of ours. */
  readonly stdio: readonly ('pipe' | 'ignore' | number)[];
  readonly detached?: boolean;
}

export const processes = {
  /** The numbers of signals by name. */
  *signals(): Sim<Value> {
    return SIGNAL_NUMBERS;
  },
  *chdir(path: string): Sim<Value> {
    yield* chdir(path);
    return undefined;
  },
  *cwd(): Sim<Value> {
    return yield* getcwd();
  },
  *umask(mask?: number): Sim<Value> {
    return yield* umask(mask);
  },
  *ids(): Sim<Value> {
    return yield* credentials();
  },
  *setIds(change: string): Sim<Value> {
    yield* setCredentials(JSON.parse(change));
    return undefined;
  },
  *title(text: string): Sim<Value> {
    yield* setProcessTitle(text, [text]);
    return undefined;
  },
  *hostname(): Sim<Value> {
    return yield* gethostname();
  },
  *uname(): Sim<Value> {
    return yield* uname();
  },
  *uptime(): Sim<Value> {
    const { kernel } = (yield* self()).process;
    return kernel.scheduler.now - kernel.bootedAt;
  },
  /** Memory and processors as the process may know them. */
  *machine(): Sim<Value> {
    const { process } = yield* self();
    const { kernel } = process;
    const used = kernel.processes().reduce((sum, each) => sum + each.memory, 0);
    const { memoryMax } = process.cgroup;
    return {
      total: kernel.memoryBytes,
      free: Math.max(0, kernel.memoryBytes - used),
      constrained: Number.isFinite(memoryMax) ? memoryMax : kernel.memoryBytes,
      cpus: kernel.cpus,
      rss: process.memory,
      cpuTime: process.cpuTime,
    };
  },
  *windowSize(fd: number): Sim<Value> {
    return (yield* isatty(fd)) ? yield* getWindowSize(fd) : null;
  },
  *rawMode(fd: number, on: boolean): Sim<Value> {
    if (on) yield* makeRaw(fd);
    else yield* tcsetattr(fd, { icanon: true, echo: true, isig: true, iexten: true, icrnl: true, opost: true });
    return undefined;
  },
  *kill(pid: number, signal: SignalName | null): Sim<Value> {
    yield* kill(pid, signal);
    return undefined;
  },
  /** Starts a program; answers with its pid and our ends of its pipes, or null where there is no such program. */
  *spawn(json: string): Sim<Value> {
    const request = JSON.parse(json) as SpawnRequest;
    const env = new Map(Object.entries(request.env));
    const path = yield* findExecutable(request.file, env.get('PATH'));
    if (path === null) return null;
    const fds = new Map<number, number>();
    const ours: (number | null)[] = [];
    const theirs: number[] = [];
    try {
      for (const [fd, what] of request.stdio.entries()) {
        if (typeof what === 'number') {
          fds.set(fd, what);
          ours.push(null);
        } else {
          const [read, write] = yield* pipe();
          const [mine, its] = fd === 0 ? [write, read] : [read, write];
          yield* setCloexec(mine, true);
          fds.set(fd, its);
          theirs.push(its);
          if (what === 'pipe') ours.push(mine);
          else {
            ours.push(null);
            theirs.push(mine);
          }
        }
      }
      const pid = yield* spawn({
        path,
        argv: [request.file, ...request.args],
        env,
        cwd: request.cwd,
        fds,
        signals: new Map([['SIGPIPE', 'default']]),
        newSession: request.detached,
      });
      return { pid, fds: ours };
    } finally {
      for (const fd of theirs) yield* close(fd);
    }
  },
  *wait(pid: number): Sim<Value> {
    const ended = yield* waitpid(pid);
    const status = ended?.status;
    return status?.kind === 'signaled'
      ? { code: null, signal: status.signal }
      : { code: status?.kind === 'exited' ? status.code : 0, signal: null };
  },
};
