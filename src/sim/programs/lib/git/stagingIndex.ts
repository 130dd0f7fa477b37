/** `.git/index`, version 2: what the next commit will hold, by path (gitformat-index). */
import { sha1 } from '@noble/hashes/legacy.js';
import type { Stat } from '../../../kernel/abi.ts';
import { concatBytes, toHex } from '../../../lib/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../../lib/utf8.ts';
import { compareText } from '../jq/values.ts';
import { fromHex } from './objects.ts';

export interface IndexEntry {
  readonly path: string;
  /** `100644`, `100755` or `120000`. */
  readonly mode: string;
  readonly id: string;
  /** Of the file when it was read: an unchanged size and time need no second look. */
  readonly size: number;
  /** Microseconds since 1970. */
  readonly mtime: number;
  readonly ino: number;
}

export type Index = ReadonlyMap<string, IndexEntry>;

export const entryOf = (path: string, mode: string, id: string, st: Pick<Stat, 'size' | 'mtime' | 'ino'>): IndexEntry => ({
  path,
  mode,
  id,
  size: st.size,
  mtime: st.mtime,
  ino: st.ino,
});

export function writeIndex(index: Index): Uint8Array {
  const entries = [...index.values()].sort((a, b) => compareText(a.path, b.path));
  const parts: Uint8Array[] = [encodeUtf8('DIRC'), words(2, entries.length)];
  for (const e of entries) {
    const name = encodeUtf8(e.path);
    const seconds = Math.floor(e.mtime / 1e6);
    const nanos = (e.mtime % 1e6) * 1000;
    const head = concatBytes([
      words(seconds, nanos, seconds, nanos, 0, e.ino, Number.parseInt(e.mode, 8), 0, 0, e.size),
      fromHex(e.id),
      new Uint8Array([name.length >> 8, name.length]),
      name,
    ]);
    parts.push(head, new Uint8Array(8 - (head.length % 8)));
  }
  const body = concatBytes(parts);
  return concatBytes([body, sha1(body)]);
}

function words(...numbers: number[]): Uint8Array {
  return Uint8Array.from(numbers.flatMap((n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]));
}

export function readIndex(bytes: Uint8Array): Map<string, IndexEntry> {
  const word = (at: number): number => ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
  const index = new Map<string, IndexEntry>();
  let at = 12;
  for (let count = word(8); count > 0; count--) {
    const end = bytes.indexOf(0, at + 62);
    const path = decodeUtf8(bytes.subarray(at + 62, end));
    index.set(path, {
      path,
      mode: word(at + 24).toString(8),
      id: toHex(bytes.subarray(at + 40, at + 60)),
      size: word(at + 36),
      mtime: word(at + 8) * 1e6 + Math.floor(word(at + 12) / 1000),
      ino: word(at + 20),
    });
    const length = end - at;
    at += length + (8 - (length % 8));
  }
  return index;
}
