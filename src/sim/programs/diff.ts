import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { close, fstat, isatty, open, readAll, readdir, S_IFDIR, S_IFMT, S_IFREG, type Stat, stat, write } from '../kernel/syscalls.ts';
import { equalBytes } from '../lib/bytes.ts';
import { compileRegex } from '../lib/regex/regex.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import { formatTime } from './lib/calendar.ts';
import { compareBytes } from './lib/compare.ts';
import { DiffFormatter, type DiffSide } from './lib/diff/format.ts';
import { compareLines, type Hunk } from './lib/diff/myers.ts';
import type { DiffPlan } from './lib/diff/options.ts';
import { Done, Fatal, UsageError } from './lib/failure.ts';
import { fnmatch } from './lib/glob.ts';
import { LineReader, openInput } from './lib/input.ts';
import { type OptionSpec, type ParsedOptions, parseOptions } from './lib/options.ts';
import { joinPath, lastPart } from './lib/paths.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC: OptionSpec = {
  short: '0::1::2::3::4::5::6::7::8::9::abBcC:dD:eEF:hHiI:lL:nNpPqrsS:tTuU:wW:x:X:yZ',
  long: {
    text: 'a',
    'ignore-space-change': 'b',
    'ignore-blank-lines': 'B',
    context: 'C2::',
    minimal: 'd',
    ed: 'e',
    'ignore-tab-expansion': 'E',
    'show-function-line': 'F:',
    'speed-large-files': 'H',
    'ignore-case': 'i',
    'ignore-matching-lines': 'I:',
    paginate: 'l',
    label: 'L:',
    rcs: 'n',
    'new-file': 'N',
    'show-c-function': 'p',
    'unidirectional-new-file': 'P',
    brief: 'q',
    recursive: 'r',
    'report-identical-files': 's',
    'starting-file': 'S:',
    'expand-tabs': 't',
    'initial-tab': 'T',
    unified: 'U2::',
    'ignore-all-space': 'w',
    width: 'W:',
    exclude: 'x:',
    'exclude-from': 'X:',
    'side-by-side': 'y',
    'ignore-trailing-space': 'Z',
    normal: 'normal',
    'left-column': 'leftc',
    'suppress-common-lines': 'supp',
    'strip-trailing-cr': 'cr',
    color: 'color::',
    'no-dereference': 'nod',
    'from-file': 'from:',
    'to-file': 'to:',
    palette: 'palette:',
    'no-ignore-file-name-case': 'nif',
    'ignore-file-name-case': 'ifc',
    horizon: 'hl:',
    'horizon-lines': 'hl:',
    tabsize: 'ts:',
  },
  usage: '[OPTION]... FILES',
  about: 'Compares files line by line.',
  version: 'GNU diffutils) 3.12',
};

function* hint(t: Tool, message: string): Sim<never> {
  if (t.busybox) throw new UsageError(message);
  yield* t.out.flush();
  yield* write(2, `${t.name}: ${message}\n${t.name}: Try '${t.name} --help' for more information.\n`);
  throw new Done(2);
}

/** Compares files and trees. */
export function* diff(t: Tool): Sim<number> {
  let o: ParsedOptions;
  try {
    o = yield* parseOptions(t, SPEC);
  } catch (error) {
    if (error instanceof UsageError && !t.busybox) return yield* hint(t, error.message);
    throw error;
  }
  const words = [...o.operands];
  if (words.length === 0) return yield* hint(t, `missing operand after ${quote(t.args.at(-1) ?? t.name)}`);
  if (words.length === 1) return yield* hint(t, `missing operand after ${quote(words[0])}`);
  if (words.length > 2) return yield* hint(t, `extra operand ${quote(words[2])}`);
  const plan = yield* readPlan(t, o);
  const run = new DiffRun(t, plan);
  return yield* run.pair(words[0], words[1], true);
}

function* readPlan(t: Tool, o: ParsedOptions): Sim<DiffPlan> {
  let style: DiffPlan['style'] = t.busybox ? 'unified' : 'normal';
  let context = 3;
  const number = function* (text: string): Sim<number> {
    if (!/^\d+$/.test(text)) yield* hint(t, `invalid context length ${quote(text)}`);
    return Number(text);
  };
  for (const [key, value] of o.options) {
    if (key === 'u' || key === 'U' || key === 'U2') {
      style = 'unified';
      if (value !== '') context = yield* number(value);
    } else if (key === 'c' || key === 'C' || key === 'C2') {
      style = 'context';
      if (value !== '') context = yield* number(value);
    } else if (/^\d$/.test(key)) context = Number(key + value);
    else if (key === 'e') style = 'ed';
    else if (key === 'n') style = 'rcs';
    else if (key === 'y') style = 'side';
    else if (key === 'normal') style = 'normal';
  }
  const when = o.value('color');
  const options = t.args
    .slice(0, t.args.indexOf('--') < 0 ? undefined : t.args.indexOf('--'))
    .filter((a, i) => (a.startsWith('-') && a !== '-') || /^-[CDFILSUWxX]$/.test(t.args[i - 1] ?? ''));
  return {
    style,
    contextLines: context,
    labels: o.options.filter(([k]) => k === 'L').map(([, v]) => v),
    brief: o.has('q'),
    reportSame: o.has('s'),
    recursive: o.has('r'),
    newFile: o.has('N'),
    unidirectionalNew: o.has('P'),
    ignoreCase: o.has('i'),
    ignoreAllSpace: o.has('w'),
    ignoreSpaceChange: o.has('b'),
    ignoreTrailingSpace: o.has('Z'),
    ignoreBlankLines: o.has('B'),
    stripCr: o.has('cr'),
    ignoreMatching: o.options.filter(([k]) => k === 'I').map(([, v]) => v),
    text: o.has('a'),
    width: Number(o.value('W') ?? 130),
    suppressCommon: o.has('supp'),
    leftColumn: o.has('leftc'),
    colour: o.has('color') && when !== 'never' && (when !== 'auto' || (yield* isatty(1))),
    exclude: o.options.filter(([k]) => k === 'x').map(([, v]) => v),
    initialTab: o.has('T'),
    expandTabs: o.has('t'),
    showFunction: o.has('p') || o.has('F'),
    optionText: options.map((a) => ` ${/^[\w./=+-]+$/.test(a) ? a : `'${a}'`}`).join(''),
  };
}

interface Loaded {
  readonly name: string;
  readonly stat: Stat | null;
  readonly data: Uint8Array;
}

class DiffRun {
  readonly #t: Tool;
  readonly #plan: DiffPlan;

  constructor(t: Tool, plan: DiffPlan) {
    this.#t = t;
    this.#plan = plan;
  }

  *#trouble(message: string): Sim<2> {
    yield* this.#t.warn(message);
    return 2;
  }

  *#look(path: string): Sim<Stat | null> {
    return path === '-' ? yield* fstat(0) : yield* stat(path);
  }

  /** 0 the same, 1 different, 2 trouble. `top`: the operands themselves. */
  *pair(a: string, b: string, top: boolean): Sim<number> {
    let left: Stat | null = null;
    let right: Stat | null = null;
    let trouble = 0;
    for (const [side, path] of [
      ['a', a],
      ['b', b],
    ] as const) {
      try {
        const info = yield* this.#look(path);
        if (side === 'a') left = info;
        else right = info;
      } catch (error) {
        if (!isErrno(error)) throw error;
        if (this.#plan.newFile && error.code === 'ENOENT') continue;
        trouble = yield* this.#trouble(this.#t.busybox ? `can't stat '${path}': ${error.message}` : `${path}: ${error.message}`);
      }
    }
    if (trouble !== 0) return trouble;
    const dirA = left !== null && (left.mode & S_IFMT) === S_IFDIR;
    const dirB = right !== null && (right.mode & S_IFMT) === S_IFDIR;
    if (dirA && dirB) return yield* this.#directories(a, b, top);
    if (top && dirA && right !== null) return yield* this.pair(joinPath(a, lastPart(b)), b, false);
    if (top && dirB && left !== null) return yield* this.pair(a, joinPath(b, lastPart(a)), false);
    if (dirA !== dirB && left !== null && right !== null) {
      yield* this.#t.print(`File ${a} is a ${kind(left)} while file ${b} is a ${kind(right)}\n`);
      return 1;
    }
    if (left !== null && right !== null && left.ino === right.ino && left.dev === right.dev && (left.mode & S_IFMT) === S_IFREG) {
      if (this.#plan.reportSame) yield* this.#t.print(`Files ${a} and ${b} are identical\n`);
      if (this.#plan.style !== 'side' || this.#plan.suppressCommon) return 0;
    }
    return yield* this.#files(a, b, left, right, top);
  }

  *#load(path: string, info: Stat | null): Sim<Loaded> {
    if (info === null) return { name: path, stat: null, data: new Uint8Array(0) };
    const fd = yield* openInput(path);
    try {
      return { name: path, stat: info, data: yield* readAll(fd) };
    } finally {
      if (fd !== 0) yield* close(fd);
    }
  }

  *#files(a: string, b: string, left: Stat | null, right: Stat | null, top: boolean): Sim<number> {
    const plan = this.#plan;
    let x: Loaded;
    let y: Loaded;
    try {
      x = yield* this.#load(a, left);
      y = yield* this.#load(b, right);
    } catch (error) {
      if (!isErrno(error)) throw error;
      return yield* this.#trouble(`${error.path ?? a}: ${error.message}`);
    }
    const same = equalBytes(x.data, y.data);
    const binary = !plan.text && (x.data.subarray(0, 32_768).includes(0) || y.data.subarray(0, 32_768).includes(0));
    let hunks: readonly Hunk[] = [];
    const sideA = this.#side(x, 0);
    const sideB = this.#side(y, 1);
    if (!same && !binary) hunks = yield* this.#hunks(sideA, sideB);
    const differs = same ? false : binary || hunks.length > 0;
    if (!differs) {
      if (plan.reportSame) yield* this.#t.print(`Files ${a} and ${b} are identical\n`);
      if (plan.style === 'side' && !plan.suppressCommon) yield* this.#t.print(new DiffFormatter(sideA, sideB, plan).format([]));
      return 0;
    }
    if (plan.brief) {
      yield* this.#t.print(`Files ${a} and ${b} differ\n`);
      return 1;
    }
    if (binary) {
      yield* this.#t.print(`Binary files ${a} and ${b} differ\n`);
      return 1;
    }
    if (!top && !this.#t.busybox) {
      const line = `diff${plan.optionText} ${a} ${b}`;
      yield* this.#t.print(`${plan.colour ? `\x1b[1m${line}\x1b[0m` : line}\n`);
    }
    yield* this.#t.print(new DiffFormatter(sideA, sideB, plan).format(hunks));
    if ((plan.style === 'ed' || plan.style === 'rcs') && (!sideA.terminated || !sideB.terminated)) {
      for (const [name, side] of [
        [a, sideA],
        [b, sideB],
      ] as const)
        if (!side.terminated) yield* this.#t.warn(`${name}: No newline at end of file\n`);
    }
    return 1;
  }

  #side(f: Loaded, index: number): DiffSide {
    const text = decodeUtf8(f.data);
    const terminated = text === '' || text.endsWith('\n');
    const lines = text === '' ? [] : (terminated ? text.slice(0, -1) : text).split('\n');
    const time = formatTime('%Y-%m-%d %H:%M:%S.%N %z', f.stat?.mtime ?? 0);
    const label = this.#plan.labels[index];
    return { header: label ?? (this.#t.busybox ? f.name : `${f.name}\t${time}`), lines, terminated };
  }

  /** Lines as numbers: equal ones, under what is to be ignored, have the same. */
  *#hunks(a: DiffSide, b: DiffSide): Sim<readonly Hunk[]> {
    const plan = this.#plan;
    const ids = new Map<string, number>();
    const canonical = (line: string): string => {
      let out = line;
      if (plan.stripCr) out = out.replace(/\r$/, '');
      if (plan.ignoreAllSpace) out = out.replace(/[ \t\v\f\r]+/g, '');
      else if (plan.ignoreSpaceChange) out = out.replace(/[ \t\v\f\r]+/g, ' ').replace(/ $/, '');
      else if (plan.ignoreTrailingSpace) out = out.replace(/[ \t\v\f\r]+$/, '');
      return plan.ignoreCase ? out.toLowerCase() : out;
    };
    const loose = plan.ignoreAllSpace || plan.ignoreSpaceChange || plan.ignoreTrailingSpace;
    const number = (side: DiffSide): number[] =>
      side.lines.map((line, i) => {
        const key = canonical(line) + (!side.terminated && i === side.lines.length - 1 && !loose ? '\n' : '');
        let id = ids.get(key);
        if (id === undefined) {
          id = ids.size;
          ids.set(key, id);
        }
        return id;
      });
    const hunks = yield* compareLines(number(a), number(b));
    if (!plan.ignoreBlankLines && plan.ignoreMatching.length === 0) return hunks;
    const patterns = plan.ignoreMatching.map((p) => compileRegex(p, 'basic'));
    const ignorable = (line: string): boolean =>
      (plan.ignoreBlankLines && (loose ? canonical(line).trim() : canonical(line)) === '') || patterns.some((p) => p.test(line));
    return hunks.filter((h) => ![...a.lines.slice(h.a0, h.a1), ...b.lines.slice(h.b0, h.b1)].every(ignorable));
  }

  *#directories(a: string, b: string, top: boolean): Sim<number> {
    const plan = this.#plan;
    if (!top && !plan.recursive) {
      yield* this.#t.print(`Common subdirectories: ${a} and ${b}\n`);
      return 0;
    }
    const names = new Map<string, number>();
    for (const [bit, dir] of [
      [1, a],
      [2, b],
    ] as const) {
      try {
        for (const { name } of yield* readdir(dir)) {
          if (!plan.exclude.some((p) => fnmatch(p, name, { period: true }))) names.set(name, (names.get(name) ?? 0) | bit);
        }
      } catch (error) {
        if (!isErrno(error)) throw error;
        return yield* this.#trouble(`${dir}: ${error.message}`);
      }
    }
    let status = 0;
    for (const name of [...names.keys()].sort(compareBytes)) {
      const where = names.get(name)!;
      if (where !== 3 && !(plan.newFile || (plan.unidirectionalNew && where === 2))) {
        yield* this.#t.print(`Only in ${(where === 1 ? a : b).replace(/(?<=.)\/+$/, '')}: ${name}\n`);
        status = Math.max(status, 1);
        continue;
      }
      status = Math.max(status, yield* this.pair(joinPath(a, name), joinPath(b, name), false));
    }
    return status;
  }
}

function kind(s: Stat): string {
  if ((s.mode & S_IFMT) === S_IFDIR) return 'directory';
  return (s.mode & S_IFMT) === S_IFREG ? (s.size === 0 ? 'regular empty file' : 'regular file') : 'special file';
}

const CMP: OptionSpec = {
  short: 'bci:ln:sv',
  long: { 'print-bytes': 'b', 'ignore-initial': 'i:', verbose: 'l', bytes: 'n:', quiet: 's', silent: 's' },
  usage: '[OPTION]... FILE1 [FILE2 [SKIP1 [SKIP2]]]',
  about: 'Compares two files byte by byte.',
  version: 'GNU diffutils) 3.12',
};

/** Compares bytes. */
export function* cmp(t: Tool): Sim<number> {
  let o: ParsedOptions;
  try {
    o = yield* parseOptions(t, CMP);
  } catch (error) {
    if (error instanceof UsageError && !t.busybox) return yield* hint(t, error.message);
    throw error;
  }
  const [a, b = '-'] = o.operands;
  if (a === undefined) return yield* hint(t, `missing operand after ${quote(t.name)}`);
  if (o.operands.length > 4) return yield* hint(t, `extra operand ${quote(o.operands[4])}`);
  const skips = (o.value('i') ?? '').split(':').map(Number);
  const skip = [Number(o.operands[2] ?? skips[0] ?? 0) || 0, Number(o.operands[3] ?? skips[1] ?? skips[0] ?? 0) || 0];
  const limit = o.value('n') === undefined ? Number.POSITIVE_INFINITY : Number(o.value('n'));
  const data: Uint8Array[] = [];
  for (const [i, path] of [a, b].entries()) {
    try {
      const fd = path === '-' ? 0 : yield* open(path, 'r');
      let whole = yield* readAll(fd);
      if (fd !== 0) yield* close(fd);
      whole = whole.subarray(skip[i]);
      data.push(whole.length > limit ? whole.subarray(0, limit) : whole);
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (!o.has('s')) yield* t.warn(t.busybox ? `can't open '${path}': ${error.message}` : `${path}: ${error.message}`);
      return 2;
    }
  }
  const [x, y] = data;
  const common = Math.min(x.length, y.length);
  let line = 1;
  let differs = false;
  const width = String(Math.max(x.length, y.length)).length;
  const wide = t.busybox ? width : Math.max(width, 19);
  let lastNewline = true;
  for (let i = 0; i < common; i++) {
    if (x[i] !== y[i]) {
      differs = true;
      if (o.has('s')) return 1;
      if (o.has('l'))
        yield* t.print(
          `${String(i + 1).padStart(wide)} ${x[i].toString(8).padStart(3)}${o.has('b') ? ` ${shown(x[i]).padEnd(4)}` : ''} ${y[i].toString(8).padStart(3)}${o.has('b') ? ` ${shown(y[i])}` : ''}\n`,
        );
      else {
        const bytes = o.has('b') ? ` is ${x[i].toString(8).padStart(3)} ${shown(x[i])} ${y[i].toString(8).padStart(3)} ${shown(y[i])}` : '';
        yield* t.print(`${a} ${b} differ: ${t.busybox ? 'char' : 'byte'} ${i + 1}, line ${line}${bytes}\n`);
        return 1;
      }
    }
    lastNewline = x[i] === 10;
    if (lastNewline) line++;
  }
  if (x.length !== y.length) {
    if (!o.has('s')) {
      const short = x.length < y.length ? a : b;
      const where =
        common === 0
          ? ' which is empty'
          : o.has('l')
            ? ` after byte ${common}`
            : ` after byte ${common}, ${lastNewline ? `line ${line - 1}` : `in line ${line}`}`;
      yield* t.warn(t.busybox ? `EOF on ${short}${o.has('l') ? '' : ` after byte ${common}`}` : `EOF on ${quote(short)}${where}`);
    }
    return 1;
  }
  return differs ? 1 : 0;
}

function shown(byte: number): string {
  const low = byte & 127;
  const text = low < 32 ? `^${String.fromCharCode(low + 64)}` : low === 127 ? '^?' : String.fromCharCode(low);
  return byte >= 128 ? `M-${text}` : text;
}

/** Side by side, as sdiff without -o. */
function* sdiff(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, {
    short: 'abBdEiI:lo:stw:WZ',
    long: {
      width: 'w:',
      output: 'o:',
      'ignore-all-space': 'W',
      'suppress-common-lines': 's',
      'left-column': 'l',
      'ignore-case': 'i',
      text: 'a',
    },
    usage: '[OPTION]... FILE1 FILE2',
    about: 'Shows two files side by side.',
    version: 'GNU diffutils) 3.12',
  });
  const args = [
    '-y',
    ...(o.value('w') === undefined ? [] : ['-W', o.value('w')!]),
    ...(o.has('s') ? ['--suppress-common-lines'] : []),
    ...(o.has('l') ? ['--left-column'] : []),
    ...(o.has('i') ? ['-i'] : []),
    ...['b', 'B', 'E', 'Z', 't'].filter((key) => o.has(key)).map((key) => `-${key}`),
    ...(o.has('W') ? ['-w'] : []),
    '--',
    ...o.operands,
  ];
  const inner = Object.create(t) as Tool;
  Object.defineProperty(inner, 'args', { value: args });
  return yield* diff(inner);
}

/** Three files: which one differs where. */
function* diff3(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, {
    short: 'aAeEimTxX3L:',
    long: { merge: 'm', text: 'a' },
    usage: '[OPTION]... MYFILE OLDFILE YOURFILE',
    about: 'Compares three files.',
    version: 'GNU diffutils) 3.12',
  });
  if (o.operands.length !== 3)
    return yield* hint(
      t,
      o.operands.length < 3 ? `missing operand after ${quote(o.operands.at(-1) ?? t.name)}` : `extra operand ${quote(o.operands[3])}`,
    );
  const texts: string[][] = [];
  for (const file of o.operands) {
    try {
      const fd = yield* openInput(file);
      const lines: string[] = [];
      const reader = new LineReader(fd);
      for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) lines.push(line);
      texts.push(lines);
    } catch (error) {
      if (isErrno(error)) throw new Fatal(`${file}: ${error.message}`, 2);
      throw error;
    }
  }
  const ids = new Map<string, number>();
  const numbers = texts.map((lines) => lines.map((l) => ids.get(l) ?? (ids.set(l, ids.size), ids.size - 1)));
  const [mine, old, yours] = numbers;
  const first = yield* compareLines(old, mine);
  const second = yield* compareLines(old, yours);
  yield* t.print(threeWay(texts, first, second));
  return 0;
}

function threeWay(texts: readonly string[][], mine: readonly Hunk[], yours: readonly Hunk[]): string {
  let out = '';
  let i = 0;
  let j = 0;
  let shiftMine = 0;
  let shiftYours = 0;
  while (i < mine.length || j < yours.length) {
    const from = Math.min(mine[i]?.a0 ?? Number.POSITIVE_INFINITY, yours[j]?.a0 ?? Number.POSITIVE_INFINITY);
    let to = from;
    let mineDelta = 0;
    let yoursDelta = 0;
    const had = [false, false];
    for (let grew = true; grew; ) {
      grew = false;
      if (i < mine.length && mine[i].a0 <= to) {
        to = Math.max(to, mine[i].a1);
        mineDelta += mine[i].b1 - mine[i].b0 - (mine[i].a1 - mine[i].a0);
        had[0] = grew = true;
        i++;
      } else if (j < yours.length && yours[j].a0 <= to) {
        to = Math.max(to, yours[j].a1);
        yoursDelta += yours[j].b1 - yours[j].b0 - (yours[j].a1 - yours[j].a0);
        had[1] = grew = true;
        j++;
      }
    }
    const spans = [
      [from + shiftMine, to + shiftMine + mineDelta],
      [from, to],
      [from + shiftYours, to + shiftYours + yoursDelta],
    ];
    const text = spans.map(([a, b], n) => texts[n].slice(a, b).join('\n'));
    const odd = text[0] === text[1] ? '3' : text[1] === text[2] ? '1' : text[0] === text[2] ? '2' : '';
    out += `====${odd}\n`;
    const order = [0, 1, 2];
    for (const n of order) {
      const [a, b] = spans[n];
      const same = odd !== '' && n + 1 !== Number(odd) && order.some((m) => m > n && m + 1 !== Number(odd));
      out += `${n + 1}:${a === b ? `${a}a` : b - a === 1 ? `${b}c` : `${a + 1},${b}c`}\n`;
      if (!same) for (let k = a; k < b; k++) out += `  ${texts[n][k]}\n`;
    }
    shiftMine += mineDelta;
    shiftYours += yoursDelta;
  }
  return out;
}

export const programs: readonly Program[] = [
  tool('diff', diff, { failStatus: 2 }),
  tool('cmp', cmp, { failStatus: 2 }),
  tool('sdiff', sdiff, { failStatus: 2 }),
  tool('diff3', diff3, { failStatus: 2 }),
];
