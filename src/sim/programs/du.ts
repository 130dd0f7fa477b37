import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { lstat, readdir, readText, S_IFDIR, S_IFLNK, S_IFMT, S_IFREG, type Stat, stat } from '../kernel/syscalls.ts';
import { formatTime } from './lib/calendar.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { fnmatch } from './lib/glob.ts';
import { humanSize, parseSize } from './lib/numbers.ts';
import { type ParsedOptions, parseOptions } from './lib/options.ts';
import { fileName, quote, quoteAlways } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: '0aB:bcd:DhHklLmPsSt:xX:',
  long: {
    null: '0',
    all: 'a',
    'apparent-size': 'apparent',
    'block-size': 'B:',
    bytes: 'b',
    total: 'c',
    'max-depth': 'd:',
    'dereference-args': 'D',
    'human-readable': 'h',
    inodes: 'inodes',
    'count-links': 'l',
    dereference: 'L',
    'no-dereference': 'P',
    summarize: 's',
    'separate-dirs': 'S',
    si: 'si',
    threshold: 't:',
    time: 'time::',
    'time-style': 'time-style:',
    'one-file-system': 'x',
    'exclude-from': 'X:',
    exclude: 'exclude:',
    'files0-from': 'files0:',
  },
  usage: '[OPTION]... [FILE]...',
  about: 'Sums up the disk usage of files and of directories with all that is in them.',
};

interface Amount {
  size: number;
  newest: number;
}

/** One run: what to count and how to show it. */
class Usage {
  readonly #t: Tool;
  readonly #o: ParsedOptions;
  readonly #show: (bytes: number) => string;
  readonly #excludes: readonly string[];
  readonly #depth: number;
  readonly #threshold: number | undefined;
  readonly #seen = new Set<string>();
  readonly #end: string;
  #device = -1;

  constructor(t: Tool, o: ParsedOptions, excludes: readonly string[]) {
    this.#t = t;
    this.#o = o;
    this.#excludes = excludes;
    this.#show = scaleOf(o);
    this.#end = o.has('0') ? '\0' : '\n';
    const depth = o.value('d');
    if (depth !== undefined && !/^\d+$/.test(depth))
      throw t.busybox ? new Fatal(`invalid number '${depth}'`) : new UsageError(`invalid maximum depth ${quote(depth)}`);
    if (o.has('s') && o.has('a')) throw new UsageError('cannot both summarize and show all entries');
    if (o.has('s') && depth !== undefined && Number(depth) !== 0)
      throw new UsageError(`warning: summarizing conflicts with --max-depth=${depth}`);
    this.#depth = o.has('s') ? 0 : depth === undefined ? Number.POSITIVE_INFINITY : Number(depth);
    const limit = o.value('t');
    if (limit !== undefined) {
      const n = parseSize(limit.replace(/^-/, ''));
      if (n === null) throw new Fatal(`invalid -t argument '${limit}'`);
      this.#threshold = limit.startsWith('-') ? -n : n;
    }
  }

  *operand(path: string): Sim<Amount> {
    const info = yield* this.#stat(path, this.#o.has('D') || this.#o.has('H'));
    if (!info) return { size: 0, newest: 0 };
    this.#device = info.dev;
    return (yield* this.#visit(path, info, 0)) ?? { size: 0, newest: 0 };
  }

  *#stat(path: string, follow: boolean): Sim<Stat | null> {
    try {
      return follow || this.#o.has('L') ? yield* stat(path) : yield* lstat(path);
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* this.#t.error(this.#t.busybox ? `${path}: ${error.message}` : `cannot access ${quoteAlways(path)}: ${error.message}`);
      return null;
    }
  }

  /** Null when it was counted before or is left out. */
  *#visit(path: string, info: Stat, level: number): Sim<Amount | null> {
    if (this.#o.has('x') && info.dev !== this.#device) return null;
    const directory = (info.mode & S_IFMT) === S_IFDIR;
    if (info.nlink > 1 || this.#o.has('L') || level === 0) {
      const key = `${info.dev}:${info.ino}`;
      if (!(this.#o.has('l') && !directory)) {
        if (this.#seen.has(key)) return null;
        this.#seen.add(key);
      }
    }
    const own = this.#own(info);
    const sum: Amount = { size: own, newest: info.mtime };
    let below = 0;
    if (directory) {
      try {
        for (const entry of yield* readdir(path)) {
          if (entry.name === '.' || entry.name === '..') continue;
          const child = path.endsWith('/') ? path + entry.name : `${path}/${entry.name}`;
          if (this.#excludes.some((p) => fnmatch(p, entry.name) || fnmatch(p, child))) continue;
          const childInfo = yield* this.#stat(child, false);
          if (!childInfo) continue;
          const part = yield* this.#visit(child, childInfo, level + 1);
          if (!part) continue;
          if ((childInfo.mode & S_IFMT) === S_IFDIR) below += part.size;
          sum.size += part.size;
          sum.newest = Math.max(sum.newest, part.newest);
        }
      } catch (error) {
        if (!isErrno(error)) throw error;
        yield* this.#t.error(
          this.#t.busybox ? `can't open '${path}': ${error.message}` : `cannot read directory ${quoteAlways(path)}: ${error.message}`,
        );
      }
    }
    const shown = this.#o.has('S') ? { ...sum, size: sum.size - below } : sum;
    if ((directory ? level <= this.#depth : this.#o.has('a') && level <= this.#depth) || level === 0) yield* this.print(shown, path);
    return sum;
  }

  #own(info: Stat): number {
    if (this.#o.has('inodes')) return 1;
    if (!this.#o.has('b') && !this.#o.has('apparent')) return info.blocks * 512;
    // Only regular files and links have a usable size; since coreutils 9 directories count as nothing here.
    const kind = info.mode & S_IFMT;
    return kind === S_IFREG || kind === S_IFLNK ? info.size : 0;
  }

  *print(amount: Amount, path: string): Sim<void> {
    if (this.#threshold !== undefined && (this.#threshold < 0 ? amount.size > -this.#threshold : amount.size < this.#threshold)) return;
    const size = this.#o.has('inodes') ? String(amount.size) : this.#show(amount.size);
    const when = this.#o.has('time') ? `\t${formatTime(timeStyle(this.#o), amount.newest)}` : '';
    yield* this.#t.print(`${size}${when}\t${path}${this.#end}`);
  }
}

function timeStyle(o: ParsedOptions): string {
  const style = o.value('time-style') ?? 'long-iso';
  if (style.startsWith('+')) return style.slice(1);
  return style === 'full-iso' ? '%Y-%m-%d %H:%M:%S.%N %z' : style === 'iso' ? '%Y-%m-%d' : '%Y-%m-%d %H:%M';
}

function scaleOf(o: ParsedOptions): (bytes: number) => string {
  let show = (bytes: number) => String(Math.ceil(bytes / 1024));
  for (const [key, value] of o.options) {
    if (key === 'h') show = (bytes) => humanSize(bytes);
    else if (key === 'si') show = (bytes) => humanSize(bytes, 1000);
    else if (key === 'b') show = String;
    else if (key === 'k') show = (bytes) => String(Math.ceil(bytes / 1024));
    else if (key === 'm') show = (bytes) => String(Math.ceil(bytes / 1024 ** 2));
    else if (key === 'B') {
      const bare = /^[KMGTPEZY]/i.test(value);
      const unit = parseSize(bare ? `1${value}` : value);
      if (unit === null || unit === 0) throw new Fatal(`invalid -B argument '${value}'`);
      show = (bytes) => `${Math.ceil(bytes / unit)}${bare ? value : ''}`;
    }
  }
  return show;
}

/** du(1). */
export function* du(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  const excludes = o.options.filter(([key]) => key === 'exclude').map(([, value]) => value);
  for (const [key, value] of o.options)
    if (key === 'X') excludes.push(...(yield* readText(value)).split('\n').filter((line) => line !== ''));
  const usage = new Usage(t, o, excludes);
  const files = o.operands.length === 0 ? ['.'] : [...o.operands];
  const total: Amount = { size: 0, newest: 0 };
  for (const file of files) {
    if (file === '') {
      yield* t.error(`${fileName('')}: invalid zero-length file name`);
      continue;
    }
    const amount = yield* usage.operand(file);
    total.size += amount.size;
    total.newest = Math.max(total.newest, amount.newest);
  }
  if (o.has('c')) yield* usage.print(total, 'total');
}

export const program = tool('du', du);
