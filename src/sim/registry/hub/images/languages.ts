/** node and python: on buildpack-deps, on slim Debian, on Alpine. */
import { alpineAccounts } from '../content/alpine.ts';
import { debianAccounts } from '../content/debian.ts';
import {
  alpineBase,
  BOOKWORM,
  BOOKWORM_SLIM,
  buildpackDeps,
  cmd,
  copy,
  entrypoint,
  env,
  PATH,
  run,
  TRIXIE,
  TRIXIE_SLIM,
} from '../content/steps.ts';
import { dir, dirs, exec, file, link } from '../content/tree.ts';
import type { CatalogueImage, Step } from '../image.ts';

type Kind = 'full' | 'slim' | 'alpine';

/** An argument that is an option, or no command, is node's. */
const NODE_ENTRYPOINT = `#!/bin/sh
set -e
if [ "\${1#-}" != "$1" ] || [ -z "$(command -v "$1")" ] || { [ -f "$1" ] && ! [ -x "$1" ]; }; then
  set -- node "$@"
fi
exec "$@"
`;

const bases = (kind: Kind, suite: 'trixie' | 'bookworm', alpine: string): readonly Step[] => {
  if (kind === 'alpine') return [alpineBase(alpine), cmd('/bin/sh')];
  if (kind === 'slim') return [suite === 'trixie' ? TRIXIE_SLIM : BOOKWORM_SLIM];
  return buildpackDeps(suite === 'trixie' ? TRIXIE : BOOKWORM);
};

function node(
  version: string,
  kind: Kind,
  suite: 'trixie' | 'bookworm',
  size: number,
  transfer: number,
  tags: readonly string[],
): CatalogueImage {
  const accounts = () =>
    kind === 'alpine'
      ? alpineAccounts({ passwd: 'node:x:1000:1000::/home/node:/bin/sh\n', group: 'node:x:1000:node\n' })
      : debianAccounts({ passwd: 'node:x:1000:1000::/home/node:/bin/bash\n', group: 'node:x:1000:\n' });
  return {
    repository: 'library/node',
    tags,
    created: '2026-08-12T18:30:00Z',
    config: {
      Env: [PATH, `NODE_VERSION=${version}`, ...(Number.parseInt(version, 10) > 24 ? [] : ['YARN_VERSION=1.22.22'])],
      Entrypoint: ['docker-entrypoint.sh'],
      Cmd: ['node'],
    },
    steps: [
      ...bases(kind, suite, '3.24.1'),
      run('groupadd --gid 1000 node   && useradd --uid 1000 --gid node --shell /bin/bash --create-home node', 9_000, 3_329, () => [
        ...accounts(),
        dir('home/node', 0o755, 1000, 1000),
      ]),
      ...env(`NODE_VERSION=${version}`),
      run(
        'ARCH= OPENSSL_ARCH= && dpkgArch="$(dpkg --print-architecture)"   && ...   && ln -s /usr/local/bin/node /usr/local/bin/nodejs   && node --version   && npm --version   && rm -rf /tmp/*',
        size,
        transfer,
        () => [
          exec('usr/local/bin/node', 'node'),
          link('usr/local/bin/nodejs', '/usr/local/bin/node'),
          ...['npm', 'npx', ...(Number.parseInt(version, 10) < 25 ? ['corepack'] : [])].map((name) => exec(`usr/local/bin/${name}`, name)),
          ...dirs('usr/local/include/node', 'usr/local/lib/node_modules'),
        ],
      ),
      ...yarn(version),
      copy('docker-entrypoint.sh', '/usr/local/bin/', 388, 446, () => [file('usr/local/bin/docker-entrypoint.sh', NODE_ENTRYPOINT, 0o755)]),
      entrypoint('docker-entrypoint.sh'),
      cmd('node'),
    ],
  };
}

/** Yarn 1 came with the images up to node 24. */
function yarn(version: string): readonly Step[] {
  if (Number.parseInt(version, 10) > 24) return [];
  return [
    ...env('YARN_VERSION=1.22.22'),
    run(
      'set -ex   && ...   && ln -s /opt/yarn-v$YARN_VERSION/bin/yarn /usr/local/bin/yarn   && ...   && yarn --version',
      5_360_000,
      1_713_000,
      () => [exec('usr/local/bin/yarn', 'yarn'), link('usr/local/bin/yarnpkg', 'yarn')],
    ),
  ];
}

function python(
  version: string,
  kind: Kind,
  suite: 'trixie' | 'bookworm',
  size: number,
  transfer: number,
  tags: readonly string[],
): CatalogueImage {
  const minor = version.split('.').slice(0, 2).join('.');
  const variables = [`PYTHON_VERSION=${version}`, 'PYTHON_SHA256=143b1dddefaec3bd2e21e3b839b34a2b7fb9842272883c576420d605e9f30c63'];
  const path = PATH.replace('=', '=/usr/local/bin:');
  return {
    repository: 'library/python',
    tags,
    created: '2026-08-12T20:00:00Z',
    config: { Env: [path, ...(minor < '3.13' ? ['LANG=C.UTF-8'] : []), ...variables], Cmd: ['python3'] },
    steps: [
      ...bases(kind, suite, '3.24.1'),
      ...env(path),
      run(
        'set -eux;  apt-get update;  apt-get install -y --no-install-recommends   libbluetooth-dev   tk-dev   uuid-dev  ;  rm -rf /var/lib/apt/lists/*',
        kind === 'full' ? 19_000_000 : 4_000_000,
        kind === 'full' ? 6_200_000 : 1_300_000,
      ),
      ...env(...variables),
      run(
        'set -eux;   wget -O python.tar.xz "https://www.python.org/ftp/python/${PYTHON_VERSION%%[a-z]*}/Python-$PYTHON_VERSION.tar.xz"; ...  make install; ...  python3 --version;   pip3 --version',
        size,
        transfer,
        () => [
          exec(`usr/local/bin/python${minor}`, 'python3'),
          link('usr/local/bin/python3', `python${minor}`),
          exec(`usr/local/bin/pip${minor}`, 'pip'),
          exec('usr/local/bin/pip3', 'pip'),
          exec(`usr/local/bin/pydoc${minor}`, 'pydoc'),
          link('usr/local/bin/pydoc3', `pydoc${minor}`),
          exec(`usr/local/bin/idle${minor}`, 'idle'),
          link('usr/local/bin/idle3', `idle${minor}`),
          exec(`usr/local/bin/python${minor}-config`, 'python-config'),
          link('usr/local/bin/python3-config', `python${minor}-config`),
          ...dirs(`usr/local/lib/python${minor}`, `usr/local/lib/python${minor}/site-packages`),
        ],
      ),
      run(
        'set -eux;  for src in idle3 pip3 pydoc3 python3 python3-config; do   dst="$(echo "$src" | tr -d 3)"; ...   ln -svT "$src" "/usr/local/bin/$dst";  done',
        36,
        250,
        () =>
          ['idle', 'pip', 'pydoc', 'python', 'python-config'].map((name) => link(`usr/local/bin/${name}`, name.replace(/^[a-z]+/, '$&3'))),
      ),
      cmd('python3'),
    ],
  };
}

export const images: readonly CatalogueImage[] = [
  node('26.7.0', 'full', 'trixie', 178_000_000, 63_411_295, ['latest', '26', '26.7', '26.7.0', 'current', '26-trixie', 'trixie']),
  node('26.7.0', 'slim', 'trixie', 153_000_000, 50_000_000, [
    'slim',
    '26-slim',
    '26.7-slim',
    '26.7.0-slim',
    '26-trixie-slim',
    'current-slim',
  ]),
  node('26.7.0', 'alpine', 'trixie', 161_000_000, 53_000_000, [
    'alpine',
    '26-alpine',
    '26.7-alpine',
    '26.7.0-alpine',
    '26-alpine3.24',
    'current-alpine',
  ]),
  node('24.19.0', 'full', 'bookworm', 158_000_000, 57_000_000, ['lts', '24', '24.19', '24.19.0', 'krypton', '24-bookworm']),
  node('24.19.0', 'slim', 'bookworm', 151_000_000, 49_000_000, ['lts-slim', '24-slim', '24.19-slim', '24-bookworm-slim']),
  node('24.19.0', 'alpine', 'bookworm', 156_000_000, 52_000_000, ['lts-alpine', '24-alpine', '24.19-alpine', '24-alpine3.24']),
  node('22.22.2', 'full', 'bookworm', 151_000_000, 55_000_000, ['22', '22.22', 'jod', '22-bookworm']),
  node('22.22.2', 'slim', 'bookworm', 151_000_000, 49_000_000, ['22-slim', '22-bookworm-slim']),
  node('22.22.2', 'alpine', 'bookworm', 152_000_000, 51_000_000, ['22-alpine', '22.22-alpine']),
  node('20.20.2', 'full', 'bookworm', 131_000_000, 48_000_000, ['20', '20.20', 'iron', '20-bookworm']),
  node('20.20.2', 'slim', 'bookworm', 126_000_000, 42_000_000, ['20-slim', '20-bookworm-slim']),
  node('20.20.2', 'alpine', 'bookworm', 125_000_000, 42_000_000, ['20-alpine', '20.20-alpine']),
  node('18.20.8', 'full', 'bookworm', 121_000_000, 45_000_000, ['18', '18.20', 'hydrogen', '18-bookworm']),
  node('18.20.8', 'slim', 'bookworm', 118_000_000, 40_000_000, ['18-slim', '18-bookworm-slim']),
  node('18.20.8', 'alpine', 'bookworm', 119_000_000, 40_000_000, ['18-alpine', '18.20-alpine']),
  python('3.14.7', 'full', 'trixie', 119_000_000, 20_000_000, ['latest', '3', '3.14', '3.14.7', '3-trixie', '3.14-trixie', 'trixie']),
  python('3.14.7', 'slim', 'trixie', 36_400_000, 12_600_000, [
    'slim',
    '3-slim',
    '3.14-slim',
    '3.14.7-slim',
    '3.14-slim-trixie',
    'slim-trixie',
  ]),
  python('3.14.7', 'alpine', 'trixie', 35_500_000, 12_400_000, ['alpine', '3-alpine', '3.14-alpine', '3.14.7-alpine', '3.14-alpine3.24']),
  python('3.13.15', 'full', 'trixie', 68_000_000, 19_000_000, ['3.13', '3.13.15', '3.13-trixie']),
  python('3.13.15', 'slim', 'trixie', 38_400_000, 12_000_000, ['3.13-slim', '3.13.15-slim', '3.13-slim-trixie']),
  python('3.13.15', 'alpine', 'trixie', 34_000_000, 12_000_000, ['3.13-alpine', '3.13.15-alpine']),
  python('3.12.13', 'full', 'bookworm', 52_000_000, 18_000_000, ['3.12', '3.12.13', '3.12-bookworm']),
  python('3.12.13', 'slim', 'bookworm', 45_200_000, 13_000_000, ['3.12-slim', '3.12.13-slim', '3.12-slim-bookworm']),
  python('3.12.13', 'alpine', 'bookworm', 33_500_000, 11_900_000, ['3.12-alpine', '3.12.13-alpine']),
  python('3.11.15', 'full', 'bookworm', 50_000_000, 17_500_000, ['3.11', '3.11.15', '3.11-bookworm']),
  python('3.11.15', 'slim', 'bookworm', 46_200_000, 12_800_000, ['3.11-slim', '3.11.15-slim', '3.11-slim-bookworm']),
  python('3.11.15', 'alpine', 'bookworm', 33_000_000, 11_700_000, ['3.11-alpine', '3.11.15-alpine']),
  python('3.9.25', 'slim', 'bookworm', 45_000_000, 12_000_000, ['3.9', '3.9-slim', '3.9-slim-bookworm']),
];
