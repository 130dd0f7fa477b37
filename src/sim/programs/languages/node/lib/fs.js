// fs: at once, with a callback, or with promises. Files do not wait, so all three come to the same calls.
const { Buffer: B } = require('buffer');
const S_IFMT = 0o170000;
const TYPES = {
  isFile: 0o100000,
  isDirectory: 0o040000,
  isSymbolicLink: 0o120000,
  isSocket: 0o140000,
  isFIFO: 0o010000,
  isCharacterDevice: 0o020000,
  isBlockDevice: 0o060000,
};
const pathOf = (path, name = 'path') => {
  if (typeof path === 'string') {
    if (path.includes('\0'))
      throw $.coded(
        TypeError,
        'ERR_INVALID_ARG_VALUE',
        `The argument '${name}' must be a string, Uint8Array, or URL without null bytes. Received '${path.replace(/\0/g, '\\x00')}'`,
      );
    return path;
  }
  if (path instanceof Uint8Array) return B.from(path).toString();
  if (path instanceof URL || path?.href) return $.load('url').fileURLToPath(path);
  throw $.invalidArg(name, 'of type string or an instance of Buffer or URL', path);
};
const encodingOf = (options) => (typeof options === 'string' ? options : options?.encoding);
const octal = (mode, fallback) =>
  mode === undefined || mode === null ? fallback : typeof mode === 'string' ? Number.parseInt(mode, 8) : mode;
const bytes = (data, encoding) =>
  typeof data === 'string'
    ? $.bufferOf($.bytesOf(data, encoding ?? 'utf8'))
    : ArrayBuffer.isView(data)
      ? $.bufferOf(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
      : bad(data);
const bad = (data) => {
  throw $.invalidArg('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
};
class Stats {
  constructor(s) {
    this.dev = s.dev;
    this.mode = s.mode;
    this.nlink = s.nlink;
    this.uid = s.uid;
    this.gid = s.gid;
    this.rdev = s.rdev;
    this.blksize = 4096;
    this.ino = s.ino;
    this.size = s.size;
    this.blocks = s.blocks;
    this.atimeMs = s.atime / 1000;
    this.mtimeMs = s.mtime / 1000;
    this.ctimeMs = s.ctime / 1000;
    this.birthtimeMs = s.ctime / 1000;
    for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) this[name] = new Date(Math.floor(this[`${name}Ms`]));
  }
}
class Dirent {
  constructor(name, type, parentPath) {
    this.name = name;
    this.parentPath = parentPath;
    Object.defineProperty(this, 'path', { value: parentPath, enumerable: false });
    Object.defineProperty(this, Symbol('type'), { value: type, enumerable: false });
    Object.defineProperty(this, 'mode', { value: type, enumerable: false });
  }
}
for (const [name, type] of Object.entries(TYPES))
  for (const Class of [Stats, Dirent])
    Class.prototype[name] = function () {
      return (this.mode & S_IFMT) === type;
    };
const flagOf = (flags) =>
  ({ 'rs+': 'r+', as: 'a', sr: 'r', xw: 'wx', 0: 'r', 1: 'w', 2: 'r+', 577: 'w', 1089: 'a' })[flags] ?? flags ?? 'r';

const walk = (dir, base, out, typed) => {
  for (const e of $.sys('readdir', [dir], 'scandir', dir)) {
    const name = base ? `${base}/${e.name}` : e.name;
    out.push(typed ? new Dirent(e.name, e.type, dir) : name);
    if (e.type === TYPES.isDirectory) walk(`${dir}/${e.name}`, name, out, typed);
  }
  return out;
};
const removeTree = (path) => {
  const s = $.sys('lstat', [path], 'lstat', path);
  if ((s.mode & S_IFMT) !== TYPES.isDirectory) return void $.sys('unlink', [path], 'rm', path);
  for (const e of $.sys('readdir', [path], 'scandir', path)) removeTree(`${path}/${e.name}`);
  $.sys('rmdir', [path], 'rmdir', path);
};
const copyTree = (from, to, options) => {
  const s = sync.statSync(from);
  if (!s.isDirectory()) return sync.copyFileSync(from, to);
  if (!options?.recursive) throw $.coded(Error, 'ERR_FS_EISDIR', `Recursive option not enabled, cannot copy a directory: ${from}`);
  sync.mkdirSync(to, { recursive: true });
  for (const e of sync.readdirSync(from)) copyTree(`${from}/${e}`, `${to}/${e}`, options);
};
const sync = {
  openSync: (path, flags, mode) => $.sys('open', [pathOf(path), flagOf(flags), octal(mode, 0o666)], 'open', pathOf(path)),
  closeSync: (fd) => void $.sys('close', [fd]),
  readSync(fd, buffer, offset = 0, length, position) {
    if (typeof offset === 'object' && offset !== null) ({ offset = 0, length, position } = offset);
    length ??= buffer.byteLength - offset;
    const got = new Uint8Array(
      typeof position === 'number' && position >= 0 ? $.sys('pread', [fd, length, position], 'read') : $.sys('read', [fd, length]),
    );
    new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).set(got, offset);
    return got.length;
  },
  writeSync(fd, data, offset, length, position) {
    const chunk =
      typeof data === 'string' ? bytes(data, length) : bytes(data.subarray(offset ?? 0, (offset ?? 0) + (length ?? data.length)));
    if (fd === 1 || fd === 2) $.host('write', fd, chunk);
    else {
      if (typeof position === 'number') $.sys('lseek', [fd, position, 'set'], 'write');
      $.sys('writeFd', [fd, chunk], 'write');
    }
    return chunk.byteLength;
  },
  readFileSync(path, options) {
    const encoding = encodingOf(options);
    let data;
    if (typeof path === 'number') {
      const parts = [];
      for (;;) {
        const part = new Uint8Array($.sys('read', [path, 65536], 'read'));
        if (part.length === 0) break;
        parts.push(part);
      }
      data = B.concat(parts);
    } else {
      const name = pathOf(path);
      const answer = $.host('readFile', name);
      if (answer.$error)
        throw answer.$error.code === 'EISDIR' ? $.systemError(answer.$error, 'read') : $.systemError(answer.$error, 'open', name);
      data = B.from(answer);
    }
    return encoding && encoding !== 'buffer' ? data.toString(encoding) : data;
  },
  writeFileSync(path, data, options) {
    const chunk = bytes(data, encodingOf(options));
    const fd = typeof path === 'number' ? path : sync.openSync(path, options?.flag ?? 'w', options?.mode);
    try {
      sync.writeSync(fd, new Uint8Array(chunk));
    } finally {
      if (fd !== path) sync.closeSync(fd);
    }
  },
  appendFileSync: (path, data, options) =>
    sync.writeFileSync(path, data, { ...(typeof options === 'string' ? { encoding: options } : options), flag: 'a' }),
  existsSync(path) {
    try {
      return !$.host('stat', pathOf(path)).$error;
    } catch {
      return false;
    }
  },
  accessSync(path, mode = 0) {
    const name = pathOf(path);
    $.sys('stat', [name], 'access', name);
    if (mode && !$.sys('access', [name, mode], 'access', name))
      throw $.systemError({ errno: -13, code: 'EACCES', text: 'permission denied' }, 'access', name);
  },
  statSync(path, options) {
    const name = pathOf(path);
    const s = $.host('stat', name);
    if (s.$error) {
      if (options?.throwIfNoEntry === false && s.$error.code === 'ENOENT') return undefined;
      throw $.systemError(s.$error, 'stat', name);
    }
    return new Stats(s);
  },
  lstatSync: (path) => new Stats($.sys('lstat', [pathOf(path)], 'lstat', pathOf(path))),
  fstatSync: (fd) => new Stats($.sys('fstat', [fd], 'fstat')),
  readdirSync(path, options) {
    const name = pathOf(path);
    if (options?.recursive) return walk(name, '', [], options.withFileTypes);
    const entries = $.sys('readdir', [name], 'scandir', name);
    return options?.withFileTypes ? entries.map((e) => new Dirent(e.name, e.type, name)) : entries.map((e) => e.name);
  },
  mkdirSync(path, options) {
    const name = pathOf(path);
    const mode = octal(typeof options === 'object' ? options?.mode : options, 0o777);
    if (!options?.recursive) return void $.sys('mkdir', [name, mode], 'mkdir', name);
    const p = $.load('path');
    const missing = [];
    for (let at = p.resolve(name); ; at = p.dirname(at)) {
      const s = $.host('stat', at);
      if (!s.$error) {
        if ((s.mode & S_IFMT) !== TYPES.isDirectory)
          throw $.systemError(
            missing.length === 0
              ? { errno: -17, code: 'EEXIST', text: 'file already exists' }
              : { errno: -20, code: 'ENOTDIR', text: 'not a directory' },
            'mkdir',
            name,
          );
        break;
      }
      missing.unshift(at);
    }
    for (const at of missing) $.sys('mkdir', [at, mode], 'mkdir', name);
    return missing[0];
  },
  mkdtempSync(prefix) {
    let tail = '';
    for (let i = 0; i < 6; i++) tail += 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'[Math.floor(Math.random() * 62)];
    sync.mkdirSync(prefix + tail, 0o700);
    return prefix + tail;
  },
  rmdirSync: (path, options) =>
    options?.recursive ? removeTree(pathOf(path)) : void $.sys('rmdir', [pathOf(path)], 'rmdir', pathOf(path)),
  rmSync(path, options = {}) {
    const name = pathOf(path);
    const s = $.host('lstat', name);
    if (s.$error) {
      if (options.force) return;
      throw $.systemError(s.$error, 'lstat', name);
    }
    if ((s.mode & S_IFMT) === TYPES.isDirectory && !options.recursive)
      throw $.coded(Error, 'ERR_FS_EISDIR', `Path is a directory: rm returned EISDIR (is a directory) ${name}`);
    removeTree(name);
  },
  unlinkSync: (path) => void $.sys('unlink', [pathOf(path)], 'unlink', pathOf(path)),
  renameSync: (from, to) => void $.sys('rename', [pathOf(from), pathOf(to)], 'rename', pathOf(from), pathOf(to)),
  copyFileSync(from, to) {
    const answer = $.host('readFile', pathOf(from));
    if (answer.$error) throw $.systemError(answer.$error, 'copyfile', pathOf(from), pathOf(to));
    sync.writeFileSync(to, new Uint8Array(answer));
  },
  cpSync: (from, to, options) => copyTree(pathOf(from), pathOf(to), options),
  linkSync: (from, to) => void $.sys('link', [pathOf(from), pathOf(to)], 'link', pathOf(from), pathOf(to)),
  symlinkSync: (to, path) => void $.sys('symlink', [pathOf(to), pathOf(path)], 'symlink', pathOf(to), pathOf(path)),
  readlinkSync: (path) => $.sys('readlink', [pathOf(path)], 'readlink', pathOf(path)),
  realpathSync: (path) => $.sys('realpath', [pathOf(path)], 'lstat', pathOf(path)),
  chmodSync: (path, mode) => void $.sys('chmod', [pathOf(path), octal(mode)], 'chmod', pathOf(path)),
  chownSync: (path, uid, gid) => void $.sys('chown', [pathOf(path), uid, gid], 'chown', pathOf(path)),
  truncateSync: (path, length = 0) => void $.sys('truncate', [pathOf(path), length], 'open', pathOf(path)),
  ftruncateSync: (fd, length = 0) => void $.sys('ftruncate', [fd, length]),
  fsyncSync() {},
  utimesSync: (path, atime, mtime) =>
    void $.sys(
      'utimes',
      [pathOf(path), ...[atime, mtime].map((t) => Math.round((t instanceof Date ? t.getTime() / 1000 : Number(t)) * 1e6))],
      'utime',
      pathOf(path),
    ),
};
sync.realpathSync.native = sync.realpathSync;

const fs = {
  ...sync,
  Stats,
  Dirent,
  constants: {
    F_OK: 0,
    R_OK: 4,
    W_OK: 2,
    X_OK: 1,
    COPYFILE_EXCL: 1,
    O_RDONLY: 0,
    O_WRONLY: 1,
    O_RDWR: 2,
    O_CREAT: 64,
    O_EXCL: 128,
    O_TRUNC: 512,
    O_APPEND: 1024,
  },
  F_OK: 0,
  R_OK: 4,
  W_OK: 2,
  X_OK: 1,
};
const promises = { constants: fs.constants };
/** A wait of no length: the answer of a file comes in a later turn, as one from libuv's pool. */
const later = (run) => $.begin('cwd', [], run);
for (const [name, run] of Object.entries(sync)) {
  const bare = name.replace(/Sync$/, '');
  if (bare === 'exists') {
    fs.exists = (path, done) => later(() => done(run(path)));
    continue;
  }
  promises[bare] = (...args) =>
    new Promise((resolve, reject) =>
      later(() => {
        try {
          resolve(run(...args));
        } catch (error) {
          // A promise's error has only its head for a stack, as node's.
          error.stack = String(error.stack).split('\n')[0];
          reject(error);
        }
      }),
    );
  fs[bare] = (...args) => {
    const done = args.pop();
    if (typeof done !== 'function') throw $.invalidArg('cb', 'of type function', done);
    later(() => {
      let value;
      try {
        value = run(...args);
      } catch (error) {
        error.stack = String(error.stack).split('\n')[0];
        return done(error);
      }
      done(null, value, ...(bare === 'read' || bare === 'write' ? [args[1]] : []));
    });
  };
}
fs.realpath.native = fs.realpath;
promises.open = async (path, flags, mode) => {
  const fd = sync.openSync(path, flags, mode);
  return {
    fd,
    readFile: async (options) => sync.readFileSync(fd, options),
    writeFile: async (data, options) => sync.writeFileSync(fd, data, options),
    appendFile: async (data, options) => sync.writeFileSync(fd, data, options),
    write: async (data, ...rest) => ({ bytesWritten: sync.writeSync(fd, data, ...rest), buffer: data }),
    read: async (buffer, ...rest) => ({ bytesRead: sync.readSync(fd, buffer, ...rest), buffer }),
    stat: async () => sync.fstatSync(fd),
    truncate: async (length) => sync.ftruncateSync(fd, length),
    close: async () => sync.closeSync(fd),
    readLines: () => require('readline').createInterface({ input: fs.createReadStream(path) }),
  };
};
fs.promises = promises;
fs.createReadStream = (path, options = {}) => {
  const { Readable } = require('stream');
  const o = typeof options === 'string' ? { encoding: options } : options;
  let fd = o.fd ?? null;
  let left = o.end === undefined ? Infinity : o.end - (o.start ?? 0) + 1;
  const stream = new Readable({
    highWaterMark: o.highWaterMark ?? 65536,
    encoding: o.encoding,
    read(n) {
      later(() => {
        if (stream.destroyed) return;
        try {
          if (fd === null) {
            fd = sync.openSync(path, o.flags ?? 'r', o.mode);
            if (o.start) $.sys('lseek', [fd, o.start, 'set'], 'read');
            stream.fd = fd;
            stream.emit('open', fd);
            stream.emit('ready');
          }
          const chunk = left <= 0 ? new Uint8Array(0) : new Uint8Array($.sys('read', [fd, Math.min(n, left)]));
          left -= chunk.length;
          stream.bytesRead += chunk.length;
          stream.push(chunk.length === 0 ? null : B.from(chunk));
        } catch (error) {
          error.stack = String(error.stack).split('\n')[0];
          stream.destroy(error);
        }
      });
    },
    destroy(error, done) {
      if (fd !== null && o.autoClose !== false) $.host('close', fd);
      done(error);
    },
  });
  stream.path = path;
  stream.bytesRead = 0;
  stream.close = (done) => stream.destroy(undefined, done);
  // It is opened even if nobody reads.
  process.nextTick(() => stream.$more());
  return stream;
};
fs.createWriteStream = (path, options = {}) => {
  const { Writable } = require('stream');
  const o = typeof options === 'string' ? { encoding: options } : options;
  let fd = o.fd ?? null;
  const stream = new Writable({
    decodeStrings: true,
    write(chunk, _encoding, done) {
      later(() => {
        try {
          open();
          $.sys('writeFd', [fd, $.bufferOf(chunk)], 'write');
          stream.bytesWritten += chunk.length;
          done();
        } catch (error) {
          done(error);
        }
      });
    },
    final(done) {
      later(() => {
        try {
          open();
          done();
        } catch (error) {
          done(error);
        }
      });
    },
    destroy(error, done) {
      if (fd !== null) $.host('close', fd);
      fd = null;
      done(error);
    },
  });
  const open = () => {
    if (fd !== null || stream.destroyed) return;
    fd = sync.openSync(path, o.flags ?? 'w', o.mode);
    stream.fd = fd;
    stream.emit('open', fd);
    stream.emit('ready');
  };
  later(() => {
    try {
      open();
    } catch (error) {
      error.stack = String(error.stack).split('\n')[0];
      stream.destroy(error);
    }
  });
  stream.path = path;
  stream.bytesWritten = 0;
  stream.close = (done) => stream.end(done);
  return stream;
};
const unwatched = (name) => () => {
  throw new Error(`drydock: fs.${name} is not simulated`);
};
fs.watch = unwatched('watch');
fs.watchFile = unwatched('watchFile');
fs.unwatchFile = () => {};
module.exports = fs;
