import { registryBinary, registryConfig, registryScript } from '../content/registry.ts';
import { alpineBase, cmd, entrypoint, expose, meta, PATH, run } from '../content/steps.ts';
import type { CatalogueImage } from '../image.ts';

interface Release {
  readonly tags: readonly string[];
  readonly created: string;
  readonly alpine: string;
  readonly config: string;
  readonly env: readonly string[];
  /** Bytes of the server: unpacked, in transfer. */
  readonly server: readonly [number, number];
}

const release = (r: Release): CatalogueImage => ({
  repository: 'library/registry',
  tags: r.tags,
  created: r.created,
  config: {
    ExposedPorts: { '5000/tcp': {} },
    Env: [PATH, ...r.env],
    Entrypoint: ['/entrypoint.sh'],
    Cmd: [`/${r.config}`],
    Volumes: { '/var/lib/registry': {} },
  },
  steps: [
    alpineBase(r.alpine),
    cmd('/bin/sh'),
    run('apk add --no-cache ca-certificates', 600_000, 245_051),
    run('registry --version', r.server[0], r.server[1], registryBinary),
    { by: `COPY ./config-example.yml /${r.config} # buildkit`, layer: () => registryConfig(r.config), size: 615, transfer: 397 },
    ...r.env.map((entry) => meta(`ENV ${entry}`)),
    meta('VOLUME [/var/lib/registry]'),
    expose('5000/tcp'),
    { by: 'COPY docker-entrypoint.sh /entrypoint.sh # buildkit', layer: registryScript, size: 214, transfer: 213 },
    entrypoint('/entrypoint.sh'),
    cmd(`/${r.config}`),
  ],
});

export const images: readonly CatalogueImage[] = [
  release({
    tags: ['latest', '3', '3.1', '3.1.1'],
    created: '2026-06-16T20:08:00Z',
    alpine: '3.23.5',
    config: 'etc/distribution/config.yml',
    env: ['OTEL_TRACES_EXPORTER=none'],
    server: [49_900_000, 16_031_187],
  }),
  release({
    tags: ['2', '2.8', '2.8.3'],
    created: '2023-10-02T18:42:00Z',
    alpine: '3.18.12',
    config: 'etc/docker/registry/config.yml',
    env: [],
    server: [17_400_000, 6_600_000],
  }),
];
