import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { close, connect, socket } from '../../kernel/syscalls.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { resolveHost } from '../dns/resolve.ts';
import type { TlsClientOptions } from '../tls.ts';
import { tlsClientHandshake } from '../tls.ts';
import type { BodyReader, BodySource, IncomingBody } from './body.ts';
import { chunk, drain, incomingBody, isBodySource, LAST_CHUNK } from './body.ts';
import type { Duplex } from './duplex.ts';
import { fdDuplex, HttpError, remainingDuplex, StreamReader } from './duplex.ts';
import { type HeadLimits, readHeaderLines } from './head.ts';
import { Headers } from './headers.ts';

export type HttpTarget =
  | { readonly unix: string }
  | ({ readonly host: string; readonly port: number; readonly tls?: boolean } & TlsClientOptions);

export interface OutgoingRequest {
  readonly method: string;
  /** Path with the query, or the absolute URL for a proxy. */
  readonly path: string;
  /** Host, Content-Length and Transfer-Encoding are added when they are not there. */
  readonly headers?: Headers;
  readonly body?: Uint8Array | string | BodySource;
  /** Waits for 101 and hands out the stream. */
  readonly upgrade?: boolean;
}

export interface HttpResponse {
  /** 'HTTP/1.1' */
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
  readonly body: BodyReader;
  /** The raw stream, after 101 or when both sides know that HTTP has ended (docker's attach). The connection is then lost to HTTP. */
  stream(): Duplex;
}

export interface HttpConnection {
  /** One request and the head of its answer. An unread body of the answer before is read first. */
  request(r: OutgoingRequest): Sim<HttpResponse>;
  close(): Sim<void>;
  /** Whether another request may be sent on this connection. */
  readonly reusable: boolean;
  readonly stream: Duplex;
}

/** Connects to the first address that answers. Throws the last Errno, or `HostNotFound` from the resolver. */
export function* connectHttp(target: HttpTarget): Sim<HttpConnection> {
  if ('unix' in target) {
    const fd = yield* socket('unix', 'stream');
    yield* connectOrClose(fd, { path: target.unix });
    return httpConnection(fdDuplex(fd), 'localhost');
  }
  const fd = yield* connectTcp(target.host, target.port);
  const stream = fdDuplex(fd);
  const authority = hostHeader(target.host, target.port, target.tls === true);
  if (!target.tls) return httpConnection(stream, authority);
  try {
    yield* tlsClientHandshake(stream, target.host, target);
  } catch (error) {
    yield* stream.close();
    throw error;
  }
  return httpConnection(stream, authority);
}

/** A TCP connection to the first address of `host` that answers: a file descriptor. */
export function* connectTcp(host: string, port: number): Sim<number> {
  let failure: unknown = new Errno('EHOSTUNREACH');
  for (const address of yield* resolveHost(host)) {
    const fd = yield* socket(address.includes(':') ? 'inet6' : 'inet', 'stream');
    try {
      yield* connectOrClose(fd, { address, port });
      return fd;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function* connectOrClose(fd: number, address: { path: string } | { address: string; port: number }): Sim<void> {
  try {
    yield* connect(fd, address);
  } catch (error) {
    yield* close(fd);
    throw error;
  }
}

/** The Host field: without the scheme's default port. */
export function hostHeader(host: string, port: number, tls: boolean): string {
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return port === (tls ? 443 : 80) ? name : `${name}:${port}`;
}

/** HTTP/1.1 over any stream. `authority` fills the Host field; `limits`: how much of an answer's head is taken (Go's default else). */
export function httpConnection(stream: Duplex, authority: string, limits?: HeadLimits): HttpConnection {
  const reader = new StreamReader(stream);
  let previous: IncomingBody | undefined;
  let usable = true;
  return {
    stream,
    get reusable() {
      return usable;
    },
    *request(r) {
      if (previous && !previous.done) yield* drain(previous);
      const headers = new Headers();
      if (!r.headers?.has('Host')) headers.append('Host', authority);
      for (const [name, value] of r.headers?.entries() ?? []) headers.append(name, value);
      if (r.upgrade && !headers.has('Upgrade')) {
        headers.append('Connection', 'Upgrade');
        headers.append('Upgrade', 'tcp');
      }
      yield* sendRequest(stream, r, headers);
      const response = yield* readResponse(reader, r.method, limits);
      previous = response.incoming;
      const keepAlive =
        response.version === 'HTTP/1.1'
          ? !response.headers.hasToken('Connection', 'close')
          : response.headers.hasToken('Connection', 'keep-alive');
      usable = keepAlive && !headers.hasToken('Connection', 'close') && response.status !== 101;
      return { ...response, body: response.incoming, stream: () => ((usable = false), remainingDuplex(reader, stream)) };
    },
    close: () => stream.close(),
  };
}

function* sendRequest(stream: Duplex, r: OutgoingRequest, headers: Headers): Sim<void> {
  const body = typeof r.body === 'string' ? encodeUtf8(r.body) : r.body;
  const source = isBodySource(body) ? body : undefined;
  if (body && !headers.has('Content-Length') && !headers.has('Transfer-Encoding')) {
    const length = source ? source.length : (body as Uint8Array).length;
    if (length === undefined) headers.append('Transfer-Encoding', 'chunked');
    else headers.append('Content-Length', String(length));
  }
  const head = encodeUtf8(`${r.method} ${r.path} HTTP/1.1\r\n${headers.toWire()}\r\n`);
  if (!source) {
    yield* stream.write(body ? joined(head, body as Uint8Array) : head);
    return;
  }
  yield* stream.write(head);
  const chunked = headers.hasToken('Transfer-Encoding', 'chunked');
  for (let part = yield* source.read(); part !== null; part = yield* source.read()) {
    if (part.length > 0) yield* stream.write(chunked ? chunk(part) : part);
  }
  if (chunked) yield* stream.write(LAST_CHUNK);
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const out = new Uint8Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

interface ResponseHead {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
  readonly incoming: IncomingBody;
}

function* readResponse(reader: StreamReader, method: string, limits: HeadLimits | undefined): Sim<ResponseHead> {
  for (;;) {
    const line = yield* reader.line();
    if (line === null) throw new HttpError('eof', 'EOF');
    const match = /^(HTTP\/\d\.\d) (\d{3})(?: (.*))?$/.exec(line);
    if (!match) throw new HttpError('malformed', `malformed HTTP response "${line}"`);
    const headers = new Headers();
    yield* readHeaderLines(reader, headers, limits);
    const status = Number(match[2]);
    if (status >= 100 && status < 200 && status !== 101) continue;
    const none = method === 'HEAD' || status === 204 || status === 304;
    // A 101 has no length; whoever reads it as a body reads the raw stream.
    const incoming = incomingBody(reader, headers, { none, toEnd: true });
    return { version: match[1], status, reason: match[3] ?? '', headers, incoming };
  }
}
