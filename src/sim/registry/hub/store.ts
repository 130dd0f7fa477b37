/** The catalogue as a registry has it. Images are built when somebody asks for them, and once. */
import { gzip } from '../../lib/gzip.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { digestOf } from '../../oci/digest.ts';
import { dockerManifest, MEDIA, type Platform, STATED_SIZE } from '../../oci/manifest.ts';
import type { RegistryBlob, RegistryManifest } from '../distribution/store.ts';
import { buildImage } from './build.ts';
import type { CatalogueImage } from './image.ts';

/** 'oci': an index over manifests, as the Hub has it. 'docker': a bare schema 2 manifest, the same that docker itself pushes. */
export type ManifestForm = 'oci' | 'docker';

interface Published {
  /** What a tag points to. */
  readonly top: RegistryManifest;
  /** One per platform, the machine's own first. */
  readonly manifests: readonly RegistryManifest[];
  readonly blobs: readonly RegistryBlob[];
}

export class CatalogueStore {
  readonly #images: readonly CatalogueImage[];
  readonly #form: ManifestForm;
  readonly #published = new Map<CatalogueImage, Published>();

  constructor(images: readonly CatalogueImage[], form: ManifestForm) {
    this.#images = images;
    this.#form = form;
  }

  tags(repository: string): readonly string[] | undefined {
    const images = this.#of(repository);
    return images.length === 0 ? undefined : images.flatMap((image) => image.tags).sort();
  }

  manifest(repository: string, reference: string): RegistryManifest | undefined {
    for (const image of this.#of(repository)) {
      if (!reference.startsWith('sha256:')) {
        if (image.tags.includes(reference)) return this.#publish(image).top;
        continue;
      }
      const { top, manifests } = this.#publish(image);
      if (top.digest === reference) return top;
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
      published = this.#form === 'docker' ? publishDocker(image) : publish(image);
      this.#published.set(image, published);
    }
    return published;
  }
}

function blobOf(bytes: Uint8Array): RegistryBlob {
  return { digest: digestOf(bytes), bytes };
}

function publishDocker(image: CatalogueImage): Published {
  const built = buildImage(image);
  const layers = built.layers.map(({ tar }) => blobOf(gzip(tar)));
  const config = blobOf(encodeUtf8(built.rawConfig));
  const sized = (blob: RegistryBlob) => ({ digest: blob.digest, size: blob.bytes.length });
  const json = dockerManifest(sized(config), layers.map(sized));
  const manifest = { digest: digestOf(json), mediaType: MEDIA.dockerManifest, json };
  return { top: manifest, manifests: [manifest], blobs: [config, ...layers] };
}

function publish(image: CatalogueImage): Published {
  const built = buildImage(image);
  const stated = image.steps.flatMap((step) => (step.layer ? [step.transfer] : []));
  const layers = built.layers.map(({ tar }) => blobOf(gzip(tar)));
  const blobs: RegistryBlob[] = [...layers];
  const manifests = platformsOf(image.repository).map((platform) => {
    // The same tree stands for every processor; only its description differs.
    const config = blobOf(encodeUtf8(JSON.stringify({ ...(JSON.parse(built.rawConfig) as object), ...platform })));
    blobs.push(config);
    const manifest = document(MEDIA.ociManifest, {
      schemaVersion: 2,
      mediaType: MEDIA.ociManifest,
      config: { mediaType: MEDIA.ociConfig, digest: config.digest, size: config.bytes.length },
      layers: layers.map((blob, i) => ({
        mediaType: MEDIA.ociLayerGzip,
        digest: blob.digest,
        size: blob.bytes.length,
        annotations: { [STATED_SIZE]: String(stated[i]) },
      })),
    });
    return { platform, manifest };
  });
  const top = document(MEDIA.ociIndex, {
    schemaVersion: 2,
    mediaType: MEDIA.ociIndex,
    manifests: manifests.map(({ platform, manifest }) => ({
      mediaType: MEDIA.ociManifest,
      digest: manifest.digest,
      size: manifest.json.length,
      platform,
    })),
  });
  return { top, manifests: manifests.map(({ manifest }) => manifest), blobs };
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
