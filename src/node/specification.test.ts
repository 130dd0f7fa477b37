/**
 * Every operation on containers and execs, with each status that the Engine API's specification names for it, and answers that are
 * shaped as it says. Skipped without the specification, which is not part of this repository.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ApiSpecification } from './apiSpecification.ts';
import { parseDate } from './options.ts';
import { type RunningEngine, startEngine } from './serve.ts';

const FILE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../shared/reference/swagger.yaml');

/** What the real engine does otherwise than its own specification says: pointers that are nil until somebody sets them. */
const REAL = ['/HostConfig/MemorySwappiness must be integer', '/HostConfig/OomKillDisable must be boolean', '/ExitCode must be integer'];

/** Statuses that no request can provoke: what is not simulated, and what the real engine answers otherwise (400 for a read-only root). */
const UNPROVOKED: Readonly<Record<string, readonly number[]>> = {
  'GET /containers/{id}/attach/ws': [101, 200, 400, 404],
  'PUT /containers/{id}/archive': [403],
  'DELETE /containers/{id}': [400],
};

/** In place of a body: asks to take the connection over. */
const UPGRADE = Symbol('upgrade');

let directory: string;
let engine: RunningEngine;
const ids: Record<string, string> = {};
const seen = new Map<string, Set<number>>();

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

function ask(method: string, target: string, body?: unknown): Promise<Answer> {
  const text = body === undefined || body === UPGRADE ? undefined : Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = http.request({
      socketPath: path.join(directory, 'd.sock'),
      method,
      path: `/v1.50${target}`,
      agent: false,
      headers:
        body === UPGRADE
          ? { Connection: 'Upgrade', Upgrade: 'tcp' }
          : text === undefined
            ? {}
            : { 'Content-Type': Buffer.isBuffer(body) ? 'application/x-tar' : 'application/json' },
    });
    request.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode!, body: undefined });
    });
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const whole = Buffer.concat(parts).toString();
        // A stream of several values (of a pull) is described by no schema.
        const isValue = response.headers['content-type']?.startsWith('application/json') && /^[^\n]+\n?$/.test(whole);
        resolve({ status: response.statusCode!, body: isValue ? JSON.parse(whole) : undefined });
      });
    });
    request.on('error', reject);
    request.end(text);
  });
}

const container = async (name: string, config: object = {}, started = true): Promise<void> => {
  const { body } = await ask('POST', `/containers/create?name=${name}`, { Image: 'busybox', Cmd: ['sleep', '1000'], ...config });
  ids[name] = (body as { Id: string }).Id;
  if (started) await ask('POST', `/containers/${name}/start`);
};

const exec = async (of: string, config: object = {}): Promise<string> => {
  const { body } = await ask('POST', `/containers/${of}/exec`, { Cmd: ['true'], ...config });
  return (body as { Id: string }).Id;
};

/** Operation, status, and the request: `{id}` becomes `name`; a function makes what has to be there first. */
type Case = readonly [operation: string, status: number, query: string, body?: unknown, name?: string | (() => Promise<string>)];

const fresh = (started: boolean, config?: object) => async (): Promise<string> => {
  const name = `fresh${Object.keys(ids).length}`;
  await container(name, config, started);
  return name;
};

const CASES: readonly Case[] = [
  ['GET /containers/json', 200, '?all=1&size=1'],
  ['GET /containers/json', 400, '?filters={"nosuch":["x"]}'],
  ['POST /containers/create', 201, '?name=made', { Image: 'busybox', HostConfig: { Memory: 16_777_216 } }],
  ['POST /containers/create', 400, '?name=bad%20name', { Image: 'busybox' }],
  ['POST /containers/create', 404, '', { Image: 'nosuch' }],
  ['POST /containers/create', 409, '?name=up', { Image: 'busybox' }],
  ['GET /containers/{id}/json', 200, '?size=1'],
  ['GET /containers/{id}/top', 200, '?ps_args=aux'],
  ['GET /containers/{id}/logs', 200, '?stdout=1&stderr=1&timestamps=1'],
  ['GET /containers/{id}/changes', 200, ''],
  ['GET /containers/{id}/export', 200, ''],
  ['GET /containers/{id}/stats', 200, '?stream=0&one-shot=1'],
  ['POST /containers/{id}/resize', 200, '?h=40&w=100'],
  ['POST /containers/{id}/start', 204, '', undefined, fresh(false)],
  ['POST /containers/{id}/start', 304, ''],
  ['POST /containers/{id}/start', 400, '', undefined, fresh(false, { Cmd: ['nosuchprogram'] })],
  ['POST /containers/{id}/stop', 204, '?t=0', undefined, fresh(true)],
  ['POST /containers/{id}/stop', 304, '', undefined, fresh(false)],
  ['POST /containers/{id}/restart', 204, '?t=0', undefined, fresh(true)],
  ['POST /containers/{id}/kill', 204, '?signal=SIGKILL', undefined, fresh(true)],
  ['POST /containers/{id}/kill', 409, '', undefined, fresh(false)],
  ['POST /containers/{id}/update', 200, '', { Memory: 33_554_432, MemorySwap: -1 }],
  ['POST /containers/{id}/rename', 204, '?name=renamed', undefined, fresh(false)],
  ['POST /containers/{id}/rename', 409, '?name=up', undefined, fresh(false)],
  ['POST /containers/{id}/pause', 204, '', undefined, fresh(true)],
  [
    'POST /containers/{id}/unpause',
    204,
    '',
    undefined,
    async () => {
      const name = await fresh(true)();
      await ask('POST', `/containers/${name}/pause`);
      return name;
    },
  ],
  ['POST /containers/{id}/attach', 101, '?logs=1&stdout=1', UPGRADE, fresh(false)],
  ['POST /containers/{id}/attach', 400, '?stdout=1&detachKeys=nosuch'],
  ['POST /containers/{id}/attach', 200, '?logs=1&stdout=1', undefined, fresh(false)],
  [
    'POST /containers/{id}/wait',
    200,
    '',
    undefined,
    async () => {
      const name = await fresh(true, { Cmd: ['true'] })();
      return name;
    },
  ],
  ['POST /containers/{id}/wait', 400, '?condition=nosuch'],
  ['DELETE /containers/{id}', 204, '?force=1&v=1', undefined, fresh(true)],
  ['DELETE /containers/{id}', 409, ''],
  ['HEAD /containers/{id}/archive', 200, '?path=/etc/passwd'],
  ['HEAD /containers/{id}/archive', 400, ''],
  ['GET /containers/{id}/archive', 200, '?path=/etc/passwd'],
  ['GET /containers/{id}/archive', 400, ''],
  ['PUT /containers/{id}/archive', 200, '?path=/tmp', Buffer.alloc(1024)],
  ['PUT /containers/{id}/archive', 400, '?path=/etc/passwd', Buffer.alloc(1024)],
  ['POST /containers/prune', 200, '?filters={"label":["nosuch"]}'],
  ['POST /containers/{id}/exec', 201, '', { Cmd: ['true'] }],
  ['POST /containers/{id}/exec', 409, '', { Cmd: ['true'] }, fresh(false)],
  ['POST /exec/{id}/start', 200, '', { Detach: true }, () => exec('up')],
  [
    'POST /exec/{id}/start',
    409,
    '',
    {},
    async () => {
      const name = await fresh(true)();
      const id = await exec(name);
      await ask('POST', `/containers/${name}/stop?t=0`);
      return id;
    },
  ],
  [
    'POST /exec/{id}/resize',
    200,
    '?h=30&w=90',
    undefined,
    async () => {
      const id = await exec('up', { Cmd: ['sleep', '100'], Tty: true });
      await ask('POST', `/exec/${id}/start`, { Detach: true, Tty: true });
      return id;
    },
  ],
  ['POST /exec/{id}/resize', 400, '?h=x&w=y', undefined, () => exec('up')],
  ['GET /exec/{id}/json', 200, '', undefined, () => exec('up')],
];

/** Of whatever is not there. */
const missing = (operation: string): Case => [
  operation,
  404,
  { 'GET /containers/{id}/archive': '?path=/x', 'HEAD /containers/{id}/archive': '?path=/x', 'PUT /containers/{id}/archive': '?path=/x' }[
    operation
  ] ?? (/rename$/.test(operation) ? '?name=x' : /logs$/.test(operation) ? '?stdout=1' : /resize$/.test(operation) ? '?h=1&w=1' : ''),
  /update$|exec$|\/exec\/.*start$/.test(operation) ? { Cmd: ['true'] } : /^PUT/.test(operation) ? Buffer.alloc(1024) : undefined,
  'nosuch',
];

describe.skipIf(!existsSync(FILE))('the specification of the Engine API', () => {
  const specification = new ApiSpecification(existsSync(FILE) ? readFileSync(FILE, 'utf8') : 'paths: {}\ndefinitions: {}');
  const operations = specification.operations().filter((operation) => /\/(containers|exec)\//.test(operation));

  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'drydock-'));
    engine = await startEngine({ hosts: [`unix://${path.join(directory, 'd.sock')}`], seed: 4, epochUs: parseDate('now') });
    await ask('POST', '/images/create?fromImage=busybox&tag=latest');
    await container('up', {
      Tty: true,
      OpenStdin: true,
      Healthcheck: { Test: ['CMD', 'true'], Interval: 1_000_000_000 },
      Labels: { a: 'b' },
      HostConfig: { PortBindings: { '80/tcp': [{ HostPort: '8080' }] }, Binds: ['data:/data'], RestartPolicy: { Name: 'always' } },
    });
  }, 60_000);
  afterAll(() => {
    engine.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const named: readonly string[] = operations.filter((operation) => operation.includes('{id}') && !operation.endsWith('/ws'));
  const cases: readonly Case[] = [...CASES, ...named.map(missing)];
  test.each(cases.map((one) => ({ one, title: `${one[0]} answers ${one[1]}` })))('$title', async ({ one }) => {
    const [operation, status, query, body, name = 'up'] = one;
    const [method, target] = operation.split(' ');
    const id = typeof name === 'string' ? name : await name();
    const answer = await ask(method, target.replace('{id}', id) + query.replace(/[{}"[\]]/g, encodeURIComponent), body);
    expect(answer).toMatchObject({ status });
    expect(specification.statuses(operation)).toContain(status);
    if (answer.body !== undefined)
      expect(specification.problems(operation, status, answer.body).filter((problem) => !REAL.includes(problem))).toEqual([]);
    // Of an attach the error comes as plain text, as its stream would.
    if (status >= 400 && method !== 'HEAD' && !operation.endsWith('/attach'))
      expect(answer.body).toEqual({ message: expect.stringMatching(/./) });
    seen.set(operation, (seen.get(operation) ?? new Set()).add(status));
  });

  test('no status that it names is left out', () => {
    const left = operations.flatMap((operation) =>
      specification
        .statuses(operation)
        .filter((status) => status < 500 && !seen.get(operation)?.has(status) && !UNPROVOKED[operation]?.includes(status))
        .map((status) => `${operation} ${status}`),
    );
    expect(left).toEqual([]);
  });
});
