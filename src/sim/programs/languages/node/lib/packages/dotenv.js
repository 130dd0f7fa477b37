// The environment from a file.
const fs = require('fs');
const path = require('path');
const parse = (text) => {
  const out = {};
  for (const m of String(text).matchAll(
    /^\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$/gm,
  )) {
    let value = (m[2] ?? '').trim();
    const quote = value[0];
    value = value.replace(/^(['"`])([\s\S]*)\1$/m, '$2');
    if (quote === '"') value = value.replace(/\\n/g, '\n').replace(/\\r/g, '\r');
    out[m[1]] = value;
  }
  return out;
};
const config = (options = {}) => {
  const file = path.resolve(process.cwd(), options.path ?? '.env');
  try {
    const parsed = parse(fs.readFileSync(file, 'utf8'));
    for (const [key, value] of Object.entries(parsed)) if (options.override || !(key in process.env)) process.env[key] = value;
    return { parsed };
  } catch (error) {
    return { error };
  }
};
module.exports = { config, parse };
