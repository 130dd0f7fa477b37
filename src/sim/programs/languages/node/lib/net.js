// TCP and Unix sockets.
const EventEmitter = require('events');
const { Duplex } = require('stream');
const { Buffer: B } = require('buffer');
const isIPv4 = (text) => /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/.test(text);
const isIPv6 = (text) => /^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(text) && text.split(':').length >= 3;
const isIP = (text) => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0);
const socketError = (failure, syscall, address, port) => {
  const where = address === undefined ? '' : ` ${address}${port === undefined ? '' : `:${port}`}`;
  const e = new Error(syscall === 'listen' ? `listen ${failure.code}: ${failure.text}${where}` : `${syscall} ${failure.code}${where}`);
  if (syscall === 'listen')
    e.stack = `${String(e.stack).replace('\n', '\n    at Server.setupListenHandle [as _listen2] (node:net:1940:16)\n    at listenInCluster (node:net:1997:12)\n    at Server.listen (node:net:2102:7)\n').split('\n').slice(0, 11).join('\n')}\nEmitted 'error' event on Server instance at:\n    at emitErrorNT (node:net:1976:8)\n    at process.processTicksAndRejections (node:internal/process/task_queues:90:21)`;
  else
    e.stack =
      String(e.stack).split('\n')[0] +
      (syscall === 'connect' ? '\n    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1637:16)' : '');
  e.code = failure.code;
  e.errno = failure.errno;
  e.syscall = syscall;
  if (address !== undefined) e.address = address;
  if (port !== undefined) e.port = port;
  return e;
};
class Socket extends Duplex {
  constructor(options = {}) {
    super({ allowHalfOpen: options.allowHalfOpen ?? false, decodeStrings: true });
    Object.defineProperty(this, '$fd', { value: null, writable: true, enumerable: false });
    Object.defineProperty(this, '$requests', { value: new Set(), enumerable: false });
    // Nothing is read while a handshake goes on.
    Object.defineProperty(this, '$held', { value: false, writable: true, enumerable: false });
    Object.defineProperty(this, '$ref', { value: true, writable: true, enumerable: false });
    this.connecting = false;
    this.bytesRead = 0;
    this.bytesWritten = 0;
    this.timeout = 0;
    this.on('end', () => {
      if (!this.allowHalfOpen) this.end();
    });
  }
  $begin(name, args, done) {
    const request = $.begin(name, args, (failure, value) => {
      this.$requests.delete(request);
      this.$touch();
      done(failure, value);
    });
    request.ref = this.$ref;
    this.$requests.add(request);
    return request;
  }
  $attach({ fd, peer, local }) {
    this.$fd = fd;
    if (peer?.address !== undefined) {
      this.remoteAddress = peer.address;
      this.remotePort = peer.port;
      this.remoteFamily = peer.address.includes(':') ? 'IPv6' : 'IPv4';
      this.localAddress = local.address;
      this.localPort = local.port;
    }
    if (!this.$held) this.$more();
  }
  connect(...args) {
    const done = typeof args.at(-1) === 'function' ? args.pop() : undefined;
    const o =
      typeof args[0] === 'object'
        ? args[0]
        : typeof args[0] === 'string' && !/^\d+$/.test(args[0])
          ? { path: args[0] }
          : { port: Number(args[0]), host: args[1] };
    if (done) this.once('connect', done);
    this.connecting = true;
    const host = o.host ?? 'localhost';
    const go = (address) => {
      this.$begin('connect', [o.path ?? '', address, Number(o.port ?? 0)], (failure, value) => {
        if (this.destroyed) return value && $.host('close', value.fd);
        this.connecting = false;
        if (failure) return this.destroy(socketError(failure, 'connect', o.path ?? address, o.path ? undefined : Number(o.port)));
        this.$attach(value);
        this.emit('connect');
        this.emit('ready');
        this.$pump();
      });
    };
    if (o.path || isIP(host)) go(host);
    else
      lookup(host, (error, addresses) => {
        if (this.destroyed) return;
        if (error) {
          this.connecting = false;
          return this.destroy(error);
        }
        this.emit('lookup', null, addresses[0], 4, host);
        go(addresses[0]);
      });
    return this;
  }
  _read() {
    if (this.$fd === null || this.$held) {
      this._readableState.reading = false;
      return;
    }
    this.$begin('read', [this.$fd, 65536], (failure, value) => {
      if (this.destroyed) return;
      if (failure) return this.destroy(socketError(failure, 'read'));
      this.bytesRead += value.byteLength;
      this.push(value.byteLength === 0 ? null : B.from(value));
      // Without a listener the end is seen all the same.
      if (value.byteLength === 0 && this._readableState.flowing === null) this.resume();
    });
  }
  _write(chunk, _encoding, done) {
    if (this.$fd === null) {
      this.once('connect', () => this._write(chunk, _encoding, done));
      return;
    }
    this.bytesWritten += chunk.length;
    this.$begin('writeFd', [this.$fd, $.bufferOf(chunk)], (failure) => done(failure ? socketError(failure, 'write') : null));
  }
  _final(done) {
    if (this.$fd === null) {
      if (this.connecting) this.once('connect', () => this._final(done));
      else done();
      return;
    }
    $.host('shutdown', this.$fd);
    done();
  }
  _destroy(error, done) {
    for (const request of this.$requests) request.cancel();
    this.$requests.clear();
    clearTimeout(this.$timer);
    if (this.$fd !== null) $.host('close', this.$fd);
    this.$fd = null;
    this.connecting = false;
    this.$server?.$closed(this);
    done(error);
  }
  emit(name, ...args) {
    return name === 'close' ? super.emit(name, Boolean(this._readableState.errored)) : super.emit(name, ...args);
  }
  destroySoon() {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }
  $touch() {
    if (!this.timeout) return;
    clearTimeout(this.$timer);
    Object.defineProperty(this, '$timer', {
      value: setTimeout(() => this.emit('timeout'), this.timeout).unref(),
      writable: true,
      configurable: true,
      enumerable: false,
    });
  }
  setTimeout(ms, done) {
    this.timeout = ms;
    clearTimeout(this.$timer);
    if (done) this.once('timeout', done);
    this.$touch();
    return this;
  }
  setKeepAlive() {
    return this;
  }
  setNoDelay() {
    return this;
  }
  ref() {
    this.$ref = true;
    for (const r of this.$requests) r.ref = true;
    return this;
  }
  unref() {
    this.$ref = false;
    for (const r of this.$requests) r.ref = false;
    return this;
  }
  address() {
    return { address: this.localAddress, family: this.remoteFamily, port: this.localPort };
  }
  get pending() {
    return this.$fd === null;
  }
  get readyState() {
    return this.connecting
      ? 'opening'
      : this.readable && this.writable
        ? 'open'
        : this.readable
          ? 'readOnly'
          : this.writable
            ? 'writeOnly'
            : 'closed';
  }
}
const lookup = (host, done) => {
  $.begin('lookup', [host], (failure, value) => {
    if (typeof value !== 'string' && !failure) return done(null, value);
    const code = failure?.code ?? value;
    const e = new Error(`getaddrinfo ${code} ${host}`);
    e.stack = `Error: ${e.message}\n    at GetAddrInfoReqWrap.onlookupall [as oncomplete] (node:dns:122:26)`;
    e.errno = code === 'ENOTFOUND' ? -3008 : -3001;
    e.code = code;
    e.syscall = 'getaddrinfo';
    e.hostname = host;
    done(e);
  });
};
class Server extends EventEmitter {
  constructor(options, listener) {
    super();
    if (typeof options === 'function') [listener, options] = [options, {}];
    Object.defineProperty(this, '$', {
      value: { fd: null, accept: undefined, sockets: new Set(), closing: false, options: options ?? {}, address: null, ref: true },
      enumerable: false,
    });
    if (listener) this.on('connection', listener);
  }
  get listening() {
    return this.$.fd !== null;
  }
  listen(...args) {
    const done = typeof args.at(-1) === 'function' ? args.pop() : undefined;
    const o =
      typeof args[0] === 'object' && args[0] !== null
        ? args[0]
        : typeof args[0] === 'string' && !/^\d+$/.test(args[0])
          ? { path: args[0] }
          : { port: args[0], host: typeof args[1] === 'string' ? args[1] : undefined };
    const port = Number(o.port ?? 0);
    if (!o.path && (!Number.isInteger(port) || port < 0 || port > 65535))
      throw $.coded(
        RangeError,
        'ERR_SOCKET_BAD_PORT',
        `options.port should be >= 0 and < 65536. Received type ${typeof o.port} (${$.load('util').inspect(o.port)}).`,
      );
    if (this.$.fd !== null)
      throw $.coded(Error, 'ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.');
    if (done) this.once('listening', done);
    const go = (host) => {
      const answer = $.host('listen', o.path ?? '', host, port, o.backlog ?? 511);
      if (answer.$error) {
        const error = socketError(answer.$error, 'listen', o.path ?? (host || '::'), o.path ? undefined : port);
        process.nextTick(() => this.emit('error', error));
        return;
      }
      this.$.fd = answer.fd;
      this.$.address = o.path
        ? o.path
        : { address: answer.address || '::', family: (answer.address || '::').includes(':') ? 'IPv6' : 'IPv4', port: answer.port };
      process.nextTick(() => {
        if (this.$.fd !== null) this.emit('listening');
      });
      this.$accept();
    };
    const host = o.host ?? '';
    if (host === '' || isIP(host) || o.path) go(host);
    else lookup(host, (error, found) => (error ? this.emit('error', error) : go(found[0])));
    return this;
  }
  $accept() {
    const request = $.begin('accept', [this.$.fd], (failure, value) => {
      if (this.$.fd === null) return;
      if (!failure) {
        const socket = new Socket({ allowHalfOpen: this.$.options.allowHalfOpen ?? false });
        socket.$server = this;
        socket.server = this;
        for (const key of ['$server', 'server']) Object.defineProperty(socket, key, { enumerable: false });
        this.$.sockets.add(socket);
        socket.$attach(value);
        this.$accept();
        this.emit('connection', socket);
      } else this.$accept();
    });
    request.ref = this.$.ref;
    this.$.accept = request;
  }
  $closed(socket) {
    this.$.sockets.delete(socket);
    this.$finish();
  }
  $finish() {
    if (!this.$.closing || this.$.sockets.size > 0) return;
    this.$.closing = false;
    process.nextTick(() => this.emit('close'));
  }
  close(done) {
    const open = this.$.fd !== null;
    if (done)
      open ? this.once('close', () => done()) : process.nextTick(done, $.coded(Error, 'ERR_SERVER_NOT_RUNNING', 'Server is not running.'));
    if (!open) return this;
    this.$.accept?.cancel();
    $.host('close', this.$.fd);
    this.$.fd = null;
    this.$.closing = true;
    this.$finish();
    return this;
  }
  address() {
    return this.$.fd === null ? null : this.$.address;
  }
  getConnections(done) {
    process.nextTick(done, null, this.$.sockets.size);
  }
  ref() {
    this.$.ref = true;
    if (this.$.accept) this.$.accept.ref = true;
    return this;
  }
  unref() {
    this.$.ref = false;
    if (this.$.accept) this.$.accept.ref = false;
    return this;
  }
  async [Symbol.asyncDispose ?? Symbol('asyncDispose')]() {
    this.close();
  }
}
const connect = (...args) => new Socket(typeof args[0] === 'object' ? args[0] : {}).connect(...args);
module.exports = {
  Socket,
  Stream: Socket,
  Server,
  createServer: (options, listener) => new Server(options, listener),
  connect,
  createConnection: connect,
  isIP,
  isIPv4,
  isIPv6,
  $lookup: lookup,
  $socketError: socketError,
};
