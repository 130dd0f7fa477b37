/** Names that every JavaScript object inherits are names like others to the client: nothing has them unless somebody gave them. */
import { expect, test } from 'vitest';
import { run } from '../kernel/syscalls.ts';
import { testMachine } from '../kernel/testing.ts';
import { program } from './docker.ts';
import { type FakeApi, fakeEngine } from './testing.ts';

const api: FakeApi = {
  'GET /containers/json': {
    status: 200,
    body: [
      {
        Id: 'c'.repeat(64),
        Names: ['/web'],
        Image: 'nginx',
        ImageID: 'sha256:1',
        Command: 'nginx',
        Created: 1790000000,
        Labels: { constructor: 'given', a: 'b' },
        Mounts: [],
        Ports: [],
        State: 'running',
        Status: 'Up',
      },
    ],
  },
  'GET /containers/web/json': { status: 200, body: { Id: 'c'.repeat(64), Name: '/web', Config: {}, HostConfig: {} } },
  'POST /containers/create': { status: 201, body: { Id: 'd'.repeat(64), Warnings: [] } },
};

function docker(...args: readonly string[]) {
  const asked: string[] = [];
  const answer = testMachine({ programs: [program], files: { '/var/run/': '' } }).run(
    function* () {
      yield* fakeEngine('/var/run/docker.sock', api, asked);
      return yield* run({ path: '/usr/bin/docker', argv: ['docker', ...args] });
    },
    { stdin: '', cwd: '/root', env: { HOME: '/root', PATH: '/usr/bin' } },
  );
  return { ...answer, asked };
}

test('a label is there only if it was set', () => {
  expect(docker('ps', '--format', '{{.Label "toString"}}|{{.Label "constructor"}}|{{.Label "a"}}').stdout).toBe('|given|b\n');
});

test('a template has no field of that name', () => {
  const { stdout, stderr, exit } = docker('inspect', '-f', '{{.constructor}}', 'web');
  expect({ stdout, stderr, exit }).toEqual({
    stdout: '\n',
    stderr: 'template parsing error: template: :1:2: executing "" at <.constructor>: map has no entry for key "constructor"\n',
    exit: 1,
  });
});

test('a network may have any name', () => {
  const { stderr, asked } = docker('create', '--network', 'name=__proto__,alias=x', '--network', 'constructor', 'alpine');
  expect(stderr).toBe('');
  const body = asked.find((request) => request.startsWith('POST /containers/create'))!.replace(/^[^{]*/, '');
  expect(body.match(/"EndpointsConfig":\{"__proto__":.*"constructor":/)).not.toBeNull();
});

test('an algorithm and a unit of that name are unknown', () => {
  expect(docker('pull', `alpine@constructor:${'a'.repeat(64)}`).stderr).toBe('unsupported digest algorithm\n');
  expect(docker('run', '--health-interval', '1constructor', 'x').stderr).toMatch(/unknown unit "constructor" in duration "1constructor"/);
});
