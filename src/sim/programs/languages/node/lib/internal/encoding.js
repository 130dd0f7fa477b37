// UTF-8 and the encodings of Buffer.
const utf8Length = (text) => {
  let n = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x80) n++;
    else if (c < 0x800) n += 2;
    else if (c >= 0xd800 && c < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      n += 4;
      i++;
    } else n += 3;
  }
  return n;
};
const encode = (text) => {
  const out = new Uint8Array(utf8Length(text));
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    let c = text.charCodeAt(i);
    if (c < 0x80) out[at++] = c;
    else if (c < 0x800) {
      out[at++] = 0xc0 | (c >> 6);
      out[at++] = 0x80 | (c & 63);
    } else {
      if (c >= 0xd800 && c < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
        c = 0x10000 + ((c & 0x3ff) << 10) + (text.charCodeAt(++i) & 0x3ff);
        out[at++] = 0xf0 | (c >> 18);
        out[at++] = 0x80 | ((c >> 12) & 63);
      } else {
        if (c >= 0xd800 && c < 0xe000) c = 0xfffd;
        out[at++] = 0xe0 | (c >> 12);
      }
      out[at++] = 0x80 | ((c >> 6) & 63);
      out[at++] = 0x80 | (c & 63);
    }
  }
  return out;
};
/** Decodes; what is no UTF-8 becomes U+FFFD. With `partial`, an unfinished character at the end is left: `[text, rest]`. */
const decode = (b, partial = false) => {
  let out = '';
  const units = [];
  let i = 0;
  while (i < b.length) {
    const c = b[i];
    if (c < 0x80) {
      units.push(c);
      i++;
    } else {
      const need = c >= 0xc2 && c < 0xe0 ? 1 : c >= 0xe0 && c < 0xf0 ? 2 : c >= 0xf0 && c < 0xf5 ? 3 : 0;
      let point = need === 1 ? c & 31 : need === 2 ? c & 15 : c & 7;
      let k = 1;
      for (; need && k <= need; k++) {
        const d = b[i + k];
        if (
          d === undefined ||
          (d & 0xc0) !== 0x80 ||
          (k === 1 && ((c === 0xe0 && d < 0xa0) || (c === 0xed && d > 0x9f) || (c === 0xf0 && d < 0x90) || (c === 0xf4 && d > 0x8f)))
        )
          break;
        point = (point << 6) | (d & 63);
      }
      if (need && k > need) {
        if (point > 0xffff) {
          point -= 0x10000;
          units.push(0xd800 | (point >> 10), 0xdc00 | (point & 0x3ff));
        } else units.push(point);
        i += k;
      } else {
        if (partial && need && i + k === b.length) break;
        units.push(0xfffd);
        i += Math.max(1, k);
      }
    }
    if (units.length > 4096) {
      out += String.fromCharCode(...units);
      units.length = 0;
    }
  }
  out += String.fromCharCode(...units);
  return partial ? [out, b.slice(i)] : out;
};
class TextEncoder {
  get encoding() {
    return 'utf-8';
  }
  encode(text = '') {
    return encode(String(text));
  }
  encodeInto(text, target) {
    const bytes = encode(String(text)).subarray(0, target.length);
    target.set(bytes);
    return { read: text.length, written: bytes.length };
  }
}
class TextDecoder {
  #encoding;
  #rest = new Uint8Array(0);
  constructor(encoding = 'utf-8') {
    this.#encoding = String(encoding).toLowerCase() === 'utf8' ? 'utf-8' : String(encoding).toLowerCase();
  }
  get encoding() {
    return this.#encoding;
  }
  decode(input, options = {}) {
    let bytes =
      input === undefined
        ? new Uint8Array(0)
        : input instanceof ArrayBuffer
          ? new Uint8Array(input)
          : new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
    if (this.#encoding !== 'utf-8') return String.fromCharCode(...bytes);
    if (this.#rest.length > 0) {
      const both = new Uint8Array(this.#rest.length + bytes.length);
      both.set(this.#rest);
      both.set(bytes, this.#rest.length);
      bytes = both;
    }
    this.#rest = new Uint8Array(0);
    if (!options.stream) return decode(bytes).replace(/^\ufeff/, '');
    const [text, rest] = decode(bytes, true);
    this.#rest = rest;
    return text;
  }
}
module.exports = { utf8Length, encode, decode, TextEncoder, TextDecoder };
