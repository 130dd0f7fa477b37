/** nginx: a master that reads the configuration and workers that answer. */

import type { SignalName } from '../../../kernel/abi.ts';
import { Errno } from '../../../kernel/errno.ts';
import type { Program } from '../../../kernel/program.ts';
import type { Sim } from '../../../kernel/sim.ts';
import {
  accept,
  bind,
  close,
  credentials,
  exit,
  getenv,
  getpid,
  getsockname,
  kill,
  listen,
  readText,
  setCredentials,
  setProcessTitle,
  setsockopt,
  sigaction,
  sigsuspend,
  sleep,
  socket,
  spawn,
  statOrNull,
  thread,
  uname,
  unlink,
  waitpid,
  write,
  writeFile,
} from '../../../kernel/syscalls.ts';
import { fdDuplex } from '../../../net/http/duplex.ts';
import { serveConnection } from '../../../net/http/server.ts';
import type { Directive } from './configFile.ts';
import { ConfigError, fault, loadConfig } from './configFile.ts';
import type { Worker } from './exchange.ts';
import { ErrorLog, openLog } from './log.ts';
import type { Configuration } from './model.ts';
import { buildConfiguration } from './model.ts';
import { resolveUpstreams } from './proxy.ts';
import { answer } from './serve.ts';

const DEFAULT_VERSION = '1.29.1';
const CONFIG = '/etc/nginx/nginx.conf';

interface Arguments {
  config: string;
  test: boolean;
  dump: boolean;
  quiet: boolean;
  signal: string | undefined;
  globals: string;
  version: '' | 'v' | 'V';
  help: boolean;
}

function* main(argv: readonly string[]): Sim<number> {
  const version = (yield* getenv('NGINX_VERSION')) ?? DEFAULT_VERSION;
  const product = `nginx/${version}`;
  const parsed = parseArguments(argv.slice(1));
  if (typeof parsed === 'string') {
    yield* write(2, `nginx: ${parsed}\n`);
    return 1;
  }
  if (parsed.version !== '' || parsed.help) {
    yield* write(
      2,
      `nginx version: ${product}\n${parsed.version === 'V' ? 'built by gcc 12.2.0 (Debian 12.2.0-14) \nTLS SNI support enabled\n' : ''}${parsed.help ? HELP : ''}`,
    );
    return 0;
  }
  let config: Configuration;
  let upstreams: Worker['upstreams'];
  try {
    config = yield* readConfiguration(parsed);
    if (parsed.signal === undefined) yield* checkUser(config);
    upstreams = parsed.signal === undefined ? yield* resolveUpstreams(config) : new Map();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    yield* new ErrorLog(2, 'emerg').line('emerg', error.message);
    if (parsed.test) yield* write(2, `nginx: [emerg] ${error.message}\nnginx: configuration file ${parsed.config} test failed\n`);
    else yield* write(2, `nginx: [emerg] ${error.message}\n`);
    return 1;
  }
  if (parsed.test) {
    if (!parsed.quiet)
      yield* write(
        2,
        `nginx: the configuration file ${parsed.config} syntax is ok\nnginx: configuration file ${parsed.config} test is successful\n`,
      );
    if (parsed.dump) yield* write(1, `# configuration file ${parsed.config}:\n${yield* readText(parsed.config)}\n`);
    return 0;
  }
  if (parsed.signal !== undefined) return yield* sendSignal(config, parsed.signal);
  let sockets: Sockets;
  try {
    sockets = yield* openSockets(config, new Map());
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (let i = 0; i < 5; i++) {
      yield* new ErrorLog(2, 'emerg').line('emerg', error.message);
      yield* write(2, `nginx: [emerg] ${error.message}\n`);
      yield* sleep(500_000);
    }
    yield* write(2, 'nginx: [emerg] still could not bind()\n');
    return 1;
  }
  const run = () => master(parsed, product, config, upstreams, sockets, argv);
  if (!config.daemon) return yield* run();
  yield* spawn({ main: run, argv: ['nginx'], newSession: true });
  return 0;
}

const HELP = `Usage: nginx [-?hvVtTq] [-s signal] [-c filename] [-g directives]

Options:
  -v            version
  -t            test the configuration and stop
  -s signal     stop, quit, reopen or reload the master process
  -c filename   configuration file (default: ${CONFIG})
  -g directives global directives before those of the file
`;

function parseArguments(args: readonly string[]): Arguments | string {
  const out: Arguments = {
    config: CONFIG,
    test: false,
    dump: false,
    quiet: false,
    signal: undefined,
    globals: '',
    version: '',
    help: false,
  };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (!arg.startsWith('-')) return `invalid option: "${arg}"`;
    for (let k = 1; k < arg.length; k++) {
      const letter = arg[k];
      if ('csgpe'.includes(letter)) {
        const value = arg.slice(k + 1) || args[++i];
        if (value === undefined)
          return `option "-${letter}" requires ${letter === 's' ? 'parameter' : letter === 'c' ? 'file name' : 'parameter'}`;
        if (letter === 'c') out.config = value.startsWith('/') ? value : `/etc/nginx/${value}`;
        else if (letter === 'g') out.globals += `${value}\n`;
        else if (letter === 's') {
          if (!['stop', 'quit', 'reopen', 'reload'].includes(value)) return `invalid option: "-s ${value}"`;
          out.signal = value;
        }
        break;
      }
      if (letter === 't') out.test = true;
      else if (letter === 'T') out.test = out.dump = true;
      else if (letter === 'q') out.quiet = true;
      else if (letter === 'v' || letter === 'V') out.version = letter;
      else if (letter === '?' || letter === 'h') out.help = true;
      else return `invalid option: "${arg}"`;
    }
  }
  return out;
}

function* readConfiguration(args: Arguments): Sim<Configuration> {
  const directives = yield* loadConfig(args.config, args.config.slice(0, args.config.lastIndexOf('/')) || '/');
  return buildConfiguration(directives, parseGlobals(args.globals));
}

/** -g "daemon off; worker_processes 2;" */
function parseGlobals(text: string): readonly Directive[] {
  return text.split(';').flatMap((part) => {
    const [name, ...args] = part.trim().split(/\s+/);
    return name === '' || name === undefined ? [] : [{ name, args, block: undefined, file: 'command line', line: 0 }];
  });
}

function* checkUser(config: Configuration): Sim<void> {
  if (config.user !== undefined && !(yield* userIds(config.user))) throw fault(`getpwnam("${config.user}") failed`, config.userAt);
}

function* userIds(name: string): Sim<{ uid: number; gid: number } | undefined> {
  const text = (yield* statOrNull('/etc/passwd')) ? yield* readText('/etc/passwd') : '';
  const fields = text
    .split('\n')
    .map((line) => line.split(':'))
    .find((f) => f[0] === name);
  return fields && { uid: Number(fields[2]), gid: Number(fields[3]) };
}

function* sendSignal(config: Configuration, signal: string): Sim<number> {
  const names: Readonly<Record<string, SignalName>> = { stop: 'SIGTERM', quit: 'SIGQUIT', reopen: 'SIGUSR1', reload: 'SIGHUP' };
  let pid: number;
  try {
    pid = Number((yield* readText(config.pid)).trim());
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    yield* new ErrorLog(2, 'error').line('error', `open() "${config.pid}" failed (2: ${error.message})`);
    yield* write(2, `nginx: [error] open() "${config.pid}" failed (2: ${error.message})\n`);
    return 1;
  }
  if (!(pid > 0)) {
    yield* write(2, `nginx: [error] invalid PID number "" in "${config.pid}"\n`);
    return 1;
  }
  try {
    yield* new ErrorLog(2, config.errorLevel).line('notice', 'signal process started');
    yield* kill(pid, names[signal]);
    return 0;
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    yield* write(2, `nginx: [alert] kill(${pid}, ${signal === 'reload' ? 1 : signal === 'quit' ? 3 : 15}) failed (3: ${error.message})\n`);
    return 1;
  }
}

/** 'address:port' -> listening socket. */
type Sockets = ReadonlyMap<string, number>;

/** Opens what is new and keeps what is there. */
function* openSockets(config: Configuration, have: Sockets): Sim<Sockets> {
  const sockets = new Map<string, number>();
  for (const server of config.servers) {
    for (const l of server.listens) {
      const key = l.six ? `[${l.address || '::'}]:${l.port}` : `${l.address || '0.0.0.0'}:${l.port}`;
      if (sockets.has(key)) continue;
      const old = have.get(key);
      if (old !== undefined) {
        sockets.set(key, old);
        continue;
      }
      const fd = yield* socket(l.six ? 'inet6' : 'inet', 'stream');
      try {
        yield* setsockopt(fd, 'SO_REUSEADDR', 1);
        if (l.six) yield* setsockopt(fd, 'IPV6_V6ONLY', 1);
        yield* bind(fd, { address: l.address, port: l.port });
        yield* listen(fd, 511);
      } catch (error) {
        yield* close(fd);
        if (!(error instanceof Errno)) throw error;
        const number = error.code === 'EADDRINUSE' ? 98 : error.code === 'EACCES' ? 13 : 99;
        throw new ConfigError(`bind() to ${key} failed (${number}: ${error.message})`);
      }
      sockets.set(key, fd);
    }
  }
  return sockets;
}

const NUMBERS: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGUSR1: 10, SIGTERM: 15, SIGCHLD: 17 };

function* master(
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
  for (const line of [
    'using the "epoll" event method',
    product,
    'built by gcc 12.2.0 (Debian 12.2.0-14) ',
    `OS: ${os.sysname} ${os.release}`,
    'getrlimit(RLIMIT_NOFILE): 1048576:1048576',
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

/** How long a worker that shall quit waits for its last requests. */
const GRACE_STEP = 10_000;

function* worker(
  config: Configuration,
  product: string,
  errors: ErrorLog,
  sockets: Sockets,
  upstreams: Worker['upstreams'],
  ids: { uid: number; gid: number } | undefined,
): Sim<number> {
  yield* setProcessTitle('nginx', ['nginx: worker process']);
  let quit = false;
  yield* sigaction('SIGQUIT', function* () {
    quit = true;
  });
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    yield* sigaction(name, function* () {
      yield* errors.line('notice', 'exiting');
      yield* errors.line('notice', 'exit');
      yield* exit(0);
    });
  }
  yield* sigaction('SIGHUP', 'ignore');
  yield* sigaction('SIGCHLD', 'default');
  const logs = new Map<string, number>();
  for (const settings of allSettings(config)) {
    const log = settings.accessLog;
    if (log && !logs.has(log.path)) logs.set(log.path, yield* openLog(log.path));
  }
  if (ids && (yield* credentials()).euid === 0)
    yield* setCredentials({ uid: ids.uid, euid: ids.uid, gid: ids.gid, egid: ids.gid, groups: [ids.gid] });
  const state: Worker = { config, product, errors, accessLogs: logs, upstreams, turns: new Map(), connections: 0, requests: 0 };
  let busy = 0;
  let total = 0;
  const acceptors = [];
  for (const fd of sockets.values()) {
    acceptors.push(
      yield* thread(function* () {
        for (;;) {
          const { fd: client, peer } = yield* accept(fd);
          const local = yield* getsockname(client);
          const number = ++total;
          yield* thread(function* () {
            const stream = fdDuplex(client);
            state.connections++;
            try {
              yield* serveConnection(stream, { peer, local }, function* (req, res, conn) {
                busy++;
                try {
                  yield* answer(state, req, res, conn, number);
                } finally {
                  busy--;
                }
              });
            } finally {
              state.connections--;
              yield* stream.close();
            }
          });
        }
      }),
    );
  }
  while (!quit) yield* sigsuspend();
  for (const handle of acceptors) handle.cancel();
  yield* errors.line('notice', 'gracefully shutting down');
  while (busy > 0) yield* sleep(GRACE_STEP);
  yield* errors.line('notice', 'exiting');
  yield* errors.line('notice', 'exit');
  return 0;
}

function allSettings(config: Configuration): Configuration['servers'][number]['settings'][] {
  const out: Configuration['servers'][number]['settings'][] = [];
  const collect = (locations: Configuration['servers'][number]['locations']) => {
    for (const l of locations) {
      out.push(l.settings);
      collect(l.inner);
    }
  };
  for (const server of config.servers) {
    out.push(server.settings);
    collect(server.locations);
  }
  return out;
}

export const program: Program = { name: 'nginx', main, memory: 7 << 20 };
