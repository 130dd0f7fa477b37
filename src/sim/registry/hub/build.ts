/** Makes the bytes of an image: config JSON and layer tars with true digests. The same data gives the same bytes. */
import { digestOf } from '../../oci/digest.ts';
import type { ImageConfig } from '../../oci/imageConfig.ts';
import { writeLayer } from '../../oci/layer.ts';
import type { CatalogueImage } from './image.ts';

export interface BuiltImage {
  readonly rawConfig: string;
  /** Uncompressed, from the base up. */
  readonly layers: readonly { readonly diffId: string; readonly tar: Uint8Array }[];
}

export function buildImage(image: CatalogueImage): BuiltImage {
  const layers = image.steps.flatMap((step) => {
    if (!step.layer) return [];
    const tar = writeLayer(step.layer(), { size: step.size, transfer: step.transfer });
    return [{ diffId: digestOf(tar), tar }];
  });
  const config: ImageConfig = {
    architecture: 'amd64',
    os: 'linux',
    created: image.created,
    config: image.config,
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.diffId) },
    history: image.steps.map((step) => ({
      created: image.created,
      created_by: step.by,
      comment: 'buildkit.dockerfile.v0',
      ...(step.layer ? {} : { empty_layer: true }),
    })),
  };
  return { rawConfig: JSON.stringify(config), layers };
}
