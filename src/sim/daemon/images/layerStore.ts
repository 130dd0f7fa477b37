/**
 * The bytes of the layers that this engine has, by diff id: the tar, made into a tree when a container first needs it.
 * Which layers are there at all is told by the records of images and containers.
 */
import type { FileSystem } from '../../kernel/vfs/inode.ts';
import { gzip } from '../../lib/gzip.ts';
import type { Digest } from '../../oci/digest.ts';
import { digestOf } from '../../oci/digest.ts';
import { fileBytes, layerSize, readLayer, type StatedSizes } from '../../oci/layer.ts';
import type { LayerRecord } from '../records.ts';
import { layerTree } from './layerTree.ts';

interface StoredLayer {
  readonly tar: Uint8Array;
  readonly size: number;
  /** Bytes that a transfer takes: the real layer's for catalogue layers, else those of the compressed tar. */
  readonly transfer: number | undefined;
  tree: FileSystem | undefined;
  blob: LayerBlob | undefined;
}

/** A layer as registries keep it. */
export interface LayerBlob {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
}

/** Device numbers of the layers' trees; those of mounted file systems are small. */
const FIRST_DEVICE = 0x10000;

export class LayerStore {
  readonly #layers = new Map<Digest, StoredLayer>();
  #nextDevice = FIRST_DEVICE;

  has(diffId: Digest): boolean {
    return this.#layers.has(diffId);
  }

  /** Keeps a tar (and the compressed form it came in) and answers with its size. Throws TarError. */
  add(diffId: Digest, tar: Uint8Array, blob?: LayerBlob): number {
    const kept = this.#layers.get(diffId);
    if (kept) {
      kept.blob ??= blob;
      return kept.size;
    }
    const content = readLayer(tar);
    const size = layerSize(content);
    this.#layers.set(diffId, { tar, size, transfer: content.stated?.transfer, tree: undefined, blob });
    return size;
  }

  size(diffId: Digest): number {
    return this.#get(diffId).size;
  }

  tar(diffId: Digest): Uint8Array {
    return this.#get(diffId).tar;
  }

  /** The compressed form; the one that it was pulled in, if it was pulled. */
  blob(diffId: Digest): LayerBlob {
    const layer = this.#get(diffId);
    if (!layer.blob) {
      const bytes = gzip(layer.tar);
      layer.blob = { digest: digestOf(bytes), bytes };
    }
    return layer.blob;
  }

  transferSize(diffId: Digest): number {
    return this.#get(diffId).transfer ?? this.blob(diffId).bytes.length;
  }

  /** By how much these layers say that they are bigger than the files that they hold; undefined when none says so. */
  unseen(layers: readonly LayerRecord[]): StatedSizes | undefined {
    const stated = layers.map((layer) => this.#get(layer.diffId)).filter((layer) => layer.transfer !== undefined);
    if (stated.length === 0) return undefined;
    const size = stated.reduce((sum, layer) => sum + layer.size - fileBytes(readLayer(layer.tar).entries), 0);
    const transfer = stated.reduce((sum, layer) => sum + (layer.transfer ?? 0), 0);
    return { size: Math.max(0, size), transfer };
  }

  /** Read-only by agreement: overlay never writes to a lower layer. */
  tree(diffId: Digest): FileSystem {
    const layer = this.#get(diffId);
    layer.tree ??= layerTree(readLayer(layer.tar).entries, this.#nextDevice++);
    return layer.tree;
  }

  /** Topmost first, as overlay wants its lowers. */
  lowers(layers: readonly LayerRecord[]): readonly FileSystem[] {
    return layers.map((layer) => this.tree(layer.diffId)).reverse();
  }

  /** Forgets what no record needs any more. */
  keepOnly(diffIds: ReadonlySet<Digest>): void {
    for (const diffId of this.#layers.keys()) if (!diffIds.has(diffId)) this.#layers.delete(diffId);
  }

  #get(diffId: Digest): StoredLayer {
    const layer = this.#layers.get(diffId);
    if (!layer) throw new Error(`layer does not exist: ${diffId}`);
    return layer;
  }
}
