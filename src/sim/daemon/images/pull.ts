/** `docker pull`: the manifest, then the layers that are not here, then the name. */
import type { AuthConfig, ProgressMessage } from '../../api/types/image.ts';
import type { Sim } from '../../kernel/sim.ts';
import { now, waitOn } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import { chainIds, digestOf } from '../../oci/digest.ts';
import { type Platform, parsePlatform, platformString } from '../../oci/manifest.ts';
import { familiarName, familiarString, parseReference, type Reference, withDigest, withTag } from '../../oci/reference.ts';
import { decompressed, readArchive } from '../archives.ts';
import { invalid, isDaemonError, notFound, system } from '../errors.ts';
import { shortId } from '../ids.ts';
import type { RegistryContext } from './context.ts';
import { type Crew, together } from './crew.ts';
import { logImageEvent } from './events.ts';
import { noteOrigin } from './origins.ts';
import { bar, move, type Progress } from './progress.ts';
import { knownLayers, registerImage } from './record.ts';
import { imageNamed, setReference } from './references.ts';
import { RegistryClient } from './registryClient.ts';
import { pullError } from './registryErrors.ts';
import { diffIdsOf } from './rootfs.ts';
import { Transfer } from './transfers.ts';

export interface PullRequest {
  readonly name: string;
  /** Tag or digest; '' for all tags. */
  readonly tag: string;
  readonly platform: string;
  readonly auth: AuthConfig;
}

/** Bytes a second that layers come in with, and are unpacked with. */
const DOWNLOAD_RATE = 25_000_000;
const UNPACK_RATE = 160_000_000;

const ROOTFS_MISMATCH = "layers from manifest don't match image configuration";

interface LayerPlan {
  readonly id: string;
  readonly digest: string;
  readonly transfer: number;
  readonly diffId: string;
}

export function* pull(d: RegistryContext, request: PullRequest, progress: Progress, cause: Cause): Sim<void> {
  const base = parseReference(request.name);
  const { nameserver, config } = d;
  const client = new RegistryClient(base.domain, { nameserver, insecureRegistries: config.insecureRegistries, auth: request.auth });
  try {
    yield* pullAll(d, client, base, request, progress, cause);
  } catch (error) {
    const wanted = request.tag === '' ? base : request.tag.includes(':') ? withDigest(base, request.tag) : withTag(base, request.tag);
    throw pullError(error, wanted);
  }
}

function* pullAll(
  d: RegistryContext,
  client: RegistryClient,
  base: Reference,
  request: PullRequest,
  progress: Progress,
  cause: Cause,
): Sim<void> {
  const platform = parsePlatform(request.platform === '' ? 'linux/amd64' : request.platform);
  if (!platform) throw invalid(`${JSON.stringify(request.platform)}: unknown operating system or architecture: invalid argument`);
  const pull: Pull = { d, client, platform, progress, cause };
  if (request.tag === '' && base.tag === undefined && base.digest === undefined) {
    const tags = yield* client.tags(base.path);
    let fresh = false;
    for (const tag of tags) fresh = (yield* pullOne(pull, withTag(base, tag))) || fresh;
    yield* progress({ status: `Status: ${fresh ? 'Downloaded newer image' : 'Image is up to date'} for ${familiarName(base)}` });
    return;
  }
  const reference = request.tag === '' ? base : request.tag.includes(':') ? withDigest(base, request.tag) : withTag(base, request.tag);
  const fresh = yield* pullOne(pull, reference);
  yield* progress({ status: `Status: ${fresh ? 'Downloaded newer image' : 'Image is up to date'} for ${familiarString(reference)}` });
  const image = imageNamed(d.records, reference);
  const asked = request.platform === '' ? null : parsePlatform(request.platform);
  if (!image || !asked || (asked.os === image.os && asked.architecture === image.architecture)) return;
  yield* progress({
    status: `WARNING: image with reference ${familiarString(reference)} was found but its platform (${platformString(image)}) does not match the specified platform (${platformString(asked)})`,
  });
}

/** What all references of one request have in common. */
interface Pull {
  readonly d: RegistryContext;
  readonly client: RegistryClient;
  readonly platform: Platform;
  readonly progress: Progress;
  readonly cause: Cause;
}

/** True if the name points to another image than before. */
function* pullOne(pull: Pull, reference: Reference): Sim<boolean> {
  const transfer = new Transfer(pull.d.records, 'pull', reference, pull.cause);
  try {
    return yield* pullInto(transfer, pull, reference);
  } finally {
    transfer.end();
  }
}

function* pullInto(transfer: Transfer, pull: Pull, reference: Reference): Sim<boolean> {
  const { d, client, platform, progress, cause } = pull;
  const wanted = reference.digest ?? reference.tag ?? 'latest';
  const top = yield* client.manifest(reference.path, wanted);
  yield* progress({ status: `Pulling from ${reference.path}`, id: wanted });
  const parsed = JSON.parse(top.text) as { manifests?: { digest: string; platform: { os: string; architecture: string } }[] };
  const choice = parsed.manifests?.find((m) => m.platform.os === platform.os && m.platform.architecture === platform.architecture);
  if (parsed.manifests && !choice)
    throw notFound(
      `no matching manifest for ${platformString(platform)} in the manifest list entries: no match for platform in manifest: not found`,
    );
  const manifest = JSON.parse(choice ? (yield* client.manifest(reference.path, choice.digest)).text : top.text) as {
    config: { digest: string };
    layers: { digest: string; size: number; annotations?: Record<string, string> }[];
  };
  const before = imageNamed(d.records, reference);
  const rawConfig = before?.id === manifest.config.digest ? before.rawConfig : yield* client.config(reference.path, manifest.config.digest);
  const diff_ids = diffIdsOf(rawConfig);
  if (diff_ids.length !== manifest.layers.length) throw system(ROOTFS_MISMATCH);
  const plans = manifest.layers.map(
    (layer, i): LayerPlan => ({
      id: shortId(layer.digest),
      digest: layer.digest,
      transfer: Number(layer.annotations?.['io.drydock.transfer-size'] ?? layer.size),
      diffId: diff_ids[i],
    }),
  );
  yield* fetchLayers(transfer, pull, reference, plans, chainIds(diff_ids));
  const image = yield* registerImage(d, rawConfig, cause);
  const at = yield* now();
  if (reference.digest === undefined) setReference(d.records, reference, image.id, cause, before?.id === image.id ? undefined : at);
  setReference(d.records, withDigest({ ...reference, tag: undefined }, top.digest), image.id, cause);
  if (before?.id !== image.id) logImageEvent(d, cause, 'pull', image, familiarString(reference), familiarString(reference));
  yield* progress({ status: `Digest: ${top.digest}` });
  return before?.id !== image.id;
}

function* fetchLayers(
  transfer: Transfer,
  { d, client, progress }: Pull,
  reference: Reference,
  plans: readonly LayerPlan[],
  chains: readonly string[],
): Sim<void> {
  for (const plan of plans) noteOrigin(d, plan.digest, reference);
  const known = knownLayers(d);
  const missing = plans.filter((plan, i) => !(known.has(chains[i]) && d.layers.has(plan.diffId)));
  transfer.plan(
    plans.map((plan) => ({ id: plan.id, state: missing.includes(plan) ? 'waiting' : 'there', moved: 0, total: plan.transfer })),
  );
  if (missing.length === 0) return;
  for (const plan of plans) {
    yield* progress(
      missing.includes(plan)
        ? { status: 'Pulling fs layer', progressDetail: {}, id: plan.id }
        : { status: 'Already exists', progressDetail: {}, id: plan.id },
    );
  }
  const here = new Set<LayerPlan>();
  const fetchLayer = function* (plan: LayerPlan, below: LayerPlan | undefined, crew: Crew<ProgressMessage>): Sim<void> {
    const tell = (status: string) => crew.tell({ status, progressDetail: {}, id: plan.id });
    const tellBytes = (status: string, current: number) =>
      crew.tell({
        status,
        progressDetail: { current, total: plan.transfer },
        progress: bar(current, plan.transfer),
        id: plan.id,
      });
    if (d.downloads.full) yield* tell('Waiting');
    const bytes = yield* d.downloads.held(function* () {
      const blob = yield* client.blob(reference.path, plan.digest);
      transfer.layer(plan.id, { state: 'moving' });
      const share = () => DOWNLOAD_RATE / d.downloads.busy;
      yield* move(plan.transfer, share, function* (moved) {
        transfer.layer(plan.id, { moved });
        yield* tellBytes('Downloading', moved);
      });
      transfer.layer(plan.id, { state: 'moved' });
      if (plan.transfer > 1_000_000) yield* tell('Verifying Checksum');
      if (digestOf(blob) !== plan.digest) throw system(`filesystem layer verification failed for digest ${plan.digest}`);
      yield* tell('Download complete');
      return blob;
    });
    // A layer is registered on top of the one below it.
    while (below && !here.has(below)) yield* waitOn(crew.changed);
    transfer.layer(plan.id, { state: 'unpacking' });
    yield* move(
      plan.transfer,
      () => UNPACK_RATE,
      (moved) => tellBytes('Extracting', moved),
    );
    const tar = unpacked(bytes);
    if (digestOf(tar) !== plan.diffId) throw system(ROOTFS_MISMATCH);
    d.layers.add(plan.diffId, tar, { digest: plan.digest, bytes });
    transfer.layer(plan.id, { state: 'done' });
    here.add(plan);
    yield* tell('Pull complete');
  };
  yield* together<ProgressMessage>(
    'pull',
    missing.map((plan, i) => (crew) => fetchLayer(plan, missing[i - 1], crew)),
    progress,
  );
}

/** The layer's tar. */
function unpacked(blob: Uint8Array): Uint8Array {
  try {
    const tar = decompressed(blob);
    readArchive(tar);
    return tar;
  } catch (error) {
    throw isDaemonError(error) ? system(`failed to register layer: ${error.message}`) : error;
  }
}
