// Paths of POSIX.
const need = (path, name = 'path') => {
  if (typeof path !== 'string') throw $.invalidArg(name, 'of type string', path);
};
const squeeze = (path, absolute) => {
  const out = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') out.push(part);
    else if (out.length > 0 && out.at(-1) !== '..') out.pop();
    else if (!absolute) out.push('..');
  }
  return out.join('/');
};
const posix = {
  sep: '/',
  delimiter: ':',
  resolve(...parts) {
    let path = '';
    for (let i = parts.length - 1; i >= 0 && !path.startsWith('/'); i--) {
      need(parts[i], `paths[${i}]`);
      if (parts[i] !== '') path = path === '' ? parts[i] : `${parts[i]}/${path}`;
    }
    if (!path.startsWith('/')) path = `${$.process.cwd()}/${path}`;
    return `/${squeeze(path, true)}`;
  },
  normalize(path) {
    need(path);
    if (path === '') return '.';
    const absolute = path.startsWith('/');
    let out = squeeze(path, absolute);
    if (out === '' && !absolute) return path.endsWith('/') ? './' : '.';
    if (out !== '' && path.endsWith('/')) out += '/';
    return absolute ? `/${out}` : out;
  },
  isAbsolute(path) {
    need(path);
    return path.startsWith('/');
  },
  join(...parts) {
    for (const part of parts) need(part);
    const joined = parts.filter((p) => p !== '').join('/');
    return joined === '' ? '.' : posix.normalize(joined);
  },
  relative(from, to) {
    const a = posix.resolve(from).split('/').filter(Boolean);
    const b = posix.resolve(to).split('/').filter(Boolean);
    let same = 0;
    while (same < a.length && same < b.length && a[same] === b[same]) same++;
    return [...a.slice(same).map(() => '..'), ...b.slice(same)].join('/');
  },
  dirname(path) {
    need(path);
    const trimmed = path.replace(/(?<=.)\/+$/, '');
    const at = trimmed.lastIndexOf('/');
    return at < 0 ? '.' : trimmed.slice(0, at).replace(/\/+$/, '') || '/';
  },
  basename(path, suffix) {
    need(path);
    const base = path.replace(/\/+$/, '').replace(/^.*\//s, '');
    return suffix && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base;
  },
  extname(path) {
    const base = posix.basename(path);
    const at = base.lastIndexOf('.');
    return at <= 0 || base === '..' ? '' : base.slice(at);
  },
  parse(path) {
    need(path);
    const root = path.startsWith('/') ? '/' : '';
    const base = posix.basename(path);
    const ext = posix.extname(path);
    const at = path.replace(/\/+$/, '').lastIndexOf('/');
    return { root, dir: at < 0 ? '' : path.slice(0, at) || root, base, ext, name: ext ? base.slice(0, -ext.length) : base };
  },
  format(o) {
    const dir = o.dir || o.root;
    const base = o.base || `${o.name ?? ''}${o.ext ? (o.ext.startsWith('.') ? o.ext : `.${o.ext}`) : ''}`;
    return !dir ? base : dir === o.root ? dir + base : `${dir}/${base}`;
  },
  toNamespacedPath: (path) => path,
  matchesGlob: () => false,
};
posix.posix = posix;
posix.win32 = posix;
module.exports = posix;
