// HTTP/1.1, both sides.
const net = require('net');
const EventEmitter = require('events');
const { Readable, Writable } = require('stream');
const { Buffer: B } = require('buffer');
const STATUS_CODES = {
  100: 'Continue',
  101: 'Switching Protocols',
  102: 'Processing',
  103: 'Early Hints',
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  203: 'Non-Authoritative Information',
  204: 'No Content',
  205: 'Reset Content',
  206: 'Partial Content',
  207: 'Multi-Status',
  300: 'Multiple Choices',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Payload Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable',
  417: 'Expectation Failed',
  418: "I'm a Teapot",
  422: 'Unprocessable Entity',
  423: 'Locked',
  424: 'Failed Dependency',
  426: 'Upgrade Required',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  505: 'HTTP Version Not Supported',
  507: 'Insufficient Storage',
  511: 'Network Authentication Required',
};
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'CONNECT', 'TRACE'];
const ONCE = new Set([
  'age',
  'authorization',
  'content-length',
  'content-type',
  'etag',
  'expires',
  'from',
  'host',
  'if-modified-since',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'proxy-authorization',
  'referer',
  'retry-after',
  'server',
  'user-agent',
]);

class IncomingMessage extends Readable {
  constructor(socket) {
    super();
    Object.defineProperty(this, 'socket', { value: socket, writable: true, enumerable: true });
    this.httpVersion = '1.1';
    this.complete = false;
    this.rawHeaders = [];
    this.headers = {};
    this.trailers = {};
    this.aborted = false;
    this.url = '';
    this.method = null;
    this.statusCode = null;
    this.statusMessage = null;
  }
  get connection() {
    return this.socket;
  }
  _read() {
    this._readableState.reading = false;
    this.$wanted?.();
  }
  setTimeout(ms, done) {
    this.socket.setTimeout(ms, done);
    return this;
  }
  $header(name, value) {
    this.rawHeaders.push(name, value);
    const key = name.toLowerCase();
    const { headers } = this;
    if (key === 'set-cookie') (headers[key] ??= []).push(value);
    else if (!Object.hasOwn(headers, key)) headers[key] = value;
    else if (!ONCE.has(key)) headers[key] += (key === 'cookie' ? '; ' : ', ') + value;
  }
}

/** Reads messages off a socket, one after the other; `open(head)` makes the message that takes the body. */
class Parser {
  constructor(socket, open) {
    this.open = open;
    this.rest = B.alloc(0);
    this.state = 'head';
    this.left = 0;
    this.message = null;
    socket.on('data', (chunk) => this.feed(chunk));
  }
  line() {
    const at = this.rest.indexOf('\r\n');
    if (at < 0) return null;
    const text = this.rest.subarray(0, at).toString('latin1');
    this.rest = this.rest.subarray(at + 2);
    return text;
  }
  feed(chunk) {
    if (this.dead) return;
    this.rest = this.rest.length > 0 ? B.concat([this.rest, chunk]) : chunk;
    while (!this.dead && this.step());
  }
  finish() {
    const { message } = this;
    this.message = null;
    this.state = 'head';
    message.complete = true;
    message.push(null);
    this.onMessage?.(message);
    return this.rest.length > 0;
  }
  step() {
    if (this.paused) return false;
    switch (this.state) {
      case 'head': {
        while (this.rest[0] === 13 || this.rest[0] === 10) this.rest = this.rest.subarray(1);
        const end = this.rest.indexOf('\r\n\r\n');
        if (end < 0) {
          if (this.rest.length > 16384 || (this.rest.length > 0 && (this.rest[0] < 0x41 || this.rest[0] > 0x7a))) this.fail();
          return false;
        }
        const lines = this.rest.subarray(0, end).toString('latin1').split('\r\n');
        this.rest = this.rest.subarray(end + 4);
        const message = this.open(lines[0]);
        if (!message) {
          this.fail();
          return false;
        }
        for (const line of lines.slice(1)) {
          const at = line.indexOf(':');
          if (at > 0) message.$header(line.slice(0, at), line.slice(at + 1).trim());
        }
        this.message = message;
        const { headers } = message;
        if (message.$noBody) this.left = 0;
        else if (/chunked/i.test(headers['transfer-encoding'] ?? '')) this.left = -1;
        else if (headers['content-length'] !== undefined) this.left = Number(headers['content-length']);
        else this.left = message.$untilEnd ? Infinity : 0;
        this.state = this.left === -1 ? 'size' : 'body';
        this.onHead(message);
        if (message.$upgraded) {
          this.dead = true;
          return false;
        }
        return this.left === 0 ? this.finish() : this.rest.length > 0;
      }
      case 'body':
      case 'chunk': {
        const part = this.rest.subarray(0, this.left);
        if (part.length === 0) return false;
        this.rest = this.rest.subarray(part.length);
        this.left -= part.length;
        this.message.push(part);
        if (this.left > 0) return false;
        if (this.state === 'body') return this.finish();
        this.state = 'after';
        return true;
      }
      case 'after':
        if (this.rest.length < 2) return false;
        this.rest = this.rest.subarray(2);
        this.state = 'size';
        return true;
      case 'size': {
        const line = this.line();
        if (line === null) return false;
        this.left = Number.parseInt(line, 16);
        if (Number.isNaN(this.left)) {
          this.fail();
          return false;
        }
        this.state = this.left === 0 ? 'trailer' : 'chunk';
        return true;
      }
      default: {
        const line = this.line();
        if (line === null) return false;
        if (line === '') return this.finish();
        return true;
      }
    }
  }
  fail() {
    this.dead = true;
    this.onError?.($.coded(Error, 'HPE_INVALID_CONSTANT', 'Parse Error: Expected HTTP/'));
  }
}

const checkHeader = (name, value) => {
  if (typeof name !== 'string' || !/^[\w!#$%&'*+.^`|~-]+$/.test(name))
    throw $.coded(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Header name must be a valid HTTP token ["${name}"]`);
  if (value === undefined) throw $.coded(TypeError, 'ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "undefined" for header "${name}"`);
  if (/[^\t\x20-\x7e\x80-\xff]/.test(String(value)))
    throw $.coded(TypeError, 'ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`);
};
class OutgoingMessage extends Writable {
  constructor() {
    super({ decodeStrings: false, autoDestroy: false });
    Object.defineProperty(this, '$headers', { value: new Map(), enumerable: false });
    Object.defineProperty(this, 'socket', { value: null, writable: true, enumerable: true });
    this.headersSent = false;
    this.sendDate = true;
    this.shouldKeepAlive = true;
    this.finished = false;
    for (const key of ['$chunked', '$length', '$first'])
      Object.defineProperty(this, key, { value: undefined, writable: true, enumerable: false });
  }
  get connection() {
    return this.socket;
  }
  setHeader(name, value) {
    if (this.headersSent) throw $.coded(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot set headers after they are sent to the client');
    checkHeader(name, value);
    this.$headers.set(name.toLowerCase(), [name, value]);
    return this;
  }
  setHeaders(headers) {
    for (const [name, value] of headers instanceof Map || headers[Symbol.iterator] ? headers : Object.entries(headers))
      this.setHeader(name, value);
    return this;
  }
  appendHeader(name, value) {
    const now = this.getHeader(name);
    return this.setHeader(name, now === undefined ? value : [].concat(now, value));
  }
  getHeader(name) {
    return this.$headers.get(name.toLowerCase())?.[1];
  }
  getHeaders() {
    return Object.assign(Object.create(null), Object.fromEntries([...this.$headers].map(([key, [, value]]) => [key, value])));
  }
  getHeaderNames() {
    return [...this.$headers.keys()];
  }
  hasHeader(name) {
    return this.$headers.has(name.toLowerCase());
  }
  removeHeader(name) {
    if (this.headersSent) throw $.coded(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot remove headers after they are sent to the client');
    this.$headers.delete(name.toLowerCase());
  }
  $lines() {
    let out = '';
    for (const [name, value] of this.$headers.values())
      for (const each of Array.isArray(value) && name.toLowerCase() !== 'cookie' ? value : [value]) out += `${name}: ${each}\r\n`;
    return out;
  }
  /** The head goes out with the first piece of the body, or at the end with a length. */
  $send(last, chunk) {
    if (this.headersSent) return '';
    if (!this.hasHeader('content-length') && !this.hasHeader('transfer-encoding') && !this.$bodiless()) {
      if (last) {
        if (chunk > 0 || !this.$quiet) this.$headers.set('content-length', ['Content-Length', chunk]);
      } else {
        this.$headers.set('transfer-encoding', ['Transfer-Encoding', 'chunked']);
      }
    }
    this.$chunked = /chunked/i.test(String(this.getHeader('transfer-encoding') ?? ''));
    this.headersSent = true;
    this._header = `${this.$firstLine()}${this.$lines()}\r\n`;
    return this._header;
  }
  flushHeaders() {
    if (!this.headersSent) this.$out(B.from(this.$send(false, 0), 'latin1'), () => {});
  }
  write(chunk, encoding, done) {
    if (typeof encoding === 'function') [done, encoding] = [encoding, undefined];
    if (this.finished) {
      const error = $.coded(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end');
      process.nextTick(() => {
        this.emit('error', error);
        done?.(error);
      });
      return false;
    }
    if (chunk === null) throw $.coded(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
    if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk))
      throw $.invalidArg('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
    return super.write(typeof chunk === 'string' ? B.from(chunk, encoding) : B.from(chunk), undefined, done);
  }
  _write(chunk, _encoding, done) {
    const head = this.$send(false, 0);
    if (this.$bodiless()) return head ? this.$out(B.from(head, 'latin1'), done) : done();
    if (chunk.length === 0) return head ? this.$out(B.from(head, 'latin1'), done) : done();
    const parts = this.$chunked
      ? [B.from(`${head}${chunk.length.toString(16)}\r\n`, 'latin1'), chunk, B.from('\r\n')]
      : [B.from(head, 'latin1'), chunk];
    this.$out(B.concat(parts), done);
  }
  end(chunk, encoding, done) {
    if (typeof chunk === 'function') [done, chunk] = [chunk, undefined];
    else if (typeof encoding === 'function') [done, encoding] = [encoding, undefined];
    if (this.finished) {
      if (done) process.nextTick(done);
      return this;
    }
    let bytes;
    if (chunk !== undefined && chunk !== null) {
      if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk))
        throw $.invalidArg('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
      bytes = typeof chunk === 'string' ? B.from(chunk, encoding) : B.from(chunk);
    }
    if (!this.headersSent && this._writableState.queue.length === 0 && !this._writableState.writing) {
      // A body in one piece has its length told.
      const head = this.$send(true, bytes?.length ?? 0);
      const body =
        bytes && !this.$bodiless()
          ? this.$chunked
            ? B.concat([B.from(`${bytes.length.toString(16)}\r\n`), bytes, B.from('\r\n')])
            : bytes
          : B.alloc(0);
      this.$tail = B.concat([B.from(head, 'latin1'), body]);
      Object.defineProperty(this, '$tail', { enumerable: false });
    } else if (bytes && bytes.length > 0) super.write(bytes);
    this.finished = true;
    return super.end(done);
  }
  _final(done) {
    const last = this.$chunked && !this.$bodiless() ? B.from('0\r\n\r\n') : B.alloc(0);
    const data = this.$tail ? B.concat([this.$tail, last]) : last;
    if (data.length > 0) this.$out(data, done);
    else done();
  }
  $out(data, done) {
    if (!this.socket || this.socket.destroyed) return done();
    this.socket.write(data, () => done());
  }
  $bodiless() {
    return false;
  }
  setTimeout(ms, done) {
    this.socket?.setTimeout(ms, done);
    return this;
  }
  cork() {}
  uncork() {}
}

const utcDate = () => new Date().toUTCString();
class ServerResponse extends OutgoingMessage {
  constructor(request) {
    super();
    Object.defineProperty(this, 'req', { value: request, writable: true, enumerable: false });
    this.statusCode = 200;
    this.statusMessage = undefined;
  }
  writeHead(status, reason, headers) {
    if (this.headersSent) throw $.coded(Error, 'ERR_HTTP_HEADERS_SENT', 'Cannot write headers after they are sent to the client');
    if (typeof reason === 'object') [reason, headers] = [undefined, reason];
    if (!Number.isInteger(Number(status)) || status < 100 || status > 999)
      throw $.coded(RangeError, 'ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${status}`);
    this.statusCode = Number(status);
    if (reason !== undefined) this.statusMessage = reason;
    const pairs = Array.isArray(headers)
      ? Array.isArray(headers[0])
        ? headers
        : headers.flatMap((h, i) => (i % 2 ? [] : [[h, headers[i + 1]]]))
      : Object.entries(headers ?? {});
    for (const [name, value] of pairs) if (value !== undefined) this.setHeader(name, value);
    this.$written = true;
    Object.defineProperty(this, '$written', { enumerable: false });
    return this;
  }
  writeContinue() {
    this.socket.write('HTTP/1.1 100 Continue\r\n\r\n');
  }
  writeProcessing() {}
  writeEarlyHints() {}
  $bodiless() {
    return this.statusCode === 204 || this.statusCode === 304 || this.statusCode < 200 || this.req.method === 'HEAD';
  }
  $firstLine() {
    this.statusMessage ??= STATUS_CODES[this.statusCode] ?? 'unknown';
    if (this.req.httpVersion === '1.0' && this.$headers.delete('transfer-encoding')) this.shouldKeepAlive = false;
    if (this.sendDate && !this.hasHeader('date')) this.$headers.set('date', ['Date', utcDate()]);
    if (!this.hasHeader('connection')) {
      if (this.shouldKeepAlive) {
        this.$headers.set('connection', ['Connection', 'keep-alive']);
        this.$headers.set('keep-alive', ['Keep-Alive', 'timeout=5']);
      } else this.$headers.set('connection', ['Connection', 'close']);
    } else if (/close/i.test(String(this.getHeader('connection')))) this.shouldKeepAlive = false;
    const order = [...this.$headers];
    const late = ['date', 'connection', 'keep-alive', 'content-length', 'transfer-encoding'];
    const own = order.filter(([key]) => !late.includes(key) || this.$own?.has(key));
    const rest = late.flatMap((key) => order.filter(([k]) => k === key && !own.some(([o]) => o === key)));
    this.$headers.clear();
    for (const [key, value] of [...own, ...rest]) this.$headers.set(key, value);
    return `HTTP/1.1 ${this.statusCode} ${this.statusMessage}\r\n`;
  }
}

class Server extends net.Server {
  constructor(options, listener) {
    if (typeof options === 'function') [listener, options] = [options, {}];
    super({ allowHalfOpen: true });
    this.timeout = 0;
    this.keepAliveTimeout = 5000;
    this.headersTimeout = 60000;
    this.requestTimeout = 300000;
    this.maxHeadersCount = null;
    if (listener) this.on('request', listener);
    this.on('connection', (socket) => this.$serve(socket));
  }
  $serve(socket) {
    let current = null;
    let idle;
    const parser = new Parser(socket, (line) => {
      const m = /^([A-Z-]+) (\S+) HTTP\/(1\.[01])$/.exec(line);
      if (!m) return null;
      const request = new IncomingMessage(socket);
      request.method = m[1];
      request.url = m[2];
      request.httpVersion = m[3];
      request.httpVersionMajor = 1;
      request.httpVersionMinor = Number(m[3][2]);
      return request;
    });
    socket.$idle = () => current === null;
    Object.defineProperty(socket, '$idle', { enumerable: false });
    parser.onHead = (request) => {
      clearTimeout(idle);
      const response = new ServerResponse(request);
      response.socket = socket;
      current = response;
      const connection = String(request.headers.connection ?? '');
      response.shouldKeepAlive = request.httpVersion === '1.1' ? !/close/i.test(connection) : /keep-alive/i.test(connection);
      if (request.headers.upgrade && /upgrade/i.test(connection) && this.listenerCount('upgrade') > 0) {
        request.$upgraded = true;
        socket.removeAllListeners('data');
        this.emit('upgrade', request, socket, parser.rest);
        return;
      }
      // The next request of the connection waits for the answer to this one.
      parser.paused = false;
      response.on('finish', () => {
        current = null;
        if (!request.complete) request.resume();
        if (!response.shouldKeepAlive || this.$.fd === null) return socket.destroySoon();
        if (this.keepAliveTimeout > 0) idle = setTimeout(() => socket.destroy(), this.keepAliveTimeout).unref();
        response.emit('close');
        parser.paused = false;
        parser.feed(B.alloc(0));
      });
      if (request.headers.expect === '100-continue') {
        if (this.listenerCount('checkContinue') > 0) return this.emit('checkContinue', request, response);
        response.writeContinue();
      }
      this.emit('request', request, response);
    };
    parser.onMessage = () => {
      parser.paused = current !== null;
    };
    parser.onError = (error) => {
      if (this.listenerCount('clientError') > 0) return this.emit('clientError', error, socket);
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    };
    socket.on('error', (error) => {
      if (this.listenerCount('clientError') > 0) this.emit('clientError', error, socket);
    });
    socket.on('end', () => {
      if (current === null) socket.end();
    });
    socket.on('close', () => {
      clearTimeout(idle);
      if (current !== null) {
        const { req } = current;
        if (!req.complete) {
          req.aborted = true;
          req.emit('aborted');
          req.destroy();
        }
        const closed = current;
        current = null;
        closed.destroy();
      }
    });
  }
  setTimeout(ms, done) {
    this.timeout = ms;
    if (done) this.on('timeout', done);
    return this;
  }
  close(done) {
    this.closeIdleConnections();
    return super.close(done);
  }
  closeIdleConnections() {
    for (const socket of [...this.$.sockets]) if (socket.$idle?.()) socket.destroy();
  }
  closeAllConnections() {
    for (const socket of [...this.$.sockets]) socket.destroy();
  }
}

class Agent extends EventEmitter {
  constructor(options = {}) {
    super();
    this.options = options;
    this.keepAlive = options.keepAlive ?? false;
    this.maxSockets = options.maxSockets ?? Infinity;
    this.free = new Map();
  }
  getName(o) {
    return `${o.host ?? 'localhost'}:${o.port ?? ''}:`;
  }
  destroy() {
    for (const list of this.free.values()) for (const socket of list) socket.destroy();
    this.free.clear();
  }
}
const globalAgent = new Agent({ keepAlive: true });

class ClientRequest extends OutgoingMessage {
  constructor(input, options, done) {
    super();
    if (typeof options === 'function') [done, options] = [options, {}];
    const url = typeof input === 'string' ? new URL(input) : input instanceof URL ? input : null;
    const o = url
      ? {
          protocol: url.protocol,
          hostname: url.hostname.replace(/^\[(.*)\]$/, '$1'),
          port: url.port,
          path: url.pathname + url.search,
          auth: url.username ? `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}` : undefined,
          ...options,
        }
      : { ...input };
    const expected = o.$protocol ?? 'http:';
    if ((o.protocol ?? expected) !== expected)
      throw $.coded(TypeError, 'ERR_INVALID_PROTOCOL', `Protocol "${o.protocol}" not supported. Expected "${expected}"`);
    this.method = (o.method ?? 'GET').toUpperCase();
    this.path = o.path ?? '/';
    if (/[\s]/.test(this.path)) throw $.coded(TypeError, 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
    this.host = o.hostname ?? o.host ?? 'localhost';
    this.protocol = expected;
    this.reusedSocket = false;
    const port = Number(o.port || o.defaultPort || (expected === 'https:' ? 443 : 80));
    const standard = expected === 'https:' ? 443 : 80;
    const pairs = Array.isArray(o.headers) ? o.headers : Object.entries(o.headers ?? {});
    for (const [name, value] of pairs) if (value !== undefined) this.setHeader(name, value);
    if (!this.hasHeader('host') && o.setHost !== false)
      this.$headers.set('host', ['Host', (this.host.includes(':') ? `[${this.host}]` : this.host) + (port === standard ? '' : `:${port}`)]);
    if (o.auth && !this.hasHeader('authorization')) this.setHeader('Authorization', `Basic ${B.from(o.auth).toString('base64')}`);
    this.$quiet = ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'].includes(this.method);
    Object.defineProperty(this, '$quiet', { enumerable: false });
    const agent = o.agent === false ? new Agent() : (o.agent ?? globalAgent);
    this.agent = agent;
    this.shouldKeepAlive = agent.keepAlive;
    if (done) this.once('response', done);
    const key = `${expected}${o.socketPath ?? ''}${this.host}:${port}`;
    const spare = agent.free.get(key)?.pop();
    this.$waiting = [];
    Object.defineProperty(this, '$waiting', { enumerable: false });
    const timeout = o.timeout ?? agent.options?.timeout;
    if (spare) {
      spare.ref();
      spare.removeAllListeners();
      clearTimeout(spare.$spare);
      this.reusedSocket = true;
      process.nextTick(() => this.$use(spare, key));
    } else {
      const socket = new net.Socket();
      socket.$held = Boolean(o.$secure);
      socket.on('error', (error) => this.$fail(error));
      const ready = (error) => {
        if (error) return this.$fail(error);
        this.$use(socket, key);
      };
      socket.once('connect', () => (o.$secure ? o.$secure(socket, this.host, ready) : ready()));
      socket.connect(o.socketPath ? { path: o.socketPath } : { host: this.host, port });
      this.socket = null;
      this.$opening = socket;
      Object.defineProperty(this, '$opening', { enumerable: false });
    }
    if (timeout) this.setTimeout(timeout);
    if (o.signal) {
      const abort = () => this.destroy(Object.assign(new DOMException('The operation was aborted', 'AbortError'), { code: 'ABORT_ERR' }));
      if (o.signal.aborted) process.nextTick(abort);
      else o.signal.addEventListener('abort', abort);
    }
  }
  $firstLine() {
    if (!this.hasHeader('connection')) this.$headers.set('connection', ['Connection', this.shouldKeepAlive ? 'keep-alive' : 'close']);
    return `${this.method} ${this.path} HTTP/1.1\r\n`;
  }
  $out(data, done) {
    if (this.destroyed) return done();
    if (!this.socket) return void this.$waiting.push([data, done]);
    this.socket.write(data, () => done());
  }
  $fail(error) {
    if (this.destroyed) return;
    if (this.$response && !this.$response.complete) {
      this.$response.destroy(error);
      return;
    }
    if (!this.$response) this.destroy(error);
  }
  $use(socket, key) {
    if (this.destroyed) return socket.destroy();
    this.socket = socket;
    this.$opening = undefined;
    this.emit('socket', socket);
    if (this.reusedSocket) socket.on('error', (error) => this.$fail(error));
    const hangUp = () => {
      if (!this.$response) this.$fail(Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }));
      else if (!this.$response.complete) {
        if (this.$response.$untilEnd) {
          this.$response.complete = true;
          this.$response.push(null);
        } else {
          this.$response.aborted = true;
          this.$response.destroy(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }));
        }
      }
    };
    socket.on('end', hangUp);
    socket.on('close', hangUp);
    const parser = new Parser(socket, (line) => {
      const m = /^HTTP\/(1\.[01]) (\d{3})(?: (.*))?$/.exec(line);
      if (!m) return null;
      const response = new IncomingMessage(socket);
      response.httpVersion = m[1];
      response.statusCode = Number(m[2]);
      response.statusMessage = m[3] ?? '';
      response.$noBody = this.method === 'HEAD' || response.statusCode === 204 || response.statusCode === 304 || response.statusCode < 200;
      response.$untilEnd = true;
      for (const name of ['$noBody', '$untilEnd']) Object.defineProperty(response, name, { enumerable: false });
      return response;
    });
    parser.onHead = (response) => {
      if (response.statusCode === 100) return;
      if (response.statusCode === 101) {
        response.$upgraded = true;
        socket.removeAllListeners('data');
        this.emit('upgrade', response, socket, parser.rest);
        return;
      }
      if (response.headers['content-length'] !== undefined || response.headers['transfer-encoding']) response.$untilEnd = false;
      Object.defineProperty(this, '$response', { value: response, configurable: true, writable: true, enumerable: false });
      this.res = response;
      Object.defineProperty(response, 'req', { value: this, enumerable: false });
      if (!this.emit('response', response)) response.resume();
    };
    parser.onMessage = (response) => {
      if (response.statusCode < 200) return;
      const again = this.agent.keepAlive && !/close/i.test(response.headers.connection ?? '') && !response.$untilEnd;
      parser.dead = true;
      socket.removeAllListeners('data');
      if (!again) return socket.destroySoon();
      socket.removeAllListeners();
      socket.on('error', () => {});
      const forget = () =>
        this.agent.free.set(
          key,
          (this.agent.free.get(key) ?? []).filter((s) => s !== socket),
        );
      socket.on('close', forget);
      socket.on('end', () => socket.destroy());
      socket.unref();
      socket._readableState.flowing = true;
      socket.$more();
      this.agent.free.set(key, [...(this.agent.free.get(key) ?? []), socket]);
    };
    parser.onError = (error) => this.destroy(error);
    for (const [data, done] of this.$waiting.splice(0)) this.$out(data, done);
  }
  setTimeout(ms, done) {
    if (done) this.once('timeout', done);
    clearTimeout(this.$timer);
    Object.defineProperty(this, '$timer', {
      value: setTimeout(() => this.res || this.destroyed || this.emit('timeout'), ms),
      configurable: true,
      writable: true,
      enumerable: false,
    });
    this.once('response', () => clearTimeout(this.$timer));
    this.once('close', () => clearTimeout(this.$timer));
    return this;
  }
  abort() {
    this.aborted = true;
    this.destroy();
  }
  _destroy(error, done) {
    this.$opening?.destroy();
    this.socket?.destroy();
    done(error ?? (this.$response ? null : Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })));
  }
  setNoDelay() {}
  setSocketKeepAlive() {}
}
const request = (...args) => new ClientRequest(...args);
const get = (...args) => {
  const r = request(...args);
  r.end();
  return r;
};
module.exports = {
  STATUS_CODES,
  METHODS,
  IncomingMessage,
  OutgoingMessage,
  ServerResponse,
  ClientRequest,
  Server,
  Agent,
  globalAgent,
  request,
  get,
  createServer: (options, listener) => new Server(options, listener),
  maxHeaderSize: 16384,
  validateHeaderName: (n) => checkHeader(n, ''),
  validateHeaderValue: checkHeader,
};
