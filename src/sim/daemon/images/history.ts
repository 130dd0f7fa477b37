/** `docker history`: the steps that made an image, newest first. */
import type { HistoryItem } from '../../api/types/image.ts';
import { parseRfc3339 } from '../clock.ts';
import type { ImageContext } from './context.ts';
import { findImage } from './find.ts';
import { familiarTags } from './references.ts';

export function history(d: ImageContext, name: string): readonly HistoryItem[] {
  const image = findImage(d.records, name);
  let layer = 0;
  const rows = image.history
    .map((entry) => ({
      Comment: entry.comment,
      Created: Math.floor((parseRfc3339(entry.created) ?? 0) / 1_000_000),
      CreatedBy: entry.createdBy,
      Id: '<missing>',
      Size: entry.emptyLayer ? 0 : (image.layers[layer++]?.size ?? 0),
      Tags: null as readonly string[] | null,
    }))
    .reverse();
  // Steps whose image is still here (parents built on this engine) show its id and tags.
  let step = d.records.get('images', image.id);
  for (const row of rows) {
    if (!step) break;
    row.Id = step.id;
    row.Tags = step.tags.length > 0 ? familiarTags(step) : null;
    step = step.parent === '' ? undefined : d.records.get('images', step.parent);
  }
  return rows;
}
