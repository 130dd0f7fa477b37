/** `docker images`. */
import type { ImageListOptions, ImageSummary } from '../../api/types/image.ts';
import type { Filters } from '../../api/types/options.ts';
import type { Sim } from '../../kernel/sim.ts';
import { wallClock } from '../../kernel/syscalls.ts';
import { pathMatch } from '../../lib/pathMatch.ts';
import type { Reference } from '../../oci/reference.ts';
import { familiarName, familiarString } from '../../oci/reference.ts';
import { parseRfc3339 } from '../clock.ts';
import { invalid } from '../errors.ts';
import { boolFilter, checkFilters, filterValues, pruneLabelMatch, untilFilter } from '../filters.ts';
import type { ImageRecord } from '../records.ts';
import type { ImageContext } from './context.ts';
import { childrenOf, findImage } from './find.ts';
import { referencesOf } from './references.ts';

const ACCEPTED = ['before', 'dangling', 'label', 'label!', 'reference', 'since', 'until'];

export function* list(d: ImageContext, options: ImageListOptions): Sim<readonly ImageSummary[]> {
  const { filters } = options;
  checkFilters(filters, ACCEPTED);
  const danglingOnly = boolFilter(filters, 'dangling', false);
  const createdBefore = [boundary(d, filters, 'before'), untilFilter(filters, yield* wallClock())].filter((time) => time !== undefined);
  const createdAfter = boundary(d, filters, 'since');
  const patterns = filterValues(filters, 'reference');
  const chosen = d.records.all('images').filter((image) => {
    const created = createdUs(image);
    if (createdBefore.some((time) => created === undefined || created >= time)) return false;
    if (createdAfter !== undefined && (created === undefined || created <= createdAfter)) return false;
    return pruneLabelMatch(filters, image.config?.Labels);
  });
  const rows: { readonly image: ImageRecord; readonly tags: readonly string[]; readonly digests: readonly string[] }[] = [];
  for (const image of chosen) {
    const references = referencesOf(image).filter(
      (reference) => patterns.length === 0 || patterns.some((pattern) => familiarMatch(pattern, reference)),
    );
    const tags = references.filter((reference) => reference.digest === undefined).map(familiarString);
    const digests = references.filter((reference) => reference.digest !== undefined).map(familiarString);
    if (tags.length === 0 && digests.length === 0) {
      if (!options.all && childrenOf(d.records, image.id).length > 0) continue;
      if ((filters.has('dangling') && !danglingOnly) || patterns.length > 0) continue;
    } else if (danglingOnly && tags.length > 0) continue;
    if (danglingOnly && childrenOf(d.records, image.id).length > 0) continue;
    rows.push({ image, tags, digests });
  }
  rows.sort((a, b) => (createdUs(b.image) ?? 0) - (createdUs(a.image) ?? 0));
  return rows.map((row) => summary(d, row.image, row.tags, row.digests, options));
}

/** All that `system df` needs: every image with its shared size and containers. */
export function* usage(d: ImageContext): Sim<{ readonly layersSize: number; readonly images: readonly ImageSummary[] }> {
  const images = yield* list(d, { all: false, filters: new Map(), sharedSize: true, containers: true });
  return { layersSize: layersSize(d.records), images };
}

/** Bytes of all layers of all images; what several share counts once. */
export function layersSize(records: ImageContext['records']): number {
  const layers = new Map<string, number>();
  for (const image of records.all('images')) for (const layer of image.layers) layers.set(layer.chainId, layer.size);
  return [...layers.values()].reduce((sum, size) => sum + size, 0);
}

function summary(
  d: ImageContext,
  image: ImageRecord,
  tags: readonly string[],
  digests: readonly string[],
  options: Pick<ImageListOptions, 'sharedSize' | 'containers'>,
): ImageSummary {
  return {
    Containers: options.containers ? d.records.all('containers').filter((c) => c.imageId === image.id).length : -1,
    Created: Math.floor((createdUs(image) ?? -62_135_596_800_000_000) / 1_000_000),
    Id: image.id,
    Labels: image.config?.Labels ?? null,
    ParentId: image.parent,
    RepoDigests: digests,
    RepoTags: tags,
    SharedSize: options.sharedSize ? sharedSize(d, image) : -1,
    Size: image.size,
  };
}

/** Bytes of the layers that other images have, too. */
function sharedSize(d: ImageContext, image: ImageRecord): number {
  const others = d.records.all('images').filter((other) => other.id !== image.id);
  return image.layers.reduce(
    (sum, layer) => sum + (others.some((other) => other.layers.some((o) => o.chainId === layer.chainId)) ? layer.size : 0),
    0,
  );
}

/** Microseconds since 1970; undefined when the config says no time. */
export function createdUs(image: ImageRecord): number | undefined {
  return parseRfc3339(image.created);
}

function boundary(d: ImageContext, filters: Filters, key: 'before' | 'since'): number | undefined {
  const [name] = filterValues(filters, key);
  return name === undefined ? undefined : createdUs(findImage(d.records, name));
}

/** distribution/reference's FamiliarMatch: a shell pattern for 'nginx' or 'nginx:1.27'. */
function familiarMatch(pattern: string, reference: Reference): boolean {
  const matched = pathMatch(pattern, familiarString(reference));
  if (matched === null) throw invalid('syntax error in pattern');
  return matched || pathMatch(pattern, familiarName(reference)) === true;
}
