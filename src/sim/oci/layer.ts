/**
 * Layers: a tar of what changed. A catalogue layer holds a small tree and says in a global pax header how big the real
 * one is, so that its size survives save, load, push and pull; other tools skip that header.
 */

import type { TarArchive, TarEntry, TarInput } from '../lib/tar/index.ts';
import { readTar, writeTar } from '../lib/tar/index.ts';

const SIZE_KEY = 'DRYDOCK.size';
const TRANSFER_KEY = 'DRYDOCK.transfer';

/** Bytes of the real layer: unpacked, and as the registry sends it. */
export interface StatedSizes {
  readonly size: number;
  readonly transfer: number;
}

export interface LayerContent {
  readonly entries: readonly TarEntry[];
  readonly stated: StatedSizes | undefined;
}

export const WHITEOUT_PREFIX = '.wh.';
/** In a directory: nothing of the layers below is seen there. */
export const OPAQUE_MARK = '.wh..wh..opq';

export function writeLayer(entries: Iterable<TarInput>, stated?: StatedSizes): Uint8Array {
  return writeTar(entries, stated && { global: { [SIZE_KEY]: String(stated.size), [TRANSFER_KEY]: String(stated.transfer) } });
}

export function readLayer(tar: Uint8Array): LayerContent {
  const archive = readTar(tar);
  return { entries: archive.entries, stated: statedSizes(archive) };
}

function statedSizes(archive: TarArchive): StatedSizes | undefined {
  const size = archive.global.get(SIZE_KEY);
  const transfer = archive.global.get(TRANSFER_KEY);
  return size === undefined || transfer === undefined ? undefined : { size: Number(size), transfer: Number(transfer) };
}

/** What `docker images` counts: the stated size, or the bytes of its files. */
export function layerSize(content: LayerContent): number {
  return content.stated?.size ?? fileBytes(content.entries);
}

/** Bytes of the files of an archive. */
export function fileBytes(entries: readonly Pick<TarInput, 'type' | 'data'>[]): number {
  return entries.reduce((sum, entry) => sum + ((entry.type ?? 'file') === 'file' ? (entry.data?.length ?? 0) : 0), 0);
}

/** Digest of a tar of no members: a layer that changes nothing, which images do not list. */
export const EMPTY_LAYER = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';
