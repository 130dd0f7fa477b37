/** From a config JSON to the record of an image, and the config that containers inherit. */
import type { ContainerConfig } from '../../api/types/common.ts';
import type { SimTime } from '../../kernel/clock.ts';
import type { Sim } from '../../kernel/sim.ts';
import { now } from '../../kernel/syscalls.ts';
import type { Cause } from '../../lib/records.ts';
import { chainIds, digestOf } from '../../oci/digest.ts';
import type { ImageConfig, RunConfig } from '../../oci/imageConfig.ts';
import { mergeConfig } from '../containers/config.ts';
import { randomId } from '../ids.ts';
import type { ImageRecord, LayerRecord } from '../records.ts';
import type { ImageContext } from './context.ts';

/** A full `Config`: the image's settings in the shape that containers have. */
function imageContainerConfig(config: RunConfig): ContainerConfig {
  const base = mergeConfig({}, undefined);
  const filled = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
  return { ...base, Labels: null, ...filled } as ContainerConfig;
}

/**
 * Makes the image known. Its layers' tars must be in the store. An image that is there already stays as it is.
 * Takes no simulated time.
 */
export function* registerImage(d: ImageContext, rawConfig: string, cause: Cause, parent = ''): Sim<ImageRecord> {
  const id = digestOf(rawConfig);
  const known = d.records.get('images', id);
  if (known) return known;
  const config = JSON.parse(rawConfig) as ImageConfig;
  const layers = yield* layerRecords(d, config.rootfs.diff_ids);
  const record = imageRecord(id, rawConfig, config, layers, parent, yield* now());
  const raced = d.records.get('images', id);
  if (raced) return raced;
  d.records.commit(cause, (tx) => tx.insert('images', record));
  return record;
}

function* layerRecords(d: ImageContext, diffIds: readonly string[]): Sim<readonly LayerRecord[]> {
  const known = knownLayers(d);
  const chains = chainIds(diffIds);
  const out: LayerRecord[] = [];
  for (const [i, diffId] of diffIds.entries()) {
    const chainId = chains[i];
    out.push(known.get(chainId) ?? { diffId, chainId, size: d.layers.size(diffId), cacheId: yield* randomId() });
  }
  return out;
}

/** Every layer that an image or a container stands on, by chain id. */
export function knownLayers(d: Pick<ImageContext, 'records'>): ReadonlyMap<string, LayerRecord> {
  const out = new Map<string, LayerRecord>();
  for (const owner of [...d.records.all('images'), ...d.records.all('containers')]) {
    for (const layer of owner.layers) out.set(layer.chainId, layer);
  }
  return out;
}

function imageRecord(
  id: string,
  rawConfig: string,
  config: ImageConfig,
  layers: readonly LayerRecord[],
  parent: string,
  addedAt: SimTime,
): ImageRecord {
  const history = (config.history ?? []).map((entry) => ({
    created: entry.created ?? '',
    createdBy: entry.created_by ?? '',
    author: entry.author ?? '',
    comment: entry.comment ?? '',
    emptyLayer: entry.empty_layer === true,
  }));
  return {
    id,
    tags: [],
    digests: [],
    parent,
    rawConfig,
    created: config.created ?? '',
    author: config.author ?? '',
    comment: history.at(-1)?.comment ?? '',
    dockerVersion: config.docker_version ?? '',
    architecture: config.architecture,
    variant: config.variant ?? '',
    os: config.os,
    config: imageContainerConfig(config.config ?? {}),
    history,
    layers,
    size: layers.reduce((sum, layer) => sum + layer.size, 0),
    lastTagTime: undefined,
    addedAt,
  };
}
