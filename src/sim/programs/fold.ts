import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { charWidth } from '../lib/charWidth.ts';
import { UsageError } from './lib/failure.ts';
import { eachInput, LineReader } from './lib/input.ts';
import { parseOptions } from './lib/options.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const FOLD = {
  short: 'bcsw:0::1::2::3::4::5::6::7::8::9::',
  long: { bytes: 'b', characters: 'c', spaces: 's', width: 'w:' },
  usage: '[OPTION]... [FILE]...',
  about: 'Breaks long lines.',
};

/** Breaks lines at a width. */
export function* fold(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, FOLD);
  let text = o.value('w') ?? '80';
  for (const [k, v] of o.options) if (/\d/.test(k)) text = k + v;
  if (!/^[1-9]\d*$/.test(text)) throw new UsageError(`invalid number of columns: ${quote(text)}`);
  const width = Number(text);
  const flat = o.has('b') || o.has('c');
  const after = (column: number, c: string): number => {
    if (flat) return column + 1;
    if (c === '\b') return Math.max(0, column - 1);
    if (c === '\r') return 0;
    if (c === '\t') return column + 8 - (column % 8);
    return column + charWidth(c.codePointAt(0)!);
  };
  yield* eachInput(t, o.operands, function* (fd) {
    const reader = new LineReader(fd);
    for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
      let out = '';
      let row = '';
      let column = 0;
      for (const c of line) {
        let next = after(column, c);
        if (next > width && row !== '') {
          const blank = o.has('s') ? Math.max(row.lastIndexOf(' '), row.lastIndexOf('\t')) : -1;
          if (blank >= 0) {
            out += `${row.slice(0, blank + 1)}\n`;
            row = row.slice(blank + 1);
          } else {
            out += `${row}\n`;
            row = '';
          }
          column = 0;
          for (const x of row) column = after(column, x);
          next = after(column, c);
        }
        row += c;
        column = next;
      }
      yield* t.print(out + row + (reader.terminated ? '\n' : ''));
    }
  });
}

/** Tab stops as expand and unexpand take them: '4', '4,8,20'. */
function tabStops(text: string | undefined): (column: number) => number {
  const stops = (text ?? '8').split(/[, ]+/).map(Number);
  if (stops.some((n) => !Number.isInteger(n) || n < 0))
    throw new UsageError(`tab size contains invalid character(s): ${quote((text ?? '').replace(/^\d+/, ''))}`);
  if (stops.some((n) => n === 0)) throw new UsageError('tab size cannot be 0');
  if (stops.length === 1) return (c) => c + stops[0] - (c % stops[0]);
  return (c) => stops.find((s) => s > c) ?? c + 1;
}

const tabOption = (options: readonly (readonly [string, string])[]): string | undefined =>
  options
    .filter(([k]) => k === 't' || /^\d$/.test(k))
    .map(([k, v]) => (k === 't' ? v : k + v))
    .at(-1);
const EXPAND = {
  short: 'it:0::1::2::3::4::5::6::7::8::9::',
  long: { initial: 'i', tabs: 't:' },
  usage: '[OPTION]... [FILE]...',
  about: 'Turns tabs into blanks.',
};

/** Tabs to blanks. */
export function* expand(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, EXPAND);
  const next = tabStops(tabOption(o.options));
  yield* eachInput(t, o.operands, function* (fd) {
    const reader = new LineReader(fd);
    for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
      let out = '';
      let column = 0;
      let leading = true;
      for (const c of line) {
        if (c === '\t' && (leading || !o.has('i'))) {
          const to = next(column);
          out += ' '.repeat(to - column);
          column = to;
        } else {
          if (c !== ' ') leading = false;
          out += c;
          column += c === '\b' ? -1 : charWidth(c.codePointAt(0)!);
        }
      }
      yield* t.print(out + (reader.terminated ? '\n' : ''));
    }
  });
}

const UNEXPAND = {
  short: 'at:',
  long: { all: 'a', 'first-only': 'first', tabs: 't:' },
  usage: '[OPTION]... [FILE]...',
  about: 'Turns blanks into tabs.',
};

/** Blanks to tabs. */
export function* unexpand(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, UNEXPAND);
  const next = tabStops(o.value('t'));
  const all = (o.has('a') || o.has('t')) && !o.has('first');
  yield* eachInput(t, o.operands, function* (fd) {
    const reader = new LineReader(fd);
    for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
      let out = '';
      let column = 0;
      let pending = '';
      let leading = true;
      for (const c of line) {
        if ((c === ' ' || c === '\t') && (leading || all)) {
          const stop = next(column);
          pending += c;
          column = c === '\t' ? stop : column + 1;
          if (column === stop) {
            out += pending === ' ' && !leading && c === ' ' ? ' ' : '\t';
            pending = '';
          }
          continue;
        }
        out += pending + c;
        pending = '';
        leading = false;
        column++;
      }
      yield* t.print(out + pending + (reader.terminated ? '\n' : ''));
    }
  });
}

/** Characters of each line backwards. */
export function* rev(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: '',
    usage: '[options] [file ...]',
    about: 'Reverses the characters of each line.',
    version: 'util-linux) 2.41',
  });
  yield* eachInput(t, o.operands, function* (fd) {
    const reader = new LineReader(fd);
    for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
      yield* t.print([...line].reverse().join('') + (reader.terminated ? '\n' : ''));
    }
  });
}

const FMT = {
  short: 'cstuw:g:p:0::1::2::3::4::5::6::7::8::9::',
  long: { width: 'w:', 'split-only': 's', 'uniform-spacing': 'u', goal: 'g:', prefix: 'p:' },
  usage: '[-WIDTH] [OPTION]... [FILE]...',
  about: 'Fills paragraphs to a width.',
};

/** Fills paragraphs greedily to 93 % of the width, as the goal is. */
export function* fmt(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, FMT);
  let text = o.value('w') ?? '75';
  for (const [k, v] of o.options) if (/\d/.test(k)) text = k + v;
  const width = Number(text);
  if (!Number.isInteger(width) || width < 0) throw new UsageError(`invalid width: ${quote(text)}`);
  yield* eachInput(t, o.operands, function* (fd) {
    const reader = new LineReader(fd);
    let words: string[] = [];
    let indent = '';
    function* fill(): Sim<void> {
      if (words.length === 0) return;
      for (const row of breakLines(words, width - indent.length)) yield* t.print(`${indent}${row}\n`);
      words = [];
    }
    for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
      const lead = /^[ \t]*/.exec(line)![0];
      if (line.trim() === '') {
        yield* fill();
        yield* t.print('\n');
        continue;
      }
      if (words.length > 0 && (lead !== indent || o.has('s'))) yield* fill();
      indent = lead;
      words.push(...line.trim().split(/[ \t]+/));
    }
    yield* fill();
  });
}

/** What a break before a word costs, and a line of this length: the weights of GNU fmt. */
const LINE_COST = 4900;
const NOBREAK_COST = 360_000;
const SENTENCE_BONUS = 2500;
const PUNCTUATION_BONUS = 1600;
const PAREN_BONUS = 1600;
const widowCost = (length: number) => Math.floor(40_000 / (length + 2));
const square = (n: number) => n * n;
const orphanCost = (length: number) => Math.floor(22_500 / (length + 2));

/** The breaks of a paragraph that cost least; the last line is free, and lines of like length are cheaper. */
function breakLines(words: readonly string[], width: number): string[] {
  const goal = Math.max(1, Math.floor((width * 187) / 200));
  const count = words.length;
  const period = (i: number) => i === count - 1 || /[.?!][)\]'"]*$/.test(words[i]);
  // One blank is all that is known to stand after a word here, so only the last one surely ends a sentence.
  const final = (i: number) => i === count - 1;
  const base = (i: number): number => {
    let cost = LINE_COST;
    if (i > 0) {
      if (period(i - 1)) cost += final(i - 1) ? -SENTENCE_BONUS : NOBREAK_COST;
      else if (/[^\w\s]$/.test(words[i - 1])) cost -= PUNCTUATION_BONUS;
      else if (i > 1 && final(i - 2)) cost += widowCost(words[i - 1].length);
    }
    if (/^[('"`[{]/.test(words[i])) cost -= PAREN_BONUS;
    else if (final(i)) cost += orphanCost(words[i].length);
    return cost;
  };
  const best: number[] = new Array(count + 1).fill(Number.POSITIVE_INFINITY);
  const next: number[] = new Array(count + 1).fill(count);
  const lengths: number[] = new Array(count + 1).fill(0);
  best[count] = 0;
  for (let i = count - 1; i >= 0; i--) {
    let length = words[i].length;
    for (let j = i + 1; ; j++) {
      let cost = best[j];
      if (j < count) {
        cost += square(goal - length) * 100;
        if (next[j] < count) cost += Math.floor((square(length - lengths[j]) * 100) / 2);
      }
      if (cost < best[i] || (j === i + 1 && best[i] === Number.POSITIVE_INFINITY)) {
        best[i] = cost;
        next[i] = j;
        lengths[i] = length;
      }
      if (j >= count) break;
      length += 1 + words[j].length;
      if (length > width) break;
    }
    best[i] += base(i);
  }
  const rows: string[] = [];
  for (let i = 0; i < count; i = next[i]) rows.push(words.slice(i, next[i]).join(' '));
  return rows;
}

export const programs: readonly Program[] = [
  tool('fold', fold),
  tool('expand', expand),
  tool('unexpand', unexpand),
  tool('rev', rev),
  tool('fmt', fmt),
];
