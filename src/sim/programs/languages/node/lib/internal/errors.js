// Errors as V8 has them: the words of the engine's own, a stack that begins with them, positions as node counts them.
const { host } = $;
/** The text of every file that was run, for positions and for the line that an uncaught error shows. */
$.sources = new Map();
/** How far the first line of a file is moved by the function around it. */
const WRAPPER = '(function __module(exports, require, module, __filename, __dirname) { ';
$.wrapper = WRAPPER;

const lineOf = (file, line) => $.sources.get(file)?.split('\n')[line - 1];

/** QuickJS names the place of the call, V8 where the name of what is called begins. */
const column = (text, at) => {
  if (text === undefined) return at;
  let start = at - 1;
  if (text[start] === '(' || /[\w$]/.test(text[start - 1] ?? '')) {
    if (text[start] === '(' || !/[\w$]/.test(text[start] ?? '')) while (start > 0 && /[\w$]/.test(text[start - 1])) start--;
    else while (start > 0 && /[\w$]/.test(text[start - 1])) start--;
    const before = /\bnew\s+(?:[\w$]+\.)*$/.exec(text.slice(0, start));
    if (before) start = before.index;
  }
  return start + 1;
};

const TAIL = [
  '    at Module._compile (node:internal/modules/cjs/loader:1554:14)',
  '    at Object..js (node:internal/modules/cjs/loader:1706:10)',
  '    at Module.load (node:internal/modules/cjs/loader:1289:32)',
  '    at Function._load (node:internal/modules/cjs/loader:1108:12)',
  '    at TracingChannel.traceSync (node:diagnostics_channel:322:14)',
  '    at wrapModuleLoad (node:internal/modules/cjs/loader:220:24)',
  '    at Function.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:170:5)',
  '    at node:internal/main/run_main_module:36:49',
];

$.frames = (raw, property) => {
  const out = [];
  for (const line of String(raw).split('\n')) {
    const m = /^ {4}at (?:(.*) \()?(.*?):(\d+)(?::(\d+))?\)?$/.exec(line);
    if (!m) {
      if (/\(native\)/.test(line) && out.length > 0 && !/at (construct|apply|call|require|Promise|then)\b/.test(line))
        out.push({ native: line.replace('(native)', '(<anonymous>)') });
      continue;
    }
    if (m[2].startsWith('node:')) continue;
    const number = Number(m[3]);
    const esm = $.esm?.files.has(m[2]);
    let col = Number(m[4] ?? 1);
    const shift =
      number === 1 ? (esm ? ($.esm.files.get(m[2]) ?? 0) : $.sources.has(m[2]) && !m[2].startsWith('[') ? WRAPPER.length : 0) : 0;
    col = Math.max(1, col - shift);
    const reached = property && out.length === 0 && lineOf(m[2], number)?.indexOf(`.${property}`, col - 1);
    if (reached > 0) {
      out.push({ name: m[1], file: m[2], line: number, col: reached + 2, esm });
      if (m[1] === '__module') break;
      continue;
    }
    out.push({ name: m[1], file: m[2], line: number, col: column(lineOf(m[2], number), col), esm });
    if (m[1] === '__module') break;
  }
  return out;
};

const shown = (frames) => {
  const out = [];
  for (const f of frames.slice(0, 10)) {
    if (f.native) {
      out.push(f.native);
      continue;
    }
    const file = f.esm ? `file://${f.file}` : f.file;
    const place = `${file}:${f.line}:${f.col}`;
    const name = f.name === '__module' ? 'Object.<anonymous>' : f.name === '<anonymous>' || f.name === '<eval>' || !f.name ? '' : f.name;
    out.push(name ? `    at ${name} (${place})` : `    at ${place}`);
  }
  if (frames.at(-1)?.name === '__module') for (const line of TAIL) if (out.length < 10) out.push(line);
  if (frames.length > 0 && frames.at(-1).esm && out.length < 10)
    out.push('    at ModuleJob.run (node:internal/modules/esm/module_job:274:25)');
  return out.join('\n');
};

const head = (e) => {
  let name = '';
  try {
    name = e.name === undefined ? 'Error' : String(e.name);
    const message = e.message === undefined ? '' : String(e.message);
    return name && message ? `${name}: ${message}` : name || message;
  } catch {
    return name;
  }
};

/** V8's words for what QuickJS says. */
const translate = (e, first) => {
  const m = String(e.message);
  let r;
  if (e.name === 'InternalError' && m === 'stack overflow') return ['RangeError', 'Maximum call stack size exceeded'];
  if ((r = /^'(.*)' is not defined$/.exec(m))) return ['ReferenceError', `${r[1]} is not defined`];
  if ((r = /^cannot read property '(.*)' of (null|undefined)$/.exec(m)))
    return ['TypeError', `Cannot read properties of ${r[2]} (reading '${r[1]}')`];
  if ((r = /^cannot set property '(.*)' of (null|undefined)$/.exec(m)))
    return ['TypeError', `Cannot set properties of ${r[2]} (setting '${r[1]}')`];
  if ((r = /^'(.*)' is read-only$/.exec(m))) return ['TypeError', 'Assignment to constant variable.'];
  if ((r = /^(.*) is not initialized$/.exec(m))) return ['ReferenceError', `Cannot access '${r[1]}' before initialization`];
  if ((m === 'not a function' || m === 'not a constructor') && first) {
    const text = lineOf(first.file, first.line) ?? '';
    const at = first.rawColumn ?? first.col;
    const name = /[\w$]*$/.exec(text.slice(0, at - 1))[0] + (/^[\w$]*/.exec(text.slice(at - 1))[0] ?? '');
    const owner = /(?:[\w$\])]+\.)*$/.exec(text.slice(0, at - 1).replace(/[\w$]*$/, ''))?.[0] ?? '';
    const called = (owner + name).replace(/^[\])]+/, '(intermediate value)');
    if (called) return ['TypeError', `${called} is ${m}`];
  }
  if (e.name === 'SyntaxError') {
    if ((r = /^unexpected token in expression: '(.*)'$/.exec(m)) && r[1] !== '') return ['SyntaxError', `Unexpected token '${r[1]}'`];
    if (/^unexpected (token in expression: ''|end of)/.test(m)) return ['SyntaxError', 'Unexpected end of input'];
    if ((r = /^invalid redefinition of (?:lexical|global|parameter)?.*?identifier(?: '(.*)')?$/.exec(m)) && r[1])
      return ['SyntaxError', `Identifier '${r[1]}' has already been declared`];
    if ((r = /^expecting '(.)'$/.exec(m))) {
      const text = first ? (lineOf(first.file, first.line) ?? '') : '';
      const token = first ? /^\s*([\w$]+|\S)?/.exec(text.slice(Math.max(0, first.col - 1)))?.[1] : undefined;
      if (r[1] === ')' && token !== undefined) return ['SyntaxError', 'missing ) after argument list'];
      if (token === undefined) return ['SyntaxError', 'Unexpected end of input'];
      return ['SyntaxError', /^[\w$]/.test(token) ? `Unexpected identifier '${token}'` : `Unexpected token '${token}'`];
    }
    if (m === 'await is a reserved identifier' || /^unexpected 'await' keyword/.test(m))
      return ['SyntaxError', 'await is only valid in async functions and the top level bodies of modules'];
  }
  return undefined;
};

/** Gives an error that the engine threw the looks of V8's; answers with its frames. */
$.dress = (e) => {
  if (!(e instanceof NativeError)) return [];
  const own = Object.getOwnPropertyDescriptor(e, 'stack');
  const raw = own && 'value' in own ? own.value : undefined;
  if (typeof raw !== 'string') return [];
  if (!/^(?: {4}at |$)/.test(raw)) return e[FRAMES] ?? [];
  // V8 names the property that could not be read, not the object.
  const property = /^cannot (?:read|set) property '(.*)' of/.exec(String(e.message))?.[1];
  const frames = $.frames(raw, property);
  const words = translate(e, frames[0]);
  if (words) {
    Object.defineProperty(e, 'message', { value: words[1], writable: true, configurable: true, enumerable: false });
    if (words[0] === 'RangeError' && e.name === 'InternalError') Object.setPrototypeOf(e, RangeError.prototype);
  }
  const lines = shown(frames);
  Object.defineProperty(e, 'stack', {
    value: lines ? `${head(e)}\n${lines}` : head(e),
    writable: true,
    configurable: true,
    enumerable: false,
  });
  Object.defineProperty(e, FRAMES, { value: frames, configurable: true, enumerable: false });
  for (const extra of ['fileName', 'lineNumber', 'columnNumber']) delete e[extra];
  return frames;
};
const FRAMES = Symbol('frames');
$.FRAMES = FRAMES;

const NativeError = Error;
const wrapped = {};
for (const name of ['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'AggregateError']) {
  const Native = globalThis[name];
  const make = {
    [name]: function (...args) {
      const e = Reflect.construct(Native, args, new.target || make);
      const { name: own } = e;
      $.dress(e);
      // A subclass sets its name after this: V8's stack has the class's name by then only if the prototype has it.
      if (
        own === name &&
        new.target &&
        new.target !== make &&
        typeof e.stack === 'string' &&
        !Object.hasOwn(new.target.prototype, 'name')
      ) {
        // As V8: the header is what toString gives at that time.
      }
      return e;
    },
  }[name];
  wrapped[name] = make;
  Object.defineProperty(make, 'prototype', { value: Native.prototype, writable: false });
  Object.defineProperty(make, 'length', { value: name === 'AggregateError' ? 2 : 1 });
  Object.defineProperty(Native.prototype, 'constructor', { value: make, writable: true, configurable: true, enumerable: false });
  if (name !== 'Error') Object.setPrototypeOf(make, wrapped.Error);
}
wrapped.Error.stackTraceLimit = 10;
wrapped.Error.captureStackTrace = (target) => {
  const frames = $.frames(new NativeError('x').stack);
  Object.defineProperty(target, 'stack', {
    value: `${head(target)}\n${shown(frames)}`,
    writable: true,
    configurable: true,
    enumerable: false,
  });
};
for (const [name, value] of Object.entries(wrapped))
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
delete globalThis.InternalError;

/** An error of node's own, with its code. */
$.coded = (Base, code, message, more) => {
  const e = new Base(message);
  Object.defineProperty(e, 'stack', {
    value: e.stack.replace(/^(\w+)/, `$1 [${code}]`),
    writable: true,
    configurable: true,
    enumerable: false,
  });
  e.code = code;
  return Object.assign(e, more);
};

const invalid = (value) => {
  if (value == null) return ` Received ${value}`;
  if (typeof value === 'function') return ` Received function ${value.name}`;
  if (typeof value === 'object')
    return value.constructor?.name
      ? ` Received an instance of ${value.constructor.name}`
      : ` Received ${$.load('util').inspect(value, { depth: -1 })}`;
  let text = $.load('util').inspect(value, { colors: false });
  if (text.length > 28) text = `${text.slice(0, 25)}...`;
  return ` Received type ${typeof value} (${text})`;
};
$.invalidArg = (name, expected, value) =>
  $.coded(
    TypeError,
    'ERR_INVALID_ARG_TYPE',
    `The ${name.includes('.') ? `"${name}" property` : `"${name}" argument`} must be ${expected}.${invalid(value)}`,
  );

/** What node writes when nobody catches an error, up to the version. */
$.report = (e) => {
  const util = $.load('util');
  if (!(e instanceof NativeError)) {
    const text = typeof e === 'string' ? e : util.inspect(e);
    return `Uncaught:\n${typeof e === 'string' ? `'${text}'` : text}\n(Use \`node --trace-uncaught ...\` to show where the exception was thrown)\n`;
  }
  const frames = $.dress(e);
  if ($.emitted === e && e.syscall) return `node:events:487\n      throw er; // Unhandled 'error' event\n      ^\n\n${util.inspect(e)}\n`;
  const first = frames.find((f) => f.file !== undefined);
  let out = '';
  if (first && $.sources.has(first.file)) {
    const text = lineOf(first.file, first.line) ?? '';
    const thrown = text.slice(0, first.col - 1).lastIndexOf('throw ');
    out += `${first.esm ? `file://${first.file}` : first.file}:${first.line}\n${text}\n${text.slice(0, thrown >= 0 ? thrown : first.col - 1).replace(/[^\t]/g, ' ')}^\n\n`;
  } else if (e.code === 'MODULE_NOT_FOUND') out += 'node:internal/modules/cjs/loader:1228\n  throw err;\n  ^\n\n';
  return `${out}${util.inspect(e)}\n`;
};
