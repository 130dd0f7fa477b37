import type { Sim } from '../kernel/sim.ts';
import { write } from '../kernel/syscalls.ts';
import { Done, UsageError } from './lib/failure.ts';
import { fnmatch } from './lib/glob.ts';
import { LineReader, openInput } from './lib/input.ts';
import { type OptionSpec, type ParsedOptions, parseArguments } from './lib/options.ts';
import { appendArchive, createArchive } from './lib/tar/create.ts';
import { readArchive } from './lib/tar/extract.ts';
import type { TarPlan } from './lib/tar/plan.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC: OptionSpec = {
  short: 'AcdtruxzjJZaC:f:vpkOoPSX:T:b:hlmwWUGg:L:M:N:V:K:F:iB',
  long: {
    create: 'c',
    extract: 'x',
    get: 'x',
    list: 't',
    append: 'r',
    update: 'u',
    diff: 'd',
    compare: 'd',
    concatenate: 'A',
    catenate: 'A',
    delete: 'delete',
    gzip: 'z',
    gunzip: 'z',
    ungzip: 'z',
    bzip2: 'j',
    xz: 'J',
    lzma: 'lzma',
    zstd: 'zstd',
    'auto-compress': 'a',
    directory: 'C:',
    file: 'f:',
    verbose: 'v',
    'preserve-permissions': 'p',
    'same-permissions': 'p',
    'keep-old-files': 'k',
    'skip-old-files': 'skip',
    overwrite: 'ow',
    'to-stdout': 'O',
    'absolute-names': 'P',
    'strip-components': 'strip:',
    exclude: 'exclude:',
    'exclude-from': 'X:',
    'files-from': 'T:',
    dereference: 'h',
    wildcards: 'wild',
    'no-wildcards': 'nowild',
    owner: 'owner:',
    group: 'group:',
    mode: 'mode:',
    mtime: 'mtime:',
    sort: 'sort:',
    'numeric-owner': 'numeric',
    'same-owner': 'same',
    'no-same-owner': 'o',
    'no-same-permissions': 'nsp',
    transform: 'transform:',
    xform: 'transform:',
    'no-recursion': 'norec',
    'remove-files': 'rmf',
    totals: 'totals',
    format: 'format:',
    anchored: 'anch',
    'no-anchored': 'noanch',
    touch: 'm',
    null: 'null',
    'blocking-factor': 'b:',
    'exclude-vcs': 'vcs',
    'one-file-system': 'l',
    'full-time': 'full',
    'test-label': 'label',
    'unlink-first': 'U',
    warning: 'warning:',
    'use-compress-program': 'I:',
    'show-transformed-names': 'show',
    'ignore-failed-read': 'ifr',
    xattrs: 'xattrs',
    'no-xattrs': 'nox',
  },
  usage: '[OPTION...] [FILE]...',
  about: 'Stores files in an archive, lists one, or takes files out of it.',
  version: 'GNU tar) 1.35',
};

/** `tar cvf x.tar dir`: the first word is a bundle of options, whose arguments follow in order. */
function modernise(t: Tool): readonly string[] {
  const first = t.args[0];
  if (first === undefined || first.startsWith('-') || first === '') return t.args;
  const rest = t.args.slice(1);
  const out: string[] = [];
  for (const c of first) {
    const at = SPEC.short.indexOf(c);
    if (at >= 0 && SPEC.short[at + 1] === ':') {
      if (rest.length === 0) throw new OldOptionError(c);
      out.push(`-${c}`, rest.shift()!);
    } else out.push(`-${c}`);
  }
  return [...out, ...rest];
}

class OldOptionError extends UsageError {
  constructor(letter: string) {
    super(`Old option '${letter}' requires an argument.`);
  }
}

function* hint(t: Tool, message: string, status: number): Sim<never> {
  if (t.busybox) throw new UsageError(message);
  yield* write(
    2,
    `${message === '' ? '' : `${t.name}: ${message}\n`}Try '${t.name} --help' or '${t.name} --usage' for more information.\n`,
  );
  throw new Done(status);
}

/** The archiver. */
export function* tar(t: Tool): Sim<number> {
  let o: ParsedOptions;
  let args: readonly string[] = [];
  try {
    args = modernise(t);
    o = parseArguments(args, SPEC);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return yield* hint(t, error.message, error instanceof OldOptionError ? 2 : 64);
  }
  if (o.has('--help')) {
    yield* t.print(`Usage: ${t.name} [OPTION...] [FILE]...\n`);
    return 0;
  }
  if (o.has('--version')) {
    yield* t.print(t.busybox ? 'tar (busybox) 1.37.0\n' : 'tar (GNU tar) 1.35\n');
    return 0;
  }
  const modes = [...new Set(o.options.map(([k]) => k).filter((k) => ['A', 'c', 'd', 't', 'r', 'u', 'x', 'delete'].includes(k)))];
  if (modes.length === 0)
    return yield* hint(t, t.busybox ? '' : "You must specify one of the '-Acdtrux', '--delete' or '--test-label' options", 2);
  if (modes.length > 1) return yield* hint(t, "You may not specify more than one '-Acdtrux', '--delete' or  '--test-label' option", 2);
  const plan = yield* readPlan(o, args);
  t.failStatus = t.busybox ? 1 : 2;
  switch (modes[0]) {
    case 'c':
      if (plan.operands.length === 0 && !o.has('T')) {
        if (t.busybox) return yield* fatal(t, 'empty archive');
        return yield* hint(t, 'Cowardly refusing to create an empty archive', 2);
      }
      return yield* createArchive(t, plan);
    case 'r':
    case 'u':
      return yield* appendArchive(t, plan);
    case 't':
    case 'x':
      return yield* readArchive(t, plan, modes[0] === 'x');
    default:
      return yield* fatal(t, `-${modes[0]} is not simulated`);
  }
}

function* fatal(t: Tool, message: string): Sim<number> {
  yield* t.warn(message);
  return t.failStatus;
}

function* readPlan(o: ParsedOptions, args: readonly string[]): Sim<TarPlan> {
  const exclude: string[] = [];
  const operands: { name: string; dir: string | undefined }[] = [];
  for (const [key, value] of o.options) {
    if (key === 'exclude') exclude.push(value);
    else if (key === 'X') exclude.push(...(yield* lines(value)));
    else if (key === 'vcs') exclude.push('.git', '.gitignore', '.svn', 'CVS', '.hg');
  }
  // -C holds for the names that follow it, so options and operands are walked in their order.
  let dir: string | undefined;
  const rest = [...o.operands];
  const inOrder = orderOf(args, rest);
  for (const item of inOrder) {
    if (item.chdir !== undefined) dir = item.chdir.startsWith('/') || dir === undefined ? item.chdir : `${dir}/${item.chdir}`;
    else operands.push({ name: item.operand!, dir });
  }
  const from = o.value('T');
  if (from !== undefined) for (const name of yield* lines(from, o.has('null') ? '\0' : '\n')) operands.push({ name, dir });
  const file = o.value('f') ?? '-';
  const suffix = /\.(tar\.gz|tgz|gz)$/.test(file)
    ? 'gzip'
    : /\.(tar\.xz|txz|xz)$/.test(file)
      ? 'xz'
      : /\.(tar\.bz2|tbz2?|bz2)$/.test(file)
        ? 'bzip2'
        : undefined;
  return {
    file,
    operands,
    exclude,
    directory: dir,
    compression: o.has('z') ? 'gzip' : o.has('J') ? 'xz' : o.has('j') ? 'bzip2' : o.has('a') ? suffix : undefined,
    verbose: o.options.filter(([k]) => k === 'v').length,
    toStdout: o.has('O'),
    absolute: o.has('P'),
    strip: Number(o.value('strip') ?? 0),
    dereference: o.has('h'),
    wildcards: o.has('wild'),
    keepOld: o.has('k'),
    skipOld: o.has('skip'),
    permissions: o.has('p'),
    numericOwner: o.has('numeric'),
    owner: o.value('owner'),
    group: o.value('group'),
    mode: o.value('mode'),
    mtime: o.value('mtime'),
    sortByName: o.value('sort') === 'name',
    recursion: !o.has('norec'),
    removeFiles: o.has('rmf'),
    noTimes: o.has('m'),
    sameOwner: o.has('same') ? true : o.has('o') ? false : undefined,
    transform: o.options.filter(([k]) => k === 'transform').map(([, v]) => v),
    showTransformed: o.has('show'),
    fullTime: o.has('full'),
    totals: o.has('totals'),
    excluded: (name) => exclude.some((p) => excludes(p, name)),
  };
}

/** An exclusion pattern matches at any slash, and all that lies below. */
function excludes(pattern: string, name: string): boolean {
  const parts = name.split('/');
  const bare = pattern.replace(/\/+$/, '');
  for (let i = 0; i < parts.length; i++) {
    for (let j = parts.length; j > i; j--) if (fnmatch(bare, parts.slice(i, j).join('/'))) return true;
  }
  return fnmatch(bare, name);
}

interface Item {
  readonly chdir?: string;
  readonly operand?: string;
}

/** Walks the words again to see where -C stands among the operands. */
function orderOf(args: readonly string[], operands: readonly string[]): Item[] {
  const items: Item[] = [];
  let next = 0;
  for (let i = 0; i < args.length; i++) {
    const a = args[i];
    const long = /^--directory=(.*)$/s.exec(a);
    if (long) items.push({ chdir: long[1] });
    else if (a === '--directory') items.push({ chdir: args[++i] });
    else if (/^-[^-]*C$/.test(a) && !a.startsWith('--')) items.push({ chdir: args[++i] });
    else if (/^-C./.test(a)) items.push({ chdir: a.slice(2) });
    else if (next < operands.length && a === operands[next]) {
      const before = args[i - 1];
      const taken = before !== undefined && i > 0 && /^-[^-]*[fXTbgLMNVKF]$/.test(before);
      if (!taken) {
        items.push({ operand: a });
        next++;
      }
    }
  }
  for (; next < operands.length; next++) items.push({ operand: operands[next] });
  return items;
}

function* lines(path: string, delimiter = '\n'): Sim<string[]> {
  const out: string[] = [];
  const reader = new LineReader(yield* openInput(path), delimiter);
  for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) if (line !== '') out.push(line);
  return out;
}

export const program = tool('tar', tar, { failStatus: 2 });
