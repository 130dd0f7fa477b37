/** systemd as process 1: starts the enabled units, watches them, restarts them, answers systemctl. */
import { isErrno } from '../../kernel/errno.ts';
import { signalNumber } from '../../kernel/process/signals.ts';
import type { Program } from '../../kernel/program.ts';
import type { Sim } from '../../kernel/sim.ts';
import {
  accept,
  close,
  kill,
  pipe,
  read,
  readdir,
  type SignalName,
  sigaction,
  sleep,
  spawn,
  statOrNull,
  thread,
  unlink,
  type WaitStatus,
  waitOn,
  waitpid,
  wallClock,
  write,
} from '../../kernel/syscalls.ts';
import { WaitQueue } from '../../kernel/waitQueue.ts';
import { Utf8Decoder } from '../../lib/utf8.ts';
import { findUser } from '../lib/users.ts';
import { log } from './journal.ts';
import {
  type ActiveState,
  BUS_SOCKET,
  MANAGER_SOCKET,
  type ManagerReply,
  type ManagerRequest,
  parseRequest,
  readToEnd,
  type UnitState,
} from './protocol.ts';
import { listenAt, listenFor, whenAsked } from './socket.ts';
import { loadUnit, serviceOf, socketOf, type Unit, wants } from './unit.ts';

/** From power-on until network-online.target, microseconds. */
const NETWORK_ONLINE = 1_200_000;

interface Service {
  unit: Unit;
  active: ActiveState;
  sub: string;
  pid: number;
  since: number;
  result: string;
  startedPid: number;
  /** Somebody asked to stop it: no restart. */
  stopping: boolean;
  starts: number[];
  /** Of a socket unit that listens. */
  fd: number | undefined;
}

class Manager {
  readonly #services = new Map<string, Service>();
  readonly #changed = new WaitQueue();

  *run(): Sim<number> {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const) yield* sigaction(signal, 'ignore');
    const trusted = yield* listenAt(MANAGER_SOCKET, 0o600);
    yield* thread(() => this.#serve(trusted, true), 'systemctl');
    const bus = yield* listenAt(BUS_SOCKET, 0o666);
    yield* thread(() => this.#serve(bus, false), 'dbus');
    yield* thread(() => this.#boot(), 'boot');
    for (;;) {
      try {
        const child = yield* waitpid(-1);
        if (child) yield* this.#childEnded(child.pid, child.status);
      } catch (error) {
        if (!isErrno(error, 'ECHILD')) throw error;
        yield* waitOn(this.#changed, 1_000_000);
      }
    }
  }

  /** Sockets listen at once; services begin when the network is there. A connection before that starts its service early. */
  *#boot(): Sim<void> {
    yield* this.#startWanted('sockets.target');
    yield* sleep(NETWORK_ONLINE);
    yield* this.#startWanted('multi-user.target');
  }

  *#startWanted(target: string): Sim<void> {
    if (!(yield* statOrNull(wants(target)))) return;
    const units: Unit[] = [];
    for (const entry of yield* readdir(wants(target))) {
      const unit = yield* loadUnit(entry.name);
      if (unit) units.push(unit);
    }
    // A unit comes behind those that it names in After=.
    const done = new Set<string>();
    const visit = (unit: Unit, order: Unit[]): Unit[] => {
      if (done.has(unit.name)) return order;
      done.add(unit.name);
      for (const before of unit.after) {
        const other = units.find((u) => u.name === before);
        if (other) visit(other, order);
      }
      order.push(unit);
      return order;
    };
    for (const unit of units.reduce<Unit[]>((order, unit) => visit(unit, order), [])) yield* this.#start(unit.name);
  }

  *#serve(listener: number, trusted: boolean): Sim<void> {
    for (;;) {
      const { fd } = yield* accept(listener);
      yield* thread(() => this.#answer(fd, trusted), 'systemctl');
    }
  }

  *#answer(fd: number, trusted: boolean): Sim<void> {
    try {
      const request = parseRequest(yield* readToEnd(fd));
      if (request) yield* write(fd, JSON.stringify(yield* this.#handle(request, trusted)));
    } catch (error) {
      // Who asked is gone.
      if (!isErrno(error)) throw error;
    } finally {
      yield* close(fd);
    }
  }

  *#handle(request: ManagerRequest, trusted: boolean): Sim<ManagerReply> {
    const { verb, unit } = request;
    const fail = (error: string): ManagerReply => ({ ok: false, error, units: [] });
    if (verb === 'list') return { ok: true, units: [...this.#services.values()].map(describe) };
    if (verb === 'daemon-reload') {
      if (!trusted) return fail('denied');
      for (const service of this.#services.values()) service.unit = (yield* loadUnit(service.unit.name)) ?? service.unit;
      return { ok: true, units: [] };
    }
    const loaded = this.#services.get(unit)?.unit ?? (yield* loadUnit(unit));
    if (!loaded) return fail('not-found');
    if (verb === 'state') return { ok: true, units: [describe(this.#service(loaded))] };
    if (!trusted) return fail('denied');
    if (loaded.masked) return fail('masked');
    if (verb === 'kill') yield* this.#kill(unit, (request.signal ?? 'SIGTERM') as SignalName);
    if (verb === 'reset-failed') this.#service(loaded).starts = [];
    if (verb === 'reload') yield* this.#kill(unit, 'SIGHUP');
    if (verb === 'stop' || verb === 'restart') yield* this.#stop(unit);
    if (verb === 'start' || verb === 'restart') {
      if (verb === 'restart') this.#service(loaded).starts = [];
      yield* this.#start(unit);
    }
    const service = this.#service(loaded);
    return service.active === 'failed' && (verb === 'start' || verb === 'restart')
      ? { ok: false, error: 'failed', units: [describe(service)] }
      : { ok: true, units: [describe(service)] };
  }

  #service(unit: Unit): Service {
    let service = this.#services.get(unit.name);
    if (!service) {
      service = {
        unit,
        active: 'inactive',
        sub: 'dead',
        pid: 0,
        since: 0,
        result: '',
        startedPid: 0,
        stopping: false,
        starts: [],
        fd: undefined,
      };
      this.#services.set(unit.name, service);
    }
    return service;
  }

  *#set(service: Service, active: ActiveState, sub: string): Sim<void> {
    service.active = active;
    service.sub = sub;
    service.since = yield* wallClock();
    this.#changed.wake();
  }

  *#start(name: string): Sim<void> {
    const unit = this.#services.get(name)?.unit ?? (yield* loadUnit(name));
    if (!unit) return;
    const service = this.#service(unit);
    if (service.active === 'active' || service.active === 'activating') return;
    service.stopping = false;
    if (unit.name.endsWith('.socket')) return yield* this.#listen(service);
    if (!unit.name.endsWith('.service')) return yield* this.#set(service, 'active', 'active');
    // A connection may start it before anything else: what it comes after, and needs, is started first all the same.
    for (const needed of unit.needs) if (unit.after.includes(needed) && (yield* loadUnit(needed))) yield* this.#start(needed);
    const now = yield* wallClock();
    service.starts = [...service.starts.filter((t) => now - t < unit.startLimitInterval), now];
    if (service.starts.length > unit.startLimit) {
      yield* log(name, 'systemd[1]', `${name}: Start request repeated too quickly.`);
      yield* this.#giveUpSocket(socketOf(name));
      return yield* this.#set(service, 'failed', 'failed');
    }
    yield* log(name, 'systemd[1]', `Starting ${name} - ${unit.description}...`);
    try {
      yield* this.#spawn(service);
      const socketUnit = this.#services.get(socketOf(name));
      if (socketUnit?.fd !== undefined) socketUnit.sub = 'running';
      yield* this.#set(service, 'active', 'running');
      yield* log(name, 'systemd[1]', `Started ${name} - ${unit.description}.`);
    } catch (error) {
      if (!isErrno(error)) throw error;
      service.result = 'code=exited, status=203/EXEC';
      yield* log(name, `(${base(unit.execStart[0] ?? '')})[1]`, `${name}: Failed to execute ${unit.execStart[0]}: ${error.message}`);
      yield* this.#set(service, 'failed', 'failed');
    }
  }

  /** A socket whose service cannot be started any more closes: who waits there is refused. */
  *#giveUpSocket(name: string): Sim<void> {
    const service = this.#services.get(name);
    if (service?.fd === undefined) return;
    yield* close(service.fd);
    service.fd = undefined;
    yield* log(name, 'systemd[1]', `${name}: Failed with result 'service-start-limit-hit'.`);
    yield* this.#set(service, 'failed', 'failed');
  }

  /** Listens in the place of the socket's service, and starts that when somebody connects. */
  *#listen(service: Service): Sim<void> {
    service.fd = yield* listenFor(service.unit);
    yield* this.#set(service, 'active', 'listening');
    yield* log(service.unit.name, 'systemd[1]', `Listening on ${service.unit.name} - ${service.unit.description}.`);
    yield* thread(() => this.#watch(service, service.fd!), 'socket');
  }

  *#watch(service: Service, fd: number): Sim<void> {
    const name = serviceOf(service.unit.name);
    while (service.fd === fd) {
      const target = this.#services.get(name);
      if (target && (target.pid > 0 || target.active === 'activating' || target.active === 'failed')) {
        yield* waitOn(this.#changed);
        continue;
      }
      if (service.sub !== 'listening') yield* this.#set(service, 'active', 'listening');
      yield* whenAsked(fd);
      if (service.fd === fd) yield* this.#start(name);
    }
  }

  *#spawn(service: Service): Sim<void> {
    const { unit } = service;
    const user = unit.user ? yield* findUser(unit.user) : undefined;
    const [out, input] = yield* pipe({ cloexec: true });
    const env = new Map([['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin'], ['LANG', 'C.UTF-8'], ...unit.environment]);
    const listening = this.#services.get(socketOf(unit.name))?.fd;
    // sd_listen_fds(3): sockets begin at descriptor 3.
    if (listening !== undefined) env.set('LISTEN_FDS', '1');
    service.pid = yield* spawn({
      path: unit.execStart[0],
      argv: unit.execStart,
      env,
      cwd: '/',
      fds: new Map([[0, 0], [1, input], [2, input], ...(listening === undefined ? [] : [[3, listening] as const])]),
      newSession: true,
      uid: user?.uid,
      gid: user?.gid,
    });
    service.startedPid = service.pid;
    yield* close(input);
    const { pid } = service;
    yield* thread(() => this.#copyToJournal(out, unit.name, `${base(unit.execStart[0])}[${pid}]`), 'journal');
  }

  *#copyToJournal(fd: number, unit: string, source: string): Sim<void> {
    const decoder = new Utf8Decoder();
    let rest = '';
    for (;;) {
      const chunk = yield* read(fd, 65_536);
      const lines = (rest + decoder.decode(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield* log(unit, source, line);
      if (chunk.length === 0) break;
    }
    yield* close(fd);
  }

  *#kill(name: string, signal: SignalName): Sim<void> {
    const service = this.#services.get(name);
    if (service && service.pid > 0) yield* kill(service.pid, signal);
  }

  *#stop(name: string): Sim<void> {
    const service = this.#services.get(name);
    if (!service || service.active === 'inactive' || service.active === 'failed') return;
    service.stopping = true;
    if (service.fd !== undefined) {
      yield* close(service.fd);
      service.fd = undefined;
      if (service.unit.listenStream) yield* unlink(service.unit.listenStream);
    }
    if (service.pid === 0) return yield* this.#set(service, 'inactive', 'dead');
    yield* log(name, 'systemd[1]', `Stopping ${name} - ${service.unit.description}...`);
    yield* this.#set(service, 'deactivating', 'stop-sigterm');
    yield* this.#kill(name, 'SIGTERM');
    const deadline = (yield* wallClock()) + service.unit.stopTimeout;
    while (service.pid > 0) {
      const left = deadline - (yield* wallClock());
      if (left <= 0) yield* this.#kill(name, 'SIGKILL');
      yield* waitOn(this.#changed, Math.max(1000, left));
    }
  }

  *#childEnded(pid: number, status: WaitStatus): Sim<void> {
    const service = [...this.#services.values()].find((s) => s.pid === pid);
    if (!service || status.kind === 'stopped' || status.kind === 'continued') return;
    const { unit } = service;
    service.pid = 0;
    const clean = status.kind === 'exited' ? status.code === 0 : ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGPIPE'].includes(status.signal);
    service.result =
      status.kind === 'exited'
        ? `code=exited, status=${status.code}/${status.code === 0 ? 'SUCCESS' : 'FAILURE'}`
        : `code=killed, status=${signalNumber(status.signal)}/${status.signal.slice(3)}`;
    if (!clean) yield* log(unit.name, 'systemd[1]', `${unit.name}: Main process exited, ${service.result}`);
    yield* log(
      unit.name,
      'systemd[1]',
      clean
        ? `${unit.name}: Deactivated successfully.`
        : `${unit.name}: Failed with result '${status.kind === 'exited' ? 'exit-code' : 'signal'}'.`,
    );
    if (service.stopping) {
      yield* log(unit.name, 'systemd[1]', `Stopped ${unit.name} - ${unit.description}.`);
      return yield* this.#set(service, clean ? 'inactive' : 'failed', clean ? 'dead' : 'failed');
    }
    const again = unit.restart === 'always' || (unit.restart === 'on-failure' && !clean) || (unit.restart === 'on-success' && clean);
    if (!again) return yield* this.#set(service, clean ? 'inactive' : 'failed', clean ? 'dead' : 'failed');
    yield* this.#set(service, 'activating', 'auto-restart');
    yield* thread(() => this.#restartLater(service), 'restart');
  }

  *#restartLater(service: Service): Sim<void> {
    yield* sleep(service.unit.restartDelay);
    if (service.stopping || service.sub !== 'auto-restart') return;
    service.active = 'inactive';
    yield* log(
      service.unit.name,
      'systemd[1]',
      `${service.unit.name}: Scheduled restart job, restart counter is at ${service.starts.length}.`,
    );
    yield* this.#start(service.unit.name);
  }
}

const base = (path: string) => path.replace(/.*\//, '');
function describe(service: Service): UnitState {
  const { unit, active, sub, pid, since, result, startedPid } = service;
  return {
    unit: unit.name,
    description: unit.description,
    active,
    sub,
    mainPid: pid,
    comm: base(unit.execStart[0] ?? ''),
    command: unit.execStart.join(' '),
    since,
    result,
    startedPid,
  };
}

export const systemd: Program = {
  name: 'systemd',
  memory: 12 << 20,
  main: () => new Manager().run(),
};
