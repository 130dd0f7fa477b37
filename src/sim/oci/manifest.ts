/** Manifests and indexes as the registry hands them out (OCI image-spec; Docker's schema 2 has the same shape). */
import { own } from '../lib/dictionary.ts';
import type { Digest } from './digest.ts';

export const MEDIA = {
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
  dockerConfig: 'application/vnd.docker.container.image.v1+json',
  dockerLayer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  ociLayer: 'application/vnd.oci.image.layer.v1.tar',
  ociLayerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
} as const;

export interface Platform {
  readonly architecture: string;
  readonly os: string;
  readonly variant?: string;
}

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  readonly size: number;
  readonly platform?: Platform;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Manifest {
  readonly schemaVersion: 2;
  readonly mediaType: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface Index {
  readonly schemaVersion: 2;
  readonly mediaType: string;
  readonly manifests: readonly Descriptor[];
}

export function isIndex(value: Manifest | Index): value is Index {
  return value.mediaType === MEDIA.ociIndex || value.mediaType === MEDIA.dockerList || 'manifests' in value;
}

/**
 * How many bytes a registry says that a layer has, where that differs from the bytes that we hold: a catalogue layer is
 * a small tree that stands for a big one. Carried as an annotation on the layer's descriptor.
 */
export const STATED_SIZE = 'io.drydock.transfer-size';

/** 'linux/amd64', 'linux/arm/v7'. */
export function platformString(platform: Platform): string {
  return `${platform.os}/${platform.architecture}${platform.variant ? `/${platform.variant}` : ''}`;
}

/** Other names of architectures, as containerd's platforms package knows them. */
export const ARCHITECTURE_ALIASES: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  i386: '386',
  armhf: 'arm',
  armel: 'arm',
};
const KNOWN = new Set(['amd64', 'arm64', 'arm', '386', 'ppc64le', 's390x', 'riscv64', 'mips64le', 'mips64', 'loong64', 'ppc64', 'wasm']);
const SYSTEMS = new Set(['linux', 'windows', 'darwin', 'freebsd', 'wasi']);

/** 'linux/arm64', 'arm64', 'linux/arm/v7'. Null for what names no platform. */
export function parsePlatform(text: string): Platform | null {
  const parts = text.toLowerCase().split('/');
  if (parts.length > 3 || parts.some((part) => !/^[a-z0-9_.-]+$/.test(part))) return null;
  if (parts.length === 1) {
    if (SYSTEMS.has(parts[0])) return { os: parts[0], architecture: 'amd64' };
    const architecture = own(ARCHITECTURE_ALIASES, parts[0]) ?? parts[0];
    return KNOWN.has(architecture) ? { os: 'linux', architecture } : null;
  }
  const architecture = own(ARCHITECTURE_ALIASES, parts[1]) ?? parts[1];
  return parts.length === 3 ? { os: parts[0], architecture, variant: parts[2] } : { os: parts[0], architecture };
}

/** A schema 2 manifest as docker writes it when it pushes: the same image gives the same bytes, hence the same digest. */
export function dockerManifest(
  config: Pick<Descriptor, 'digest' | 'size'>,
  layers: readonly Pick<Descriptor, 'digest' | 'size'>[],
): string {
  const descriptor = (mediaType: string, d: Pick<Descriptor, 'digest' | 'size'>) => ({ mediaType, size: d.size, digest: d.digest });
  return JSON.stringify(
    {
      schemaVersion: 2,
      mediaType: MEDIA.dockerManifest,
      config: descriptor(MEDIA.dockerConfig, config),
      layers: layers.map((layer) => descriptor(MEDIA.dockerLayer, layer)),
    },
    undefined,
    3,
  );
}
