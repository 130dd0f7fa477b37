/** Packs as they travel: whole objects, no deltas (gitformat-pack). */
import { sha1 } from '@noble/hashes/legacy.js';
import { unzlibSync, zlibSync } from 'fflate';
import { concatBytes, indexOfBytes } from '../../../lib/bytes.ts';
import type { GitObject, ObjectType } from './objects.ts';

const TYPES: readonly (ObjectType | undefined)[] = [undefined, 'commit', 'tree', 'blob', 'tag'];

function word(n: number): Uint8Array {
  return new Uint8Array([n >>> 24, n >>> 16, n >>> 8, n]);
}

export function writePack(objects: readonly GitObject[]): Uint8Array {
  const parts: Uint8Array[] = [new Uint8Array([0x50, 0x41, 0x43, 0x4b]), word(2), word(objects.length)];
  for (const { type, data } of objects) {
    const head: number[] = [];
    let byte = (TYPES.indexOf(type) << 4) | (data.length & 15);
    for (let size = data.length >> 4; size > 0; size >>= 7) {
      head.push(byte | 0x80);
      byte = size & 0x7f;
    }
    parts.push(new Uint8Array([...head, byte]), zlibSync(data));
  }
  const body = concatBytes(parts);
  return concatBytes([body, sha1(body)]);
}

function adler32(data: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of data) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return ((b << 16) | a) >>> 0;
}

/** The objects of a pack. Throws if it is damaged or has deltas. */
export function readPack(pack: Uint8Array): GitObject[] {
  const number = (at: number): number => ((pack[at] << 24) | (pack[at + 1] << 16) | (pack[at + 2] << 8) | pack[at + 3]) >>> 0;
  if (pack.length < 32 || number(0) !== 0x5041434b) throw new Error('not a pack');
  const objects: GitObject[] = [];
  let at = 12;
  for (let count = number(8); count > 0; count--) {
    const type = TYPES[(pack[at] >> 4) & 7];
    let size = pack[at] & 15;
    for (let shift = 4; pack[at++] & 0x80; shift += 7) size += (pack[at] & 0x7f) << shift;
    if (type === undefined) throw new Error('deltas are not simulated');
    const data = size === 0 ? new Uint8Array(0) : unzlibSync(pack.subarray(at));
    // Nothing says how long the compressed bytes are; they end with the checksum of what they hold.
    const end = indexOfBytes(pack, word(adler32(data)), at + 2);
    if (data.length !== size || end < 0) throw new Error('damaged pack');
    objects.push({ type, data });
    at = end + 4;
  }
  return objects;
}
