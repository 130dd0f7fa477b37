/** Wires the daemon: which parts it has, and the program of the process `dockerd`. Verbs are in files of their own. */

import { isErrno } from '../kernel/errno.ts';
import type { Kernel } from '../kernel/machine.ts';
import type { Sim } from '../kernel/sim.ts';
import {
  bind,
  chmod,
  chown,
  getenv,
  getpid,
  listen,
  mkdirAll,
  now,
  readText,
  sigaction,
  socket,
  statOrNull,
  thread,
  unlink,
  waitOn,
  write,
  writeFile,
} from '../kernel/syscalls.ts';
import { WaitQueue } from '../kernel/waitQueue.ts';
import type { Cause, RecordStore } from '../lib/records.ts';
import type { Containerd } from '../runtime/containerd.ts';
import type { DaemonBackend, SystemParts } from './backend.ts';
import { createBackend } from './backend.ts';
import type { WallClock } from './clock.ts';
import { readConfigFile } from './configFile.ts';
import { collectExecs } from './containers/execGc.ts';
import { LiveTable } from './containers/live.ts';
import type { ContainerServices } from './containers/services.ts';
import type { EventLog } from './events.ts';
import { restoreContainers, stopContainers } from './lifecycle.ts';
import type { DaemonTables } from './records.ts';
import type { DaemonConfig, ImageServices, NetworkServices, VolumeServices } from './services.ts';

export interface DaemonParts {
  readonly kernel: Kernel;
  readonly config: DaemonConfig;
  readonly records: RecordStore<DaemonTables>;
  readonly events: EventLog;
  readonly clock: WallClock;
  readonly runtime: Containerd;
  readonly images: ImageServices;
  readonly networks: NetworkServices & { start(cause: Cause): void };
  readonly volumes: VolumeServices;
  readonly system: SystemParts;
}

export interface Daemon {
  readonly services: ContainerServices;
  readonly backend: DaemonBackend;
  /** The program `dockerd`. `serve` answers requests on a listening socket for ever; `endpoint` names it. */
  main(argv: readonly string[], serve: (listenFd: number, endpoint: string) => Sim<never>): Sim<number>;
}

export function createDaemon(parts: DaemonParts): Daemon {
  const services: ContainerServices = { ...parts, live: new LiveTable(), shuttingDown: { value: false } };
  return {
    services,
    backend: createBackend(services, parts.system),
    main: (argv, serve) => run(services, parts.networks, argv, serve),
  };
}

const cause: Cause = { kind: 'boot', id: 0, text: 'dockerd starts' };
const PID_FILE = '/run/docker.pid';

function* run(
  d: ContainerServices,
  networks: DaemonParts['networks'],
  argv: readonly string[],
  serve: (listenFd: number, endpoint: string) => Sim<never>,
): Sim<number> {
  const stopping = new WaitQueue();
  let stopped = false;
  const stop = function* (): Sim<void> {
    stopped = true;
    stopping.wake();
  };
  yield* sigaction('SIGTERM', stop);
  yield* sigaction('SIGINT', stop);
  yield* sigaction('SIGPIPE', 'ignore');
  const wrong = yield* readConfigFile(d.config);
  if (wrong !== '') {
    yield* write(2, `${wrong}\n`);
    return 1;
  }
  yield* layOut(d.config);
  const other = yield* runningDaemon();
  if (other !== undefined) {
    yield* write(
      2,
      `failed to start daemon, ensure docker is not running or delete ${PID_FILE}: process with PID ${other} is still running\n`,
    );
    return 1;
  }
  const pid = yield* getpid();
  yield* writeFile(PID_FILE, String(pid));
  d.shuttingDown.value = false;
  const hosts = hostsOf(argv, d.config.hosts);
  const listeners = yield* listenOnAll(hosts);
  if (listeners) {
    const startedAt = yield* now();
    const row = { running: true, pid, startedAt };
    d.records.commit(cause, (tx) =>
      tx.get('engine', 'engine') ? tx.update('engine', 'engine', row) : tx.insert('engine', { id: 'engine', ...row }),
    );
    try {
      networks.start(cause);
      yield* restoreContainers(d);
      yield* thread(() => collectExecs(d), 'execs');
      for (const { fd, host } of listeners) {
        yield* thread(() => serve(fd, host === 'fd://' ? 'unix:///run/docker.sock' : host), 'api');
      }
      while (!stopped) yield* waitOn(stopping);
      yield* stopContainers(d);
    } finally {
      d.records.commit({ ...cause, text: 'dockerd stops' }, (tx) => tx.update('engine', 'engine', { running: false, pid: 0 }));
    }
  }
  // A socket that systemd handed over stays: the next connection starts the daemon again. A daemon that is killed leaves all.
  const own = hosts.flatMap((host) => (host.startsWith('unix://') ? [socketPath(host)] : []));
  for (const path of [PID_FILE, ...own]) {
    try {
      yield* unlink(path);
    } catch (error) {
      if (!isErrno(error)) throw error;
    }
  }
  return listeners ? 0 : 1;
}

/** The process that the file of the daemon's number names, if it lives. */
function* runningDaemon(): Sim<number | undefined> {
  const pid = Number((yield* statOrNull(PID_FILE)) ? (yield* readText(PID_FILE)).trim() : '');
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return (yield* statOrNull(`/proc/${pid}`)) ? pid : undefined;
}

interface Listener {
  readonly fd: number;
  readonly host: string;
}

/** Listens on every address before anything else is done; undefined, with the reason on standard error, if one cannot be had. */
function* listenOnAll(hosts: readonly string[]): Sim<readonly Listener[] | undefined> {
  const listeners: Listener[] = [];
  for (const host of hosts) {
    const fd = yield* listenOn(host);
    if (fd === undefined) return undefined;
    listeners.push({ fd, host });
  }
  return listeners;
}

/** -H on the command line takes the place of the configured addresses. */
function hostsOf(argv: readonly string[], configured: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (let i = 1; i < argv.length; i++) {
    const match = /^(?:-H|--host)(?:=(.*))?$/.exec(argv[i]);
    if (!match) continue;
    const value = match[1] ?? argv[++i] ?? '';
    out.push(value);
  }
  return out.length === 0 ? configured : out;
}

function* layOut(config: DaemonConfig): Sim<void> {
  for (const name of [
    'buildkit',
    'containers',
    'image/overlay2',
    'network/files',
    'overlay2/l',
    'plugins',
    'runtimes',
    'swarm',
    'tmp',
    'volumes',
  ]) {
    yield* mkdirAll(`${config.root}/${name}`, 0o710);
  }
  yield* chmod(config.root, 0o710);
  yield* mkdirAll('/run/docker', 0o700);
  yield* writeFile(`${config.root}/engine-id`, config.engineId, 0o600);
}

const socketPath = (host: string): string => host.replace(/^unix:\/\//, '').replace(/^\/var\/run\//, '/run/');

function* listenOn(host: string): Sim<number | undefined> {
  if (host === 'fd://') {
    // Socket activation: systemd listens already, and hands the socket over (sd_listen_fds(3)).
    if (Number((yield* getenv('LISTEN_FDS')) ?? 0) > 0) return 3;
    yield* write(2, 'failed to load listeners: no sockets found via socket activation: make sure the service was started by systemd\n');
    return undefined;
  }
  const unix = /^unix:\/\/.+$/.test(host);
  const tcp = /^tcp:\/\/(?:\[([^\]]+)\]|([^:]*))(?::(\d+))?$/.exec(host);
  try {
    if (unix) {
      const path = socketPath(host);
      try {
        yield* unlink(path);
      } catch (error) {
        if (!isErrno(error, 'ENOENT')) throw error;
      }
      const fd = yield* socket('unix', 'stream');
      yield* bind(fd, { path });
      yield* chmod(path, 0o660);
      yield* chown(path, 0, yield* dockerGroup());
      yield* listen(fd, 128);
      return fd;
    }
    if (tcp) {
      const fd = yield* socket('inet', 'stream');
      yield* bind(fd, { address: tcp[1] ?? tcp[2] ?? '', port: Number(tcp[3] ?? 2375) });
      yield* listen(fd, 128);
      return fd;
    }
    yield* write(2, `failed to load listeners: invalid bind address (${host}): unsupported proto\n`);
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* write(2, `failed to load listeners: can't create ${host}: ${error.message}\n`);
  }
  return undefined;
}

/** The group that may use the socket; root's if there is no `docker` group. */
function* dockerGroup(): Sim<number> {
  const line = (yield* readText('/etc/group')).split('\n').find((text) => text.startsWith('docker:'));
  return Number(line?.split(':')[2] ?? 0);
}
