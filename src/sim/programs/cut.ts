import type { Sim } from '../kernel/sim.ts';
import { decodeUtf8, encodeUtf8 } from '../lib/utf8.ts';
import { UsageError } from './lib/failure.ts';
import { eachInput, LineReader } from './lib/input.ts';
import { parseOptions } from './lib/options.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'b:c:d:f:nszO:D',
  long: {
    bytes: 'b:',
    characters: 'c:',
    delimiter: 'd:',
    fields: 'f:',
    'only-delimited': 's',
    'output-delimiter': 'O:',
    complement: 'C',
    'zero-terminated': 'z',
  },
  usage: 'OPTION... [FILE]...',
  about: 'Writes the chosen bytes, characters or fields of each line.',
};

type Range = readonly [from: number, to: number];

function parseList(text: string, fields: boolean): Range[] {
  const what = fields ? 'field' : 'byte/character position';
  const ranges: Range[] = [];
  for (const part of text.split(/[, \t]/)) {
    const m = /^(\d*)(-?)(\d*)$/.exec(part);
    if (!m || part === '') {
      const bad = /[^\d,-]/.exec(text);
      if (part === '') throw new UsageError(fields ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1');
      if (bad) throw new UsageError(`invalid ${what} ${quote(text.slice(bad.index))}`.replace('field ‘', 'field value ‘'));
      throw new UsageError(`invalid ${fields ? 'field' : 'byte or character'} range`);
    }
    if (part === '-') throw new UsageError('invalid range with no endpoint: -');
    const from = m[1] === '' ? 1 : Number(m[1]);
    const to = m[2] === '' ? from : m[3] === '' ? Number.MAX_SAFE_INTEGER : Number(m[3]);
    if (from === 0 || (m[2] === '' && to === 0))
      throw new UsageError(fields ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1');
    if (to < from) throw new UsageError('invalid decreasing range');
    ranges.push([from, to]);
  }
  ranges.sort((a, b) => a[0] - b[0]);
  const merged: Range[] = [];
  for (const r of ranges) {
    const last = merged.at(-1);
    if (last && r[0] <= last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], r[1])];
    else merged.push(r);
  }
  return merged;
}

function complement(ranges: readonly Range[]): Range[] {
  const out: Range[] = [];
  let at = 1;
  for (const [from, to] of ranges) {
    if (from > at) out.push([at, from - 1]);
    at = to === Number.MAX_SAFE_INTEGER ? 0 : to + 1;
    if (at === 0) return out;
  }
  out.push([at, Number.MAX_SAFE_INTEGER]);
  return out;
}

/** Cuts columns or fields out of lines. */
export function* cut(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  const lists = o.options.filter(([k]) => k === 'b' || k === 'c' || k === 'f');
  if (lists.length > 1) throw new UsageError('only one list may be specified');
  if (lists.length === 0)
    throw new UsageError(
      t.busybox ? 'expected a list of bytes, characters, or fields' : 'you must specify a list of bytes, characters, or fields',
    );
  const [kind, list] = lists[0];
  let delimiter = o.value('d');
  if (delimiter !== undefined && [...delimiter].length > 1) throw new UsageError('the delimiter must be a single character');
  if (delimiter !== undefined && kind !== 'f') throw new UsageError('an input delimiter may be specified only when operating on fields');
  if (o.has('s') && kind !== 'f') throw new UsageError('suppressing non-delimited lines makes sense\n\tonly when operating on fields');
  let ranges = parseList(list, kind === 'f');
  if (o.has('C')) ranges = complement(ranges);
  delimiter ??= '\t';
  if (delimiter === '') delimiter = '\0';
  const glue = o.value('O') ?? (kind === 'f' ? delimiter : '');
  const end = o.has('z') ? '\0' : '\n';
  const pick = <T>(items: readonly T[], join: (slice: readonly T[]) => string): string => {
    const parts: string[] = [];
    for (const [from, to] of ranges) {
      if (from > items.length) break;
      parts.push(join(items.slice(from - 1, Math.min(to, items.length))));
    }
    return parts.join(glue);
  };
  yield* eachInput(t, o.operands, function* (fd) {
    const reader = new LineReader(fd, end);
    for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
      if (kind === 'f') {
        if (!line.includes(delimiter)) {
          if (!o.has('s')) yield* t.print(line + end);
          continue;
        }
        yield* t.print(pick(line.split(delimiter), (s) => s.join(glue)) + end);
      } else if (kind === 'c' || /^[\0-\x7f]*$/.test(line)) {
        yield* t.print(pick(/^[\0-\ud7ff]*$/.test(line) ? line.split('') : [...line], (s) => s.join('')) + end);
      } else {
        const bytes = Array.from(encodeUtf8(line), (b) => String.fromCharCode(b < 128 ? b : 0xdc00 + b));
        yield* t.print(decodeUtf8(encodeUtf8(pick(bytes, (s) => s.join('')))) + end);
      }
    }
  });
}

export const program = tool('cut', cut);
