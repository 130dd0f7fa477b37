// Text out of pieces of bytes.
const { decode } = require('internal/encoding');
class StringDecoder {
  #rest = new Uint8Array(0);
  constructor(encoding = 'utf8') {
    this.encoding = /^utf-?8$/i.test(encoding) ? 'utf8' : String(encoding).toLowerCase();
  }
  write(chunk) {
    if (typeof chunk === 'string') return chunk;
    if (this.encoding !== 'utf8') return $.load('buffer').Buffer.from(chunk).toString(this.encoding);
    const { Buffer } = $.load('buffer');
    const [text, rest] = decode(this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk, true);
    this.#rest = rest;
    return text;
  }
  end(chunk) {
    const text = chunk === undefined ? '' : this.write(chunk);
    const rest = this.#rest.length > 0 ? '\ufffd' : '';
    this.#rest = new Uint8Array(0);
    return text + rest;
  }
}
module.exports = { StringDecoder };
