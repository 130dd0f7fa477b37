import { isErrno } from '../../../kernel/errno.ts';
import type { Sim } from '../../../kernel/sim.ts';
import { getenv, getWindowSize, isatty, wallClock } from '../../../kernel/syscalls.ts';
import { timeZone } from '../../date.ts';
import { type TimeZone, UTC } from '../calendar.ts';
import { Fatal, UsageError } from '../failure.ts';
import { parseSize } from '../numbers.ts';
import { parseOptions } from '../options.ts';
import { quote } from '../quote.ts';
import type { Tool } from '../tool.ts';

const SPEC = {
  short: 'abcdfghiklmnopqrstuvw:xABCDFGHI:LNQRST:UXZ1',
  long: {
    all: 'a',
    'almost-all': 'A',
    author: 'author',
    escape: 'b',
    'block-size': 'bs:',
    'ignore-backups': 'B',
    color: 'color::',
    directory: 'd',
    dired: 'D',
    classify: 'F2::',
    'file-type': 'ft',
    format: 'format:',
    'full-time': 'full',
    'no-group': 'G',
    'group-directories-first': 'gdf',
    'human-readable': 'h',
    si: 'si',
    'dereference-command-line': 'H',
    'dereference-command-line-symlink-to-dir': 'Hd',
    hide: 'hide:',
    hyperlink: 'hyper::',
    'indicator-style': 'is:',
    inode: 'i',
    ignore: 'I:',
    kibibytes: 'k',
    dereference: 'L',
    'numeric-uid-gid': 'n',
    literal: 'N',
    'hide-control-chars': 'q',
    'show-control-chars': 'scc',
    'quote-name': 'Q',
    'quoting-style': 'qs:',
    reverse: 'r',
    recursive: 'R',
    size: 's',
    sort: 'sort:',
    time: 'time:',
    'time-style': 'ts:',
    tabsize: 'T:',
    width: 'w:',
    context: 'Z',
    zero: 'zero',
  },
  usage: '[OPTION]... [FILE]...',
  about: 'Lists files, by default those of the current directory, in the order of their names.',
};

export type QuotingStyle = 'literal' | 'shell' | 'shell-always' | 'shell-escape' | 'shell-escape-always' | 'c' | 'escape' | 'locale';

export interface LsOptions {
  readonly operands: readonly string[];
  readonly hidden: 'no' | 'almost' | 'all';
  readonly format: 'single' | 'columns' | 'across' | 'commas' | 'long';
  readonly long: boolean;
  readonly owner: boolean;
  readonly group: boolean;
  readonly numeric: boolean;
  readonly directory: boolean;
  readonly recursive: boolean;
  readonly reverse: boolean;
  readonly dereference: boolean;
  readonly dereferenceOperands: boolean;
  readonly sort: 'name' | 'none' | 'size' | 'time' | 'version' | 'extension' | 'width';
  readonly time: 'mtime' | 'atime' | 'ctime';
  readonly directoriesFirst: boolean;
  readonly classify: boolean;
  /** none; '/' on directories; types but no '*'; all. */
  readonly indicators: 'none' | 'slash' | 'file-type' | 'classify';
  readonly colour: boolean;
  readonly inode: boolean;
  readonly blocks: boolean;
  readonly human: 1024 | 1000 | undefined;
  /** Unit of sizes in bytes; undefined: sizes of files in bytes, blocks in KiB. */
  readonly blockSize: number | undefined;
  readonly ignore: readonly string[];
  readonly hide: readonly string[];
  readonly ignoreBackups: boolean;
  readonly quoting: QuotingStyle;
  readonly hideControls: boolean;
  readonly timeStyle: string;
  readonly context: boolean;
  readonly width: number;
  readonly end: string;
  readonly tty: boolean;
  readonly now: number;
  readonly zone: TimeZone;
}

const SORTS: Readonly<Record<string, LsOptions['sort']>> = {
  none: 'none',
  name: 'name',
  size: 'size',
  time: 'time',
  version: 'version',
  extension: 'extension',
  width: 'width',
};
const FORMATS: Readonly<Record<string, LsOptions['format']>> = {
  verbose: 'long',
  long: 'long',
  commas: 'commas',
  horizontal: 'across',
  across: 'across',
  vertical: 'columns',
  'single-column': 'single',
};
const TIMES: Readonly<Record<string, LsOptions['time']>> = {
  atime: 'atime',
  access: 'atime',
  use: 'atime',
  ctime: 'ctime',
  status: 'ctime',
  mtime: 'mtime',
  modification: 'mtime',
  birth: 'mtime',
  creation: 'mtime',
};
const QUOTES = ['literal', 'shell', 'shell-always', 'shell-escape', 'shell-escape-always', 'c', 'escape', 'locale'];

function choose<T>(table: Readonly<Record<string, T>>, word: string, option: string): T {
  const keys = Object.keys(table);
  const found = Object.hasOwn(table, word) ? [word] : keys.filter((k) => k.startsWith(word));
  if (found.length === 0 || new Set(found.map((k) => table[k])).size > 1) {
    throw new UsageError(
      `${found.length === 0 ? 'invalid' : 'ambiguous'} argument ${quote(word)} for ${quote(option)}\nValid arguments are:\n${keys.map((k) => `  - ${quote(k)}`).join('\n')}`,
    );
  }
  return table[found[0]];
}

export function* readLsOptions(t: Tool, style?: 'columns' | 'long'): Sim<LsOptions> {
  const o = yield* parseOptions(t, SPEC);
  const tty = yield* isatty(1);
  let hidden: LsOptions['hidden'] = 'no';
  let format: LsOptions['format'] = style ?? (tty ? 'columns' : 'single');
  let sort: LsOptions['sort'] | undefined;
  let time: LsOptions['time'] = 'mtime';
  let timeGiven = false;
  let indicators: LsOptions['indicators'] = 'none';
  let colourWhen = 'never';
  let human: LsOptions['human'];
  let blockSize: number | undefined;
  let quoting: QuotingStyle = style !== undefined ? 'escape' : tty ? 'shell-escape' : 'literal';
  let owner = true;
  let group = true;
  let width: number | undefined;
  let timeStyle = (yield* getenv('TIME_STYLE')) ?? 'locale';
  const ignore: string[] = [];
  const hide: string[] = [];
  for (const [key, value] of o.options) {
    switch (key) {
      case 'a':
        hidden = 'all';
        break;
      case 'A':
        hidden = 'almost';
        break;
      case 'f':
        hidden = 'all';
        sort = 'none';
        break;
      case 'l':
        format = 'long';
        break;
      case 'g':
        format = 'long';
        owner = false;
        break;
      case 'o':
        format = 'long';
        group = false;
        break;
      case 'n':
        format = 'long';
        break;
      case 'G':
        group = false;
        break;
      case '1':
        if (format !== 'long') format = 'single';
        break;
      case 'C':
        format = 'columns';
        break;
      case 'x':
        format = 'across';
        break;
      case 'm':
        format = 'commas';
        break;
      case 'full':
        format = 'long';
        timeStyle = 'full-iso';
        break;
      case 'format':
        format = choose(FORMATS, value, '--format');
        break;
      case 't':
        sort = 'time';
        break;
      case 'S':
        sort = 'size';
        break;
      case 'U':
        sort = 'none';
        break;
      case 'v':
        sort = 'version';
        break;
      case 'X':
        sort = 'extension';
        break;
      case 'sort':
        sort = choose(SORTS, value, '--sort');
        break;
      case 'c':
        time = 'ctime';
        timeGiven = true;
        break;
      case 'u':
        time = 'atime';
        timeGiven = true;
        break;
      case 'time':
        time = choose(TIMES, value, '--time');
        timeGiven = true;
        break;
      case 'ts':
        timeStyle = value;
        break;
      case 'p':
        indicators = 'slash';
        break;
      case 'F':
        indicators = 'classify';
        break;
      case 'F2':
        if (value === '' || value === 'always' || (value === 'auto' && tty)) indicators = 'classify';
        break;
      case 'ft':
        indicators = 'file-type';
        break;
      case 'is':
        indicators = choose(
          { none: 'none', slash: 'slash', 'file-type': 'file-type', classify: 'classify' } as const,
          value,
          '--indicator-style',
        );
        break;
      case 'color':
        colourWhen =
          value === ''
            ? 'always'
            : choose(
                {
                  always: 'always',
                  yes: 'always',
                  force: 'always',
                  never: 'never',
                  no: 'never',
                  none: 'never',
                  auto: 'auto',
                  tty: 'auto',
                  'if-tty': 'auto',
                },
                value,
                '--color',
              );
        break;
      case 'h':
        human = 1024;
        break;
      case 'si':
        human = 1000;
        break;
      case 'k':
        blockSize ??= undefined;
        break;
      case 'bs': {
        const size = parseSize(/^[A-Za-z]/.test(value) ? `1${value}` : value);
        if (value === 'human-readable' || value === 'si') human = value === 'si' ? 1000 : 1024;
        else if (size === null || size === 0) throw new Fatal(`invalid --block-size argument ${quote(value)}`, 2);
        else blockSize = size;
        break;
      }
      case 'I':
        ignore.push(value);
        break;
      case 'hide':
        hide.push(value);
        break;
      case 'b':
        quoting = 'escape';
        break;
      case 'N':
        quoting = 'literal';
        break;
      case 'Q':
        quoting = 'c';
        break;
      case 'qs':
        quoting = choose(Object.fromEntries(QUOTES.map((q) => [q, q as QuotingStyle])), value, '--quoting-style');
        break;
      case 'zero':
        format = format === 'long' ? 'long' : 'single';
        quoting = 'literal';
        break;
      case 'w':
        if (!/^\d+$/.test(value)) throw new Fatal(`invalid line width: ${quote(value)}`, 2);
        width = Number(value);
        break;
      default:
    }
  }
  const long = format === 'long';
  if (sort === undefined) sort = timeGiven && !long ? 'time' : 'name';
  if (timeStyle.startsWith('posix-')) timeStyle = 'locale';
  if (!timeStyle.startsWith('+') && !['full-iso', 'long-iso', 'iso', 'locale'].includes(timeStyle)) {
    throw new UsageError(
      `invalid argument ${quote(timeStyle)} for ${quote('time style')}\nValid arguments are:\n  - [posix-]full-iso\n  - [posix-]long-iso\n  - [posix-]iso\n  - [posix-]locale\n  - +FORMAT (e.g., +%H:%M) for a 'date'-style format`,
    );
  }
  const hasL = o.has('L');
  return {
    operands: o.operands,
    hidden,
    format,
    long,
    owner,
    group,
    numeric: o.has('n'),
    directory: o.has('d'),
    recursive: o.has('R') && !o.has('d'),
    reverse: o.has('r'),
    dereference: hasL,
    dereferenceOperands: o.has('H') || hasL,
    sort,
    time,
    directoriesFirst: o.has('gdf'),
    classify: indicators === 'classify',
    indicators,
    colour: colourWhen === 'always' || (colourWhen === 'auto' && tty),
    inode: o.has('i'),
    blocks: o.has('s'),
    human,
    blockSize,
    ignore,
    hide,
    ignoreBackups: o.has('B'),
    quoting,
    hideControls: o.has('q') || (tty && !o.has('scc')),
    timeStyle,
    context: o.has('Z'),
    width: width ?? (tty ? yield* columns() : 80),
    end: o.has('zero') ? '\0' : '\n',
    tty,
    now: yield* wallClock(),
    zone: long ? yield* timeZone() : UTC,
  };
}

function* columns(): Sim<number> {
  try {
    return (yield* getWindowSize(1)).columns || 80;
  } catch (error) {
    if (isErrno(error)) return 80;
    throw error;
  }
}
