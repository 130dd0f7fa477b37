/** `docker image inspect`. */
import type { ImageInspect } from '../../api/types/image.ts';
import { rfc3339Nano } from '../clock.ts';
import { sortedKeys } from '../containers/config.ts';
import type { ImageRecord } from '../records.ts';
import type { ImageContext } from './context.ts';
import { findImage } from './find.ts';
import { familiarDigests, familiarTags } from './references.ts';

export function inspect(d: ImageContext, name: string): ImageInspect {
  const image = findImage(d.records, name);
  return {
    Id: image.id,
    RepoTags: familiarTags(image),
    RepoDigests: familiarDigests(image),
    Parent: image.parent,
    Comment: image.comment,
    ...(image.created === '' ? {} : { Created: image.created }),
    DockerVersion: image.dockerVersion,
    Author: image.author,
    Architecture: image.architecture,
    ...(image.variant === '' ? {} : { Variant: image.variant }),
    Os: image.os,
    Size: image.size,
    GraphDriver: { Data: graphDriverData(d.config.root, image), Name: 'overlay2' },
    RootFS: { Type: 'layers', ...(image.layers.length > 0 ? { Layers: image.layers.map((layer) => layer.diffId) } : {}) },
    Metadata: { LastTagTime: rfc3339Nano(d.clock, image.lastTagTime) },
    Config: imageConfigJson(image),
  };
}

const CONTAINER_ONLY = ['Hostname', 'Domainname', 'AttachStdin', 'AttachStdout', 'AttachStderr', 'Tty', 'OpenStdin', 'StdinOnce', 'Image'];

/** From API 1.50 on an image's config has no members of containers; the members come sorted. */
function imageConfigJson(image: ImageRecord): Readonly<Record<string, unknown>> {
  return sortedKeys(Object.fromEntries(Object.entries(image.config ?? {}).filter(([key]) => !CONTAINER_ONLY.includes(key))));
}

function graphDriverData(root: string, image: ImageRecord): Record<string, string> {
  const directory = (cacheId: string): string => `${root}/overlay2/${cacheId}`;
  const top = image.layers.at(-1);
  if (!top) return {};
  const lower = image.layers
    .slice(0, -1)
    .reverse()
    .map((layer) => `${directory(layer.cacheId)}/diff`);
  return {
    ...(lower.length > 0 ? { LowerDir: lower.join(':') } : {}),
    MergedDir: `${directory(top.cacheId)}/merged`,
    UpperDir: `${directory(top.cacheId)}/diff`,
    WorkDir: `${directory(top.cacheId)}/work`,
  };
}
