import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { close, isatty, open, readdir, readText, S_IFDIR, S_IFMT, S_IFREG, stat, statOrNull, write } from '../kernel/syscalls.ts';
import { RegexError, type RegexSyntax } from '../lib/regex/regex.ts';
import { Done, Fatal, UsageError } from './lib/failure.ts';
import { fnmatch } from './lib/glob.ts';
import { type GrepColours, type GrepOutput, grepFile } from './lib/grepFile.ts';
import { Matcher } from './lib/matcher.ts';
import { type OptionSpec, type ParsedOptions, parseOptions } from './lib/options.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC: OptionSpec = {
  short: 'A:B:C:D:EFGHILPTUVZabce:d:f:hilm:noqrRsuvwxyz0::1::2::3::4::5::6::7::8::9::',
  long: {
    'after-context': 'A:',
    'before-context': 'B:',
    context: 'C:',
    devices: 'D:',
    'extended-regexp': 'E',
    'fixed-strings': 'F',
    'basic-regexp': 'G',
    'with-filename': 'H',
    'files-without-match': 'L',
    'perl-regexp': 'P',
    'initial-tab': 'T',
    binary: 'U',
    null: 'Z',
    text: 'a',
    'byte-offset': 'b',
    count: 'c',
    regexp: 'e:',
    directories: 'd:',
    file: 'f:',
    'no-filename': 'h',
    'ignore-case': 'i',
    'no-ignore-case': 'noi',
    'files-with-matches': 'l',
    'max-count': 'm:',
    'line-number': 'n',
    'only-matching': 'o',
    quiet: 'q',
    silent: 'q',
    recursive: 'r',
    'dereference-recursive': 'R',
    'no-messages': 's',
    'invert-match': 'v',
    'word-regexp': 'w',
    'line-regexp': 'x',
    'null-data': 'z',
    color: 'color::',
    colour: 'color::',
    include: 'include:',
    exclude: 'exclude:',
    'exclude-dir': 'xdir:',
    'exclude-from': 'xfrom:',
    'binary-files': 'binary:',
    label: 'label:',
    'line-buffered': 'lb',
    'no-group-separator': 'nogs',
    'group-separator': 'gs:',
  },
  usage: '[OPTION]... PATTERNS [FILE]...',
  about: 'Prints the lines that match a pattern.',
  version: 'GNU grep) 3.12',
};
const DEFAULT_COLOURS: GrepColours = { match: '01;31', file: '35', number: '32', separator: '36' };

function* usage(t: Tool): Sim<never> {
  if (t.busybox) throw new UsageError('');
  return yield* complain(t, '');
}

/** grep's own form of a wrong call: the message if there is one, the usage, status 2. */
function* complain(t: Tool, message: string): Sim<never> {
  yield* t.out.flush();
  yield* write(2, `${message}Usage: ${t.name} [OPTION]... PATTERNS [FILE]...\nTry '${t.name} --help' for more information.\n`);
  throw new Done(2);
}

function contextLines(o: ParsedOptions, key: string): number | undefined {
  const text = o.value(key);
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw new Fatal(`${text}: invalid context length argument`);
  return Number(text);
}

/** grep, egrep and fgrep. */
export function* grep(t: Tool, fixed?: RegexSyntax | 'fixed'): Sim<number> {
  const o = yield* readOptions(t);
  let syntax: RegexSyntax | 'fixed' = fixed ?? 'basic';
  for (const [k] of o.options) syntax = k === 'E' ? 'extended' : k === 'F' ? 'fixed' : k === 'G' ? 'basic' : k === 'P' ? 'perl' : syntax;
  const files = [...o.operands];
  const patterns: string[] = [];
  for (const [k, v] of o.options) {
    if (k === 'e') patterns.push(...v.split('\n'));
    else if (k === 'f') {
      const text = yield* patternFile(t, v);
      if (text !== '') patterns.push(...text.replace(/\n$/, '').split('\n'));
    }
  }
  if (!o.has('e') && !o.has('f')) {
    if (files.length === 0) return yield* usage(t);
    patterns.push(...files.shift()!.split('\n'));
  }
  const zero = o.has('z');
  let matcher: Matcher;
  try {
    const lastCase = o.options.filter(([k]) => k === 'i' || k === 'y' || k === 'noi').at(-1)?.[0];
    matcher = new Matcher(patterns, syntax, {
      ignoreCase: lastCase !== undefined && lastCase !== 'noi',
      word: o.has('w'),
      line: o.has('x'),
      multiline: zero,
    });
  } catch (error) {
    if (error instanceof RegexError) throw new Fatal(t.busybox ? `bad regex '${patterns[0]}': ${error.message}` : error.message);
    throw error;
  }
  if (!t.busybox) for (const w of matcher.warnings) yield* t.warn(`warning: ${w}`);
  const recursive = o.has('r') || o.has('R') || o.value('d') === 'recurse';
  const maximum = o.value('m');
  if (maximum !== undefined && !/^-?\d+$/.test(maximum)) throw new Fatal('invalid max count');
  const digits = o.options
    .filter(([k]) => /^\d$/.test(k))
    .map(([k, v]) => k + v)
    .join('');
  const both = contextLines(o, 'C') ?? (digits === '' ? 0 : Number(digits));
  const roots = files.length > 0 ? files : recursive ? ['.'] : ['-'];
  const when = o.value('color');
  const colour = !t.busybox && (when === 'always' || ((when === 'auto' || when === '') && (yield* isatty(1))));
  const lastName = o.options.filter(([k]) => k === 'h' || k === 'H').at(-1)?.[0];
  const singleFile = files.length <= 1 && !(recursive && (files.length === 0 || (yield* isDirectory(roots[0]))));
  const plan: GrepOutput = {
    invert: o.has('v'),
    count: o.has('c'),
    list: o.has('l') ? 'with' : o.has('L') ? 'without' : undefined,
    quiet: o.has('q'),
    only: o.has('o'),
    names: lastName === 'H' || (lastName !== 'h' && !singleFile),
    numbers: o.has('n'),
    offsets: o.has('b'),
    max: maximum === undefined || maximum.startsWith('-') ? Number.POSITIVE_INFINITY : Number(maximum),
    before: contextLines(o, 'B') ?? both,
    after: contextLines(o, 'A') ?? both,
    context: ['A', 'B', 'C'].some((key) => o.has(key)) || digits !== '',
    separator: o.has('nogs') ? undefined : (o.value('gs') ?? '--'),
    end: zero ? '\0' : '\n',
    nameEnd: o.has('Z') ? '\0' : undefined,
    initialTab: o.has('T'),
    text: o.has('a') || o.value('binary') === 'text',
    skipBinary: o.has('I') || o.value('binary') === 'without-match',
    colours: colour ? DEFAULT_COLOURS : undefined,
    state: { printed: false },
  };
  const run = new GrepRun(t, o, matcher, plan, recursive);
  for (const root of roots) {
    yield* run.root(root, files.length === 0 && recursive);
    if (plan.quiet && run.matched) throw new Done(0);
  }
  return run.failed ? 2 : run.matched ? 0 : 1;
}

function* readOptions(t: Tool): Sim<ParsedOptions> {
  try {
    return yield* parseOptions(t, SPEC);
  } catch (error) {
    if (!(error instanceof UsageError) || t.busybox) throw error;
    return yield* complain(t, `${t.name}: ${error.message}\n`);
  }
}

function* patternFile(t: Tool, path: string): Sim<string> {
  try {
    return yield* readText(path === '-' ? '/dev/stdin' : path);
  } catch (error) {
    if (isErrno(error)) throw new Fatal(t.busybox ? `can't open '${path}': ${error.message}` : `${path}: ${error.message}`);
    throw error;
  }
}

function* isDirectory(path: string): Sim<boolean> {
  const info = path === '-' ? null : yield* statOrNull(path);
  return info !== null && (info.mode & S_IFMT) === S_IFDIR;
}

class GrepRun {
  matched = false;
  failed = false;
  readonly #t: Tool;
  readonly #o: ParsedOptions;
  readonly #matcher: Matcher;
  readonly #plan: GrepOutput;
  readonly #recursive: boolean;
  readonly #include: readonly string[];
  readonly #exclude: readonly string[];
  readonly #excludeDir: readonly string[];

  constructor(t: Tool, o: ParsedOptions, matcher: Matcher, plan: GrepOutput, recursive: boolean) {
    this.#t = t;
    this.#o = o;
    this.#matcher = matcher;
    this.#plan = plan;
    this.#recursive = recursive;
    const all = (key: string): string[] => o.options.filter(([k]) => k === key).map(([, v]) => v);
    this.#include = all('include');
    this.#exclude = all('exclude');
    this.#excludeDir = all('xdir').map((d) => d.replace(/(?<=.)\/+$/, ''));
  }

  *#complain(path: string, error: unknown): Sim<void> {
    if (!isErrno(error)) throw error;
    this.failed = true;
    if (this.#o.has('s')) return;
    yield* this.#t.warn(`${path}: ${error.message}`);
  }

  *root(path: string, implied: boolean): Sim<void> {
    if (path === '-') {
      this.matched = (yield* grepFile(this.#t, 0, this.#o.value('label') ?? '(standard input)', this.#matcher, this.#plan)) || this.matched;
      return;
    }
    try {
      const info = yield* stat(path);
      if ((info.mode & S_IFMT) === S_IFDIR) {
        if (this.#recursive) yield* this.#directory(path, implied ? '' : `${path.replace(/(?<=.)\/+$/, '')}/`.replace(/^\/\/$/, '/'));
        else if (this.#o.value('d') !== 'skip') {
          if (this.#t.busybox) return;
          this.failed = true;
          if (!this.#o.has('s')) yield* this.#t.warn(`${path}: Is a directory`);
        }
        return;
      }
    } catch (error) {
      yield* this.#complain(path, error);
      return;
    }
    if (this.#skip(path.slice(path.lastIndexOf('/') + 1))) return;
    yield* this.#file(path);
  }

  #skip(name: string): boolean {
    if (this.#exclude.some((p) => fnmatch(p, name))) return true;
    return this.#include.length > 0 && !this.#include.some((p) => fnmatch(p, name));
  }

  *#directory(path: string, prefix: string): Sim<void> {
    let entries: readonly { readonly name: string; readonly type: number }[];
    try {
      entries = yield* readdir(path);
    } catch (error) {
      yield* this.#complain(path, error);
      return;
    }
    for (const { name, type } of entries) {
      const full = prefix + name;
      const info = type === S_IFDIR || type === S_IFREG ? { mode: type } : this.#o.has('R') ? yield* statOrNull(full) : null;
      if (info === null) continue;
      if ((info.mode & S_IFMT) === S_IFDIR) {
        if (!this.#excludeDir.some((p) => fnmatch(p, name))) yield* this.#directory(full, `${full}/`);
      } else if ((info.mode & S_IFMT) === S_IFREG && !this.#skip(name)) yield* this.#file(full);
      if (this.#plan.quiet && this.matched) return;
    }
  }

  *#file(path: string): Sim<void> {
    try {
      const fd = yield* open(path, 'r');
      try {
        this.matched = (yield* grepFile(this.#t, fd, path, this.#matcher, this.#plan)) || this.matched;
      } finally {
        yield* close(fd);
      }
    } catch (error) {
      yield* this.#complain(path, error);
    }
  }
}

export const programs: readonly Program[] = [
  tool('grep', (t) => grep(t), { failStatus: 2, busyboxStatus: 2, shortName: true }),
  tool('egrep', (t) => grep(t, 'extended'), { failStatus: 2, busyboxStatus: 2, shortName: true }),
  tool('fgrep', (t) => grep(t, 'fixed'), { failStatus: 2, busyboxStatus: 2, shortName: true }),
];
