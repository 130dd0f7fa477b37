/** What the modules of lib/ may ask of the kernel: each is one system call or a few, with the rights of the process. */
import type { SignalName } from '../../../../kernel/abi.ts';
import { S_IFMT, S_IFREG } from '../../../../kernel/abi.ts';
import type { Sim } from '../../../../kernel/sim.ts';
import {
  access,
  chdir,
  chmod,
  chown,
  close,
  credentials,
  environ,
  exit,
  findExecutable,
  getcwd,
  gethostname,
  getpid,
  getppid,
  getWindowSize,
  isatty,
  kill,
  link,
  lstat,
  mkdir,
  pipe,
  randomBytes,
  read,
  readdir,
  readlink,
  realpath,
  rename,
  rmdir,
  type Stat,
  sigsuspend,
  sleep,
  spawn,
  stat,
  symlink,
  umask,
  uname,
  unlink,
  utimes,
  waitpid,
  wallClock,
  write,
} from '../../../../kernel/syscalls.ts';
import type { Answer, Operation } from './device.ts';
import type { Output } from './output.ts';

const stats = (s: Stat) => [s.mode, s.ino, s.dev, s.nlink, s.uid, s.gid, s.size, s.atime, s.mtime, s.ctime];
const nothing = (body: (args: readonly never[]) => Sim<unknown>): Operation =>
  function* (args) {
    yield* body(args);
  };
const giving = (body: (args: readonly never[]) => Sim<unknown>): Operation =>
  function* (args) {
    return { value: yield* body(args) };
  };

/** Files, processes and time. `output` is flushed before what another process may see. */
export function operations(output: () => Output): Readonly<Record<string, Operation>> {
  return {
    getcwd: giving(getcwd),
    chdir: nothing(([path]) => chdir(path)),
    listdir: giving(function* ([path]) {
      return (yield* readdir(path)).map((entry) => [entry.name, entry.type]);
    }),
    stat: giving(function* ([path]) {
      return stats(yield* stat(path));
    }),
    lstat: giving(function* ([path]) {
      return stats(yield* lstat(path));
    }),
    mkdir: nothing(([path, mode]) => mkdir(path, mode)),
    rmdir: nothing(([path]) => rmdir(path)),
    unlink: nothing(([path]) => unlink(path)),
    rename: nothing(([from, to]) => rename(from, to)),
    symlink: nothing(([target, path]) => symlink(target, path)),
    link: nothing(([from, to]) => link(from, to)),
    readlink: giving(([path]) => readlink(path)),
    realpath: giving(([path]) => realpath(path)),
    chmod: nothing(([path, mode]) => chmod(path, mode)),
    chown: nothing(([path, uid, gid]) => chown(path, uid, gid)),
    utimes: nothing(([path, atime, mtime]) => utimes(path, atime, mtime)),
    access: giving(([path, mask]) => access(path, mask)),
    umask: giving(([mask]) => umask(mask)),
    environ: giving(function* () {
      return [...(yield* environ())];
    }),
    isatty: giving(([fd]) => isatty(fd)),
    terminal_size: giving(function* ([fd]) {
      const size = yield* getWindowSize(fd);
      return [size.columns, size.rows];
    }),
    getpid: giving(getpid),
    getppid: giving(getppid),
    credentials: giving(function* () {
      const who = yield* credentials();
      return [who.uid, who.euid, who.gid, who.egid, who.groups];
    }),
    uname: giving(function* () {
      const name = yield* uname();
      return [name.sysname, name.nodename, name.release, name.version, name.machine];
    }),
    gethostname: giving(gethostname),
    kill: nothing(([pid, signal]) => kill(pid, signal as SignalName)),
    /** Until a time of the wall clock. */
    sleep: nothing(function* ([until]) {
      yield* sleep(Math.max(0, until - (yield* wallClock())));
    }),
    pause: nothing(sigsuspend),
    time: giving(wallClock),
    random: function* ([count]): Sim<Answer> {
      return { data: yield* randomBytes(count) };
    },
    *read([fd, count]): Sim<Answer> {
      return { data: yield* read(fd, count) };
    },
    *write([fd], data): Sim<Answer> {
      for (let done = 0; done < data.length; ) done += yield* write(fd, data.subarray(done));
    },
    close: nothing(([fd]) => close(fd)),
    flush: nothing(() => output().flushAll()),
    exit: nothing(function* ([status]) {
      yield* exit(status);
    }),
    which: giving(([name, path]) => findExecutable(name, path)),
    pipe: giving(() => pipe({ cloexec: true })),
    spawn: giving(function* ([path, argv, env, cwd, fds]) {
      yield* output().flushAll();
      return yield* spawn({
        path,
        argv,
        env: env ? new Map<string, string>(env) : undefined,
        cwd: cwd ?? undefined,
        fds: new Map<number, number>(fds),
      });
    }),
    wait: giving(function* ([pid, wait]) {
      const ended = yield* waitpid(pid, { nohang: !wait });
      if (!ended) return null;
      return [ended.pid, ended.status.kind === 'exited' ? ended.status.code : 128];
    }),
    is_file: giving(function* ([path]) {
      return ((yield* stat(path)).mode & S_IFMT) === S_IFREG;
    }),
  };
}
