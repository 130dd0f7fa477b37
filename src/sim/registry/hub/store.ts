/** The catalogue as a registry's store. Images are built when somebody asks for them, and once. */
import { gzip } from '../../lib/gzip.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { digestOf } from '../../oci/digest.ts';
import { type Platform, STATED_SIZE } from '../../oci/manifest.ts';
import type { RegistryBlob, RegistryManifest, RegistryStore } from '../distribution/store.ts';
import { buildImage } from './build.ts';
import type { CatalogueImage } from './image.ts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const CONFIG = 'application/vnd.oci.image.config.v1+json';
const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';

interface Published {
  readonly index: RegistryManifest;
  /** One per platform, the machine's own first. */
  readonly manifests: readonly RegistryManifest[];
  readonly blobs: readonly RegistryBlob[];
}

export class CatalogueStore {
  readonly #images: readonly CatalogueImage[];
  readonly #published = new Map<CatalogueImage, Published>();

  constructor(images: readonly CatalogueImage[]) {
    this.#images = images;
  }

  tags(repository: string): readonly string[] | undefined {
    const images = this.#of(repository);
    return images.length === 0 ? undefined : images.flatMap((image) => image.tags).sort();
  }

  manifest(repository: string, reference: string): RegistryManifest | undefined {
    for (const image of this.#of(repository)) {
      if (!reference.startsWith('sha256:')) {
        if (image.tags.includes(reference)) return this.#publish(image).index;
        continue;
      }
      const { index, manifests } = this.#publish(image);
      if (index.digest === reference) return index;
      const found = manifests.find((manifest) => manifest.digest === reference);
      if (found) return found;
    }
    return undefined;
  }

  blob(repository: string, digest: string): RegistryBlob | undefined {
    for (const image of this.#of(repository)) {
      const found = this.#publish(image).blobs.find((blob) => blob.digest === digest);
      if (found) return found;
    }
    return undefined;
  }

  #of(repository: string): readonly CatalogueImage[] {
    return this.#images.filter((image) => image.repository === repository);
  }

  #publish(image: CatalogueImage): Published {
    let published = this.#published.get(image);
    if (!published) {
      published = publish(image);
      this.#published.set(image, published);
    }
    return published;
  }
}

function publish(image: CatalogueImage): Published {
  const built = buildImage(image);
  const stated = image.steps.flatMap((step) => (step.layer ? [step.transfer] : []));
  const layers = built.layers.map(({ tar }): RegistryBlob => {
    const bytes = gzip(tar);
    return { digest: digestOf(bytes), bytes };
  });
  const blobs: RegistryBlob[] = [...layers];
  const manifests = platformsOf(image.repository).map((platform) => {
    // The same tree stands for every processor; only its description differs.
    const bytes = encodeUtf8(JSON.stringify({ ...(JSON.parse(built.rawConfig) as object), ...platform }));
    const config: RegistryBlob = { digest: digestOf(bytes), bytes };
    blobs.push(config);
    const manifest = document(MANIFEST, {
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: { mediaType: CONFIG, digest: config.digest, size: bytes.length },
      layers: layers.map((blob, i) => ({
        mediaType: LAYER,
        digest: blob.digest,
        size: blob.bytes.length,
        annotations: { [STATED_SIZE]: String(stated[i]) },
      })),
    });
    return { platform, manifest };
  });
  const index = document(INDEX, {
    schemaVersion: 2,
    mediaType: INDEX,
    manifests: manifests.map(({ platform, manifest }) => ({
      mediaType: MANIFEST,
      digest: manifest.digest,
      size: manifest.json.length,
      platform,
    })),
  });
  return { index, manifests: manifests.map(({ manifest }) => manifest), blobs };
}

const AMD64: Platform = { architecture: 'amd64', os: 'linux' };
const ARM64: Platform = { architecture: 'arm64', os: 'linux', variant: 'v8' };
const MORE: readonly Platform[] = [
  { architecture: 'arm', os: 'linux', variant: 'v7' },
  ARM64,
  { architecture: '386', os: 'linux' },
  { architecture: 'ppc64le', os: 'linux' },
  { architecture: 'riscv64', os: 'linux' },
  { architecture: 's390x', os: 'linux' },
];

/** Processors that a repository has images for, as its index lists them. */
function platformsOf(repository: string): readonly Platform[] {
  if (repository === 'library/mysql') return [AMD64, ARM64];
  return [AMD64, ...(repository === 'library/ubuntu' ? MORE.filter((p) => p.architecture !== '386') : MORE)];
}

function document(mediaType: string, value: unknown): RegistryManifest {
  const json = JSON.stringify(value, null, 2);
  return { digest: digestOf(json), mediaType, json };
}

/** The catalogue as the distribution server wants it: to read, its names untold. */
export function servedCatalogue(catalogue: CatalogueStore): RegistryStore {
  return {
    *manifest(repository, reference) {
      return catalogue.manifest(repository, reference);
    },
    *blob(repository, digest) {
      return catalogue.blob(repository, digest);
    },
    *tags(repository) {
      return catalogue.tags(repository);
    },
    *repositories() {
      return undefined;
    },
  };
}
