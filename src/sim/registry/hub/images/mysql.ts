import { MYSQL_ENTRYPOINT, mysqlAccounts, mysqlTree, oracleTree } from '../content/mysql.ts';
import { cmd, copy, entrypoint, env, expose, meta, PATH, run } from '../content/steps.ts';
import { exec, file } from '../content/tree.ts';
import type { CatalogueImage, Step } from '../image.ts';

const ORACLE: Step = {
  by: 'ADD oraclelinux-9-slim-amd64-rootfs.tar.xz / # buildkit',
  layer: oracleTree,
  size: 121_000_000,
  transfer: 47_931_319,
};

function mysql(version: string, major: string, server: number, tags: readonly string[]): CatalogueImage {
  const packaged = `${version}-1.el9`;
  return {
    repository: 'library/mysql',
    tags,
    created: '2026-07-21T23:50:00Z',
    config: {
      ExposedPorts: { '3306/tcp': {}, '33060/tcp': {} },
      Env: [PATH, 'GOSU_VERSION=1.19', `MYSQL_MAJOR=${major}`, `MYSQL_VERSION=${packaged}`, `MYSQL_SHELL_VERSION=${packaged}`],
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['mysqld'],
      Volumes: { '/var/lib/mysql': {} },
    },
    steps: [
      ORACLE,
      cmd('/bin/bash'),
      run(
        'set -eux;  groupadd --system --gid 999 mysql;  useradd --system --uid 999 --gid 999 --home-dir /var/lib/mysql --no-create-home mysql',
        1_500,
        885,
        mysqlAccounts,
      ),
      ...env('GOSU_VERSION=1.19'),
      run('set -eux;  ...  chmod +x /usr/local/bin/gosu;  gosu --version;  gosu nobody true', 2_400_000, 783_541, () => [
        exec('usr/local/bin/gosu', 'gosu'),
      ]),
      run('set -eux;  microdnf install -y   bzip2   gzip   openssl   xz   zstd   findutils  ;  microdnf clean all', 17_000_000, 6_193_394),
      run("set -eux;  key='B7B3B788A8D3785C'; ...", 3_000, 2_605),
      ...env(`MYSQL_MAJOR=${major}`, `MYSQL_VERSION=${packaged}`),
      run('set -eu;   { echo "[mysql$MYSQL_MAJOR-server-minimal]"; ...  } | tee /etc/yum.repos.d/mysql-community-minimal.repo', 230, 339),
      run(
        'set -eux;  microdnf install -y "mysql-community-server-minimal-$MYSQL_VERSION";  microdnf clean all; ...',
        server,
        57_457_519,
        mysqlTree,
      ),
      run('set -eu;   { echo "[mysql-tools-community]"; ...  } | tee /etc/yum.repos.d/mysql-community-tools.repo', 220, 324),
      ...env(`MYSQL_SHELL_VERSION=${packaged}`),
      run(
        'set -eux;  microdnf install -y "mysql-shell-$MYSQL_SHELL_VERSION";  microdnf clean all;   mysqlsh --version',
        540_000_000,
        159_975_330,
      ),
      meta('VOLUME [/var/lib/mysql]'),
      copy('docker-entrypoint.sh', '/usr/local/bin/', 14_000, 5_223, () => [
        file('usr/local/bin/docker-entrypoint.sh', MYSQL_ENTRYPOINT, 0o755),
      ]),
      entrypoint('docker-entrypoint.sh'),
      expose('3306/tcp', '33060/tcp'),
      cmd('mysqld'),
    ],
  };
}

export const images: readonly CatalogueImage[] = [
  mysql('26.7.0', 'innovation', 230_000_000, ['latest', '26', '26.7', '26.7.0', 'innovation', '26.7.0-oraclelinux9', '26-oraclelinux9']),
  mysql('9.7.2', '9.7-lts', 220_000_000, ['9', '9.7', '9.7.2', 'lts', '9.7.2-oraclelinux9', '9-oraclelinux9']),
  mysql('8.4.11', '8.4-lts', 100_000_000, ['8', '8.4', '8.4.11', '8.4-oraclelinux9', '8-oraclelinux9']),
  mysql('8.0.46', '8.0', 84_000_000, ['8.0', '8.0.46']),
];
