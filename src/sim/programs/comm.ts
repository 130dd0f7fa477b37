import type { Sim } from '../kernel/sim.ts';
import { compareBytes } from './lib/compare.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { LineReader, openInput } from './lib/input.ts';
import { parseOptions } from './lib/options.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: '123z',
  long: { 'check-order': 'check', 'nocheck-order': 'nocheck', 'output-delimiter': 'od:', total: 'total', 'zero-terminated': 'z' },
  usage: '[OPTION]... FILE1 FILE2',
  about: 'Compares two sorted files: lines only in the first, only in the second, in both.',
};

/** Three columns: only in the first, only in the second, in both. */
export function* comm(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  if (o.operands.length < 2)
    throw new UsageError(o.operands.length === 0 ? 'missing operand' : `missing operand after ${quote(o.operands[0])}`);
  if (o.operands.length > 2) throw new UsageError(`extra operand ${quote(o.operands[2])}`);
  const end = o.has('z') ? '\0' : '\n';
  const glue = o.value('od') ?? '\t';
  const show = [!o.has('1'), !o.has('2'), !o.has('3')];
  const readers: LineReader[] = [];
  for (const file of o.operands) readers.push(new LineReader(yield* openInput(file), end));
  const warned = [false, false];
  let mismatch = false;
  const last: (string | null)[] = [null, null];
  const line: (string | null)[] = [null, null];
  function* advance(i: number): Sim<void> {
    const next = yield* readers[i].next();
    if (
      next !== null &&
      last[i] !== null &&
      !warned[i] &&
      !o.has('nocheck') &&
      compareBytes(last[i]!, next) > 0 &&
      (o.has('check') || mismatch)
    ) {
      warned[i] = true;
      const message = `file ${i + 1} is not in sorted order`;
      if (o.has('check')) throw new Fatal(message);
      yield* t.error(message);
    }
    last[i] = next;
    line[i] = next;
  }
  yield* advance(0);
  yield* advance(1);
  const counts = [0, 0, 0];
  while (line[0] !== null || line[1] !== null) {
    const order = line[0] === null ? 1 : line[1] === null ? -1 : compareBytes(line[0], line[1]);
    const column = order < 0 ? 0 : order > 0 ? 1 : 2;
    if (order !== 0) mismatch = true;
    counts[column]++;
    if (show[column]) yield* t.print(glue.repeat(show.slice(0, column).filter(Boolean).length) + (column === 1 ? line[1] : line[0]) + end);
    if (order <= 0) yield* advance(0);
    if (order >= 0) yield* advance(1);
  }
  if (o.has('total')) yield* t.print(`${counts.join(glue)}${glue}total${end}`);
  if (warned.includes(true)) throw new Fatal('input is not in sorted order');
}

export const program = tool('comm', comm);
