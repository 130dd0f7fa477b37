import { describe, expect, test } from 'vitest';
import { Errno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import {
  accept,
  bind,
  close,
  connect,
  getpeername,
  getsockname,
  listen,
  now,
  read,
  recvfrom,
  sendto,
  shutdown,
  socket,
  thread,
  write,
} from '../kernel/syscalls.ts';
import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import { resolveHost } from './dns/resolve.ts';
import { connectHttp } from './http/client.ts';
import { serveHttp } from './http/server.ts';
import { VethCable } from './link/media.ts';
import { NetStack } from './stack.ts';
import { networkedMachine } from './testing.ts';

/** Runs code on the machine and gives back what it computed. */
function evaluate<T>(net: ReturnType<typeof networkedMachine>, body: () => Sim<T>): T {
  let out: { value: T } | undefined;
  net.machine.run(function* () {
    out = { value: yield* body() };
    return 0;
  });
  if (!out) throw new Error('no result');
  return out.value;
}

function* attempt(body: () => Sim<unknown>): Sim<string> {
  try {
    yield* body();
    return 'ok';
  } catch (error) {
    if (error instanceof Errno) return error.code;
    throw error;
  }
}

function* listener(port: number, address = ''): Sim<number> {
  const fd = yield* socket(address.includes(':') ? 'inet6' : 'inet', 'stream');
  yield* bind(fd, { address, port });
  yield* listen(fd);
  return fd;
}

describe('TCP', () => {
  test('data both ways, half-close, end of file', () => {
    const result = evaluate(networkedMachine(), function* () {
      const server = yield* listener(7000);
      yield* thread(function* () {
        const { fd } = yield* accept(server);
        let all = '';
        for (let data = yield* read(fd); data.length > 0; data = yield* read(fd)) all += decodeUtf8(data);
        yield* write(fd, `got ${all}`);
        yield* close(fd);
      });
      const client = yield* socket('inet', 'stream');
      yield* connect(client, { address: '127.0.0.1', port: 7000 });
      yield* write(client, 'abc');
      yield* shutdown(client, 'write');
      const answer = decodeUtf8(yield* read(client));
      const end = (yield* read(client)).length;
      return [answer, end, yield* getpeername(client)];
    });
    expect(result).toEqual(['got abc', 0, { address: '127.0.0.1', port: 7000 }]);
  });

  test('refused, in use, no such address, unreachable, nobody there', () => {
    const result = evaluate(networkedMachine(), function* () {
      yield* listener(7001);
      const to = (address: string, port: number) => () =>
        (function* () {
          yield* connect(yield* socket('inet', 'stream'), { address, port });
        })();
      const begin = yield* now();
      const codes = [
        yield* attempt(to('127.0.0.1', 7002)),
        yield* attempt(to('10.0.0.1', 81)),
        yield* attempt(() => listener(7001)),
        yield* attempt(() => listener(7003, '10.9.9.9')),
        yield* attempt(to('10.0.0.77', 80)),
      ];
      return [...codes, Math.round(((yield* now()) - begin) / 1_000_000)];
    });
    expect(result).toEqual(['ECONNREFUSED', 'ECONNREFUSED', 'EADDRINUSE', 'EADDRNOTAVAIL', 'EHOSTUNREACH', 3]);
  });

  test('more data than the window waits for the reader', () => {
    const result = evaluate(networkedMachine(), function* () {
      const server = yield* listener(7000);
      yield* thread(function* () {
        const { fd } = yield* accept(server);
        yield* write(fd, new Uint8Array(1_000_000));
        yield* close(fd);
      });
      const client = yield* socket('inet', 'stream');
      yield* connect(client, { address: '127.0.0.1', port: 7000 });
      let sum = 0;
      for (let data = yield* read(client, 10_000); data.length > 0; data = yield* read(client, 10_000)) sum += data.length;
      return sum;
    });
    expect(result).toBe(1_000_000);
  });

  test('an ephemeral port comes from 32768 to 60999', () => {
    const port = evaluate(networkedMachine(), function* () {
      const fd = yield* socket('inet', 'dgram');
      yield* bind(fd, { address: '', port: 0 });
      const name = yield* getsockname(fd);
      return 'port' in name ? name.port : 0;
    });
    expect(port).toBeGreaterThanOrEqual(32768);
    expect(port).toBeLessThanOrEqual(60999);
  });
});

test('[::] hears IPv4 too unless it is for IPv6 only', () => {
  const result = evaluate(networkedMachine(), function* () {
    yield* listener(7000, '::');
    const codes: string[] = [];
    for (const [domain, address] of [
      ['inet6', '::1'],
      ['inet', '127.0.0.1'],
    ] as const) {
      codes.push(
        yield* attempt(function* () {
          yield* connect(yield* socket(domain, 'stream'), { address, port: 7000 });
        }),
      );
    }
    return codes;
  });
  expect(result).toEqual(['ok', 'ok']);
});

test('UDP answers come from the one who was asked; a closed port is told', () => {
  const result = evaluate(networkedMachine(), function* () {
    const server = yield* socket('inet', 'dgram');
    yield* bind(server, { address: '', port: 5000 });
    yield* thread(function* () {
      const d = yield* recvfrom(server);
      if (d) yield* sendto(server, encodeUtf8(`re: ${decodeUtf8(d.data)}`), d.from);
    });
    const client = yield* socket('inet', 'dgram');
    yield* sendto(client, encodeUtf8('hi'), { address: '10.0.0.11', port: 5000 });
    const answer = yield* recvfrom(client, 1_000_000);
    yield* sendto(client, encodeUtf8('hi'), { address: '127.0.0.1', port: 5001 });
    return [answer && decodeUtf8(answer.data), answer?.from, yield* attempt(() => recvfrom(client, 1_000_000))];
  });
  expect(result).toEqual(['re: hi', { address: '10.0.0.11', port: 5000 }, 'ECONNREFUSED']);
});

test('names come from /etc/hosts and from the resolver of the router', () => {
  const net = networkedMachine();
  net.internet.addHost('example.com', '93.184.215.14');
  const result = evaluate(net, function* () {
    const missing = yield* (function* (): Sim<string> {
      try {
        yield* resolveHost('nosuch.example');
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    })();
    return [yield* resolveHost('localhost'), yield* resolveHost('node1'), yield* resolveHost('example.com'), missing];
  });
  expect(result).toEqual([['::1', '127.0.0.1'], ['10.0.0.11'], ['93.184.215.14'], 'Name or service not known']);
});

test('HTTP over the internet: 40 ms there and back for the handshake and the request, NAT by the router', () => {
  const net = networkedMachine();
  const host = new NetStack(net.world, 'example.com');
  net.internet.attachHost(host, ['93.184.215.14']);
  net.internet.addHost('example.com', '93.184.215.14');
  const remote = net.machine.kernel.createNetNamespace();
  remote.stack = host;
  let peer: unknown;
  const server = net.machine.kernel.spawnInit({
    main: function* () {
      const fd = yield* listener(80);
      return yield* serveHttp(fd, function* (req, res, conn) {
        peer = 'address' in conn.peer ? conn.peer.address : '';
        res.headers.set('Content-Type', 'text/plain');
        yield* res.end(`${req.method} ${req.path}\n`);
      });
    },
    argv: ['web'],
    env: new Map(),
    files: [],
  });
  server.namespaces = { ...server.namespaces, net: remote };
  const result = evaluate(net, function* () {
    const begin = yield* now();
    const connection = yield* connectHttp({ host: 'example.com', port: 80 });
    const response = yield* connection.request({ method: 'GET', path: '/x' });
    const text = yield* response.body.text();
    const first = Math.round(((yield* now()) - begin) / 1000);
    const again = yield* connection.request({ method: 'HEAD', path: '/y' });
    return [response.status, text, response.headers.get('date') !== undefined, first, again.status, again.headers.get('content-length')];
  });
  expect(result).toEqual([200, 'GET /x\n', true, 41, 200, '8']);
  expect(peer).toBe('100.64.0.2');
});

test('a packet between two bridges of one host is dropped, and the tracer says where', () => {
  const net = networkedMachine();
  const hops: string[] = [];
  const host = net.stack;
  host.forwarding = true;
  const container = (bridgeName: string, gateway: string, address: string) => {
    const bridge = host.addInterface(bridgeName, 'bridge');
    host.setUp(bridge, true);
    host.addAddress(bridge, gateway, 16);
    host.filter.bridges.push({ bridge, icc: true, internal: false });
    const stack = new NetStack(net.world, bridgeName.replace('br', 'c'));
    const outside = host.addInterface(`veth${bridgeName}`, 'veth');
    const inside = stack.addInterface('eth0', 'veth');
    new VethCable(outside, inside);
    bridge.enslave(outside);
    host.setUp(outside, true);
    stack.addAddress(inside, address, 16);
    stack.setUp(inside, true);
    stack.addDefaultRoute(gateway, inside);
    return stack;
  };
  const a = container('br1', '172.18.0.1', '172.18.0.2');
  container('br2', '172.19.0.1', '172.19.0.2');
  net.world.tracer.watch((hop) => hops.push(`${hop.where} ${hop.device} ${hop.action} ${hop.detail}`.trim()));
  a.send({
    proto: 'icmp',
    type: 'echo',
    src: '172.18.0.2',
    dst: '172.19.0.2',
    ttl: 64,
    id: 1,
    ident: 1,
    sequence: 1,
    data: new Uint8Array(0),
    about: undefined,
  });
  net.world.scheduler.runUntil(1_000_000);
  expect(hops).toEqual(['c1  send', 'node1 br1 receive', 'node1 br2 drop DOCKER-ISOLATION-STAGE-1']);
});
