/** The framing of git's transfer protocol: four hex digits of length, then the payload; `0000` ends a list (gitprotocol-common). */
import { concatBytes } from '../../../lib/bytes.ts';
import { decodeUtf8, encodeUtf8 } from '../../../lib/utf8.ts';

export const FLUSH = encodeUtf8('0000');

export function pktLine(payload: string | Uint8Array): Uint8Array {
  const data = typeof payload === 'string' ? encodeUtf8(payload) : payload;
  return concatBytes([encodeUtf8((data.length + 4).toString(16).padStart(4, '0')), data]);
}

/** The lines; a flush is undefined. */
export function readPktLines(bytes: Uint8Array): (Uint8Array | undefined)[] {
  const lines: (Uint8Array | undefined)[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = Number.parseInt(decodeUtf8(bytes.subarray(at, at + 4)), 16);
    if (Number.isNaN(length)) break;
    lines.push(length < 4 ? undefined : bytes.subarray(at + 4, at + length));
    at += Math.max(length, 4);
  }
  return lines;
}

const BAND_SIZE = 65_515;

/** `data` on a band of side-band-64k: 1 is the pack, 2 what the user sees. */
export function sideBand(band: 1 | 2, data: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += BAND_SIZE)
    parts.push(pktLine(concatBytes([new Uint8Array([band]), data.subarray(at, at + BAND_SIZE)])));
  return concatBytes(parts);
}
