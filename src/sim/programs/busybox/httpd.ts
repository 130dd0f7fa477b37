/** The httpd applet: files of a folder over HTTP, one request a connection. No CGI, no configuration file. After networking/httpd.c of BusyBox. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import {
  bind,
  chdir,
  listen,
  readFile,
  S_IFDIR,
  S_IFMT,
  type SocketAddress,
  setsockopt,
  sigaction,
  socket,
  spawn,
  statOrNull,
  wallClock,
  write,
} from '../../kernel/syscalls.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { httpDate } from '../../net/http/date.ts';
import type { HttpRequest, ResponseWriter } from '../../net/http/server.ts';
import { serveHttp } from '../../net/http/server.ts';
import { Done, Fatal } from '../lib/failure.ts';
import { parseOptions } from '../lib/options.ts';
import { type Applet, runTool, type Tool } from '../lib/tool.ts';

const SPEC = { short: 'c:d:h:e:r:m:u:p:ifv', usage: '', about: 'Serves files over HTTP.' };

const TYPES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['txt', 'h', 'c', 'cc', 'cpp'].map((suffix) => [suffix, 'text/plain'])),
  htm: 'text/html',
  html: 'text/html',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  png: 'image/png',
  svg: 'image/svg+xml',
  css: 'text/css',
  js: 'application/javascript',
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
};

const ERRORS: Readonly<Record<number, readonly [name: string, about: string]>> = {
  404: ['Not Found', 'The requested URL was not found'],
  501: ['Not Implemented', 'The requested method is not recognized'],
};

interface Answer {
  readonly status: number;
  readonly head: readonly string[];
  readonly body: Uint8Array;
}

export const httpd: Applet = (argv, build) => runTool(main, argv, build);

function* main(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, SPEC);
  if (o.has('d') || o.has('e') || o.has('m') || o.has('i')) throw new Fatal('drydock: only serving from a port is simulated');
  const home = o.value('h');
  if (home !== undefined) {
    try {
      yield* chdir(home);
    } catch (error) {
      if (isErrno(error)) throw new Fatal(`can't change directory to '${home}': ${error.message}`);
      throw error;
    }
  }
  const place = /^(?:(.*):)?(\d+)$/.exec(o.value('p') ?? '80');
  if (!place) throw new Fatal(`bad address '${o.value('p')}'`);
  const fd = yield* socket(place[1] === undefined ? 'inet6' : 'inet', 'stream');
  yield* setsockopt(fd, 'SO_REUSEADDR', 1);
  try {
    yield* bind(fd, { address: place[1] ?? '', port: Number(place[2]) });
  } catch (error) {
    if (isErrno(error)) throw new Fatal(`bind: ${error.message}`);
    throw error;
  }
  yield* listen(fd, 9);
  const verbosity = o.options.filter(([key]) => key === 'v').length;
  const serve = function* (): Sim<number> {
    const stop = function* (): Sim<void> {
      throw new Done(0);
    };
    // As process 1 of a container it would not hear these otherwise.
    yield* sigaction('SIGTERM', stop);
    yield* sigaction('SIGINT', stop);
    return yield* serveHttp(fd, (request, response, connection) => answer(request, response, connection.peer, verbosity), {
      keepAlive: false,
    });
  };
  if (o.has('f')) return yield* serve();
  yield* spawn({ main: serve, argv: [t.name, ...t.args], newSession: true });
  return 0;
}

function* answer(request: HttpRequest, response: ResponseWriter, peer: SocketAddress, verbosity: number): Sim<void> {
  const name = 'port' in peer ? `[${peer.address.includes(':') ? peer.address : `::ffff:${peer.address}`}]:${peer.port}` : 'httpd';
  if (verbosity > 1) yield* write(2, `${name}: url:${request.target}\n`);
  const result = request.method === 'GET' || request.method === 'HEAD' ? yield* find(request) : failure(501);
  if (verbosity > 0) yield* write(2, `${name}: response:${result.status}\n`);
  const reason = result.status === 200 ? 'OK' : result.status === 302 ? 'Found' : ERRORS[result.status][0];
  const head = [
    `HTTP/1.1 ${result.status} ${reason}`,
    `Date: ${httpDate(yield* wallClock())}`,
    'Connection: close',
    ...(result.status === 200 ? [] : ['Content-type: text/html']),
    ...result.head,
  ];
  const stream = yield* response.hijack();
  yield* stream.write(encodeUtf8(`${head.join('\r\n')}\r\n\r\n`));
  if (request.method !== 'HEAD' && result.body.length > 0) yield* stream.write(result.body);
  yield* stream.closeWrite();
}

function failure(status: number): Answer {
  const [name, about] = ERRORS[status];
  const body = `<HTML><HEAD><TITLE>${status} ${name}</TITLE></HEAD>\n<BODY><H1>${status} ${name}</H1>\n${about}\n</BODY></HTML>\n`;
  return { status, head: [], body: encodeUtf8(body) };
}

/** The file below the current directory that the path names; of a directory its index.html. */
function* find(request: HttpRequest): Sim<Answer> {
  const parts: string[] = [];
  for (const part of request.path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  let path = `./${parts.join('/')}`;
  let info = yield* statOrNull(path);
  if (info && (info.mode & S_IFMT) === S_IFDIR) {
    if (!request.path.endsWith('/')) return { status: 302, head: [`Location: /${parts.join('/')}/`], body: new Uint8Array() };
    path = `${path}/index.html`;
    info = yield* statOrNull(path);
  }
  if (!info || (info.mode & S_IFMT) === S_IFDIR) return failure(404);
  try {
    const body = yield* readFile(path);
    const type = TYPES[path.slice(path.lastIndexOf('.') + 1)];
    const head = [
      ...(type === undefined ? [] : [`Content-type: ${type}`]),
      'Accept-Ranges: bytes',
      `Last-Modified: ${httpDate(info.mtime)}`,
      `ETag: "${Math.floor(info.mtime / 1e6).toString(16)}-${body.length.toString(16)}"`,
      `Content-Length: ${body.length}`,
    ];
    return { status: 200, head, body };
  } catch (error) {
    if (isErrno(error)) return failure(404);
    throw error;
  }
}
