import type { Sim } from '../kernel/sim.ts';
import { pause } from '../kernel/sim.ts';
import { type Dump, dumpFormat, FormatError } from './lib/dumpFormat.ts';
import { Fatal } from './lib/failure.ts';
import { parseSize } from './lib/numbers.ts';
import { parseOptions } from './lib/options.ts';
import { quote } from './lib/quote.ts';
import { readInputs } from './lib/readInputs.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'A:j:N:S:t:w::vabcdfFhHiIlLoOsxXDeB',
  long: {
    'address-radix': 'A:',
    'skip-bytes': 'j:',
    'read-bytes': 'N:',
    format: 't:',
    width: 'w::',
    'output-duplicates': 'v',
    strings: 'S:',
    endian: 'endian:',
    traditional: 'traditional',
  },
  usage: '[OPTION]... [FILE]...',
  about: 'Shows the bytes of the files as numbers or characters.',
};

/** The traditional letters and what they stand for with -t. */
const TRADITIONAL: Readonly<Record<string, string>> = {
  a: 'a',
  b: 'o1',
  B: 'o2',
  c: 'c',
  d: 'u2',
  D: 'u4',
  e: 'fD',
  f: 'fF',
  F: 'fD',
  h: 'x2',
  H: 'x4',
  i: 'dI',
  I: 'dL',
  l: 'dL',
  L: 'dL',
  o: 'o2',
  O: 'o4',
  s: 'd2',
  x: 'x2',
  X: 'x4',
};

const RADIX: Readonly<Record<string, (n: number) => string>> = {
  o: (n) => n.toString(8).padStart(7, '0'),
  d: (n) => String(n).padStart(7, '0'),
  x: (n) => n.toString(16).padStart(6, '0'),
  n: () => '',
};

/** od(1). */
export function* od(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  const radix = o.value('A') ?? 'o';
  if (!Object.hasOwn(RADIX, radix)) throw new Fatal(`invalid output address radix '${radix}'; it must be one character from [doxn]`);
  const count = (key: string): number | undefined => {
    const text = o.value(key);
    if (text === undefined) return undefined;
    const hex = /^0[xX]([0-9a-fA-F]+)$/.exec(text);
    const n = hex ? Number.parseInt(hex[1], 16) : /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : parseSize(text);
    if (n === null) throw new Fatal(`invalid -${key} argument '${text}'`);
    return n;
  };
  const skip = count('j') ?? 0;
  const limit = count('N');
  const big = o.value('endian') === 'big';
  const dumps: Dump[] = [];
  for (const [key, value] of o.options) {
    const types = key === 't' ? value : TRADITIONAL[key];
    if (types === undefined) continue;
    try {
      dumps.push(...dumpFormat(types, big));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      throw new Fatal(error.message.replace('%', quote(types)));
    }
  }
  if (dumps.length === 0) dumps.push(...dumpFormat('o2', big));
  const all = yield* readInputs(t, o.operands, limit === undefined ? undefined : skip + limit);
  if (skip > all.length) throw new Fatal('cannot skip past end of combined input');
  if (all.length === 0 && t.status !== 0) return;
  const bytes = all.subarray(skip);
  if (o.has('S')) return yield* strings(t, bytes, skip, Number(o.value('S') || 3), RADIX[radix]);
  const unit = dumps.reduce((n, d) => lcm(n, d.size), 1);
  const asked = o.has('w') ? Number(o.value('w') || 32) : undefined;
  if (asked !== undefined && (!Number.isInteger(asked) || asked <= 0)) throw new Fatal(`invalid -w argument '${o.value('w')}'`);
  const width = asked === undefined ? Math.max(unit, 16 - (16 % unit)) : asked % unit === 0 ? asked : unit;
  if (asked !== undefined && asked % unit !== 0) yield* t.warn(`warning: invalid width ${asked}; using ${unit} instead`);
  yield* dumpRows(t, bytes, skip, dumps, width, RADIX[radix], o.has('v'));
}

function* dumpRows(
  t: Tool,
  bytes: Uint8Array,
  base: number,
  dumps: readonly Dump[],
  width: number,
  address: (n: number) => string,
  all: boolean,
): Sim<void> {
  // Every type gets cells wide enough that the columns of all of them line up.
  const perByte = Math.max(...dumps.map((d) => (d.width + 1) / d.size));
  let before: string | undefined;
  let starred = false;
  for (let at = 0; at < bytes.length; at += width) {
    if (at % (width * 256) === 0) yield* pause();
    const row = bytes.subarray(at, at + width);
    const key = row.join();
    if (!all && row.length === width && key === before) {
      if (!starred) yield* t.print('*\n');
      starred = true;
      continue;
    }
    before = key;
    starred = false;
    const label = address(base + at);
    for (const [i, dump] of dumps.entries()) {
      const cell = Math.round(perByte * dump.size);
      let text = '';
      for (let k = 0; k < row.length; k += dump.size) text += dump.show(padded(row, k, dump.size)).padStart(cell);
      if (dump.trailing) {
        const missing = Math.floor((width - row.length) / dump.size) * cell;
        text += `${' '.repeat(missing)}  >${printable(row)}<`;
      }
      yield* t.print(`${i === 0 ? label : ' '.repeat(label.length)}${text}\n`);
    }
  }
  const end = address(base + bytes.length);
  if (end !== '') yield* t.print(`${end}\n`);
}

/** Bytes beyond the end count as zero. */
function padded(row: Uint8Array, at: number, size: number): Uint8Array {
  const part = row.subarray(at, at + size);
  if (part.length === size) return part;
  const full = new Uint8Array(size);
  full.set(part);
  return full;
}

const printable = (row: Uint8Array): string => [...row].map((b) => (b >= 32 && b < 127 ? String.fromCharCode(b) : '.')).join('');

function* strings(t: Tool, bytes: Uint8Array, base: number, min: number, address: (n: number) => string): Sim<void> {
  let start = 0;
  for (let i = 0; i <= bytes.length; i++) {
    const b = bytes[i];
    if (i < bytes.length && b >= 32 && b < 127) continue;
    if (b === 0 && i - start >= min)
      yield* t.print(`${address(base + start)}${address === RADIX.n ? '' : ' '}${String.fromCharCode(...bytes.subarray(start, i))}\n`);
    start = i + 1;
  }
}

function lcm(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

export const program = tool('od', od);
