/** The names of images: tags and digests are kept with the image that they name, each in one place only. */

import type { SimTime } from '../../kernel/clock.ts';
import { compareStrings } from '../../lib/compare.ts';
import type { Cause, RecordStore } from '../../lib/records.ts';
import type { Reference } from '../../oci/reference.ts';
import { familiarString, parseReference, referenceString } from '../../oci/reference.ts';
import type { DaemonTables, ImageRecord } from '../records.ts';

type Records = RecordStore<DaemonTables>;

/** All names, tags first, each kind sorted. */
export function referencesOf(image: ImageRecord): readonly Reference[] {
  return [...image.tags, ...image.digests].map(parseReference);
}

export function familiarTags(image: ImageRecord): readonly string[] {
  return image.tags.map(familiar);
}

export function familiarDigests(image: ImageRecord): readonly string[] {
  return image.digests.map(familiar);
}

function familiar(canonical: string): string {
  return familiarString(parseReference(canonical));
}

export function imageNamed(records: Records, reference: Reference): ImageRecord | undefined {
  const name = referenceString(reference);
  return records.all('images').find((image) => image.tags.includes(name) || image.digests.includes(name));
}

/** Gives the name to this image, taking it from the one that had it. */
export function setReference(records: Records, reference: Reference, imageId: string, cause: Cause, tagTime?: SimTime): void {
  const name = referenceString(reference);
  const field = reference.digest === undefined ? 'tags' : 'digests';
  records.commit(cause, (tx) => {
    for (const other of records.all('images')) {
      if (other.id !== imageId && other[field].includes(name))
        tx.update('images', other.id, { [field]: other[field].filter((text) => text !== name) });
    }
    const image = tx.get('images', imageId);
    if (!image) throw new Error(`no such image: ${imageId}`);
    const names = image[field].includes(name) ? image[field] : [...image[field], name].sort(compareStrings);
    tx.update('images', imageId, { [field]: names, ...(tagTime === undefined ? {} : { lastTagTime: tagTime }) });
  });
}

export function dropReference(records: Records, reference: Reference, cause: Cause): void {
  const image = imageNamed(records, reference);
  if (!image) return;
  const name = referenceString(reference);
  records.commit(cause, (tx) =>
    tx.update('images', image.id, {
      tags: image.tags.filter((text) => text !== name),
      digests: image.digests.filter((text) => text !== name),
    }),
  );
}
