// crypto: hashes and chance.
const { Buffer: B } = require('buffer');
const { Transform } = require('stream');
const toBytes = (data, encoding) =>
  typeof data === 'string'
    ? B.from(data, encoding)
    : ArrayBuffer.isView(data)
      ? B.from(data.buffer, data.byteOffset, data.byteLength)
      : data instanceof ArrayBuffer
        ? B.from(data)
        : bad(data);
const bad = (data) => {
  throw $.invalidArg('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
};
class Digest extends Transform {
  constructor(name, key) {
    super();
    Object.defineProperty(this, '$', { value: { name, key, parts: [], done: false }, enumerable: false });
    if ($.host('digest', String(name), new ArrayBuffer(0), key ? $.bufferOf(key) : null) === null) {
      const e = new Error(key ? `Invalid digest: ${name}` : 'Digest method not supported');
      e.code = key ? 'ERR_CRYPTO_INVALID_DIGEST' : 'ERR_OSSL_EVP_UNSUPPORTED';
      throw e;
    }
  }
  update(data, encoding) {
    if (this.$.done) throw $.coded(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.$.parts.push(B.from(toBytes(data, encoding)));
    return this;
  }
  digest(encoding) {
    if (this.$.done) throw $.coded(Error, 'ERR_CRYPTO_HASH_FINALIZED', 'Digest already called');
    this.$.done = true;
    const out = B.from($.host('digest', this.$.name, $.bufferOf(B.concat(this.$.parts)), this.$.key ? $.bufferOf(this.$.key) : null));
    return encoding && encoding !== 'buffer' ? out.toString(encoding) : out;
  }
  _transform(chunk, _encoding, done) {
    this.update(chunk);
    done();
  }
  _flush(done) {
    this.push(this.digest());
    done();
  }
}
const randomBytes = (size, done) => {
  const out = B.from($.host('random', size));
  if (!done) return out;
  setImmediate(done, null, out);
};
const randomUUID = () => {
  const b = randomBytes(16);
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  return b.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
const randomInt = (min, max, done) => {
  if (max === undefined || typeof max === 'function') [min, max, done] = [0, min, max];
  const value = min + (randomBytes(6).readUIntBE(0, 6) % (max - min));
  return done ? setImmediate(done, null, value) : value;
};
const fill = (view) => {
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(randomBytes(view.byteLength));
  return view;
};
const answered =
  (run) =>
  (...args) => {
    const done = args.pop();
    setImmediate(() => done(null, run(...args)));
  };
const pbkdf2Sync = (password, salt, rounds, length, name) =>
  B.from($.host('pbkdf2', name, $.bufferOf(toBytes(password)), $.bufferOf(toBytes(salt)), rounds, length));
const scryptSync = (password, salt, length, o = {}) =>
  B.from($.host('scrypt', $.bufferOf(toBytes(password)), $.bufferOf(toBytes(salt)), length, o.N ?? o.cost ?? 16384, o.r ?? 8, o.p ?? 1));
const webcrypto = {
  getRandomValues: fill,
  randomUUID,
  subtle: {
    digest: async (name, data) => $.bufferOf(new Digest((name.name ?? name).replace('-', '').toLowerCase()).update(toBytes(data)).digest()),
  },
};
module.exports = {
  createHash: (name) => new Digest(name),
  createHmac: (name, key) => new Digest(name, toBytes(key)),
  hash: (name, data, encoding = 'hex') => new Digest(name).update(data).digest(encoding),
  randomBytes,
  randomUUID,
  randomInt,
  randomFillSync: fill,
  getRandomValues: fill,
  pbkdf2Sync,
  pbkdf2: answered(pbkdf2Sync),
  scryptSync,
  scrypt: answered(scryptSync),
  timingSafeEqual: (a, b) => {
    if (a.length !== b.length)
      throw $.coded(RangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', 'Input buffers must have the same byte length');
    return B.from(a).equals(B.from(b));
  },
  getHashes: () => ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'],
  webcrypto,
  subtle: webcrypto.subtle,
};
