// util.
const { inspect, formatWithOptions, plain } = require('internal/inspect');
const kPromisify = Symbol.for('nodejs.util.promisify.custom');
const isObject = (v) => typeof v === 'object' && v !== null;
const same = (a, b, strict, seen = new Map()) => {
  if (strict ? Object.is(a, b) : a == b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  if (!isObject(a) || !isObject(b)) return false;
  if (strict && Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (seen.get(a) === b) return true;
  seen.set(a, b);
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (a instanceof RegExp && b instanceof RegExp) return String(a) === String(b);
  if (a instanceof Error && b instanceof Error && (a.message !== b.message || a.name !== b.name)) return false;
  if (ArrayBuffer.isView(a) && ArrayBuffer.isView(b)) return a.length === b.length && [...a].every((v, i) => Object.is(v, b[i]));
  if (a instanceof Set && b instanceof Set)
    return a.size === b.size && [...a].every((v) => b.has(v) || (isObject(v) && [...b].some((w) => same(v, w, strict, seen))));
  if (a instanceof Map && b instanceof Map)
    return a.size === b.size && [...a].every(([k, v]) => b.has(k) && same(v, b.get(k), strict, seen));
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    (!Array.isArray(a) || a.length === b.length) &&
    keys.every((k) => Object.hasOwn(b, k) && same(a[k], b[k], strict, seen))
  );
};
const promisify = (fn) => {
  if (typeof fn !== 'function') throw $.invalidArg('original', 'of type function', fn);
  if (fn[kPromisify]) return fn[kPromisify];
  return function (...args) {
    return new Promise((resolve, reject) => fn.call(this, ...args, (error, value) => (error ? reject(error) : resolve(value))));
  };
};
promisify.custom = kPromisify;
Object.defineProperty(setTimeout, kPromisify, { value: (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value)) });
Object.defineProperty(setImmediate, kPromisify, { value: (value) => new Promise((resolve) => setImmediate(resolve, value)) });
const tag = (v) => Object.prototype.toString.call(v).slice(8, -1);
const types = {
  isPromise: (v) => v instanceof Promise,
  isRegExp: (v) => v instanceof RegExp,
  isDate: (v) => v instanceof Date,
  isNativeError: (v) => v instanceof Error,
  isMap: (v) => v instanceof Map,
  isSet: (v) => v instanceof Set,
  isTypedArray: (v) => ArrayBuffer.isView(v) && !(v instanceof DataView),
  isUint8Array: (v) => v instanceof Uint8Array,
  isArrayBuffer: (v) => v instanceof ArrayBuffer,
  isAnyArrayBuffer: (v) => v instanceof ArrayBuffer,
  isAsyncFunction: (v) => tag(v) === 'AsyncFunction',
  isGeneratorFunction: (v) => /GeneratorFunction$/.test(tag(v)),
  isProxy: () => false,
};
module.exports = {
  inspect,
  format: (...args) => formatWithOptions({}, ...args),
  formatWithOptions,
  promisify,
  callbackify: (fn) =>
    function (...args) {
      const done = args.pop();
      fn.apply(this, args).then(
        (value) => process.nextTick(done, null, value),
        (error) => process.nextTick(done, error),
      );
    },
  inherits(Child, Parent) {
    Object.defineProperty(Child, 'super_', { value: Parent, writable: true, configurable: true });
    Object.setPrototypeOf(Child.prototype, Parent.prototype);
  },
  deprecate(fn, message, code) {
    let told = false;
    return function (...args) {
      if (!told) process.emitWarning(message, 'DeprecationWarning', code);
      told = true;
      return fn.apply(this, args);
    };
  },
  isDeepStrictEqual: (a, b) => same(a, b, true),
  $same: same,
  types,
  stripVTControlCharacters: plain,
  styleText(style, text) {
    return [style].flat().reduceRight((out, name) => `\x1b[${inspect.colors[name][0]}m${out}\x1b[${inspect.colors[name][1]}m`, text);
  },
  debuglog: (section) =>
    Object.assign(
      (...args) =>
        new RegExp(`\\b${section}\\b`, 'i').test(process.env.NODE_DEBUG ?? '') &&
        console.error(`${section.toUpperCase()} ${process.pid}: ${module.exports.format(...args)}`),
      { enabled: false },
    ),
  isArray: Array.isArray,
  toUSVString: (s) => String(s).toWellFormed(),
  parseArgs({ args = process.argv.slice(2), options = {}, allowPositionals = false, strict = true } = {}) {
    const values = { __proto__: null };
    const positionals = [];
    for (let i = 0; i < args.length; i++) {
      const m =
        /^--([^=]+)(?:=(.*))?$/s.exec(args[i]) ??
        (/^-\w$/.test(args[i]) ? [null, Object.keys(options).find((k) => options[k].short === args[i][1]) ?? args[i][1]] : null);
      if (!m) {
        positionals.push(args[i]);
        continue;
      }
      const option = options[m[1]];
      if (!option && strict) throw $.coded(TypeError, 'ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${args[i]}'`);
      const value = option?.type === 'string' ? (m[2] ?? args[++i]) : true;
      if (option?.multiple) (values[m[1]] ??= []).push(value);
      else values[m[1]] = value;
    }
    for (const [name, o] of Object.entries(options)) if (o.default !== undefined && values[name] === undefined) values[name] = o.default;
    if (positionals.length > 0 && !allowPositionals && strict)
      throw $.coded(
        TypeError,
        'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL',
        `Unexpected argument '${positionals[0]}'. This command does not take positional arguments`,
      );
    return { values, positionals };
  },
  get TextEncoder() {
    return globalThis.TextEncoder;
  },
  get TextDecoder() {
    return globalThis.TextDecoder;
  },
};
