/** `docker push`: the layers that the registry lacks, the config, then a manifest under the tag. */
import type { AuthConfig, ProgressMessage } from '../../api/types/image.ts';
import type { Sim } from '../../kernel/sim.ts';
import type { Cause } from '../../lib/records.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { digestOf } from '../../oci/digest.ts';
import { dockerManifest, MEDIA } from '../../oci/manifest.ts';
import {
  familiarName,
  familiarString,
  isNameOnly,
  parseReference,
  type Reference,
  repositoryName,
  withDigest,
  withTag,
} from '../../oci/reference.ts';
import { system } from '../errors.ts';
import { shortId } from '../ids.ts';
import type { ImageRecord, LayerRecord } from '../records.ts';
import type { RegistryContext } from './context.ts';
import { type Crew, together } from './crew.ts';
import { logImageEvent } from './events.ts';
import { hasOrigin, mountCandidate, noteOrigin } from './origins.ts';
import { bar, move, type Progress } from './progress.ts';
import { imageNamed, referencesOf, setReference } from './references.ts';
import { RegistryClient } from './registryClient.ts';
import { NoCredentials } from './registryErrors.ts';
import { Transfer } from './transfers.ts';

export interface PushRequest {
  readonly name: string;
  /** '' for all tags. */
  readonly tag: string;
  readonly auth: AuthConfig;
}

/** Bytes a second that layers go out with. */
const UPLOAD_RATE = 12_000_000;

export function* push(d: RegistryContext, request: PushRequest, progress: Progress, cause: Cause): Sim<void> {
  const parsed = parseReference(request.name);
  const reference = request.tag === '' ? parsed : withTag(parsed, request.tag);
  yield* progress({ status: `The push refers to repository [${repositoryName(reference)}]` });
  const names = d.records
    .all('images')
    .flatMap((image) => referencesOf(image).map((ref) => ({ image, ref })))
    .filter(({ ref }) => repositoryName(ref) === repositoryName(reference))
    .sort((a, b) => ((a.ref.tag ?? '') < (b.ref.tag ?? '') ? -1 : 1));
  if (names.length === 0) throw system(`An image does not exist locally with the tag: ${familiarName(reference)}`);
  const session = new PushSession(d, reference, request.auth, progress, cause);
  try {
    yield* session.client.ping();
    if (!isNameOnly(reference)) {
      const image = imageNamed(d.records, reference);
      if (!image) throw system(`tag does not exist: ${familiarString(reference)}`);
      yield* session.pushTag(image, reference);
    } else {
      for (const { image, ref } of names) if (ref.tag !== undefined) yield* session.pushTag(image, ref);
    }
  } catch (error) {
    throw error instanceof NoCredentials ? system(NoCredentials.short) : error;
  }
}

class PushSession {
  readonly client: RegistryClient;
  readonly #d: RegistryContext;
  readonly #progress: Progress;
  readonly #cause: Cause;
  /** Diff ids of layers that are known to be there. */
  readonly #remote = new Set<string>();

  constructor(d: RegistryContext, reference: Reference, auth: AuthConfig, progress: Progress, cause: Cause) {
    const { nameserver, config } = d;
    this.client = new RegistryClient(reference.domain, { nameserver, insecureRegistries: config.insecureRegistries, auth });
    this.#d = d;
    this.#progress = progress;
    this.#cause = cause;
  }

  *pushTag(image: ImageRecord, reference: Reference): Sim<void> {
    const transfer = new Transfer(this.#d.records, 'push', reference, this.#cause);
    try {
      yield* this.#pushTag(transfer, image, reference);
    } finally {
      transfer.end();
    }
  }

  *#pushTag(transfer: Transfer, image: ImageRecord, reference: Reference): Sim<void> {
    const top = image.layers.toReversed();
    transfer.plan(
      image.layers.map((layer) => ({
        id: shortId(layer.diffId),
        state: 'waiting',
        moved: 0,
        total: this.#d.layers.transferSize(layer.diffId),
      })),
    );
    for (const layer of top) yield* this.#progress(about(layer, 'Preparing'));
    yield* together<ProgressMessage>(
      'push',
      top.map((layer) => (crew) => this.#pushLayer(transfer, layer, reference, crew)),
      this.#progress,
    );
    const config = encodeUtf8(image.rawConfig);
    if (!(yield* this.client.hasBlob(reference.path, image.id))) yield* this.client.putBlob(reference.path, image.id, config);
    const layers = image.layers.map((layer) => {
      const { digest, bytes } = this.#d.layers.blob(layer.diffId);
      return { digest, size: bytes.length };
    });
    const json = dockerManifest({ digest: image.id, size: config.length }, layers);
    const tag = reference.tag ?? 'latest';
    yield* this.client.putManifest(reference.path, tag, MEDIA.dockerManifest, json);
    const digest = digestOf(json);
    const size = encodeUtf8(json).length;
    yield* this.#progress({ status: `${tag}: digest: ${digest} size: ${size}` });
    setReference(this.#d.records, withDigest({ ...reference, tag: undefined }, digest), image.id, this.#cause);
    yield* this.#progress({ progressDetail: {}, aux: { Tag: tag, Digest: digest, Size: size } });
    logImageEvent(this.#d, this.#cause, 'push', image, familiarString(reference), familiarString(reference));
  }

  *#pushLayer(transfer: Transfer, layer: LayerRecord, reference: Reference, crew: Crew<ProgressMessage>): Sim<void> {
    const { uploads } = this.#d;
    if (uploads.full) yield* crew.tell(about(layer, 'Waiting'));
    yield* uploads.held(() => this.#send(transfer, layer, reference, crew));
  }

  *#send(transfer: Transfer, layer: LayerRecord, reference: Reference, crew: Crew<ProgressMessage>): Sim<void> {
    const { digest, bytes } = this.#d.layers.blob(layer.diffId);
    const there =
      this.#remote.has(layer.diffId) || (hasOrigin(this.#d, digest, reference) && (yield* this.client.hasBlob(reference.path, digest)));
    this.#remote.add(layer.diffId);
    const id = shortId(layer.diffId);
    if (there) {
      transfer.layer(id, { state: 'there' });
      return yield* crew.tell(about(layer, 'Layer already exists'));
    }
    transfer.layer(id, { state: 'moving' });
    const from = mountCandidate(this.#d, digest, reference);
    const mounted = yield* this.client.putBlob(reference.path, digest, bytes, from);
    noteOrigin(this.#d, digest, reference);
    if (mounted) {
      transfer.layer(id, { state: 'there' });
      return yield* crew.tell(about(layer, `Mounted from ${from}`));
    }
    const total = layer.size;
    const bytesSent = this.#d.layers.transferSize(layer.diffId);
    const share = () => UPLOAD_RATE / this.#d.uploads.busy;
    yield* move(bytesSent, share, function* (moved) {
      transfer.layer(id, { moved });
      // What is told is the layer's own size, though it goes compressed.
      const current = Math.floor((total * moved) / bytesSent);
      yield* crew.tell({ status: 'Pushing', progressDetail: { current, total }, id, progress: bar(current, total) });
    });
    transfer.layer(id, { state: 'done' });
    yield* crew.tell(about(layer, 'Pushed'));
  }
}

function about(layer: LayerRecord, status: string): ProgressMessage {
  return { status, progressDetail: {}, id: shortId(layer.diffId) };
}
