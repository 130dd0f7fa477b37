import { Errno } from '../../kernel/errno.ts';
import { HTTP_UNREAD_BYTES_MAX } from '../../kernel/limits.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { SocketAddress, ThreadHandle } from '../../kernel/syscalls.ts';
import { accept, getsockname, poll, thread, wallClock } from '../../kernel/syscalls.ts';
import { WaitQueue } from '../../kernel/waitQueue.ts';
import { EMPTY_BYTES } from '../../lib/bytes.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import type { CertificateSource } from '../tls.ts';
import { tlsServerHandshake } from '../tls.ts';
import type { BodyReader, IncomingBody } from './body.ts';
import { chunk, drain, incomingBody, LAST_CHUNK } from './body.ts';
import { httpDate } from './date.ts';
import type { Duplex } from './duplex.ts';
import { fdDuplex, HttpError, remainingDuplex, StreamReader } from './duplex.ts';
import { GO_HEAD_LIMITS, type HeadLimits, type RequestHead, readRequestHead } from './head.ts';
import { Headers } from './headers.ts';
import { percentDecode, Query } from './query.ts';
import { goRefusal, linger, type RefusedRequest } from './refusal.ts';
import { sniffType } from './sniff.ts';
import { reasonPhrase } from './status.ts';

export interface HttpRequest {
  readonly method: string;
  /** As it stands in the request line. */
  readonly target: string;
  /** Decoded, without the query. */
  readonly path: string;
  readonly query: Query;
  /** 'HTTP/1.1' */
  readonly version: string;
  readonly headers: Headers;
  readonly body: BodyReader;
}

export interface ResponseWriter {
  /** Set before the head is written. */
  readonly headers: Headers;
  /** Status that `write`/`end` use when `writeHead` was not called. */
  status: number;
  /** Sets the status. The head goes out with the first byte of the body, whose size may be the whole, or with `flush`. */
  writeHead(status: number, reason?: string): Sim<void>;
  /** Sends the head now, for an answer whose body comes later (docker's `wait`, `events`). */
  flush(): Sim<void>;
  /** Goes out at once; without Content-Length the body becomes chunked. */
  write(data: Uint8Array | string): Sim<void>;
  end(data?: Uint8Array | string): Sim<void>;
  /** Takes the connection over from HTTP: the handler writes the head of the answer itself. */
  hijack(): Sim<Duplex>;
  readonly started: boolean;
  readonly ended: boolean;
  /** The peer has gone. Noticed while a streamed (chunked) answer is being written. */
  readonly closed: boolean;
  /** Woken when `closed` becomes true. */
  readonly gone: WaitQueue;
  /** Bytes of body sent, for access logs. */
  readonly sent: number;
  /** Told the head's fields as they go out: those of the handler, and those that the server adds (Date, Content-Length). */
  onHead?: ((fields: Headers) => void) | undefined;
}

export interface ConnectionInfo {
  readonly peer: SocketAddress;
  readonly local: SocketAddress;
}

export type HttpHandler = (req: HttpRequest, res: ResponseWriter, conn: ConnectionInfo) => Sim<void>;

export interface ServeOptions {
  /** As Go's net/http writes: fields sorted, bodies above 2 KiB chunked unless Content-Length was set. */
  readonly goStyle?: boolean;
  /** Serve TLS with this certificate. */
  readonly certificate?: CertificateSource;
  /** An answer may be followed by another request (default true). */
  readonly keepAlive?: boolean;
  /** How much of a request's head is read (default: Go's). */
  readonly headLimits?: HeadLimits;
  /** Answers a request whose head could not be read; default: as Go's net/http. The connection ends afterwards. */
  readonly refuse?: (refused: RefusedRequest, res: ResponseWriter, conn: ConnectionInfo) => Sim<void>;
  /** What the handler threw (other than a broken connection). The client gets 500, or the end of a connection whose answer had begun. */
  readonly onError?: (error: unknown) => void;
}

/** Accepts for ever; one thread per connection. */
export function* serveHttp(listenFd: number, handler: HttpHandler, options: ServeOptions = {}): Sim<never> {
  for (;;) {
    const { fd, peer } = yield* accept(listenFd);
    const local = yield* getsockname(fd);
    yield* thread(function* () {
      const stream = fdDuplex(fd);
      try {
        yield* serveConnection(stream, { peer, local }, handler, options);
      } finally {
        yield* stream.close();
      }
    }, 'http');
  }
}

/** Answers the requests of one connection until it closes or is hijacked (then the handler owns the stream till it returns). */
export function* serveConnection(stream: Duplex, conn: ConnectionInfo, handler: HttpHandler, options: ServeOptions = {}): Sim<void> {
  try {
    if (options.certificate && !(yield* tlsServerHandshake(stream, options.certificate))) {
      yield* stream.write(encodeUtf8('HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n'));
      return;
    }
    const reader = new StreamReader(stream);
    while (yield* serveOne(reader, stream, conn, handler, options));
  } catch (error) {
    if (!isBrokenConnection(error)) throw error;
  }
}

function isTooLarge(error: unknown): error is HttpError {
  return error instanceof HttpError && error.kind === 'bodyTooLarge';
}

function isBrokenConnection(error: unknown): boolean {
  if (error instanceof HttpError) return true;
  return error instanceof Errno && (error.code === 'EPIPE' || error.code === 'ECONNRESET' || error.code === 'ENOTCONN');
}

function* serveOne(reader: StreamReader, stream: Duplex, conn: ConnectionInfo, handler: HttpHandler, options: ServeOptions): Sim<boolean> {
  const headers = new Headers();
  const refused = { line: '', headers };
  let head: RequestHead | null;
  try {
    head = yield* readRequestHead(reader, headers, options.headLimits ?? GO_HEAD_LIMITS, refused);
  } catch (error) {
    if (!(error instanceof HttpError) || error.kind === 'eof' || error.kind === 'truncated') throw error;
    yield* refuse(reader, stream, conn, { ...refused, fault: error }, options);
    return false;
  }
  if (head === null) return false;
  const { method, target, version } = head;
  const incoming = incomingBody(reader, headers, { none: false, toEnd: false });
  const body = headers.hasToken('Expect', '100-continue') ? continued(incoming, stream) : incoming;
  const relative = target.replace(/^https?:\/\/[^/?]*/i, '') || '/';
  const at = relative.indexOf('?');
  const path = percentDecode(at < 0 ? relative : relative.slice(0, at));
  const query = Query.parse(at < 0 ? '' : relative.slice(at + 1));
  const wantsClose = headers.hasToken('Connection', 'close') || (version === 'HTTP/1.0' && !headers.hasToken('Connection', 'keep-alive'));
  const res = new Answer(reader, incoming, stream, {
    method,
    version,
    keepAlive: options.keepAlive !== false && !wantsClose,
    goStyle: options.goStyle === true,
  });
  try {
    yield* handler({ method, target, path, query, version, headers, body }, res, conn);
    if (res.hijacked) return false;
    if (!res.ended) yield* res.end();
  } catch (error) {
    if (isTooLarge(error) && !res.started) {
      res.keepAlive = false;
      yield* res.writeHead(413);
      yield* res.end(`${error.message}\n`);
      yield* linger(stream);
      return false;
    }
    if (isBrokenConnection(error)) return false;
    options.onError?.(error);
    if (options.onError === undefined) throw error;
    if (res.started) return false;
    res.headers.set('Content-Type', 'text/plain; charset=utf-8');
    yield* res.writeHead(500);
    yield* res.end('Internal Server Error\n');
  } finally {
    res.stopWatching();
  }
  if (res.closed) return false;
  // What the handler left of the body would be taken for the next request, and would reset a connection that is closed over it.
  if (!(yield* drain(incoming, HTTP_UNREAD_BYTES_MAX))) {
    yield* linger(stream);
    return false;
  }
  return res.keepAlive;
}

function* refuse(reader: StreamReader, stream: Duplex, conn: ConnectionInfo, refused: RefusedRequest, options: ServeOptions): Sim<void> {
  if (options.refuse) {
    const nothing = incomingBody(reader, refused.headers, { none: true, toEnd: false });
    const about = { method: 'GET', version: 'HTTP/1.1', keepAlive: false, goStyle: options.goStyle === true };
    yield* options.refuse(refused, new Answer(reader, nothing, stream, about), conn);
  } else yield* stream.write(goRefusal(refused.fault));
  yield* linger(stream);
}

/** Sends "100 Continue" when the handler first wants the body, as RFC 9110, 10.1.1 asks for. */
function continued(body: IncomingBody, stream: Duplex): BodyReader {
  let asked = false;
  function* ask(): Sim<void> {
    if (asked || body.done) return;
    asked = true;
    yield* stream.write(encodeUtf8('HTTP/1.1 100 Continue\r\n\r\n'));
  }
  return {
    length: body.length,
    *read() {
      yield* ask();
      return yield* body.read();
    },
    *bytes(bytesMax) {
      yield* ask();
      return yield* body.bytes(bytesMax);
    },
    *text(bytesMax) {
      yield* ask();
      return yield* body.text(bytesMax);
    },
  };
}

/** Go keeps this much of an answer back to see whether it can state its length. */
const GO_BUFFER = 2048;

class Answer implements ResponseWriter {
  readonly headers = new Headers();
  readonly gone = new WaitQueue();
  status = 200;
  started = false;
  ended = false;
  closed = false;
  hijacked = false;
  sent = 0;
  onHead: ((fields: Headers) => void) | undefined;
  keepAlive: boolean;
  readonly #reader: StreamReader;
  readonly #incoming: IncomingBody;
  readonly #stream: Duplex;
  readonly #method: string;
  readonly #version: string;
  readonly #goStyle: boolean;
  #reason: string | undefined;
  #chunked = false;
  #watcher: ThreadHandle | undefined;

  constructor(
    reader: StreamReader,
    body: IncomingBody,
    stream: Duplex,
    about: { method: string; version: string; keepAlive: boolean; goStyle: boolean },
  ) {
    this.#reader = reader;
    this.#incoming = body;
    this.#stream = stream;
    this.#method = about.method;
    this.#version = about.version;
    this.#goStyle = about.goStyle;
    this.keepAlive = about.keepAlive;
  }

  *writeHead(status: number, reason?: string): Sim<void> {
    this.status = status;
    this.#reason = reason;
  }

  *flush(): Sim<void> {
    yield* this.#flushHead(undefined, EMPTY_BYTES);
  }

  /** `whole`: the size of the body, if `first` is all of it. */
  *#flushHead(whole: number | undefined, first: Uint8Array): Sim<void> {
    if (this.started) return;
    this.started = true;
    const bodyAllowed = this.status >= 200 && this.status !== 204 && this.status !== 304;
    const headers = this.headers;
    const fields = this.#goStyle ? new Headers([...headers.entries()].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0))) : headers;
    if (!fields.has('Date')) fields.append('Date', httpDate(yield* wallClock()));
    let chunked = false;
    if (bodyAllowed && !fields.has('Content-Length') && !fields.has('Transfer-Encoding')) {
      if (whole !== undefined && !(this.#goStyle && whole > GO_BUFFER)) fields.append('Content-Length', String(whole));
      else if (this.#version === 'HTTP/1.1') chunked = true;
      else this.keepAlive = false;
    }
    if (this.#goStyle && bodyAllowed && first.length > 0 && !fields.has('Content-Type')) fields.append('Content-Type', sniffType(first));
    if (!this.keepAlive && !fields.has('Connection')) fields.append('Connection', 'close');
    if (chunked) fields.append('Transfer-Encoding', 'chunked');
    this.#chunked = fields.hasToken('Transfer-Encoding', 'chunked');
    if (fields.hasToken('Connection', 'close')) this.keepAlive = false;
    this.onHead?.(fields);
    yield* this.#send(encodeUtf8(`HTTP/1.1 ${this.status} ${this.#reason ?? reasonPhrase(this.status)}\r\n${fields.toWire()}\r\n`));
    if (this.#chunked && whole === undefined) yield* this.#watch();
  }

  *#send(data: Uint8Array): Sim<void> {
    if (data.length === 0) return;
    try {
      yield* this.#stream.write(data);
    } catch (error) {
      this.#lost();
      throw error;
    }
  }

  *write(data: Uint8Array | string): Sim<void> {
    const bytes = typeof data === 'string' ? encodeUtf8(data) : data;
    yield* this.#flushHead(undefined, bytes);
    yield* this.#body(bytes);
  }

  *#body(bytes: Uint8Array): Sim<void> {
    if (this.#method === 'HEAD' || bytes.length === 0) return;
    this.sent += bytes.length;
    yield* this.#send(this.#chunked ? chunk(bytes) : bytes);
  }

  *end(data: Uint8Array | string = EMPTY_BYTES): Sim<void> {
    if (this.ended) return;
    const bytes = typeof data === 'string' ? encodeUtf8(data) : data;
    yield* this.#flushHead(bytes.length, bytes);
    yield* this.#body(bytes);
    this.ended = true;
    if (this.#chunked && this.#method !== 'HEAD') yield* this.#send(LAST_CHUNK);
  }

  *hijack(): Sim<Duplex> {
    this.stopWatching();
    // A body that the handler did not want is no part of the stream.
    if (this.#incoming.length !== undefined) yield* drain(this.#incoming);
    this.started = true;
    this.ended = true;
    this.hijacked = true;
    return remainingDuplex(this.#reader, this.#stream);
  }

  /** Watches for the peer's end of file while an answer is streamed; bytes of a next request are kept for it. */
  *#watch(): Sim<void> {
    const fd = this.#stream.fd;
    if (fd < 0 || this.#watcher) return;
    const self = this;
    this.#watcher = yield* thread(function* () {
      const [result] = yield* poll([{ fd, read: true }]);
      if (!result) return;
      try {
        const data = yield* self.#stream.read();
        self.#reader.push(data);
        if (data === null) self.#lost();
      } catch {
        self.#lost();
      }
    }, 'http');
  }

  stopWatching(): void {
    this.#watcher?.cancel();
    this.#watcher = undefined;
  }

  #lost(): void {
    this.closed = true;
    this.gone.wake();
  }
}
