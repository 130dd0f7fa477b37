/** `python3 -m http.server [PORT] [--directory DIR] [--bind ADDRESS]`: for the python program to call. */

import { S_IFDIR, S_IFMT } from '../../kernel/abi.ts';
import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import {
  bind,
  getcwd,
  listen,
  readdir,
  readFile,
  setsockopt,
  sigaction,
  socket,
  statOrNull,
  wallClock,
  write,
} from '../../kernel/syscalls.ts';
import { own } from '../../lib/dictionary.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { calendarTime, httpDate } from '../../net/http/date.ts';
import type { HttpError } from '../../net/http/duplex.ts';
import type { HeadLimits } from '../../net/http/head.ts';
import type { ConnectionInfo, ResponseWriter } from '../../net/http/server.ts';
import { serveHttp } from '../../net/http/server.ts';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  css: 'text/css',
  js: 'text/javascript',
  json: 'application/json',
  txt: 'text/plain',
  py: 'text/x-python',
  png: 'image/png',
  jpg: 'image/jpeg',
  svg: 'image/svg+xml',
  md: 'text/markdown',
};

/** `args` are what follows `-m http.server`; `version` is Python's, '3.11.2'. Ends with 0 by SIGINT. */
export function* pythonHttpServer(args: readonly string[], version: string): Sim<number> {
  let port = 8000;
  let folder = yield* getcwd();
  let address = '';
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--directory' || args[i] === '-d') folder = args[++i] ?? folder;
    else if (args[i] === '--bind' || args[i] === '-b') address = args[++i] ?? '';
    else if (/^\d+$/.test(args[i])) port = Number(args[i]);
  }
  const fd = yield* socket('inet', 'stream');
  yield* setsockopt(fd, 'SO_REUSEADDR', 1);
  try {
    yield* bind(fd, { address, port });
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    yield* write(2, `OSError: [Errno ${error.code === 'EACCES' ? 13 : 98}] ${error.message}\n`);
    return 1;
  }
  yield* listen(fd, 5);
  const shown = address || '0.0.0.0';
  yield* write(1, `Serving HTTP on ${shown} port ${port} (http://${shown}:${port}/) ...\n`);
  class Interrupted extends Error {}
  yield* sigaction('SIGINT', function* () {
    throw new Interrupted();
  });
  try {
    return yield* serveHttp(
      fd,
      function* (req, res, conn) {
        res.headers.set('Server', `SimpleHTTP/0.6 Python/${version}`);
        res.headers.set('Date', httpDate(yield* wallClock()));
        const code =
          req.method === 'GET' || req.method === 'HEAD'
            ? yield* send(res, folder.replace(/\/$/, ''), req.path)
            : yield* refuse(res, 501, `Unsupported method ('${req.method}')`);
        yield* log(conn, `"${req.method} ${req.target} ${req.version}" ${code} -`);
      },
      {
        keepAlive: false,
        headLimits: HEAD_LIMITS,
        *refuse({ fault, line }, res, conn) {
          const [status, message] = REFUSALS[fault.kind] ?? [400, `Bad request syntax ('${line}')`];
          yield* log(conn, `code ${status}, message ${message}`);
          yield* log(conn, `"${line}" ${status} -`);
          res.headers.set('Server', `SimpleHTTP/0.6 Python/${version}`);
          res.headers.set('Date', httpDate(yield* wallClock()));
          yield* refuse(res, status, message);
        },
      },
    );
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    yield* write(1, '\nKeyboard interrupt received, exiting.\n');
    return 0;
  }
}

/** What http.client reads of a head (_MAXLINE, _MAXHEADERS), and what http.server says to more. */
const HEAD_LIMITS: HeadLimits = { bytesMax: 100 * 65_536, lineBytesMax: 65_536, fieldsMax: 100 };
const REFUSALS: Readonly<Partial<Record<HttpError['kind'], readonly [status: number, message: string]>>> = {
  targetTooLong: [414, 'Request-URI Too Long'],
  headTooLarge: [431, 'Line too long'],
  tooManyFields: [431, 'Too many headers'],
};

function* log(conn: ConnectionInfo, text: string): Sim<void> {
  const t = calendarTime(yield* wallClock());
  const peer = 'port' in conn.peer ? conn.peer.address : '';
  yield* write(2, `${peer} - - [${t.day}/${t.month}/${t.year} ${t.time}] ${text}\n`);
}

function* refuse(res: ResponseWriter, status: number, message: string): Sim<number> {
  const body = encodeUtf8(
    `<!DOCTYPE HTML>\n<html lang="en">\n    <head>\n        <meta charset="utf-8">\n        <title>Error response</title>\n    </head>\n    <body>\n        <h1>Error response</h1>\n        <p>Error code: ${status}</p>\n        <p>Message: ${message}.</p>\n    </body>\n</html>\n`,
  );
  res.headers.set('Content-Type', 'text/html;charset=utf-8');
  yield* res.writeHead(status, message);
  yield* res.end(body);
  return status;
}

function* send(res: ResponseWriter, root: string, requested: string): Sim<number> {
  const clean = requested
    .split('/')
    .filter((part) => part !== '..' && part !== '.')
    .join('/');
  let path = root + clean;
  let stat = yield* statOrNull(path.replace(/(?<=.)\/$/, ''));
  if (stat && (stat.mode & S_IFMT) === S_IFDIR) {
    if (!clean.endsWith('/')) {
      res.headers.set('Location', `${clean}/`);
      yield* res.writeHead(301);
      yield* res.end();
      return 301;
    }
    const index = yield* statOrNull(`${path}index.html`);
    if (!index) {
      yield* listing(res, clean, path);
      return 200;
    }
    path += 'index.html';
    stat = index;
  }
  if (!stat) return yield* refuse(res, 404, 'File not found');
  const type = own(TYPES, path.slice(path.lastIndexOf('.') + 1).toLowerCase()) ?? 'application/octet-stream';
  const data = yield* readFile(path);
  res.headers.set('Content-type', type);
  res.headers.set('Content-Length', String(data.length));
  res.headers.set('Last-Modified', httpDate(stat.mtime));
  yield* res.end(data);
  return 200;
}

function* listing(res: ResponseWriter, path: string, folder: string): Sim<void> {
  const names = (yield* readdir(folder)).map((e) => (e.type === S_IFDIR ? `${e.name}/` : e.name)).sort();
  const title = `Directory listing for ${path}`;
  const items = names.map((name) => `<li><a href="${name}">${name}</a></li>\n`).join('');
  res.headers.set('Content-type', 'text/html; charset=utf-8');
  yield* res.end(
    `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n<body>\n<h1>${title}</h1>\n<hr>\n<ul>\n${items}</ul>\n<hr>\n</body>\n</html>\n`,
  );
}
