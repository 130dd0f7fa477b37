/**
 * The programs' only door into the kernel: POSIX system calls as coroutines (`const n = yield* write(1, data)`).
 *
 * All of them act on the calling process, throw {@link Errno} on failure, and may be interrupted by a signal: then its
 * handler runs at that point of the calling coroutine and the call goes on (SA_RESTART), unless the handler throws.
 * Times are microseconds; paths are absolute or relative to the caller's directory.
 */
export * from './abi.ts';
export * from './calls/directories.ts';
export {
  appendFile,
  close,
  dup,
  dup2,
  fstat,
  ftruncate,
  lseek,
  mknod,
  open,
  pipe,
  poll,
  pread,
  read,
  readAll,
  readFile,
  readText,
  setCloexec,
  truncate,
  write,
  writeFile,
} from './calls/files.ts';
export * from './calls/processes.ts';
export * from './calls/sockets.ts';
export {
  capable,
  credentials,
  gethostname,
  getrlimit,
  mount,
  now,
  randomBelow,
  randomBytes,
  setCredentials,
  sethostname,
  setrlimit,
  sleep,
  umount,
  uname,
  unshare,
  waitOn,
  wallClock,
} from './calls/system.ts';
export * from './calls/terminals.ts';
