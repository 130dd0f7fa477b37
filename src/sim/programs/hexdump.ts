import type { Program } from '../kernel/program.ts';
import { pause, type Sim } from '../kernel/sim.ts';
import { Fatal } from './lib/failure.ts';
import { parseSize } from './lib/numbers.ts';
import { parseOptions } from './lib/options.ts';
import { readInputs } from './lib/readInputs.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'bcCdoxe:f:n:s:vX',
  long: {
    'one-byte-octal': 'b',
    'one-byte-char': 'c',
    canonical: 'C',
    'two-bytes-decimal': 'd',
    'two-bytes-octal': 'o',
    'two-bytes-hex': 'x',
    length: 'n:',
    skip: 's:',
    'no-squeezing': 'v',
  },
  usage: '[options] <file>...',
  about: 'Shows the bytes of the files.',
  version: 'util-linux 2.38.1',
};

type Row = (row: Uint8Array) => string;

const words =
  (width: number, lead: number, show: (n: number) => string): Row =>
  (row) => {
    let out = '';
    for (let i = 0; i < 16; i += 2) {
      out +=
        i < row.length ? `${' '.repeat(lead)}${show(row[i] | ((row[i + 1] ?? 0) << 8)).padStart(width, '0')}` : ' '.repeat(lead + width);
    }
    return out;
  };

const CHARACTERS: Readonly<Record<number, string>> = { 0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' };
const each =
  (cell: (b: number) => string): Row =>
  (row) =>
    [...row].map(cell).join('').padEnd(64);

const ROWS: Readonly<Record<string, Row>> = {
  b: each((b) => ` ${b.toString(8).padStart(3, '0')}`),
  c: each((b) => (CHARACTERS[b] ?? (b >= 32 && b < 127 ? String.fromCharCode(b) : b.toString(8).padStart(3, '0'))).padStart(4)),
  d: words(5, 3, (n) => n.toString()),
  o: words(6, 2, (n) => n.toString(8)),
  x: words(4, 4, (n) => n.toString(16)),
  default: words(4, 1, (n) => n.toString(16)),
  C: (row) => {
    const hex = (from: number) =>
      Array.from({ length: 8 }, (_, i) => (from + i < row.length ? ` ${row[from + i].toString(16).padStart(2, '0')}` : '   ')).join('');
    const text = [...row].map((b) => (b >= 32 && b < 127 ? String.fromCharCode(b) : '.')).join('');
    return ` ${hex(0)} ${hex(8)}  |${text}|`;
  },
};

/** hexdump(1) of util-linux, without formats of one's own (-e, -f). */
export function* hexdump(t: Tool): Sim<void> {
  const canonical = /(^|\/)hd$/.test(t.name);
  const o = yield* parseOptions(t, SPEC);
  if (o.has('e') || o.has('f')) throw new Fatal('drydock: format strings (-e, -f) are not simulated');
  const number = (key: string): number | undefined => {
    const text = o.value(key);
    if (text === undefined) return undefined;
    const n = /^0x[0-9a-f]+$/i.test(text) ? Number(text) : parseSize(text);
    if (n === null) throw new Fatal(`failed to parse ${key === 'n' ? 'length' : 'offset'}: '${text}': Invalid argument`);
    return n;
  };
  const skip = number('s') ?? 0;
  const limit = number('n');
  const styles = o.options.map(([key]) => key).filter((key) => Object.hasOwn(ROWS, key));
  if (styles.length === 0) styles.push(canonical ? 'C' : 'default');
  const bytes = (yield* readInputs(t, o.operands, limit === undefined ? undefined : skip + limit)).subarray(skip);
  if (bytes.length === 0 && t.status !== 0) throw new Fatal('all input file arguments failed');
  const wide = styles[0] === 'C';
  const address = (n: number) => n.toString(16).padStart(wide ? 8 : 7, '0');
  let before: string | undefined;
  let starred = false;
  for (let at = 0; at < bytes.length; at += 16) {
    if (at % 4096 === 0) yield* pause();
    const row = bytes.subarray(at, at + 16);
    const key = row.join();
    if (!o.has('v') && row.length === 16 && key === before) {
      if (!starred) yield* t.print('*\n');
      starred = true;
      continue;
    }
    before = key;
    starred = false;
    for (const style of styles) yield* t.print(`${address(skip + at)}${ROWS[style](row)}\n`);
  }
  if (bytes.length > 0) yield* t.print(`${address(skip + bytes.length)}\n`);
}

export const programs: readonly Program[] = [tool('hexdump', hexdump, { shortName: true }), tool('hd', hexdump, { shortName: true })];
