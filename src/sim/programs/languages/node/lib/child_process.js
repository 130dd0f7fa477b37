// child_process: programs started beside this one. Those that would hold the program still (execSync) are not simulated.
const EventEmitter = require('events');
const { Writable } = require('stream');
class ChildProcess extends EventEmitter {
  constructor() {
    super();
    this.pid = undefined;
    this.exitCode = null;
    this.signalCode = null;
    this.killed = false;
    this.connected = false;
    this.stdin = this.stdout = this.stderr = null;
  }
  kill(signal = 'SIGTERM') {
    if (this.exitCode !== null || this.signalCode !== null) return false;
    try {
      process.kill(this.pid, signal);
      this.killed = signal !== 0;
      return true;
    } catch {
      return false;
    }
  }
  ref() {
    if (this.$request) this.$request.ref = true;
  }
  unref() {
    if (this.$request) this.$request.ref = false;
  }
}
const writer = (fd) => {
  const stream = new Writable({
    write(chunk, _encoding, done) {
      $.begin('writeFd', [fd, $.bufferOf(chunk)], (failure) => done(failure ? $.systemError(failure, 'write') : null));
    },
    final(done) {
      $.host('close', fd);
      done();
    },
  });
  return stream;
};
const spawn = (file, args, options) => {
  if (!Array.isArray(args)) [args, options] = [[], args];
  const o = options ?? {};
  const child = new ChildProcess();
  const words = o.shell ? ['-c', [file, ...args].join(' ')] : args;
  const program = o.shell ? (typeof o.shell === 'string' ? o.shell : '/bin/sh') : file;
  const asked = typeof o.stdio === 'string' ? [o.stdio, o.stdio, o.stdio] : (o.stdio ?? ['pipe', 'pipe', 'pipe']);
  const stdio = [0, 1, 2].map((fd) =>
    asked[fd] === 'inherit'
      ? fd
      : asked[fd] === 'ignore'
        ? 'ignore'
        : typeof asked[fd] === 'number'
          ? asked[fd]
          : typeof asked[fd]?.fd === 'number'
            ? asked[fd].fd
            : 'pipe',
  );
  const env = Object.fromEntries(
    Object.entries(o.env ?? process.env)
      .filter(([, v]) => v !== undefined)
      .map(([k, v]) => [k, String(v)]),
  );
  child.spawnfile = program;
  child.spawnargs = [program, ...words];
  // What was written so far comes before what the child writes.
  const answer = $.host(
    'spawn',
    JSON.stringify({
      file: program,
      args: words,
      env,
      cwd: o.cwd === undefined ? undefined : String(o.cwd),
      stdio,
      detached: Boolean(o.detached),
    }),
  );
  if (answer === null || answer.$error) {
    const e = $.systemError(answer?.$error ?? { errno: -2, code: 'ENOENT', text: '' }, `spawn ${program}`);
    const code = e.code;
    const shown = Object.assign(new Error(`spawn ${program} ${code}`), {
      errno: e.errno,
      code,
      syscall: `spawn ${program}`,
      path: program,
      spawnargs: words,
    });
    shown.stack = `Error: ${shown.message}\n    at ChildProcess._handle.onexit (node:internal/child_process:286:19)\n    at onErrorNT (node:internal/child_process:484:16)\n    at process.processTicksAndRejections (node:internal/process/task_queues:90:21)`;
    const { Readable } = require('stream');
    for (const name of ['stdout', 'stderr']) child[name] = Readable.from([]);
    child.stdin = new Writable({ write: (_c, _e, done) => done() });
    process.nextTick(() => child.emit('error', shown));
    return child;
  }
  child.pid = answer.pid;
  let open = 1;
  const closed = () => {
    if (--open === 0) child.emit('close', child.exitCode, child.signalCode);
  };
  if (typeof answer.fds[0] === 'number') child.stdin = writer(answer.fds[0]);
  for (const [fd, name] of [
    [1, 'stdout'],
    [2, 'stderr'],
  ])
    if (typeof answer.fds[fd] === 'number') {
      open++;
      child[name] = $.readDescriptor(answer.fds[fd]);
      child[name].on('close', () => {
        $.host('close', answer.fds[fd]);
        closed();
      });
    }
  child.stdio = [child.stdin, child.stdout, child.stderr];
  process.nextTick(() => child.emit('spawn'));
  child.$request = $.begin('wait', [child.pid], (failure, value) => {
    child.exitCode = failure ? 0 : value.code;
    child.signalCode = failure ? null : value.signal;
    child.emit('exit', child.exitCode, child.signalCode);
    for (const name of ['stdout', 'stderr']) if (child[name] && child[name].readableFlowing === null) child[name].resume();
    closed();
  });
  Object.defineProperty(child, '$request', { enumerable: false });
  if (o.timeout) setTimeout(() => child.kill(o.killSignal), o.timeout).unref();
  o.signal?.addEventListener('abort', () => child.kill());
  return child;
};
const collect = (child, command, o, done) => {
  const out = { stdout: [], stderr: [] };
  const { Buffer: B } = require('buffer');
  for (const name of ['stdout', 'stderr']) child[name]?.on('data', (chunk) => out[name].push(chunk));
  const texts = () =>
    ['stdout', 'stderr'].map((name) =>
      o.encoding === 'buffer' ? B.concat(out[name]) : B.concat(out[name]).toString(o.encoding ?? 'utf8'),
    );
  let failed = false;
  child.on('error', (error) => {
    failed = true;
    done?.(Object.assign(error, { cmd: command }), '', '');
  });
  child.on('close', (code, signal) => {
    if (failed) return;
    const [stdout, stderr] = texts();
    if (code === 0 && !signal) return done?.(null, stdout, stderr);
    const e = new Error(`Command failed: ${command}\n${stderr}`);
    done?.(Object.assign(e, { code: code ?? null, killed: child.killed, signal, cmd: command, stdout, stderr }), stdout, stderr);
  });
  return child;
};
const exec = (command, options, done) => {
  if (typeof options === 'function') [done, options] = [options, {}];
  return collect(spawn(command, [], { ...options, shell: options?.shell ?? true, stdio: undefined }), command, options ?? {}, done);
};
const execFile = (file, args, options, done) => {
  const rest = [args, options, done];
  const callback = rest.find((x) => typeof x === 'function');
  const words = Array.isArray(args) ? args : [];
  const o = rest.find((x) => x && typeof x === 'object' && !Array.isArray(x)) ?? {};
  return collect(spawn(file, words, { ...o, stdio: undefined }), [file, ...words].join(' '), o, callback);
};
const promised =
  (run) =>
  (...args) =>
    new Promise((resolve, reject) => {
      run(...args, (error, stdout, stderr) => (error ? reject(error) : resolve({ stdout, stderr })));
    });
Object.defineProperty(exec, Symbol.for('nodejs.util.promisify.custom'), { value: promised(exec) });
Object.defineProperty(execFile, Symbol.for('nodejs.util.promisify.custom'), { value: promised(execFile) });
const refused = (name) => () => {
  throw new Error(`drydock: child_process.${name} is not simulated (it would stop the program); use its asynchronous form`);
};
module.exports = {
  ChildProcess,
  spawn,
  exec,
  execFile,
  fork: (file, args, options) => spawn(process.execPath, [file, ...(args ?? [])], { stdio: 'inherit', ...options }),
  execSync: refused('execSync'),
  spawnSync: refused('spawnSync'),
  execFileSync: refused('execFileSync'),
};
