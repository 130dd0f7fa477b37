/** `docker load`: images and names from an archive that `docker save` made. */
import type { Sim } from '../../kernel/sim.ts';
import { now } from '../../kernel/syscalls.ts';
import { GoDecodeError, goDecode, list, string, strings, struct } from '../../lib/goDecode.ts';
import { firstJsonNode, goSyntaxError } from '../../lib/goJson.ts';
import type { Cause } from '../../lib/records.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import { chainIds, digestOf } from '../../oci/digest.ts';
import { familiarString, parseReference, type Reference } from '../../oci/reference.ts';
import { decompressed, readArchive } from '../archives.ts';
import { system } from '../errors.ts';
import { shortId } from '../ids.ts';
import type { ImageRecord } from '../records.ts';
import type { ImageContext } from './context.ts';
import { logImageEvent } from './events.ts';
import type { Progress } from './progress.ts';
import { knownLayers, registerImage } from './record.ts';
import { imageNamed, setReference } from './references.ts';
import { diffIdsOf } from './rootfs.ts';
import { temporaryName } from './save.ts';

interface ManifestItem {
  readonly Config: string;
  readonly RepoTags: readonly string[] | null;
  readonly Layers: readonly string[];
}

type Files = ReadonlyMap<string, Uint8Array>;

export function* load(d: ImageContext, data: Uint8Array, quiet: boolean, progress: Progress, cause: Cause): Sim<void> {
  const files = unpack(data);
  const manifest = files.get('manifest.json');
  if (!manifest) throw system(`open ${yield* temporaryName()}/repositories: no such file or directory`);
  let ids = '';
  let named = 0;
  for (const item of manifestItems(decodeUtf8(manifest))) {
    const image = yield* loadImage(d, files, item, quiet ? undefined : progress, cause);
    ids += `Loaded image ID: ${image.id}\n`;
    named = 0;
    for (const tag of item.RepoTags ?? []) {
      yield* nameImage(d, image, parseReference(tag), progress, cause);
      yield* progress({ stream: `Loaded image: ${familiarString(parseReference(tag))}\n` });
      named++;
    }
    logImageEvent(d, cause, 'load', image, image.id);
  }
  if (named === 0) yield* progress({ stream: ids });
}

function unpack(data: Uint8Array): Files {
  const files = readArchive(data).entries.filter((entry) => entry.type === 'file');
  return new Map(files.map((entry) => [entry.name.replace(/^\.\//, ''), entry.data]));
}

const MANIFEST = list(struct('tarexport.manifestItem', { Config: string(), RepoTags: strings, Layers: strings, Parent: string() }));

function manifestItems(text: string): readonly ManifestItem[] {
  const fault = text.trim() === '' ? 'EOF' : goSyntaxError(text);
  if (fault !== undefined) throw system(fault);
  try {
    const items = goDecode(firstJsonNode(text).node, MANIFEST) as readonly Partial<ManifestItem>[] | undefined;
    if (!items) throw system('invalid manifest, manifest cannot be null (but can be [])');
    return items.map(({ Config = '', RepoTags = null, Layers = [] }) => ({ Config, RepoTags, Layers }));
  } catch (error) {
    if (error instanceof GoDecodeError) throw system(error.message);
    throw error;
  }
}

function* loadImage(d: ImageContext, files: Files, item: ManifestItem, progress: Progress | undefined, cause: Cause): Sim<ImageRecord> {
  const read = function* (path: string): Sim<Uint8Array> {
    const found = files.get(path);
    if (!found) throw system(`open ${yield* temporaryName()}/${path}: no such file or directory`);
    return found;
  };
  const rawConfig = decodeUtf8(yield* read(item.Config));
  const diff_ids = diffIdsOf(rawConfig);
  if (item.Layers.length !== diff_ids.length)
    throw system(`invalid manifest, layers length mismatch: expected ${item.Layers.length}, got ${diff_ids.length}`);
  const known = knownLayers(d);
  for (const [i, chain] of chainIds(diff_ids).entries()) {
    if (known.has(chain) && d.layers.has(diff_ids[i])) continue;
    const stored = yield* read(item.Layers[i]);
    const tar = decompressed(stored);
    if (digestOf(tar) !== diff_ids[i]) throw system(`invalid diffID for layer ${i}: expected "${diff_ids[i]}", got "${digestOf(tar)}"`);
    readArchive(tar);
    yield* progress?.({
      status: 'Loading layer',
      progressDetail: { current: tar.length, total: tar.length },
      id: shortId(diff_ids[i]),
      progress: ' ',
    }) ?? [];
    d.layers.add(diff_ids[i], tar);
  }
  return yield* registerImage(d, rawConfig, cause);
}

function* nameImage(d: ImageContext, image: ImageRecord, reference: Reference, progress: Progress, cause: Cause): Sim<void> {
  const before = imageNamed(d.records, reference);
  if (before && before.id !== image.id) {
    const text = `The image ${familiarString(reference)} already exists, renaming the old one with ID ${before.id} to empty string\n`;
    yield* progress({ stream: text });
  }
  setReference(d.records, reference, image.id, cause, yield* now());
}
