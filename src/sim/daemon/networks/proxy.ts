/** docker-proxy: carries connections to a published port that iptables does not (from this machine, and over IPv6). */
import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import {
  accept,
  bind,
  close,
  connect,
  kill,
  listen,
  read,
  recvfrom,
  sendto,
  setsockopt,
  shutdown,
  socket,
  spawn,
  thread,
  waitOn,
  waitpid,
  write,
} from '../../kernel/syscalls.ts';
import { system } from '../errors.ts';
import { hostPort } from './ports.ts';

export interface ProxyTarget {
  readonly proto: 'tcp' | 'udp';
  readonly hostAddress: string;
  readonly hostPort: number;
  readonly containerAddress: string;
  readonly containerPort: number;
}

/** Binds the port here, so that a conflict is known at once, and hands it to a process of its own. Answers with its pid. */
export function* startProxy(target: ProxyTarget): Sim<number> {
  const six = target.hostAddress.includes(':');
  const fd = yield* socket(six ? 'inet6' : 'inet', target.proto === 'tcp' ? 'stream' : 'dgram');
  try {
    if (six) yield* setsockopt(fd, 'IPV6_V6ONLY', 1);
    yield* setsockopt(fd, 'SO_REUSEADDR', 1);
    yield* bind(fd, { address: target.hostAddress, port: target.hostPort });
    if (target.proto === 'tcp') yield* listen(fd, 4096);
  } catch (error) {
    yield* close(fd);
    if (!(error instanceof Errno)) throw error;
    const reason = error.message.charAt(0).toLowerCase() + error.message.slice(1);
    throw system(
      `failed to bind host port for ${hostPort(target.hostAddress, target.hostPort)}:${target.containerAddress}:${target.containerPort}/${target.proto}: ${reason}`,
    );
  }
  const argv = [
    '/usr/bin/docker-proxy',
    '-proto',
    target.proto,
    '-host-ip',
    target.hostAddress,
    '-host-port',
    String(target.hostPort),
    '-container-ip',
    target.containerAddress,
    '-container-port',
    String(target.containerPort),
    '-use-listen-fd',
  ];
  const main = target.proto === 'tcp' ? () => forwardConnections(4, target) : () => forwardDatagrams(4, target);
  const pid = yield* spawn({ main, argv, fds: new Map([[4, fd]]) });
  yield* close(fd);
  return pid;
}

export function* stopProxy(pid: number): Sim<void> {
  try {
    yield* kill(pid, 'SIGKILL');
    yield* waitpid(pid);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
}

function* forwardConnections(listenFd: number, target: ProxyTarget): Sim<number> {
  for (;;) {
    const { fd } = yield* accept(listenFd);
    yield* thread(function* () {
      const back = yield* socket('inet', 'stream');
      try {
        yield* connect(back, { address: target.containerAddress, port: target.containerPort });
        const answers = yield* thread(() => copy(back, fd));
        yield* copy(fd, back);
        while (!answers.done) yield* waitOn(answers.ended);
      } catch (error) {
        // The container does not listen: the client sees its connection closed.
        if (!(error instanceof Errno)) throw error;
      } finally {
        yield* close(back);
        yield* close(fd);
      }
    });
  }
}

function* copy(from: number, to: number): Sim<void> {
  try {
    for (let data = yield* read(from, 65_536); data.length > 0; data = yield* read(from, 65_536)) yield* write(to, data);
    yield* shutdown(to, 'write');
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
}

/** One socket per client, so that answers find their way back. */
function* forwardDatagrams(listenFd: number, target: ProxyTarget): Sim<number> {
  const clients = new Map<string, number>();
  for (;;) {
    const datagram = yield* recvfrom(listenFd);
    if (!datagram || !('port' in datagram.from)) continue;
    const client = datagram.from;
    const key = `${client.address} ${client.port}`;
    let fd = clients.get(key);
    if (fd === undefined) {
      fd = yield* socket('inet', 'dgram');
      clients.set(key, fd);
      const back = fd;
      yield* thread(function* () {
        try {
          for (let answer = yield* recvfrom(back, UDP_IDLE); answer; answer = yield* recvfrom(back, UDP_IDLE))
            yield* sendto(listenFd, answer.data, client);
        } catch (error) {
          if (!(error instanceof Errno)) throw error;
        }
        clients.delete(key);
        yield* close(back);
      });
    }
    try {
      yield* sendto(fd, datagram.data, { address: target.containerAddress, port: target.containerPort });
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
    }
  }
}

/** A client that is silent this long is forgotten (90 seconds, as docker-proxy has it). */
const UDP_IDLE = 90_000_000;
