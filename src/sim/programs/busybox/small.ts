/** Applets of a few lines each. */
import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import {
  exec,
  findExecutable,
  getenv,
  lstat,
  now,
  S_IFDIR,
  S_IFMT,
  sleep,
  spawn,
  stat,
  unshare as unshareCall,
  waitpid,
  write,
} from '../../kernel/syscalls.ts';
import { Fatal, UsageError } from '../lib/failure.ts';
import { parseOptions } from '../lib/options.ts';
import { type Applet, runTool, type Tool } from '../lib/tool.ts';

const applet =
  (main: (t: Tool) => Sim<number>): Applet =>
  (argv, build) =>
    runTool(main, argv, build);

/** Says no to whoever logs in. */
const nologin = applet(function* () {
  yield* write(1, 'This account is not available\n');
  return 1;
});

const usleep = applet(function* (t) {
  if (t.args.length !== 1) throw new UsageError('');
  if (!/^\d+$/.test(t.args[0])) throw new Fatal(`invalid number '${t.args[0]}'`);
  yield* sleep(Number(t.args[0]));
  return 0;
});

/** Whether a directory is where something is mounted. */
const mountpoint = applet(function* (t) {
  const o = yield* parseOptions(t, { short: 'qdxn', usage: '', about: 'Tells mount points.' });
  const [path] = o.operands;
  if (path === undefined) throw new UsageError('');
  try {
    const info = yield* stat(path);
    if ((info.mode & S_IFMT) !== S_IFDIR) throw new Fatal(`${path}: Not a directory`);
    const above = yield* lstat(`${path}/..`);
    const mounted = info.dev !== above.dev || info.ino === above.ino;
    if (o.has('d')) yield* write(1, `${Math.floor(info.dev / 256)}:${info.dev % 256}\n`);
    else if (!o.has('q')) yield* write(1, `${path} is ${mounted ? '' : 'not '}a mountpoint\n`);
    return mounted ? 0 : 1;
  } catch (error) {
    if (!isErrno(error)) throw error;
    if (!o.has('q')) yield* t.error(`${path}: ${error.message}`);
    return 1;
  }
});

const seconds = (us: number) => `${Math.floor(us / 60e6)}m ${((us % 60e6) / 1e6).toFixed(2)}s`;

/** How long a program takes; as POSIX wants it with -p. */
const time = applet(function* (t) {
  const o = yield* parseOptions(t, { short: '+vpao:f:', usage: '', about: 'Measures a program.' });
  const [name] = o.operands;
  if (name === undefined) throw new UsageError('');
  const start = yield* now();
  const path = yield* findExecutable(name);
  let status = 127;
  try {
    if (path === null) yield* t.warn(`can't execute '${name}': No such file or directory`);
    else {
      const ended = (yield* waitpid(yield* spawn({ path, argv: o.operands })))?.status;
      status = ended?.kind === 'exited' ? ended.code : 1;
    }
  } catch (error) {
    if (!isErrno(error)) throw error;
    yield* t.warn(`can't execute '${name}': ${error.message}`);
  }
  const took = (yield* now()) - start;
  if (status !== 0) yield* write(2, `Command exited with non-zero status ${status}\n`);
  const show = o.has('p') ? (us: number) => (us / 1e6).toFixed(2) : seconds;
  const gap = o.has('p') ? ' ' : '\t';
  yield* write(2, `real${gap}${show(took)}\nuser${gap}${show(0)}\nsys${gap}${show(0)}\n`);
  return status;
});

const NAMESPACES = { m: 'mnt', u: 'uts', i: 'ipc', n: 'net', p: 'pid', U: 'user' } as const;

/** A program, or a shell, in namespaces of its own. */
const unshare = applet(function* (t) {
  const o = yield* parseOptions(t, {
    short: '+muinpUfr',
    long: { mount: 'm', uts: 'u', ipc: 'i', net: 'n', pid: 'p', user: 'U', fork: 'f', 'map-root-user': 'r' },
    usage: '',
    about: 'Runs a program in new namespaces.',
  });
  const kinds = Object.entries(NAMESPACES)
    .filter(([letter]) => o.has(letter))
    .map(([, kind]) => kind);
  try {
    if (kinds.length > 0) yield* unshareCall(kinds);
  } catch (error) {
    if (isErrno(error)) throw new Fatal(`unshare(0x${flags(kinds)}): ${error.message}`);
    throw error;
  }
  const argv = o.operands.length > 0 ? o.operands : [(yield* getenv('SHELL')) ?? '/bin/sh'];
  const path = yield* findExecutable(argv[0]);
  if (path === null) throw new Fatal(`can't execute '${argv[0]}': No such file or directory`, 127);
  if (!o.has('f')) return yield* exec(path, argv);
  const ended = (yield* waitpid(yield* spawn({ path, argv })))?.status;
  return ended?.kind === 'exited' ? ended.code : 1;
});

/** The bits of clone(2). */
function flags(kinds: readonly string[]): string {
  const bits: Readonly<Record<string, number>> = {
    mnt: 0x20000,
    uts: 0x4000000,
    ipc: 0x8000000,
    user: 0x10000000,
    pid: 0x20000000,
    net: 0x40000000,
  };
  return kinds.reduce((sum, kind) => sum + bits[kind], 0).toString(16);
}

export const SMALL_APPLETS: Readonly<Record<string, Applet>> = { mountpoint, nologin, time, unshare, usleep };
