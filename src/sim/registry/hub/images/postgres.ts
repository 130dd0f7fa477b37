import { alpineAccounts } from '../content/alpine.ts';
import { debianAccounts } from '../content/debian.ts';
import { POSTGRES_ENTRYPOINT, postgresTree } from '../content/postgres.ts';
import { alpineBase, BOOKWORM_SLIM, cmd, copy, entrypoint, env, expose, meta, PATH, run, TRIXIE_SLIM } from '../content/steps.ts';
import { exec, file } from '../content/tree.ts';
import type { CatalogueImage, Step } from '../image.ts';

interface Version {
  readonly version: string;
  readonly suite: string;
  readonly base: Step;
  /** Bytes of the packages' layer. */
  readonly size: number;
  readonly transfer: number;
  readonly tags: readonly string[];
}

function postgres(o: Version): CatalogueImage {
  const major = o.version.split('.')[0];
  const alpine = o.suite === 'alpine';
  const uid = alpine ? 70 : 999;
  const packaged = alpine ? o.version : `${o.version}-1.pgdg${o.suite === 'trixie' ? '13' : '12'}+2`;
  const data = Number(major) >= 18 ? `/var/lib/postgresql/${major}/docker` : '/var/lib/postgresql/data';
  const volume = Number(major) >= 18 ? '/var/lib/postgresql' : '/var/lib/postgresql/data';
  const path = alpine ? PATH : `${PATH}:/usr/lib/postgresql/${major}/bin`;
  const owned = () => postgresTree(major, alpine).map((e) => (e.uid === 999 ? { ...e, uid, gid: uid } : e));
  return {
    repository: 'library/postgres',
    tags: o.tags,
    created: '2026-08-13T22:10:00Z',
    config: {
      ExposedPorts: { '5432/tcp': {} },
      Env: [
        path,
        'GOSU_VERSION=1.19',
        alpine ? 'LANG=en_US.utf8' : 'LANG=en_US.utf8',
        `PG_MAJOR=${major}`,
        `PG_VERSION=${packaged}`,
        `PGDATA=${data}`,
      ],
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['postgres'],
      Volumes: { [volume]: {} },
      StopSignal: 'SIGINT',
    },
    steps: [
      o.base,
      ...(alpine ? [cmd('/bin/sh')] : []),
      run(
        'set -eux;  groupadd -r postgres --gid=999;  useradd -r -g postgres --uid=999 --home-dir=/var/lib/postgresql --shell=/bin/bash postgres; ...',
        2_900,
        1_167,
        () =>
          alpine
            ? alpineAccounts({
                passwd: 'postgres:x:70:70:PostgreSQL user:/var/lib/postgresql:/bin/sh\n',
                group: 'postgres:x:70:postgres\n',
              })
            : debianAccounts({ passwd: 'postgres:x:999:999::/var/lib/postgresql:/bin/bash\n', group: 'postgres:x:999:\n' }),
      ),
      run(
        'set -ex;  apt-get update;  apt-get install -y --no-install-recommends   gnupg   less  ;  rm -rf /var/lib/apt/lists/*',
        16_500_000,
        6_443_022,
      ),
      ...env('GOSU_VERSION=1.19'),
      run('set -eux;  ...  chmod +x /usr/local/bin/gosu;  gosu --version;  gosu nobody true', 2_400_000, 1_256_766, () => [
        exec('usr/local/bin/gosu', 'gosu'),
      ]),
      run('set -eux;  ...  localedef -i en_US -c -f UTF-8 -A /usr/share/locale/locale.alias en_US.UTF-8', 26_000_000, 8_203_833, () =>
        alpine ? [exec('bin/bash', 'bash')] : [],
      ),
      ...env('LANG=en_US.utf8'),
      run(
        'set -eux;  apt-get update;  apt-get install -y --no-install-recommends   libnss-wrapper   xz-utils   zstd  ;  rm -rf /var/lib/apt/lists/*',
        3_600_000,
        1_311_722,
      ),
      run('mkdir /docker-entrypoint-initdb.d', 0, 116),
      run('set -ex;  key="B97B0AFCAA1A47F044F244A07FCC7D46ACCC4CF8"; ...', 3_300, 3_138),
      ...env(`PG_MAJOR=${major}`, path, `PG_VERSION=${packaged}`),
      run(
        'set -ex;   export PYTHONDONTWRITEBYTECODE=1; ...  apt-get install -y --no-install-recommends   "postgresql-$PG_MAJOR=$PG_VERSION"  ; ...',
        o.size,
        o.transfer,
        owned,
      ),
      run(
        'set -eux;  dpkg-divert --add --rename --divert "/usr/share/postgresql/postgresql.conf.sample.dpkg" ...  sed -ri "s!^#?(listen_addresses)\\s*=\\s*\\S+.*!\\1 = \'*\'!" ...',
        65_000,
        19_418,
      ),
      run('install --verbose --directory --owner postgres --group postgres --mode 3777 /var/run/postgresql', 0, 128),
      ...env(`PGDATA=${data}`),
      meta(`VOLUME [${volume}]`),
      copy('docker-entrypoint.sh docker-ensure-initdb.sh', '/usr/local/bin/', 18_000, 6_108, () => [
        file('usr/local/bin/docker-entrypoint.sh', POSTGRES_ENTRYPOINT, 0o755),
      ]),
      run('ln -sT docker-ensure-initdb.sh /usr/local/bin/docker-enforce-initdb.sh', 30, 186),
      entrypoint('docker-entrypoint.sh'),
      meta('STOPSIGNAL SIGINT'),
      expose('5432/tcp'),
      cmd('postgres'),
    ],
  };
}

const trixie = { suite: 'trixie', base: TRIXIE_SLIM, transfer: 115_397_538 };
const alpine = { suite: 'alpine', base: alpineBase('3.24.1'), transfer: 60_000_000 };

export const images: readonly CatalogueImage[] = [
  postgres({ ...trixie, version: '18.6', size: 329_000_000, tags: ['latest', '18', '18.6', '18-trixie', '18.6-trixie', 'trixie'] }),
  postgres({ ...alpine, version: '18.6', size: 223_000_000, tags: ['alpine', '18-alpine', '18.6-alpine', '18-alpine3.24', 'alpine3.24'] }),
  postgres({ ...trixie, version: '17.11', size: 311_000_000, tags: ['17', '17.11', '17-trixie'] }),
  postgres({ ...alpine, version: '17.11', size: 222_000_000, tags: ['17-alpine', '17.11-alpine'] }),
  postgres({
    suite: 'bookworm',
    base: BOOKWORM_SLIM,
    transfer: 110_000_000,
    version: '16.15',
    size: 309_000_000,
    tags: ['16', '16.15', '16-bookworm'],
  }),
  postgres({ ...alpine, version: '16.15', size: 217_000_000, tags: ['16-alpine', '16.15-alpine'] }),
  postgres({
    suite: 'bookworm',
    base: BOOKWORM_SLIM,
    transfer: 108_000_000,
    version: '15.18',
    size: 302_000_000,
    tags: ['15', '15.18', '15-bookworm'],
  }),
  postgres({ ...alpine, version: '15.18', size: 188_000_000, tags: ['15-alpine', '15.18-alpine'] }),
  postgres({
    suite: 'bookworm',
    base: BOOKWORM_SLIM,
    transfer: 107_000_000,
    version: '14.23',
    size: 299_000_000,
    tags: ['14', '14.23', '14-bookworm'],
  }),
  postgres({ suite: 'bookworm', base: BOOKWORM_SLIM, transfer: 106_000_000, version: '13.23', size: 296_000_000, tags: ['13', '13.23'] }),
];
