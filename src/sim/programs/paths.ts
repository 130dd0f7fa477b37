/** pwd, realpath, readlink, mktemp, truncate, which. */

import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import {
  access,
  close,
  getcwd,
  getenv,
  lstatOrNull,
  mkdir,
  open,
  randomBelow,
  readlink as readlinkCall,
  realpath as realpathCall,
  S_IFLNK,
  S_IFMT,
  S_IFREG,
  stat,
  statOrNull,
  truncate as truncateCall,
  write,
} from '../kernel/syscalls.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { parseSize } from './lib/numbers.ts';
import { parseOptions } from './lib/options.ts';
import { isDirectory, isDirectoryPath, joinPath } from './lib/paths.ts';
import { fileName, quote, quoteAlways } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

export function* pwd(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'LP',
    long: { logical: 'L', physical: 'P' },
    usage: '[OPTION]...',
    about: 'Prints the name of the current directory.',
  });
  if (o.operands.length > 0 && !t.busybox) yield* t.warn('ignoring non-option arguments');
  const here = yield* getcwd();
  const logical = yield* getenv('PWD');
  if (o.has('L') && !o.has('P') && logical?.startsWith('/')) {
    const a = yield* statOrNull(logical);
    const b = yield* statOrNull('.');
    if (a !== null && b !== null && a.ino === b.ino && a.dev === b.dev && !/(^|\/)\.\.?(\/|$)/.test(logical)) {
      yield* t.print(`${logical}\n`);
      return;
    }
  }
  yield* t.print(`${here}\n`);
}

export type MissingRule = 'all' | 'last' | 'any';

/** An absolute path without links; `missing`: which parts need not be there. Throws Errno. */
export function* canonical(path: string, missing: MissingRule, followLinks = true): Sim<string> {
  if (missing === 'all' && followLinks) return yield* realpathCall(path);
  let out: string[] = path.startsWith('/') ? [] : (yield* getcwd()).split('/').filter((p) => p !== '');
  const todo = path.split('/').filter((p) => p !== '' && p !== '.');
  for (let hops = 0; todo.length > 0; ) {
    const part = todo.shift()!;
    if (part === '..') {
      out.pop();
      continue;
    }
    const full = `/${[...out, part].join('/')}`;
    const info = yield* lstatOrNull(full);
    if (info === null && missing !== 'any' && (missing === 'all' || todo.length > 0)) {
      yield* stat(full); // says why
    }
    if (info !== null && followLinks && (info.mode & S_IFMT) === S_IFLNK) {
      if (++hops > 40) {
        yield* stat(full);
        return full;
      }
      const target = yield* readlinkCall(full);
      if (target.startsWith('/')) out = [];
      todo.unshift(...target.split('/').filter((p) => p !== '' && p !== '.'));
      continue;
    }
    if (info !== null && todo.length > 0 && !isDirectory(info) && missing !== 'any') yield* stat(`${full}/.`);
    out.push(part);
  }
  return `/${out.join('/')}`;
}

function relative(from: string, to: string): string {
  const a = from.split('/').filter((p) => p !== '');
  const b = to.split('/').filter((p) => p !== '');
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same++;
  return [...a.slice(same).map(() => '..'), ...b.slice(same)].join('/') || '.';
}

export function* realpath(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'EeLmPqsz',
    long: {
      'canonicalize-existing': 'e',
      'canonicalize-missing': 'm',
      canonicalize: 'E',
      logical: 'L',
      physical: 'P',
      quiet: 'q',
      'relative-to': 'rt:',
      'relative-base': 'rb:',
      strip: 's',
      'no-symlinks': 's',
      zero: 'z',
    },
    usage: '[OPTION]... FILE...',
    about: 'Prints each path in full, links resolved.',
  });
  if (o.operands.length === 0) throw new UsageError(t.busybox ? '' : 'missing operand');
  const rule: MissingRule = o.has('e') ? 'all' : o.has('m') ? 'any' : 'last';
  const base = o.value('rt') ?? o.value('rb');
  for (const path of o.operands) {
    try {
      if (path === '') yield* stat('');
      let full = yield* canonical(path, rule, !o.has('s'));
      if (base !== undefined) {
        const root = yield* canonical(base, rule, !o.has('s'));
        const within = o.value('rb') === undefined || full === root || full.startsWith(root === '/' ? '/' : `${root}/`);
        if (within) full = relative(root, full);
      }
      yield* t.print(full + (o.has('z') ? '\0' : '\n'));
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (o.has('q')) t.status = 1;
      else yield* t.error(`${t.busybox ? path : fileName(path)}: ${error.message}`);
    }
  }
}

export function* readlink(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'femnqsvz',
    long: {
      canonicalize: 'f',
      'canonicalize-existing': 'e',
      'canonicalize-missing': 'm',
      'no-newline': 'n',
      quiet: 'q',
      silent: 'q',
      verbose: 'v',
      zero: 'z',
    },
    usage: '[OPTION]... FILE...',
    about: 'Prints what symbolic links hold, or paths in full.',
  });
  if (o.operands.length === 0) throw new UsageError(t.busybox ? '' : 'missing operand');
  const rule: MissingRule | undefined = o.has('e') ? 'all' : o.has('m') ? 'any' : o.has('f') ? 'last' : undefined;
  for (const path of o.operands) {
    try {
      const text = rule === undefined ? yield* readlinkCall(path) : yield* canonical(path, rule);
      yield* t.print(text + (o.has('z') ? '\0' : o.has('n') && o.operands.length === 1 ? '' : '\n'));
    } catch (error) {
      if (!isErrno(error)) throw error;
      t.status = 1;
      if (o.has('v')) yield* t.error(`${fileName(path)}: ${error.message}`);
    }
  }
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

export function* mktemp(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'dp:qtu',
    long: { directory: 'd', quiet: 'q', 'dry-run': 'u', suffix: 's:', tmpdir: 'tmpdir::' },
    usage: '[OPTION]... [TEMPLATE]',
    about: 'Makes a temporary file or directory and prints its name.',
  });
  if (o.operands.length > 1) throw new UsageError('too many templates');
  let template = o.operands[0];
  const temp = (yield* getenv('TMPDIR')) || '/tmp';
  let dir = o.value('p') ?? (o.has('tmpdir') ? o.value('tmpdir') || temp : undefined);
  if (template === undefined) {
    template = t.busybox ? 'tmp.XXXXXX' : 'tmp.XXXXXXXXXX';
    dir ??= temp;
  }
  if (o.has('t')) dir ??= temp;
  const suffix = o.value('s');
  if (suffix !== undefined) {
    if (!template.endsWith('X')) throw new Fatal(`with --suffix, template ${quote(template)} must end in X`);
    template += suffix;
  }
  const xs = /X+(?=[^X]*$)/.exec(template);
  if (xs === null || xs[0].length < 3)
    throw new Fatal(t.busybox ? `${template}: Invalid argument` : `too few X's in template ${quote(template)}`);
  const head = template.slice(0, xs.index);
  const tail = template.slice(xs.index + xs[0].length);
  if (dir !== undefined && template.startsWith('/') && !t.busybox)
    throw new Fatal(`invalid template, ${quote(template)}; with --tmpdir, it may not be absolute`);
  for (let attempt = 0; attempt < 100; attempt++) {
    let middle = '';
    for (let i = 0; i < xs[0].length; i++) middle += LETTERS[yield* randomBelow(LETTERS.length)];
    const path = dir === undefined ? head + middle + tail : joinPath(dir, head + middle + tail);
    try {
      if (o.has('u')) {
        if ((yield* lstatOrNull(path)) !== null) continue;
      } else if (o.has('d')) yield* mkdir(path, 0o700);
      else yield* close(yield* open(path, 'wx', 0o600));
    } catch (error) {
      if (isErrno(error, 'EEXIST')) continue;
      if (!isErrno(error)) throw error;
      if (o.has('q')) {
        t.status = 1;
        return;
      }
      const shown = dir === undefined ? template : joinPath(dir, template);
      throw new Fatal(
        t.busybox
          ? `(null): ${error.message}`
          : `failed to create ${o.has('d') ? 'directory' : 'file'} via template ${quote(shown)}: ${error.message}`,
      );
    }
    yield* t.print(`${path}\n`);
    return;
  }
}

export function* truncate(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'cor:s:',
    long: { 'no-create': 'c', 'io-blocks': 'o', reference: 'r:', size: 's:' },
    usage: 'OPTION... FILE...',
    about: 'Shrinks or extends each file to a size.',
  });
  const text = o.value('s');
  const like = o.value('r');
  if (text === undefined && like === undefined) throw new UsageError(t.busybox ? '' : 'you must specify either ‘--size’ or ‘--reference’');
  if (o.operands.length === 0) throw new UsageError(t.busybox ? '' : 'missing file operand');
  const m = text === undefined ? null : /^\s*([-+<>/%]?)\s*(.*)$/.exec(text)!;
  const amount = m === null ? 0 : parseSize(/^[A-Za-z]/.test(m[2]) ? `1${m[2]}` : m[2]);
  if (amount === null) throw new Fatal(`Invalid number: ${quote(text!)}`);
  const base = like === undefined ? undefined : (yield* stat(like)).size;
  for (const path of o.operands) {
    try {
      let info = yield* statOrNull(path);
      if (info === null) {
        if (o.has('c')) continue;
        yield* close(yield* open(path, { write: true, create: true }, 0o666));
        info = yield* stat(path);
      }
      const size = base ?? info.size;
      const op = m?.[1] ?? '';
      const wanted =
        m === null
          ? size
          : op === '+'
            ? size + amount
            : op === '-'
              ? Math.max(0, size - amount)
              : op === '<'
                ? Math.min(size, amount)
                : op === '>'
                  ? Math.max(size, amount)
                  : op === '/'
                    ? size - (size % amount)
                    : op === '%'
                      ? Math.ceil(size / amount) * amount
                      : amount;
      yield* truncateCall(path, wanted);
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* t.error(t.busybox ? `${path}: ${error.message}` : `cannot open ${quoteAlways(path)} for writing: ${error.message}`);
    }
  }
}

export function* which(t: Tool): Sim<number> {
  if (t.busybox && t.args.filter((a) => a !== '-a').length === 0) throw new UsageError('');
  const args = t.args.filter((a) => a !== '-a' && a !== '-s' && a !== '--');
  if (t.args[0]?.startsWith('-') && !['-a', '-s', '--', '-as'].includes(t.args[0])) {
    yield* write(2, `Illegal option ${t.args[0]}\nUsage: ${t.name} [-as] args\n`);
    return 2;
  }
  const all = t.args.includes('-a');
  let status = args.length === 0 ? 1 : 0;
  const path = (yield* getenv('PATH')) ?? '';
  for (const name of args) {
    const places = name.includes('/') ? [name] : path.split(':').map((d) => joinPath(d === '' ? '.' : d, name));
    let found = false;
    for (const place of places) {
      const info = yield* statOrNull(place);
      if (info === null || (info.mode & S_IFMT) !== S_IFREG || !(yield* access(place, 1))) continue;
      if (!t.args.includes('-s')) yield* t.print(`${place}\n`);
      found = true;
      if (!all) break;
    }
    if (!found) status = 1;
  }
  return status;
}

/** Says whether a name could be made: pathchk's portable checks are left out. */
function* pathchk(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'pP',
    long: { portability: 'p' },
    usage: '[OPTION]... NAME...',
    about: 'Checks that names are valid.',
  });
  if (o.operands.length === 0) throw new UsageError('missing operand');
  for (const path of o.operands) {
    if (path === '') yield* t.error(`empty file name`);
    else if (path.split('/').some((p) => p.length > 255))
      yield* t.error(
        `limit 255 exceeded by length ${Math.max(...path.split('/').map((p) => p.length))} of file name component ${quote(path.split('/').find((p) => p.length > 255)!)}`,
      );
    else if (
      path.length > 1 &&
      path.includes('/') &&
      !(yield* isDirectoryPath(path.slice(0, path.lastIndexOf('/')) || '/')) &&
      (yield* statOrNull(path.slice(0, path.lastIndexOf('/')) || '/')) !== null
    )
      yield* t.error(`${path}: Not a directory`);
  }
}

export const programs: readonly Program[] = [
  tool('pwd', pwd),
  tool('realpath', realpath),
  tool('readlink', readlink),
  tool('mktemp', mktemp),
  tool('truncate', truncate),
  tool('which', which),
  tool('pathchk', pathchk),
];
