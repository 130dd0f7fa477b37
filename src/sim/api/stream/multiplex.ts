export const STDOUT = 1;
export const STDERR = 2;
/** A daemon's error in the middle of a stream. */
export const SYSTEM_ERROR = 3;

export function frame(stream: number, data: Uint8Array): Uint8Array {
  const out = new Uint8Array(8 + data.length);
  out[0] = stream;
  out[4] = (data.length >>> 24) & 0xff;
  out[5] = (data.length >>> 16) & 0xff;
  out[6] = (data.length >>> 8) & 0xff;
  out[7] = data.length & 0xff;
  out.set(data, 8);
  return out;
}
