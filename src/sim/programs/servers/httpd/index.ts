/** Apache httpd 2.4, as far as the image uses it: Listen, ServerName, DocumentRoot, DirectoryIndex of httpd.conf; files and listings. */

import { S_IFDIR, S_IFMT } from '../../../kernel/abi.ts';
import { Errno } from '../../../kernel/errno.ts';
import type { Program } from '../../../kernel/program.ts';
import type { Sim } from '../../../kernel/sim.ts';
import {
  accept,
  bind,
  close,
  getenv,
  gethostname,
  getpid,
  getsockname,
  kill,
  listen,
  readdir,
  readFile,
  readText,
  setProcessTitle,
  setsockopt,
  sigaction,
  sigsuspend,
  socket,
  spawn,
  statOrNull,
  thread,
  unlink,
  waitpid,
  wallClock,
  write,
  writeFile,
} from '../../../kernel/syscalls.ts';
import { own } from '../../../lib/dictionary.ts';
import { encodeUtf8 } from '../../../lib/utf8.ts';
import { HostNotFound, resolveHost } from '../../../net/dns/resolve.ts';
import { calendarTime, httpDate } from '../../../net/http/date.ts';
import { fdDuplex, type HttpError } from '../../../net/http/duplex.ts';
import type { HeadLimits } from '../../../net/http/head.ts';
import type { HttpRequest, ResponseWriter } from '../../../net/http/server.ts';
import { serveConnection } from '../../../net/http/server.ts';
import { reasonPhrase } from '../../../net/http/status.ts';
import { control, isControl } from './control.ts';
import { COMPILED_IN_REPORT, loadedModules, USAGE } from './report.ts';

const ROOT = '/usr/local/apache2';
const PID_FILE = `${ROOT}/logs/httpd.pid`;
const DEFAULT_VERSION = '2.4.65';
/** Children of the event MPM at the start. */
const CHILDREN = 3;

interface Settings {
  /** The whole configuration. */
  readonly text: string;
  readonly ports: readonly { readonly address: string; readonly port: number }[];
  readonly serverName: string | undefined;
  readonly documentRoot: string;
  readonly index: readonly string[];
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  txt: 'text/plain',
  css: 'text/css',
  js: 'text/javascript',
  json: 'application/json',
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  xml: 'application/xml',
};

function* readSettings(path: string): Sim<Settings> {
  let text = '';
  try {
    text = yield* readText(path);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
  const value = (name: string) => new RegExp(`^\\s*${name}\\s+(.+?)\\s*$`, 'im').exec(text)?.[1].replace(/^"(.*)"$/, '$1');
  const listens = [...text.matchAll(/^\s*Listen\s+(?:(\S+):)?(\d+)\s*$/gim)].map((m) => ({ address: m[1] ?? '', port: Number(m[2]) }));
  return {
    text,
    ports: listens.length > 0 ? listens : [{ address: '', port: 80 }],
    serverName: value('ServerName'),
    documentRoot: value('DocumentRoot') ?? `${ROOT}/htdocs`,
    index: (value('DirectoryIndex') ?? 'index.html').split(/\s+/),
  };
}

function* logLine(module: string, level: string, text: string): Sim<void> {
  const now = yield* wallClock();
  const t = calendarTime(now);
  const pid = yield* getpid();
  yield* write(
    2,
    `[${t.weekday} ${t.month} ${t.day} ${t.time}.${String(now % 1_000_000).padStart(6, '0')} ${t.year}] [${module}:${level}] [pid ${pid}:tid ${pid}] ${text}\n`,
  );
}

/** What the host's name resolves to: the container's address. */
function* ownAddress(): Sim<string> {
  try {
    return (yield* resolveHost(yield* gethostname()))[0];
  } catch (error) {
    if (error instanceof HostNotFound) return '127.0.0.1';
    throw error;
  }
}

function* main(argv: readonly string[]): Sim<number> {
  const version = (yield* getenv('HTTPD_VERSION')) ?? DEFAULT_VERSION;
  const at = argv.indexOf('-f');
  const config = at > 0 ? (argv[at + 1] ?? '') : `${ROOT}/conf/httpd.conf`;
  if (argv.includes('-v')) {
    yield* write(1, `Server version: Apache/${version} (Unix)\nServer built:   Aug  5 2026 19:36:21\n`);
    return 0;
  }
  if (argv.includes('-l')) {
    yield* write(1, COMPILED_IN_REPORT);
    return 0;
  }
  const unknown = argv.slice(1).find((arg) => /^-[^DdfktTMXceCE]/.test(arg));
  if (unknown !== undefined) {
    if (/^-[SLV]/.test(unknown)) yield* write(2, `drydock: "httpd ${unknown}" is not simulated\n`);
    else yield* write(1, USAGE);
    return 1;
  }
  const settings = yield* readSettings(config);
  const nameless =
    settings.serverName === undefined
      ? `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${yield* ownAddress()}. Set the 'ServerName' directive globally to suppress this message\n`
      : '';
  if (argv.includes('-t') || argv.includes('-M')) {
    yield* write(2, nameless);
    if (argv.includes('-M')) yield* write(1, loadedModules(settings.text));
    else yield* write(2, 'Syntax OK\n');
    return 0;
  }
  const word = argv[argv.indexOf('-k') + 1];
  if (argv.includes('-k') && !isControl(word ?? '')) {
    yield* write(1, USAGE);
    return 1;
  }
  if (argv.includes('-k')) {
    if (word !== 'start') yield* write(2, nameless);
    const status = yield* control(word, PID_FILE);
    if (status !== undefined) return status;
  }
  // The configuration is read twice before the server starts.
  yield* write(2, nameless + nameless);
  const sockets: number[] = [];
  for (const { address, port } of settings.ports) {
    const fd = yield* socket('inet6', 'stream');
    try {
      yield* setsockopt(fd, 'SO_REUSEADDR', 1);
      yield* bind(fd, { address, port });
      yield* listen(fd, 511);
      sockets.push(fd);
    } catch (error) {
      yield* close(fd);
      if (!(error instanceof Errno)) throw error;
      yield* write(
        2,
        `(${error.code === 'EACCES' ? 13 : 98})${error.message}: AH00072: make_sock: could not bind to address [::]:${port}\nno listening sockets available, shutting down\nAH00015: Unable to open logs\n`,
      );
      return 1;
    }
  }
  const run = () => parent(version, config, settings, sockets, argv);
  if (argv.includes('-DFOREGROUND') || argv.join(' ').includes('-D FOREGROUND') || argv.includes('-X')) return yield* run();
  yield* spawn({ main: run, argv, newSession: true });
  return 0;
}

function* parent(version: string, config: string, first: Settings, sockets: readonly number[], argv: readonly string[]): Sim<number> {
  yield* setProcessTitle('httpd', argv);
  let settings = first;
  let stop: 'SIGTERM' | 'SIGWINCH' | undefined;
  let restart: 'SIGHUP' | 'SIGUSR1' | undefined;
  for (const name of ['SIGHUP', 'SIGUSR1'] as const)
    yield* sigaction(name, function* () {
      restart = name;
    });
  yield* sigaction('SIGTERM', function* () {
    stop = 'SIGTERM';
  });
  yield* sigaction('SIGINT', function* () {
    stop = 'SIGTERM';
  });
  yield* sigaction('SIGWINCH', function* () {
    stop = 'SIGWINCH';
  });
  try {
    yield* writeFile(PID_FILE, `${yield* getpid()}\n`);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
  }
  let children: readonly number[] = [];
  const serve = function* (): Sim<void> {
    yield* logLine('mpm_event', 'notice', `AH00489: Apache/${version} (Unix) configured -- resuming normal operations`);
    yield* logLine('core', 'notice', `AH00094: Command line: '${argv.join(' ')}'`);
    const started: number[] = [];
    for (let i = 0; i < CHILDREN; i++) started.push(yield* spawn({ main: () => child(version, settings, sockets), argv }));
    children = started;
  };
  yield* serve();
  while (stop === undefined) {
    while (stop === undefined && restart === undefined) yield* sigsuspend();
    if (restart === undefined) break;
    yield* logLine(
      'mpm_event',
      'notice',
      restart === 'SIGHUP' ? 'AH00494: SIGHUP received.  Attempting to restart' : 'AH00493: SIGUSR1 received.  Doing graceful restart',
    );
    restart = undefined;
    yield* endAll(children);
    settings = yield* readSettings(config);
    yield* serve();
  }
  yield* logLine(
    'mpm_event',
    'notice',
    stop === 'SIGTERM' ? 'AH00491: caught SIGTERM, shutting down' : 'AH00492: caught SIGWINCH, shutting down gracefully',
  );
  yield* endAll(children);
  if (yield* statOrNull(PID_FILE)) yield* unlink(PID_FILE);
  return 0;
}

function* endAll(children: readonly number[]): Sim<void> {
  for (const pid of children) {
    yield* kill(pid, 'SIGTERM');
    yield* waitpid(pid);
  }
}

function* child(version: string, settings: Settings, sockets: readonly number[]): Sim<number> {
  for (const name of ['SIGTERM', 'SIGINT', 'SIGWINCH', 'SIGHUP', 'SIGUSR1'] as const) yield* sigaction(name, 'default');
  for (const fd of sockets) {
    yield* thread(function* () {
      for (;;) {
        const { fd: client, peer } = yield* accept(fd);
        const local = yield* getsockname(client);
        yield* thread(function* () {
          const stream = fdDuplex(client);
          try {
            const address = 'port' in peer ? peer.address : '-';
            yield* serveConnection(
              stream,
              { peer, local },
              function* (req, res) {
                yield* answer(version, settings, req, res);
                yield* logAccess(`${req.method} ${req.target} ${req.version}`, res, address);
              },
              {
                headLimits: HEAD_LIMITS,
                *refuse({ fault, line }, res) {
                  yield* refuse(version, fault, res);
                  yield* logAccess(line, res, address);
                },
              },
            );
          } finally {
            yield* stream.close();
          }
        });
      }
    });
  }
  for (;;) yield* sigsuspend();
}

function* logAccess(request: string, res: ResponseWriter, peer: string): Sim<void> {
  const t = calendarTime(yield* wallClock());
  yield* write(
    1,
    `${peer} - - [${t.day}/${t.month}/${t.year}:${t.time} +0000] "${request}" ${res.status} ${res.sent === 0 ? '-' : res.sent}\n`,
  );
}

function* answer(version: string, settings: Settings, req: HttpRequest, res: ResponseWriter): Sim<void> {
  res.headers.set('Date', httpDate(yield* wallClock()));
  res.headers.set('Server', `Apache/${version} (Unix)`);
  if (!['GET', 'HEAD', 'POST', 'OPTIONS'].includes(req.method)) {
    res.headers.set('Allow', 'GET,POST,OPTIONS,HEAD,TRACE');
    yield* page(res, 405, `The requested method ${req.method} is not allowed for this URL.`);
    return;
  }
  const clean = req.path
    .split('/')
    .filter((part) => part !== '..' && part !== '.')
    .join('/');
  let path = settings.documentRoot + clean;
  let stat = yield* statOrNull(path.replace(/(?<=.)\/$/, ''));
  if (stat && (stat.mode & S_IFMT) === S_IFDIR) {
    if (!clean.endsWith('/')) {
      const target = `http://${req.headers.get('Host') ?? 'localhost'}${clean}/`;
      res.headers.set('Location', target);
      yield* page(res, 301, `The document has moved <a href="${target}">here</a>.`);
      return;
    }
    const folder = path;
    stat = null;
    for (const name of settings.index) {
      path = folder + name;
      stat = yield* statOrNull(path);
      if (stat) break;
    }
    if (!stat) {
      yield* listing(res, clean, folder);
      return;
    }
  }
  if (!stat || clean.endsWith('/') === (path === settings.documentRoot + clean)) {
    yield* page(res, 404, 'The requested URL was not found on this server.');
    return;
  }
  try {
    const data = yield* readFile(path);
    const type = own(TYPES, path.slice(path.lastIndexOf('.') + 1).toLowerCase());
    const tag = `"${data.length.toString(16)}-${Math.floor(stat.mtime).toString(16)}"`;
    res.headers.set('Last-Modified', httpDate(stat.mtime));
    res.headers.set('ETag', tag);
    if (req.headers.get('If-None-Match')?.includes(tag)) {
      yield* res.writeHead(304);
      yield* res.end();
      return;
    }
    res.headers.set('Accept-Ranges', 'bytes');
    res.headers.set('Content-Length', String(data.length));
    if (type) res.headers.set('Content-Type', type);
    yield* res.end(data);
  } catch (error) {
    if (!(error instanceof Errno) || res.started) throw error;
    yield* page(res, 403, "You don't have permission to access this resource.");
  }
}

/** The defaults of LimitRequestLine, LimitRequestFieldSize and LimitRequestFields; the head as a whole is as large as they let it be. */
const HEAD_LIMITS: HeadLimits = { bytesMax: 100 * 8190, lineBytesMax: 8190, fieldsMax: 100 };

const BAD_REQUEST = 'Your browser sent a request that this server could not understand.<br />';
const REFUSALS: Readonly<Partial<Record<HttpError['kind'], readonly [status: number, text: string]>>> = {
  targetTooLong: [414, "The requested URL's length exceeds the capacity\nlimit for this server.<br />"],
  headTooLarge: [400, `${BAD_REQUEST}\nSize of a request header field exceeds server limit.`],
  tooManyFields: [400, `${BAD_REQUEST}\nThe number of request header fields exceeds this server's limit.`],
};

/** A request whose head was not read to its end. */
function* refuse(version: string, fault: HttpError, res: ResponseWriter): Sim<void> {
  res.headers.set('Date', httpDate(yield* wallClock()));
  res.headers.set('Server', `Apache/${version} (Unix)`);
  res.headers.set('Connection', 'close');
  const [status, text] = REFUSALS[fault.kind] ?? [400, BAD_REQUEST];
  yield* page(res, status, `${text}\n`);
}

function* page(res: ResponseWriter, status: number, text: string): Sim<void> {
  const body = encodeUtf8(
    `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${status} ${reasonPhrase(status)}</title>\n</head><body>\n<h1>${reasonPhrase(status)}</h1>\n<p>${text}</p>\n</body></html>\n`,
  );
  res.headers.set('Content-Length', String(body.length));
  res.headers.set('Content-Type', 'text/html; charset=iso-8859-1');
  yield* res.writeHead(status);
  yield* res.end(body);
}

function* listing(res: ResponseWriter, path: string, folder: string): Sim<void> {
  const names: string[] = [];
  for (const entry of yield* readdir(folder))
    if (!entry.name.startsWith('.')) names.push(entry.type === S_IFDIR ? `${entry.name}/` : entry.name);
  const parent = path === '/' ? '' : '<li><a href="../"> Parent Directory</a></li>\n';
  const items = names
    .sort()
    .map((name) => `<li><a href="${name}"> ${name}</a></li>\n`)
    .join('');
  const title = `Index of ${path.replace(/(?<=.)\/$/, '')}`;
  const body = encodeUtf8(
    `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<html>\n <head>\n  <title>${title}</title>\n </head>\n <body>\n<h1>${title}</h1>\n<ul>${parent}${items}</ul>\n</body></html>\n`,
  );
  res.headers.set('Content-Length', String(body.length));
  res.headers.set('Content-Type', 'text/html;charset=ISO-8859-1');
  yield* res.end(body);
}

export const program: Program = { name: 'httpd', main, memory: 8 << 20 };
