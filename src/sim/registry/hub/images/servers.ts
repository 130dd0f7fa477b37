import { alpineTree } from '../content/busybox.ts';
import { nginxPackages, nginxScripts } from '../content/nginx.ts';
import { REDIS_ENTRYPOINT } from '../content/redis.ts';
import { dir, dirs, exec, file } from '../content/tree.ts';
import type { CatalogueImage, Step } from '../image.ts';
import { TRIXIE_SLIM } from './bases.ts';

const PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const copy = (name: string, text: string, size: number, transfer: number, target: string): Step => ({
  by: `COPY ${name.replace(/.*\//, '')} ${target} # buildkit`,
  layer: () => [file(name, text, 0o755)],
  size,
  transfer,
});

const SCRIPT_SIZES: readonly (readonly [size: number, transfer: number])[] = [
  [1_620, 626],
  [389, 403],
  [2_120, 955],
  [3_020, 1_210],
  [4_620, 1_397],
];

function nginx(version: string, tags: string[], base: Step, alpine: boolean): CatalogueImage {
  return {
    repository: 'library/nginx',
    tags,
    created: '2026-08-13T21:28:00Z',
    config: {
      ExposedPorts: { '80/tcp': {} },
      Env: [
        PATH,
        `NGINX_VERSION=${version}`,
        'NJS_VERSION=1.0.0',
        'NJS_RELEASE=1~trixie',
        'PKG_RELEASE=1~trixie',
        'DYNPKG_RELEASE=1~trixie',
      ],
      Entrypoint: ['/docker-entrypoint.sh'],
      Cmd: ['nginx', '-g', 'daemon off;'],
      Labels: { maintainer: 'NGINX Docker Maintainers <docker-maint@nginx.com>' },
      StopSignal: 'SIGQUIT',
    },
    steps: [
      base,
      { by: 'LABEL maintainer=NGINX Docker Maintainers <docker-maint@nginx.com>' },
      { by: `ENV NGINX_VERSION=${version}` },
      { by: 'ENV NJS_VERSION=1.0.0' },
      { by: 'ENV PKG_RELEASE=1~trixie' },
      {
        by: 'RUN /bin/sh -c set -x     && groupadd --system --gid 101 nginx     && useradd --system --gid nginx --no-create-home --home /nonexistent --comment "nginx user" --shell /bin/false --uid 101 nginx     && apt-get update # buildkit',
        layer: nginxPackages,
        size: alpine ? 45_000_000 : 82_700_000,
        transfer: alpine ? 17_000_000 : 33_325_076,
      },
      ...nginxScripts.map(([name, text], i) =>
        copy(name, text, SCRIPT_SIZES[i][0], SCRIPT_SIZES[i][1], name.includes('/') ? '/docker-entrypoint.d' : '/'),
      ),
      { by: 'ENTRYPOINT ["/docker-entrypoint.sh"]' },
      { by: 'EXPOSE map[80/tcp:{}]' },
      { by: 'STOPSIGNAL SIGQUIT' },
      { by: 'CMD ["nginx" "-g" "daemon off;"]' },
    ],
  };
}

const ALPINE_BASE: Step = {
  by: 'ADD alpine-minirootfs-3.24.1-x86_64.tar.gz / # buildkit',
  layer: () => alpineTree('3.24.1'),
  size: 8_530_000,
  transfer: 3_849_738,
};

function redis(version: string, tags: string[], volume: boolean): CatalogueImage {
  return {
    repository: 'library/redis',
    tags,
    created: '2026-08-05T17:02:00Z',
    config: {
      ExposedPorts: { '6379/tcp': {} },
      Env: [PATH, `REDIS_VERSION=${version}`],
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['redis-server'],
      WorkingDir: '/data',
      ...(volume ? { Volumes: { '/data': {} } } : {}),
    },
    steps: [
      TRIXIE_SLIM,
      {
        by: 'RUN /bin/sh -c set -eux;  groupadd -r -g 999 redis;  useradd -r -g redis -u 999 redis # buildkit',
        layer: () => [dir('etc/redis')],
        size: 2_600,
        transfer: 1_101,
      },
      { by: `ENV REDIS_VERSION=${version}` },
      {
        by: 'RUN /bin/sh -c set -eux; ... make -C /usr/src/redis install # buildkit',
        layer: () => [exec('usr/local/bin/redis-server', 'redis-server'), exec('usr/local/bin/redis-cli', 'redis-cli')],
        size: 76_400_000,
        transfer: 25_639_861,
      },
      {
        by: 'RUN /bin/sh -c mkdir /data && chown redis:redis /data # buildkit',
        layer: () => [dir('data', 0o755, 999, 999)],
        size: 0,
        transfer: 97,
      },
      ...(volume ? [{ by: 'VOLUME [/data]' }] : []),
      { by: 'WORKDIR /data' },
      {
        by: 'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit',
        layer: () => [file('usr/local/bin/docker-entrypoint.sh', REDIS_ENTRYPOINT, 0o755)],
        size: 4_000,
        transfer: 2_109,
      },
      { by: 'ENTRYPOINT ["docker-entrypoint.sh"]' },
      { by: 'EXPOSE map[6379/tcp:{}]' },
      { by: 'CMD ["redis-server"]' },
    ],
  };
}

const HTTPD_PAGE = '<html><body><h1>It works!</h1></body></html>\n';
const HTTPD_CONF = 'ServerRoot "/usr/local/apache2"\nListen 80\nDocumentRoot "/usr/local/apache2/htdocs"\nDirectoryIndex index.html\n';

function httpd(version: string, tags: string[]): CatalogueImage {
  return {
    repository: 'library/httpd',
    tags,
    created: '2026-08-05T19:40:00Z',
    config: {
      ExposedPorts: { '80/tcp': {} },
      Env: [
        'PATH=/usr/local/apache2/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        'HTTPD_PREFIX=/usr/local/apache2',
        `HTTPD_VERSION=${version}`,
        'HTTPD_PATCHES=',
      ],
      Cmd: ['httpd-foreground'],
      WorkingDir: '/usr/local/apache2',
      StopSignal: 'SIGWINCH',
    },
    steps: [
      TRIXIE_SLIM,
      { by: 'ENV HTTPD_PREFIX=/usr/local/apache2' },
      {
        by: 'RUN /bin/sh -c mkdir -p "$HTTPD_PREFIX"  && chown www-data:www-data "$HTTPD_PREFIX" # buildkit',
        layer: () => [dir('usr/local/apache2', 0o755, 33, 33)],
        size: 0,
        transfer: 145,
      },
      { by: 'WORKDIR /usr/local/apache2' },
      { by: `ENV HTTPD_VERSION=${version}` },
      {
        by: 'RUN /bin/sh -c set -eux; ... make install # buildkit',
        layer: () => [
          ...dirs('usr/local/apache2/bin', 'usr/local/apache2/conf', 'usr/local/apache2/htdocs', 'usr/local/apache2/logs'),
          exec('usr/local/apache2/bin/httpd', 'httpd'),
          file('usr/local/apache2/conf/httpd.conf', HTTPD_CONF),
          file('usr/local/apache2/htdocs/index.html', HTTPD_PAGE),
        ],
        size: 38_400_000,
        transfer: 15_461_886,
      },
      {
        by: 'COPY httpd-foreground /usr/local/bin/ # buildkit',
        layer: () => [
          file(
            'usr/local/bin/httpd-foreground',
            '#!/bin/sh\nset -e\nrm -f /usr/local/apache2/logs/httpd.pid\nexec httpd -DFOREGROUND "$@"\n',
            0o755,
          ),
        ],
        size: 138,
        transfer: 292,
      },
      { by: 'EXPOSE map[80/tcp:{}]' },
      { by: 'STOPSIGNAL SIGWINCH' },
      { by: 'CMD ["httpd-foreground"]' },
    ],
  };
}

export const images: readonly CatalogueImage[] = [
  nginx('1.31.4', ['latest', '1', '1.31', '1.31.4', 'mainline', 'trixie'], TRIXIE_SLIM, false),
  nginx('1.30.5', ['stable', '1.30', '1.30.5'], TRIXIE_SLIM, false),
  nginx('1.27.5', ['1.27', '1.27.5'], TRIXIE_SLIM, false),
  nginx('1.25.5', ['1.25', '1.25.5'], TRIXIE_SLIM, false),
  nginx('1.31.4', ['alpine', '1.31-alpine', '1-alpine', 'mainline-alpine'], ALPINE_BASE, true),
  httpd('2.4.68', ['latest', '2', '2.4', '2.4.68']),
  redis('8.10.1', ['latest', '8', '8.10', '8.10.1'], false),
  redis('7.4.9', ['7', '7.4', '7.4.9'], true),
];
