// process: an event emitter that stands for the running program.
const { host } = $;
const EventEmitter = $.load('events');
$.signalNumbers = host('signals');

const proto = Object.create(EventEmitter.prototype, { constructor: { value: function process() {}, writable: true } });
Object.defineProperty(proto, Symbol.toStringTag, { value: 'process', configurable: true });
const process = Object.create(proto);
EventEmitter.call(process);
$.process = process;

let exiting = false;
let exitCode;
Object.defineProperty(process, 'exitCode', {
  get: () => exitCode,
  set(value) {
    if (value !== undefined && value !== null && !Number.isInteger(Number(value))) throw $.invalidArg('code', 'of type number', value);
    exitCode = value;
  },
  enumerable: true,
  configurable: true,
});
const leave = (code) => {
  host('exit', Number(code) | 0);
  // The host ends the program as soon as the interpreter asks it whether to go on.
  for (;;);
};
process.exit = (code) => {
  if (code !== undefined) process.exitCode = code;
  if (!exiting) {
    exiting = true;
    try {
      process.emit('exit', exitCode ?? 0);
    } catch (error) {
      $.complain(error);
      leave(7);
    }
  }
  leave(exitCode ?? 0);
};
process.reallyExit = leave;
process.abort = () => leave(134);

const writeError = (text) => host('write', 2, text);
/** Shows an error that nobody caught. */
$.complain = (error) => {
  if (error && error.name === 'InternalError' && error.message === 'out of memory') {
    host('memory');
    for (;;);
  }
  let text;
  try {
    text = $.report(error);
  } catch {
    text = 'Uncaught\n';
  }
  writeError(`${text}\nNode.js ${process.version}\n`);
};
$.fatal = (error) => {
  // The host has ended the program: it waits for the interpreter to ask.
  if (error?.name === 'InternalError' && error.message === 'interrupted') for (;;);
  if (process.listenerCount('uncaughtException') > 0) {
    try {
      process.emit('uncaughtException', error, 'uncaughtException');
      return;
    } catch (again) {
      error = again;
    }
  }
  if ($.repl?.fatal(error)) return;
  $.complain(error);
  exitCode = 1;
  if (!exiting) {
    exiting = true;
    try {
      process.emit('exit', 1);
    } catch {}
  }
  leave(exitCode);
};
$.unhandled = (reason) => {
  if (process.listenerCount('uncaughtException') > 0 || $.repl) return $.fatal(reason);
  if (reason instanceof Error) return $.fatal(reason);
  const shown = $.load('util').inspect(reason);
  writeError(
    `node:internal/process/promises:394\n      triggerUncaughtException(err, true /* fromPromise */);\n      ^\n\n[UnhandledPromiseRejection: This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "${typeof reason === 'string' ? reason : shown.split('\n')[0]}".] {\n  code: 'ERR_UNHANDLED_REJECTION'\n}\n\nNode.js ${process.version}\n`,
  );
  exitCode = 1;
  process.exit(1);
};

process.title = 'node';
process.platform = 'linux';
process.arch = 'x64';
process.release = { name: 'node' };
process.config = { variables: {} };
process.features = {};
process.report = {};
process.execPath = '/usr/local/bin/node';
process.argv0 = 'node';
process.nextTick = $.nextTick;
process.cwd = () => $.sys('cwd', [], 'uv_cwd');
process.chdir = (path) => void $.sys('chdir', [path], 'chdir', process.cwd(), path);
process.umask = (mask) => $.sys('umask', [mask]);
process.uptime = () => ($.nowUs() - $.startedUs) / 1e6;
process.hrtime = (before) => {
  const ns = BigInt($.nowUs()) * 1000n;
  const now = [Number(ns / 1000000000n), Number(ns % 1000000000n)];
  if (!before) return now;
  let [s, n] = [now[0] - before[0], now[1] - before[1]];
  if (n < 0) {
    s--;
    n += 1e9;
  }
  return [s, n];
};
process.hrtime.bigint = () => BigInt($.nowUs()) * 1000n;
process.memoryUsage = () => {
  const { rss } = host('machine');
  const heap = host('heap') - 16777216;
  return { rss, heapTotal: 6537216 + heap, heapUsed: 4698328 + heap, external: 1658129, arrayBuffers: 10515 };
};
process.memoryUsage.rss = () => host('machine').rss;
process.resourceUsage = () => ({ userCPUTime: host('machine').cpuTime, systemCPUTime: 0, maxRSS: Math.round(host('machine').rss / 1024) });
process.cpuUsage = (before = { user: 0, system: 0 }) => ({ user: host('machine').cpuTime - before.user, system: 0 });
process.constrainedMemory = () => host('machine').constrained;
process.availableMemory = () => host('machine').free;
for (const [name, key] of [
  ['getuid', 'uid'],
  ['geteuid', 'euid'],
  ['getgid', 'gid'],
  ['getegid', 'egid'],
  ['getgroups', 'groups'],
])
  process[name] = () => host('ids')[key];
for (const [name, key] of [
  ['setuid', 'uid'],
  ['setgid', 'gid'],
])
  process[name] = (id) => void $.sys('setIds', [JSON.stringify({ [key]: Number(id), [`e${key}`]: Number(id) })], name);
process.kill = (pid, signal = 'SIGTERM') => {
  const name = typeof signal === 'number' ? Object.keys($.signalNumbers).find((key) => $.signalNumbers[key] === signal) : signal;
  if (signal !== 0 && !(name in $.signalNumbers)) throw $.coded(TypeError, 'ERR_UNKNOWN_SIGNAL', `Unknown signal: ${signal}`);
  $.sys('kill', [pid, signal === 0 ? null : name], 'kill');
  return true;
};
process.emitWarning = (warning, type = 'Warning', code) => {
  const name = typeof type === 'object' ? (type.type ?? 'Warning') : type;
  const text = warning instanceof Error ? warning.stack : `${code ? `[${code}] ` : ''}${name}: ${warning}`;
  writeError(
    `(node:${process.pid}) ${text}\n(Use \`node --trace-${name === 'DeprecationWarning' ? 'deprecation' : 'warnings'} ...\` to show where the warning was created)\n`,
  );
};
process.setUncaughtExceptionCaptureCallback = () => {};
process.binding = (name) => {
  throw new Error(`No such module: ${name}`);
};

// A handler for a signal takes the place of what the kernel would do; without one the kernel does it.
process.on('newListener', (name) => {
  if (name in $.signalNumbers && process.listenerCount(name) === 0) {
    host('catch', name, true);
    if (name === 'SIGKILL' || name === 'SIGSTOP')
      throw $.systemError({ errno: -22, code: 'EINVAL', text: 'invalid argument' }, 'uv_signal_start');
  }
});
process.on('removeListener', (name) => {
  if (name in $.signalNumbers && process.listenerCount(name) === 0) host('catch', name, false);
});

const outputs = new Map();
$.outputFailed = (fd, { $error }) => {
  const stream = outputs.get(fd);
  const error = $.systemError($error, 'write');
  if (stream && stream.listenerCount('error') > 0) stream.emit('error', error);
  else if ($error.code === 'EPIPE') {
    $.emitted = error;
    $.fatal(error);
  }
};
const output = (fd, name) => {
  let stream;
  const make = () => {
    if (stream) return stream;
    const { Writable } = $.load('stream');
    stream = new Writable({
      decodeStrings: false,
      write(chunk, encoding, done) {
        host(
          'write',
          fd,
          typeof chunk === 'string' ? (encoding && !/^utf-?8$/i.test(encoding) ? $.bytesOf(chunk, encoding) : chunk) : $.bufferOf(chunk),
        );
        done();
      },
    });
    stream.fd = fd;
    stream._type = $.ttys[fd] ? 'tty' : 'pipe';
    stream.destroySoon = stream.destroy = function () {
      return this;
    };
    stream.end = function (chunk) {
      if (chunk !== undefined) this.write(chunk);
      return this;
    };
    if ($.ttys[fd]) {
      stream.isTTY = true;
      const size = () => host('windowSize', fd) ?? { columns: 80, rows: 24 };
      Object.defineProperty(stream, 'columns', { get: () => size().columns });
      Object.defineProperty(stream, 'rows', { get: () => size().rows });
      stream.getWindowSize = () => [stream.columns, stream.rows];
      stream.getColorDepth = () => 8;
      stream.hasColors = () => true;
      stream.cursorTo = (x, y) => stream.write(typeof y === 'number' ? `\x1b[${y + 1};${x + 1}H` : `\x1b[${x + 1}G`);
      stream.clearLine = (dir) => stream.write(dir < 0 ? '\x1b[1K' : dir > 0 ? '\x1b[0K' : '\x1b[2K');
      stream.clearScreenDown = () => stream.write('\x1b[0J');
      stream.moveCursor = (dx, dy) =>
        stream.write(`${dx < 0 ? `\x1b[${-dx}D` : dx > 0 ? `\x1b[${dx}C` : ''}${dy < 0 ? `\x1b[${-dy}A` : dy > 0 ? `\x1b[${dy}B` : ''}`);
    }
    outputs.set(fd, stream);
    return stream;
  };
  Object.defineProperty(process, name, { get: make, enumerable: true, configurable: true });
};
output(1, 'stdout');
output(2, 'stderr');
let stdin;
Object.defineProperty(process, 'stdin', {
  get() {
    if (stdin) return stdin;
    stdin = $.readDescriptor(0);
    stdin.fd = 0;
    if ($.ttys[0]) {
      stdin.isTTY = true;
      stdin.isRaw = false;
      stdin.setRawMode = (on) => {
        host('rawMode', 0, Boolean(on));
        stdin.isRaw = Boolean(on);
        return stdin;
      };
    }
    return stdin;
  },
  enumerable: true,
  configurable: true,
});
/** A readable stream of a descriptor: reads only while somebody listens, and only then keeps the program alive. */
$.readDescriptor = (fd) => {
  const { Readable } = $.load('stream');
  const { Buffer } = $.load('buffer');
  let request;
  let referenced = true;
  const stream = new Readable({
    read() {
      if (request) return;
      request = $.begin('read', [fd, 65536], (failure, bytes) => {
        request = undefined;
        if (failure) stream.destroy($.systemError(failure, 'read'));
        else stream.push(bytes.byteLength === 0 ? null : Buffer.from(bytes));
      });
      request.ref = referenced;
    },
    destroy(error, done) {
      request?.cancel();
      request = undefined;
      done(error);
    },
  });
  stream.on('pause', () => {
    request?.cancel();
    request = undefined;
    stream._readableState.reading = false;
  });
  stream.ref = () => {
    referenced = true;
    if (request) request.ref = true;
    return stream;
  };
  stream.unref = () => {
    referenced = false;
    if (request) request.ref = false;
    return stream;
  };
  return stream;
};

/** The environment: values are strings, whatever is put in. */
$.environment = (values) =>
  new Proxy(values, {
    set(target, key, value) {
      if (typeof key === 'string') target[key] = String(value);
      return true;
    },
    defineProperty(target, key, descriptor) {
      return Reflect.defineProperty(target, key, 'value' in descriptor ? { ...descriptor, value: String(descriptor.value) } : descriptor);
    },
  });
