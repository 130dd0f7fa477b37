/** Routes of `/containers`, those of exec and of a container's files apart. */

import type { Sim } from '../../../kernel/sim.ts';
import { encodeStreamJson } from '../../../lib/goJson.ts';
import type { Query } from '../../../net/http/query.ts';
import { noContent, readJson, writeJson } from '../../body.ts';
import { isApiError, RequestError, statusOf } from '../../httpStatus.ts';
import { boolParam, boolParamOr, filtersParam, intParam } from '../../params.ts';
import type { ApiRequest, Route, RouteHandler, Router } from '../../route.ts';
import { createRequest, updateConfig } from '../../shapes/container.ts';
import { hijackStreams, RAW, streamType } from '../../stream/hijack.ts';
import { frame, STDERR, STDOUT, SYSTEM_ERROR } from '../../stream/multiplex.ts';
import type { CreateRequest, UpdateRequest } from '../../types/container.ts';
import type { StopOptions, WaitCondition } from '../../types/options.ts';
import { olderThan } from '../../version.ts';
import { archiveRoutes } from './archiveRoutes.ts';
import type { ContainerBackend } from './backend.ts';
import { createFor, inspectFor } from './versions.ts';

export function containerRouter(backend: ContainerBackend): Router {
  const routes: Route[] = [
    ...archiveRoutes(backend),
    { method: 'GET', path: '/containers/json', handler: list(backend) },
    {
      method: 'GET',
      path: '/containers/{name:.*}/json',
      *handler(req, res) {
        yield* writeJson(res, inspectFor(req, yield* backend.inspect(req.vars.name, boolParam(req.query, 'size'))));
      },
    },
    {
      method: 'GET',
      path: '/containers/{name:.*}/top',
      *handler(req, res) {
        yield* writeJson(res, yield* backend.top(req.vars.name, req.query.get('ps_args') ?? ''));
      },
    },
    { method: 'GET', path: '/containers/{name:.*}/logs', handler: logs(backend) },
    { method: 'GET', path: '/containers/{name:.*}/stats', handler: stats(backend) },
    {
      method: 'GET',
      path: '/containers/{name:.*}/attach/ws',
      *handler(_req, res) {
        yield* res.writeHead(400);
        yield* res.end('not websocket protocol');
      },
    },
    {
      method: 'POST',
      path: '/containers/create',
      *handler(req, res) {
        const request = createFor(req, yield* readJson<CreateRequest>(req, createRequest, 'error'));
        const answer = yield* backend.create(req.query.get('name') ?? '', req.query.get('platform') ?? '', request, req.cause);
        yield* writeJson(res, answer, 201);
      },
    },
    {
      method: 'POST',
      path: '/containers/prune',
      *handler(req, res) {
        yield* writeJson(res, yield* backend.prune(filtersParam(req.query), req.cause));
      },
    },
    {
      method: 'POST',
      path: '/containers/{name:.*}/start',
      *handler(req, res) {
        if (req.body.length === undefined ? req.headers.has('Transfer-Encoding') : req.body.length > 7) {
          throw new RequestError(
            'invalid',
            'starting container with non-empty request body was deprecated since API v1.22 and removed in v1.24',
          );
        }
        yield* backend.start(req.vars.name, req.cause);
        yield* noContent(res);
      },
    },
    {
      method: 'POST',
      path: '/containers/{name:.*}/stop',
      *handler(req, res) {
        yield* backend.stop(req.vars.name, stopOptions(req), req.cause);
        yield* noContent(res);
      },
    },
    {
      method: 'POST',
      path: '/containers/{name:.*}/restart',
      *handler(req, res) {
        yield* backend.restart(req.vars.name, stopOptions(req), req.cause);
        yield* noContent(res);
      },
    },
    {
      method: 'POST',
      path: '/containers/{name:.*}/kill',
      *handler(req, res) {
        yield* prefixed(`cannot kill container: ${req.vars.name}`, backend.kill(req.vars.name, req.query.get('signal') ?? '', req.cause));
        yield* noContent(res);
      },
    },
    {
      method: 'POST',
      path: '/containers/{name:.*}/pause',
      *handler(req, res) {
        yield* backend.pause(req.vars.name, req.cause);
        yield* noContent(res);
      },
    },
    {
      method: 'POST',
      path: '/containers/{name:.*}/unpause',
      *handler(req, res) {
        yield* backend.unpause(req.vars.name, req.cause);
        yield* noContent(res);
      },
    },
    {
      method: 'POST',
      path: '/containers/{name:.*}/rename',
      *handler(req, res) {
        yield* backend.rename(req.vars.name, req.query.get('name') ?? '', req.cause);
        yield* noContent(res);
      },
    },
    {
      method: 'POST',
      path: '/containers/{name:.*}/update',
      *handler(req, res) {
        yield* writeJson(res, yield* backend.update(req.vars.name, yield* readJson<UpdateRequest>(req, updateConfig), req.cause));
      },
    },
    {
      method: 'POST',
      path: '/containers/{name:.*}/resize',
      *handler(req, res) {
        const [rows, columns] = sizeParams(req.query);
        yield* backend.resize(req.vars.name, rows, columns);
        yield* noContent(res, 200);
      },
    },
    { method: 'POST', path: '/containers/{name:.*}/wait', handler: wait(backend) },
    { method: 'POST', path: '/containers/{name:.*}/attach', handler: attach(backend) },
    {
      method: 'DELETE',
      path: '/containers/{name:.*}',
      *handler(req, res) {
        const options = { force: boolParam(req.query, 'force'), volumes: boolParam(req.query, 'v'), link: boolParam(req.query, 'link') };
        yield* backend.remove(req.vars.name, options, req.cause);
        yield* noContent(res);
      },
    },
  ];
  return { routes };
}

const list = (backend: ContainerBackend): RouteHandler =>
  function* (req, res) {
    const filters = filtersParam(req.query);
    const limit = intParam(req.query, 'limit', 0);
    yield* writeJson(res, yield* backend.list({ all: boolParam(req.query, 'all'), size: boolParam(req.query, 'size'), limit, filters }));
  };

function stopOptions(req: ApiRequest): StopOptions {
  const { query } = req;
  return {
    signal: olderThan(req, '1.42') ? '' : (query.get('signal') ?? ''),
    timeout: query.has('t') && query.get('t') !== '' ? intParam(query, 't', 0) : undefined,
  };
}

/** Height and width of a terminal; errors as `strconv.ParseUint` has them. */
export function sizeParams(query: Query): [rows: number, columns: number] {
  const read = (name: string, noun: string): number => {
    const text = query.get(name) ?? '';
    if (!/^-?\d+$/.test(text)) throw new RequestError('invalid', `invalid resize ${noun} ${JSON.stringify(text)}: invalid syntax`);
    const n = Number(text);
    if (n > 0xffff_ffff || text.startsWith('-'))
      throw new RequestError('invalid', `invalid resize ${noun} ${JSON.stringify(text)}: value out of range`);
    return n;
  };
  return [read('h', 'height'), read('w', 'width')];
}

/** Puts `prefix: ` before the message of what `action` throws. */
function* prefixed<T>(prefix: string, action: Sim<T>): Sim<T> {
  try {
    return yield* action;
  } catch (error) {
    if (isApiError(error)) error.message = `${prefix}: ${error.message}`;
    throw error;
  }
}

const logs = (backend: ContainerBackend): RouteHandler =>
  function* (req, res) {
    const stdout = boolParam(req.query, 'stdout');
    const stderr = boolParam(req.query, 'stderr');
    if (!stdout && !stderr) throw new RequestError('invalid', 'Bad parameters: you must choose at least one stream');
    const options = {
      stdout,
      stderr,
      follow: boolParam(req.query, 'follow'),
      timestamps: boolParam(req.query, 'timestamps'),
      details: boolParam(req.query, 'details'),
      since: req.query.get('since') ?? '',
      until: req.query.get('until') ?? '',
      tail: req.query.get('tail') ?? '',
    };
    yield* backend.logs(
      req.vars.name,
      options,
      function* (tty) {
        res.headers.set('Content-Type', streamType(req, tty));
        yield* res.writeHead(200);
        yield* res.flush();
        return {
          stdout: (data) => res.write(tty ? data : frame(STDOUT, data)),
          stderr: (data) => res.write(tty ? data : frame(STDERR, data)),
          fault: (text) => res.write(tty ? text : frame(SYSTEM_ERROR, text)),
        };
      },
      res,
    );
    yield* res.end();
  };

const stats = (backend: ContainerBackend): RouteHandler =>
  function* (req, res) {
    const stream = boolParamOr(req.query, 'stream', true);
    const oneShot = boolParamOr(req.query, 'one-shot', false);
    if (!stream) res.headers.set('Content-Type', 'application/json');
    yield* backend.stats(
      req.vars.name,
      { stream, oneShot: oneShot && !olderThan(req, '1.41') },
      function* (sample) {
        // A stream's head goes out before its first line, so that no type is made out from it.
        if (stream) yield* res.flush();
        yield* res.write(`${encodeStreamJson(sample)}\n`);
      },
      res,
    );
    yield* res.end();
  };

const WAIT_CONDITIONS: readonly WaitCondition[] = ['not-running', 'next-exit', 'removed'];

/** The head goes out before the wait: clients start the container only when they have it. */
const wait = (backend: ContainerBackend): RouteHandler =>
  function* (req, res) {
    const text = req.query.get('condition') ?? '';
    const condition = text === '' ? 'not-running' : WAIT_CONDITIONS.find((known) => known === text);
    if (!condition) throw new RequestError('invalid', `invalid condition: ${JSON.stringify(text)}`);
    const result = yield* backend.wait(req.vars.name, condition, res);
    res.headers.set('Content-Type', 'application/json');
    yield* res.writeHead(200);
    yield* res.flush();
    yield* res.end(`${encodeStreamJson(yield* result())}\n`);
  };

const attach = (backend: ContainerBackend): RouteHandler =>
  function* (req, res) {
    const options = {
      stdin: boolParam(req.query, 'stdin'),
      stdout: boolParam(req.query, 'stdout'),
      stderr: boolParam(req.query, 'stderr'),
      stream: boolParam(req.query, 'stream'),
      logs: boolParam(req.query, 'logs'),
      detachKeys: req.query.get('detachKeys') ?? '',
    };
    try {
      yield* backend.attach(req.vars.name, options, (tty) => hijackStreams(req, res, tty), req.cause);
    } catch (error) {
      if (res.started || !isApiError(error)) throw error;
      res.headers.set('Content-Type', RAW);
      yield* res.writeHead(statusOf(error));
      yield* res.end(`${error.message}\r\n`);
    }
  };
