import type { Sim } from '../kernel/sim.ts';
import { compareBytes } from './lib/compare.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { openInput, readLines } from './lib/input.ts';
import { parseOptions } from './lib/options.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'a:e:ij:o:t:v:1:2:z',
  long: { 'ignore-case': 'i', 'check-order': 'check', 'nocheck-order': 'nocheck', header: 'header', 'zero-terminated': 'z' },
  usage: '[OPTION]... FILE1 FILE2',
  about: 'Joins the lines of two sorted files that have the same join field.',
};

/** Relational join on a field. */
export function* join(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  if (o.operands.length < 2)
    throw new UsageError(o.operands.length === 0 ? 'missing operand' : `missing operand after ${quote(o.operands[0])}`);
  if (o.operands.length > 2) throw new UsageError(`extra operand ${quote(o.operands[2])}`);
  const field = (key: string): number => {
    const text = o.value(key) ?? o.value('j') ?? '1';
    if (!/^[1-9]\d*$/.test(text)) throw new Fatal(`invalid field number: ${quote(text)}`);
    return Number(text) - 1;
  };
  const keys = [field('1'), field('2')];
  const sep = o.value('t');
  const end = o.has('z') ? '\0' : '\n';
  const unpaired = [false, false];
  let paired = true;
  for (const [key, value] of o.options) {
    if (key !== 'a' && key !== 'v') continue;
    if (value !== '1' && value !== '2') throw new Fatal(`invalid file number: ${quote(value)}`);
    unpaired[Number(value) - 1] = true;
    if (key === 'v') paired = false;
  }
  const empty = o.value('e') ?? '';
  const split = (line: string): string[] =>
    sep === undefined ? line.split(/[ \t\n]+/).filter((f, i) => i > 0 || f !== '') : sep === '' ? [line] : line.split(sep);
  const files: string[][][] = [];
  for (const file of o.operands) files.push((yield* readLines(yield* openInput(file), end)).lines.map(split));
  const fold = (s: string): string => (o.has('i') ? s.toLowerCase() : s);
  const glue = sep === undefined || sep === '' ? ' ' : sep;
  const format = o.value('o')?.split(/[ ,]+/);
  const autoWidth = format?.[0] === 'auto' ? files.map((rows) => (rows[0] ?? ['']).length) : undefined;
  const emit = (a: string[] | undefined, b: string[] | undefined): string => {
    const rows = [a, b];
    const key = a !== undefined ? (a[keys[0]] ?? '') : (b![keys[1]] ?? '');
    const cells: string[] = [];
    if (format !== undefined && autoWidth === undefined) {
      for (const f of format) {
        const m = /^([12])\.(\d+)$/.exec(f);
        cells.push(f === '0' ? key : m ? rows[Number(m[1]) - 1]?.[Number(m[2]) - 1] || empty : empty);
      }
    } else {
      cells.push(key);
      for (const i of [0, 1]) {
        const row = rows[i] ?? (autoWidth ? new Array<string>(autoWidth[i]).fill(empty) : undefined);
        if (row) cells.push(...row.filter((_, k) => k !== keys[i]));
      }
    }
    return cells.join(glue) + end;
  };
  const [left, right] = files;
  let i = 0;
  let j = 0;
  if (o.has('header') && (left.length > 0 || right.length > 0)) {
    yield* t.print(emit(left[0], right[0]));
    i = j = 1;
  }
  const check = function* (rows: string[][], at: number, n: number): Sim<void> {
    if (
      at > 0 &&
      at < rows.length &&
      !o.has('nocheck') &&
      compareBytes(fold(rows[at - 1][keys[n]] ?? ''), fold(rows[at][keys[n]] ?? '')) > 0
    ) {
      yield* t.error(`${o.operands[n]}:${at + 1}: is not sorted: ${rows[at].join(glue)}`);
    }
  };
  while (i < left.length || j < right.length) {
    const order = i >= left.length ? 1 : j >= right.length ? -1 : compareBytes(fold(left[i][keys[0]] ?? ''), fold(right[j][keys[1]] ?? ''));
    if (order < 0) {
      if (unpaired[0]) yield* t.print(emit(left[i], undefined));
      yield* check(left, ++i, 0);
    } else if (order > 0) {
      if (unpaired[1]) yield* t.print(emit(undefined, right[j]));
      yield* check(right, ++j, 1);
    } else {
      const key = fold(left[i][keys[0]] ?? '');
      let i2 = i;
      let j2 = j;
      while (i2 < left.length && fold(left[i2][keys[0]] ?? '') === key) i2++;
      while (j2 < right.length && fold(right[j2][keys[1]] ?? '') === key) j2++;
      if (paired) for (let a = i; a < i2; a++) for (let b = j; b < j2; b++) yield* t.print(emit(left[a], right[b]));
      i = i2;
      j = j2;
    }
  }
}

export const program = tool('join', join);
