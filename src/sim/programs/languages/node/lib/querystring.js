// Query strings.
const escape = (text) => encodeURIComponent(String(text)).replace(/[!'()*]/g, (c) => ("!'()*".includes(c) ? c : c));
const unescape = (text) => {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text;
  }
};
const parse = (text, separator = '&', equals = '=') => {
  const out = { __proto__: null };
  for (const pair of String(text ?? '').split(separator)) {
    if (pair === '') continue;
    const at = pair.indexOf(equals);
    const key = unescape(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : unescape(pair.slice(at + equals.length));
    if (key in out) out[key] = [].concat(out[key], value);
    else out[key] = value;
  }
  return out;
};
const stringify = (object, separator = '&', equals = '=') =>
  Object.entries(object ?? {})
    .flatMap(([key, value]) =>
      [].concat(value).map((v) => `${escape(key)}${equals}${v === null || v === undefined || typeof v === 'object' ? '' : escape(v)}`),
    )
    .join(separator);
module.exports = { parse, stringify, escape, unescape, decode: parse, encode: stringify };
