/** The transfer itself: a request over a new connection, the answer into a file. */
import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { close, connect, open, socket, write } from '../../kernel/syscalls.ts';
import { resolveHost } from '../../net/dns/resolve.ts';
import { type HttpResponse, hostHeader, httpConnection } from '../../net/http/client.ts';
import { fdDuplex } from '../../net/http/duplex.ts';
import { Headers } from '../../net/http/headers.ts';
import { tlsClientHandshake } from '../../net/tls.ts';
import type { Url } from './url.ts';
import type { WgetOptions } from './wgetOptions.ts';

/** What a program says on the way; the two wgets differ in nothing else. */
export interface Voice {
  readonly userAgent: string;
  resolving(url: Url): Sim<void>;
  resolved(url: Url, addresses: readonly string[]): Sim<void>;
  connecting(url: Url, address: string): Sim<void>;
  connected(): Sim<void>;
  connectFailed(error: Errno): Sim<void>;
  answered(response: HttpResponse): Sim<void>;
}

/** An answer whose body is still to come. */
export type OpenResponse = HttpResponse & { close(): Sim<void> };

/** Asks for a URL at the first of its addresses that takes the connection. */
export function* openResponse(url: Url, o: WgetOptions, voice: Voice): Sim<OpenResponse> {
  yield* voice.resolving(url);
  const addresses = yield* resolveHost(url.host);
  yield* voice.resolved(url, addresses);
  let last: unknown;
  for (const address of addresses) {
    yield* voice.connecting(url, address);
    const fd = yield* socket(address.includes(':') ? 'inet6' : 'inet', 'stream');
    try {
      yield* connect(fd, { address, port: url.port });
    } catch (error) {
      yield* close(fd);
      if (!(error instanceof Errno)) throw error;
      last = error;
      yield* voice.connectFailed(error);
      continue;
    }
    yield* voice.connected();
    const stream = fdDuplex(fd);
    if (url.scheme === 'https') yield* tlsClientHandshake(stream, url.host, { insecure: o.insecure });
    const headers = new Headers([
      ['Host', hostHeader(url.host, url.port, url.scheme === 'https')],
      ['User-Agent', o.userAgent ?? voice.userAgent],
      ['Accept', '*/*'],
      ['Connection', 'close'],
    ]);
    for (const header of o.headers) {
      const at = header.indexOf(':');
      headers.set(header.slice(0, at), header.slice(at + 1).trim());
    }
    if (o.post !== undefined && !headers.has('Content-Type')) headers.append('Content-Type', 'application/x-www-form-urlencoded');
    const connection = httpConnection(stream, url.host);
    const response = yield* connection.request({
      method: o.post !== undefined ? 'POST' : o.spider ? 'HEAD' : 'GET',
      path: url.path,
      headers,
      body: o.post,
    });
    return { ...response, close: () => connection.close() };
  }
  throw last;
}

/** Writes the body to a file, or to standard output for '-'; gives its bytes. */
export function* storeBody(response: HttpResponse, path: string): Sim<number> {
  const fd = path === '-' ? 1 : yield* open(path, 'w', 0o666);
  let count = 0;
  try {
    for (let data = yield* response.body.read(); data !== null; data = yield* response.body.read()) {
      count += data.length;
      yield* write(fd, data);
    }
  } finally {
    if (fd !== 1) yield* close(fd);
  }
  return count;
}
