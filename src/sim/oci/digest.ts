/** Content addresses: 'sha256:' and 64 hexadecimal digits (OCI descriptor, digests). */
import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../lib/bytes.ts';
import { encodeUtf8 } from '../lib/utf8.ts';

export type Digest = string;

export function digestOf(data: Uint8Array | string): Digest {
  return `sha256:${toHex(sha256(typeof data === 'string' ? encodeUtf8(data) : data))}`;
}

/** The digits without the algorithm. */
export function digestHex(digest: Digest): string {
  return digest.slice(digest.indexOf(':') + 1);
}

/** The twelve digits that Docker shows. */
export function shortDigest(digest: Digest): string {
  return digestHex(digest).slice(0, 12);
}

/**
 * Chain ids name a stack of layers: the lowest layer's diff id, then sha256 of "parent diff" for each one above
 * (OCI image-spec, config.md, "Layer ChainID").
 */
export function chainIds(diffIds: readonly Digest[]): Digest[] {
  const chain: Digest[] = [];
  for (const diffId of diffIds) chain.push(chain.length === 0 ? diffId : digestOf(`${chain[chain.length - 1]} ${diffId}`));
  return chain;
}
