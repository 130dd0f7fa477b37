/** `docker rmi`: takes a name away, and the image with its layers when nothing holds it any more. */
import type { ImageDeleteItem } from '../../api/types/image.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { Cause } from '../../lib/records.ts';
import type { Reference } from '../../oci/reference.ts';
import { familiarString, parseReference, repositoryName, withDefaultTag } from '../../oci/reference.ts';
import { DaemonError } from '../errors.ts';
import { shortId } from '../ids.ts';
import type { ContainerRecord, ImageRecord } from '../records.ts';
import type { ImageContext } from './context.ts';
import { logImageEvent } from './events.ts';
import { childrenOf, findImage, isIdPrefix } from './find.ts';
import { knownLayers } from './record.ts';
import { dropReference, referencesOf } from './references.ts';

export interface RemoveImageOptions {
  readonly force: boolean;
  /** Also untagged parents. */
  readonly prune: boolean;
}

/** Why an image stays. `used` by a container; a hard one holds against force. */
class DeleteConflict extends DaemonError {
  readonly used: boolean;
  constructor(imageId: string, hard: boolean, used: boolean, why: string) {
    super('conflict', `conflict: unable to delete ${shortId(imageId)} (${hard ? 'cannot be forced' : 'must be forced'}) - ${why}`);
    this.used = used;
  }
}

interface Checks {
  readonly children: boolean;
  readonly running: boolean;
  readonly references: boolean;
  readonly stopped: boolean;
}
const HARD: Checks = { children: true, running: true, references: false, stopped: false };
const ALL: Checks = { children: true, running: true, references: true, stopped: true };
export function* remove(d: ImageContext, name: string, options: RemoveImageOptions, cause: Cause): Sim<readonly ImageDeleteItem[]> {
  const image = findImage(d.records, name);
  const items: ImageDeleteItem[] = [];
  let removedReference = false;
  if (!isIdPrefix(image.id, name)) {
    const reference = withDefaultTag(parseReference(name));
    if (!options.force && isSingleReference(referencesOf(image))) refuseInUse(d, image, name);
    const removed = { ...reference, tag: reference.digest === undefined ? reference.tag : undefined };
    untag(d, image, removed, items, cause);
    if (removed.digest === undefined) untagDigests(d, image.id, removed, items, cause);
    if (referencesOf(current(d, image)).length > 0) return items;
    removedReference = true;
  } else if (isSingleReference(referencesOf(image))) {
    const conflict = findConflict(d, image, options.force ? HARD : { ...ALL, references: false });
    if (conflict) throw conflict;
    for (const reference of referencesOf(image)) untag(d, image, reference, items, cause);
  }
  deleteImage(d, current(d, image), items, options, removedReference, cause);
  return items;
}

function current(d: ImageContext, image: ImageRecord): ImageRecord {
  return d.records.get('images', image.id) ?? image;
}

function refuseInUse(d: ImageContext, image: ImageRecord, name: string): void {
  const user = d.records.all('containers').find((c) => c.imageId === image.id);
  if (!user) return;
  throw new DaemonError(
    'conflict',
    `conflict: unable to remove repository reference "${name}" (must force) - container ${shortId(user.id)} is using its referenced image ${shortId(image.id)}`,
  );
}

function untag(d: ImageContext, image: ImageRecord, reference: Reference, items: ImageDeleteItem[], cause: Cause): void {
  dropReference(d.records, reference, cause);
  logImageEvent(d, cause, 'untag', image, image.id);
  items.push({ Untagged: familiarString(reference) });
}

/** With the last tag of a repository its digests go. */
function untagDigests(d: ImageContext, imageId: string, removed: Reference, items: ImageDeleteItem[], cause: Cause): void {
  const image = d.records.get('images', imageId);
  if (!image) return;
  const ofRepository = referencesOf(image).filter((reference) => repositoryName(reference) === repositoryName(removed));
  if (ofRepository.some((reference) => reference.digest === undefined)) return;
  for (const reference of ofRepository) untag(d, image, reference, items, cause);
}

/** One tag at most, and all digests in its repository. */
function isSingleReference(references: readonly Reference[]): boolean {
  if (references.length <= 1) return references.length === 1;
  const tags = references.filter((reference) => reference.digest === undefined);
  if (tags.length > 1) return false;
  const name = repositoryName(tags[0] ?? references[0]);
  return references.every((reference) => repositoryName(reference) === name);
}

function isUp(c: ContainerRecord): boolean {
  return c.state.status === 'running' || c.state.status === 'paused' || c.state.status === 'restarting';
}

function findConflict(d: ImageContext, image: ImageRecord, checks: Checks): DeleteConflict | undefined {
  if (checks.children && childrenOf(d.records, image.id).length > 0)
    return new DeleteConflict(image.id, true, false, 'image has dependent child images');
  const users = d.records.all('containers').filter((c) => c.imageId === image.id);
  const running = users.find(isUp);
  if (checks.running && running)
    return new DeleteConflict(image.id, true, true, `image is being used by running container ${shortId(running.id)}`);
  if (checks.references && referencesOf(image).length > 0)
    return new DeleteConflict(image.id, false, false, 'image is referenced in multiple repositories');
  const stopped = users.find((c) => !isUp(c));
  if (checks.stopped && stopped)
    return new DeleteConflict(image.id, false, true, `image is being used by stopped container ${shortId(stopped.id)}`);
  return undefined;
}

function deleteImage(
  d: ImageContext,
  image: ImageRecord,
  items: ImageDeleteItem[],
  options: RemoveImageOptions,
  quiet: boolean,
  cause: Cause,
): void {
  const conflict = findConflict(d, image, options.force ? HARD : ALL);
  if (conflict) {
    const dangling = referencesOf(image).length === 0 && childrenOf(d.records, image.id).length === 0;
    if (quiet && (!dangling || conflict.used)) return;
    throw conflict;
  }
  for (const reference of referencesOf(image)) untag(d, image, reference, items, cause);
  d.records.commit(cause, (tx) => tx.remove('images', image.id));
  logImageEvent(d, cause, 'delete', image, image.id);
  items.push({ Deleted: image.id });
  const still = knownLayers(d);
  for (const layer of image.layers.toReversed()) if (!still.has(layer.chainId)) items.push({ Deleted: layer.chainId });
  d.layers.keepOnly(new Set([...still.values()].map((layer) => layer.diffId)));
  const parent = image.parent === '' ? undefined : d.records.get('images', image.parent);
  if (options.prune && parent) deleteImage(d, parent, items, { force: false, prune: true }, true, cause);
}
