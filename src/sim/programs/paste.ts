import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { escapes } from './lib/escapes.ts';
import { Fatal } from './lib/failure.ts';
import { LineReader, openInput } from './lib/input.ts';
import { parseOptions } from './lib/options.ts';
import { fileName } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'd:sz',
  long: { delimiters: 'd:', serial: 's', 'zero-terminated': 'z' },
  usage: '[OPTION]... [FILE]...',
  about: 'Puts the lines of several files side by side.',
};

/** Merges lines of files, in parallel or one file after another. */
export function* paste(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  const text = (o.value('d') ?? '\t').replaceAll('\\0', '\udc00');
  const glue = [...escapes(text, 'format').out].map((c) => (c === '\udc00' ? '' : c));
  const end = o.has('z') ? '\0' : '\n';
  const files = o.operands.length === 0 ? ['-'] : o.operands;
  const stdin = new LineReader(0, end);
  const readers: LineReader[] = [];
  for (const file of files) {
    try {
      readers.push(file === '-' ? stdin : new LineReader(yield* openInput(file), end));
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (!o.has('s')) throw new Fatal(`${fileName(file)}: ${error.message}`);
      yield* t.error(`${fileName(file)}: ${error.message}`);
    }
  }
  const between = (n: number): string => (glue.length === 0 ? '' : glue[n % glue.length]);
  if (o.has('s')) {
    for (const reader of readers) {
      let n = 0;
      for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
        yield* t.print((n > 0 ? between(n - 1) : '') + line);
        n++;
      }
      yield* t.print(end);
    }
    return;
  }
  for (;;) {
    let some = false;
    let row = '';
    for (const [n, reader] of readers.entries()) {
      const line = yield* reader.next();
      if (line !== null) some = true;
      row += (n > 0 ? between(n - 1) : '') + (line ?? '');
    }
    if (!some) return;
    yield* t.print(row + end);
  }
}

export const program = tool('paste', paste);
