import { encodeUtf8 } from '../../lib/utf8.ts';

/** `cat -v`: control characters as ^X, bytes above 127 as M-x; tabs only with `tabs`. */
export function visible(text: string, controls: boolean, tabs: boolean): string {
  if (!controls && !tabs) return text;
  if (!controls) return text.replaceAll('\t', '^I');
  let out = '';
  for (const byte of encodeUtf8(text)) {
    if (byte === 9 && !tabs) {
      out += '\t';
      continue;
    }
    const low = byte & 0x7f;
    if (byte >= 128) out += 'M-';
    out += low < 32 ? `^${String.fromCharCode(low + 64)}` : low === 127 ? '^?' : String.fromCharCode(low);
  }
  return out;
}
