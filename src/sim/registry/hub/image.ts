import type { TarInput } from '../../lib/tar/index.ts';
import type { RunConfig } from '../../oci/imageConfig.ts';

/** One image of the catalogue: what `docker history` tells of it, from the base up. Layers are built when somebody pulls. */
export interface CatalogueImage {
  /** 'library/nginx' */
  readonly repository: string;
  /** The first is the one that `docker images` of a real machine shows most often. */
  readonly tags: readonly string[];
  /** RFC 3339 */
  readonly created: string;
  readonly config: RunConfig;
  readonly steps: readonly Step[];
}

export type Step =
  /** An instruction that changes the configuration only. */
  | { readonly by: string; readonly layer?: undefined }
  /** A layer: its files, and the bytes of the real one unpacked and in transfer. */
  | { readonly by: string; readonly layer: () => readonly TarInput[]; readonly size: number; readonly transfer: number };
