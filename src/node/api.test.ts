/** The Engine API as bytes on a socket, without any client: what a recorded dockerd answered to raw probes, path by path. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseDate } from './options.ts';
import { type RunningEngine, startEngine } from './serve.ts';

let directory: string;
let engine: RunningEngine;

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** Sends one request; a string body goes as JSON unless `headers` say otherwise. A stream is left after its head. */
function ask(method: string, target: string, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request({
      socketPath: path.join(directory, 'd.sock'),
      method,
      path: encodeURI(target).replace(/%25/g, '%'),
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
        ...headers,
      },
      agent: false,
    });
    const answer = (response: http.IncomingMessage, text: string) =>
      resolve({
        status: response.statusCode!,
        type: response.headers['content-type'] ?? '',
        headers: response.headers,
        body: text,
      });
    request.on('upgrade', (response, socket) => {
      socket.destroy();
      answer(response, '');
    });
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      const done = () => answer(response, Buffer.concat(parts).toString());
      response.on('end', done);
      setTimeout(() => {
        if (response.complete) return;
        response.destroy();
        done();
      }, 3000).unref();
    });
    request.on('error', reject);
    request.end(body);
  });
}

const message = (text: string) => `${JSON.stringify({ message: text })}\n`;

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'drydock-'));
  engine = await startEngine({ hosts: [`unix://${path.join(directory, 'd.sock')}`], seed: 4, epochUs: parseDate('now') });
  await ask('POST', '/v1.50/images/create?fromImage=busybox&tag=latest');
  for (const [name, tty] of [
    ['pr', false],
    ['prt', true],
  ] as const) {
    await ask('POST', `/containers/create?name=${name}`, JSON.stringify({ Image: 'busybox', Cmd: ['sleep', '1000'], Tty: tty }));
    await ask('POST', `/containers/${name}/start`);
  }
});

afterAll(() => {
  engine.close();
  rmSync(directory, { recursive: true, force: true });
});

const NOT_A_MANAGER =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';
const RAW = 'application/vnd.docker.raw-stream';
const MULTIPLEXED = 'application/vnd.docker.multiplexed-stream';

describe('what is wrong with a request', () => {
  test.each<[string, string, string | undefined, number, string]>([
    ['GET', '/nosuch', undefined, 404, 'page not found'],
    ['GET', '/v1.50/nosuch', undefined, 404, 'page not found'],
    ['POST', '/v1.50/_ping', undefined, 404, 'page not found'],
    ['GET', '/v1.99/info', undefined, 400, 'client version 1.99 is too new. Maximum supported API version is 1.50'],
    ['POST', '/v1.50/containers/create', '{bad', 400, "invalid JSON: invalid character 'b' looking for beginning of object key string"],
    ['POST', '/v1.50/containers/create', undefined, 400, 'invalid JSON: got EOF while reading request body'],
    ['POST', '/v1.50/containers/create', '{}', 400, 'config cannot be empty in order to create a container'],
    ['POST', '/v1.50/containers/create', '{"Image":"busybox"} x', 400, 'unexpected content after JSON'],
    ['POST', '/v1.50/containers/create', '{"Image":"nosuch"}', 404, 'No such image: nosuch:latest'],
    [
      'POST',
      '/v1.50/containers/create',
      '{"Image":"UPPER"}',
      400,
      'invalid reference format: repository name (library/UPPER) must be lowercase',
    ],
    [
      'POST',
      '/v1.50/containers/create?name=pz',
      '{"Image":"busybox","Cmd":["true"],"HostConfig":{"NetworkMode":"none","Binds":["bad"]}}',
      500,
      `invalid volume specification: 'bad': invalid mount config for type "volume": invalid mount path: 'bad' mount path must be absolute`,
    ],
    [
      'POST',
      '/v1.50/containers/create',
      '{"Image":"busybox","HostConfig":{"NetworkMode":"none","Memory":1000}}',
      400,
      'Minimum memory limit allowed is 6MB',
    ],
    [
      'POST',
      '/v1.50/containers/create',
      '{"Image":"busybox","HostConfig":{"NetworkMode":"none","RestartPolicy":{"Name":"bogus"}}}',
      400,
      "invalid restart policy: unknown policy 'bogus'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
    ],
    [
      'POST',
      '/v1.50/containers/create',
      '{"Image":"busybox","HostConfig":{"NetworkMode":"none","AutoRemove":true,"RestartPolicy":{"Name":"always"}}}',
      400,
      "can't create 'AutoRemove' container with restart policy",
    ],
    ['GET', '/v1.50/containers/json?filters={bad', undefined, 400, 'invalid filter'],
    ['GET', '/v1.50/containers/json?filters={"bogus":{"x":true}}', undefined, 400, "invalid filter 'bogus'"],
    ['GET', '/v1.50/containers/json?limit=x', undefined, 500, 'strconv.Atoi: parsing "x": invalid syntax'],
    [
      'GET',
      '/v1.50/containers/json?filters={"status":["bogus"]}',
      undefined,
      400,
      "invalid filter 'status=bogus': invalid value for state (bogus): must be one of created, running, paused, restarting, removing, exited, dead",
    ],
    ['GET', '/v1.50/containers/pr/logs', undefined, 400, 'Bad parameters: you must choose at least one stream'],
    ['POST', '/v1.50/containers/pr/resize?h=x&w=20', undefined, 400, 'invalid resize height "x": invalid syntax'],
    ['POST', '/v1.50/containers/pr/resize?h=1&w=-2', undefined, 400, 'invalid resize width "-2": value out of range'],
    ['POST', '/v1.50/containers/pr/kill?signal=BOGUS', undefined, 400, 'cannot kill container: pr: invalid signal: BOGUS'],
    ['POST', '/v1.50/containers/pr/rename?name=', undefined, 400, 'Neither old nor new names may be empty'],
    ['POST', '/v1.50/containers/pr/wait?condition=bogus', undefined, 400, 'invalid condition: "bogus"'],
    [
      'POST',
      '/v1.50/containers/pr/start',
      '{"Binds":["/a:/b"]}',
      400,
      'starting container with non-empty request body was deprecated since API v1.22 and removed in v1.24',
    ],
    ['POST', '/v1.50/containers/pr/exec', '{"Cmd":[]}', 400, 'No exec command specified'],
    ['POST', '/v1.50/exec/nosuch/start', '{}', 404, 'No such exec instance: nosuch'],
    ['GET', '/v1.50/exec/nosuch/json', undefined, 404, 'No such exec instance: nosuch'],
    ['POST', '/v1.50/exec/nosuch/resize?h=1&w=1', undefined, 404, 'No such exec instance: nosuch'],
    ['GET', '/v1.50/containers/nosuch/stats?stream=0', undefined, 404, 'No such container: nosuch'],
    ['DELETE', '/v1.50/containers/pr?link=1', undefined, 500, 'Conflict, cannot remove the default link name of the container'],
    ['GET', '/v1.50/images/json?filters={"bogus":["x"]}', undefined, 400, "invalid filter 'bogus'"],
    [
      'POST',
      '/v1.50/images/create?fromImage=UPPER x&tag=1',
      undefined,
      400,
      'invalid reference format: repository name (library/UPPER x) must be lowercase',
    ],
    [
      'POST',
      '/v1.50/images/busybox/tag?repo=BAD&tag=1',
      undefined,
      400,
      'invalid reference format: repository name (library/BAD) must be lowercase',
    ],
    ['POST', '/v1.50/networks/create', '{"Name":""}', 400, 'invalid name: name is empty'],
    ['POST', '/v1.50/networks/create', '{"Name":"host"}', 403, 'operation is not permitted on predefined host network '],
    [
      'POST',
      '/v1.50/networks/create',
      '{"Name":"q2","IPAM":{"Config":[{"Subnet":"10.0.0.0/33"}]}}',
      400,
      'invalid network config:\ninvalid subnet 10.0.0.0/33: invalid CIDR block notation',
    ],
    [
      'GET',
      '/v1.50/networks/host?verbose=x',
      undefined,
      400,
      'invalid value for verbose: x: strconv.ParseBool: parsing "x": invalid syntax',
    ],
    ['DELETE', '/v1.50/networks/none', undefined, 403, 'none is a pre-defined network and cannot be removed'],
    ['GET', '/v1.50/events?since=x', undefined, 500, 'strconv.ParseInt: parsing "x": invalid syntax'],
    ['GET', '/v1.50/swarm', undefined, 503, NOT_A_MANAGER],
    ['GET', '/v1.50/services', undefined, 503, NOT_A_MANAGER],
    ['GET', '/v1.50/services?filters=bad', undefined, 400, 'invalid filter'],
    ['POST', '/v1.50/nodes/x/update', '{}', 400, `invalid node version '': strconv.ParseUint: parsing "": invalid syntax`],
    ['GET', '/v1.50/tasks', undefined, 503, NOT_A_MANAGER],
    ['GET', '/v1.50/secrets', undefined, 503, NOT_A_MANAGER],
    ['POST', '/v1.50/swarm/leave', undefined, 503, 'This node is not part of a swarm'],
    ['GET', '/v1.50/system/df?type=bogus', undefined, 400, 'unknown object type: bogus'],
    ['POST', '/v1.50/session', undefined, 501, 'drydock: building with BuildKit is not simulated'],
    ['POST', '/v1.50/plugins/pull?remote=x', undefined, 501, 'drydock: installing plugins is not simulated'],
    [
      'GET',
      '/v1.50/containers/pr/checkpoints',
      undefined,
      501,
      'This experimental feature is disabled by default. Start the Docker daemon in experimental mode in order to enable it.',
    ],
  ])('%s %s %s', async (method, target, body, status, text) => {
    const answer = await ask(method, target, body);
    expect([answer.status, answer.type, answer.body]).toEqual([status, 'application/json', message(text)]);
  });

  test('a body that is not said to be JSON', async () => {
    const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect((await ask('POST', '/v1.50/containers/create', '{"Image":"busybox"}', form)).body).toBe(
      message("unsupported Content-Type header (application/x-www-form-urlencoded): must be 'application/json'"),
    );
  });

  test('a version from before 1.24 is refused in plain text', async () => {
    const answer = await ask('GET', '/v1.12/info');
    expect([answer.status, answer.type, answer.body]).toEqual([
      400,
      'text/plain; charset=utf-8',
      'client version 1.12 is too old. Minimum supported API version is 1.24, please upgrade your client to a newer version\n',
    ]);
  });
});

describe('heads of good answers', () => {
  test.each<[string, string, string | undefined, number, string]>([
    ['GET', '/_ping', undefined, 200, 'text/plain; charset=utf-8'],
    ['HEAD', '/_ping', undefined, 200, 'text/plain; charset=utf-8'],
    ['GET', '/v1.50/_ping', undefined, 200, 'text/plain; charset=utf-8'],
    ['GET', '/v1.24/version', undefined, 200, 'application/json'],
    ['GET', '/v1.50/containers/pr/logs?stdout=1', undefined, 200, MULTIPLEXED],
    ['GET', '/v1.41/containers/pr/logs?stdout=1', undefined, 200, RAW],
    ['GET', '/v1.50/containers/prt/logs?stdout=1', undefined, 200, RAW],
    ['GET', '/v1.50/containers/pr/logs?stdout=1&tail=x', undefined, 200, MULTIPLEXED],
    ['GET', '/v1.50/containers/pr/stats?stream=0', undefined, 200, 'application/json'],
    ['GET', '/v1.50/containers/pr/stats', undefined, 200, ''],
    ['POST', '/v1.50/containers/pr/attach?stream=1&stdout=1&logs=1', undefined, 200, RAW],
    ['POST', '/v1.50/containers/pr/resize?h=10&w=20', undefined, 200, ''],
    ['POST', '/v1.50/containers/pr/start', undefined, 304, ''],
    ['POST', '/v1.50/containers/pr/exec', '{"AttachStdout":true,"Cmd":["true"]}', 201, 'application/json'],
    ['GET', '/v1.50/containers/pr/top?ps_args=aux', undefined, 200, 'application/json'],
    ['GET', '/v1.50/containers/prt/json?size=true', undefined, 200, 'application/json'],
    ['GET', '/v1.50/images/json', undefined, 200, 'application/json'],
    ['POST', '/v1.50/volumes/create', '{}', 201, 'application/json'],
    ['GET', '/v1.50/events?until=0', undefined, 200, 'application/json'],
    ['GET', '/v1.50/plugins', undefined, 200, 'application/json'],
    ['POST', '/v1.50/build/prune', undefined, 200, 'application/json'],
  ])('%s %s %s', async (method, target, body, status, type) => {
    const answer = await ask(method, target, body);
    expect([answer.status, answer.type]).toEqual([status, type]);
    expect(answer.headers['api-version'] ?? (type === RAW ? '1.50' : undefined)).toBe('1.50');
  });

  test.each([
    ['/v1.50/containers/pr/attach?stream=1&stdout=1&logs=1', 101, MULTIPLEXED],
    ['/v1.41/containers/pr/attach?stream=1&stdout=1', 101, RAW],
    ['/v1.50/containers/prt/attach?stream=1&stdout=1', 101, RAW],
    ['/v1.50/containers/nosuch/attach?stream=1', 404, RAW],
  ])('POST %s with Upgrade', async (target, status, type) => {
    const answer = await ask('POST', target, undefined, { Connection: 'Upgrade', Upgrade: 'tcp' });
    expect([answer.status, answer.type]).toEqual([status, type]);
  });
});

describe('older versions of the API', () => {
  test('images tell a virtual size before 1.44, and <none> before 1.43', async () => {
    const [image] = JSON.parse((await ask('GET', '/v1.43/images/json')).body) as [{ Size: number; VirtualSize?: number }];
    expect(image.VirtualSize).toBe(image.Size);
    expect(JSON.parse((await ask('GET', '/v1.44/images/json')).body)[0]).not.toHaveProperty('VirtualSize');
    expect(JSON.parse((await ask('GET', '/v1.43/images/busybox/json')).body)).toHaveProperty('VirtualSize');
  });

  test('an image has a whole container config before 1.50', async () => {
    const config = async (version: string) => JSON.parse((await ask('GET', `/v${version}/images/busybox/json`)).body).Config as object;
    expect(await config('1.49')).toMatchObject({ Hostname: '', AttachStdin: false, Cmd: ['sh'], Image: '', OnBuild: null });
    expect(await config('1.50')).not.toHaveProperty('Hostname');
  });

  test('a container answers to its short id on its own networks before 1.45', async () => {
    await ask('POST', '/networks/create', '{"Name":"old"}');
    const { Id } = JSON.parse(
      (await ask('POST', '/containers/create', '{"Image":"busybox","Hostname":"h","HostConfig":{"NetworkMode":"old"}}')).body,
    ) as { Id: string };
    const aliases = async (version: string) =>
      JSON.parse((await ask('GET', `/v${version}/containers/${Id}/json`)).body).NetworkSettings.Networks.old.Aliases as unknown;
    expect(await aliases('1.44')).toEqual([Id.slice(0, 12), 'h']);
    expect(await aliases('1.45')).toBeNull();
  });

  test('info keeps to what each version knew', async () => {
    const info = async (version: string) => JSON.parse((await ask('GET', `/v${version}/info`)).body) as Record<string, never>;
    expect(await info('1.48')).toMatchObject({ BridgeNfIptables: false, RuncCommit: { Expected: expect.any(String) } });
    expect(await info('1.48')).not.toHaveProperty('FirewallBackend');
    expect(await info('1.50')).not.toHaveProperty('BridgeNfIptables');
  });

  test('a container that removes itself is the client’s business before 1.25', async () => {
    const body = '{"Image":"busybox","HostConfig":{"AutoRemove":true}}';
    const { Id } = JSON.parse((await ask('POST', '/v1.24/containers/create', body)).body) as { Id: string };
    expect(JSON.parse((await ask('GET', `/containers/${Id}/json`)).body).HostConfig.AutoRemove).toBe(false);
  });
});

test('every path of the API is answered', async () => {
  const paths = readFileSync(new URL('./testdata/enginePaths.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const lost: string[] = [];
  for (const line of paths) {
    const [method, template] = line.split(' ');
    const answer = await ask(
      method,
      `/v1.50${template.replace(/\{\w+\}/g, 'nosuch')}`,
      method === 'POST' || method === 'PUT' ? '' : undefined,
    );
    if (answer.body.includes('page not found') || answer.body.includes('Internal Server Error')) lost.push(`${line}: ${answer.body}`);
  }
  expect(lost).toEqual([]);
});
