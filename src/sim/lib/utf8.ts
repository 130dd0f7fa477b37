/**
 * UTF-8 without TextEncoder, which the simulator's tsconfig does not have.
 *
 * A byte that is not valid UTF-8 becomes the lone surrogate U+DC80..U+DCFF and turns back into that byte (Python's
 * "surrogateescape", PEP 383), so text tools can pass binary data through unchanged.
 */
export function encodeUtf8(text: string): Uint8Array {
  const out = new Uint8Array(text.length * 3);
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    let c = text.charCodeAt(i);
    if (c < 0x80) {
      out[n++] = c;
    } else if (c < 0x800) {
      out[n++] = 0xc0 | (c >> 6);
      out[n++] = 0x80 | (c & 0x3f);
    } else if (c >= 0xdc80 && c <= 0xdcff) {
      out[n++] = c - 0xdc00;
    } else {
      if (c >= 0xd800 && c < 0xdc00) {
        const low = text.charCodeAt(i + 1);
        if (low >= 0xdc00 && low < 0xe000) {
          c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
          i++;
          out[n++] = 0xf0 | (c >> 18);
          out[n++] = 0x80 | ((c >> 12) & 0x3f);
          out[n++] = 0x80 | ((c >> 6) & 0x3f);
          out[n++] = 0x80 | (c & 0x3f);
          continue;
        }
        c = 0xfffd;
      }
      out[n++] = 0xe0 | (c >> 12);
      out[n++] = 0x80 | ((c >> 6) & 0x3f);
      out[n++] = 0x80 | (c & 0x3f);
    }
  }
  return out.slice(0, n);
}

/** How many bytes the sequence that `lead` begins needs, or 0 if it cannot begin one. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead < 0xe0) return 2;
  if (lead >= 0xe0 && lead < 0xf0) return 3;
  if (lead >= 0xf0 && lead < 0xf5) return 4;
  return 0;
}

function decodeAt(bytes: Uint8Array, i: number, length: number): number {
  if (i + length > bytes.length) return -1;
  let c = length === 1 ? bytes[i] : bytes[i] & (0x7f >> length);
  for (let k = 1; k < length; k++) {
    if ((bytes[i + k] & 0xc0) !== 0x80) return -1;
    c = (c << 6) | (bytes[i + k] & 0x3f);
  }
  if ((length === 3 && c < 0x800) || (length === 4 && (c < 0x10000 || c > 0x10ffff)) || (c >= 0xd800 && c < 0xe000)) return -1;
  return c;
}

/** Decodes whole buffers; see {@link Utf8Decoder} for streams. */
export function decodeUtf8(bytes: Uint8Array): string {
  let out = '';
  let codes: number[] = [];
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes[i]);
    const c = length === 0 ? -1 : decodeAt(bytes, i, length);
    if (c < 0) {
      codes.push(0xdc00 + bytes[i]);
      i++;
    } else {
      if (c < 0x10000) codes.push(c);
      else codes.push(0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff));
      i += length;
    }
    if (codes.length > 4096) {
      out += String.fromCharCode(...codes);
      codes = [];
    }
  }
  return out + String.fromCharCode(...codes);
}

/** Decodes a stream of chunks; a sequence cut by a chunk border is kept for the next one. */
export class Utf8Decoder {
  #rest = new Uint8Array(0);

  decode(chunk: Uint8Array): string {
    let bytes = chunk;
    if (this.#rest.length > 0) {
      bytes = new Uint8Array(this.#rest.length + chunk.length);
      bytes.set(this.#rest);
      bytes.set(chunk, this.#rest.length);
    }
    let cut = bytes.length;
    for (let back = 1; back <= 3 && back <= bytes.length; back++) {
      const byte = bytes[bytes.length - back];
      if ((byte & 0xc0) === 0x80) continue;
      if (sequenceLength(byte) > back) cut = bytes.length - back;
      break;
    }
    this.#rest = bytes.slice(cut);
    return decodeUtf8(bytes.subarray(0, cut));
  }

  /** What is left at the end of the stream. */
  flush(): string {
    const rest = decodeUtf8(this.#rest);
    this.#rest = new Uint8Array(0);
    return rest;
  }
}
