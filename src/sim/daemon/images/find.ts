/** Looking an image up as the command line names it. */
import type { RecordStore } from '../../lib/records.ts';
import type { Reference } from '../../oci/reference.ts';
import { familiarString, parseReference, withDefaultTag } from '../../oci/reference.ts';
import { notFound } from '../errors.ts';
import type { DaemonTables, ImageRecord } from '../records.ts';
import { imageNamed } from './references.ts';

type Records = RecordStore<DaemonTables>;

/** By tag, digest, id or a prefix of the id that only one image has. Throws notFound, or invalid for what is no reference. */
export function findImage(records: Records, text: string): ImageRecord {
  const id = /^(?:sha256:)?([a-f0-9]{64})$/.exec(text);
  if (id) {
    const image = records.get('images', `sha256:${id[1]}`);
    if (!image) throw notFound(`No such image: ${text.startsWith('sha256:') ? text : `sha256:${text}`}`);
    return image;
  }
  const reference = withDefaultTag(parseReference(text));
  const image = imageNamed(records, reference) ?? imageByDigest(records, reference) ?? imageByPrefix(records, text);
  if (!image) throw notFound(`No such image: ${familiarString(reference)}`);
  return image;
}

/** `name:tag@sha256:...` is the image with that digest; an image id is a digest of its own repository, too. */
function imageByDigest(records: Records, reference: Reference): ImageRecord | undefined {
  if (reference.digest === undefined) return undefined;
  const byDigest = imageNamed(records, { ...reference, tag: undefined });
  if (byDigest) return byDigest;
  const byId = records.get('images', reference.digest);
  const prefix = `${reference.domain}/${reference.path}`;
  return byId?.tags.some((tag) => tag.startsWith(`${prefix}:`)) ? byId : undefined;
}

function imageByPrefix(records: Records, text: string): ImageRecord | undefined {
  const prefix = text.startsWith('sha256:') ? text : `sha256:${text}`;
  if (!/^sha256:[a-f0-9]+$/.test(prefix)) return undefined;
  const found = records.all('images').filter((image) => image.id.startsWith(prefix));
  return found.length === 1 ? found[0] : undefined;
}

/** Whether the text names the image by its id rather than by a reference. */
export function isIdPrefix(imageId: string, text: string): boolean {
  return imageId.startsWith(text) || imageId.slice('sha256:'.length).startsWith(text);
}

export function childrenOf(records: Records, imageId: string): readonly ImageRecord[] {
  return records.all('images').filter((image) => image.parent === imageId);
}
