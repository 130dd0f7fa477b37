import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { getrlimit, umask as setMask, setrlimit } from '../../kernel/syscalls.ts';
import { appletError, builtinError, complain, invalidOption, output } from '../exec/message.ts';
import type { Builtin, Shell } from '../state/shell.ts';
import { ASH_LIMITS, DASH_LIMITS, type Limit, limitLine } from './lib/posixLimits.ts';

function symbolic(mask: number): string {
  const who = (shift: number): string =>
    'rwx'
      .split('')
      .filter((_, i) => !((mask >> shift) & (4 >> i)))
      .join('');
  return `u=${who(6)},g=${who(3)},o=${who(0)}`;
}

/** Applies `u=rwx,g-w` to a mask; the complaint if it is malformed. */
function parseSymbolic(text: string, mask: number): number | string {
  let allowed = ~mask & 0o777;
  for (const clause of text.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwx]*)$/.exec(clause);
    if (!match) {
      const operator = clause.replace(/^[ugoa]*/, '')[0] ?? '';
      const character = clause.replace(/^[ugoa]*[-+=][rwx]*/, '')[0] ?? '';
      return /[-+=]/.test(operator) ? `\`${character}': invalid symbolic mode character` : `\`${operator}': invalid symbolic mode operator`;
    }
    const bits = [...match[3]].reduce((n, c) => n | (c === 'r' ? 4 : c === 'w' ? 2 : 1), 0);
    const who = match[1] === '' || match[1].includes('a') ? 'ugo' : match[1];
    for (const w of who) {
      const shift = w === 'u' ? 6 : w === 'g' ? 3 : 0;
      if (match[2] === '=') allowed = (allowed & ~(7 << shift)) | (bits << shift);
      else if (match[2] === '+') allowed |= bits << shift;
      else allowed &= ~(bits << shift);
    }
  }
  return ~allowed & 0o777;
}

function* umask(sh: Shell, args: readonly string[], name: string): Sim<number> {
  let show = false;
  let reusable = false;
  const rest: string[] = [];
  for (const arg of args) {
    if (/^-[Sp]+$/.test(arg)) {
      show ||= arg.includes('S');
      reusable ||= arg.includes('p');
    } else if (arg.startsWith('-') && rest.length === 0 && !/^-[rwx]/.test(arg))
      return yield* invalidOption(sh, name, arg.slice(0, 2), '[-p] [-S] [mode]');
    else rest.push(arg);
  }
  const old = yield* setMask();
  if (rest.length === 0) {
    const text = show ? symbolic(old) : old.toString(8).padStart(4, '0');
    yield* output(sh, name, `${reusable ? `umask ${show ? '-S ' : ''}` : ''}${text}\n`);
    return 0;
  }
  if (/^\d/.test(rest[0])) {
    if (!/^[0-7]{1,4}$/.test(rest[0])) {
      const posix = sh.dialect === 'ash' ? 'illegal mode' : 'Illegal number';
      yield* builtinError(sh, name, sh.isBash ? `${rest[0]}: octal number out of range` : `${posix}: ${rest[0]}`);
      return sh.isBash ? 1 : 2;
    }
    yield* setMask(Number.parseInt(rest[0], 8));
  } else {
    const mask = parseSymbolic(rest[0], old);
    if (typeof mask === 'string') {
      yield* builtinError(sh, name, mask);
      return 1;
    }
    yield* setMask(mask);
  }
  if (show) yield* output(sh, name, `${symbolic(yield* setMask())}\n`);
  return 0;
}

/** Letter, description, unit, name for getrlimit, bytes per unit. */
const LIMITS: readonly (readonly [letter: string, text: string, unit: string, resource: string, scale: number])[] = [
  ['R', 'real-time non-blocking time', 'microseconds, ', 'rttime', 1],
  ['c', 'core file size', 'blocks, ', 'core', 1024],
  ['d', 'data seg size', 'kbytes, ', 'data', 1024],
  ['e', 'scheduling priority', '', 'nice', 1],
  ['f', 'file size', 'blocks, ', 'fsize', 1024],
  ['i', 'pending signals', '', 'sigpending', 1],
  ['l', 'max locked memory', 'kbytes, ', 'memlock', 1024],
  ['m', 'max memory size', 'kbytes, ', 'rss', 1024],
  ['n', 'open files', '', 'nofile', 1],
  ['p', 'pipe size', '512 bytes, ', 'pipe', 512],
  ['q', 'POSIX message queues', 'bytes, ', 'msgqueue', 1],
  ['r', 'real-time priority', '', 'rtprio', 1],
  ['s', 'stack size', 'kbytes, ', 'stack', 1024],
  ['t', 'cpu time', 'seconds, ', 'cpu', 1],
  ['u', 'max user processes', '', 'nproc', 1],
  ['v', 'virtual memory', 'kbytes, ', 'as', 1024],
  ['x', 'file locks', '', 'locks', 1],
];

function* limit(resource: string, hard: boolean): Sim<number> {
  if (resource === 'pipe') return 4096;
  try {
    const value = yield* getrlimit(resource);
    return hard ? value.hard : value.soft;
  } catch (error) {
    if (error instanceof Errno) return Number.POSITIVE_INFINITY;
    throw error;
  }
}

const shown = (value: number, scale: number): string => (Number.isFinite(value) ? String(Math.floor(value / scale)) : 'unlimited');

const BASH_LIMITS: readonly Limit[] = LIMITS.map(([letter, title, , resource, scale]) => ({ title, letter, resource, scale }));

function limitsOf(sh: Shell): readonly Limit[] {
  return sh.isBash ? BASH_LIMITS : sh.dialect === 'ash' ? ASH_LIMITS : DASH_LIMITS;
}

function* ulimit(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const known = limitsOf(sh);
  let hard = false;
  let soft = false;
  let all = false;
  const letters: string[] = [];
  let value: string | undefined;
  for (const arg of args) {
    if (arg.startsWith('-') && arg.length > 1 && value === undefined) {
      for (const c of arg.slice(1)) {
        if (c === 'H') hard = true;
        else if (c === 'S') soft = true;
        else if (c === 'a') all = true;
        else if (known.some((l) => l.letter === c)) letters.push(c);
        else if (sh.dialect === 'ash') {
          yield* complain(`ulimit: invalid option -- '${c}'\n`);
          return 1;
        } else return yield* invalidOption(sh, name, `-${c}`, '[-SHabcdefiklmnpqrstuvxPRT] [limit]');
      }
    } else if (value !== undefined && sh.dialect === 'dash') {
      yield* builtinError(sh, name, 'too many arguments');
      return 2;
    } else value ??= arg;
  }
  if (all && !sh.isBash) {
    for (const l of known)
      yield* output(sh, name, limitLine(sh.dialect as 'dash' | 'ash', l, shown(yield* limit(l.resource, hard), l.scale)));
    return 0;
  }
  if (all) {
    for (const [letter, text, unit, resource, scale] of LIMITS) {
      yield* output(sh, name, `${text.padEnd(24)}${`(${unit}-${letter})`.padStart(19)} ${shown(yield* limit(resource, hard), scale)}\n`);
    }
    return 0;
  }
  const letter = letters[0] ?? 'f';
  const { title, resource, scale } = known.find((l) => l.letter === letter)!;
  if (value === undefined) {
    yield* output(sh, name, `${shown(yield* limit(resource, hard), scale)}\n`);
    return 0;
  }
  const old = { soft: yield* limit(resource, false), hard: yield* limit(resource, true) };
  const number =
    value === 'unlimited'
      ? Number.POSITIVE_INFINITY
      : value === 'hard'
        ? old.hard
        : value === 'soft'
          ? old.soft
          : /^\d+$/.test(value)
            ? Number(value) * scale
            : Number.NaN;
  if (Number.isNaN(number)) {
    if (sh.dialect === 'ash') yield* appletError(sh, `invalid number '${value}'`);
    else yield* builtinError(sh, name, sh.isBash ? `${value}: invalid number` : 'bad number');
    return sh.dialect === 'dash' ? 2 : 1;
  }
  try {
    yield* setrlimit(resource, hard && !soft ? old.soft : number, soft && !hard ? old.hard : number);
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    yield* builtinError(sh, name, sh.isBash ? `${title}: cannot modify limit: ${error.message}` : `error setting limit: ${error.message}`);
    return 1;
  }
  return 0;
}

function* times(sh: Shell, _args: readonly string[], name: string): Sim<number> {
  const none = sh.dialect === 'dash' ? '0m0.000000s' : '0m0.000s';
  yield* output(sh, name, `${none} ${none}\n${none} ${none}\n`);
  return 0;
}

export const builtins: readonly Builtin[] = [
  { name: 'umask', usage: '[-p] [-S] [mode]', summary: 'Show or set the mask for new files.', run: umask },
  { name: 'ulimit', usage: '[-SHabcdefiklmnpqrstuvxPRT] [limit]', summary: 'Show or set resource limits.', run: ulimit },
  { name: 'times', special: true, usage: '', summary: 'Show the CPU time used.', run: times },
];
