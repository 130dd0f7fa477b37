/** `docker __complete`: what docker 28.2.2 offered for the same containers, images, networks and volumes, in any order. */
import { expect, test } from 'vitest';
import { run } from '../kernel/syscalls.ts';
import { testMachine } from '../kernel/testing.ts';
import { program } from './docker.ts';
import { type FakeApi, fakeEngine } from './testing.ts';

const container = (name: string, State: string) => ({ Id: name, Names: [`/${name}`], State });
const api: FakeApi = {
  'GET /containers/json': {
    status: 200,
    body: [container('done', 'exited'), container('old', 'created'), container('db', 'paused'), container('web', 'running')],
  },
  'GET /images/json': {
    status: 200,
    body: [{ RepoTags: ['nginx:latest', 'my/app:v1'] }, { RepoTags: ['alpine:latest'] }, { RepoTags: [] }],
  },
  'GET /networks': { status: 200, body: ['none', 'host', 'bridge', 'net1'].map((Name) => ({ Name })) },
  'GET /networks/net1': { status: 200, body: { Containers: { x: { Name: 'web' } } } },
  'GET /volumes': { status: 200, body: { Volumes: [{ Name: 'data' }, { Name: 'cache' }] } },
  'GET /services': { status: 503, body: { message: 'This node is not a swarm manager.' } },
};

async function complete(words: readonly string[], command = '__completeNoDesc'): Promise<readonly string[]> {
  const { stdout } = await testMachine({ programs: [program], files: { '/var/run/': '' } }).runLazy(
    function* () {
      yield* fakeEngine('/var/run/docker.sock', api);
      return yield* run({ path: '/usr/bin/docker', argv: ['docker', command, ...words] });
    },
    { env: { HOME: '/root', PATH: '/usr/bin' } },
  );
  return stdout.trim().split('\n');
}

test.for([
  ['ima', 'image images :4'],
  ['image l', 'load ls :4'],
  ['image x ', ':0'],
  ['foo ', ':0'],
  ['exec ', 'web :4'],
  ['stop ', 'db web :4'],
  ['unpause ', 'db :4'],
  ['start ', 'done old :4'],
  ['rm ', 'done old :4'],
  ['rm -f ', 'db done old web :4'],
  ['logs ', 'db done old web :4'],
  ['pause ', 'web :4'],
  ['run ', 'alpine:latest my/app:v1 nginx:latest :4'],
  ['run -it --rm --name x ', 'alpine:latest my/app:v1 nginx:latest :4'],
  ['run nginx ', ':4'],
  ['run nginx -', ':4'],
  ['rmi alpine ', 'alpine:latest my/app:v1 nginx:latest :4'],
  ['history x ', ':4'],
  ['network rm ', 'bridge host net1 none :4'],
  ['network connect net1 ', 'db done old web :4'],
  ['network disconnect net1 ', 'web :4'],
  ['network disconnect nope ', ':4'],
  ['volume rm data ', 'cache data :4'],
  ['context use ', 'default :4'],
  ['service ps ', ':1'],
  ['cp ', ':0'],
  ['build ', ':16'],
  ['run --net', '--network --network-alias :4'],
  ['run --network ', 'bridge host net1 none :4'],
  ['run --network=', 'bridge host net1 none :4'],
  ['run --pull ', 'always missing never :4'],
  ['run --restart=on', 'always no on-failure unless-stopped :4'],
  ['run -d --link ', 'db: done: old: web: :2'],
  ['run -p ', ':4'],
  ['run --env-file ', ':0'],
  ['run --nosuch ', ':0'],
  ['ps -a', '-a :4'],
  ['ps --filter ', ':0'],
  ['system events --filter ', 'container= daemon= event= image= label= network= node= scope= type= volume= :2'],
  ['--log-level ', 'debug error fatal info panic warn :4'],
  ['-c ', 'default :4'],
  ['--tls', '--tls --tlscacert --tlscert --tlskey --tlsverify :4'],
  ['completion ', 'bash fish powershell zsh :4'],
] as const)('docker %s<Tab>', async ([line, offered]) => {
  const answer = await complete(line.split(' '));
  expect([...answer.slice(0, -1).sort(), answer.at(-1)].join(' ')).toBe(offered);
});

test('descriptions follow a tab', async () => {
  expect(await complete(['image', 'l'], '__complete')).toEqual([
    'load\tRead images from an archive that "docker save" wrote',
    'ls\tShow the images on this machine',
    ':4',
  ]);
});

test('without a word there is nothing to complete', () => {
  const answer = testMachine({ programs: [program] }).run(['docker', '__complete']);
  expect(answer).toEqual({ stdout: '', stderr: 'requires at least 1 arg(s), only received 0\n', exit: 1 });
});
