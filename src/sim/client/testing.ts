/** An engine for tests of the client. */
import type { Sim } from '../kernel/sim.ts';
import { bind, listen, socket, thread } from '../kernel/syscalls.ts';
import { serveHttp } from '../net/http/server.ts';

export interface Canned {
  readonly status: number;
  readonly body?: unknown;
  /** Sent one JSON object a line. */
  readonly lines?: readonly unknown[];
}
/** 'METHOD /path' to its answer. Other paths are not found. */
export type FakeApi = Readonly<Record<string, Canned>>;

/** An engine that knows only canned answers; `requests` collects what it was asked. */
export function* fakeEngine(path: string, api: FakeApi, requests: string[] = []): Sim<void> {
  const fd = yield* socket('unix', 'stream');
  yield* bind(fd, { path });
  yield* listen(fd);
  yield* thread(function* () {
    yield* serveHttp(fd, function* (req, res) {
      const target = req.target.replace(/^\/v1\.\d+/, '');
      const body = yield* req.body.text();
      const ping = target.startsWith('/_ping');
      if (!ping) requests.push(`${req.method} ${decodeURIComponent(target.replaceAll('+', ' '))}${body === '' ? '' : ` ${body.trim()}`}`);
      res.headers.set('Api-Version', '1.51');
      res.headers.set('Ostype', 'linux');
      if (ping) return yield* res.end(req.method === 'HEAD' ? undefined : 'OK');
      const canned = api[`${req.method} ${target.split('?')[0]}`] ?? { status: 404, body: { message: 'page not found' } };
      yield* res.writeHead(canned.status);
      if (canned.status === 204 || canned.status === 304) return yield* res.end();
      res.headers.set('Content-Type', 'application/json');
      yield* res.end(canned.lines ? canned.lines.map((l) => `${JSON.stringify(l)}\n`).join('') : `${JSON.stringify(canned.body)}\n`);
    });
  });
}
