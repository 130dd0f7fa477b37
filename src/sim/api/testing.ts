/** For tests of routes: drives a request through the server without a network. */
import type { Sim } from '../kernel/sim.ts';
import { WaitQueue } from '../kernel/waitQueue.ts';
import { concatBytes } from '../lib/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import type { Duplex } from '../net/http/duplex.ts';
import { Headers } from '../net/http/headers.ts';
import { Query } from '../net/http/query.ts';
import type { ResponseWriter } from '../net/http/server.ts';
import type { Router } from './route.ts';
import type { ServerInfo } from './server.ts';
import { compileRoutes, serveRequest } from './server.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const INFO: ServerInfo = {
  machine: 'node1',
  endpoint: 'unix:///run/docker.sock',
  version: '28.2.2',
  apiVersion: '1.50',
  minApiVersion: '1.24',
  nextMessageId: () => 1,
};

/** `call(routers, 'POST /v1.50/containers/web/stop?t=1', '{"a":1}')`. Works for handlers that wait for nothing. */
export function call(routers: readonly Router[], line: string, body = '', headers: Record<string, string> = {}): Answer {
  const [method, target] = line.split(' ');
  const [path, search = ''] = target.split('?');
  const bytes = encodeUtf8(body);
  const all = new Headers(body === '' ? headers : { 'Content-Type': 'application/json', ...headers });
  const res = new RecordedAnswer();
  drive(
    serveRequest(
      compileRoutes(routers),
      INFO,
      undefined,
      {
        method,
        target,
        path: decodeURIComponent(path),
        query: Query.parse(search),
        version: 'HTTP/1.1',
        headers: all,
        body: {
          length: bytes.length,
          *read() {
            return null;
          },
          *bytes() {
            return bytes;
          },
          *text() {
            return body;
          },
        },
      },
      res,
      { peer: { path: '' }, local: { path: '' } },
    ),
  );
  return { status: res.status, headers: Object.fromEntries(res.headers.entries()), body: res.text };
}

/** Runs a coroutine that makes no system call. */
function drive<T>(sim: Sim<T>): T {
  const step = sim.next();
  if (!step.done) throw new Error('the handler waits');
  return step.value;
}

class RecordedAnswer implements ResponseWriter {
  readonly headers = new Headers();
  readonly gone = new WaitQueue();
  readonly closed = false;
  readonly #parts: Uint8Array[] = [];
  status = 200;
  started = false;
  ended = false;
  sent = 0;

  get text(): string {
    return decodeUtf8(concatBytes(this.#parts));
  }
  *writeHead(status: number): Sim<void> {
    this.status = status;
  }
  *flush(): Sim<void> {
    this.started = true;
  }
  *write(data: Uint8Array | string): Sim<void> {
    this.started = true;
    this.#parts.push(typeof data === 'string' ? encodeUtf8(data) : data);
  }
  *end(data: Uint8Array | string = ''): Sim<void> {
    yield* this.write(data);
    this.ended = true;
  }
  *hijack(): Sim<Duplex> {
    const self = this;
    this.started = true;
    return {
      fd: -1,
      *read() {
        return null;
      },
      *write(data) {
        yield* self.write(data);
      },
      *closeWrite() {},
      *close() {},
    };
  }
}
