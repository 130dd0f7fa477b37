/** proxy_pass: the request goes on to an upstream and its answer comes back. */
import { Errno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { close, connect, socket, thread, waitOn } from '../../../kernel/syscalls.ts';
import { encodeUtf8 } from '../../../lib/utf8.ts';
import { HostNotFound, resolveHost } from '../../../net/dns/resolve.ts';
import type { HttpConnection, HttpResponse } from '../../../net/http/client.ts';
import { httpConnection } from '../../../net/http/client.ts';
import { fdDuplex, HttpError } from '../../../net/http/duplex.ts';
import { Headers } from '../../../net/http/headers.ts';
import { percentEncode } from '../../../net/http/query.ts';
import { withTimeout } from '../../network/timeout.ts';
import { fault } from './configFile.ts';
import type { Exchange } from './exchange.ts';
import { expandVariables, finishHead, logError } from './exchange.ts';
import type { Configuration, Location, ProxyTarget } from './model.ts';

/** proxy_connect_timeout and proxy_read_timeout. */
const TIMEOUT = 60_000_000;
/** Fields that belong to one connection only. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'proxy-connection',
  'content-length',
  'expect',
  'host',
]);

interface UpstreamServer {
  readonly address: string;
  readonly port: number;
}

/** Looks all upstream names up, as nginx does at its start. Throws `host not found in upstream "NAME"`. */
export function* resolveUpstreams(config: Configuration): Sim<ReadonlyMap<string, readonly UpstreamServer[]>> {
  const found = new Map<string, readonly UpstreamServer[]>();
  const targets: ProxyTarget[] = [];
  const collect = (locations: readonly Location[]) => {
    for (const l of locations) {
      if (l.proxyPass) targets.push(l.proxyPass);
      collect(l.inner);
    }
  };
  for (const server of config.servers) collect(server.locations);
  for (const target of targets) {
    if (found.has(target.authority) || target.authority.includes('$')) continue;
    const members = config.upstreams.get(target.authority) ?? [target.authority];
    const servers: UpstreamServer[] = [];
    for (const member of members) {
      const [host, port] = splitAuthority(member, target.scheme === 'https' ? 443 : 80);
      try {
        for (const address of yield* resolveHost(host)) servers.push({ address, port });
      } catch (error) {
        if (error instanceof HostNotFound) throw fault(`host not found in upstream "${member}"`, target.at);
        throw error;
      }
    }
    found.set(target.authority, servers);
  }
  return found;
}

function splitAuthority(text: string, fallback: number): [string, number] {
  const match = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(text);
  return match ? [match[1].replace(/^\[(.*)\]$/, '$1'), Number(match[2] ?? fallback)] : [text, fallback];
}

/** Answers with the status to fail with, or nothing when the answer was sent. */
export function* proxyPass(x: Exchange, location: Location): Sim<number | undefined> {
  const target = location.proxyPass;
  if (!target) return 500;
  const authority = expandVariables(x, target.authority);
  const servers = x.worker.upstreams.get(authority) ?? (yield* lateLookup(authority));
  const uri = upstreamUri(x, location, target);
  const turn = x.worker.turns.get(authority) ?? 0;
  for (let i = 0; i < Math.max(1, servers.length); i++) {
    const server = servers[(turn + i) % servers.length];
    x.worker.turns.set(authority, turn + i + 1);
    if (!server) {
      yield* logError(x, 'error', `${authority} could not be resolved (3: Host not found)`);
      return 502;
    }
    const upstream = `${target.scheme}://${server.address}:${server.port}${uri}`;
    const last = i === servers.length - 1;
    try {
      const connection = yield* withTimeout(TIMEOUT, () => open(server));
      if (!connection) {
        yield* logError(x, 'error', 'upstream timed out (110: Connection timed out) while connecting to upstream', upstream);
        if (last) return 504;
        continue;
      }
      yield* relay(x, connection.value, authority, uri);
      return undefined;
    } catch (error) {
      const words =
        error instanceof Errno
          ? connectWords(error)
          : error instanceof HttpError
            ? 'upstream prematurely closed connection while reading response header from upstream'
            : undefined;
      if (words === undefined || x.res.started) throw error;
      yield* logError(x, 'error', words, upstream);
      if (last) return 502;
    }
  }
  return 502;
}

function* lateLookup(authority: string): Sim<readonly UpstreamServer[]> {
  const [host, port] = splitAuthority(authority, 80);
  try {
    return (yield* resolveHost(host)).map((address) => ({ address, port }));
  } catch (error) {
    if (error instanceof HostNotFound) return [];
    throw error;
  }
}

function connectWords(error: Errno): string {
  const numbers: Readonly<Record<string, number>> = {
    ECONNREFUSED: 111,
    EHOSTUNREACH: 113,
    ENETUNREACH: 101,
    ETIMEDOUT: 110,
    ECONNRESET: 104,
  };
  const number = numbers[error.code] ?? 0;
  if (error.code === 'ECONNRESET') return `recv() failed (${number}: ${error.message}) while reading response header from upstream`;
  return `connect() failed (${number}: ${error.message}) while connecting to upstream`;
}

/** With a path in proxy_pass the location's prefix is replaced by it; without one the request's own path goes on. */
function upstreamUri(x: Exchange, location: Location, target: ProxyTarget): string {
  if (target.path === undefined || location.kind === 'regex')
    return x.path === x.req.path ? x.req.target : percentEncode(x.path, '/') + (x.args === '' ? '' : `?${x.args}`);
  if (target.path.includes('$')) return expandVariables(x, target.path);
  return target.path + percentEncode(x.path.slice(location.path.length), '/') + (x.args === '' ? '' : `?${x.args}`);
}

function* open(server: UpstreamServer): Sim<HttpConnection> {
  const fd = yield* socket(server.address.includes(':') ? 'inet6' : 'inet', 'stream');
  try {
    yield* connect(fd, server);
  } catch (error) {
    yield* close(fd);
    throw error;
  }
  return httpConnection(fdDuplex(fd), server.address);
}

function* relay(x: Exchange, connection: HttpConnection, authority: string, uri: string): Sim<void> {
  const { req, res } = x;
  try {
    const upgrade = x.settings.proxyHeaders.some(([name]) => name.toLowerCase() === 'upgrade') && req.headers.has('Upgrade');
    const headers = new Headers([['Host', authority]]);
    for (const [name, value] of x.settings.proxyHeaders) {
      const expanded = expandVariables(x, value);
      if (expanded !== '') headers.set(name, expanded);
    }
    if (!upgrade) headers.set('Connection', 'close');
    for (const [name, value] of req.headers) if (!HOP_BY_HOP.has(name.toLowerCase()) && !headers.has(name)) headers.append(name, value);
    const length = req.body.length;
    const withBody = length !== undefined ? length > 0 : req.headers.hasToken('Transfer-Encoding', 'chunked');
    const body = withBody ? { length, read: () => req.body.read() } : undefined;
    const response = yield* connection.request({ method: req.method, path: uri, headers, body });
    if (response.status === 101) {
      yield* tunnel(x, response);
      return;
    }
    for (const [name, value] of response.headers) {
      const lower = name.toLowerCase();
      if (HOP_BY_HOP.has(lower) || lower === 'date' || lower === 'server') continue;
      res.headers.append(name, value);
    }
    if (response.body.length !== undefined && response.status !== 304) res.headers.set('Content-Length', String(response.body.length));
    finishHead(x, response.status, undefined);
    yield* res.writeHead(response.status, response.reason);
    for (let data = yield* response.body.read(); data !== null; data = yield* response.body.read()) yield* res.write(data);
    yield* res.end();
  } finally {
    yield* connection.close();
  }
}

/** WebSocket and the like: bytes both ways until one side closes. */
function* tunnel(x: Exchange, response: HttpResponse): Sim<void> {
  const client = yield* x.res.hijack();
  const server = response.stream();
  yield* client.write(encodeUtf8(`HTTP/1.1 101 Switching Protocols\r\n${response.headers.toWire()}\r\n`));
  const back = yield* thread(function* () {
    for (let data = yield* server.read(); data !== null; data = yield* server.read()) yield* client.write(data);
    yield* client.closeWrite();
  });
  for (let data = yield* client.read(); data !== null; data = yield* client.read()) yield* server.write(data);
  yield* server.closeWrite();
  while (!back.done) yield* waitOn(back.ended);
}
