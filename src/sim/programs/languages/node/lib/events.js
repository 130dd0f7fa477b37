// EventEmitter.
const kCapture = Symbol('kCapture');
function EventEmitter() {
  if (this._events === undefined || this._events === Object.getPrototypeOf(this)._events) {
    this._events = { __proto__: null };
    this._eventsCount = 0;
  }
  this._maxListeners = this._maxListeners || undefined;
}
EventEmitter.prototype._events = undefined;
EventEmitter.prototype._eventsCount = 0;
EventEmitter.prototype._maxListeners = undefined;
EventEmitter.defaultMaxListeners = 10;
const listenersOf = (emitter, name) => {
  const found = emitter._events?.[name];
  return found === undefined ? [] : typeof found === 'function' ? [found] : found;
};
const check = (listener) => {
  if (typeof listener !== 'function') throw $.invalidArg('listener', 'of type function', listener);
};
const add = (emitter, name, listener, first) => {
  check(listener);
  if (emitter._events === undefined) EventEmitter.call(emitter);
  if (emitter._events.newListener !== undefined) emitter.emit('newListener', name, listener.listener ?? listener);
  const now = emitter._events[name];
  if (now === undefined) {
    emitter._events[name] = listener;
    emitter._eventsCount++;
  } else {
    const list = typeof now === 'function' ? [now] : [...now];
    if (first) list.unshift(listener);
    else list.push(listener);
    emitter._events[name] = list;
    const max = emitter.getMaxListeners?.() ?? 10;
    if (max > 0 && list.length > max && !list.warned) {
      list.warned = true;
      $.process.emitWarning(
        `Possible EventEmitter memory leak detected. ${list.length} ${String(name)} listeners added to [${emitter.constructor.name}]. MaxListeners is ${max}. Use emitter.setMaxListeners() to increase limit`,
        'MaxListenersExceededWarning',
      );
    }
    emitter._events[name].warned = list.warned;
  }
  return emitter;
};
const once = (emitter, name, listener) => {
  check(listener);
  const wrapped = (...args) => {
    emitter.removeListener(name, wrapped);
    return listener.apply(emitter, args);
  };
  wrapped.listener = listener;
  return wrapped;
};
const methods = {
  on(name, listener) {
    return add(this, name, listener, false);
  },
  prependListener(name, listener) {
    return add(this, name, listener, true);
  },
  once(name, listener) {
    return this.on(name, once(this, name, listener));
  },
  prependOnceListener(name, listener) {
    return this.prependListener(name, once(this, name, listener));
  },
  off(name, listener) {
    const list = listenersOf(this, name);
    for (let i = list.length - 1; i >= 0; i--) {
      if (list[i] !== listener && list[i].listener !== listener) continue;
      const rest = list.filter((_, at) => at !== i);
      if (rest.length === 0) {
        delete this._events[name];
        this._eventsCount--;
      } else this._events[name] = rest.length === 1 ? rest[0] : rest;
      if (this._events.removeListener !== undefined) this.emit('removeListener', name, listener);
      break;
    }
    return this;
  },
  removeAllListeners(name) {
    for (const each of name === undefined ? Reflect.ownKeys(this._events ?? {}) : [name])
      for (const l of [...listenersOf(this, each)]) this.removeListener(each, l);
    return this;
  },
  emit(name, ...args) {
    const list = listenersOf(this, name);
    if (list.length === 0) {
      if (name !== 'error') return false;
      const [error] = args;
      if (error instanceof Error) {
        $.emitted = error;
        throw error;
      }
      const shown = $.load('util').inspect(error);
      const e = $.coded(Error, 'ERR_UNHANDLED_ERROR', `Unhandled error. (${typeof error === 'string' ? `'${error}'` : shown})`);
      e.context = error;
      throw e;
    }
    for (const listener of list.length === 1 ? list : [...list]) {
      const answer = listener.apply(this, args);
      if (this[kCapture] && answer && typeof answer.then === 'function')
        answer.then(undefined, (error) => $.nextTick(() => this.emit('error', error)));
    }
    return true;
  },
  listenerCount(name) {
    return listenersOf(this, name).length;
  },
  listeners(name) {
    return listenersOf(this, name).map((l) => l.listener ?? l);
  },
  rawListeners(name) {
    return [...listenersOf(this, name)];
  },
  eventNames() {
    return this._events ? Reflect.ownKeys(this._events) : [];
  },
  setMaxListeners(n) {
    this._maxListeners = n;
    return this;
  },
  getMaxListeners() {
    return this._maxListeners ?? EventEmitter.defaultMaxListeners;
  },
};
for (const [name, value] of Object.entries(methods)) EventEmitter.prototype[name] = value;
EventEmitter.prototype.addListener = methods.on;
EventEmitter.prototype.removeListener = methods.off;
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.captureRejectionSymbol = Symbol.for('nodejs.rejection');
EventEmitter.errorMonitor = Symbol('events.errorMonitor');
EventEmitter.usingDomains = false;
EventEmitter.listenerCount = (emitter, name) => emitter.listenerCount(name);
EventEmitter.setMaxListeners = (n, ...targets) => targets.forEach((t) => t.setMaxListeners?.(n));
EventEmitter.once = (emitter, name) =>
  new Promise((resolve, reject) => {
    const fail = (error) => {
      emitter.removeListener(name, done);
      reject(error);
    };
    const done = (...args) => {
      emitter.removeListener('error', fail);
      resolve(args);
    };
    emitter.once(name, done);
    if (name !== 'error') emitter.once('error', fail);
  });
EventEmitter.on = async function* (emitter, name) {
  const queue = [];
  let wake;
  emitter.on(name, (...args) => {
    queue.push(args);
    wake?.();
  });
  for (;;) {
    while (queue.length > 0) yield queue.shift();
    await new Promise((resolve) => {
      wake = resolve;
    });
  }
};
module.exports = EventEmitter;
