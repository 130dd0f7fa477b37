import type { Sim } from '../kernel/sim.ts';
import { close, open, readAll, write } from '../kernel/syscalls.ts';
import { pow } from '../lib/math/exponential.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { openInput } from './lib/input.ts';
import { parseSize } from './lib/numbers.ts';
import { parseOptions } from './lib/options.ts';
import { quote, quoteAlways } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'a:b:C:dl:n:x0::1::2::3::4::5::6::7::8::9::',
  long: {
    'suffix-length': 'a:',
    bytes: 'b:',
    'line-bytes': 'C:',
    'numeric-suffixes': 'ns::',
    'hex-suffixes': 'xs::',
    lines: 'l:',
    number: 'n:',
    'additional-suffix': 'as:',
    verbose: 'verbose',
  },
  usage: '[OPTION]... [FILE [PREFIX]]',
  about: 'Writes pieces of a file to PREFIXaa, PREFIXab, ...; 1000 lines each unless told.',
};

/** Cuts a file into pieces. */
export function* split(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  if (o.operands.length > 2) throw new UsageError(`extra operand ${quote(o.operands[2])}`);
  const [input = '-', prefix = 'x'] = o.operands;
  let lines = 1000;
  let bytes: number | undefined;
  let chunks: number | undefined;
  for (const [key, value] of o.options) {
    const text = /^\d$/.test(key) ? key + value : value;
    const n = key === 'n' ? Number(/(\d+)$/.exec(text)?.[1] ?? Number.NaN) : parseSize(text);
    if (key === 'l' || /^\d$/.test(key)) {
      if (n === null || n === 0) throw new Fatal(`invalid number of lines: ${quote(text)}`);
      lines = n;
    } else if (key === 'b' || key === 'C') {
      if (n === null || n === 0) throw new Fatal(`invalid number of bytes: ${quote(text)}`);
      bytes = n;
    } else if (key === 'n') {
      if (n === null || !(n > 0)) throw new Fatal(`invalid number of chunks: ${quote(text)}`);
      chunks = n;
    }
  }
  const data = yield* readAll(yield* openForSplit(input));
  const digits = o.has('d') || o.has('ns') ? '0123456789' : o.has('x') || o.has('xs') ? '0123456789abcdef' : 'abcdefghijklmnopqrstuvwxyz';
  const pieces: Uint8Array[] = [];
  if (chunks !== undefined) {
    const byLines = /^l\//.test(o.value('n')!);
    const size = Math.floor(data.length / chunks);
    let at = 0;
    for (let i = 0; i < chunks; i++) {
      let end = i === chunks - 1 ? data.length : Math.min(data.length, size * (i + 1) + Math.min(i + 1, data.length % chunks));
      if (byLines && end < data.length && end > at) {
        const newline = data.indexOf(10, end - 1);
        end = newline < 0 ? data.length : newline + 1;
      }
      pieces.push(data.subarray(at, Math.max(at, end)));
      at = Math.max(at, end);
    }
  } else if (bytes !== undefined) for (let at = 0; at < data.length; at += bytes) pieces.push(data.subarray(at, at + bytes));
  else {
    for (let at = 0; at < data.length; ) {
      let end = at;
      for (let n = 0; n < lines && end < data.length; n++) {
        const newline = data.indexOf(10, end);
        end = newline < 0 ? data.length : newline + 1;
      }
      pieces.push(data.subarray(at, end));
      at = end;
    }
  }
  const fixed = o.value('a') === undefined ? undefined : Number(o.value('a'));
  const first = Number(o.value('ns') || o.value('xs') || 0);
  for (const [i, piece] of pieces.entries()) {
    const name = prefix + suffix(i + first, digits, fixed, chunks) + (o.value('as') ?? '');
    if (o.has('verbose')) yield* t.print(`creating file ${quoteAlways(name)}\n`);
    const out = yield* open(name, 'w');
    yield* write(out, piece);
    yield* close(out);
  }
}

function* openForSplit(input: string): Sim<number> {
  try {
    return yield* openInput(input);
  } catch (error) {
    throw new Fatal(`cannot open ${quoteAlways(input)} for reading: ${(error as Error).message}`);
  }
}

/** aa..yz, then zaaa..: the last letter of the alphabet makes room. */
function suffix(index: number, digits: string, fixed: number | undefined, chunks: number | undefined): string {
  const base = digits.length;
  let length = fixed ?? 2;
  if (fixed === undefined && chunks !== undefined) while (pow(base, length) < chunks) length++;
  let n = index;
  let head = '';
  if (fixed === undefined && chunks === undefined) {
    while (n >= pow(base, length - 1) * (base - 1)) {
      n -= pow(base, length - 1) * (base - 1);
      head += digits[base - 1];
      length++;
    }
  } else if (n >= pow(base, length)) throw new Fatal('output file suffixes exhausted');
  let out = '';
  for (let i = 0; i < length; i++) {
    out = digits[n % base] + out;
    n = Math.floor(n / base);
  }
  return head + out;
}

export const program = tool('split', split);
