// CommonJS and ECMAScript modules: how names become files, and files become modules.
const { host } = $;
const path = $.load('path');

const BUILTINS = [
  'assert',
  'assert/strict',
  'async_hooks',
  'buffer',
  'child_process',
  'cluster',
  'console',
  'constants',
  'crypto',
  'dns',
  'dns/promises',
  'events',
  'fs',
  'fs/promises',
  'http',
  'https',
  'module',
  'net',
  'os',
  'path',
  'path/posix',
  'perf_hooks',
  'process',
  'querystring',
  'readline',
  'readline/promises',
  'stream',
  'stream/promises',
  'string_decoder',
  'timers',
  'timers/promises',
  'tls',
  'tty',
  'url',
  'util',
  'util/types',
  'v8',
  'vm',
  'worker_threads',
  'zlib',
];
const SCHEMED = ['test', 'sqlite', 'sea'];
const isBuiltin = (name) => BUILTINS.includes(name.replace(/^node:/, '')) || (name.startsWith('node:') && SCHEMED.includes(name.slice(5)));
const builtin = (name) => {
  const bare = name.replace(/^node:/, '');
  if (bare === 'process') return $.process;
  if (bare === 'module') return Module;
  if (bare === 'console') return globalThis.console;
  try {
    return $.load(bare);
  } catch (error) {
    if (/^no part/.test(error.message)) throw new Error(`drydock: the module "${bare}" is not simulated`);
    throw error;
  }
};

const statType = (file) => {
  const s = host('stat', file);
  return s.$error ? '' : (s.mode & 0o170000) === 0o040000 ? 'dir' : 'file';
};
const readText = (file) => {
  const text = $.sys('readText', [file], 'open', file);
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
};
const packages = new Map();
const packageAt = (dir) => {
  if (packages.has(dir)) return packages.get(dir);
  const file = `${dir === '/' ? '' : dir}/package.json`;
  const text = host('readText', file);
  let found = null;
  if (typeof text === 'string') {
    try {
      found = JSON.parse(text);
    } catch (error) {
      throw $.coded(Error, 'ERR_INVALID_PACKAGE_CONFIG', `Invalid package config ${file}.`);
    }
  }
  packages.set(dir, found);
  return found;
};
/** The nearest package.json above a file. */
const scopeOf = (file) => {
  for (let dir = path.dirname(file); ; dir = path.dirname(dir)) {
    if (path.basename(dir) === 'node_modules') return null;
    const found = packageAt(dir);
    if (found) return { dir, json: found };
    if (dir === '/') return null;
  }
};
const isModule = (file) =>
  file.endsWith('.mjs') ? true : file.endsWith('.cjs') || file.endsWith('.json') ? false : scopeOf(file)?.json.type === 'module';

const EXTENSIONS = ['.js', '.json', '.node'];
const asFile = (at) => {
  if (statType(at) === 'file') return at;
  for (const ext of EXTENSIONS) if (statType(at + ext) === 'file') return at + ext;
  return null;
};
const asDirectory = (at) => {
  if (statType(at) !== 'dir') return null;
  const main = packageAt(at)?.main;
  if (main) {
    const file = path.resolve(at, main);
    const found = asFile(file) ?? asFile(`${file}/index`);
    if (found) return found;
  }
  return asFile(`${at}/index`);
};

/** One target of "exports" or "imports" for the given conditions. */
const target = (value, conditions, star) => {
  if (typeof value === 'string') return star === undefined ? value : value.replaceAll('*', star);
  if (Array.isArray(value)) {
    for (const each of value) {
      const found = target(each, conditions, star);
      if (found) return found;
    }
    return null;
  }
  if (value && typeof value === 'object')
    for (const [key, inner] of Object.entries(value)) {
      if (!conditions.includes(key)) continue;
      const found = target(inner, conditions, star);
      if (found !== undefined) return found;
    }
  return value === null ? null : undefined;
};
const fromTable = (table, key, conditions) => {
  if (Object.hasOwn(table, key)) return target(table[key], conditions);
  for (const pattern of Object.keys(table)) {
    const at = pattern.indexOf('*');
    if (at < 0 || !key.startsWith(pattern.slice(0, at)) || !key.endsWith(pattern.slice(at + 1)) || key.length < pattern.length) continue;
    return target(table[pattern], conditions, key.slice(at, key.length - (pattern.length - at - 1)));
  }
  return undefined;
};
const fromExports = (dir, json, subpath, conditions) => {
  const { exports: table } = json;
  const sub = subpath ? `./${subpath}` : '.';
  const found =
    typeof table === 'string' || Array.isArray(table) || !Object.keys(table).some((k) => k.startsWith('.'))
      ? sub === '.'
        ? target(table, conditions)
        : undefined
      : fromTable(table, sub, conditions);
  if (!found)
    throw $.coded(
      Error,
      'ERR_PACKAGE_PATH_NOT_EXPORTED',
      sub === '.'
        ? `No "exports" main defined in ${dir}/package.json`
        : `Package subpath '${sub}' is not defined by "exports" in ${dir}/package.json`,
    );
  return path.resolve(dir, found);
};

const REQUIRE = ['node', 'require', 'module-sync', 'default'];
const IMPORT = ['node', 'import', 'module-sync', 'default'];
const real = (file) => $.try('realpath', file) ?? file;
const nodeModulePaths = (from) => {
  const out = [];
  for (let dir = from; ; dir = path.dirname(dir)) {
    if (path.basename(dir) !== 'node_modules') out.push(`${dir === '/' ? '' : dir}/node_modules`);
    if (dir === '/') return out;
  }
};
const inPackages = (name, from, conditions, esm) => {
  const parts = name.split('/');
  const pkg = parts.splice(0, name.startsWith('@') ? 2 : 1).join('/');
  const subpath = parts.join('/');
  const own = scopeOf(`${from}/x`);
  if (own?.json.name === pkg && own.json.exports) return fromExports(own.dir, own.json, subpath, conditions);
  const places = [...nodeModulePaths(from), ...($.process.env.NODE_PATH ?? '').split(':').filter(Boolean)];
  for (const place of places) {
    const dir = `${place}/${pkg}`;
    if (statType(dir) !== 'dir') {
      if (!esm && !subpath) {
        const file = asFile(dir);
        if (file) return file;
      }
      continue;
    }
    const json = packageAt(dir);
    if (json?.exports) return fromExports(dir, json, subpath, conditions);
    const at = subpath ? `${dir}/${subpath}` : dir;
    const found = (subpath ? asFile(at) : null) ?? asDirectory(at);
    if (found) return found;
  }
  return null;
};

const notFound = (request, parent) => {
  const stack = [];
  for (let at = parent; at?.filename; at = at.parent) stack.push(at.filename);
  const e = new Error(`Cannot find module '${request}'${stack.length > 0 ? `\nRequire stack:\n- ${stack.join('\n- ')}` : ''}`);
  const own = String(e.stack).split('\n    at ').slice(0, 1);
  const frames = [
    'Function._resolveFilename (node:internal/modules/cjs/loader:1225:15)',
    'Function._load (node:internal/modules/cjs/loader:1055:27)',
    'TracingChannel.traceSync (node:diagnostics_channel:322:14)',
    'wrapModuleLoad (node:internal/modules/cjs/loader:220:24)',
  ];
  const rest = parent?.filename
    ? [
        'Module.require (node:internal/modules/cjs/loader:1311:12)',
        'require (node:internal/modules/helpers:136:16)',
        ...String(e.stack).split('\n    at ').slice(1),
      ]
    : ['Function.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:170:5)', 'node:internal/main/run_main_module:36:49'];
  Object.defineProperty(e, 'stack', {
    value: [own[0], ...[...frames, ...rest].slice(0, 10)].join('\n    at '),
    writable: true,
    configurable: true,
    enumerable: false,
  });
  Object.defineProperty(e, $.FRAMES, { value: [], configurable: true });
  e.code = 'MODULE_NOT_FOUND';
  e.requireStack = stack;
  return e;
};
const resolveRequire = (request, parent, options) => {
  if (typeof request !== 'string') throw $.invalidArg('id', 'of type string', request);
  if (request === '') throw $.coded(TypeError, 'ERR_INVALID_ARG_VALUE', "The argument 'id' must be a non-empty string. Received ''");
  if (isBuiltin(request)) return request;
  const from = options?.paths?.[0] ?? (parent?.filename ? path.dirname(parent.filename) : $.process.cwd());
  let found;
  if (/^(\.\.?)?(\/|$)/.test(request) && (request.startsWith('.') || request.startsWith('/'))) {
    const at = path.resolve(from, request);
    found = (request.endsWith('/') || /(^|\/)\.\.?$/.test(request) ? null : asFile(at)) ?? asDirectory(at);
  } else if (request.startsWith('#')) {
    const scope = scopeOf(`${from}/x`);
    const to = scope?.json.imports && fromTable(scope.json.imports, request, REQUIRE);
    if (to) found = to.startsWith('.') ? path.resolve(scope.dir, to) : resolveRequire(to, parent);
  } else found = inPackages(request, from, REQUIRE, false);
  if (!found) throw notFound(request, parent);
  return real(found);
};

function Module(id = '', parent) {
  this.id = id;
  this.path = path.dirname(id);
  this.exports = {};
  this.filename = null;
  this.loaded = false;
  this.children = [];
  this.paths = [];
  Object.defineProperty(this, 'parent', { value: parent, writable: true, configurable: true, enumerable: false });
  parent?.children.push(this);
}
Module._cache = { __proto__: null };
Module.builtinModules = BUILTINS;
Module.isBuiltin = isBuiltin;
Module._nodeModulePaths = nodeModulePaths;
Module._resolveFilename = resolveRequire;
Module._extensions = {
  '.js': (m, file) => m._compile(readText(file), file),
  '.json': (m, file) => {
    const text = readText(file);
    try {
      m.exports = JSON.parse(text);
    } catch (error) {
      error.message = `${file}: ${error.message}`;
      throw error;
    }
  },
  '.node': () => {
    throw $.coded(Error, 'ERR_DLOPEN_FAILED', 'drydock: native add-ons are not simulated');
  },
};
Module._load = (request, parent) => {
  const file = resolveRequire(request, parent);
  if (isBuiltin(file)) return builtin(file);
  const cached = Module._cache[file];
  if (cached) return cached.exports;
  return loadFile(file, parent).exports;
};
const loadFile = (file, parent, main) => {
  const m = new Module(file, parent);
  if (main) {
    m.id = '.';
    $.process.mainModule = m;
    $.require.main = m;
    mainModule = m;
  }
  m.filename = file;
  m.paths = nodeModulePaths(path.dirname(file));
  Module._cache[file] = m;
  let done = false;
  try {
    if (isModule(file)) m.exports = requireEsm(file);
    else (Module._extensions[path.extname(file)] ?? Module._extensions['.js'])(m, file);
    done = true;
  } finally {
    if (!done) delete Module._cache[file];
  }
  m.loaded = true;
  return m;
};
let mainModule;
const requireEsm = (file) => {
  const box = {};
  esm.boxes.push(box);
  const promise = host(
    'module',
    `import * as all from ${JSON.stringify(file)}; globalThis[Symbol.for('$import')](all);`,
    `[require ${file}]`,
  );
  host('drain');
  void promise;
  esm.boxes.pop();
  if (!box.all)
    throw $.coded(
      Error,
      'ERR_REQUIRE_ASYNC_MODULE',
      'require() cannot be used on an ESM graph with top-level await. Use import() instead.',
    );
  return 'module.exports' in box.all ? box.all['module.exports'] : box.all;
};
const makeRequire = (m) => {
  const require = (id) => m.require(id);
  require.resolve = (id, options) => resolveRequire(id, m, options);
  require.resolve.paths = (id) => (isBuiltin(id) ? null : nodeModulePaths(path.dirname(m.filename)));
  require.main = mainModule;
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
};
Module.prototype.require = function (id) {
  return Module._load(id, this);
};
Module.prototype._compile = function (text, file) {
  $.sources.set(file, text);
  const source = text.startsWith('#!') ? `//${text}` : text;
  let run;
  try {
    run = host('compile', `${$.wrapper}${source}\n})`, file);
  } catch (error) {
    // The parser's place is the only frame that it has.
    $.dress(error);
    if (looksLikeModule(error, text) && !file.endsWith('.cjs')) {
      this.exports = requireEsm(file);
      return;
    }
    throw error;
  }
  run.call(this.exports, this.exports, makeRequire(this), this, file, path.dirname(file));
};
const looksLikeModule = (error, text) => error.name === 'SyntaxError' && /^\s*(import\b(?!\s*\()|export\b)/m.test(text);
Module.createRequire = (from) => {
  const file = String(from).startsWith('file:') ? $.load('url').fileURLToPath(from) : String(from);
  const m = new Module(file);
  m.filename = file;
  return makeRequire(m);
};
Module.Module = Module;
Module.wrap = (text) => $.wrapper + text + '\n});';
Module.syncBuiltinESMExports = () => {};
Module.register = () => {};
Module.enableCompileCache = () => {};
$.Module = Module;

// ---- ECMAScript modules: the engine links them, and asks here what a name means and what stands in a file ----

const esmMissing = (specifier, from, what) =>
  $.coded(Error, 'ERR_MODULE_NOT_FOUND', `Cannot find ${what} '${specifier}' imported from ${from}`);
const bridges = new Map();
const identifier = /^[A-Za-z_$][\w$]*$/;
const RESERVED = new Set(
  'break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with yield let static implements interface package private protected public await eval arguments'.split(
    ' ',
  ),
);
/** A module that gives out what a CommonJS module, a built-in or a JSON file exports. */
const bridge = (key, value) => {
  bridges.set(key, value);
  const names =
    (typeof value === 'object' && value !== null) || typeof value === 'function'
      ? Object.keys(value).filter((n) => identifier.test(n) && !RESERVED.has(n))
      : [];
  return `const all = globalThis[Symbol.for('$bridge')](${JSON.stringify(key)}); export default all; ${names.map((n) => `export const ${n} = all.${n};`).join(' ')}`;
};
Object.defineProperty(globalThis, Symbol.for('$bridge'), { value: (key) => bridges.get(key), enumerable: false });
Object.defineProperty(globalThis, Symbol.for('$import'), {
  value: (all) => {
    const box = esm.boxes.at(-1);
    if (box) box.all = all;
  },
  enumerable: false,
});

const esm = {
  /** Files that ran as modules, and how far their first line is moved. */
  files: new Map(),
  texts: new Map(),
  boxes: [],
  resolve(from, specifier) {
    if (isBuiltin(specifier)) return `node:${specifier.replace(/^node:/, '')}`;
    if (specifier.startsWith('node:')) throw $.coded(Error, 'ERR_UNKNOWN_BUILTIN_MODULE', `No such built-in module: ${specifier}`);
    const parent = from.startsWith('[') ? `${$.process.cwd()}/x` : from;
    const dir = path.dirname(parent);
    if (specifier.startsWith('file:')) return $.load('url').fileURLToPath(specifier);
    if (/^[./]/.test(specifier)) {
      const file = path.resolve(dir, specifier.replace(/[?#].*$/, ''));
      const type = statType(file);
      if (type === 'file') return real(file);
      if (type === 'dir')
        throw $.coded(
          Error,
          'ERR_UNSUPPORTED_DIR_IMPORT',
          `Directory import '${file}' is not supported resolving ES modules imported from ${parent}`,
        );
      throw esmMissing(file, parent, 'module');
    }
    let found;
    if (specifier.startsWith('#')) {
      const scope = scopeOf(parent);
      const to = scope?.json.imports && fromTable(scope.json.imports, specifier, IMPORT);
      if (to) return to.startsWith('.') ? path.resolve(scope.dir, to) : esm.resolve(from, to);
    } else found = inPackages(specifier, dir, IMPORT, true);
    if (!found) throw esmMissing(specifier, parent, 'package');
    return real(found);
  },
  source(file) {
    if (esm.texts.has(file)) return esm.texts.get(file);
    if (file.startsWith('node:')) return bridge(file, builtin(file));
    if (file.endsWith('.json') || !(isModule(file) || looksLikeModule({ name: 'SyntaxError' }, readText(file))))
      return bridge(file, Module._load(file));
    return esm.prepare(readText(file), file);
  },
  prepare(text, file) {
    $.sources.set(file, text);
    const url = JSON.stringify($.load('url').pathToFileURL(file).href);
    const head = `import.meta.dirname=${JSON.stringify(path.dirname(file))};import.meta.filename=${JSON.stringify(file)};import.meta.url=${url};import.meta.resolve=globalThis[Symbol.for('$resolve')](import.meta.url);`;
    esm.files.set(file, head.length);
    return head + (text.startsWith('#!') ? `//${text}` : text);
  },
};
Object.defineProperty(globalThis, Symbol.for('$resolve'), {
  value: (url) => (specifier) => {
    const found = esm.resolve($.load('url').fileURLToPath(url), specifier);
    return found.startsWith('node:') ? found : $.load('url').pathToFileURL(found).href;
  },
  enumerable: false,
});
$.esm = esm;
$.require = Object.assign((name) => $.load(name.replace(/^node:/, '')), {});

/** Runs a program's first module; a failure is fatal, and one that never ends leaves status 13. */
const runModule = (text, file) => {
  let settled = false;
  $.topLevelAwait = () => !settled;
  const promise = host('module', text, file);
  if (promise instanceof Promise)
    promise.then(
      () => {
        settled = true;
      },
      (error) => {
        settled = true;
        $.fatal(error);
      },
    );
  else settled = true;
  host('drain');
};

const globalRequire = (file) => {
  const m = new Module(file);
  m.filename = file;
  m.paths = nodeModulePaths(path.dirname(file));
  return m;
};

$.startProgram = (how) => {
  const { process } = $;
  $.ttys = how.ttys;
  process.env = $.environment(how.env);
  process.version = `v${how.version}`;
  process.versions = {
    node: how.version,
    v8: '13.6.233.10-node.28',
    uv: '1.51.0',
    zlib: '1.3.1',
    modules: '137',
    openssl: '3.0.17',
    http_parser: '9.3.0',
  };
  process.pid = how.pid;
  process.ppid = how.ppid;
  process.execArgv = how.execArgv;
  const { main } = how;
  const cwd = process.cwd();
  if (how.tool) {
    process.argv = [process.execPath, ...how.argv];
    $.load(how.tool)(how.argv);
    return;
  }
  const script = main.kind === 'file' ? path.resolve(cwd, main.text) : undefined;
  process.argv = script ? [process.execPath, script, ...how.argv] : [process.execPath, ...how.argv];
  for (const each of how.preload) globalRequire(`${cwd}/[preload]`).require(each);
  if (main.kind === 'file') {
    const file = (asFile(script) ?? asDirectory(script)) || undefined;
    if (!file) throw notFound(script);
    const entry = real(file);
    process.argv[1] = entry;
    if (isModule(entry) || (path.extname(entry) !== '.json' && path.extname(entry) !== '.cjs' && esmByLooks(entry)))
      runModule(esm.prepare(readText(entry), entry), entry);
    else loadFile(entry, undefined, true);
    return;
  }
  if (main.kind === 'repl') {
    $.load('internal/repl')();
    return;
  }
  const name = how.fromStdin ? '[stdin]' : '[eval]';
  if (main.kind === 'module') {
    esm.files.set(`${cwd}/[eval1]`, 0);
    $.sources.set(`${cwd}/[eval1]`, main.text);
    runModule(main.text, `${cwd}/[eval1]`);
    return;
  }
  const m = globalRequire(`${cwd}/${name}`);
  Object.assign(globalThis, { module: m, exports: m.exports, require: makeRequire(m), __filename: name, __dirname: '.' });
  for (const bare of BUILTINS.filter((b) => !b.includes('/') && !(b in globalThis)))
    Object.defineProperty(globalThis, bare, {
      get: () => builtin(bare),
      set(value) {
        Object.defineProperty(globalThis, bare, { value, writable: true, configurable: true });
      },
      configurable: true,
      enumerable: false,
    });
  $.sources.set(name, main.text);
  let value;
  try {
    value = host('compile', main.text, name);
  } catch (error) {
    if (!looksLikeModule(error, main.text) && !/await/.test(String(error.message))) throw error;
    esm.files.set(`${cwd}/[eval1]`, 0);
    $.sources.set(`${cwd}/[eval1]`, main.text);
    runModule(main.text, `${cwd}/[eval1]`);
    return;
  }
  if (main.kind === 'print') console.log(value);
};
/** A .js file without a "type" that has module syntax is run as a module (since node 22.7). */
const esmByLooks = (file) => {
  if (scopeOf(file)?.json.type) return false;
  const text = readText(file);
  if (!looksLikeModule({ name: 'SyntaxError' }, text)) return false;
  try {
    host('compile', `(function (exports, require, module, __filename, __dirname) {${text.replace(/^#!/, '//')}\n})`, '[check]');
    return false;
  } catch {
    return true;
  }
};
