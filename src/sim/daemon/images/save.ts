/**
 * `docker save`: one tar that is an OCI layout and has Docker's own manifest.json and repositories besides. Layers are in it
 * uncompressed, under their diff ids.
 */
import type { Sim } from '../../kernel/sim.ts';
import { compareStrings } from '../../lib/compare.ts';
import type { Cause } from '../../lib/records.ts';
import { type TarInput, writeTar } from '../../lib/tar/index.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { digestHex, digestOf } from '../../oci/digest.ts';
import { MEDIA, parsePlatform } from '../../oci/manifest.ts';
import {
  familiarName,
  familiarString,
  isNameOnly,
  parseReference,
  type Reference,
  referenceString,
  repositoryName,
} from '../../oci/reference.ts';
import { invalid, notFound, system } from '../errors.ts';
import { randomId } from '../ids.ts';
import type { ImageRecord } from '../records.ts';
import type { ImageContext } from './context.ts';
import { logImageEvent } from './events.ts';
import { findImage, isIdPrefix } from './find.ts';
import { imageNamed, referencesOf } from './references.ts';

interface Chosen {
  readonly image: ImageRecord;
  /** The tags under which it was asked for. */
  readonly tags: Reference[];
}

/** The bytes of the archive. Throws notFound before anything is made. */
export function* save(d: ImageContext, names: readonly string[], platform: string, cause: Cause): Sim<Uint8Array> {
  const chosen = choose(d, names);
  checkPlatform(chosen, platform);
  const files = new Map<string, Uint8Array>();
  const blob = (data: Uint8Array, digest: string): string => {
    files.set(`blobs/sha256/${digestHex(digest)}`, data);
    return `blobs/sha256/${digestHex(digest)}`;
  };
  const manifests: unknown[] = [];
  const descriptors: unknown[] = [];
  const repositories: Record<string, Record<string, string>> = {};
  for (const { image, tags } of chosen) {
    const config = encodeUtf8(image.rawConfig);
    const layers = image.layers.map((layer) => {
      const tar = d.layers.tar(layer.diffId);
      return { path: blob(tar, layer.diffId), descriptor: { mediaType: MEDIA.ociLayer, digest: layer.diffId, size: tar.length } };
    });
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: MEDIA.ociManifest,
      config: { mediaType: MEDIA.ociConfig, digest: image.id, size: config.length },
      layers: layers.map((layer) => layer.descriptor),
    });
    const digest = digestOf(manifest);
    blob(encodeUtf8(manifest), digest);
    manifests.push({
      Config: blob(config, image.id),
      RepoTags: tags.length === 0 ? null : tags.map(familiarString),
      Layers: layers.map((layer) => layer.path),
      LayerSources: Object.fromEntries(layers.map((layer) => [layer.descriptor.digest, layer.descriptor])),
    });
    const descriptor = { mediaType: MEDIA.ociManifest, digest, size: manifest.length };
    for (const ref of tags) {
      const name = familiarName(ref);
      repositories[name] = { ...repositories[name], [ref.tag ?? 'latest']: digestHex(image.layers.at(-1)?.diffId ?? digest) };
      const annotations = { 'io.containerd.image.name': referenceString(ref), 'org.opencontainers.image.ref.name': ref.tag };
      descriptors.push({ ...descriptor, annotations });
    }
    if (tags.length === 0) descriptors.push(descriptor);
    logImageEvent(d, cause, 'save', image, image.id);
  }
  files.set('index.json', encodeUtf8(JSON.stringify({ schemaVersion: 2, mediaType: MEDIA.ociIndex, manifests: descriptors })));
  files.set('manifest.json', encodeUtf8(`${JSON.stringify(manifests)}\n`));
  files.set('oci-layout', encodeUtf8('{"imageLayoutVersion": "1.0.0"}'));
  if (Object.keys(repositories).length > 0) files.set('repositories', encodeUtf8(`${JSON.stringify(repositories)}\n`));
  return archive(files);
}

function archive(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const members: TarInput[] = ['blobs', 'blobs/sha256'].map((name) => ({ name, type: 'directory', mode: 0o755 }));
  for (const name of [...files.keys()].sort(compareStrings)) members.push({ name, mode: 0o644, data: files.get(name)! });
  return writeTar(members);
}

function choose(d: ImageContext, names: readonly string[]): readonly Chosen[] {
  const chosen = new Map<string, Chosen>();
  const add = (image: ImageRecord, ref?: Reference): void => {
    const entry = chosen.get(image.id) ?? { image, tags: [] };
    chosen.set(image.id, entry);
    if (ref?.tag !== undefined && !entry.tags.some((tag) => referenceString(tag) === referenceString(ref))) entry.tags.push(ref);
  };
  for (const name of names) {
    if (/^(sha256:)?[a-f0-9]{64}$/.test(name)) {
      add(findImage(d.records, name));
      continue;
    }
    const reference = parseReference(name);
    if (!isNameOnly(reference)) {
      const image = imageNamed(d.records, reference);
      if (!image) throw notFound('reference does not exist');
      add(image, reference);
      continue;
    }
    // A bare name is all its tags, or else the beginning of an id.
    const tagged = d.records
      .all('images')
      .flatMap((image) => referencesOf(image).map((ref) => ({ image, ref })))
      .filter(({ ref }) => ref.tag !== undefined && repositoryName(ref) === repositoryName(reference));
    for (const { image, ref } of tagged) add(image, ref);
    if (tagged.length > 0) continue;
    const byId = d.records.all('images').filter((image) => isIdPrefix(image.id, name));
    if (byId.length !== 1) throw notFound(`No such image: ${name}`);
    add(byId[0]);
  }
  return [...chosen.values()];
}

function checkPlatform(chosen: readonly Chosen[], text: string): void {
  if (text === '') return;
  const platform = parsePlatform(text);
  if (!platform) throw invalid(`invalid platform: ${text}`);
  if (chosen.some(({ image }) => image.architecture !== platform.architecture || image.os !== platform.os))
    throw system(`no suitable export target found for platform ${text}`);
}

/** A name for a temporary directory, as error messages of `load` show it. */
export function* temporaryName(): Sim<string> {
  return `/var/lib/docker/tmp/docker-import-${Number.parseInt((yield* randomId()).slice(0, 8), 16)}`;
}
