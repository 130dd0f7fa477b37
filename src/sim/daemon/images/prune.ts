/** `docker image prune`: dangling images, or with -a all that no container uses. */
import type { ImageDeleteItem, ImagesPruneReport } from '../../api/types/image.ts';
import type { Filters } from '../../api/types/options.ts';
import type { Sim } from '../../kernel/sim.ts';
import { wallClock } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import { referenceString } from '../../oci/reference.ts';
import { isDaemonError } from '../errors.ts';
import { boolFilter, checkFilters, pruneLabelMatch, untilFilter } from '../filters.ts';
import type { ImageRecord } from '../records.ts';
import type { ImageContext } from './context.ts';
import { childrenOf } from './find.ts';
import { createdUs } from './list.ts';
import { knownLayers } from './record.ts';
import { referencesOf } from './references.ts';
import { remove } from './remove.ts';

export function* prune(d: ImageContext, filters: Filters, cause: Cause): Sim<ImagesPruneReport> {
  checkFilters(filters, ['dangling', 'label', 'label!', 'until']);
  const danglingOnly = boolFilter(filters, 'dangling', true);
  const until = untilFilter(filters, yield* wallClock());
  const layers = knownLayers(d);
  const deleted: ImageDeleteItem[] = [];
  for (const image of d.records.all('images').filter((candidate) => isCandidate(d, candidate, danglingOnly, until, filters))) {
    for (const name of namesToRemove(image, danglingOnly)) {
      try {
        deleted.push(...(yield* remove(d, name, { force: false, prune: true }, cause)));
      } catch (error) {
        // An image that a container uses stays; one that went with another is gone already.
        if (!isDaemonError(error, 'conflict', 'notFound')) throw error;
      }
    }
  }
  const reclaimed = deleted.reduce((sum, item) => sum + ('Deleted' in item ? (layers.get(item.Deleted)?.size ?? 0) : 0), 0);
  d.events.log(cause, 'image', 'prune', { id: '', attributes: { reclaimed: String(reclaimed) } });
  return { ImagesDeleted: deleted.length > 0 ? deleted : null, SpaceReclaimed: reclaimed };
}

function isCandidate(d: ImageContext, image: ImageRecord, danglingOnly: boolean, until: number | undefined, filters: Filters): boolean {
  const children = childrenOf(d.records, image.id).length;
  if (children > 0 && (danglingOnly || referencesOf(image).length === 0)) return false;
  const created = createdUs(image);
  if (until !== undefined && (created === undefined || created > until)) return false;
  return pruneLabelMatch(filters, image.config?.Labels);
}

function namesToRemove(image: ImageRecord, danglingOnly: boolean): readonly string[] {
  const references = referencesOf(image);
  if (references.length === 0) return [image.id];
  if (danglingOnly && references.some((reference) => reference.digest === undefined)) return [];
  return references.map(referenceString);
}
