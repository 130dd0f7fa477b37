import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { open } from '../kernel/syscalls.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { LineReader, openInput } from './lib/input.ts';
import { parseOptions } from './lib/options.ts';
import { Output } from './lib/output.ts';
import { fileName, quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'cdDf:is:uw:z',
  long: {
    count: 'c',
    repeated: 'd',
    'all-repeated': 'all::',
    'skip-fields': 'f:',
    group: 'group::',
    'ignore-case': 'i',
    'skip-chars': 's:',
    unique: 'u',
    'check-chars': 'w:',
    'zero-terminated': 'z',
  },
  usage: '[OPTION]... [INPUT [OUTPUT]]',
  about: 'Leaves one of each run of equal adjacent lines.',
};

function count(text: string | undefined, what: string, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d+$/.test(text)) throw new Fatal(`${text}: invalid number of ${what}`);
  return Number(text);
}

/** Drops or counts repeated adjacent lines. */
export function* uniq(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  if (o.operands.length > 2) throw new UsageError(`extra operand ${quote(o.operands[2])}`);
  const fields = count(o.value('f'), 'fields to skip', 0);
  const chars = count(o.value('s'), 'bytes to skip', 0);
  const width = count(o.value('w'), 'bytes to compare', Number.MAX_SAFE_INTEGER);
  const fold = o.has('i');
  const keyOf = (line: string): string => {
    let at = 0;
    for (let n = 0; n < fields && at < line.length; n++) {
      while (line[at] === ' ' || line[at] === '\t') at++;
      while (at < line.length && line[at] !== ' ' && line[at] !== '\t') at++;
    }
    const key = line.slice(at + chars, at + chars + width);
    return fold ? key.toLowerCase() : key;
  };
  const all = o.has('D') || o.has('all');
  const method = o.value('all') || 'none';
  const group = o.has('group') ? o.value('group') || 'separate' : undefined;
  const delimiter = o.has('z') ? '\0' : '\n';
  let fd = 0;
  const [input = '-', output] = o.operands;
  try {
    fd = yield* openInput(input);
  } catch (error) {
    if (t.busybox) throw new Fatal(`can't open '${input}': ${(error as Error).message}`);
    if (isErrno(error)) throw new Fatal(`${fileName(input)}: ${error.message}`);
    throw error;
  }
  const out = output === undefined || output === '-' ? t.out : new Output(yield* open(output, 'w'));
  const reader = new LineReader(fd, delimiter);
  let runs = 0;
  function* emit(run: readonly string[], n: number): Sim<void> {
    if (group !== undefined) {
      if (group === 'prepend' || group === 'both' || (group === 'separate' && runs > 0)) yield* out.write(delimiter);
      for (const line of run) yield* out.write(line + delimiter);
      if (group === 'append') yield* out.write(delimiter);
      runs++;
      return;
    }
    if (all) {
      if (n < 2) return;
      if (method === 'prepend' || (method === 'separate' && runs > 0)) yield* out.write(delimiter);
      for (const line of run) yield* out.write(line + delimiter);
      runs++;
      return;
    }
    if (o.has('d') && n < 2) return;
    if (o.has('u') && n > 1) return;
    yield* out.write((o.has('c') ? `${String(n).padStart(7)} ` : '') + run[0] + delimiter);
  }
  let run: string[] = [];
  let n = 0;
  let key = '';
  for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
    const k = keyOf(line);
    if (n > 0 && k === key) {
      n++;
      if (all || group !== undefined) run.push(line);
      continue;
    }
    if (n > 0) yield* emit(run, n);
    run = [line];
    n = 1;
    key = k;
  }
  if (n > 0) yield* emit(run, n);
  if (group === 'both' && runs > 0) yield* out.write(delimiter);
  yield* out.flush();
}

export const program = tool('uniq', uniq);
