/** The master process: it starts workers, minds them, and takes signals. */
import type { SignalName } from '../../../kernel/abi.ts';
import { Errno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import {
  getpid,
  getrlimit,
  kill,
  readText,
  setProcessTitle,
  sigaction,
  sigsuspend,
  spawn,
  statOrNull,
  uname,
  unlink,
  waitpid,
  write,
  writeFile,
} from '../../../kernel/syscalls.ts';
import type { Arguments } from './arguments.ts';
import { builtBy } from './build.ts';
import { ConfigError } from './configFile.ts';
import type { Worker } from './exchange.ts';
import { ErrorLog, openLog } from './log.ts';
import type { Configuration } from './model.ts';
import { resolveUpstreams } from './proxy.ts';
import { readConfiguration } from './readConfiguration.ts';
import { openSockets, type Sockets } from './sockets.ts';
import { userIds } from './user.ts';
import { worker } from './worker.ts';

const NUMBERS: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGUSR1: 10, SIGTERM: 15, SIGCHLD: 17 };

/** Runs until it is told to stop; gives the exit status. `first...` is what it begins with, until it is told to read anew. */
export function* master(
  args: Arguments,
  product: string,
  first: Configuration,
  firstUpstreams: Worker['upstreams'],
  firstSockets: Sockets,
  argv: readonly string[],
): Sim<number> {
  let config = first;
  let sockets = firstSockets;
  let upstreams = firstUpstreams;
  const errors = new ErrorLog(yield* openLog(config.errorLog), config.errorLevel);
  yield* setProcessTitle('nginx', [`nginx: master process ${argv.join(' ')}`]);
  const pending: SignalName[] = [];
  for (const name of ['SIGQUIT', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR1', 'SIGCHLD'] as const) {
    yield* sigaction(name, function* (signal) {
      pending.push(signal);
    });
  }
  yield* sigaction('SIGWINCH', 'ignore');
  const os = yield* uname();
  const nofile = yield* getrlimit('nofile');
  for (const line of [
    'using the "epoll" event method',
    product,
    yield* builtBy(),
    `OS: ${os.sysname} ${os.release}`,
    `getrlimit(RLIMIT_NOFILE): ${nofile.soft}:${nofile.hard}`,
  ])
    yield* errors.line('notice', line);
  if (config.pid !== 'off') {
    try {
      yield* writeFile(config.pid, `${yield* getpid()}\n`);
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      yield* errors.line('emerg', `open() "${config.pid}" failed (13: ${error.message})`);
      yield* write(2, `nginx: [emerg] open() "${config.pid}" failed (13: ${error.message})\n`);
      return 1;
    }
  }
  yield* errors.line('notice', 'start worker processes');
  const workers = new Set<number>();
  yield* startWorkers(workers, config, product, errors, sockets, upstreams);
  let stopping = false;
  for (;;) {
    while (pending.length === 0) yield* sigsuspend();
    const signal = pending.shift() as SignalName;
    if (signal === 'SIGCHLD') {
      for (let ended = yield* reap(); ended; ended = yield* reap()) {
        workers.delete(ended.pid);
        yield* errors.line('notice', `signal 17 (SIGCHLD) received from ${ended.pid}`);
        yield* errors.line(
          'notice',
          `worker process ${ended.pid} exited ${ended.status.kind === 'exited' ? `with code ${ended.status.code}` : 'on signal'}`,
        );
        if (!stopping && workers.size === 0) yield* startWorkers(workers, config, product, errors, sockets, upstreams);
      }
      if (stopping && workers.size === 0) {
        yield* errors.line('notice', 'exit');
        if (config.pid !== 'off' && (yield* statOrNull(config.pid))) yield* unlink(config.pid);
        return 0;
      }
    } else if (signal === 'SIGHUP') {
      yield* errors.line('notice', 'signal 1 (SIGHUP) received, reconfiguring');
      try {
        const next = yield* readConfiguration(args);
        upstreams = yield* resolveUpstreams(next);
        sockets = yield* openSockets(next, sockets);
        config = next;
        yield* errors.line('notice', 'reconfiguring');
        const old = [...workers];
        yield* errors.line('notice', 'start worker processes');
        yield* startWorkers(workers, config, product, errors, sockets, upstreams);
        for (const pid of old) yield* signalWorker(pid, 'SIGQUIT');
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        yield* errors.line('emerg', error.message);
      }
    } else if (signal !== 'SIGUSR1') {
      const words = signal === 'SIGQUIT' ? 'shutting down' : 'exiting';
      yield* errors.line('notice', `signal ${NUMBERS[signal]} (${signal}) received, ${words}`);
      stopping = true;
      for (const pid of workers) yield* signalWorker(pid, signal === 'SIGQUIT' ? 'SIGQUIT' : 'SIGTERM');
    }
  }
}

function* reap(): ReturnType<typeof waitpid> {
  try {
    return yield* waitpid(-1, { nohang: true });
  } catch (error) {
    if (error instanceof Errno) return null;
    throw error;
  }
}

function* signalWorker(pid: number, signal: SignalName): Sim<void> {
  try {
    yield* kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
}

function* startWorkers(
  workers: Set<number>,
  config: Configuration,
  product: string,
  errors: ErrorLog,
  sockets: Sockets,
  upstreams: Worker['upstreams'],
): Sim<void> {
  const ids = config.user === undefined ? undefined : yield* userIds(config.user);
  const count = config.workers === 'auto' ? yield* processors() : config.workers;
  for (let i = 0; i < count; i++) {
    const pid = yield* spawn({ main: () => worker(config, product, errors, sockets, upstreams, ids), argv: ['nginx: worker process'] });
    workers.add(pid);
    yield* errors.line('notice', `start worker process ${pid}`);
  }
}

function* processors(): Sim<number> {
  try {
    return Math.max(1, [...(yield* readText('/proc/cpuinfo')).matchAll(/^processor/gm)].length);
  } catch (error) {
    if (error instanceof Errno) return 1;
    throw error;
  }
}
