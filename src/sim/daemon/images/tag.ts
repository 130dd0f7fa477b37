/** `docker tag`. */
import type { Sim } from '../../kernel/sim.ts';
import { now } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import type { Reference } from '../../oci/reference.ts';
import { familiarString, parseReference, withDefaultTag, withTag } from '../../oci/reference.ts';
import { invalid } from '../errors.ts';
import type { ImageRecord } from '../records.ts';
import type { ImageContext } from './context.ts';
import { logImageEvent } from './events.ts';
import { findImage } from './find.ts';
import { setReference } from './references.ts';

export function* tag(d: ImageContext, name: string, repository: string, tagName: string, cause: Cause): Sim<void> {
  const target = targetReference(repository, tagName);
  const image = findImage(d.records, name);
  yield* tagImage(d, image, target, cause);
}

/** Gives an image a name, as tag, build and commit do. */
export function* tagImage(d: ImageContext, image: ImageRecord, target: Reference, cause: Cause): Sim<void> {
  setReference(d.records, target, image.id, cause, yield* now());
  logImageEvent(d, cause, 'tag', image, familiarString(target));
}

/** `repo` and `tag` of a request as one reference with a tag. */
export function targetReference(repository: string, tagName: string): Reference {
  const parsed = parseReference(repository);
  if (parsed.digest !== undefined) throw invalid('refusing to create a tag with a digest reference');
  return tagName === '' ? withDefaultTag(parsed) : withTag(parsed, tagName);
}
