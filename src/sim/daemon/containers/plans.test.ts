import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../kernel/clock.ts';
import { container, testConfig } from '../testing.ts';
import { mergeConfig } from './config.ts';
import { judge } from './health.ts';
import { capabilitiesOf, completeHostConfig, verifyHostConfig, withDefaults } from './hostConfig.ts';
import { planRestart } from './restartPolicy.ts';
import { statusText } from './state.ts';
import { parsePs } from './top.ts';
import { lookUpUser, parseGroup, parsePasswd } from './users.ts';

const cpus = { cpus: 2 };
const verify = (request: object): string[] => verifyHostConfig(completeHostConfig(request), cpus);

test.each([
  [
    { RestartPolicy: { Name: 'sometimes' } },
    "invalid restart policy: unknown policy 'sometimes'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'",
  ],
  [
    { RestartPolicy: { Name: 'always', MaximumRetryCount: 3 } },
    "invalid restart policy: maximum retry count can only be used with 'on-failure'",
  ],
  [{ RestartPolicy: { Name: 'on-failure', MaximumRetryCount: -1 } }, 'invalid restart policy: maximum retry count cannot be negative'],
  [{ AutoRemove: true, RestartPolicy: { Name: 'always' } }, "can't create 'AutoRemove' container with restart policy"],
  [{ Memory: 1 }, 'Minimum memory limit allowed is 6MB'],
  [{ Memory: 64 << 20, MemorySwap: 32 << 20 }, 'Minimum memoryswap limit should be larger than memory limit, see usage'],
  [{ Memory: 64 << 20, MemoryReservation: 128 << 20 }, 'Minimum memory limit can not be less than memory reservation limit, see usage'],
  [{ NanoCpus: 100e9 }, 'range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available'],
  [{ CpusetCpus: '7000' }, 'Requested CPUs are not available - requested 7000, available: 0-1'],
  [{ CapAdd: ['NOSUCH'] }, 'invalid CapAdd: unknown capability: "CAP_NOSUCH"'],
])('%j is refused', (request, message) => {
  expect(() => verify(request)).toThrow(message);
});

test('what is odd but allowed gives warnings', () => {
  expect(verify({ OomKillDisable: true })).toEqual([
    'OOM killer is disabled for the container, but no memory limit is set, this can result in the system running out of resources.',
  ]);
  expect(verify({ NetworkMode: 'host', PortBindings: { '80/tcp': [{ HostPort: '8080' }] } })).toEqual([
    'Published ports are discarded when using host network mode',
  ]);
});

test('Docker fills in its defaults', () => {
  const config = withDefaults(completeHostConfig({ Memory: 64 << 20, MemorySwappiness: -1, PidsLimit: 0 }), {
    ...testConfig,
    cgroupVersion: '1',
  });
  expect({
    network: config.NetworkMode,
    swap: config.MemorySwap,
    shm: config.ShmSize,
    runtime: config.Runtime,
    ipc: config.IpcMode,
    log: config.LogConfig,
    restart: config.RestartPolicy,
    swappiness: config.MemorySwappiness,
    pids: config.PidsLimit,
    oom: config.OomKillDisable,
    cgroupns: config.CgroupnsMode,
  }).toEqual({
    network: 'bridge',
    swap: 134217728,
    shm: 67108864,
    runtime: 'runc',
    ipc: 'private',
    log: { Type: 'json-file', Config: {} },
    restart: { Name: 'no', MaximumRetryCount: 0 },
    swappiness: null,
    pids: null,
    oom: false,
    cgroupns: 'host',
  });
});

test('capabilities: the default ones, less, more, all', () => {
  const of = (request: object) => capabilitiesOf(completeHostConfig(request));
  expect(of({}).length).toBe(14);
  expect(of({ CapDrop: ['ALL'], CapAdd: ['net_admin'] })).toEqual(['CAP_NET_ADMIN']);
  expect(of({ CapDrop: ['CAP_CHOWN'] })).not.toContain('CAP_CHOWN');
  expect(of({ Privileged: true }).length).toBe(41);
});

test('the user wins over the image, lists are joined', () => {
  const image = mergeConfig(
    { Cmd: ['nginx'], Entrypoint: ['/entry.sh'], Env: ['PATH=/bin', 'A=1'], ExposedPorts: { '80/tcp': {} }, Labels: { a: '1' } },
    undefined,
  );
  const merged = mergeConfig({ Image: 'nginx', Env: ['A=2'], ExposedPorts: { '443/tcp': {} }, Labels: { b: '2' } }, image);
  expect([merged.Cmd, merged.Entrypoint, merged.Env, Object.keys(merged.ExposedPorts ?? {}), merged.Labels]).toEqual([
    ['nginx'],
    ['/entry.sh'],
    ['A=2', 'PATH=/bin'],
    ['443/tcp', '80/tcp'],
    { a: '1', b: '2' },
  ]);
  expect(mergeConfig({ Cmd: ['ls'] }, image).Entrypoint).toEqual(['/entry.sh']);
  expect(mergeConfig({ Entrypoint: ['sh'] }, image).Cmd).toBeNull();
});

test('restarts: policy decides whether, back-off decides when', () => {
  const ask = (name: string, more: object = {}) =>
    planRestart({
      policy: { Name: name, MaximumRetryCount: 2 },
      exitCode: 1,
      stopped: false,
      ranForUs: 0,
      attempts: 0,
      lastDelayUs: 0,
      ...more,
    });
  expect(ask('no').restart).toBe(false);
  expect(ask('always', { exitCode: 0 })).toEqual({ restart: true, delayUs: 100_000 });
  expect(ask('always', { stopped: true }).restart).toBe(false);
  expect(ask('on-failure', { exitCode: 0 }).restart).toBe(false);
  expect(ask('on-failure', { attempts: 1 }).restart).toBe(true);
  expect(ask('on-failure', { attempts: 2 }).restart).toBe(false);
  expect(ask('always', { lastDelayUs: 400_000 }).delayUs).toBe(800_000);
  expect(ask('always', { lastDelayUs: 50 * SECOND }).delayUs).toBe(MINUTE);
  expect(ask('always', { lastDelayUs: 50 * SECOND, ranForUs: 11 * SECOND }).delayUs).toBe(100_000);
});

test('health: three failures in a row, unless it still starts', () => {
  const failure = { start: 5 * SECOND, end: 5 * SECOND, exitCode: 1, output: 'no\n' };
  let c = container({
    config: { Healthcheck: { Test: ['CMD', 'x'] } },
    state: { status: 'running', startedAt: 0, health: { status: 'starting', failingStreak: 0, log: [] } },
  });
  const statuses: string[] = [];
  for (let i = 0; i < 6; i++) {
    const health = judge(c, failure);
    c = { ...c, state: { ...c.state, health } };
    statuses.push(`${health.status} ${health.failingStreak} ${health.log.length}`);
  }
  expect(statuses).toEqual(['starting 1 1', 'starting 2 2', 'unhealthy 3 3', 'unhealthy 4 4', 'unhealthy 5 5', 'unhealthy 6 5']);
  expect(judge(c, { ...failure, exitCode: 0 })).toMatchObject({ status: 'healthy', failingStreak: 0 });
  const young = container({
    config: { Healthcheck: { Test: ['CMD', 'x'], StartPeriod: 10e9 } },
    state: { status: 'running', startedAt: 0, health: { status: 'starting', failingStreak: 0, log: [] } },
  });
  expect(judge(young, failure)).toMatchObject({ status: 'starting', failingStreak: 0 });
});

test('the STATUS column', () => {
  const text = (state: object) => statusText(container({ state }).state, 10 * MINUTE);
  expect([
    text({}),
    text({ status: 'running', startedAt: 10 * MINUTE - 500 }),
    text({ status: 'running', startedAt: 9 * MINUTE, health: { status: 'starting', failingStreak: 0, log: [] } }),
    text({ status: 'paused', startedAt: 10 * MINUTE - 5 * SECOND }),
    text({ status: 'restarting', exitCode: 1, finishedAt: 10 * MINUTE - SECOND }),
    text({ status: 'exited', exitCode: 137, startedAt: 1, finishedAt: 5 * MINUTE }),
  ]).toEqual([
    'Created',
    'Up Less than a second',
    'Up About a minute (health: starting)',
    'Up 5 seconds (Paused)',
    'Restarting (1) 1 second ago',
    'Exited (137) 5 minutes ago',
  ]);
});

test('users are looked up in the container', () => {
  const passwd = parsePasswd('root:x:0:0:root:/root:/bin/sh\nwww:x:33:33::/var/www:\n');
  const groups = parseGroup('root:x:0:\nwww:x:33:\nadm:x:4:www\n');
  const find = (user: string, add: string[] = []) => lookUpUser(user, add, passwd, groups);
  expect(find('')).toEqual({ uid: 0, gid: 0, additionalGids: [] });
  expect(find('www')).toEqual({ uid: 33, gid: 33, additionalGids: [4] });
  expect(find('www:root')).toEqual({ uid: 33, gid: 0, additionalGids: [] });
  expect(find('1000:1000', ['adm'])).toEqual({ uid: 1000, gid: 1000, additionalGids: [4] });
  expect(() => find('nosuch')).toThrow('unable to find user nosuch: no matching entries in passwd file');
  expect(() => find('root:nosuch')).toThrow('unable to find group nosuch: no matching entries in group file');
});

test('top keeps the lines of its processes', () => {
  const output =
    'UID          PID    PPID  C STIME TTY          TIME CMD\nroot           1       0  0 11:24 ?        00:00:01 /sbin/init\nroot         953     932  0 11:24 ?        00:00:00 sleep 1000\n';
  expect(parsePs(output, [953])).toEqual({
    Titles: ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'],
    Processes: [['root', '953', '932', '0', '11:24', '?', '00:00:00', 'sleep 1000']],
  });
  expect(() => parsePs('CMD\nsleep\n', [1])).toThrow("Couldn't find PID field in ps output");
});
