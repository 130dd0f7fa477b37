// Routing and middleware for http servers, with express's interface.
const http = require('http');
const path = require('path');
const fs = require('fs');
const crypto = require('crypto');
const EventEmitter = require('events');
const querystring = require('querystring');

const METHODS = http.METHODS.map((m) => m.toLowerCase());
const TYPES = {
  html: 'text/html; charset=utf-8',
  htm: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  text: 'text/plain; charset=utf-8',
  xml: 'application/xml',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  ico: 'image/vnd.microsoft.icon',
  pdf: 'application/pdf',
  wasm: 'application/wasm',
  woff2: 'font/woff2',
  bin: 'application/octet-stream',
  urlencoded: 'application/x-www-form-urlencoded',
};
const escapeHtml = (text) =>
  String(text).replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c]);
const etag = (body) => `W/"${body.length.toString(16)}-${crypto.createHash('sha1').update(body).digest('base64').slice(0, 27)}"`;

/** A path with parameters as a pattern and their names. */
function compile(pattern, end) {
  if (pattern instanceof RegExp) return { regexp: pattern, keys: [] };
  if (Array.isArray(pattern)) {
    const all = pattern.map((p) => compile(p, end));
    return { all };
  }
  const keys = [];
  let text = String(pattern).replace(/\/$/, '');
  text = text
    .replace(/[.+^$|\\]/g, '\\$&')
    .replace(/\{([^}]*)\}/g, '(?:$1)?')
    .replace(/(\/)?:(\w+)(\([^)]*\))?(\?)?|\/?\*(\w+)?/g, (match, slash = '', name, own, optional, splat) => {
      if (name === undefined) {
        keys.push(splat ?? String(keys.length));
        return match.startsWith('/') ? '/(.*)' : '(.*)';
      }
      keys.push(name);
      const group = own ?? '([^/]+?)';
      return optional ? `(?:${slash}${group})?` : slash + group;
    });
  return { regexp: new RegExp(`^${text}${end ? '/?$' : '(?=/|$)'}`, 'i'), keys };
}
function match(compiled, target) {
  if (compiled.all) {
    for (const each of compiled.all) {
      const found = match(each, target);
      if (found) return found;
    }
    return null;
  }
  const m = compiled.regexp.exec(target);
  if (!m) return null;
  const params = {};
  compiled.keys.forEach((key, i) => {
    if (m[i + 1] !== undefined) params[key] = decodeURIComponent(m[i + 1]);
  });
  return { matched: m[0], params: { ...m.groups, ...params } };
}

function Router(options = {}) {
  const router = (req, res, next) => router.handle(req, res, next);
  Object.setPrototypeOf(router, Router.prototype);
  router.stack = [];
  router.paramHandlers = {};
  router.mergeParams = options.mergeParams;
  return router;
}
const handlersOf = (args) => args.flat(Infinity);
Router.prototype = Object.create(Function.prototype);
Object.assign(Router.prototype, {
  use(...args) {
    const hasPath = typeof args[0] === 'string' || args[0] instanceof RegExp || (Array.isArray(args[0]) && typeof args[0][0] === 'string');
    const at = hasPath ? args.shift() : '/';
    const handlers = handlersOf(args);
    if (handlers.length === 0) throw new TypeError('app.use() requires a middleware function');
    for (const handler of handlers) {
      if (typeof handler !== 'function') throw new TypeError(`argument handler must be a function`);
      this.stack.push({ compiled: compile(at, false), handler });
    }
    return this;
  },
  param(name, handler) {
    (this.paramHandlers[name] ??= []).push(handler);
    return this;
  },
  route(at) {
    const route = {};
    for (const method of [...METHODS, 'all'])
      route[method] = (...handlers) => {
        this[method](at, ...handlers);
        return route;
      };
    return route;
  },
  $add(method, at, args) {
    const handlers = handlersOf(args);
    for (const handler of handlers)
      if (typeof handler !== 'function')
        throw new TypeError(
          `Route.${method ?? 'all'}() requires a callback function but got a [object ${handler === undefined ? 'Undefined' : typeof handler === 'object' ? 'Object' : typeof handler}]`,
        );
    this.stack.push({ compiled: compile(at, true), method, handlers });
    return this;
  },
  all(at, ...args) {
    return this.$add(undefined, at, args);
  },
  handle(req, res, done) {
    const parentUrl = req.baseUrl ?? '';
    const before = req.params;
    const url = req.url;
    const { stack } = this;
    let i = 0;
    const restore = () => {
      req.url = url;
      req.baseUrl = parentUrl;
      req.params = before;
    };
    const next = (error) => {
      restore();
      if (error === 'router') return done();
      const pathname = pathOf(url);
      while (i < stack.length) {
        const layer = stack[i++];
        let found;
        try {
          found = match(layer.compiled, pathname);
        } catch (e) {
          error = Object.assign(new Error(`Failed to decode param`), { status: 400, cause: e });
          continue;
        }
        if (!found) continue;
        const params = this.mergeParams ? { ...before, ...found.params } : found.params;
        if (layer.handler) {
          const takesError = layer.handler.length === 4;
          if (Boolean(error && error !== 'route') !== takesError) continue;
          req.params = params;
          const cut = found.matched.replace(/\/$/, '');
          req.baseUrl = parentUrl + cut;
          req.url = url.slice(cut.length) || '/';
          if (!req.url.startsWith('/')) req.url = `/${req.url}`;
          return call(layer.handler, error, req, res, next);
        }
        if (error && error !== 'route' && !layer.handlers.some((h) => h.length === 4)) continue;
        if (layer.method && layer.method !== req.method.toLowerCase() && !(layer.method === 'get' && req.method === 'HEAD')) continue;
        req.params = params;
        req.route = { path: layer.path };
        return this.$params(req, res, params, (failure) => {
          if (failure) return next(failure);
          const { handlers } = layer;
          let k = 0;
          const step = (e) => {
            if (e === 'route') return next();
            while (k < handlers.length) {
              const handler = handlers[k++];
              if (Boolean(e) !== (handler.length === 4)) continue;
              return call(handler, e, req, res, step);
            }
            next(e);
          };
          step(error === 'route' ? undefined : error);
        });
      }
      done(error === 'route' ? undefined : error);
    };
    next();
  },
  $params(req, res, params, done) {
    const work = Object.entries(params).flatMap(([name, value]) =>
      (this.paramHandlers[name] ?? []).map((handler) => [handler, value, name]),
    );
    const step = (error) => {
      const job = work.shift();
      if (error || !job) return done(error);
      try {
        job[0](req, res, step, job[1], job[2]);
      } catch (e) {
        done(e);
      }
    };
    step();
  },
});
for (const method of METHODS)
  Router.prototype[method] = function (at, ...args) {
    return this.$add(method, at, args);
  };
const pathOf = (url) => {
  const at = url.indexOf('?');
  return at < 0 ? url : url.slice(0, at);
};
const call = (handler, error, req, res, next) => {
  try {
    const answer = handler.length === 4 && error ? handler(error, req, res, next) : handler(req, res, next);
    if (answer && typeof answer.then === 'function') answer.then(undefined, (e) => next(e ?? new Error('Rejected promise')));
  } catch (e) {
    next(e);
  }
};

const request = {
  get(name) {
    const key = name.toLowerCase();
    return key === 'referrer' ? (this.headers.referrer ?? this.headers.referer) : this.headers[key];
  },
  header(name) {
    return this.get(name);
  },
  is(...types) {
    const own = String(this.headers['content-type'] ?? '').split(';')[0];
    if (!own) return false;
    return (
      types
        .flat()
        .find((t) => own === t || own === (TYPES[t] ?? '').split(';')[0] || (t.endsWith('/*') && own.startsWith(t.slice(0, -1)))) ?? false
    );
  },
  accepts(...types) {
    const accept = this.headers.accept ?? '*/*';
    return types.flat().find((t) => accept.includes('*/*') || accept.includes((TYPES[t] ?? t).split(';')[0])) ?? false;
  },
};
const requestGetters = {
  path() {
    return pathOf(this.url);
  },
  protocol() {
    return this.app.get('trust proxy') && this.headers['x-forwarded-proto'] ? this.headers['x-forwarded-proto'] : 'http';
  },
  secure() {
    return this.protocol === 'https';
  },
  ip() {
    const forwarded = this.app.get('trust proxy') ? this.headers['x-forwarded-for'] : undefined;
    return forwarded ? forwarded.split(',')[0].trim() : this.socket.remoteAddress;
  },
  hostname() {
    return String(this.headers.host ?? '').replace(/:\d+$/, '');
  },
  xhr() {
    return this.headers['x-requested-with'] === 'XMLHttpRequest';
  },
  query() {
    const at = this.originalUrl.indexOf('?');
    const value = at < 0 ? {} : { ...querystring.parse(this.originalUrl.slice(at + 1)) };
    Object.defineProperty(this, 'query', { value, writable: true, configurable: true, enumerable: true });
    return value;
  },
};

const response = {
  status(code) {
    this.statusCode = code;
    return this;
  },
  set(name, value) {
    if (typeof name === 'object') for (const [k, v] of Object.entries(name)) this.set(k, v);
    else {
      let text = Array.isArray(value) ? value.map(String) : String(value);
      if (
        name.toLowerCase() === 'content-type' &&
        typeof text === 'string' &&
        /^text\/|^application\/json$/.test(text) &&
        !/charset/.test(text)
      )
        text += '; charset=utf-8';
      this.setHeader(name, text);
    }
    return this;
  },
  get(name) {
    return this.getHeader(name);
  },
  append(name, value) {
    return this.set(name, [].concat(this.getHeader(name) ?? [], value));
  },
  type(name) {
    return this.set('Content-Type', name.includes('/') ? name : (TYPES[name.replace(/^\./, '')] ?? 'application/octet-stream'));
  },
  vary(name) {
    return this.append('Vary', name);
  },
  send(body) {
    let data = body;
    if (typeof data === 'number' || typeof data === 'boolean' || (typeof data === 'object' && data !== null && !Buffer.isBuffer(data)))
      return this.json(data);
    if (data === undefined || data === null) data = '';
    if (Buffer.isBuffer(data)) {
      if (!this.getHeader('content-type')) this.type('bin');
    } else {
      if (!this.getHeader('content-type')) this.type('html');
      data = Buffer.from(String(data));
    }
    this.setHeader('Content-Length', data.length);
    if (this.app.get('etag') !== false && !this.getHeader('etag')) this.setHeader('ETag', etag(data));
    const match = this.req.headers['if-none-match'];
    if (match && match === this.getHeader('etag') && this.statusCode === 200) this.statusCode = 304;
    if (this.statusCode === 204 || this.statusCode === 304) {
      for (const name of ['Content-Type', 'Content-Length', 'Transfer-Encoding']) this.removeHeader(name);
      data = Buffer.alloc(0);
    }
    if (this.req.method === 'HEAD') this.end();
    else this.end(data);
    return this;
  },
  json(value) {
    if (!this.getHeader('content-type')) this.setHeader('Content-Type', 'application/json; charset=utf-8');
    const { app } = this;
    return this.send(String(JSON.stringify(value, app.get('json replacer'), app.get('json spaces')) ?? ''));
  },
  sendStatus(code) {
    this.statusCode = code;
    return this.type('txt').send(http.STATUS_CODES[code] ?? String(code));
  },
  location(url) {
    return this.set('Location', url === 'back' ? (this.req.get('Referrer') ?? '/') : encodeURI(decodeURI(url)));
  },
  redirect(status, url) {
    if (url === undefined) [status, url] = [302, status];
    this.location(url);
    this.statusCode = status;
    const text = `${http.STATUS_CODES[status]}. Redirecting to ${url}`;
    if (/html/.test(this.req.headers.accept ?? '')) this.type('html').send(`<p>${escapeHtml(text)}</p>`);
    else this.type('txt').send(text);
  },
  cookie(name, value, options = {}) {
    let text = `${name}=${encodeURIComponent(typeof value === 'object' ? `j:${JSON.stringify(value)}` : String(value))}`;
    if (options.maxAge !== undefined) text += `; Max-Age=${Math.floor(options.maxAge / 1000)}`;
    text += `; Path=${options.path ?? '/'}`;
    if (options.expires) text += `; Expires=${options.expires.toUTCString()}`;
    if (options.httpOnly) text += '; HttpOnly';
    if (options.secure) text += '; Secure';
    return this.append('Set-Cookie', text);
  },
  clearCookie(name, options) {
    return this.cookie(name, '', { expires: new Date(1), ...options });
  },
  sendFile(file, options, done) {
    if (typeof options === 'function') [done, options] = [options, {}];
    const full = options?.root ? path.join(options.root, file) : file;
    if (!path.isAbsolute(full)) throw new TypeError('path must be absolute or specify root to res.sendFile');
    fs.readFile(full, (error, data) => {
      if (error) {
        const e = Object.assign(error, { status: error.code === 'ENOENT' || error.code === 'ENOTDIR' ? 404 : 500 });
        return done ? done(e) : this.req.next(e);
      }
      if (!this.getHeader('content-type')) this.type(path.extname(full).slice(1) || 'bin');
      this.setHeader('Last-Modified', fs.statSync(full).mtime.toUTCString());
      this.send(data);
      done?.();
    });
  },
  download(file, name = path.basename(file), done) {
    this.set('Content-Disposition', `attachment; filename="${name}"`);
    this.sendFile(path.resolve(file), {}, done);
  },
  format(table) {
    const type = this.req.accepts(Object.keys(table).filter((k) => k !== 'default'));
    const run = table[type] ?? table.default;
    if (type) this.type(type);
    if (run) run(this.req, this, this.req.next);
    else this.sendStatus(406);
    return this;
  },
  render(view, options, done) {
    this.app.render(
      view,
      { ...this.app.locals, ...this.locals, ...options },
      done ?? ((error, html) => (error ? this.req.next(error) : this.send(html))),
    );
  },
};
response.header = response.set;
response.contentType = response.type;

const finish = (req, res, app) => (error) => {
  if (res.headersSent) {
    if (error) req.socket.destroy();
    return;
  }
  let status = 404;
  let text = `Cannot ${req.method} ${escapeHtml(encodeURI(decodeURI(pathOf(req.originalUrl))))}`;
  if (error) {
    const given = error.status ?? error.statusCode;
    status = given >= 400 && given < 600 ? given : res.statusCode >= 400 ? res.statusCode : 500;
    const shown = app.get('env') === 'production' ? http.STATUS_CODES[status] : (error.stack ?? String(error));
    text = escapeHtml(shown).replace(/\n/g, '<br>').replace(/ {2}/g, ' &nbsp;');
    if (app.get('env') !== 'test') console.error(error.stack ?? String(error));
  }
  const body = `<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Error</title>\n</head>\n<body>\n<pre>${text}</pre>\n</body>\n</html>\n`;
  res.statusCode = status;
  for (const name of ['Content-Encoding', 'Content-Language', 'Content-Range']) res.removeHeader(name);
  res.setHeader('Content-Security-Policy', "default-src 'none'");
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Content-Type', 'text/html; charset=utf-8');
  res.setHeader('Content-Length', Buffer.byteLength(body));
  res.end(req.method === 'HEAD' ? undefined : body);
};

function createApplication() {
  const app = (req, res, next) => app.handle(req, res, next);
  for (const source of [EventEmitter.prototype, application]) for (const key of Object.keys(source)) app[key] = source[key];
  app.settings = { env: process.env.NODE_ENV || 'development', 'x-powered-by': true, etag: 'weak', views: path.resolve('views') };
  app.locals = { settings: app.settings };
  app.mountpath = '/';
  app.engines = {};
  app.router = Router();
  app.request = request;
  app.response = response;
  return app;
}
const application = {
  handle(req, res, done) {
    const mounted = req.app;
    if (this.enabled('x-powered-by') && !mounted) res.setHeader('X-Powered-By', 'Express');
    req.app = res.app = this;
    req.res = res;
    res.locals ??= {};
    if (!mounted) {
      req.originalUrl = req.url;
      req.baseUrl = '';
      req.params = {};
      Object.assign(req, request);
      Object.assign(res, response);
      for (const [name, get] of Object.entries(requestGetters))
        Object.defineProperty(req, name, { get, configurable: true, enumerable: false });
    }
    const end = done ?? finish(req, res, this);
    req.next = end;
    this.router.handle(req, res, (error) => {
      if (mounted) req.app = res.app = mounted;
      end(error);
    });
  },
  set(name, value) {
    if (arguments.length === 1) return this.settings[name];
    this.settings[name] = value;
    return this;
  },
  enable(name) {
    return this.set(name, true);
  },
  disable(name) {
    return this.set(name, false);
  },
  enabled(name) {
    return Boolean(this.settings[name]);
  },
  disabled(name) {
    return !this.settings[name];
  },
  use(...args) {
    this.router.use(...args);
    for (const each of args.flat(Infinity))
      if (typeof each === 'function' && each.mountpath) each.mountpath = typeof args[0] === 'string' ? args[0] : '/';
    return this;
  },
  param(...args) {
    this.router.param(...args);
    return this;
  },
  route(at) {
    return this.router.route(at);
  },
  all(...args) {
    this.router.all(...args);
    return this;
  },
  engine(ext, run) {
    this.engines[ext.replace(/^\.?/, '.')] = run;
    return this;
  },
  render(view, options, done) {
    const ext = path.extname(view) || `.${String(this.settings['view engine'] ?? '').replace(/^\./, '')}`;
    const file = path.resolve(this.settings.views, path.extname(view) ? view : view + ext);
    let engine = this.engines[ext];
    try {
      engine ??= require(ext.slice(1)).__express;
      if (!fs.existsSync(file)) throw new Error(`Failed to lookup view "${view}" in views directory "${this.settings.views}"`);
    } catch (error) {
      return done(error);
    }
    engine(file, options, done);
  },
  listen(...args) {
    return http.createServer(this).listen(...args);
  },
};
for (const method of METHODS)
  application[method] = function (at, ...args) {
    if (method === 'get' && args.length === 0) return this.settings[at];
    this.router[method](at, ...args);
    return this;
  };

// ---- middleware ----

const limitOf = (limit = '100kb') => {
  if (typeof limit === 'number') return limit;
  const m = /^([\d.]+)\s*(b|kb|mb|gb)?$/i.exec(limit);
  return Number(m[1]) * 1024 ** ['b', 'kb', 'mb', 'gb'].indexOf((m[2] ?? 'b').toLowerCase());
};
const body = (types, options, parse) => (req, res, next) => {
  if (
    req._body ||
    (req.headers['content-length'] === undefined && req.headers['transfer-encoding'] === undefined) ||
    !req.is(options?.type ?? types)
  )
    return next();
  req._body = true;
  const parts = [];
  let length = 0;
  const limit = limitOf(options?.limit);
  let failed = false;
  req.on('data', (chunk) => {
    length += chunk.length;
    if (length <= limit) parts.push(chunk);
    else if (!failed) {
      failed = true;
      next(
        Object.assign(new Error('request entity too large'), {
          status: 413,
          statusCode: 413,
          type: 'entity.too.large',
          expected: length,
          limit,
        }),
      );
    }
  });
  req.on('end', () => {
    if (failed) return;
    const data = Buffer.concat(parts);
    options?.verify?.(req, res, data);
    try {
      req.body = parse(data, options);
    } catch (error) {
      return next(Object.assign(error, { status: 400, statusCode: 400, expose: true, type: 'entity.parse.failed', body: data.toString() }));
    }
    next();
  });
};
const nested = (flat) => {
  const out = {};
  for (const [key, value] of Object.entries(flat)) {
    const names = [/^[^[]*/.exec(key)[0], ...[...key.matchAll(/\[([^\]]*)\]/g)].map((m) => m[1])];
    let at = out;
    names.forEach((name, i) => {
      const last = i === names.length - 1;
      const slot = name === '' ? Object.keys(at).length : name;
      if (['__proto__', 'constructor'].includes(slot)) return;
      if (last) at[slot] = value;
      else at = at[slot] ??= names[i + 1] === '' ? [] : {};
    });
  }
  return out;
};
const json = (options) =>
  body(['application/json'], options, (data) => {
    const text = data.toString();
    if (text.trim() === '') return {};
    if (options?.strict !== false && !/^\s*[[{]/.test(text))
      throw new SyntaxError(`Unexpected token '${text.trim()[0]}', "${text}" is not valid JSON`);
    return JSON.parse(text, options?.reviver);
  });
const urlencoded = (options) =>
  body(['application/x-www-form-urlencoded'], options, (data) =>
    options?.extended ? nested(querystring.parse(data.toString())) : { ...querystring.parse(data.toString()) },
  );
const serveStatic = (root, options = {}) => {
  if (!root) throw new TypeError('root path required');
  const base = path.resolve(root);
  return (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return options.fallthrough === false ? res.sendStatus(405) : next();
    let name;
    try {
      name = decodeURIComponent(pathOf(req.url));
    } catch {
      return next();
    }
    if (name.split('/').includes('..')) return next(Object.assign(new Error('Forbidden'), { status: 403 }));
    if (name.split('/').some((part) => part.startsWith('.')) && options.dotfiles !== 'allow') return next();
    let file = path.join(base, name);
    fs.stat(file, (error, stats) => {
      if (error && options.extensions) {
        const ext = options.extensions.find((e) => fs.existsSync(`${file}.${e}`));
        if (ext) return send(`${file}.${ext}`);
      }
      if (error) return next();
      if (!stats.isDirectory()) return name.endsWith('/') ? next() : send(file);
      if (options.redirect !== false && !pathOf(req.originalUrl).endsWith('/')) return res.redirect(301, `${pathOf(req.originalUrl)}/`);
      const index = options.index === false ? [] : [options.index ?? 'index.html'].flat();
      const found = index.map((i) => path.join(file, i)).find((f) => fs.existsSync(f));
      if (found) send(found);
      else next();
    });
    const send = (target) => {
      file = target;
      const stats = fs.statSync(file);
      res.setHeader('Accept-Ranges', 'bytes');
      res.setHeader('Cache-Control', `public, max-age=${Math.floor((Number(options.maxAge) || 0) / 1000)}`);
      res.setHeader('Last-Modified', stats.mtime.toUTCString());
      res.setHeader('ETag', `W/"${stats.size.toString(16)}-${Math.floor(stats.mtimeMs).toString(16)}"`);
      res.type(path.extname(file).slice(1) || 'bin');
      options.setHeaders?.(res, file, stats);
      fs.readFile(file, (error, data) => (error ? next(error) : res.send(data)));
    };
  };
};

module.exports = createApplication;
Object.assign(module.exports, {
  Router,
  json,
  urlencoded,
  static: serveStatic,
  text: (options) => body(['text/plain'], options, (data) => data.toString()),
  raw: (options) => body(['application/octet-stream'], options, (data) => data),
  application,
  request,
  response,
});
