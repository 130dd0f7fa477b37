/** Base64 of RFC 4648, standard and URL-safe alphabets, with padding as Go writes it. */
const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL_SAFE = `${STANDARD.slice(0, 62)}-_`;

export function encodeBase64(data: Uint8Array, urlSafe = false): string {
  const alphabet = urlSafe ? URL_SAFE : STANDARD;
  let out = '';
  for (let i = 0; i < data.length; i += 3) {
    const left = data.length - i;
    const bits = (data[i] << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0);
    out += alphabet[bits >> 18] + alphabet[(bits >> 12) & 63];
    out += left > 1 ? alphabet[(bits >> 6) & 63] : '=';
    out += left > 2 ? alphabet[bits & 63] : '=';
  }
  return out;
}

/** Both alphabets, padding optional. Undefined if it is not base64. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const clean = text.replace(/[\r\n]/g, '').replace(/=+$/, '');
  const out: number[] = [];
  let bits = 0;
  let count = 0;
  for (const char of clean) {
    const value = char === '-' ? 62 : char === '_' ? 63 : STANDARD.indexOf(char);
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      out.push((bits >> count) & 0xff);
    }
  }
  return Uint8Array.from(out);
}
