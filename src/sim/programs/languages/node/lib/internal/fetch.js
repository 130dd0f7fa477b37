// fetch, over http.
const { Buffer: B } = require('buffer');
class Headers {
  #map = new Map();
  constructor(init) {
    if (init) for (const [k, v] of typeof init[Symbol.iterator] === 'function' ? init : Object.entries(init)) this.append(k, v);
  }
  append(k, v) {
    const key = String(k).toLowerCase();
    this.#map.set(key, this.#map.has(key) ? `${this.#map.get(key)}, ${v}` : String(v));
  }
  set(k, v) {
    this.#map.set(String(k).toLowerCase(), String(v));
  }
  get(k) {
    return this.#map.get(String(k).toLowerCase()) ?? null;
  }
  has(k) {
    return this.#map.has(String(k).toLowerCase());
  }
  delete(k) {
    this.#map.delete(String(k).toLowerCase());
  }
  forEach(run) {
    for (const [k, v] of this) run(v, k, this);
  }
  keys() {
    return [...this.#map.keys()].sort()[Symbol.iterator]();
  }
  values() {
    return [...this].map(([, v]) => v)[Symbol.iterator]();
  }
  entries() {
    return this[Symbol.iterator]();
  }
  [Symbol.iterator]() {
    return [...this.#map].sort(([a], [b]) => (a < b ? -1 : 1))[Symbol.iterator]();
  }
}
class Body {
  #bytes;
  bodyUsed = false;
  constructor(body) {
    this.#bytes = body;
  }
  async $take() {
    if (this.bodyUsed) throw new TypeError('Body is unusable: Body has already been read');
    this.bodyUsed = true;
    return typeof this.#bytes === 'function'
      ? await this.#bytes()
      : this.#bytes === null || this.#bytes === undefined
        ? B.alloc(0)
        : B.from(typeof this.#bytes === 'string' ? this.#bytes : this.#bytes);
  }
  async text() {
    return (await this.$take()).toString();
  }
  async json() {
    return JSON.parse(await this.text());
  }
  async arrayBuffer() {
    return $.bufferOf(await this.$take());
  }
  async bytes() {
    return new Uint8Array(await this.arrayBuffer());
  }
}
class Response extends Body {
  constructor(body, init = {}) {
    super(body);
    this.status = init.status ?? 200;
    this.statusText = init.statusText ?? '';
    this.headers = init.headers instanceof Headers ? init.headers : new Headers(init.headers);
    this.url = init.url ?? '';
    this.redirected = init.redirected ?? false;
    this.type = 'basic';
  }
  get ok() {
    return this.status >= 200 && this.status < 300;
  }
  static json(data, init = {}) {
    return new Response(JSON.stringify(data), { ...init, headers: { 'content-type': 'application/json', ...init.headers } });
  }
}
class Request extends Body {
  constructor(input, init = {}) {
    super(init.body);
    this.url = String(input.url ?? input);
    this.method = (init.method ?? input.method ?? 'GET').toUpperCase();
    this.headers = new Headers(init.headers ?? input.headers);
  }
}
class FormData {
  #list = [];
  append(k, v) {
    this.#list.push([k, v]);
  }
  get(k) {
    return this.#list.find(([n]) => n === k)?.[1] ?? null;
  }
  [Symbol.iterator]() {
    return this.#list[Symbol.iterator]();
  }
}
const send = (url, init, hops) =>
  new Promise((resolve, reject) => {
    const failed = (cause) => {
      const e = new TypeError('fetch failed', { cause });
      e.stack = `TypeError: fetch failed\n    at node:internal/deps/undici/undici:13510:13\n    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)`;
      reject(init.signal?.aborted ? init.signal.reason : e);
    };
    const headers = new Headers(init.headers);
    let { body } = init;
    if (body instanceof URLSearchParams) {
      body = body.toString();
      if (!headers.has('content-type')) headers.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
    } else if (typeof body === 'string' && !headers.has('content-type')) headers.set('content-type', 'text/plain;charset=UTF-8');
    for (const [k, v] of [
      ['accept', '*/*'],
      ['accept-language', '*'],
      ['sec-fetch-mode', 'cors'],
      ['user-agent', 'node'],
    ])
      if (!headers.has(k)) headers.set(k, v);
    const lib = require(url.protocol === 'https:' ? 'https' : 'http');
    const method = (init.method ?? 'GET').toUpperCase();
    let request;
    try {
      request = lib.request(url, { method, headers: Object.fromEntries(headers), signal: init.signal });
    } catch (error) {
      return failed(error);
    }
    request.on('error', failed);
    request.on('response', (r) => {
      const { location } = r.headers;
      if ([301, 302, 303, 307, 308].includes(r.statusCode) && location && init.redirect !== 'manual') {
        r.resume();
        if (hops >= 20) return failed(new Error('redirect count exceeded'));
        const keep = r.statusCode >= 307;
        return resolve(
          send(
            new URL(location, url),
            { ...init, method: keep ? method : 'GET', body: keep ? body : undefined, redirected: true },
            hops + 1,
          ),
        );
      }
      const answer = new Headers();
      for (let i = 0; i < r.rawHeaders.length; i += 2) answer.append(r.rawHeaders[i], r.rawHeaders[i + 1]);
      const parts = [];
      const whole = new Promise((ok, bad) => {
        r.on('data', (chunk) => parts.push(chunk));
        r.on('end', () => ok(B.concat(parts)));
        r.on('error', bad);
      });
      whole.catch(() => {});
      resolve(
        new Response(() => whole, {
          status: r.statusCode,
          statusText: r.statusMessage,
          headers: answer,
          url: url.href,
          redirected: hops > 0,
        }),
      );
    });
    if (body !== undefined && body !== null) request.end(typeof body === 'string' ? body : B.from(body));
    else request.end();
  });
const fetch = async (input, init = {}) => {
  let url;
  try {
    url = new URL(String(input.url ?? input));
  } catch (cause) {
    throw new TypeError(`Failed to parse URL from ${input.url ?? input}`, { cause });
  }
  if (init.signal?.aborted) throw init.signal.reason;
  return await send(url, input instanceof Request ? { method: input.method, headers: input.headers, ...init } : init, 0);
};
module.exports = { fetch, Headers, Request, Response, FormData };
