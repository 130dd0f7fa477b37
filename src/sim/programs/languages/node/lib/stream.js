// Streams: readable, writable, both; pipes and pipelines.
const EventEmitter = require('events');
const { StringDecoder } = require('string_decoder');
const { Buffer: B } = require('buffer');
const inherits = (Child, Parent) => {
  Object.setPrototypeOf(Child.prototype, Parent.prototype);
  Object.setPrototypeOf(Child, Parent);
};
function Stream() {
  EventEmitter.call(this);
}
inherits(Stream, EventEmitter);
const hidden = (object, name, value) =>
  Object.defineProperty(object, name, { value, writable: true, configurable: true, enumerable: false });
const toChunk = (chunk, encoding) =>
  typeof chunk === 'string' ? B.from(chunk, encoding) : chunk instanceof B ? chunk : ArrayBuffer.isView(chunk) ? B.from(chunk) : chunk;

const destroy = function (error, done) {
  const r = this._readableState;
  const w = this._writableState;
  if ((r ?? w).destroyed) return this;
  if (r) r.destroyed = true;
  if (w) w.destroyed = true;
  const end = (failure = error) => {
    process.nextTick(() => {
      if (r) r.closed = true;
      if (w) w.closed = true;
      if (failure) {
        if (r) r.errored = failure;
        if (w) w.errored = failure;
        this.emit('error', failure);
      }
      this.emit('close');
      done?.(failure);
    });
  };
  this._destroy(error ?? null, (failure) => end(failure ?? error));
  return this;
};

function Readable(options) {
  if (!(this instanceof Readable)) return new Readable(options);
  Stream.call(this);
  initReadable(this, options);
}
const initReadable = (self, o = {}) => {
  hidden(self, '_readableState', {
    buffer: [],
    length: 0,
    flowing: null,
    ended: false,
    endEmitted: false,
    reading: false,
    destroyed: false,
    closed: false,
    errored: null,
    objectMode: Boolean(o.objectMode ?? o.readableObjectMode),
    highWaterMark: o.highWaterMark ?? o.readableHighWaterMark ?? (o.objectMode ? 16 : 65536),
    decoder: null,
    encoding: null,
    pipes: [],
    scheduled: false,
    needReadable: false,
  });
  if (o.encoding) self.setEncoding(o.encoding);
  if (typeof o.read === 'function') hidden(self, '_read', o.read);
  if (typeof o.destroy === 'function') hidden(self, '_destroy', o.destroy);
  hidden(self, '$autoDestroy', o.autoDestroy !== false);
};
inherits(Readable, Stream);
const sizeOf = (state, chunk) => (state.objectMode ? 1 : chunk.length);
const define = (proto, members) => {
  for (const key of Reflect.ownKeys(members))
    Object.defineProperty(proto, key, { ...Object.getOwnPropertyDescriptor(members, key), enumerable: false });
};
const readableMembers = {
  _read() {
    throw $.coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _read() method is not implemented');
  },
  _destroy(error, done) {
    done(error);
  },
  destroy,
  push(chunk, encoding) {
    const s = this._readableState;
    s.reading = false;
    if (chunk === null) {
      if (s.ended) return false;
      s.ended = true;
      const tail = s.decoder?.end();
      if (tail) {
        s.buffer.push(tail);
        s.length += tail.length;
      }
      this.$flow();
      return false;
    }
    if (s.ended) {
      this.destroy($.coded(Error, 'ERR_STREAM_PUSH_AFTER_EOF', 'stream.push() after EOF'));
      return false;
    }
    if (!s.objectMode) {
      if (typeof chunk === 'string' && !(s.decoder && s.encoding === encoding)) chunk = B.from(chunk, encoding);
      else if (chunk !== undefined && typeof chunk !== 'string' && !ArrayBuffer.isView(chunk)) {
        this.destroy($.invalidArg('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', chunk));
        return false;
      }
      if (s.decoder) chunk = s.decoder.write(chunk);
      if (chunk === undefined || chunk.length === 0) {
        this.$flow();
        return s.length < s.highWaterMark;
      }
    }
    s.buffer.push(chunk);
    s.length += sizeOf(s, chunk);
    this.$flow();
    return s.length < s.highWaterMark;
  },
  unshift(chunk) {
    const s = this._readableState;
    s.buffer.unshift(s.objectMode ? chunk : toChunk(chunk));
    s.length += sizeOf(s, chunk);
  },
  $more() {
    const s = this._readableState;
    if (s.reading || s.ended || s.destroyed || s.length >= s.highWaterMark) return;
    s.reading = true;
    try {
      this._read(s.highWaterMark);
    } catch (error) {
      this.destroy(error);
    }
  },
  /** Passes on what is there, in a tick of its own. */
  $flow() {
    const s = this._readableState;
    if (s.scheduled || s.destroyed) return;
    s.scheduled = true;
    process.nextTick(() => {
      s.scheduled = false;
      if (s.destroyed) return;
      if (s.flowing) {
        while (s.flowing && s.buffer.length > 0 && !s.destroyed) {
          const chunk = s.buffer.shift();
          s.length -= sizeOf(s, chunk);
          this.emit('data', chunk);
        }
        if (s.flowing) this.$more();
      } else if (this.listenerCount('readable') > 0) {
        if (s.length > 0 || s.ended) this.emit('readable');
        else this.$more();
      }
      this.$finish();
    });
  },
  $finish() {
    const s = this._readableState;
    if (!s.ended || s.length > 0 || s.endEmitted || s.destroyed || (!s.flowing && this.listenerCount('readable') === 0 && !s.drained))
      return;
    s.endEmitted = true;
    this.readable = false;
    this.emit('end');
    const w = this._writableState;
    if (w && this.allowHalfOpen === false && !w.ending) this.end();
    if (this.$autoDestroy && (!w || w.finished)) process.nextTick(() => this.destroy());
  },
  read(n) {
    const s = this._readableState;
    if (n === 0) {
      this.$more();
      return null;
    }
    if (s.buffer.length === 0) {
      s.drained = true;
      if (s.ended) process.nextTick(() => this.$finish());
      else this.$more();
      return null;
    }
    let out;
    if (s.objectMode) out = s.buffer.shift();
    else {
      const all = typeof s.buffer[0] === 'string' ? s.buffer.join('') : s.buffer.length === 1 ? s.buffer[0] : B.concat(s.buffer);
      if (n !== undefined && n < all.length) {
        out = all.slice(0, n);
        s.buffer = [all.slice(n)];
      } else if (n !== undefined && n > all.length && !s.ended) {
        s.buffer = [all];
        this.$more();
        return null;
      } else {
        out = all;
        s.buffer = [];
      }
    }
    s.length = s.objectMode ? s.buffer.length : s.buffer.reduce((sum, c) => sum + c.length, 0);
    if (s.length === 0) {
      s.drained = true;
      if (s.ended) process.nextTick(() => this.$finish());
      else process.nextTick(() => this.$more());
    }
    this.emit('data', out);
    return out;
  },
  setEncoding(encoding) {
    const s = this._readableState;
    s.decoder = new StringDecoder(encoding);
    s.encoding = s.decoder.encoding;
    s.buffer = s.buffer.map((c) => s.decoder.write(c));
    return this;
  },
  resume() {
    const s = this._readableState;
    if (!s.flowing) {
      s.flowing = true;
      this.emit('resume');
      this.$flow();
    }
    return this;
  },
  pause() {
    const s = this._readableState;
    if (s.flowing !== false) {
      s.flowing = false;
      this.emit('pause');
    }
    return this;
  },
  isPaused() {
    return this._readableState.flowing === false;
  },
  on(name, listener) {
    Stream.prototype.on.call(this, name, listener);
    const s = this._readableState;
    if (name === 'data' && s.flowing !== false) this.resume();
    if (name === 'readable') {
      s.flowing = false;
      this.$flow();
    }
    return this;
  },
  pipe(target, options = {}) {
    const s = this._readableState;
    const forward = (chunk) => {
      if (target.write(chunk) === false) {
        this.pause();
        target.once('drain', () => this.resume());
      }
    };
    const finish = () => target.end();
    s.pipes.push({ target, forward, finish });
    this.on('data', forward);
    if (options.end !== false && target !== process.stdout && target !== process.stderr) this.on('end', finish);
    target.once('close', () => this.unpipe(target));
    target.emit('pipe', this);
    return target;
  },
  unpipe(target) {
    const s = this._readableState;
    for (const each of s.pipes.filter((p) => !target || p.target === target)) {
      this.removeListener('data', each.forward);
      this.removeListener('end', each.finish);
      each.target.emit('unpipe', this);
    }
    s.pipes = target ? s.pipes.filter((p) => p.target !== target) : [];
    return this;
  },
  async *[Symbol.asyncIterator]() {
    const s = this._readableState;
    let wake;
    let failed;
    const poke = () => wake?.();
    this.on('readable', poke);
    this.on('end', poke);
    this.on('close', poke);
    this.on('error', (error) => {
      failed = error;
      poke();
    });
    try {
      for (;;) {
        const chunk = s.destroyed ? null : this.read();
        if (chunk !== null) yield chunk;
        else if (failed) throw failed;
        else if (s.endEmitted || s.destroyed) return;
        else
          await new Promise((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      if (!s.destroyed) this.destroy();
    }
  },
  get readableFlowing() {
    return this._readableState.flowing;
  },
  get readableEnded() {
    return this._readableState.endEmitted;
  },
  get readableLength() {
    return this._readableState.length;
  },
  get readableHighWaterMark() {
    return this._readableState.highWaterMark;
  },
  get readableObjectMode() {
    return this._readableState.objectMode;
  },
  get destroyed() {
    return (this._readableState ?? this._writableState).destroyed;
  },
  set destroyed(value) {
    (this._readableState ?? this._writableState).destroyed = value;
  },
  get closed() {
    return (this._readableState ?? this._writableState).closed;
  },
  get errored() {
    return (this._readableState ?? this._writableState).errored;
  },
  async toArray() {
    const out = [];
    for await (const chunk of this) out.push(chunk);
    return out;
  },
  map(fn) {
    const self = this;
    return Readable.from(
      (async function* () {
        for await (const chunk of self) yield await fn(chunk);
      })(),
    );
  },
  filter(fn) {
    const self = this;
    return Readable.from(
      (async function* () {
        for await (const chunk of self) if (await fn(chunk)) yield chunk;
      })(),
    );
  },
};
readableMembers.addListener = readableMembers.on;
define(Readable.prototype, readableMembers);
Readable.prototype.readable = true;
Readable.from = (source, options) => {
  const iterator =
    typeof source === 'string' || source instanceof B
      ? [source][Symbol.iterator]()
      : (source[Symbol.asyncIterator] ?? source[Symbol.iterator]).call(source);
  const stream = new Readable({
    objectMode: true,
    highWaterMark: 1,
    ...options,
    async read() {
      try {
        const { value, done } = await iterator.next();
        stream.push(done ? null : await value);
      } catch (error) {
        stream.destroy(error);
      }
    },
  });
  return stream;
};

function Writable(options) {
  if (!(this instanceof Writable) && !(this instanceof Duplex)) return new Writable(options);
  Stream.call(this);
  initWritable(this, options);
}
const initWritable = (self, o = {}) => {
  hidden(self, '_writableState', {
    queue: [],
    length: 0,
    writing: false,
    ending: false,
    ended: false,
    finished: false,
    destroyed: false,
    closed: false,
    errored: null,
    needDrain: false,
    corked: 0,
    objectMode: Boolean(o.objectMode ?? o.writableObjectMode),
    highWaterMark: o.highWaterMark ?? o.writableHighWaterMark ?? (o.objectMode ? 16 : 65536),
    decodeStrings: o.decodeStrings !== false,
    defaultEncoding: 'utf8',
  });
  for (const name of ['write', 'writev', 'final', 'destroy']) if (typeof o[name] === 'function') hidden(self, `_${name}`, o[name]);
  hidden(self, '$autoDestroy', o.autoDestroy !== false);
};
inherits(Writable, Stream);
const writableMembers = {
  _write(chunk, encoding, done) {
    if (this._writev) this._writev([{ chunk, encoding }], done);
    else throw $.coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _write() method is not implemented');
  },
  _destroy(error, done) {
    done(error);
  },
  destroy,
  write(chunk, encoding, done) {
    const s = this._writableState;
    if (typeof encoding === 'function') [done, encoding] = [encoding, undefined];
    if (chunk === null) throw $.coded(TypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
    if (!s.objectMode) {
      if (typeof chunk !== 'string' && !ArrayBuffer.isView(chunk))
        throw $.invalidArg('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', chunk);
      if (typeof chunk === 'string' && s.decodeStrings) [chunk, encoding] = [B.from(chunk, encoding), 'buffer'];
    }
    if (s.ending || s.destroyed) {
      const error = s.ending
        ? $.coded(Error, 'ERR_STREAM_WRITE_AFTER_END', 'write after end')
        : $.coded(Error, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed');
      process.nextTick(() => done?.(error));
      if (s.ending) this.destroy(error);
      return false;
    }
    s.length += sizeOf(s, chunk);
    s.queue.push({ chunk, encoding: encoding ?? s.defaultEncoding, done });
    const ok = s.length < s.highWaterMark;
    if (!ok) s.needDrain = true;
    this.$pump();
    return ok;
  },
  $pump() {
    const s = this._writableState;
    if (s.writing || s.corked > 0 || s.destroyed) return;
    const next = s.queue.shift();
    if (!next) {
      if (s.ending && !s.finishing) {
        s.finishing = true;
        const finish = (error) => {
          if (error) return this.destroy(error);
          process.nextTick(() => {
            if (s.finished || s.destroyed) return;
            s.finished = true;
            this.emit('finish');
            const r = this._readableState;
            if (this.$autoDestroy && (!r || r.endEmitted)) this.destroy();
          });
        };
        if (this._final) {
          try {
            this._final(finish);
          } catch (error) {
            this.destroy(error);
          }
        } else finish();
      }
      return;
    }
    s.writing = true;
    let sync = true;
    const after = (error) => {
      s.writing = false;
      s.length -= sizeOf(s, next.chunk);
      if (error) {
        next.done?.(error);
        this.destroy(error);
        return;
      }
      const tail = () => {
        if (s.needDrain && s.length === 0 && !s.ending) {
          s.needDrain = false;
          this.emit('drain');
        }
        next.done?.(null);
      };
      if (sync) {
        if (s.needDrain || next.done) process.nextTick(tail);
      } else tail();
      this.$pump();
    };
    try {
      this._write(next.chunk, next.encoding, after);
    } catch (error) {
      this.destroy(error);
      throw error;
    }
    sync = false;
  },
  end(chunk, encoding, done) {
    const s = this._writableState;
    if (typeof chunk === 'function') [done, chunk] = [chunk, undefined];
    else if (typeof encoding === 'function') [done, encoding] = [encoding, undefined];
    if (chunk !== undefined && chunk !== null) this.write(chunk, encoding);
    if (done) s.finished ? process.nextTick(done) : this.once('finish', done);
    s.corked = 0;
    if (!s.ending) {
      s.ending = true;
      this.writable = false;
      this.$pump();
    }
    return this;
  },
  cork() {
    this._writableState.corked++;
  },
  uncork() {
    const s = this._writableState;
    if (s.corked > 0) s.corked--;
    this.$pump();
  },
  setDefaultEncoding(encoding) {
    this._writableState.defaultEncoding = encoding;
    return this;
  },
  pipe() {
    this.emit('error', $.coded(Error, 'ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable'));
  },
  get writableEnded() {
    return this._writableState.ending;
  },
  get writableFinished() {
    return this._writableState.finished;
  },
  get writableLength() {
    return this._writableState.length;
  },
  get writableHighWaterMark() {
    return this._writableState.highWaterMark;
  },
  get writableNeedDrain() {
    return this._writableState.needDrain;
  },
  get writableObjectMode() {
    return this._writableState.objectMode;
  },
};
define(Writable.prototype, writableMembers);
for (const name of ['destroyed', 'closed', 'errored'])
  Object.defineProperty(Writable.prototype, name, Object.getOwnPropertyDescriptor(readableMembers, name));
Writable.prototype.writable = true;

function Duplex(options = {}) {
  if (!(this instanceof Duplex)) return new Duplex(options);
  Stream.call(this);
  initReadable(this, options);
  initWritable(this, options);
  this.allowHalfOpen = options.allowHalfOpen !== false;
}
inherits(Duplex, Readable);
for (const key of Reflect.ownKeys(writableMembers))
  if (!['pipe', 'destroy', '_destroy'].includes(key))
    Object.defineProperty(Duplex.prototype, key, { ...Object.getOwnPropertyDescriptor(writableMembers, key), enumerable: false });
Duplex.prototype.writable = true;

function Transform(options = {}) {
  if (!(this instanceof Transform)) return new Transform(options);
  Duplex.call(this, options);
  if (typeof options.transform === 'function') hidden(this, '_transform', options.transform);
  if (typeof options.flush === 'function') hidden(this, '_flush', options.flush);
}
inherits(Transform, Duplex);
define(Transform.prototype, {
  _transform() {
    throw $.coded(Error, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _transform() method is not implemented');
  },
  _write(chunk, encoding, done) {
    this._transform(chunk, encoding, (error, value) => {
      if (error) return done(error);
      if (value !== undefined && value !== null) this.push(value);
      const r = this._readableState;
      if (r.length < r.highWaterMark) done();
      else this.$waiting = done;
    });
  },
  _read() {
    this._readableState.reading = false;
    const waiting = this.$waiting;
    this.$waiting = undefined;
    waiting?.();
  },
  _final(done) {
    if (!this._flush) {
      this.push(null);
      return done();
    }
    this._flush((error, value) => {
      if (error) return done(error);
      if (value !== undefined && value !== null) this.push(value);
      this.push(null);
      done();
    });
  },
});
function PassThrough(options) {
  if (!(this instanceof PassThrough)) return new PassThrough(options);
  Transform.call(this, options);
}
inherits(PassThrough, Transform);
PassThrough.prototype._transform = (chunk, _encoding, done) => done(null, chunk);

const finished = (stream, options, done) => {
  if (typeof options === 'function') [done, options] = [options, {}];
  let called = false;
  const finish = (error) => {
    if (called) return;
    called = true;
    done(error);
  };
  const check = () => {
    const r = stream._readableState;
    const w = stream._writableState;
    if ((!r || r.endEmitted || options.readable === false) && (!w || w.finished || options.writable === false)) finish();
  };
  stream.on('end', check);
  stream.on('finish', check);
  stream.on('error', finish);
  stream.on('close', () => {
    const r = stream._readableState;
    const w = stream._writableState;
    if ((r && !r.endEmitted) || (w && !w.finished)) finish($.coded(Error, 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close'));
    else finish();
  });
  process.nextTick(check);
  return () => {
    called = true;
  };
};
const pipeline = (...streams) => {
  const done = typeof streams.at(-1) === 'function' && !(streams.at(-1) instanceof Stream) ? streams.pop() : () => {};
  const list = streams
    .flat()
    .map((each, i, all) =>
      i === 0 && typeof each === 'function'
        ? Readable.from(each())
        : !(each instanceof Stream) && i === 0
          ? Readable.from(each)
          : typeof each === 'function'
            ? null
            : each,
    );
  /** What a function made of the stream before it: a stream, or a promise of the end. */
  const after = (made) =>
    typeof made?.then === 'function'
      ? Readable.from(
          (async function* () {
            await made;
          })(),
        ).resume()
      : Readable.from(made);
  let at = list[0];
  for (let i = 1; i < list.length; i++) {
    if (list[i] === null) list[i] = after(streams.flat()[i](at));
    else at.pipe(list[i]);
    at = list[i];
  }
  let failed;
  let open = list.length;
  for (const [i, stream] of list.entries())
    finished(stream, { readable: !stream._writableState || (i < list.length - 1 && true), writable: i > 0 }, (error) => {
      if (error && !failed) {
        failed = error;
        for (const each of list) if (each !== stream) each.destroy();
        done(error);
      } else if (--open === 0 && !failed) done();
    });
  return at;
};
const promises = {
  pipeline: (...streams) =>
    new Promise((resolve, reject) =>
      pipeline(
        ...streams.filter((s) => s instanceof Stream || typeof s === 'function' || s?.[Symbol.asyncIterator] || s?.[Symbol.iterator]),
        (error) => (error ? reject(error) : resolve()),
      ),
    ),
  finished: (stream, options = {}) =>
    new Promise((resolve, reject) => finished(stream, options, (error) => (error ? reject(error) : resolve()))),
};
Object.assign(Stream, {
  Stream,
  Readable,
  Writable,
  Duplex,
  Transform,
  PassThrough,
  finished,
  pipeline,
  promises,
  isReadable: (s) => s.readable,
  isErrored: (s) => Boolean(s.errored),
  addAbortSignal: (_signal, s) => s,
  getDefaultHighWaterMark: () => 65536,
});
module.exports = Stream;
