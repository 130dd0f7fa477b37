/** nc: OpenBSD's netcat for the machine, busybox's for small images. */
import { Errno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import {
  accept,
  bind,
  close,
  connect,
  listen,
  read,
  recvfrom,
  sendto,
  setsockopt,
  shutdown,
  sleep,
  socket,
  thread,
  waitOn,
  write,
} from '../kernel/syscalls.ts';
import { HostNotFound, resolveHost } from '../net/dns/resolve.ts';
import type { BusyboxBuild } from './lib/busyboxBuild.ts';
import { busyboxRefusal } from './lib/busyboxComplaint.ts';
import { busyboxUsage } from './lib/busyboxUsage.ts';
import { serviceName, servicePort } from './network/services.ts';
import { withTimeout } from './network/timeout.ts';

interface Options {
  listening: boolean;
  keep: boolean;
  scan: boolean;
  verbose: boolean;
  udp: boolean;
  unix: boolean;
  /** -N: half-close after the end of standard input. */
  finish: boolean;
  waitUs: number | undefined;
  /** -q: seconds after the end of standard input. */
  quitUs: number | undefined;
  port: string | undefined;
  source: string | undefined;
  words: string[];
}

function parse(args: readonly string[], valued: string): Options | string {
  const o: Options = {
    listening: false,
    keep: false,
    scan: false,
    verbose: false,
    udp: false,
    unix: false,
    finish: false,
    waitUs: undefined,
    quitUs: undefined,
    port: undefined,
    source: undefined,
    words: [],
  };
  for (let i = 0; i < args.length; i++) {
    if (!args[i].startsWith('-') || args[i] === '-') {
      o.words.push(args[i]);
      continue;
    }
    for (let k = 1; k < args[i].length; k++) {
      const letter = args[i][k];
      if (valued.includes(letter)) {
        const value = args[i].slice(k + 1) || args[++i];
        if (value === undefined) return `option requires an argument -- '${letter}'`;
        if (letter === 'w') o.waitUs = Number(value) * 1_000_000;
        else if (letter === 'q') o.quitUs = Number(value) * 1_000_000;
        else if (letter === 'p') o.port = value;
        else if (letter === 's') o.source = value;
        break;
      }
      if (letter === 'l') o.listening = true;
      else if (letter === 'k') o.keep = true;
      else if (letter === 'z') o.scan = true;
      else if (letter === 'v') o.verbose = true;
      else if (letter === 'u') o.udp = true;
      else if (letter === 'U') o.unix = true;
      else if (letter === 'N') o.finish = true;
      else if (!'n46dtr'.includes(letter)) return `invalid option -- '${letter}'`;
    }
  }
  return o;
}

/** Standard input to the socket and back until the peer is done. */
function* relay(fd: number, o: Options, busybox: boolean): Sim<void> {
  const sender = yield* thread(function* () {
    try {
      for (let data = yield* read(0, 65_536); data.length > 0; data = yield* read(0, 65_536)) yield* write(fd, data);
      if (busybox || o.finish) yield* shutdown(fd, 'write');
      if (o.quitUs !== undefined) {
        yield* sleep(o.quitUs);
        yield* shutdown(fd, 'both');
      }
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
    }
  });
  try {
    for (;;) {
      const got = yield* withTimeout(o.listening ? undefined : o.waitUs, () => read(fd, 65_536));
      if (!got || got.value.length === 0) break;
      yield* write(1, got.value);
    }
  } finally {
    sender.cancel();
  }
}

function* datagrams(fd: number, peer: { address: string; port: number } | undefined): Sim<void> {
  let to = peer;
  const sender = yield* thread(function* () {
    for (let data = yield* read(0, 65_507); data.length > 0; data = yield* read(0, 65_507)) if (to) yield* sendto(fd, data, to);
  });
  try {
    for (
      let d = yield* recvfrom(fd, peer ? 1_000_000 : undefined);
      d || !sender.done;
      d = yield* recvfrom(fd, peer ? 1_000_000 : undefined)
    ) {
      if (!d) continue;
      if ('port' in d.from) to ??= d.from;
      yield* write(1, d.data);
    }
    while (!sender.done) yield* waitOn(sender.ended);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  } finally {
    sender.cancel();
  }
}

const USAGE = 'usage: nc [-klNnuvz] [-p source_port] [-q seconds] [-s source] [-w timeout] [destination] [port]\n';

function* nc(argv: readonly string[], build?: BusyboxBuild): Sim<number> {
  const busybox = build !== undefined;
  const o = parse(argv.slice(1), busybox ? 'wpsife' : 'wqpsiXxTV');
  if (typeof o === 'string') {
    yield* write(2, build ? busyboxRefusal('nc', o, build) : `nc: ${o}\n${USAGE}`);
    return 1;
  }
  if (o.listening) return yield* server(o, busybox);
  const [host, ports] = o.words;
  if (o.unix && host !== undefined) return yield* unixClient(host, o, busybox);
  if (host === undefined || ports === undefined) {
    yield* write(2, build ? busyboxUsage('nc', build) : USAGE);
    return 1;
  }
  let addresses: readonly string[];
  try {
    addresses = yield* resolveHost(host);
  } catch (error) {
    if (!(error instanceof HostNotFound)) throw error;
    yield* write(2, busybox ? `nc: bad address '${host}'\n` : `nc: getaddrinfo for host "${host}" port ${ports}: ${error.message}\n`);
    return 1;
  }
  const [first, last = first] = ports.split('-').map((name) => servicePort(name) ?? Number.NaN);
  if (Number.isNaN(first) || Number.isNaN(last)) {
    yield* write(2, busybox ? `nc: bad port '${ports}'\n` : `nc: port number invalid: ${ports}\n`);
    return 1;
  }
  let status = 1;
  for (let port = first; port <= last; port++) {
    for (const address of addresses) {
      const outcome = yield* client(o, host, address, port, busybox);
      if (outcome === 0) {
        status = 0;
        break;
      }
    }
  }
  return status;
}

function* client(o: Options, host: string, address: string, port: number, busybox: boolean): Sim<number> {
  const fd = yield* socket(address.includes(':') ? 'inet6' : 'inet', o.udp ? 'dgram' : 'stream');
  const proto = o.udp ? 'udp' : 'tcp';
  const where = busybox
    ? `${host} (${address.includes(':') ? `[${address}]` : address}:${port})`
    : host === address
      ? `${host} ${port} port [${proto}/${serviceName(port) ?? '*'}]`
      : `${host} (${address}) ${port} port [${proto}/${serviceName(port) ?? '*'}]`;
  try {
    if (o.source !== undefined || (o.port !== undefined && !o.listening))
      yield* bind(fd, { address: o.source ?? '', port: Number(o.port ?? 0) });
    const done = yield* withTimeout(o.waitUs, function* () {
      yield* connect(fd, { address, port });
      return true;
    });
    if (!done) {
      if (busybox) yield* write(2, 'nc: timed out\n');
      else if (o.verbose)
        yield* write(
          2,
          `nc: connect to ${host}${host === address ? '' : ` (${address})`} port ${port} (${proto}) timed out: Operation now in progress\n`,
        );
      return 1;
    }
    if (o.verbose) yield* write(2, busybox ? `${where} open\n` : `Connection to ${where} succeeded!\n`);
    if (o.scan) return 0;
    if (o.udp) yield* datagrams(fd, { address, port });
    else yield* relay(fd, o, busybox);
    return 0;
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    if (busybox) yield* write(2, o.scan && !o.verbose ? '' : `nc: ${where}: ${error.message}\n`);
    else if (o.verbose || error.code === 'EADDRINUSE')
      yield* write(
        2,
        `nc: connect to ${host}${host === address ? '' : ` (${address})`} port ${port} (${proto}) failed: ${error.message}\n`,
      );
    return 1;
  } finally {
    yield* close(fd);
  }
}

function* unixClient(path: string, o: Options, busybox: boolean): Sim<number> {
  const fd = yield* socket('unix', 'stream');
  try {
    yield* connect(fd, { path });
    yield* relay(fd, o, busybox);
    return 0;
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    yield* write(2, `nc: unix connect failed: ${error.message}\n`);
    return 1;
  } finally {
    yield* close(fd);
  }
}

function* server(o: Options, busybox: boolean): Sim<number> {
  const [address, given] = o.words.length > 1 ? o.words : ['', o.words[0]];
  const port = Number(o.port ?? given);
  const fd = yield* socket('inet', o.udp ? 'dgram' : 'stream');
  try {
    yield* setsockopt(fd, 'SO_REUSEADDR', 1);
    yield* bind(fd, { address, port });
    if (!o.udp) yield* listen(fd, 1);
  } catch (error) {
    yield* close(fd);
    if (!(error instanceof Errno)) throw error;
    yield* write(2, busybox ? `nc: bind: ${error.message}\n` : `nc: ${error.message}\n`);
    return 1;
  }
  if (o.verbose) yield* write(2, busybox ? `listening on [::]:${port} ...\n` : `Listening on ${address || '0.0.0.0'} ${port}\n`);
  if (o.udp) {
    yield* datagrams(fd, undefined);
    return 0;
  }
  do {
    const { fd: connection, peer } = yield* accept(fd);
    if (o.verbose && 'port' in peer)
      yield* write(
        2,
        busybox
          ? `connect to [::ffff:127.0.0.1]:${port} from [::ffff:${peer.address}]:${peer.port}\n`
          : `Connection received on ${peer.address} ${peer.port}\n`,
      );
    try {
      yield* relay(connection, o, busybox);
    } finally {
      yield* close(connection);
    }
  } while (o.keep);
  yield* close(fd);
  return 0;
}

/** `busybox nc`. */
export function busyboxNc(argv: readonly string[], build: BusyboxBuild): Sim<number> {
  return nc(argv, build);
}

export const program: Program = { name: 'nc', main: (argv) => nc(argv) };
