import { decodeUtf8, encodeUtf8 } from '../../../lib/utf8.ts';

const ASCII = /^[\0-\x7f]*$/;

/** mawk counts bytes: one character per byte, so that the string functions can work on it. */
export function toBytes(text: string): string {
  if (ASCII.test(text)) return text;
  let out = '';
  for (const byte of encodeUtf8(text)) out += String.fromCharCode(byte);
  return out;
}

export function fromBytes(bytes: string): string {
  if (ASCII.test(bytes)) return bytes;
  const array = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) array[i] = bytes.charCodeAt(i);
  return decodeUtf8(array);
}

export const byteLength = (text: string): number => (ASCII.test(text) ? text.length : encodeUtf8(text).length);
