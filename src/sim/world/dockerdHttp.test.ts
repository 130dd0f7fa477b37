import { beforeEach, expect, test } from 'vitest';
import { clusterRouter, containerRouter, execRouter, serveApi, systemRouter } from '../api/index.ts';
import type { ApiMessage } from '../api/types/message.ts';
import { daemonMachine } from '../daemon/testingMachine.ts';
import type { Sim } from '../kernel/sim.ts';
import { sigaction, sleep } from '../kernel/syscalls.ts';
import type { TestMachine } from '../kernel/testing.ts';
import { concatBytes } from '../lib/bytes.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import type { HttpConnection } from '../net/http/client.ts';
import { connectHttp } from '../net/http/client.ts';
import { Headers } from '../net/http/headers.ts';

let machine: TestMachine;
let messages: Map<number, ApiMessage>;

beforeEach(() => {
  const made = daemonMachine();
  machine = made.machine;
  messages = new Map();
  const { backend } = made.daemon;
  const routers = [systemRouter(backend), containerRouter(backend), execRouter(backend), clusterRouter()];
  let id = 0;
  machine.kernel.spawnInit({
    argv: ['dockerd'],
    main: () =>
      made.daemon.main(['dockerd'], (fd, endpoint) =>
        serveApi(
          fd,
          routers,
          { machine: 'node1', endpoint, version: '28.2.2', apiVersion: '1.50', minApiVersion: '1.24', nextMessageId: () => ++id },
          (m) => messages.set(m.id, m),
        ),
      ),
  });
});

function inside<T>(body: (dial: () => Sim<HttpConnection>) => Sim<T>): T {
  let result: T | undefined;
  machine.run(function* () {
    yield* sigaction('SIGPIPE', 'ignore');
    yield* sleep(100_000);
    result = yield* body(() => connectHttp({ unix: '/run/docker.sock' }));
    return 0;
  });
  return result as T;
}

const json = new Headers({ 'Content-Type': 'application/json' });

test('docker run over the socket: create, attach, wait, start', () => {
  const seen = inside(function* (dial) {
    const connection = yield* dial();
    const created = yield* connection.request({
      method: 'POST',
      path: '/v1.50/containers/create?name=web',
      headers: json,
      body: '{"Image":"busybox","Cmd":["both"]}',
    });
    const { Id } = JSON.parse(yield* created.body.text()) as { Id: string };
    const attach = yield* dial();
    const stream = yield* attach.request({
      method: 'POST',
      path: `/v1.50/containers/${Id}/attach?stream=1&stdout=1&stderr=1`,
      headers: new Headers({ Connection: 'Upgrade', Upgrade: 'tcp' }),
      upgrade: true,
    });
    const waiting = yield* dial();
    const wait = yield* waiting.request({ method: 'POST', path: `/v1.50/containers/${Id}/wait?condition=next-exit` });
    const started = yield* connection.request({ method: 'POST', path: `/v1.50/containers/${Id}/start` });
    const parts: Uint8Array[] = [];
    const duplex = stream.stream();
    for (let data = yield* duplex.read(); data; data = yield* duplex.read()) parts.push(data);
    return [
      created.status,
      stream.status,
      stream.reason,
      stream.headers.get('Content-Type'),
      wait.status,
      started.status,
      decodeUtf8(concatBytes(parts)),
      yield* wait.body.text(),
    ];
  });
  expect(seen).toEqual([
    201,
    101,
    'UPGRADED',
    'application/vnd.docker.multiplexed-stream',
    200,
    204,
    '\u0001\0\0\0\0\0\0\u0004out\n\u0002\0\0\0\0\0\0\u0004err\n',
    '{"StatusCode":3}\n',
  ]);
  expect([...messages.values()].map((m) => `${m.method} ${m.path.replace(/[0-9a-f]{64}/, '<id>')} ${m.status} ${m.open}`)).toEqual([
    'POST /v1.50/containers/create?name=web 201 false',
    'POST /v1.50/containers/<id>/attach?stream=1&stdout=1&stderr=1 101 false',
    'POST /v1.50/containers/<id>/wait?condition=next-exit 200 false',
    'POST /v1.50/containers/<id>/start 204 false',
  ]);
});

test('exec over the socket, with input', () => {
  const seen = inside(function* (dial) {
    const connection = yield* dial();
    const post = function* (path: string, body: string): Sim<string> {
      return yield* (yield* connection.request({ method: 'POST', path, headers: json, body })).body.text();
    };
    yield* post('/containers/create?name=web', '{"Image":"busybox","Cmd":["sleep","100"]}');
    yield* post('/containers/web/start', '');
    const { Id } = JSON.parse(yield* post('/containers/web/exec', '{"Cmd":["cat"],"AttachStdin":true,"AttachStdout":true}')) as {
      Id: string;
    };
    const other = yield* dial();
    const started = yield* other.request({
      method: 'POST',
      path: `/exec/${Id}/start`,
      headers: new Headers({ 'Content-Type': 'application/json', Connection: 'Upgrade', Upgrade: 'tcp' }),
      body: '{"Detach":false,"Tty":false}',
      upgrade: true,
    });
    const duplex = started.stream();
    yield* duplex.write(new Uint8Array([104, 105, 10]));
    yield* duplex.closeWrite();
    const parts: Uint8Array[] = [];
    for (let data = yield* duplex.read(); data; data = yield* duplex.read()) parts.push(data);
    const inspected = yield* connection.request({ method: 'GET', path: `/exec/${Id}/json` });
    return [decodeUtf8(concatBytes(parts)), (JSON.parse(yield* inspected.body.text()) as { ExitCode: number }).ExitCode];
  });
  expect(seen).toEqual(['\u0001\0\0\0\0\0\0\u0003hi\n', 0]);
});

test('systemctl stop docker: containers stop, the socket goes', () => {
  const seen = inside(function* (dial) {
    const connection = yield* dial();
    yield* connection.request({
      method: 'POST',
      path: '/containers/create?name=web',
      headers: json,
      body: '{"Image":"busybox","Cmd":["polite"]}',
    });
    yield* connection.request({ method: 'POST', path: '/containers/web/start' });
    machine.kernel
      .processes()
      .find((p) => p.comm === 'dockerd')
      ?.signal('SIGTERM');
    yield* sleep(2_000_000);
    let refused = '';
    try {
      yield* dial();
    } catch (error) {
      refused = (error as Error).message;
    }
    return [refused, machine.kernel.processes().map((p) => p.comm)];
  });
  expect(seen).toEqual(['No such file or directory', ['init', 'containerd', 'test']]);
});

test('a message holds the head of the answer as it went over the socket, Date and Content-Length included', () => {
  const wire = inside(function* (dial) {
    const response = yield* (yield* dial()).request({ method: 'GET', path: '/_ping' });
    yield* response.body.bytes();
    return [...response.headers.entries()];
  });
  expect(messages.get(1)?.responseHeaders).toEqual(wire);
  expect(wire.map(([name]) => name)).toEqual(expect.arrayContaining(['Date', 'Content-Length', 'Server']));
});
