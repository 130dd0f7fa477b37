import { alpineAccounts } from '../content/alpine.ts';
import { debianAccounts } from '../content/debian.ts';
import { REDIS_ENTRYPOINT } from '../content/redis.ts';
import { alpineBase, BOOKWORM_SLIM, cmd, copy, entrypoint, env, expose, meta, PATH, run, TRIXIE_SLIM } from '../content/steps.ts';
import { dir, exec, file } from '../content/tree.ts';
import type { CatalogueImage, Step } from '../image.ts';

interface Version {
  readonly version: string;
  readonly base: Step;
  readonly alpine?: boolean;
  /** Bytes of the layer with the program. */
  readonly size: number;
  readonly transfer: number;
  /** Declared up to 8.0. */
  readonly volume: boolean;
  readonly tags: readonly string[];
}

function redis(o: Version): CatalogueImage {
  return {
    repository: 'library/redis',
    tags: o.tags,
    created: '2026-08-05T17:02:00Z',
    config: {
      ExposedPorts: { '6379/tcp': {} },
      Env: [PATH, ...(o.volume && !o.alpine ? ['GOSU_VERSION=1.17'] : []), `REDIS_VERSION=${o.version}`],
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['redis-server'],
      WorkingDir: '/data',
      ...(o.volume ? { Volumes: { '/data': {} } } : {}),
    },
    steps: [
      o.base,
      ...(o.alpine ? [cmd('/bin/sh')] : []),
      run('set -eux;  groupadd -r -g 999 redis;  useradd -r -g redis -u 999 redis', 2_600, 1_101, () =>
        o.alpine
          ? alpineAccounts({ passwd: 'redis:x:999:1000::/home/redis:/sbin/nologin\n', group: 'redis:x:1000:redis\n' })
          : debianAccounts({ passwd: 'redis:x:999:999::/home/redis:/bin/sh\n', group: 'redis:x:999:\n' }),
      ),
      run('set -eux;  apt-get update;  apt-get install -y --no-install-recommends   tzdata  ;  rm -rf /var/lib/apt/lists/*', 0, 824),
      ...env(`REDIS_VERSION=${o.version}`),
      run(
        'set -eux;   savedAptMark="$(apt-mark showmanual)";  ...  make -C /usr/src/redis -j "$(nproc)" all;  make -C /usr/src/redis install; ...',
        o.size,
        o.transfer,
        () => [exec('usr/local/bin/redis-server', 'redis-server'), exec('usr/local/bin/redis-cli', 'redis-cli')],
      ),
      run('mkdir /data && chown redis:redis /data', 0, 97, () => [dir('data', 0o755, 999, o.alpine ? 1000 : 999)]),
      ...(o.volume ? [meta('VOLUME [/data]')] : []),
      { by: 'WORKDIR /data', layer: () => [], size: 0, transfer: 32 },
      copy('docker-entrypoint.sh', '/usr/local/bin/', 4_000, 2_109, () => [
        file('usr/local/bin/docker-entrypoint.sh', REDIS_ENTRYPOINT, 0o755),
      ]),
      entrypoint('docker-entrypoint.sh'),
      expose('6379/tcp'),
      cmd('redis-server'),
    ],
  };
}

export const images: readonly CatalogueImage[] = [
  redis({
    version: '8.10.1',
    base: TRIXIE_SLIM,
    size: 76_400_000,
    transfer: 25_639_861,
    volume: false,
    tags: ['latest', '8', '8.10', '8.10.1', '8.10.1-trixie', '8-trixie', 'trixie'],
  }),
  redis({
    version: '8.10.1',
    base: alpineBase('3.23.5'),
    alpine: true,
    size: 66_500_000,
    transfer: 22_100_000,
    volume: false,
    tags: ['alpine', '8-alpine', '8.10-alpine', '8.10.1-alpine', 'alpine3.23'],
  }),
  redis({ version: '8.8.2', base: TRIXIE_SLIM, size: 75_000_000, transfer: 25_100_000, volume: false, tags: ['8.8', '8.8.2'] }),
  redis({
    version: '8.2.9',
    base: BOOKWORM_SLIM,
    size: 62_000_000,
    transfer: 22_000_000,
    volume: true,
    tags: ['8.2', '8.2.9', '8.2-bookworm'],
  }),
  redis({
    version: '7.4.11',
    base: BOOKWORM_SLIM,
    size: 42_200_000,
    transfer: 16_900_000,
    volume: true,
    tags: ['7', '7.4', '7.4.11', '7-bookworm', '7.4-bookworm'],
  }),
  redis({
    version: '7.4.11',
    base: alpineBase('3.21.7'),
    alpine: true,
    size: 33_500_000,
    transfer: 13_300_000,
    volume: true,
    tags: ['7-alpine', '7.4-alpine', '7.4.11-alpine', '7-alpine3.21'],
  }),
  redis({
    version: '7.2.16',
    base: BOOKWORM_SLIM,
    size: 41_200_000,
    transfer: 16_500_000,
    volume: true,
    tags: ['7.2', '7.2.16', '7.2-bookworm'],
  }),
  redis({
    version: '7.2.16',
    base: alpineBase('3.21.7'),
    alpine: true,
    size: 33_000_000,
    transfer: 13_200_000,
    volume: true,
    tags: ['7.2-alpine', '7.2.16-alpine'],
  }),
  redis({ version: '6.2.21', base: BOOKWORM_SLIM, size: 38_200_000, transfer: 15_000_000, volume: true, tags: ['6', '6.2', '6.2.21'] }),
  redis({
    version: '6.2.21',
    base: alpineBase('3.21.7'),
    alpine: true,
    size: 22_000_000,
    transfer: 8_900_000,
    volume: true,
    tags: ['6-alpine', '6.2-alpine'],
  }),
];
