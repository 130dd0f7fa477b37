/**
 * Watches the traffic of the API for diagrams: each call is reported when it is opened, whenever its answer grows (at most
 * `BODY_KEPT` bytes are kept) and when it ends, as a new immutable message with the same id.
 */
import type { Sim } from '../kernel/sim.ts';
import { now } from '../kernel/syscalls.ts';
import type { WaitQueue } from '../kernel/waitQueue.ts';
import { concatBytes } from '../lib/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import type { BodyReader } from '../net/http/body.ts';
import type { Duplex } from '../net/http/duplex.ts';
import type { Headers } from '../net/http/headers.ts';
import type { HttpRequest, ResponseWriter } from '../net/http/server.ts';
import type { ApiMessage } from './types/message.ts';

export type ApiTap = (message: ApiMessage) => void;

const BODY_KEPT = 64 * 1024;

/** Who asks, from the User-Agent. */
function callerName(userAgent: string | undefined): string {
  if (userAgent === undefined) return 'remote client';
  if (/^Docker-Client\//i.test(userAgent)) return 'docker';
  if (/^(docker-)?compose\//i.test(userAgent)) return 'docker compose';
  const name = /^([A-Za-z][\w-]*)\//.exec(userAgent)?.[1];
  return name === 'curl' || name === 'Wget' ? name.toLowerCase() : 'remote client';
}

/** The text of a body, or its description if it is not text. */
class KeptBody {
  readonly #parts: Uint8Array[] = [];
  #kept = 0;
  total = 0;
  readonly #binary: boolean;

  constructor(contentType: string) {
    this.#binary = /octet-stream|x-tar|gzip|docker\.(multiplexed|raw)-stream/.test(contentType);
  }

  add(data: Uint8Array): void {
    this.total += data.length;
    const room = BODY_KEPT - this.#kept;
    if (room <= 0 || this.#binary) return;
    this.#parts.push(data.slice(0, room));
    this.#kept += Math.min(room, data.length);
  }

  get text(): string {
    return this.#binary ? `<${this.total} bytes>` : decodeUtf8(concatBytes(this.#parts));
  }
}

export class TappedCall {
  readonly #tap: ApiTap;
  #message: ApiMessage;
  readonly #request: KeptBody;
  #answer: KeptBody | undefined;
  /** The client has all of the answer, or has taken the connection over. */
  whole = false;

  constructor(tap: ApiTap, message: ApiMessage, requestType: string) {
    this.#tap = tap;
    this.#message = message;
    this.#request = new KeptBody(requestType);
    tap(message);
  }

  /** The body as the handler reads it. */
  body(under: BodyReader): BodyReader {
    const keep = (data: Uint8Array | null): void => {
      if (data === null || data.length === 0) return;
      this.#request.add(data);
      this.#report({ requestBody: this.#request.text });
    };
    return {
      length: under.length,
      *read() {
        const data = yield* under.read();
        keep(data);
        return data;
      },
      *bytes(bytesMax) {
        const data = yield* under.bytes(bytesMax);
        keep(data);
        return data;
      },
      *text(bytesMax) {
        const text = yield* under.text(bytesMax);
        keep(encodeUtf8(text));
        return text;
      },
    };
  }

  *headWritten(status: number, headers: Headers): Sim<void> {
    if (this.#answer) return;
    this.#answer = new KeptBody(headers.get('Content-Type') ?? '');
    this.#report({ status, responseHeaders: [...headers.entries()], answeredAt: yield* now() });
  }

  /** The head as it goes out, with what the server adds to it. */
  headSent(headers: Headers): void {
    this.#report({ responseHeaders: [...headers.entries()] });
  }

  sent(data: Uint8Array): void {
    if (!this.#answer || data.length === 0) return;
    this.#answer.add(data);
    this.#report({ responseBody: this.#answer.text });
  }

  /** The call is over. `gone`: so is its client, which may not have waited for the end of the answer. */
  closed(gone: boolean): void {
    if (this.#message.open) this.#report({ open: false, hungUp: gone && !this.whole });
  }

  #report(change: Partial<ApiMessage>): void {
    this.#message = { ...this.#message, ...change };
    this.#tap(this.#message);
  }
}

/** A response writer that reports what passes through it. */
export class TappedWriter implements ResponseWriter {
  readonly #under: ResponseWriter;
  readonly #call: TappedCall;

  constructor(under: ResponseWriter, call: TappedCall) {
    this.#under = under;
    this.#call = call;
    under.onHead = (fields) => call.headSent(fields);
  }

  get headers(): Headers {
    return this.#under.headers;
  }
  get status(): number {
    return this.#under.status;
  }
  set status(value: number) {
    this.#under.status = value;
  }
  get started(): boolean {
    return this.#under.started;
  }
  get ended(): boolean {
    return this.#under.ended;
  }
  get closed(): boolean {
    return this.#under.closed;
  }
  get gone(): WaitQueue {
    return this.#under.gone;
  }
  get sent(): number {
    return this.#under.sent;
  }

  *writeHead(status: number, reason?: string): Sim<void> {
    yield* this.#under.writeHead(status, reason);
  }

  *flush(): Sim<void> {
    yield* this.#call.headWritten(this.#under.status, this.#under.headers);
    yield* this.#under.flush();
  }

  *write(data: Uint8Array | string): Sim<void> {
    const bytes = typeof data === 'string' ? encodeUtf8(data) : data;
    yield* this.#call.headWritten(this.#under.status, this.#under.headers);
    this.#call.sent(bytes);
    yield* this.#under.write(bytes);
  }

  *end(data: Uint8Array | string = ''): Sim<void> {
    if (this.#under.ended) return;
    const bytes = typeof data === 'string' ? encodeUtf8(data) : data;
    yield* this.#call.headWritten(this.#under.status, this.#under.headers);
    this.#call.sent(bytes);
    const { closed } = this.#under;
    yield* this.#under.end(bytes);
    this.#call.whole = !closed;
  }

  /** The caller tells the head that it writes with `hijacked` of `stream/hijack.ts`; here only bytes are seen. */
  *hijack(): Sim<Duplex> {
    const stream = yield* this.#under.hijack();
    const call = this.#call;
    call.whole = true;
    yield* call.headWritten(this.#under.status, this.#under.headers);
    return {
      fd: stream.fd,
      read: () => stream.read(),
      *write(data: Uint8Array) {
        call.sent(data);
        yield* stream.write(data);
      },
      closeWrite: () => stream.closeWrite(),
      close: () => stream.close(),
    };
  }
}

export function* openMessage(
  request: HttpRequest,
  about: { readonly id: number; readonly machine: string; readonly endpoint: string },
): Sim<ApiMessage> {
  return {
    ...about,
    from: callerName(request.headers.get('User-Agent')),
    method: request.method,
    path: request.target,
    requestHeaders: [...request.headers.entries()],
    requestBody: '',
    sentAt: yield* now(),
    status: undefined,
    responseHeaders: [],
    responseBody: '',
    answeredAt: undefined,
    open: true,
    hungUp: false,
  };
}
