/**
 * A daemon that is killed while it answers. What docker 28.2.2 says to that was taken from the real client, against a socket whose
 * other end went away at the same points. The client's own fault it never is: no case may end in an exception.
 */
import { expect, test } from 'vitest';
import type { Sim } from '../kernel/sim.ts';
import { bind, close, getpid, kill, listen, run, sleep, socket, spawn, thread, unlink } from '../kernel/syscalls.ts';
import { testMachine } from '../kernel/testing.ts';
import { type HttpHandler, type ResponseWriter, serveHttp } from '../net/http/server.ts';
import { program } from './docker.ts';

const SOCKET = '/var/run/docker.sock';
const ID = 'c'.repeat(64);
const WEB = `/containers/${ID}`;

type Answer = (res: ResponseWriter) => Sim<void>;

function* die(): Sim<void> {
  yield* kill(yield* getpid(), 'SIGKILL');
}

/** Answers, and cannot be reached any more. */
const goneAfter = (answer: Answer): Answer =>
  function* (res) {
    yield* unlink(SOCKET);
    yield* answer(res);
  };

/** Dies a while after the answer, as when the container runs meanwhile. */
const soon = (answer: Answer): Answer =>
  function* (res) {
    yield* answer(res);
    yield* thread(function* () {
      yield* sleep(300_000);
      yield* die();
    });
  };

const json =
  (value: unknown, status = 200): Answer =>
  (res) => {
    res.status = status;
    return res.end(JSON.stringify(value));
  };

/** Sends a part of the body, then dies. */
const partly = (data: Uint8Array | string): Answer =>
  function* (res) {
    yield* data.length === 0 ? res.flush() : res.write(data);
    yield* sleep(1000);
    yield* die();
  };

/** The head only; the body is to come later. */
const pending: Answer = function* (res) {
  yield* res.flush();
  yield* sleep(3_600_000_000);
};

const frame = (text: string): Uint8Array => new Uint8Array([1, 0, 0, 0, 0, 0, 0, text.length, ...[...text].map((c) => c.charCodeAt(0))]);

/** A raw stream that sends `data`, and is open until the daemon dies: after `lifetime` microseconds, if that is given. */
const attached = (data: Uint8Array, lifetime?: number): Answer =>
  function* (res) {
    const stream = yield* res.hijack();
    yield* stream.write(new TextEncoder().encode('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n'));
    yield* stream.write(data);
    yield* sleep(lifetime ?? 3_600_000_000);
    yield* die();
  };

const inspect = json({ Id: ID, Name: '/web', State: { Running: true }, Config: { Tty: false }, HostConfig: {} });
const run_ = {
  'POST /containers/create': json({ Id: ID, Warnings: [] }, 201),
  [`POST ${WEB}/attach`]: attached(frame('hello\n')),
  [`POST ${WEB}/wait`]: pending,
  [`POST ${WEB}/start`]: soon((res) => {
    res.status = 204;
    return res.end();
  }),
};
const attach = {
  'POST /containers/web/wait': pending,
  'GET /containers/web/json': inspect,
  'POST /containers/web/attach': attached(frame('hello\n'), 300_000),
};

function docker(args: readonly string[], answers: Readonly<Record<string, Answer>>) {
  const handler: HttpHandler = function* (req, res) {
    res.headers.set('Api-Version', '1.50');
    res.headers.set('Ostype', 'linux');
    yield* req.body.text();
    const target = req.target.replace(/^\/v1\.\d+/, '').replace(/\?.*/, '');
    if (target === '/_ping') return yield* res.end(req.method === 'HEAD' ? undefined : 'OK');
    yield* (answers[`${req.method} ${target}`] ?? json({ message: 'page not found' }, 404))(res);
  };
  return testMachine({ programs: [program], files: { '/var/run/': '' } }).run(
    function* () {
      const fd = yield* socket('unix', 'stream');
      yield* bind(fd, { path: SOCKET });
      yield* listen(fd);
      yield* spawn({ main: () => serveHttp(fd, handler) });
      yield* close(fd);
      return yield* run({ path: '/usr/bin/docker', argv: ['docker', ...args] });
    },
    { stdin: '', cwd: '/root', env: { HOME: '/root', PATH: '/usr/bin' } },
  );
}

const LOST = 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?\n';
const eof = (path: string): string => `error during connect: Post "http://%2Fvar%2Frun%2Fdocker.sock/v1.50${path}": EOF\n`;
const WAITING = 'time="2026-11-24T14:00:00Z" level=error msg="error waiting for container: unexpected EOF"\n';
const NETWORK = { Type: 'network', Action: 'create', Actor: { ID: 'n1', Attributes: { name: 'x' } }, scope: 'local', time: 1790000000 };

test.for<[line: string, answers: Readonly<Record<string, Answer>>, stdout: string, stderr: string, exit: number]>([
  // Before any of the answer: what can be asked twice is, and nobody is there any more.
  ['ps', { 'GET /containers/json': die }, '', LOST, 1],
  ['stop web', { 'POST /containers/web/stop': die }, '', eof('/containers/web/stop'), 1],
  ['wait web', { 'POST /containers/web/wait': die }, '', eof('/containers/web/wait'), 1],
  ['start web', { 'POST /containers/web/start': die }, '', `${eof('/containers/web/start')}Error: failed to start containers: web\n`, 1],
  [
    'run x',
    { 'POST /containers/create': die },
    '',
    `docker: ${eof('/containers/create')}\nRun 'docker run --help' for more information\n`,
    125,
  ],
  ['run x', { ...run_, [`POST ${WEB}/attach`]: die }, '', 'unexpected EOF\n', 1],
  [
    'run x',
    { 'POST /containers/create': goneAfter(json({ Id: ID, Warnings: [] }, 201)) },
    '',
    "cannot connect to the Docker daemon. Is 'docker daemon' running on this host?: dial unix /var/run/docker.sock: connect: no such file or directory\n",
    1,
  ],
  // In the middle of it.
  ['ps', { 'GET /containers/json': partly('[{"Id":"abc",') }, '', 'unexpected EOF\n', 1],
  ['top web', { 'GET /containers/web/top': partly('{"Ti') }, '', 'unexpected EOF\n', 1],
  ['inspect web', { 'GET /containers/web/json': partly('{"Id":') }, '[]\n', 'unexpected EOF\n', 1],
  ['system df', { 'GET /system/df': partly('{"Id":') }, '', 'Error retrieving disk usage: unexpected EOF\n', 1],
  ['wait web', { 'POST /containers/web/wait': partly('') }, '', 'unexpected EOF\n', 1],
  ['logs -f web', { 'GET /containers/web/json': inspect, [`GET ${WEB}/logs`]: partly(frame('hello\n')) }, 'hello\n', 'unexpected EOF\n', 1],
  [
    'logs -f web',
    { 'GET /containers/web/json': inspect, [`GET ${WEB}/logs`]: partly(frame('hello\n').slice(0, 10)) },
    '',
    'unexpected EOF\n',
    1,
  ],
  [
    'events',
    { 'GET /events': partly(`${JSON.stringify({ ...NETWORK, timeNano: 0 })}\n`) },
    '2026-09-21T14:13:20.000000000Z network create n1 (name=x)\n',
    'unexpected EOF\n',
    1,
  ],
  [
    'pull alpine',
    { 'POST /images/create': partly('{"status":"Pulling from library/alpine","id":"latest"}\r\n') },
    'Using default tag: latest\nlatest: Pulling from library/alpine\n',
    'unexpected EOF\n',
    1,
  ],
  ['export -o /tmp/o web', { 'GET /containers/web/export': partly('x'.repeat(600)) }, '', 'unexpected EOF\n', 1],
  [
    'stats',
    { 'GET /containers/json': json([]), 'GET /events': partly('') },
    '\x1b[HCONTAINER ID   NAME      CPU %     MEM USAGE / LIMIT   MEM %     NET I/O   BLOCK I/O   PIDS \x1b[K\n \x1b[K\n\x1b[J',
    '',
    0,
  ],
  // With a container on the other end.
  ['run x', run_, 'hello\n', WAITING, 125],
  ['run --rm x', run_, 'hello\n', WAITING, 125],
  ['run -d x', run_, `${ID}\n`, '', 0],
  ['run x', { ...run_, [`POST ${WEB}/attach`]: attached(frame('hello\n').slice(0, 10)) }, '', WAITING, 125],
  ['start -a web', { ...run_, 'GET /containers/web/json': inspect }, 'hello\n', WAITING, 125],
  ['attach web', attach, 'hello\n', 'unexpected EOF\n', 1],
  [
    'exec web true',
    {
      'GET /containers/web/json': inspect,
      'POST /containers/web/exec': json({ Id: 'e1' }),
      'POST /exec/e1/start': attached(frame('hello\n'), 300_000),
    },
    'hello\n',
    '',
    255,
  ],
])('docker %s', ([line, answers, stdout, stderr, exit]) => {
  expect(docker(line.split(' '), answers)).toEqual({ stdout, stderr, exit });
});
