import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { isatty, now, poll, read as readFd, type Termios, tcgetattr, tcsetattr } from '../../kernel/syscalls.ts';
import { Utf8Decoder } from '../../lib/utf8.ts';
import { appletError, builtinError, complain, invalidOption } from '../exec/message.ts';
import { splitForRead } from '../expand/split.ts';
import type { Dialect } from '../state/dialect.ts';
import type { Builtin, Shell } from '../state/shell.ts';
import { parseOptions } from './lib/options.ts';

const USAGE = '[-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]';
const TIMED_OUT = 142;

interface Line {
  text: string;
  /** True where a backslash protected the character. */
  marked: boolean[];
  end: 'delimiter' | 'eof' | 'count' | 'timeout';
}

interface Limits {
  readonly fd: number;
  readonly raw: boolean;
  readonly delimiter: string;
  /** Stop after so many characters. */
  readonly count: number;
  /** -N: the delimiter does not end it. */
  readonly exact: boolean;
  /** Virtual time. */
  readonly deadline: number | undefined;
}

function* readLine(sh: Shell, limits: Limits): Sim<Line> {
  const decoder = new Utf8Decoder();
  const line: Line = { text: '', marked: [], end: 'eof' };
  let escaped = false;
  let taken = 0;
  for (;;) {
    if (taken >= limits.count) {
      line.end = 'count';
      return line;
    }
    if (limits.deadline !== undefined) {
      const left = limits.deadline - (yield* now());
      if (left <= 0 || (yield* poll([{ fd: limits.fd, read: true }], left)).length === 0) {
        line.end = 'timeout';
        return line;
      }
    }
    const byte = yield* readFd(limits.fd, 1);
    if (byte.length === 0) {
      const rest = decoder.flush();
      line.text += rest;
      return line;
    }
    const c = decoder.decode(byte);
    if (c === '') continue;
    if (escaped) {
      escaped = false;
      if (c === '\n') {
        if (sh.interactive && sh.terminalFd >= 0 && limits.fd === 0) yield* complain(sh.vars.get('PS2') ?? '> ');
        continue;
      }
      line.text += c;
      line.marked[line.text.length - 1] = true;
      taken++;
    } else if (c === '\\' && !limits.raw) escaped = true;
    else if (c === limits.delimiter && !limits.exact) {
      line.end = 'delimiter';
      return line;
    } else if (c !== '\0') {
      line.text += c;
      taken++;
    }
  }
}

const READ_OPTIONS: Readonly<Record<Dialect, string>> = { bash: 'ersa:d:i:n:N:p:t:u:', dash: 'rp:', ash: 'rsd:n:p:t:u:' };

function* run(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = parseOptions(args, READ_OPTIONS[sh.dialect]);
  if (o.bad) return yield* invalidOption(sh, name, o.bad, USAGE);
  if (o.missing) {
    yield* builtinError(sh, name, sh.isBash ? `${o.missing}: option requires an argument` : `No arg for ${o.missing} option`);
    if (sh.isBash) yield* complain(`${name}: usage: ${name} ${USAGE}\n`);
    return 2;
  }
  const names = o.rest;
  if (sh.dialect === 'dash' && names.length === 0) {
    yield* builtinError(sh, name, 'arg count');
    return 2;
  }
  const bad = names.find((n) => !/^[A-Za-z_]\w*(\[.*\])?$/s.test(n));
  if (bad !== undefined) {
    if (sh.dialect === 'ash') yield* appletError(sh, `read: '${bad}': bad variable name`);
    else yield* builtinError(sh, name, sh.isBash ? `\`${bad}': not a valid identifier` : `${bad}: bad variable name`);
    return sh.dialect === 'dash' ? 2 : 1;
  }
  const fd = Number(o.flags.get('u') ?? 0);
  const timeout = o.flags.get('t');
  if (timeout !== undefined && !/^\d*\.?\d*$/.test(timeout)) {
    yield* builtinError(sh, name, `${timeout}: invalid timeout specification`);
    return 1;
  }
  const countText = o.flags.get('N') ?? o.flags.get('n');
  if (countText !== undefined && !/^\d+$/.test(countText)) {
    yield* builtinError(sh, name, `${countText}: invalid number`);
    return 1;
  }
  const terminal = yield* onTerminal(fd);
  if (timeout !== undefined && Number(timeout) === 0) {
    try {
      return (yield* poll([{ fd, read: true }], 0)).length > 0 ? 0 : 1;
    } catch (error) {
      if (error instanceof Errno) return 1;
      throw error;
    }
  }
  const prompt = o.flags.get('p');
  if (prompt !== undefined && terminal) yield* complain(prompt);
  const delimiter = o.flags.has('d') ? (o.flags.get('d')![0] ?? '\0') : '\n';
  const count = countText === undefined ? Number.POSITIVE_INFINITY : Number(countText);
  let settings: Termios | undefined;
  if (terminal && (o.flags.has('s') || Number.isFinite(count) || delimiter !== '\n')) {
    settings = { ...(yield* tcgetattr(fd)) };
    yield* tcsetattr(fd, {
      ...(o.flags.has('s') ? { echo: false } : {}),
      ...(Number.isFinite(count) || delimiter !== '\n' ? { icanon: false } : {}),
    });
  }
  let line: Line;
  sh.interruptible = true;
  try {
    line = yield* readLine(sh, {
      fd,
      raw: o.flags.has('r'),
      delimiter,
      count,
      exact: o.flags.has('N'),
      deadline: timeout === undefined ? undefined : (yield* now()) + Number(timeout) * 1e6,
    });
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    yield* builtinError(
      sh,
      name,
      error.code === 'EBADF' ? `${fd}: invalid file descriptor: ${error.message}` : `read error: ${fd}: ${error.message}`,
    );
    return 1;
  } finally {
    sh.interruptible = false;
    if (settings) yield* tcsetattr(fd, settings);
  }
  const status = line.end === 'eof' ? 1 : line.end === 'timeout' ? TIMED_OUT : 0;
  assign(sh, o.flags.get('a'), names, line, o.flags.has('N'));
  return status;
}

function* onTerminal(fd: number): Sim<boolean> {
  try {
    return yield* isatty(fd);
  } catch (error) {
    if (error instanceof Errno) return false;
    throw error;
  }
}

function set(sh: Shell, name: string, value: string): void {
  const open = name.indexOf('[');
  if (open > 0) sh.vars.setElement(name.slice(0, open), name.slice(open + 1, -1), value);
  else sh.vars.set(name, value);
}

function assign(sh: Shell, array: string | undefined, names: readonly string[], line: Line, whole: boolean): void {
  const ifs = sh.vars.get('IFS') ?? ' \t\n';
  if (array !== undefined) {
    sh.vars.setArray(
      array,
      splitForRead(line.text, line.marked, ifs, Number.POSITIVE_INFINITY).map((value) => ({ value })),
      false,
    );
    return;
  }
  if (names.length === 0) {
    sh.vars.set('REPLY', line.text);
    return;
  }
  if (whole) {
    names.forEach((n, i) => set(sh, n, i === 0 ? line.text : ''));
    return;
  }
  const pieces = splitForRead(line.text, line.marked, ifs, names.length);
  names.forEach((n, i) => set(sh, n, pieces[i] ?? ''));
}

const MAPFILE_USAGE = '[-d delim] [-n count] [-O origin] [-s count] [-t] [-u fd] [-C callback] [-c quantum] [array]';

function* mapfile(sh: Shell, args: readonly string[], name: string): Sim<number> {
  const o = parseOptions(args, 'd:n:O:s:tu:C:c:');
  if (o.bad) return yield* invalidOption(sh, name, o.bad, MAPFILE_USAGE);
  const target = o.rest[0] ?? 'MAPFILE';
  if (!/^[A-Za-z_]\w*$/.test(target)) {
    yield* builtinError(sh, name, `\`${target}': not a valid identifier`);
    return 1;
  }
  const fd = Number(o.flags.get('u') ?? 0);
  const delimiter = o.flags.has('d') ? (o.flags.get('d')![0] ?? '\0') : '\n';
  const max = Number(o.flags.get('n') ?? 0) || Number.POSITIVE_INFINITY;
  let skip = Number(o.flags.get('s') ?? 0);
  let index = Number(o.flags.get('O') ?? 0);
  const quantum = Number(o.flags.get('c') ?? 5000);
  if (!o.flags.has('O')) sh.vars.setArray(target, [], false);
  let taken = 0;
  while (taken < max) {
    let line: Line;
    try {
      line = yield* readLine(sh, { fd, raw: true, delimiter, count: Number.POSITIVE_INFINITY, exact: false, deadline: undefined });
    } catch (error) {
      if (!(error instanceof Errno)) throw error;
      yield* builtinError(sh, name, `${fd}: invalid file descriptor: ${error.message}`);
      return 1;
    }
    if (line.end === 'eof' && line.text === '') break;
    if (skip > 0) {
      skip--;
      continue;
    }
    const value = line.end === 'delimiter' && !o.flags.has('t') ? line.text + delimiter : line.text;
    taken++;
    if (o.flags.has('C') && taken % quantum === 0)
      yield* sh.interpreter.evalText(sh, `${o.flags.get('C')} ${index} '${value.replaceAll("'", "'\\''")}'`, {
        name: 'mapfile',
        kind: 'eval',
      });
    sh.vars.setElement(target, String(index++), value);
    if (line.end === 'eof') break;
  }
  return 0;
}

export const builtins: readonly Builtin[] = [
  { name: 'read', usage: USAGE, summary: 'Read a line and split it into variables.', run },
  { name: 'mapfile', bashOnly: true, usage: MAPFILE_USAGE, summary: 'Read lines into an array.', run: mapfile },
  { name: 'readarray', bashOnly: true, usage: MAPFILE_USAGE, summary: 'Read lines into an array.', run: mapfile },
];
