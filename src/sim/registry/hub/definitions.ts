/** Images by description, for worlds that do not use the catalogue: the headless driver hands them over. */

import type { TarInput } from '../../lib/tar/index.ts';
import type { RunConfig } from '../../oci/imageConfig.ts';
import { busyboxTree } from './content/busybox.ts';
import { DEBIAN_12, debianTree } from './content/debian.ts';
import { debianNginxPackages } from './content/nginx.ts';
import { REDIS_ENTRYPOINT } from './content/redis.ts';
import { registryConfig } from './content/registry.ts';
import { dir, exec, file } from './content/tree.ts';
import type { CatalogueImage, Step } from './image.ts';

export interface ImageDefinition {
  readonly name: string;
  readonly id: string;
  readonly repoTags: readonly string[];
  readonly repoDigests: readonly string[];
  /** Bytes on disk. */
  readonly size: number;
  readonly config: RunConfig;
  /** Diff ids, from the base up. */
  readonly layers: readonly string[];
}

/** The programs of an image follow from its name; its configuration, size and number of layers from the definition. */
export function fromDefinitions(definitions: readonly ImageDefinition[]): readonly CatalogueImage[] {
  const base = definitions.find((d) => d.name === 'debian:latest') ?? definitions.find((d) => d.name.startsWith('debian'));
  const byId = new Map<string, ImageDefinition>();
  for (const definition of definitions) if (!byId.has(definition.id)) byId.set(definition.id, definition);
  return [...byId.values()].map((d, order) => {
    const repository = d.name.replace(/:.*/, '');
    const trees = TREES[repository] ?? TREES.debian;
    const sizes = split(d, base);
    const steps = d.layers.map(
      (_, i): Step => ({
        by: 'COPY rootfs / # buildkit',
        layer: () => (i < trees.length ? trees[i]() : [file(`.layer-${repository}-${i}`, '')]),
        size: sizes[i],
        transfer: Math.ceil(sizes[i] / 2.6),
      }),
    );
    const spare = trees.slice(d.layers.length);
    if (spare.length > 0)
      steps[steps.length - 1] = {
        ...(steps.at(-1) as Extract<Step, { size: number }>),
        layer: () => trees.slice(d.layers.length - 1).flatMap((tree) => tree()),
      };
    return {
      repository: repository.includes('/') ? repository : `library/${repository}`,
      tags: d.repoTags.map((tag) => tag.replace(/^.*:/, '')),
      // Half an hour before the world begins, one after the other as they are listed.
      created: `2026-11-24T13:${30 + order}:00Z`,
      config: d.config,
      steps: [...steps, ...settingSteps(d.config)],
    };
  });
}

/** The instructions that a configuration comes of, as BuildKit writes them into the history. */
function settingSteps({ ExposedPorts, Volumes, Entrypoint, Cmd }: RunConfig): readonly Step[] {
  const list = (words: readonly string[]): string => `[${words.map((word) => JSON.stringify(word)).join(' ')}]`;
  const ports = Object.keys(ExposedPorts ?? {});
  const volumes = Object.keys(Volumes ?? {});
  return [
    ...(ports.length > 0 ? [{ by: `EXPOSE map[${ports.map((port) => `${port}:{}`).join(' ')}]` }] : []),
    ...(volumes.length > 0 ? [{ by: `VOLUME [${volumes.join(' ')}]` }] : []),
    ...(Entrypoint ? [{ by: `ENTRYPOINT ${list(Entrypoint)}` }] : []),
    ...(Cmd ? [{ by: `CMD ${list(Cmd)}` }] : []),
  ];
}

function split(d: ImageDefinition, base: ImageDefinition | undefined): readonly number[] {
  const onBase = base !== undefined && d.layers[0] === base.layers[0] && d.layers.length > 1;
  const first = onBase ? base.size : d.layers.length === 1 ? d.size : 0;
  return d.layers.map((_, i) => (i === 0 ? first : i === 1 ? Math.max(0, d.size - first) : 0));
}

const debian = () => debianTree({ ...DEBIAN_12, extra: ['ps', 'curl'] });

const TREES: Readonly<Record<string, readonly (() => readonly TarInput[])[]>> = {
  busybox: [() => busyboxTree({ static: true })],
  'hello-world': [() => [exec('hello', 'hello')]],
  debian: [debian],
  nginx: [debian, debianNginxPackages, () => [file('docker-entrypoint.sh', '#!/bin/sh\nset -e\nexec "$@"\n', 0o755)]],
  redis: [
    debian,
    () => [
      exec('usr/bin/redis-server', 'redis-server'),
      exec('usr/bin/redis-cli', 'redis-cli'),
      file('usr/local/bin/docker-entrypoint.sh', REDIS_ENTRYPOINT, 0o755),
    ],
    () => [dir('data', 0o755)],
  ],
  registry: [debian, () => [exec('usr/bin/docker-registry', 'registry'), ...registryConfig(), dir('var/lib/registry')]],
};
