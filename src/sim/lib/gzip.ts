/** gzip whose bytes depend on its input alone: no time stamp, no file name. */
import { gunzipSync, gzipSync } from 'fflate';

export function gzip(data: Uint8Array): Uint8Array {
  return gzipSync(data, { mtime: 0, level: 6 });
}

/** Throws for what is not gzip. */
export function gunzip(data: Uint8Array): Uint8Array {
  return gunzipSync(data);
}

export function isGzip(data: Uint8Array): boolean {
  return data.length > 2 && data[0] === 0x1f && data[1] === 0x8b;
}
