import { alpineAccounts } from '../content/alpine.ts';
import { alpineNginxFiles, nginxPackages, nginxScripts } from '../content/nginx.ts';
import { alpineBase, BOOKWORM_SLIM, cmd, copy, entrypoint, env, expose, meta, PATH, run, TRIXIE_SLIM } from '../content/steps.ts';
import { file } from '../content/tree.ts';
import type { CatalogueImage, Step } from '../image.ts';

const SCRIPT_SIZES: readonly (readonly [size: number, transfer: number])[] = [
  [1_620, 626],
  [389, 403],
  [2_120, 955],
  [3_020, 1_210],
  [4_620, 1_397],
];

interface Version {
  readonly version: string;
  readonly njs: string;
  readonly base: Step;
  readonly suite: string;
  readonly size: number;
  readonly transfer: number;
  readonly tags: readonly string[];
}

const MAINTAINER = 'NGINX Docker Maintainers <docker-maint@nginx.com>';

function nginx(o: Version): CatalogueImage {
  const alpine = o.suite.startsWith('alpine');
  const release = alpine ? '1' : `1~${o.suite}`;
  const variables = [
    `NGINX_VERSION=${o.version}`,
    `NJS_VERSION=${o.njs}`,
    `NJS_RELEASE=${release}`,
    ...(o.version.startsWith('1.31') ? ['ACME_VERSION=0.4.1'] : []),
    `PKG_RELEASE=${release}`,
    `DYNPKG_RELEASE=${release}`,
  ];
  const packages = () =>
    alpine
      ? [
          ...nginxPackages().filter((e) => e.name !== 'etc/passwd' && e.name !== 'etc/group'),
          ...alpineNginxFiles(),
          ...alpineAccounts({ passwd: 'nginx:x:101:101:nginx:/var/cache/nginx:/sbin/nologin\n', group: 'nginx:x:101:nginx\n' }),
        ]
      : nginxPackages();
  return {
    repository: 'library/nginx',
    tags: o.tags,
    created: '2026-08-13T21:28:00Z',
    config: {
      ExposedPorts: { '80/tcp': {} },
      Env: [PATH, ...variables],
      Entrypoint: ['/docker-entrypoint.sh'],
      Cmd: ['nginx', '-g', 'daemon off;'],
      Labels: { maintainer: MAINTAINER },
      StopSignal: 'SIGQUIT',
    },
    steps: [
      o.base,
      ...(alpine ? [cmd('/bin/sh')] : []),
      meta(`LABEL maintainer=${MAINTAINER}`),
      ...env(...variables),
      run(
        alpine
          ? 'set -x     && addgroup -g 101 -S nginx     && adduser -S -D -H -u 101 -h /var/cache/nginx -s /sbin/nologin -G nginx -g nginx nginx     && apk add --no-cache ...'
          : 'set -x     && groupadd --system --gid 101 nginx     && useradd --system --gid nginx --no-create-home --home /nonexistent --comment "nginx user" --shell /bin/false --uid 101 nginx     && apt-get update ...',
        o.size,
        o.transfer,
        packages,
      ),
      ...nginxScripts.map(([name, text], i) =>
        copy(name.replace(/.*\//, ''), name.includes('/') ? '/docker-entrypoint.d' : '/', SCRIPT_SIZES[i][0], SCRIPT_SIZES[i][1], () => [
          file(name, text, 0o755),
        ]),
      ),
      entrypoint('/docker-entrypoint.sh'),
      expose('80/tcp'),
      meta('STOPSIGNAL SIGQUIT'),
      cmd('nginx', '-g', 'daemon off;'),
    ],
  };
}

const trixie = { base: TRIXIE_SLIM, suite: 'trixie', size: 82_700_000, transfer: 33_325_076 };
const alpine = { base: alpineBase('3.24.1'), suite: 'alpine3.24', size: 53_400_000, transfer: 18_600_000 };

export const images: readonly CatalogueImage[] = [
  nginx({
    ...trixie,
    version: '1.31.4',
    njs: '1.0.0',
    tags: ['latest', '1', '1.31', '1.31.4', 'mainline', '1.31.4-trixie', 'mainline-trixie', '1-trixie', 'trixie'],
  }),
  nginx({
    ...alpine,
    version: '1.31.4',
    njs: '1.0.0',
    tags: ['alpine', '1-alpine', '1.31-alpine', '1.31.4-alpine', 'mainline-alpine', '1.31.4-alpine3.24', 'alpine3.24'],
  }),
  nginx({
    ...alpine,
    size: 4_470_000,
    transfer: 2_100_000,
    version: '1.31.4',
    njs: '1.0.0',
    tags: ['alpine-slim', '1-alpine-slim', '1.31-alpine-slim', '1.31.4-alpine-slim'],
  }),
  nginx({
    ...trixie,
    size: 81_400_000,
    version: '1.30.4',
    njs: '0.9.4',
    tags: ['stable', '1.30', '1.30.4', 'stable-trixie', '1.30.4-trixie'],
  }),
  nginx({ ...alpine, version: '1.30.4', njs: '0.9.4', tags: ['stable-alpine', '1.30-alpine', '1.30.4-alpine'] }),
  nginx({ ...trixie, size: 73_400_000, version: '1.29.8', njs: '0.9.4', tags: ['1.29', '1.29.8'] }),
  nginx({ ...alpine, size: 44_200_000, version: '1.29.8', njs: '0.9.4', tags: ['1.29-alpine', '1.29.8-alpine'] }),
  nginx({
    base: BOOKWORM_SLIM,
    suite: 'bookworm',
    size: 117_200_000,
    transfer: 43_900_000,
    version: '1.27.5',
    njs: '0.8.10',
    tags: ['1.27', '1.27.5'],
  }),
  nginx({
    base: alpineBase('3.21.7'),
    suite: 'alpine3.21',
    size: 40_400_000,
    transfer: 16_300_000,
    version: '1.27.5',
    njs: '0.8.10',
    tags: ['1.27-alpine', '1.27.5-alpine'],
  }),
  nginx({
    base: BOOKWORM_SLIM,
    suite: 'bookworm',
    size: 112_200_000,
    transfer: 41_400_000,
    version: '1.25.5',
    njs: '0.8.4',
    tags: ['1.25', '1.25.5'],
  }),
  nginx({
    base: alpineBase('3.18.12'),
    suite: 'alpine3.18',
    size: 35_260_000,
    transfer: 14_600_000,
    version: '1.25.5',
    njs: '0.8.4',
    tags: ['1.25-alpine', '1.25.5-alpine'],
  }),
];
