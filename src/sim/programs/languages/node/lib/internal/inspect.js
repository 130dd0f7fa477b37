// util.inspect: how node shows values.
const kInspect = Symbol.for('nodejs.util.inspect.custom');
const DEFAULTS = {
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 128,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
};
const COLORS = {
  bold: [1, 22],
  italic: [3, 23],
  underline: [4, 24],
  inverse: [7, 27],
  white: [37, 39],
  grey: [90, 39],
  gray: [90, 39],
  black: [30, 39],
  blue: [34, 39],
  cyan: [36, 39],
  green: [32, 39],
  magenta: [35, 39],
  red: [31, 39],
  yellow: [33, 39],
  dim: [2, 22],
  reset: [0, 0],
  strikethrough: [9, 29],
  blackBright: [90, 39],
  redBright: [91, 39],
  greenBright: [92, 39],
  yellowBright: [93, 39],
  blueBright: [94, 39],
  magentaBright: [95, 39],
  cyanBright: [96, 39],
  whiteBright: [97, 39],
  bgBlack: [40, 49],
  bgRed: [41, 49],
  bgGreen: [42, 49],
  bgYellow: [43, 49],
  bgBlue: [44, 49],
  bgMagenta: [45, 49],
  bgCyan: [46, 49],
  bgWhite: [47, 49],
};
const STYLES = {
  special: 'cyan',
  number: 'yellow',
  bigint: 'yellow',
  boolean: 'yellow',
  undefined: 'grey',
  null: 'bold',
  string: 'green',
  symbol: 'green',
  date: 'magenta',
  regexp: 'red',
  module: 'underline',
};
const IDENTIFIER = /^[a-zA-Z_][a-zA-Z_0-9]*$/;
const ESCAPES = { '\b': '\\b', '\t': '\\t', '\n': '\\n', '\f': '\\f', '\r': '\\r', '\\': '\\\\' };
const plain = (text) => text.replace(/\x1b\[[0-9;]*m/g, '');
const widthOf = (text, colors) => (colors ? plain(text) : text).length;

const quote = (text) => {
  let q = "'";
  if (text.includes("'")) q = !text.includes('"') ? '"' : !text.includes('`') && !text.includes('${') ? '`' : "'";
  const escaped = text.replace(
    /[\x00-\x1f\x7f-\x9f\\]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (c) =>
      ESCAPES[c] ??
      (c.charCodeAt(0) > 0xff ? `\\u${c.charCodeAt(0).toString(16)}` : `\\x${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`),
  );
  return q + (q === "'" ? escaped.replaceAll("'", "\\'") : escaped) + q;
};

const number = (style, n) => style(Object.is(n, -0) ? '-0' : `${n}`, 'number');
const primitive = (style, value, ctx) => {
  switch (typeof value) {
    case 'string': {
      let tail = '';
      if (value.length > ctx.maxStringLength) {
        const rest = value.length - ctx.maxStringLength;
        value = value.slice(0, ctx.maxStringLength);
        tail = `... ${rest} more character${rest > 1 ? 's' : ''}`;
      }
      if (ctx.compact !== true && value.length > 16 && value.length > ctx.breakLength - ctx.indentation - 4)
        return (
          value
            .split(/(?<=\n)/)
            .map((line) => style(quote(line), 'string'))
            .join(` +\n${' '.repeat(ctx.indentation + 2)}`) + tail
        );
      return style(quote(value), 'string') + tail;
    }
    case 'number':
      return number(style, value);
    case 'bigint':
      return style(`${value}n`, 'bigint');
    case 'boolean':
      return style(`${value}`, 'boolean');
    case 'undefined':
      return style('undefined', 'undefined');
    case 'symbol':
      return style(String(value), 'symbol');
    default:
      return style('null', 'null');
  }
};

const constructorName = (object, ctx) => {
  for (let at = object; at !== null && at !== undefined; at = Object.getPrototypeOf(at)) {
    const d = Object.getOwnPropertyDescriptor(at, 'constructor');
    if (d !== undefined && typeof d.value === 'function' && d.value.name !== '' && isInstance(object, d.value)) return String(d.value.name);
  }
  if (Object.getPrototypeOf(object) === null) return null;
  return `${constructorName(Object.getPrototypeOf(object), ctx) ?? 'Object'} <Complex prototype>`;
};
const isInstance = (object, Class) => {
  try {
    return object instanceof Class;
  } catch {
    return false;
  }
};
const prefix = (name, tag, fallback, size = '') => {
  if (name === null)
    return tag !== '' && fallback !== tag ? `[${fallback}${size}: null prototype] [${tag}] ` : `[${fallback}${size}: null prototype] `;
  return tag !== '' && name !== tag ? `${name}${size} [${tag}] ` : `${name}${size} `;
};
const keysOf = (value, hidden) => {
  const symbols = Object.getOwnPropertySymbols(value);
  if (hidden) return [...Object.getOwnPropertyNames(value), ...symbols];
  return [...Object.keys(value), ...symbols.filter((s) => Object.prototype.propertyIsEnumerable.call(value, s))];
};

const property = (ctx, value, times, key, type) => {
  const d = Object.getOwnPropertyDescriptor(value, key) ?? { value: value[key], configurable: true, enumerable: true };
  let text;
  let extra = ' ';
  if (d.value !== undefined) {
    const diff = ctx.compact !== true || type !== 0 ? 2 : 3;
    ctx.indentation += diff;
    text = show(ctx, d.value, times);
    if (diff === 3 && ctx.breakLength < widthOf(text, ctx.colors)) extra = `\n${' '.repeat(ctx.indentation)}`;
    ctx.indentation -= diff;
  } else if (d.get !== undefined) {
    const label = d.set !== undefined ? 'Getter/Setter' : 'Getter';
    text = ctx.stylize(`[${label}]`, 'special');
    if (ctx.getters) {
      try {
        ctx.indentation += 2;
        const got = d.get.call(value);
        text =
          typeof got === 'object' && got !== null
            ? `${ctx.stylize(`[${label}]`, 'special')} ${show(ctx, got, times)}`
            : `${ctx.stylize(`[${label}:`, 'special')} ${primitive(ctx.stylize, got, ctx)}${ctx.stylize(']', 'special')}`;
        ctx.indentation -= 2;
      } catch {}
    }
  } else if (d.set !== undefined) text = ctx.stylize('[Setter]', 'special');
  else text = ctx.stylize('undefined', 'undefined');
  if (type === 1) return text;
  let name;
  if (typeof key === 'symbol') name = `[${ctx.stylize(String(key), 'symbol')}]`;
  else if (key === '__proto__') name = "['__proto__']";
  else if (!d.enumerable) name = `[${key}]`;
  else if (IDENTIFIER.test(key)) name = ctx.stylize(key, 'name');
  else name = ctx.stylize(quote(key), 'string');
  return `${name}:${extra}${text}`;
};

const elements = (ctx, value, times) => {
  const out = [];
  const max = Math.min(Math.max(0, ctx.maxArrayLength), value.length);
  let i = 0;
  for (; out.length < max && i < value.length; i++) {
    if (Object.hasOwn(value, i)) {
      out.push(property(ctx, value, times, i, 1));
      continue;
    }
    let hole = i;
    while (hole < value.length && !Object.hasOwn(value, hole)) hole++;
    out.push(ctx.stylize(`<${hole - i} empty item${hole - i > 1 ? 's' : ''}>`, 'undefined'));
    i = hole - 1;
  }
  const rest = value.length - i;
  if (rest > 0) out.push(`... ${rest} more item${rest > 1 ? 's' : ''}`);
  return out;
};
const typed = (ctx, value) => {
  const max = Math.min(Math.max(0, ctx.maxArrayLength), value.length);
  const out = [];
  for (let i = 0; i < max; i++)
    out.push(typeof value[i] === 'bigint' ? ctx.stylize(`${value[i]}n`, 'bigint') : number(ctx.stylize, value[i]));
  if (value.length > max) out.push(`... ${value.length - max} more item${value.length - max > 1 ? 's' : ''}`);
  return out;
};
const functionBase = (ctx, value, name, tag) => {
  const source = Function.prototype.toString.call(value);
  if (source.startsWith('class') && source.endsWith('}')) {
    const hasName = Object.hasOwn(value, 'name') && value.name !== '';
    let text = hasName ? `class ${value.name}` : 'class (anonymous)';
    if (name !== 'Function' && name !== null) text += ` [${name}]`;
    if (name === null) text += ' extends [null prototype]';
    else {
      const parent = Object.getPrototypeOf(value).name;
      if (parent) text += ` extends ${parent}`;
    }
    return `[${text}]`;
  }
  const kind = /^async\s*(function\s*\*|\*)/.test(source)
    ? 'AsyncGeneratorFunction'
    : /^async\b/.test(source)
      ? 'AsyncFunction'
      : /^(function\s*\*|\*)/.test(source)
        ? 'GeneratorFunction'
        : 'Function';
  let base = `[${kind}`;
  if (name === null) base += ' (null prototype)';
  base += value.name === '' ? ' (anonymous)' : `: ${value.name}`;
  base += ']';
  if (name !== kind && name !== null && name !== 'Function') base += ` ${name}`;
  return base;
};

const errorText = (ctx, error, keys) => {
  $.dress(error);
  let stack = error.stack ? String(error.stack) : Error.prototype.toString.call(error);
  const hide = (name) => {
    const at = keys.indexOf(name);
    if (at >= 0 && stack.includes(String(error[name]))) keys.splice(at, 1);
  };
  for (const name of ['name', 'message', 'stack']) hide(name);
  const name = error.name != null ? String(error.name) : 'Error';
  const className = constructorName(error, ctx) ?? 'Error';
  // The name of a class that the stack does not tell.
  if (!stack.split('\n')[0].includes(className) && className !== 'Object' && stack.startsWith(name)) {
    const m = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(stack) ?? /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
    const fallback = m?.[1] ?? name;
    if (fallback && m)
      stack = className.includes(fallback) ? stack.replace(fallback, className) : stack.replace(fallback, `${className} [${fallback}]`);
  }
  if ('cause' in error && !keys.includes('cause') && Object.hasOwn(error, 'cause')) keys.push('cause');
  if (Array.isArray(error.errors) && Object.hasOwn(error, 'errors') && !keys.includes('errors')) keys.push('errors');
  const message = error.message ? stack.indexOf(String(error.message)) : -1;
  const at = stack.indexOf('\n    at', message < 0 ? 0 : message);
  if (at < 0) stack = `[${stack}]`;
  else if (ctx.colors) {
    const lines = stack.slice(at + 1).split('\n');
    stack = `${stack.slice(0, at)}\n${lines.map((l) => (/\(?node:|\(<anonymous>/.test(l) ? ctx.stylize(l, 'undefined') : l)).join('\n')}`;
  }
  if (ctx.indentation !== 0) stack = stack.replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`);
  return stack;
};

const group = (ctx, output, value) => {
  let total = 0;
  let longest = 0;
  let i = 0;
  let length = output.length;
  if (ctx.maxArrayLength < output.length) length--;
  const separator = 2;
  const lengths = new Array(length);
  for (; i < length; i++) {
    const len = widthOf(output[i], ctx.colors);
    lengths[i] = len;
    total += len + separator;
    if (longest < len) longest = len;
  }
  const actual = longest + separator;
  if (actual * 3 + ctx.indentation < ctx.breakLength && (total / actual > 5 || longest <= 6)) {
    const bias = Math.sqrt(actual - total / output.length);
    const biased = Math.max(actual - 3 - bias, 1);
    const columns = Math.min(
      Math.round(Math.sqrt(2.5 * biased * length) / biased),
      Math.floor((ctx.breakLength - ctx.indentation) / actual),
      ctx.compact * 4,
      15,
    );
    if (columns <= 1) return output;
    const out = [];
    const widths = [];
    for (let c = 0; c < columns; c++) {
      let line = 0;
      for (let j = c; j < output.length; j += columns) if (lengths[j] > line) line = lengths[j];
      widths.push(line + separator);
    }
    let pad = String.prototype.padStart;
    if (value !== undefined)
      for (let k = 0; k < output.length; k++)
        if (typeof value[k] !== 'number' && typeof value[k] !== 'bigint') {
          pad = String.prototype.padEnd;
          break;
        }
    for (let k = 0; k < length; k += columns) {
      const max = Math.min(k + columns, length);
      let text = '';
      let j = k;
      for (; j < max - 1; j++) text += pad.call(`${output[j]}, `, widths[j - k] + output[j].length - lengths[j], ' ');
      if (pad === String.prototype.padStart) text += pad.call(output[j], widths[j - k] + output[j].length - lengths[j] - separator, ' ');
      else text += output[j];
      out.push(text);
    }
    if (ctx.maxArrayLength < output.length) out.push(output[length]);
    return out;
  }
  return output;
};

const fits = (ctx, output, start, base) => {
  let total = output.length + start;
  if (total + output.length > ctx.breakLength) return false;
  for (const each of output) {
    total += widthOf(each, ctx.colors);
    if (total > ctx.breakLength) return false;
  }
  return base === '' || !base.includes('\n');
};
const single = (ctx, output, base, braces, kind, times, value) => {
  if (ctx.compact !== true) {
    if (typeof ctx.compact === 'number' && ctx.compact >= 1) {
      const entries = output.length;
      if (kind === 2 && entries > 6) output = group(ctx, output, value);
      if (ctx.currentDepth - times < ctx.compact && entries === output.length) {
        const start = output.length + ctx.indentation + braces[0].length + base.length + 10;
        if (fits(ctx, output, start, base)) {
          const joined = output.join(', ');
          if (!joined.includes('\n')) return `${base ? `${base} ` : ''}${braces[0]} ${joined} ${braces[1]}`;
        }
      }
    }
    const indentation = `\n${' '.repeat(ctx.indentation)}`;
    return `${base ? `${base} ` : ''}${braces[0]}${indentation}  ${output.join(`,${indentation}  `)}${indentation}${braces[1]}`;
  }
  if (fits(ctx, output, 0, base)) return `${braces[0]}${base ? ` ${base}` : ''} ${output.join(', ')} ${braces[1]}`;
  const indentation = `\n${' '.repeat(ctx.indentation)}`;
  return `${base ? `${base} ` : ''}${braces[0]}${braces[0].length === 1 ? ' ' : `${indentation}  `}${output.join(`,${indentation}  `)} ${braces[1]}`;
};

const boxed = (value) => {
  for (const [Type, name] of [
    [Number, 'Number'],
    [String, 'String'],
    [Boolean, 'Boolean'],
    [BigInt, 'BigInt'],
    [Symbol, 'Symbol'],
  ])
    if (value instanceof Type) return name;
  return undefined;
};
const tagOf = (value) => Object.prototype.toString.call(value).slice(8, -1);
const isPromise = (value) => value instanceof Promise;

const raw = (ctx, value, times, typedCall) => {
  let keys;
  const name = constructorName(value, ctx);
  let tag = '';
  try {
    tag = value[Symbol.toStringTag];
  } catch {}
  if (
    typeof tag !== 'string' ||
    (tag !== '' &&
      (ctx.showHidden ? Object.hasOwn(value, Symbol.toStringTag) : Object.prototype.propertyIsEnumerable.call(value, Symbol.toStringTag)))
  )
    tag = '';
  let base = '';
  let formatter = () => [];
  let braces;
  let kind = 0;
  let indexed = false;
  if (Array.isArray(value)) {
    const p = name !== 'Array' || tag !== '' ? prefix(name, tag, 'Array', `(${value.length})`) : '';
    keys = keysOf(value, ctx.showHidden).filter(
      (k) => typeof k === 'symbol' || (!(/^(0|[1-9]\d*)$/.test(k) && Number(k) < value.length) && k !== 'length'),
    );
    braces = [`${p}[`, ']'];
    if (value.length === 0 && keys.length === 0) return `${braces[0]}]`;
    kind = 2;
    formatter = elements;
    indexed = true;
  } else if (value instanceof Set) {
    keys = keysOf(value, ctx.showHidden);
    braces = [`${prefix(name, tag, 'Set', `(${value.size})`)}{`, '}'];
    if (value.size === 0 && keys.length === 0) return `${braces[0]}}`;
    formatter = () => {
      ctx.indentation += 2;
      const out = [];
      for (const v of value) {
        if (out.length >= ctx.maxArrayLength) {
          const rest = value.size - out.length;
          out.push(`... ${rest} more item${rest > 1 ? 's' : ''}`);
          break;
        }
        out.push(show(ctx, v, times));
      }
      ctx.indentation -= 2;
      return out;
    };
  } else if (value instanceof Map) {
    keys = keysOf(value, ctx.showHidden);
    braces = [`${prefix(name, tag, 'Map', `(${value.size})`)}{`, '}'];
    if (value.size === 0 && keys.length === 0) return `${braces[0]}}`;
    formatter = () => {
      ctx.indentation += 2;
      const out = [];
      for (const [k, v] of value) {
        if (out.length >= ctx.maxArrayLength) {
          const rest = value.size - out.length;
          out.push(`... ${rest} more item${rest > 1 ? 's' : ''}`);
          break;
        }
        out.push(`${show(ctx, k, times)} => ${show(ctx, v, times)}`);
      }
      ctx.indentation -= 2;
      return out;
    };
  } else if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    keys = keysOf(value, ctx.showHidden).filter((k) => typeof k === 'symbol' || !/^\d+$/.test(k));
    braces = [`${prefix(name, tag, tagOf(value), `(${value.length})`)}[`, ']'];
    if (value.length === 0 && keys.length === 0) return `${braces[0]}]`;
    formatter = typed;
    kind = 2;
    indexed = true;
  } else if (['Map Iterator', 'Set Iterator', 'Array Iterator'].includes(tagOf(value)) && tagOf(value) !== 'Array Iterator') {
    keys = keysOf(value, ctx.showHidden);
    braces = [`[${tag}] {`, '}'];
  } else {
    keys = keysOf(value, ctx.showHidden);
    braces = ['{', '}'];
    if (tagOf(value) === 'Arguments') braces[0] = '[Arguments] {';
    if (name === 'Object') {
      if (tagOf(value) === 'Arguments') {
        braces = ['[Arguments] [', ']'];
        kind = 2;
        formatter = elements;
        keys = keys.filter((k) => !/^\d+$/.test(String(k)));
        if (value.length === 0 && keys.length === 0) return `${braces[0]}]`;
      } else if (tag !== '') braces[0] = `${prefix(name, tag, 'Object')}{`;
      if (keys.length === 0 && kind === 0) return `${braces[0]}}`;
    } else if (typeof value === 'function') {
      base = functionBase(ctx, value, name, tag);
      if (keys.length === 0) return ctx.stylize(base, 'special');
    } else if (value instanceof RegExp) {
      base = RegExp.prototype.toString.call(value);
      const p = prefix(name, tag, 'RegExp');
      if (p !== 'RegExp ') base = p + base;
      if (keys.length === 0 || (times > ctx.depth && ctx.depth !== null)) return ctx.stylize(base, 'regexp');
    } else if (value instanceof Date) {
      base = Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
      const p = prefix(name, tag, 'Date');
      if (p !== 'Date ') base = p + base;
      if (keys.length === 0) return ctx.stylize(base, 'date');
    } else if (value instanceof Error) {
      base = errorText(ctx, value, keys);
      if (keys.length === 0) return base;
    } else if (value instanceof ArrayBuffer || (typeof SharedArrayBuffer !== 'undefined' && value instanceof SharedArrayBuffer)) {
      braces[0] = `${prefix(name, tag, 'ArrayBuffer')}{`;
      const bytes = new Uint8Array(value);
      const hex = [...bytes.subarray(0, ctx.maxArrayLength)].map((b) => b.toString(16).padStart(2, '0')).join(' ');
      const rest = bytes.length > ctx.maxArrayLength ? ` ... ${bytes.length - ctx.maxArrayLength} more bytes` : '';
      formatter = () => [
        `[${ctx.stylize('Uint8Contents', 'special')}]: <${hex}${rest}>`,
        `${ctx.stylize('byteLength', 'name')}: ${number(ctx.stylize, value.byteLength)}`,
      ];
    } else if (isPromise(value)) {
      braces[0] = `${prefix(name, tag, 'Promise')}{`;
      formatter = () => {
        const state = $.host('promiseState', value);
        if (state[0] === 'pending') return [ctx.stylize('<pending>', 'special')];
        ctx.indentation += 2;
        const text = show(ctx, state[1], times);
        ctx.indentation -= 2;
        return [state[0] === 'rejected' ? `${ctx.stylize('<rejected>', 'special')} ${text}` : text];
      };
    } else if (value instanceof WeakSet || value instanceof WeakMap) {
      braces[0] = `${prefix(name, tag, value instanceof WeakSet ? 'WeakSet' : 'WeakMap')}{`;
      formatter = () => [ctx.stylize('<items unknown>', 'special')];
    } else if (boxed(value)) {
      const type = boxed(value);
      const inner = value.valueOf();
      if (type === 'String') keys = keys.filter((k) => typeof k === 'symbol' || !(/^\d+$/.test(k) && Number(k) < value.length));
      base = `[${type}${type !== name ? (name === null ? ' (null prototype)' : ` (${name})`) : ''}: ${primitive((t) => t, inner, { ...ctx, compact: true })}]`;
      if (keys.length === 0) return ctx.stylize(base, type.toLowerCase());
    } else if (tag === 'Module' && name === null) {
      braces[0] = '[Module: null prototype] {';
    } else {
      if (keys.length === 0 && !/^(Map|Set) Iterator$/.test(tag)) return `${prefix(name, tag, 'Object')}{}`;
      braces[0] = `${prefix(name, tag, 'Object')}{`;
    }
  }
  if (times > ctx.depth && ctx.depth !== null) {
    const shown = prefix(name, tag, Array.isArray(value) ? 'Array' : 'Object').slice(0, -1);
    return ctx.stylize(`[${shown}]`, 'special');
  }
  times += 1;
  ctx.seen.push(value);
  ctx.currentDepth = times;
  let output = formatter(ctx, value, times);
  for (const key of keys) output.push(property(ctx, value, times, key, indexed ? 2 : 0));
  const circular = ctx.circular?.get(value);
  if (circular !== undefined) {
    const reference = ctx.stylize(`<ref *${circular}>`, 'special');
    if (ctx.compact !== true) base = base === '' ? reference : `${reference} ${base}`;
    else braces[0] = `${reference} ${braces[0]}`;
  }
  ctx.seen.pop();
  if (ctx.sorted) output = kind === 2 ? output : output.sort(ctx.sorted === true ? undefined : ctx.sorted);
  const text = single(ctx, output, base, braces, kind, times, value);
  const budget = (ctx.budget[times] = (ctx.budget[times] ?? 0) + text.length);
  if (budget > 2 ** 27) ctx.depth = -1;
  return text;
};

const show = (ctx, value, times, typedCall) => {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return primitive(ctx.stylize, value, ctx);
  if (ctx.customInspect) {
    const custom = value[kInspect];
    if (typeof custom === 'function' && custom !== inspect) {
      const depth = ctx.depth === null ? null : ctx.depth - times;
      const answer = custom.call(value, depth, { ...ctx.user, stylize: ctx.stylize, colors: ctx.colors, depth }, inspect);
      if (answer !== value) {
        if (typeof answer !== 'object') return `${answer}`.replaceAll('\n', `\n${' '.repeat(ctx.indentation)}`);
        return show(ctx, answer, times);
      }
    }
  }
  if (ctx.seen.includes(value)) {
    ctx.circular ??= new Map();
    let index = ctx.circular.get(value);
    if (index === undefined) ctx.circular.set(value, (index = ctx.circular.size + 1));
    return ctx.stylize(`[Circular *${index}]`, 'special');
  }
  return raw(ctx, value, times, typedCall);
};

function inspect(value, options, ...old) {
  const user = typeof options === 'object' && options !== null ? options : {};
  const ctx = { budget: {}, indentation: 0, currentDepth: 0, seen: [], ...DEFAULTS, breakLength: 128, ...user, user };
  if (typeof options === 'boolean') {
    ctx.showHidden = options;
    if (old[0] !== undefined) ctx.depth = old[0];
    if (old[1] !== undefined) ctx.colors = old[1];
  }
  for (const key of ['maxArrayLength', 'maxStringLength', 'breakLength']) if (ctx[key] === null) ctx[key] = Infinity;
  if (ctx.depth === Infinity) ctx.depth = null;
  ctx.stylize = ctx.colors
    ? (text, style) => {
        const name = STYLES[style];
        if (name === undefined) return text;
        const [on, off] = COLORS[name];
        return `\x1b[${on}m${text}\x1b[${off}m`;
      }
    : (text) => text;
  return show(ctx, value, 0, true);
}
inspect.custom = kInspect;
inspect.colors = COLORS;
inspect.styles = STYLES;
inspect.defaultOptions = DEFAULTS;

const simple = (e) => (typeof e === 'object' && e !== null ? JSON.stringify(e) : String(e));
const formatWithOptions = (options, ...args) => {
  const o = { ...options, breakLength: 80, compact: 3, depth: options.depth ?? 2 };
  delete o.paint;
  const [first] = args;
  let at = 0;
  let out = '';
  let join = '';
  if (typeof first === 'string') {
    if (args.length === 1) return first;
    let last = 0;
    for (let i = 0; i < first.length - 1; i++) {
      if (first[i] !== '%') continue;
      const next = first[++i];
      if (at + 1 === args.length && next !== '%') continue;
      let text;
      switch (next) {
        case 's': {
          const value = args[++at];
          if (typeof value === 'number') text = Object.is(value, -0) ? '-0' : `${value}`;
          else if (typeof value === 'bigint') text = `${value}n`;
          else if (typeof value !== 'object' || value === null || hasOwnToString(value)) text = String(value);
          else text = inspect(value, { ...o, depth: 0, colors: false, compact: 3 });
          break;
        }
        case 'j':
          try {
            text = JSON.stringify(args[++at]);
          } catch {
            text = '[Circular]';
          }
          break;
        case 'd': {
          const value = args[++at];
          text = typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' ? 'NaN' : number((t) => t, Number(value));
          break;
        }
        case 'O':
          text = inspect(args[++at], o);
          break;
        case 'o':
          text = inspect(args[++at], { ...o, showHidden: true, showProxy: true, depth: 4 });
          break;
        case 'i': {
          const value = args[++at];
          text = typeof value === 'bigint' ? `${value}n` : typeof value === 'symbol' ? 'NaN' : number((t) => t, Number.parseInt(value, 10));
          break;
        }
        case 'f': {
          const value = args[++at];
          text = typeof value === 'symbol' ? 'NaN' : number((t) => t, Number.parseFloat(value));
          break;
        }
        case 'c':
          at++;
          text = '';
          break;
        case '%':
          out += first.slice(last, i);
          last = i + 1;
          continue;
        default:
          continue;
      }
      if (last !== i - 1) out += first.slice(last, i - 1);
      out += text;
      last = i + 1;
    }
    if (last !== 0) {
      at++;
      join = ' ';
      if (last < first.length) out += first.slice(last);
    }
  }
  for (; at < args.length; at++) {
    const value = args[at];
    out += join;
    out += typeof value === 'string' ? value : inspect(value, o);
    join = ' ';
  }
  return out;
};
const hasOwnToString = (value) => {
  if (value instanceof Error || value instanceof Date) return true;
  if (typeof value.toString !== 'function') return false;
  if (Object.hasOwn(value, 'toString')) return true;
  for (let at = Object.getPrototypeOf(value); at; at = Object.getPrototypeOf(at)) {
    if (at === Object.prototype || at === Array.prototype || at === Map.prototype || at === Set.prototype) return false;
    if (Object.hasOwn(at, 'toString'))
      return at.constructor ? !['Object', 'Array', 'Error', 'Map', 'Set', 'Promise', 'RegExp'].includes(at.constructor.name) : true;
  }
  return false;
};
module.exports = { inspect, formatWithOptions, plain, simple, quote };
