import { expect, test } from 'vitest';
import { RequestError } from '../../httpStatus.ts';
import { call } from '../../testing.ts';
import type { ContainerBackend } from './backend.ts';
import { containerRouter } from './routes.ts';

/** A backend that writes down what it was asked. */
function recorder(): { asked: unknown[]; backend: ContainerBackend } {
  const asked: unknown[] = [];
  const backend = new Proxy(
    {},
    {
      get: (_target, verb) =>
        function* (...args: unknown[]) {
          asked.push([verb, ...args.filter((arg) => !isCause(arg))]);
          if (args[0] === 'nosuch') throw new RequestError('notFound', 'No such container: nosuch');
          if (verb === 'create') return { Id: 'abc', Warnings: [] };
          if (verb === 'wait')
            return function* () {
              return { StatusCode: 3 };
            };
          return [];
        },
    },
  ) as ContainerBackend;
  return { asked, backend };
}
const isCause = (arg: unknown): boolean => typeof arg === 'object' && arg !== null && ('kind' in arg || 'gone' in arg);

test.each([
  ['POST /containers/web/start', ['start', 'web'], 204],
  ['POST /containers/web/stop?t=1&signal=KILL', ['stop', 'web', { signal: 'KILL', timeout: 1 }], 204],
  ['POST /containers/web/restart', ['restart', 'web', { signal: '', timeout: undefined }], 204],
  ['POST /containers/web/rename?name=db', ['rename', 'web', 'db'], 204],
  ['DELETE /containers/web?force=1&v=true', ['remove', 'web', { force: true, volumes: true, link: false }], 204],
  ['GET /containers/web/json?size=True', ['inspect', 'web', true], 200],
  ['GET /containers/web/top?ps_args=-o+pid', ['top', 'web', '-o pid'], 200],
  ['POST /containers/web/resize?h=10&w=20', ['resize', 'web', 10, 20], 200],
])('%s', (line, expected, status) => {
  const { asked, backend } = recorder();
  expect(call([containerRouter(backend)], line).status).toBe(status);
  expect(asked).toEqual([expected]);
});

test.each(['[]', '5', '{"label":5}', '{"label":{"a":1}}', '{"label":[1]}', '{"label":["a"],"status":{"exited":true}}', '{} x'])(
  'filters that are neither: %s',
  (text) => {
    const { backend } = recorder();
    expect(call([containerRouter(backend)], `GET /containers/json?filters=${encodeURIComponent(text)}`)).toMatchObject({
      status: 400,
      body: '{"message":"invalid filter"}\n',
    });
  },
);

test.each([
  ['as sets', '{"label":{"a":true,"b":false},"status":{"exited":true}}'],
  ['as lists, the older way', '{"label":["a"],"status":["exited"]}'],
])('list reads flags and filters %s', (_name, text) => {
  const { asked, backend } = recorder();
  const filters = encodeURIComponent(text);
  call([containerRouter(backend)], `GET /containers/json?all=1&limit=5&filters=${filters}`);
  expect(asked).toEqual([
    [
      'list',
      {
        all: true,
        size: false,
        limit: 5,
        filters: new Map([
          ['label', ['a']],
          ['status', ['exited']],
        ]),
      },
    ],
  ]);
});

test.each([
  ['GET /containers/json?filters=bad', '', 400, '{"message":"invalid filter"}\n'],
  ['GET /containers/json?limit=x', '', 500, '{"message":"strconv.Atoi: parsing \\"x\\": invalid syntax"}\n'],
  ['GET /containers/web/logs', '', 400, '{"message":"Bad parameters: you must choose at least one stream"}\n'],
  ['POST /containers/web/resize?h=x&w=20', '', 400, '{"message":"invalid resize height \\"x\\": invalid syntax"}\n'],
  ['POST /containers/web/wait?condition=bogus', '', 400, '{"message":"invalid condition: \\"bogus\\""}\n'],
  ['POST /containers/nosuch/start', '', 404, '{"message":"No such container: nosuch"}\n'],
  ['POST /containers/nosuch/kill', '', 404, '{"message":"cannot kill container: nosuch: No such container: nosuch"}\n'],
  ['POST /containers/create', '', 400, '{"message":"invalid JSON: got EOF while reading request body"}\n'],
  [
    'POST /containers/create',
    '{bad',
    400,
    `{"message":"invalid JSON: invalid character 'b' looking for beginning of object key string"}\n`,
  ],
])('%s %s', (line, body, status, text) => {
  const answer = call([containerRouter(recorder().backend)], line, body);
  expect([answer.status, answer.body]).toEqual([status, text]);
});

test('a body must say that it is JSON', () => {
  const answer = call([containerRouter(recorder().backend)], 'POST /containers/create', '{"Image":"busybox"}', {
    'Content-Type': 'application/x-www-form-urlencoded',
  });
  expect(answer.body).toBe(
    `{"message":"unsupported Content-Type header (application/x-www-form-urlencoded): must be 'application/json'"}\n`,
  );
});

test('wait sends its result as JSON', () => {
  const answer = call([containerRouter(recorder().backend)], 'POST /containers/web/wait?condition=next-exit');
  expect([answer.status, answer.body]).toEqual([200, '{"StatusCode":3}\n']);
});

test('attach to a container that is not there answers in plain words', () => {
  const answer = call([containerRouter(recorder().backend)], 'POST /containers/nosuch/attach?stream=1', '', { Upgrade: 'tcp' });
  expect([answer.status, answer.headers['Content-Type'], answer.body]).toEqual([
    404,
    'application/vnd.docker.raw-stream',
    'No such container: nosuch\r\n',
  ]);
});
