import { registryConfig } from '../content/registry.ts';
import { alpineBase, cmd, copy, entrypoint, env, expose, meta, PATH, run } from '../content/steps.ts';
import { dir, exec, file } from '../content/tree.ts';
import type { CatalogueImage } from '../image.ts';

/** An argument that is a configuration, or an option, means: serve. */
const ENTRYPOINT = `#!/bin/sh
set -e
case "$1" in
  *.yaml|*.yml) set -- registry serve "$@" ;;
  serve|garbage-collect|help|-*) set -- registry "$@" ;;
esac
exec "$@"
`;

interface Version {
  readonly alpine: string;
  readonly config: string;
  readonly variables: readonly string[];
  readonly size: number;
  readonly transfer: number;
  readonly tags: readonly string[];
}

function registry(o: Version): CatalogueImage {
  const folder = o.config.replace(/\/[^/]*$/, '').slice(1);
  return {
    repository: 'library/registry',
    tags: o.tags,
    created: '2026-04-15T20:04:00Z',
    config: {
      ExposedPorts: { '5000/tcp': {} },
      Env: [PATH, ...o.variables],
      Entrypoint: ['/entrypoint.sh'],
      Cmd: [o.config],
      Volumes: { '/var/lib/registry': {} },
    },
    steps: [
      alpineBase(o.alpine),
      cmd('/bin/sh'),
      run('apk add --no-cache ca-certificates', 600_000, 245_051),
      run(
        'set -eux;  ...  tar --extract --verbose --file registry.tar.gz --directory /bin/ registry;  registry --version',
        o.size,
        o.transfer,
        () => [exec('bin/registry', 'registry'), dir('var/lib/registry')],
      ),
      copy('./config-example.yml', o.config, 615, 397, () =>
        registryConfig().map((e) => ({ ...e, name: e.name.replace('etc/docker/registry', folder).replace(/^etc\/docker$/, folder) })),
      ),
      ...env(...o.variables),
      meta('VOLUME [/var/lib/registry]'),
      expose('5000/tcp'),
      copy('docker-entrypoint.sh', '/entrypoint.sh', 214, 213, () => [file('entrypoint.sh', ENTRYPOINT, 0o755)]),
      entrypoint('/entrypoint.sh'),
      cmd(o.config),
    ],
  };
}

export const images: readonly CatalogueImage[] = [
  registry({
    alpine: '3.23.5',
    config: '/etc/distribution/config.yml',
    variables: ['OTEL_TRACES_EXPORTER=none'],
    size: 49_900_000,
    transfer: 16_031_187,
    tags: ['latest', '3', '3.1', '3.1.1'],
  }),
  registry({
    alpine: '3.18.12',
    config: '/etc/docker/registry/config.yml',
    variables: [],
    size: 17_400_000,
    transfer: 6_300_000,
    tags: ['2', '2.8', '2.8.3'],
  }),
];
