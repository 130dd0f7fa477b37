/** A container's changes become an image: the parent's layers, one more if anything changed, and the new settings. */
import type { ContainerConfig } from '../../api/types/common.ts';
import type { Sim } from '../../kernel/sim.ts';
import { now } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import { digestOf } from '../../oci/digest.ts';
import type { ImageConfig } from '../../oci/imageConfig.ts';
import { EMPTY_LAYER } from '../../oci/layer.ts';
import { rfc3339Nano } from '../clock.ts';
import type { ImageRecord } from '../records.ts';
import type { CommitRequest } from '../services.ts';
import type { ImageContext } from './context.ts';
import { logImageEvent } from './events.ts';
import { findImage } from './find.ts';
import { registerImage } from './record.ts';

export function* commitImage(d: ImageContext, request: CommitRequest, cause: Cause): Sim<ImageRecord> {
  const parent = findImage(d.records, request.parentId);
  const base = JSON.parse(parent.rawConfig) as ImageConfig;
  const diffId = digestOf(request.diff);
  const empty = diffId === EMPTY_LAYER;
  if (!empty) d.layers.add(diffId, request.diff);
  const created = rfc3339Nano(d.clock, yield* now());
  const entry = {
    created,
    ...(request.author === '' ? {} : { author: request.author }),
    ...createdBy(request.containerConfig),
    ...(request.comment === '' ? {} : { comment: request.comment }),
    ...(empty ? { empty_layer: true } : {}),
  };
  // moby writes the keys of the top level in order, so that the id does not depend on the way an image came.
  const config = {
    architecture: base.architecture,
    ...(request.author === '' ? {} : { author: request.author }),
    config: request.config,
    container: request.containerId,
    container_config: request.containerConfig,
    created,
    docker_version: d.config.version,
    history: [...(base.history ?? []), entry],
    os: base.os,
    rootfs: { type: 'layers', diff_ids: empty ? base.rootfs.diff_ids : [...base.rootfs.diff_ids, diffId] },
    ...(base.variant === undefined ? {} : { variant: base.variant }),
  };
  const image = yield* registerImage(d, JSON.stringify(config), cause, parent.id);
  logImageEvent(d, cause, 'create', image, image.id);
  return image;
}

function createdBy({ Cmd }: ContainerConfig): { readonly created_by?: string } {
  const text = (Cmd ?? []).join(' ');
  return text === '' ? {} : { created_by: text };
}
