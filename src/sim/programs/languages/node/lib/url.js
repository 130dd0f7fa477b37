// URLs as the URL Standard has them, as far as http and file go.
const PORTS = { 'http:': '80', 'https:': '443', 'ftp:': '21', 'ws:': '80', 'wss:': '443', 'file:': '' };
const encodeWith = (text, keep) =>
  Array.from(String(text), (c) =>
    c.charCodeAt(0) > 0x7e || c.charCodeAt(0) < 0x21 || !keep.test(c)
      ? encodeURIComponent(c.isWellFormed() ? c : '\ufffd').replace(
          /^[ "<>`#?{}'|^]$/,
          (x) => `%${x.charCodeAt(0).toString(16).toUpperCase()}`,
        )
      : c,
  ).join('');
const PATH = /[^\s"#<>?`{}^]/;
const QUERY = /[^\s"#<>']/;
const formEncode = (text) =>
  encodeURIComponent(String(text).toWellFormed())
    .replace(/%20/g, '+')
    .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const formDecode = (text) => {
  const plain = text.replace(/\+/g, ' ');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
};
class URLSearchParams {
  #list = [];
  #changed;
  constructor(init = '', changed) {
    this.#changed = changed;
    if (typeof init === 'string')
      this.#list = init
        .replace(/^\?/, '')
        .split('&')
        .filter(Boolean)
        .map((p) => {
          const at = p.indexOf('=');
          return at < 0 ? [formDecode(p), ''] : [formDecode(p.slice(0, at)), formDecode(p.slice(at + 1))];
        });
    else if (init && typeof init[Symbol.iterator] === 'function') this.#list = Array.from(init, ([k, v]) => [String(k), String(v)]);
    else if (init) this.#list = Object.entries(init).map(([k, v]) => [k, String(v)]);
  }
  #told() {
    this.#changed?.(this.toString());
  }
  get size() {
    return this.#list.length;
  }
  append(k, v) {
    this.#list.push([String(k), String(v)]);
    this.#told();
  }
  delete(k) {
    this.#list = this.#list.filter(([n]) => n !== k);
    this.#told();
  }
  get(k) {
    return this.#list.find(([n]) => n === k)?.[1] ?? null;
  }
  getAll(k) {
    return this.#list.filter(([n]) => n === k).map(([, v]) => v);
  }
  has(k) {
    return this.#list.some(([n]) => n === k);
  }
  set(k, v) {
    const at = this.#list.findIndex(([n]) => n === k);
    if (at < 0) this.#list.push([String(k), String(v)]);
    else {
      this.#list[at][1] = String(v);
      this.#list = this.#list.filter(([n], i) => n !== k || i === at);
    }
    this.#told();
  }
  sort() {
    this.#list.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#told();
  }
  forEach(run, self) {
    for (const [k, v] of this.#list) run.call(self, v, k, this);
  }
  *keys() {
    for (const [k] of this.#list) yield k;
  }
  *values() {
    for (const [, v] of this.#list) yield v;
  }
  *entries() {
    for (const [k, v] of this.#list) yield [k, v];
  }
  [Symbol.iterator]() {
    return this.entries();
  }
  toString() {
    return this.#list.map(([k, v]) => `${formEncode(k)}=${formEncode(v)}`).join('&');
  }
  [Symbol.for('nodejs.util.inspect.custom')](_depth, options, inspect) {
    return this.#list.length === 0
      ? 'URLSearchParams {}'
      : `URLSearchParams { ${this.#list.map(([k, v]) => `${inspect(k, options)} => ${inspect(v, options)}`).join(', ')} }`;
  }
}
const squeeze = (path) => {
  const out = [];
  const parts = path.split('/').slice(1);
  parts.forEach((part, i) => {
    const last = i === parts.length - 1;
    if (/^(\.|%2e)$/i.test(part)) {
      if (last) out.push('');
    } else if (/^(\.\.|%2e%2e|\.%2e|%2e\.)$/i.test(part)) {
      out.pop();
      if (last) out.push('');
    } else out.push(part);
  });
  return `/${out.join('/')}`;
};
const parse = (text, base) => {
  const input = String(text).trim();
  const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(input);
  const u = { protocol: '', username: '', password: '', hostname: '', port: '', pathname: '', search: '', hash: '', opaque: false };
  let rest = input;
  if (scheme) {
    u.protocol = scheme[0].toLowerCase();
    rest = input.slice(scheme[0].length);
  } else if (!base) return null;
  else u.protocol = base.protocol;
  const hash = rest.indexOf('#');
  if (hash >= 0) {
    u.hash = rest.length > hash + 1 ? `#${encodeWith(rest.slice(hash + 1), /[^\s"<>`]/)}` : '';
    rest = rest.slice(0, hash);
  }
  const query = rest.indexOf('?');
  if (query >= 0) {
    u.search = rest.length > query + 1 ? `?${encodeWith(rest.slice(query + 1), QUERY)}` : '';
    rest = rest.slice(0, query);
  }
  const special = u.protocol in PORTS;
  if (special) rest = rest.replace(/\\/g, '/');
  if (rest.startsWith('//') || (scheme && special && !(base && base.protocol === u.protocol))) {
    rest = rest.replace(special ? /^\/*/ : /^\/\//, '');
    let end = rest.indexOf('/');
    if (end < 0) end = rest.length;
    let authority = u.protocol === 'file:' ? '' : rest.slice(0, end);
    const path = u.protocol === 'file:' ? `/${rest}` : rest.slice(end);
    const at = authority.lastIndexOf('@');
    if (at >= 0) {
      const [name, ...password] = authority.slice(0, at).split(':');
      u.username = encodeURIComponent(formDecode(name));
      u.password = encodeURIComponent(formDecode(password.join(':')));
      authority = authority.slice(at + 1);
    }
    const m = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority);
    if (!m || (special && u.protocol !== 'file:' && m[1] === '') || /[\s<>^|%]/.test(m[1]) || Number(m[2] ?? 0) > 65535) return null;
    u.hostname = special ? m[1].toLowerCase() : m[1];
    u.port = m[2] === undefined || m[2] === '' || m[2] === PORTS[u.protocol] ? '' : String(Number(m[2]));
    u.pathname = special ? squeeze(path === '' ? '/' : path) : path;
  } else if (scheme && !special && !rest.startsWith('/')) {
    u.pathname = rest;
    u.opaque = true;
    return u;
  } else {
    if (base && (!scheme || special)) {
      for (const key of ['username', 'password', 'hostname', 'port']) u[key] = base[key];
      if (rest === '') {
        u.pathname = base.pathname;
        if (query < 0) u.search = base.search;
        return u;
      }
      u.pathname = squeeze(rest.startsWith('/') ? rest : base.pathname.replace(/[^/]*$/, '') + rest);
    } else u.pathname = rest;
  }
  u.pathname = encodeWith(u.pathname, PATH);
  return u;
};
class URL {
  #u;
  #params;
  constructor(text, base) {
    const from = base === undefined ? undefined : parse(String(base));
    const u = from === null ? null : parse(text, from);
    if (!u) {
      const e = $.coded(TypeError, 'ERR_INVALID_URL', 'Invalid URL');
      e.stack = e.stack.replace('TypeError [ERR_INVALID_URL]', 'TypeError');
      e.input = String(text);
      if (base !== undefined) e.base = String(base);
      throw e;
    }
    this.#u = u;
  }
  static canParse(text, base) {
    try {
      return Boolean(new URL(text, base));
    } catch {
      return false;
    }
  }
  static parse(text, base) {
    return URL.canParse(text, base) ? new URL(text, base) : null;
  }
  get href() {
    const u = this.#u;
    const login = u.username || u.password ? `${u.username}${u.password ? `:${u.password}` : ''}@` : '';
    return `${u.protocol}${u.opaque ? '' : u.hostname || u.protocol in PORTS ? '//' : ''}${login}${this.host}${u.pathname}${u.search}${u.hash}`;
  }
  set href(text) {
    this.#u = new URL(text).#u;
  }
  get origin() {
    return this.#u.protocol in PORTS && this.#u.protocol !== 'file:' ? `${this.#u.protocol}//${this.host}` : 'null';
  }
  get host() {
    return this.#u.hostname + (this.#u.port ? `:${this.#u.port}` : '');
  }
  set host(text) {
    const [name, port] = String(text).split(':');
    this.#u.hostname = name;
    if (port !== undefined) this.port = port;
  }
  get port() {
    return this.#u.port;
  }
  set port(value) {
    this.#u.port = String(value) === PORTS[this.#u.protocol] ? '' : String(value);
  }
  get protocol() {
    return this.#u.protocol;
  }
  set protocol(value) {
    this.#u.protocol = `${String(value).replace(/:.*$/, '')}:`;
  }
  get search() {
    return this.#u.search;
  }
  set search(value) {
    const text = String(value).replace(/^\?/, '');
    this.#u.search = text ? `?${encodeWith(text, QUERY)}` : '';
    this.#params = undefined;
  }
  get hash() {
    return this.#u.hash;
  }
  set hash(value) {
    const text = String(value).replace(/^#/, '');
    this.#u.hash = text ? `#${text}` : '';
  }
  get pathname() {
    return this.#u.pathname;
  }
  set pathname(value) {
    this.#u.pathname = encodeWith(squeeze(String(value).startsWith('/') ? String(value) : `/${value}`), PATH);
  }
  get searchParams() {
    this.#params ??= new URLSearchParams(this.#u.search, (text) => {
      this.#u.search = text ? `?${text}` : '';
    });
    return this.#params;
  }
  toString() {
    return this.href;
  }
  toJSON() {
    return this.href;
  }
  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    if (typeof depth === 'number' && depth < 0) return this.href;
    const shown = Object.create({ constructor: URL });
    for (const key of [
      'href',
      'origin',
      'protocol',
      'username',
      'password',
      'host',
      'hostname',
      'port',
      'pathname',
      'search',
      'searchParams',
      'hash',
    ])
      shown[key] = this[key];
    return `URL ${inspect(Object.assign({}, shown), options)}`;
  }
}
for (const name of ['username', 'password', 'hostname'])
  Object.defineProperty(URL.prototype, name, {
    get() {
      return parseOf(this)[name];
    },
    set(value) {
      const next = new URL(this.href);
      parseOf(next);
      this.href =
        name === 'hostname'
          ? this.href.replace(this.hostname, value)
          : this.href.replace('//', `//${name === 'username' ? value : `${this.username}:${value}`}@`);
    },
    configurable: true,
  });
const parseOf = (url) => parse(url.href);
const fileURLToPath = (url) => {
  const u = typeof url === 'string' ? new URL(url) : url;
  if (u.protocol !== 'file:') throw $.coded(TypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  return decodeURIComponent(u.pathname);
};
const pathToFileURL = (path) => {
  const url = new URL('file:///');
  url.pathname = $.load('path').resolve(path).replace(/%/g, '%25').replace(/\?/g, '%3F').replace(/#/g, '%23');
  return url;
};
/** The old interface: an object with the parts, query as text or parsed. */
const legacy = (text, query = false) => {
  const m = /^(?:([a-zA-Z][\w+.-]*:)?(?:\/\/)?(?:([^@/?#]*)@)?([^:/?#]*)(?::(\d+))?)?([^?#]*)(\?[^#]*)?(#.*)?$/.exec(
    /^[a-zA-Z][\w+.-]*:\/\/|^\/\//.test(text) ? text : '',
  );
  const rest = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(text);
  const u =
    m && m[3] !== undefined && /\/\//.test(text.split('?')[0]) && /^([a-zA-Z][\w+.-]*:)?\/\//.test(text)
      ? {
          protocol: m[1] ?? null,
          slashes: true,
          auth: m[2] ?? null,
          host: m[3] + (m[4] ? `:${m[4]}` : ''),
          port: m[4] ?? null,
          hostname: m[3],
          hash: m[7] ?? null,
          search: m[6] ?? null,
          pathname: m[5] || '/',
        }
      : {
          protocol: null,
          slashes: null,
          auth: null,
          host: null,
          port: null,
          hostname: null,
          hash: rest[3] ?? null,
          search: rest[2] ?? null,
          pathname: rest[1] || null,
        };
  const q = u.search === null ? null : u.search.slice(1);
  const search = query && u.search === null ? '' : u.search;
  const out = {
    protocol: u.protocol,
    slashes: u.slashes,
    auth: u.auth,
    host: u.host,
    port: u.port,
    hostname: u.hostname,
    hash: u.hash,
    search,
    query: query ? $.load('querystring').parse(q ?? '') : q,
    pathname: u.pathname,
    path: (u.pathname ?? '') + (u.search ?? '') || null,
    href: text,
  };
  return Object.assign(Object.create({ constructor: Url }), out);
};
function Url() {}
module.exports = {
  URL,
  URLSearchParams,
  Url,
  parse: legacy,
  format: (u) =>
    typeof u === 'string'
      ? u
      : u instanceof URL
        ? u.href
        : `${u.protocol ? `${u.protocol.replace(/:$/, '')}:` : ''}${u.protocol || u.slashes ? '//' : ''}${u.auth ? `${u.auth}@` : ''}${u.host ?? (u.hostname ?? '') + (u.port ? `:${u.port}` : '')}${u.pathname ?? ''}${u.search ?? (u.query && Object.keys(u.query).length > 0 ? `?${$.load('querystring').stringify(u.query)}` : '')}${u.hash ?? ''}`,
  resolve: (from, to) => {
    const url = new URL(to, new URL(from, 'resolve://x/'));
    return url.protocol === 'resolve:' ? url.pathname + url.search + url.hash : url.href;
  },
  fileURLToPath,
  pathToFileURL,
  urlToHttpOptions: (u) => ({
    protocol: u.protocol,
    hostname: u.hostname,
    path: u.pathname + u.search,
    href: u.href,
    port: u.port ? Number(u.port) : undefined,
  }),
  domainToASCII: (d) => d.toLowerCase(),
};
