/**
 * The Engine API server: versions, routes, errors and the headers that every answer carries.
 * It serves routers and knows no backend.
 */
import { goErrorText, isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { encodeJson } from '../lib/goJson.ts';
import type { ConnectionInfo, HttpRequest, ResponseWriter } from '../net/http/server.ts';
import { serveHttp } from '../net/http/server.ts';
import type { ApiError } from './httpStatus.ts';
import { isApiError, statusOf } from './httpStatus.ts';
import type { ApiRequest, Route, Router } from './route.ts';
import { compilePath } from './route.ts';
import type { ApiTap } from './tap.ts';
import { openMessage, TappedCall, TappedWriter } from './tap.ts';
import { compareVersions } from './version.ts';

export interface ServerInfo {
  /** Machine name, for the tap. */
  readonly machine: string;
  /** 'unix:///var/run/docker.sock' or 'tcp://0.0.0.0:2375'. */
  readonly endpoint: string;
  /** '28.2.2' */
  readonly version: string;
  /** '1.50' */
  readonly apiVersion: string;
  readonly minApiVersion: string;
  /** Numbers for messages and causes; one sequence for all listeners of a world. */
  readonly nextMessageId: () => number;
  /** Hears of faults of the program: what a handler threw and no client is to be told. */
  readonly onFault?: (error: unknown) => void;
}

interface CompiledRoute {
  readonly route: Route;
  readonly pattern: RegExp;
}

/** Answers on a listening socket for ever. */
export function* serveApi(listenFd: number, routers: readonly Router[], info: ServerInfo, tap?: ApiTap): Sim<never> {
  const routes = compileRoutes(routers);
  return yield* serveHttp(listenFd, (req, res, conn) => serveRequest(routes, info, tap, req, res, conn), {
    goStyle: true,
    onError: (error) => info.onFault?.(error),
  });
}

export function compileRoutes(routers: readonly Router[]): readonly CompiledRoute[] {
  return routers.flatMap((router) => router.routes.map((route) => ({ route, pattern: compilePath(route.path) })));
}

/** One request, from the request line to the end of the answer. */
export function* serveRequest(
  routes: readonly CompiledRoute[],
  info: ServerInfo,
  tap: ApiTap | undefined,
  http: HttpRequest,
  plain: ResponseWriter,
  _conn: ConnectionInfo,
): Sim<void> {
  const id = info.nextMessageId();
  const call = tap
    ? new TappedCall(
        tap,
        yield* openMessage(http, { id, machine: info.machine, endpoint: info.endpoint }),
        http.headers.get('Content-Type') ?? '',
      )
    : undefined;
  const res = call ? new TappedWriter(plain, call) : plain;
  try {
    yield* dispatch(routes, info, id, call ? { ...http, body: call.body(http.body) } : http, res);
  } finally {
    call?.closed(plain.closed);
  }
}

const VERSIONED = /^\/v(\d+(?:\.\d+)*)(\/.*)$/;

function* dispatch(routes: readonly CompiledRoute[], info: ServerInfo, id: number, http: HttpRequest, res: ResponseWriter): Sim<void> {
  const versioned = VERSIONED.exec(http.path);
  const path = versioned ? versioned[2] : http.path;
  const match = findRoute(routes, http.method, path);
  if (!match) {
    yield* writeError(res, 404, 'page not found', undefined);
    return;
  }
  res.headers.set('Server', `Docker/${info.version} (linux)`);
  res.headers.set('Api-Version', info.apiVersion);
  res.headers.set('Docker-Experimental', 'false');
  res.headers.set('Ostype', 'linux');
  const version = versioned?.[1];
  const refusal = refuseVersion(version, info);
  if (refusal !== undefined) {
    yield* writeError(res, 400, refusal, version);
    return;
  }
  const request: ApiRequest = {
    method: http.method,
    path,
    version: version ?? info.apiVersion,
    vars: match.vars,
    query: http.query,
    headers: http.headers,
    body: http.body,
    cause: { kind: 'api', id, text: `${http.method} ${http.target}` },
  };
  try {
    yield* match.route.handler(request, res);
  } catch (error) {
    const failure = asFailure(error);
    if (!failure) throw error;
    if (!res.started) yield* writeError(res, statusOf(failure), failure.message, version);
    // As Docker does, who has sent its head already: the error follows what was said before.
    else if (!res.ended) yield* res.end(`${encodeJson({ message: failure.message })}\n`);
  }
}

const BROKEN_CONNECTION = ['EPIPE', 'ECONNRESET', 'ENOTCONN'];

/** What the client is told. Undefined for faults of the program and for a connection that broke. */
function asFailure(error: unknown): ApiError | undefined {
  if (isApiError(error)) return error;
  if (!isErrno(error) || BROKEN_CONNECTION.includes(error.code)) return undefined;
  return { kind: 'system', message: goErrorText(error.code) };
}

function findRoute(
  routes: readonly CompiledRoute[],
  method: string,
  path: string,
): { route: Route; vars: Record<string, string> } | undefined {
  for (const { route, pattern } of routes) {
    if (route.method !== method) continue;
    const match = pattern.exec(path);
    if (match) return { route, vars: { ...match.groups } };
  }
  return undefined;
}

function refuseVersion(version: string | undefined, info: ServerInfo): string | undefined {
  if (version === undefined) return undefined;
  if (compareVersions(version, info.minApiVersion) < 0) {
    return `client version ${version} is too old. Minimum supported API version is ${info.minApiVersion}, please upgrade your client to a newer version`;
  }
  if (compareVersions(version, info.apiVersion) > 0) {
    return `client version ${version} is too new. Maximum supported API version is ${info.apiVersion}`;
  }
  return undefined;
}

/** Clients older than 1.24 get plain text, all others `{"message": ...}`. */
function* writeError(res: ResponseWriter, status: number, message: string, version: string | undefined): Sim<void> {
  if (version !== undefined && compareVersions(version, '1.24') < 0) {
    res.headers.set('Content-Type', 'text/plain; charset=utf-8');
    res.headers.set('X-Content-Type-Options', 'nosniff');
    yield* res.writeHead(status);
    yield* res.end(`${message}\n`);
    return;
  }
  if (status !== 304) res.headers.set('Content-Type', 'application/json');
  yield* res.writeHead(status);
  yield* res.end(status === 304 ? '' : `${encodeJson({ message })}\n`);
}
