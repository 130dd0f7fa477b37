// Identifiers.
const crypto = require('crypto');
const PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-8][0-9a-f]{3}-[089ab][0-9a-f]{3}-[0-9a-f]{12}$/i;
const v7 = () => {
  const b = crypto.randomBytes(16);
  b.writeUIntBE(Date.now(), 0, 6);
  b[6] = (b[6] & 15) | 0x70;
  b[8] = (b[8] & 63) | 128;
  return b.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};
module.exports = {
  v4: () => crypto.randomUUID(),
  v7,
  validate: (text) => PATTERN.test(text),
  version: (text) => Number.parseInt(text[14], 16),
  NIL: '00000000-0000-0000-0000-000000000000',
};
