/** The Engine API as a client sees it: connections, version negotiation, requests, errors. */
import type { ErrorResponse } from '../../api/types/common.ts';
import { Errno, isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { poll } from '../../kernel/syscalls.ts';
import { goLookupError } from '../../net/dns/goLookup.ts';
import { HostNotFound } from '../../net/dns/resolve.ts';
import type { BodySource } from '../../net/http/body.ts';
import type { HttpConnection, HttpResponse, OutgoingRequest } from '../../net/http/client.ts';
import { connectHttp } from '../../net/http/client.ts';
import type { Duplex } from '../../net/http/duplex.ts';
import { HttpError } from '../../net/http/duplex.ts';
import { Headers } from '../../net/http/headers.ts';
import { CutOff, connectionError, cutOff, EngineError, hijackError, unreadable } from './errors.ts';
import type { Endpoint } from './host.ts';
import type { Query } from './query.ts';
import { encodeQuery } from './query.ts';

const MAX_VERSION = '1.50';
const USER_AGENT = 'Docker-Client/28.2.2 (linux)';

export interface RequestOptions {
  readonly query?: Query;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly body?: Uint8Array | BodySource;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Pong {
  readonly apiVersion: string;
  readonly osType: string;
  readonly experimental: boolean;
  readonly builderVersion: string;
  /** 'inactive', 'active/manager', ...; '' if it does not say. */
  readonly swarm: string;
}

export class Engine {
  readonly endpoint: Endpoint;
  readonly #fixedVersion: string;
  readonly #headers: Readonly<Record<string, string>>;
  #version: string | undefined;
  #pong: Pong | undefined;
  /** Connections on which another request may be sent. */
  readonly #idle: HttpConnection[] = [];

  constructor(endpoint: Endpoint, options: { readonly apiVersion: string; readonly headers: Readonly<Record<string, string>> }) {
    this.endpoint = endpoint;
    this.#fixedVersion = options.apiVersion;
    this.#headers = options.headers;
  }

  /** Negotiated with the first call. */
  *version(): Sim<string> {
    if (this.#version === undefined) {
      if (this.#fixedVersion !== '') this.#version = this.#fixedVersion;
      else {
        const pong = yield* this.ping();
        const theirs = pong?.apiVersion ?? MAX_VERSION;
        this.#version = versionLess(theirs === '' ? '1.24' : theirs, MAX_VERSION) ? theirs || '1.24' : MAX_VERSION;
      }
    }
    return this.#version;
  }

  /** Undefined if the daemon cannot be reached: the next call then tells why. */
  *ping(): Sim<Pong | undefined> {
    if (this.#pong) return this.#pong;
    try {
      const head = yield* this.#send('HEAD', '/_ping', {});
      this.#pong = pongOf(head);
      if (head.status !== 200 && head.status !== 500) {
        const get = yield* this.#send('GET', '/_ping', {});
        yield* get.body.bytes();
        this.#pong = pongOf(get);
      }
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
    }
    return this.#pong;
  }

  /** The head of the answer; its body is the caller's. Throws EngineError on a status of 400 or more. */
  *open(method: string, path: string, options: RequestOptions = {}): Sim<HttpResponse> {
    const response = yield* this.#send(method, `/v${yield* this.version()}${path}${encodeQuery(options.query)}`, options);
    if (response.status >= 400) throw yield* this.#failure(response, method, path);
    return response;
  }

  /** The whole body as text. */
  *text(method: string, path: string, options: RequestOptions = {}): Sim<string> {
    const response = yield* this.open(method, path, options);
    return yield* response.body.text();
  }

  *json<T>(method: string, path: string, options: RequestOptions = {}): Sim<T> {
    try {
      return JSON.parse(yield* this.text(method, path, options)) as T;
    } catch (error) {
      throw error instanceof CutOff ? unreadable(path, error) : error;
    }
  }

  get<T>(path: string, query?: Query): Sim<T> {
    return this.json<T>('GET', path, { query });
  }

  /** For calls whose answer says nothing. */
  *call(method: string, path: string, options: RequestOptions = {}): Sim<void> {
    yield* this.text(method, path, options);
  }

  /** A connection of its own that becomes a raw stream. */
  *hijack(path: string, options: RequestOptions = {}): Sim<Duplex> {
    const target = `/v${yield* this.version()}${path}${encodeQuery(options.query)}`;
    const headers = this.#head('POST', options);
    if (options.json === undefined) headers.set('Content-Type', 'text/plain');
    headers.set('Connection', 'Upgrade');
    headers.set('Upgrade', 'tcp');
    const connection = yield* this.#connect((error) => hijackError(this.endpoint, error));
    const body = options.json === undefined ? undefined : `${JSON.stringify(options.json)}\n`;
    const response = yield* this.#upgrade(connection, { method: 'POST', path: target, headers, body, upgrade: true });
    // The words of the daemon are lost here, as they are in docker.
    if (response.status !== 101) throw new EngineError(`unable to upgrade to tcp, received ${response.status}`, response.status);
    return response.stream();
  }

  *#upgrade(connection: HttpConnection, request: OutgoingRequest): Sim<HttpResponse> {
    try {
      return yield* connection.request(request);
    } catch (error) {
      yield* connection.close();
      // The Go client upgrades without its usual transport, and so without the words of `connectionError`.
      if (error instanceof HttpError) throw new EngineError('unexpected EOF', 0);
      if (isErrno(error)) throw connectionError(this.endpoint, request.method, request.path, error);
      throw error;
    }
  }

  *close(): Sim<void> {
    for (const connection of this.#idle.splice(0)) yield* connection.close();
  }

  #head(method: string, options: RequestOptions): Headers {
    const headers = new Headers();
    if ('unix' in this.endpoint) headers.append('Host', 'api.moby.localhost');
    headers.append('User-Agent', USER_AGENT);
    for (const [name, value] of Object.entries(this.#headers)) headers.set(name, value);
    for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
    if (options.json !== undefined) headers.set('Content-Type', 'application/json');
    else if (method === 'POST' && options.body === undefined) headers.set('Content-Length', '0');
    return headers;
  }

  *#send(method: string, path: string, options: RequestOptions): Sim<HttpResponse> {
    const headers = this.#head(method, options);
    const body = options.json === undefined ? options.body : `${JSON.stringify(options.json)}\n`;
    for (;;) {
      const reused = yield* this.#takeIdle();
      const connection = reused ?? (yield* this.#dial(method, path));
      try {
        const response = yield* connection.request({ method, path, headers, body });
        return this.#pooled(connection, response);
      } catch (error) {
        yield* connection.close();
        // As Go's transport: what may be asked twice is asked again on a new connection.
        if (reused && method !== 'POST' && method !== 'DELETE' && (error instanceof HttpError || isErrno(error))) continue;
        if (error instanceof HttpError || isErrno(error)) throw connectionError(this.endpoint, method, path, error);
        throw error;
      }
    }
  }

  /** A connection of before that the daemon has not closed meanwhile: one that can be read without having been asked has ended. */
  *#takeIdle(): Sim<HttpConnection | undefined> {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      if ((yield* poll([{ fd: idle.stream.fd, read: true }], 0)).length === 0) return idle;
      yield* idle.close();
    }
    return undefined;
  }

  /** Gives the connection back once the body was read to its end. */
  #pooled(connection: HttpConnection, response: HttpResponse): HttpResponse {
    const { body } = response;
    const idle = this.#idle;
    const { endpoint } = this;
    const whole = function* <T>(part: Sim<T>): Sim<T> {
      try {
        return yield* part;
      } catch (error) {
        if (error instanceof HttpError || isErrno(error)) throw cutOff(endpoint, response.status, error);
        throw error;
      }
    };
    let given = false;
    const back = (): void => {
      if (!given && connection.reusable) idle.push(connection);
      given = true;
    };
    const wrapped = {
      length: body.length,
      *read() {
        const data = yield* whole(body.read());
        if (data === null) back();
        return data;
      },
      *bytes() {
        const data = yield* whole(body.bytes());
        back();
        return data;
      },
      *text() {
        const text = yield* whole(body.text());
        back();
        return text;
      },
    };
    if (body.length === 0) back();
    return { ...response, body: wrapped };
  }

  #dial(method: string, path: string): Sim<HttpConnection> {
    return this.#connect((error) => connectionError(this.endpoint, method, path, error));
  }

  *#connect(failure: (error: Error) => EngineError): Sim<HttpConnection> {
    const { endpoint } = this;
    try {
      return yield* connectHttp('unix' in endpoint ? { unix: endpoint.unix } : { host: endpoint.address, port: endpoint.port });
    } catch (error) {
      if (error instanceof HostNotFound) throw failure(new Error(`dial tcp: ${yield* goLookupError(error)}`));
      if (error instanceof Errno) throw failure(error);
      throw error;
    }
  }

  *#failure(response: HttpResponse, method: string, path: string): Sim<EngineError> {
    const { status } = response;
    const text = method === 'HEAD' ? '' : yield* response.body.text();
    if (text === '') {
      return new EngineError(
        method === 'HEAD'
          ? `Error response from daemon: ${response.reason}`
          : `request returned ${response.reason} for API route and version http://${'unix' in this.endpoint ? encodeURIComponent(this.endpoint.unix) : this.endpoint.host}/v${this.#version}${path}, check if the server supports the requested API version`,
        status,
      );
    }
    const type = response.headers.get('Content-Type') ?? '';
    let message = text.trim();
    if (type.includes('json')) {
      try {
        message = (JSON.parse(text) as ErrorResponse).message.trim();
      } catch {
        return new EngineError('Error response from daemon: API returned an error that is no JSON', status);
      }
    }
    return new EngineError(`Error response from daemon: ${message}`, status);
  }
}

function pongOf(response: HttpResponse): Pong {
  const { headers } = response;
  return {
    apiVersion: headers.get('Api-Version') ?? '',
    osType: headers.get('Ostype') ?? '',
    experimental: headers.get('Docker-Experimental') === 'true',
    builderVersion: headers.get('Builder-Version') ?? '',
    swarm: headers.get('Swarm') ?? '',
  };
}

/** '1.9' < '1.24' */
export function versionLess(a: string, b: string): boolean {
  const [x, y] = [a, b].map((v) => v.split('.').map(Number));
  return x[0] !== y[0] ? x[0] < y[0] : (x[1] ?? 0) < (y[1] ?? 0);
}
