/**
 * The media type that Go's net/http gives to an answer whose handler named none, from its first bytes
 * (https://mimesniff.spec.whatwg.org, of which it knows more signatures than a daemon ever sends).
 */
export function sniffType(data: Uint8Array): string {
  const head = data.subarray(0, 512);
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 0x08) return 'application/x-gzip';
  if (head.some(isBinary)) return 'application/octet-stream';
  const text = String.fromCharCode(...head).trimStart();
  if (/^<(!DOCTYPE HTML|HTML|HEAD|BODY|TITLE|H1|DIV|P|A|TABLE|SCRIPT|!--)[ >]/i.test(text)) return 'text/html; charset=utf-8';
  if (text.startsWith('<?xml')) return 'text/xml; charset=utf-8';
  return 'text/plain; charset=utf-8';
}

function isBinary(byte: number): boolean {
  return byte < 0x09 || byte === 0x0b || (byte >= 0x0e && byte <= 0x1a) || (byte >= 0x1c && byte <= 0x1f);
}
