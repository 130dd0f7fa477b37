// Buffer: a Uint8Array that knows encodings.
const { encode, decode, utf8Length } = require('internal/encoding');
const B64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const fromBase64 = (text) => {
  const clean = text
    .replace(/-/g, '+')
    .replace(/_/g, '/')
    .replace(/=.*$/s, '')
    .replace(/[^A-Za-z0-9+/]/g, '');
  const out = new Uint8Array(Math.floor((clean.length * 3) / 4));
  let bits = 0;
  let have = 0;
  let at = 0;
  for (const c of clean) {
    bits = ((bits << 6) | B64.indexOf(c)) & 0xffffff;
    have += 6;
    if (have >= 8) {
      have -= 8;
      out[at++] = (bits >> have) & 255;
    }
  }
  return out.subarray(0, at);
};
const toBase64 = (b) => {
  let out = '';
  for (let i = 0; i < b.length; i += 3) {
    const n = (b[i] << 16) | ((b[i + 1] ?? 0) << 8) | (b[i + 2] ?? 0);
    out += B64[n >> 18] + B64[(n >> 12) & 63] + (i + 1 < b.length ? B64[(n >> 6) & 63] : '=') + (i + 2 < b.length ? B64[n & 63] : '=');
  }
  return out;
};
const latin = (text, mask) => {
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i) & mask;
  return out;
};
const chars = (b, mask = 255) => {
  let out = '';
  for (let i = 0; i < b.length; i += 4096) out += String.fromCharCode(...b.subarray(i, i + 4096).map((c) => c & mask));
  return out;
};
const hexOf = (b) => {
  let out = '';
  for (const c of b) out += (c < 16 ? '0' : '') + c.toString(16);
  return out;
};
const norm = (encoding = 'utf8') => {
  const e = String(encoding || 'utf8').toLowerCase();
  const found = {
    utf8: 'utf8',
    'utf-8': 'utf8',
    hex: 'hex',
    base64: 'base64',
    base64url: 'base64url',
    latin1: 'latin1',
    binary: 'latin1',
    ascii: 'ascii',
    ucs2: 'utf16le',
    'ucs-2': 'utf16le',
    utf16le: 'utf16le',
    'utf-16le': 'utf16le',
  }[e];
  if (!found) throw $.coded(TypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${encoding}`);
  return found;
};
const bytesOf = (text, encoding) => {
  switch (norm(encoding)) {
    case 'utf8':
      return encode(text);
    case 'hex': {
      const clean = /^(?:[0-9a-f]{2})*/i.exec(text)[0];
      return Uint8Array.from(clean.match(/../g) ?? [], (h) => Number.parseInt(h, 16));
    }
    case 'base64':
    case 'base64url':
      return fromBase64(text);
    case 'utf16le': {
      const out = new Uint8Array(text.length * 2);
      for (let i = 0; i < text.length; i++) {
        out[2 * i] = text.charCodeAt(i) & 255;
        out[2 * i + 1] = text.charCodeAt(i) >> 8;
      }
      return out;
    }
    default:
      return latin(text, 255);
  }
};
$.bytesOf = bytesOf;
/** The bytes of a chunk as a buffer of their own, for the host. */
$.bufferOf = (chunk) => {
  const b = typeof chunk === 'string' ? encode(chunk) : chunk instanceof ArrayBuffer ? new Uint8Array(chunk) : chunk;
  return b.byteOffset === 0 && b.byteLength === b.buffer.byteLength ? b.buffer : b.buffer.slice(b.byteOffset, b.byteOffset + b.byteLength);
};
function Buffer(value, encoding, length) {
  return typeof value === 'number' ? Buffer.alloc(value) : Buffer.from(value, encoding, length);
}
const dress = (u8) => Object.setPrototypeOf(u8, Buffer.prototype);
Buffer.prototype = Object.create(Uint8Array.prototype, { constructor: { value: Buffer, writable: true, configurable: true } });
Object.setPrototypeOf(Buffer, Uint8Array);
const statics = {
  from(value, encoding, length) {
    if (typeof value === 'string') return dress(bytesOf(value, encoding));
    if (value instanceof ArrayBuffer) return dress(new Uint8Array(value, encoding, length));
    if (value && value.type === 'Buffer' && Array.isArray(value.data)) return dress(Uint8Array.from(value.data));
    if (ArrayBuffer.isView(value) || Array.isArray(value)) return dress(Uint8Array.from(value));
    if (value instanceof String) return dress(bytesOf(String(value), encoding));
    throw $.invalidArg('first', 'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object', value);
  },
  alloc(size, fill, encoding) {
    const b = dress(new Uint8Array(size));
    return fill === undefined || fill === 0 ? b : b.fill(fill, encoding);
  },
  allocUnsafe: (size) => dress(new Uint8Array(size)),
  allocUnsafeSlow: (size) => dress(new Uint8Array(size)),
  isBuffer: (value) => value instanceof Buffer,
  isEncoding: (name) => {
    try {
      return Boolean(name && norm(name));
    } catch {
      return false;
    }
  },
  byteLength: (value, encoding) =>
    typeof value !== 'string' ? value.byteLength : norm(encoding) === 'utf8' ? utf8Length(value) : bytesOf(value, encoding).length,
  concat(list, total = list.reduce((sum, each) => sum + each.length, 0)) {
    const out = dress(new Uint8Array(total));
    let at = 0;
    for (const each of list) {
      const part = at + each.length > total ? each.subarray(0, total - at) : each;
      out.set(part, at);
      at += part.length;
    }
    return out;
  },
  compare: (a, b) => a.compare(b),
};
for (const [name, value] of Object.entries(statics)) Object.defineProperty(Buffer, name, { value, writable: true, configurable: true });
Buffer.poolSize = 8192;
const view = (b) => new DataView(b.buffer, b.byteOffset, b.byteLength);
const methods = {
  toString(encoding, start = 0, end = this.length) {
    const b = start === 0 && end >= this.length ? this : Uint8Array.prototype.subarray.call(this, start, end);
    switch (norm(encoding)) {
      case 'utf8':
        return decode(b);
      case 'hex':
        return hexOf(b);
      case 'base64':
        return toBase64(b);
      case 'base64url':
        return toBase64(b).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
      case 'ascii':
        return chars(b, 127);
      case 'utf16le': {
        let out = '';
        for (let i = 0; i + 1 < b.length; i += 2) out += String.fromCharCode(b[i] | (b[i + 1] << 8));
        return out;
      }
      default:
        return chars(b);
    }
  },
  toJSON() {
    return { type: 'Buffer', data: Array.from(this) };
  },
  equals(other) {
    return this.compare(other) === 0;
  },
  compare(other) {
    for (let i = 0; i < Math.min(this.length, other.length); i++) if (this[i] !== other[i]) return this[i] < other[i] ? -1 : 1;
    return Math.sign(this.length - other.length);
  },
  slice(start, end) {
    return dress(Uint8Array.prototype.subarray.call(this, start, end));
  },
  write(text, offset = 0, length, encoding) {
    if (typeof offset === 'string') [offset, encoding] = [0, offset];
    else if (typeof length === 'string') [length, encoding] = [undefined, length];
    const bytes = bytesOf(text, encoding).subarray(0, Math.min(length ?? Infinity, this.length - offset));
    this.set(bytes, offset);
    return bytes.length;
  },
  fill(value, start = 0, end = this.length, encoding) {
    if (typeof start === 'string') [start, encoding] = [0, start];
    if (typeof value === 'number') return Uint8Array.prototype.fill.call(this, value, start, end);
    const bytes = typeof value === 'string' ? bytesOf(value, encoding) : value;
    for (let i = start; i < end && bytes.length > 0; i++) this[i] = bytes[(i - start) % bytes.length];
    return this;
  },
  copy(target, at = 0, start = 0, end = this.length) {
    const part = Uint8Array.prototype.subarray.call(this, start, Math.min(end, start + target.length - at));
    target.set(part, at);
    return part.length;
  },
  indexOf(value, from = 0, encoding) {
    const needle = typeof value === 'number' ? [value & 255] : typeof value === 'string' ? bytesOf(value, encoding) : value;
    outer: for (let i = Math.max(0, from); i <= this.length - needle.length; i++) {
      for (let j = 0; j < needle.length; j++) if (this[i + j] !== needle[j]) continue outer;
      return i;
    }
    return -1;
  },
  includes(value, from, encoding) {
    return this.indexOf(value, from, encoding) >= 0;
  },
  swap16() {
    for (let i = 0; i + 1 < this.length; i += 2) [this[i], this[i + 1]] = [this[i + 1], this[i]];
    return this;
  },
  readUIntBE(at, n) {
    let v = 0;
    for (let i = 0; i < n; i++) v = v * 256 + this[at + i];
    return v;
  },
  readUIntLE(at, n) {
    let v = 0;
    for (let i = n - 1; i >= 0; i--) v = v * 256 + this[at + i];
    return v;
  },
  writeUIntBE(v, at, n) {
    for (let i = n - 1; i >= 0; i--, v = Math.floor(v / 256)) this[at + i] = v & 255;
    return at + n;
  },
  writeUIntLE(v, at, n) {
    for (let i = 0; i < n; i++, v = Math.floor(v / 256)) this[at + i] = v & 255;
    return at + n;
  },
};
methods.toLocaleString = methods.toString;
for (const [name, bytes, kind] of [
  ['UInt8', 1, 'Uint8'],
  ['Int8', 1, 'Int8'],
  ['UInt16', 2, 'Uint16'],
  ['Int16', 2, 'Int16'],
  ['UInt32', 4, 'Uint32'],
  ['Int32', 4, 'Int32'],
  ['Float', 4, 'Float32'],
  ['Double', 8, 'Float64'],
  ['BigInt64', 8, 'BigInt64'],
  ['BigUInt64', 8, 'BigUint64'],
])
  for (const end of bytes === 1 ? [''] : ['BE', 'LE']) {
    methods[`read${name}${end}`] = function (at = 0) {
      if (at + bytes > this.length)
        throw $.coded(
          RangeError,
          'ERR_OUT_OF_RANGE',
          `The value of "offset" is out of range. It must be >= 0 and <= ${this.length - bytes}. Received ${at}`,
        );
      return view(this)[`get${kind}`](at, end === 'LE');
    };
    methods[`write${name}${end}`] = function (value, at = 0) {
      view(this)[`set${kind}`](at, value, end === 'LE');
      return at + bytes;
    };
    if (name.includes('UInt')) {
      methods[`read${name.replace('UInt', 'Uint')}${end}`] = methods[`read${name}${end}`];
      methods[`write${name.replace('UInt', 'Uint')}${end}`] = methods[`write${name}${end}`];
    }
  }
for (const [name, value] of Object.entries(methods))
  Object.defineProperty(Buffer.prototype, name, { value, writable: true, configurable: true });
Object.defineProperty(Buffer.prototype, 'subarray', { value: methods.slice, writable: true, configurable: true });
Object.defineProperty(Buffer.prototype, 'parent', {
  get() {
    return this.buffer;
  },
  configurable: true,
});
Object.defineProperty(Buffer.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  value: function () {
    const rest = this.length - 50;
    return `<${this.constructor.name}${this.length ? ' ' : ''}${hexOf(this.subarray(0, 50)).replace(/..(?=.)/g, '$& ')}${rest > 0 ? ` ... ${rest} more byte${rest > 1 ? 's' : ''}` : ''}>`;
  },
  writable: true,
  configurable: true,
});
class Blob {
  #bytes;
  constructor(parts = [], options = {}) {
    this.#bytes = Buffer.concat(parts.map((p) => (typeof p === 'string' ? Buffer.from(p) : p instanceof ArrayBuffer ? Buffer.from(p) : p)));
    this.type = options.type ?? '';
  }
  get size() {
    return this.#bytes.length;
  }
  async text() {
    return this.#bytes.toString();
  }
  async arrayBuffer() {
    return $.bufferOf(this.#bytes);
  }
}
module.exports = {
  Buffer,
  SlowBuffer: Buffer,
  Blob,
  kMaxLength: 2 ** 32,
  constants: { MAX_LENGTH: 2 ** 32, MAX_STRING_LENGTH: 536870888 },
  atob: (s) => chars(fromBase64(String(s))),
  btoa: (s) => toBase64(latin(String(s), 255)),
  isUtf8: () => true,
};
