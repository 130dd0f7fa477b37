import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { close, open, randomBytes, readText, write } from '../kernel/syscalls.ts';
import { own } from '../lib/dictionary.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { openInput, readLines } from './lib/input.ts';
import { KeptMemory } from './lib/memory.ts';
import { sorted } from './lib/mergeSort.ts';
import { parseOptions } from './lib/options.ts';
import { fileName, quote } from './lib/quote.ts';
import { compareLines, type SortKey, type SortPlan } from './lib/sortKeys.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'bcCdfghik:mMno:rRsS:t:T:uVy::z',
  long: {
    'ignore-leading-blanks': 'b',
    check: 'check::',
    'dictionary-order': 'd',
    'ignore-case': 'f',
    'general-numeric-sort': 'g',
    'human-numeric-sort': 'h',
    'ignore-nonprinting': 'i',
    key: 'k:',
    merge: 'm',
    'month-sort': 'M',
    'numeric-sort': 'n',
    output: 'o:',
    reverse: 'r',
    'random-sort': 'R',
    stable: 's',
    'buffer-size': 'S:',
    'field-separator': 't:',
    'temporary-directory': 'T:',
    unique: 'u',
    'version-sort': 'V',
    'zero-terminated': 'z',
    sort: 'sort:',
    parallel: 'parallel:',
    'files0-from': 'files0:',
    debug: 'debug',
    'compress-program': 'cp:',
    'batch-size': 'bs:',
  },
  usage: '[OPTION]... [FILE]...\n[OPTION]... --files0-from=F',
  about: 'Writes the lines of all files in order.',
};

const SORT_WORDS: Readonly<Record<string, string>> = {
  'general-numeric': 'g',
  'human-numeric': 'h',
  month: 'M',
  numeric: 'n',
  random: 'R',
  version: 'V',
};

function parseKey(text: string): SortKey {
  const m = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?/.exec(text);
  if (!m) throw new Fatal(`invalid number at field start: invalid count at start of ${quote(text)}`);
  if (m[0].length < text.length) throw new Fatal(`stray character in field spec: invalid field specification ${quote(text)}`);
  if (m[1] === '0') throw new Fatal(`field number is zero: invalid field specification ${quote(text)}`);
  if (m[2] === '0') throw new Fatal(`character offset is zero: invalid field specification ${quote(text)}`);
  if (m[4] === '0') throw new Fatal(`field number is zero: invalid field specification ${quote(text)}`);
  const bad = /[^bdfgiMhnRrV]/.exec((m[3] ?? '') + (m[6] ?? ''));
  if (bad) throw new Fatal(`stray character in field spec: invalid field specification ${quote(text)}`);
  const flags = (m[3] ?? '') + (m[6] ?? '');
  return {
    startField: Number(m[1]),
    startChar: Number(m[2] ?? 1),
    endField: m[4] === undefined ? undefined : Number(m[4]),
    endChar: Number(m[5] ?? 0),
    flags: flags.replace(/b/g, ''),
    startBlanks: (m[3] ?? '').includes('b'),
    endBlanks: (m[6] ?? '').includes('b'),
    inherits: flags === '',
  };
}

/** Sorts lines by bytes, numbers, versions, months or keys. */
export function* sort(t: Tool): Sim<number | void> {
  const o = yield* parseOptions(t, SPEC);
  let global = '';
  const keys: SortKey[] = [];
  let check: 'loud' | 'silent' | undefined;
  let separator: string | undefined;
  for (const [key, value] of o.options) {
    if ('bdfghiMnrRV'.includes(key) && key.length === 1) global += key;
    else if (key === 'sort') {
      if (own(SORT_WORDS, value) === undefined)
        throw new UsageError(
          `invalid argument ${quote(value)} for ${quote('--sort')}\nValid arguments are:\n${Object.keys(SORT_WORDS)
            .map((w) => `  - ${quote(w)}`)
            .join('\n')}`,
        );
      global += SORT_WORDS[value];
    } else if (key === 'k') keys.push(parseKey(value));
    else if (key === 'c' || key === 'C') check = key === 'c' ? 'loud' : 'silent';
    else if (key === 'check') check = value === 'quiet' || value === 'silent' ? 'silent' : 'loud';
    else if (key === 't') {
      if (value === '') throw new Fatal('empty tab');
      const tab = value === '\\0' ? '\0' : value;
      if ([...tab].length > 1) throw new Fatal(`multi-character tab ${quote(value)}`);
      separator = tab;
    }
  }
  const numeric = ['n', 'g', 'h', 'M', 'V', 'R'].filter((f) => global.includes(f));
  if (numeric.length > 1) throw new Fatal(`options '-${numeric.sort().join('')}' are incompatible`);
  const delimiter = o.has('z') ? '\0' : '\n';
  const salt = global.includes('R') || keys.some((k) => k.flags.includes('R')) ? (yield* randomBytes(4)).join(',') : '';
  const plan: SortPlan = {
    keys: keys.map((k) =>
      k.inherits
        ? {
            ...k,
            flags: global.replace(/b/g, ''),
            startBlanks: k.startBlanks || global.includes('b'),
            endBlanks: k.endBlanks || global.includes('b'),
          }
        : k,
    ),
    global,
    separator,
    stable: o.has('s') || o.has('u'),
    salt,
  };
  let files = o.operands;
  const from = o.value('files0');
  if (from !== undefined) files = (yield* readText(from === '-' ? '/dev/stdin' : from)).split('\0').filter((f) => f !== '');
  if (files.length === 0) files = ['-'];
  if (check !== undefined) {
    if (files.length > 1) throw new UsageError(`extra operand ${quote(files[1])} not allowed with -${check === 'loud' ? 'c' : 'C'}`);
    return yield* checkOrder(t, files[0], plan, delimiter, o.has('u'), check === 'loud');
  }
  let lines: string[] = [];
  const kept = new KeptMemory();
  for (const file of files) {
    try {
      const fd = yield* openInput(file);
      const part = (yield* readLines(fd, delimiter, kept)).lines;
      lines = lines.length === 0 ? part : lines.concat(part);
      if (fd !== 0) yield* close(fd);
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (t.busybox) throw new Fatal(`${file}: ${error.message}`);
      throw new Fatal(`${error.code === 'EISDIR' ? 'read failed' : 'cannot read'}: ${fileName(file)}: ${error.message}`);
    }
  }
  lines = yield* sorted(lines, (a, b) => compareLines(a, b, plan));
  if (o.has('u')) {
    const bare = { ...plan, stable: true };
    lines = lines.filter((line, i) => i === 0 || compareLines(lines[i - 1], line, bare) !== 0);
  }
  const target = o.value('o');
  if (target === undefined) {
    for (const text of pieces(lines, delimiter)) yield* t.print(text);
    return;
  }
  try {
    const fd = yield* open(target, 'w');
    for (const text of pieces(lines, delimiter)) yield* write(fd, text);
    yield* close(fd);
  } catch (error) {
    if (isErrno(error)) throw new Fatal(`open failed: ${fileName(target)}: ${error.message}`);
    throw error;
  }
}

/** Lines that are written with one call. */
const LINES_PER_WRITE = 4096;

/** The lines as they are written, some at a time: the whole would take their memory once more. */
function* pieces(lines: readonly string[], delimiter: string): Iterable<string> {
  for (let at = 0; at < lines.length; at += LINES_PER_WRITE) yield lines.slice(at, at + LINES_PER_WRITE).join(delimiter) + delimiter;
}

function* checkOrder(t: Tool, file: string, plan: SortPlan, delimiter: string, unique: boolean, loud: boolean): Sim<number> {
  let lines: string[];
  try {
    const fd = yield* openInput(file);
    lines = (yield* readLines(fd, delimiter)).lines;
  } catch (error) {
    if (isErrno(error)) throw new Fatal(`cannot read: ${fileName(file)}: ${error.message}`);
    throw error;
  }
  for (let i = 1; i < lines.length; i++) {
    const order = compareLines(lines[i - 1], lines[i], plan);
    if (order > 0 || (unique && order === 0)) {
      if (loud) yield* t.error(`${file === '-' ? '-' : file}:${i + 1}: disorder: ${lines[i]}`);
      return 1;
    }
  }
  return 0;
}

export const program = tool('sort', sort, { failStatus: 2, busyboxStatus: 2 });
