import { HTTPD_CONF, HTTPD_FOREGROUND, HTTPD_PAGE, httpdPrograms } from '../content/httpd.ts';
import { alpineBase, cmd, copy, env, expose, meta, PATH, run, TRIXIE_SLIM } from '../content/steps.ts';
import { dir, dirs, file } from '../content/tree.ts';
import type { CatalogueImage, Step } from '../image.ts';

function httpd(version: string, base: Step, alpine: boolean, tags: readonly string[]): CatalogueImage {
  const prefix = 'usr/local/apache2';
  return {
    repository: 'library/httpd',
    tags,
    created: '2026-08-05T19:40:00Z',
    config: {
      ExposedPorts: { '80/tcp': {} },
      Env: [
        PATH.replace('=', '=/usr/local/apache2/bin:'),
        'HTTPD_PREFIX=/usr/local/apache2',
        `HTTPD_VERSION=${version}`,
        'HTTPD_SHA256=68c74d4df38c26bed4dfbdb8f3baf1eb532f3872357becc1bba5d136f6b63c06',
        'HTTPD_PATCHES=',
      ],
      Cmd: ['httpd-foreground'],
      WorkingDir: '/usr/local/apache2',
      StopSignal: 'SIGWINCH',
    },
    steps: [
      base,
      ...(alpine ? [cmd('/bin/sh')] : []),
      ...env('HTTPD_PREFIX=/usr/local/apache2', PATH.replace('=', '=/usr/local/apache2/bin:')),
      run('mkdir -p "$HTTPD_PREFIX"  && chown www-data:www-data "$HTTPD_PREFIX"', 0, 145, () => [
        dir(prefix, 0o755, alpine ? 82 : 33, alpine ? 82 : 33),
      ]),
      { by: 'WORKDIR /usr/local/apache2', layer: () => [], size: 0, transfer: 32 },
      run(
        'set -eux;  apt-get update;  apt-get install -y --no-install-recommends   ca-certificates   libaprutil1-ldap   libldap-common  ;  rm -rf /var/lib/apt/lists/*',
        5_300_000,
        2_008_639,
      ),
      ...env(`HTTPD_VERSION=${version}`, 'HTTPD_SHA256=68c74d4df38c26bed4dfbdb8f3baf1eb532f3872357becc1bba5d136f6b63c06', 'HTTPD_PATCHES='),
      run(
        'set -eux;   ...   ./configure   --prefix="$HTTPD_PREFIX"   --enable-mods-shared=reallyall  ;  make -j "$(nproc)";  make install; ...',
        alpine ? 52_000_000 : 33_100_000,
        alpine ? 17_000_000 : 13_453_247,
        () => [
          ...dirs(
            ...['bin', 'build', 'cgi-bin', 'conf', 'conf/extra', 'error', 'htdocs', 'icons', 'include', 'logs', 'modules'].map(
              (name) => `${prefix}/${name}`,
            ),
          ),
          ...httpdPrograms(),
          file(`${prefix}/conf/httpd.conf`, HTTPD_CONF),
          file(`${prefix}/htdocs/index.html`, HTTPD_PAGE),
        ],
      ),
      meta('STOPSIGNAL SIGWINCH'),
      copy('httpd-foreground', '/usr/local/bin/', 138, 292, () => [file('usr/local/bin/httpd-foreground', HTTPD_FOREGROUND, 0o755)]),
      expose('80/tcp'),
      cmd('httpd-foreground'),
    ],
  };
}

export const images: readonly CatalogueImage[] = [
  httpd('2.4.68', TRIXIE_SLIM, false, ['latest', '2', '2.4', '2.4.68', '2.4.68-trixie', '2-trixie', 'trixie']),
  httpd('2.4.68', alpineBase('3.24.1'), true, ['alpine', '2-alpine', '2.4-alpine', '2.4.68-alpine', 'alpine3.24']),
];
