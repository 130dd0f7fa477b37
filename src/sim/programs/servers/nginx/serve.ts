/** Answers one request as the configuration says. */

import { S_IFDIR, S_IFMT, S_IFREG } from '../../../kernel/abi.ts';
import { Errno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { readdir, readFile, statOrNull, wallClock, write } from '../../../kernel/syscalls.ts';
import { RegexLimitError } from '../../../lib/regex/regex.ts';
import { encodeUtf8 } from '../../../lib/utf8.ts';
import { httpDate } from '../../../net/http/date.ts';
import { percentDecode } from '../../../net/http/query.ts';
import type { ConnectionInfo, HttpRequest, ResponseWriter } from '../../../net/http/server.ts';
import { chooseLocation, chooseServer } from './choose.ts';
import type { Exchange, Worker } from './exchange.ts';
import { expandVariables, finishHead, logError, variable } from './exchange.ts';
import type { Location, Rewrite, Settings } from './model.ts';
import type { Listed } from './pages.ts';
import { errorPage, indexPage, nginxReason } from './pages.ts';
import { proxyPass } from './proxy.ts';

/** Internal redirects before nginx calls it a cycle. */
const REDIRECTS_MAX = 10;

export function* answer(worker: Worker, req: HttpRequest, res: ResponseWriter, conn: ConnectionInfo, connection: number): Sim<void> {
  const local = 'port' in conn.local ? conn.local : { address: '', port: 80 };
  const peer = 'port' in conn.peer ? conn.peer : { address: 'unix:', port: 0 };
  const host = req.headers.get('Host') ?? '';
  const server = chooseServer(worker.config.servers, local.port, host);
  if (!server) return;
  worker.requests++;
  const at = req.target.indexOf('?');
  const x: Exchange = {
    worker,
    req,
    res,
    server,
    connection,
    client: peer,
    port: local.port,
    host,
    begin: yield* wallClock(),
    settings: server.settings,
    path: normalize(req.path),
    args: at < 0 ? '' : req.target.slice(at + 1),
  };
  const tokens = server.settings.serverTokens ? worker.product : 'nginx';
  res.headers.set('Server', tokens);
  res.headers.set('Date', httpDate(x.begin));
  try {
    if (req.version === 'HTTP/1.1' && host === '') yield* fail(x, 400);
    else yield* route(x, 0);
  } finally {
    yield* logAccess(x);
  }
}

/** '/a/../b//c' -> '/b/c', as nginx cleans request paths. */
function normalize(path: string): string {
  const out: string[] = [];
  const parts = path.split('/');
  for (const [i, part] of parts.entries()) {
    if (part === '..') out.pop();
    else if ((part !== '' && part !== '.') || i === parts.length - 1) out.push(part === '.' ? '' : part);
  }
  return `/${out.join('/')}`;
}

const PCRE2_ERROR_MATCHLIMIT = -47;

function* route(x: Exchange, depth: number): Sim<void> {
  try {
    yield* choose(x, depth);
  } catch (error) {
    if (!(error instanceof RegexLimitError)) throw error;
    yield* logError(x, 'alert', `pcre2_match() failed: ${PCRE2_ERROR_MATCHLIMIT} on "${x.path}"`);
    yield* fail(x, 500);
  }
}

function* choose(x: Exchange, depth: number): Sim<void> {
  if (depth > REDIRECTS_MAX) {
    yield* logError(x, 'error', `rewrite or internal redirection cycle while internally redirecting to "${x.path}"`);
    yield* fail(x, 500);
    return;
  }
  if (depth === 0) {
    if (x.server.return) {
      yield* sendReturn(x, x.server.return.status, x.server.return.text);
      return;
    }
    const done = yield* applyRewrites(x, x.server.rewrites);
    if (done) return;
  }
  const location = chooseLocation(
    x.server.locations.filter((l) => l.kind !== 'named'),
    x.path,
  );
  yield* enter(x, location, depth);
}

function* enter(x: Exchange, location: Location | undefined, depth: number): Sim<void> {
  x.settings = location?.settings ?? x.server.settings;
  if (x.settings.denyAll) {
    yield* logError(x, 'error', 'access forbidden by rule');
    yield* fail(x, 403);
    return;
  }
  if (location?.return) {
    yield* sendReturn(x, location.return.status, location.return.text);
    return;
  }
  if (location && location.rewrites.length > 0) {
    const before = x.path;
    if (yield* applyRewrites(x, location.rewrites)) return;
    const flag = location.rewrites.find((r) => r.pattern.test(before))?.flag;
    if (x.path !== before && flag !== 'break') {
      yield* route(x, depth + 1);
      return;
    }
  }
  const length = x.req.body.length;
  if (length !== undefined && x.settings.bodyMax > 0 && length > x.settings.bodyMax) {
    yield* logError(x, 'error', `client intended to send too large body: ${length} bytes`);
    yield* fail(x, 413);
    return;
  }
  if (location?.stubStatus) {
    const w = x.worker;
    x.res.headers.set('Content-Type', 'text/plain');
    yield* send(
      x,
      200,
      encodeUtf8(
        `Active connections: ${w.connections} \nserver accepts handled requests\n ${w.connections} ${w.connections} ${w.requests} \nReading: 0 Writing: 1 Waiting: 0 \n`,
      ),
    );
    return;
  }
  if (location?.proxyPass && !x.settings.tryFiles) {
    const status = yield* proxyPass(x, location);
    if (status !== undefined) yield* fail(x, status);
    return;
  }
  if (x.settings.tryFiles) {
    yield* tryFiles(x, location, x.settings.tryFiles, depth);
    return;
  }
  yield* sendStatic(x, location, depth);
}

function* applyRewrites(x: Exchange, rewrites: readonly Rewrite[]): Sim<boolean> {
  for (const rewrite of rewrites) {
    const match = rewrite.pattern.exec(x.path);
    if (!match) continue;
    const target = expandVariables(
      x,
      rewrite.replacement.replace(/\$(\d)/g, (_, n: string) => match.groups[Number(n)] ?? ''),
    );
    if (rewrite.flag === 'redirect' || rewrite.flag === 'permanent' || /^https?:\/\//.test(target)) {
      yield* redirect(x, rewrite.flag === 'permanent' ? 301 : 302, target);
      return true;
    }
    const at = target.indexOf('?');
    x.path = at < 0 ? target : target.slice(0, at);
    if (at >= 0) x.args = target.slice(at + 1) + (x.args !== '' ? `&${x.args}` : '');
    if (rewrite.flag === 'last' || rewrite.flag === 'break') return false;
  }
  return false;
}

function* logAccess(x: Exchange): Sim<void> {
  const log = x.settings.accessLog;
  if (!log) return;
  const fd = x.worker.accessLogs.get(log.path);
  const format = x.worker.config.formats.get(log.format) ?? x.worker.config.formats.get('combined') ?? '';
  const line = format.replace(/\$\{?(\w+)\}?/g, (_, name: string) => variable(x, name) || '-');
  if (fd !== undefined) yield* write(fd, `${line}\n`);
}

function* sendReturn(x: Exchange, status: number, text: string | undefined): Sim<void> {
  const body = text === undefined ? undefined : expandVariables(x, text);
  if ([301, 302, 303, 307, 308].includes(status)) {
    yield* redirect(x, status, body ?? '');
    return;
  }
  if (status === 444) {
    yield* (yield* x.res.hijack()).close();
    return;
  }
  if (body === undefined) {
    yield* fail(x, status);
    return;
  }
  x.res.headers.set('Content-Type', contentType(x, x.path));
  yield* send(x, status, encodeUtf8(body));
}

/** A Location without a host gets the one that was asked for. */
function* redirect(x: Exchange, status: number, target: string): Sim<void> {
  const own = x.server.names[0] === '' || x.server.names[0] === '_' ? 'localhost' : x.server.names[0];
  const location = target.startsWith('/') ? `http://${x.host || own}${target}` : target;
  const body = encodeUtf8(errorPage(status, x.settings.serverTokens ? x.worker.product : 'nginx'));
  x.res.headers.set('Content-Type', 'text/html');
  x.res.headers.set('Content-Length', String(body.length));
  x.res.headers.set('Location', location);
  yield* send(x, status, body);
}

function contentType(x: Exchange, path: string): string {
  const dot = path.lastIndexOf('.');
  const extension = dot > path.lastIndexOf('/') ? path.slice(dot + 1).toLowerCase() : '';
  return x.settings.types.get(extension) ?? x.settings.defaultType;
}

/** Sends a whole answer; `Connection` and configured headers are added here. */
function* send(x: Exchange, status: number, body: Uint8Array): Sim<void> {
  finishHead(x, status, body.length);
  yield* x.res.writeHead(status, nginxReason(status));
  yield* x.res.end(body);
}

/** An error: the configured page if there is one, else nginx's own. */
function* fail(x: Exchange, status: number): Sim<void> {
  const page = x.settings.errorPages.get(status);
  if (page && !page.uri.startsWith('@')) {
    if (/^https?:\/\//.test(page.uri)) {
      yield* redirect(x, 302, page.uri);
      return;
    }
    const location = chooseLocation(
      x.server.locations.filter((l) => l.kind !== 'named'),
      page.uri,
    );
    if (location) x.settings = location.settings;
    const file = fileOf(x.settings, location, page.uri);
    const stat = yield* statOrNull(file);
    if (stat && (stat.mode & S_IFMT) === S_IFREG) {
      x.res.headers.set('Content-Type', contentType(x, page.uri));
      x.res.headers.set('X-Entity-Tag', entityTag(stat));
      yield* send(x, page.status ?? status, yield* readFile(file));
      return;
    }
  }
  x.res.headers.set('Content-Type', 'text/html');
  if (status === 204) x.res.headers.delete('Content-Type');
  yield* send(
    x,
    status,
    status === 204 ? new Uint8Array(0) : encodeUtf8(errorPage(status, x.settings.serverTokens ? x.worker.product : 'nginx')),
  );
}

function fileOf(settings: Settings, location: Location | undefined, path: string): string {
  if (settings.alias !== undefined && location) return settings.alias + path.slice(location.path.length);
  return settings.root.replace(/\/$/, '') + path;
}

function entityTag(stat: { readonly mtime: number; readonly size: number }): string {
  return `"${Math.floor(stat.mtime / 1_000_000).toString(16)}-${stat.size.toString(16)}"`;
}

function* tryFiles(x: Exchange, location: Location | undefined, candidates: readonly string[], depth: number): Sim<void> {
  for (const candidate of candidates.slice(0, -1)) {
    const path = expandVariables(x, candidate);
    const folder = path.endsWith('/');
    const stat = yield* statOrNull(fileOf(x.settings, location, folder ? path.slice(0, -1) || '/' : path));
    if (!stat || ((stat.mode & S_IFMT) === S_IFDIR) !== folder) continue;
    x.path = path;
    if (location?.proxyPass) {
      const status = yield* proxyPass(x, location);
      if (status !== undefined) yield* fail(x, status);
      return;
    }
    yield* sendStatic(x, location, depth);
    return;
  }
  const last = candidates.at(-1) ?? '';
  if (/^=\d+$/.test(last)) {
    yield* fail(x, Number(last.slice(1)));
  } else if (last.startsWith('@')) {
    yield* enter(
      { ...x, settings: { ...x.settings } },
      x.server.locations.find((l) => l.path === last),
      depth + 1,
    );
  } else {
    const target = expandVariables(x, last);
    const at = target.indexOf('?');
    x.path = percentDecode(at < 0 ? target : target.slice(0, at));
    if (at >= 0) x.args = target.slice(at + 1);
    yield* route(x, depth + 1);
  }
}

function* sendStatic(x: Exchange, location: Location | undefined, depth: number): Sim<void> {
  if (x.req.method !== 'GET' && x.req.method !== 'HEAD') {
    yield* fail(x, 405);
    return;
  }
  const file = fileOf(x.settings, location, x.path);
  if (x.path.endsWith('/')) {
    yield* sendFolder(x, location, file, depth);
    return;
  }
  try {
    const stat = yield* statOrNull(file);
    if (!stat) {
      yield* logError(x, 'error', `open() "${file}" failed (2: No such file or directory)`);
      yield* fail(x, 404);
      return;
    }
    if ((stat.mode & S_IFMT) === S_IFDIR) {
      yield* redirect(x, 301, `${x.path}/${x.args === '' ? '' : `?${x.args}`}`);
      return;
    }
    const data = yield* readFile(file);
    yield* sendFile(x, file, stat, data);
  } catch (error) {
    if (!(error instanceof Errno) || x.res.started) throw error;
    yield* logError(x, 'error', `open() "${file}" failed (13: ${error.message})`);
    yield* fail(x, 403);
  }
}

function* sendFile(x: Exchange, file: string, stat: { readonly mtime: number; readonly size: number }, data: Uint8Array): Sim<void> {
  const { headers } = x.res;
  const tag = entityTag(stat);
  const modified = httpDate(stat.mtime);
  headers.set('Content-Type', contentType(x, file));
  const noneMatch = x.req.headers.get('If-None-Match');
  if (noneMatch !== undefined ? noneMatch.includes(tag) : x.req.headers.get('If-Modified-Since') === modified) {
    headers.delete('Content-Type');
    headers.set('X-Last-Modified', modified);
    headers.set('X-Entity-Tag', tag);
    yield* send(x, 304, new Uint8Array(0));
    return;
  }
  headers.set('X-Entity-Tag', tag);
  const range = /^bytes=(\d*)-(\d*)$/.exec(x.req.headers.get('Range') ?? '');
  if (range && (range[1] !== '' || range[2] !== '')) {
    const first = range[1] === '' ? Math.max(0, data.length - Number(range[2])) : Number(range[1]);
    const last = range[1] === '' || range[2] === '' ? data.length - 1 : Math.min(data.length - 1, Number(range[2]));
    if (first > last) {
      headers.delete('X-Entity-Tag');
      yield* fail(x, 416);
      return;
    }
    const part = data.subarray(first, last + 1);
    headers.set('Content-Length', String(part.length));
    headers.set('X-Last-Modified', modified);
    headers.set('Content-Range', `bytes ${first}-${last}/${data.length}`);
    yield* send(x, 206, part);
    return;
  }
  headers.set('Content-Length', String(data.length));
  headers.set('X-Last-Modified', modified);
  yield* send(x, 200, data);
}

function* sendFolder(x: Exchange, location: Location | undefined, folder: string, depth: number): Sim<void> {
  for (const name of x.settings.index) {
    const path = name.startsWith('/') ? name : x.path + name;
    const stat = yield* statOrNull(fileOf(x.settings, location, path));
    if (!stat || (stat.mode & S_IFMT) === S_IFDIR) continue;
    x.path = path;
    const next = chooseLocation(
      x.server.locations.filter((l) => l.kind !== 'named'),
      path,
    );
    if (next !== location) yield* enter(x, next, depth + 1);
    else yield* sendStatic(x, location, depth + 1);
    return;
  }
  const stat = yield* statOrNull(folder);
  if (!stat) {
    const index = folder + (x.settings.index[0] ?? '');
    yield* logError(x, 'error', `"${index}" is not found (2: No such file or directory)`);
    yield* fail(x, 404);
    return;
  }
  if (!x.settings.autoindex) {
    yield* logError(x, 'error', `directory index of "${folder}" is forbidden`);
    yield* fail(x, 403);
    return;
  }
  const listed: Listed[] = [];
  for (const entry of yield* readdir(folder)) {
    const found = entry.name.startsWith('.') ? null : yield* statOrNull(folder + entry.name);
    if (found) listed.push({ name: entry.name, ino: entry.ino, type: found.mode & S_IFMT, size: found.size, mtime: found.mtime });
  }
  x.res.headers.set('Content-Type', 'text/html');
  yield* send(x, 200, encodeUtf8(indexPage(x.path, listed)));
}
