// What a program finds in its global scope besides the language.
const { host } = $;
const define = (name, value, enumerable = false) =>
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable });
/** A global whose part of the library is loaded when it is first used. */
const lazy = (name, part, key = name) =>
  Object.defineProperty(globalThis, name, {
    get() {
      const value = $.load(part)[key];
      define(name, value);
      return value;
    },
    set: (value) => define(name, value),
    configurable: true,
    enumerable: false,
  });

Object.defineProperty(globalThis, Symbol.toStringTag, { value: 'global', configurable: true });
define('global', globalThis);
define('process', $.process);
for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate'])
  define(name, $.timers[name], true);
const tasks = Promise.resolve();
const then = Promise.prototype.then;
define(
  'queueMicrotask',
  (run) => {
    if (typeof run !== 'function') throw $.invalidArg('callback', 'of type function', run);
    then.call(tasks, () => {
      try {
        run();
      } catch (error) {
        $.fatal(error);
      }
    });
  },
  true,
);
define('structuredClone', (value) => clone(value, new Map()), true);
const clone = (value, seen) => {
  if (typeof value === 'function' || typeof value === 'symbol')
    throw new globalThis.DOMException(`${String(value)} could not be cloned.`, 'DataCloneError');
  if (typeof value !== 'object' || value === null) return value;
  if (seen.has(value)) return seen.get(value);
  const keep = (copy) => {
    seen.set(value, copy);
    return copy;
  };
  if (value instanceof Date) return keep(new Date(value.getTime()));
  if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
  if (value instanceof ArrayBuffer) return keep(value.slice(0));
  if (ArrayBuffer.isView(value))
    return keep(
      new (Object.getPrototypeOf(value).constructor.BYTES_PER_ELEMENT ? Object.getPrototypeOf(value).constructor : Uint8Array)(value),
    );
  if (value instanceof Map) {
    const copy = keep(new Map());
    for (const [k, v] of value) copy.set(clone(k, seen), clone(v, seen));
    return copy;
  }
  if (value instanceof Set) {
    const copy = keep(new Set());
    for (const v of value) copy.add(clone(v, seen));
    return copy;
  }
  if (value instanceof Error) return keep(Object.assign(new (globalThis[value.name] ?? Error)(value.message), { stack: value.stack }));
  const copy = keep(Array.isArray(value) ? new Array(value.length) : {});
  for (const key of Object.keys(value)) copy[key] = clone(value[key], seen);
  return copy;
};
class Performance {
  now() {
    return ($.nowUs() - $.startedUs) / 1000;
  }
  get timeOrigin() {
    return Date.now() - this.now();
  }
  mark() {}
  measure() {}
  toJSON() {
    return { timeOrigin: this.timeOrigin };
  }
}
define('performance', new Performance(), true);
lazy('Buffer', 'buffer');
lazy('atob', 'buffer');
lazy('btoa', 'buffer');
lazy('Blob', 'buffer');
lazy('TextEncoder', 'internal/encoding');
lazy('TextDecoder', 'internal/encoding');
for (const name of ['Event', 'EventTarget', 'AbortController', 'AbortSignal', 'DOMException', 'CustomEvent']) lazy(name, 'internal/abort');
for (const name of ['URL', 'URLSearchParams']) lazy(name, 'url');
for (const name of ['fetch', 'Headers', 'Request', 'Response', 'FormData']) lazy(name, 'internal/fetch');
lazy('crypto', 'crypto', 'webcrypto');
define('navigator', {
  hardwareConcurrency: 1,
  language: 'en-US',
  platform: 'linux',
  get userAgent() {
    return `Node.js/${$.process.version.slice(1).split('.')[0]}`;
  },
});

// ---- console ----
const util = () => $.load('util');
let indent = '';
const counts = new Map();
const timers = new Map();
const emit = (fd, args) => {
  let text = util().formatWithOptions({ colors: $.ttys?.[fd] ?? false, paint: fd }, ...args);
  if (indent) text = indent + text.replaceAll('\n', `\n${indent}`);
  const stream = fd === 1 ? $.process.stdout : $.process.stderr;
  stream.write(`${text}\n`);
};
const duration = (us) => {
  const ms = us / 1000;
  if (ms >= 3600000)
    return `${Math.floor(ms / 3600000)}:${String(Math.floor(ms / 60000) % 60).padStart(2, '0')}:${String(Math.floor(ms / 1000) % 60).padStart(2, '0')} (h:mm:ss)`;
  if (ms >= 60000) return `${Math.floor(ms / 60000)}:${((ms / 1000) % 60).toFixed(3).padStart(6, '0')} (m:ss.mmm)`;
  if (ms >= 1000) return `${(ms / 1000).toFixed(3)}s`;
  return `${Number(ms.toFixed(3))}ms`;
};
const console = Object.create({}, { [Symbol.toStringTag]: { value: 'console', configurable: true } });
const add = (methods) => {
  for (const [name, value] of Object.entries(methods)) console[name] = value;
};
add({
  log: (...args) => emit(1, args),
  warn: (...args) => emit(2, args),
  dir: (value, options) => emit(1, [util().inspect(value, { customInspect: false, colors: $.ttys?.[1], ...options })]),
  time: (label = 'default') => {
    if (timers.has(`${label}`)) $.process.emitWarning(`Label '${label}' already exists for console.time()`);
    else timers.set(`${label}`, $.nowUs());
  },
  timeEnd: (label = 'default') => {
    if (!timers.has(`${label}`)) return $.process.emitWarning(`No such label '${label}' for console.timeEnd()`);
    emit(1, [`${label}: ${duration($.nowUs() - timers.get(`${label}`))}`]);
    timers.delete(`${label}`);
  },
  timeLog: (label = 'default', ...data) =>
    timers.has(`${label}`) && emit(1, [`${label}: ${duration($.nowUs() - timers.get(`${label}`))}`, ...data]),
  trace: (...args) => {
    const e = { name: 'Trace', message: util().format(...args) };
    Error.captureStackTrace(e);
    emit(2, [e.stack]);
  },
  assert: (ok, ...args) => {
    if (ok) return;
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift('Assertion failed');
    emit(2, args);
  },
  clear: () => {
    if ($.ttys?.[1]) $.process.stdout.write('\x1b[1;1H\x1b[0J');
  },
  count: (label = 'default') => {
    counts.set(`${label}`, (counts.get(`${label}`) ?? 0) + 1);
    emit(1, [`${label}: ${counts.get(`${label}`)}`]);
  },
  countReset: (label = 'default') => counts.delete(`${label}`),
  group: (...args) => {
    if (args.length > 0) emit(1, args);
    indent += '  ';
  },
  groupEnd: () => {
    indent = indent.slice(0, -2);
  },
  table: (data, columns) => {
    if (data === null || typeof data !== 'object') return emit(1, [data]);
    emit(1, [$.load('internal/table')(data, columns)]);
  },
});
add({ debug: console.log, info: console.log, dirxml: console.log, error: console.warn, groupCollapsed: console.group });
for (const name of ['debug', 'info', 'dirxml', 'error', 'groupCollapsed']) {
  const to = console[name];
  console[name] = { [name]: (...args) => to(...args) }[name];
}
console.Console = class Console {
  constructor(options, second) {
    const out = options.stdout ?? options;
    const err = options.stderr ?? second ?? out;
    for (const [name, stream] of [
      ['log', out],
      ['info', out],
      ['debug', out],
      ['error', err],
      ['warn', err],
    ])
      this[name] = (...args) => stream.write(`${util().format(...args)}\n`);
  }
};
define('console', console);
