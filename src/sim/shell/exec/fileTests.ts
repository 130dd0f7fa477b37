import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import {
  access,
  credentials,
  isatty,
  lstatOrNull,
  S_IFBLK,
  S_IFCHR,
  S_IFDIR,
  S_IFIFO,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
  S_IFSOCK,
  S_ISGID,
  S_ISUID,
  S_ISVTX,
  statOrNull,
} from '../../kernel/syscalls.ts';

/** The operators of test(1) that look at files; undefined if `operator` is none of them. */
export function* fileTest(operator: string, path: string): Sim<boolean | undefined> {
  if (operator === '-t') {
    if (!/^\d+$/.test(path)) return false;
    try {
      return yield* isatty(Number(path));
    } catch (error) {
      if (error instanceof Errno) return false;
      throw error;
    }
  }
  const fd = /^\/dev\/fd\/(\d+)$/.exec(path);
  const at = fd ? `/proc/self/fd/${fd[1]}` : path;
  if (path === '') return 'abcdefghkprstuwxLSGON'.includes(operator[1]) ? false : undefined;
  if (operator === '-L' || operator === '-h') {
    const st = yield* lstatOrNull(at);
    return st !== null && (st.mode & S_IFMT) === S_IFLNK;
  }
  if (operator === '-r' || operator === '-w' || operator === '-x')
    return yield* access(at, operator === '-r' ? 4 : operator === '-w' ? 2 : 1);
  const types: Readonly<Record<string, number>> = {
    '-f': S_IFREG,
    '-d': S_IFDIR,
    '-b': S_IFBLK,
    '-c': S_IFCHR,
    '-p': S_IFIFO,
    '-S': S_IFSOCK,
  };
  const bits: Readonly<Record<string, number>> = { '-u': S_ISUID, '-g': S_ISGID, '-k': S_ISVTX };
  if (!/^-[aesOGN]$/.test(operator) && types[operator] === undefined && bits[operator] === undefined) return undefined;
  const st = yield* statOrNull(at);
  if (st === null) return false;
  if (types[operator] !== undefined) return (st.mode & S_IFMT) === types[operator];
  if (bits[operator] !== undefined) return (st.mode & bits[operator]) !== 0;
  if (operator === '-s') return st.size > 0;
  if (operator === '-O') return st.uid === (yield* credentials()).euid;
  if (operator === '-G') return st.gid === (yield* credentials()).egid;
  if (operator === '-N') return st.mtime > st.atime;
  return true;
}

/** `-nt`, `-ot`, `-ef`. */
export function* compareFiles(left: string, operator: string, right: string): Sim<boolean> {
  const a = yield* statOrNull(left);
  const b = yield* statOrNull(right);
  if (operator === '-ef') return a !== null && b !== null && a.ino === b.ino && a.dev === b.dev;
  if (operator === '-nt') return a !== null && (b === null || a.mtime > b.mtime);
  return b !== null && (a === null || a.mtime < b.mtime);
}

export const INTEGER_COMPARE: Readonly<Record<string, (a: bigint, b: bigint) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};
