import type { Sim } from '../kernel/sim.ts';
import { read } from '../kernel/syscalls.ts';
import { own } from '../lib/dictionary.ts';
import { encodeUtf8 } from '../lib/utf8.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { CHUNK } from './lib/input.ts';
import { parseOptions } from './lib/options.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: '+cCdst',
  long: { complement: 'c', delete: 'd', 'squeeze-repeats': 's', 'truncate-set1': 't' },
  usage: '[OPTION]... STRING1 [STRING2]',
  about: 'Translates, squeezes or deletes the bytes of standard input.',
};

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const UPPER = range(65, 90);
const LOWER = range(97, 122);
const DIGIT = range(48, 57);
const PUNCT = [...range(33, 47), ...range(58, 64), ...range(91, 96), ...range(123, 126)];
const CLASSES: Readonly<Record<string, readonly number[]>> = {
  upper: UPPER,
  lower: LOWER,
  digit: DIGIT,
  alpha: [...UPPER, ...LOWER],
  alnum: [...DIGIT, ...UPPER, ...LOWER],
  punct: PUNCT,
  space: [9, 10, 11, 12, 13, 32],
  blank: [9, 32],
  cntrl: [...range(0, 31), 127],
  print: range(32, 126),
  graph: range(33, 126),
  xdigit: [...DIGIT, ...range(65, 70), ...range(97, 102)],
};
const ESCAPE: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 };

interface CharSet {
  readonly bytes: number[];
  /** Position where a `[x*]` fills up, and the byte. */
  readonly fill: { readonly at: number; readonly byte: number } | undefined;
  readonly classes: readonly string[];
}

function parseSet(text: string): CharSet {
  const raw = encodeUtf8(text);
  const items: { byte: number; escaped: boolean }[] = [];
  for (let i = 0; i < raw.length; i++) {
    const c = String.fromCharCode(raw[i]);
    if (c !== '\\' || i + 1 >= raw.length) {
      items.push({ byte: raw[i], escaped: false });
      continue;
    }
    const next = String.fromCharCode(raw[i + 1]);
    const octal = /^[0-7]{1,3}/.exec(String.fromCharCode(...raw.slice(i + 1, i + 4)));
    if (octal) {
      items.push({ byte: Number.parseInt(octal[0], 8) & 255, escaped: true });
      i += octal[0].length;
    } else {
      items.push({ byte: ESCAPE[next] ?? raw[i + 1], escaped: true });
      i++;
    }
  }
  const bytes: number[] = [];
  const classes: string[] = [];
  let fill: CharSet['fill'];
  const is = (i: number, c: string): boolean => i < items.length && !items[i].escaped && items[i].byte === c.charCodeAt(0);
  for (let i = 0; i < items.length; i++) {
    if (is(i, '[') && (is(i + 1, ':') || is(i + 1, '='))) {
      const mark = is(i + 1, ':') ? ':' : '=';
      let j = i + 2;
      while (j + 1 < items.length && !(is(j, mark) && is(j + 1, ']'))) j++;
      if (j + 1 < items.length) {
        const name = String.fromCharCode(...items.slice(i + 2, j).map((x) => x.byte));
        if (mark === '=') bytes.push(items[i + 2].byte);
        else if (own(CLASSES, name) === undefined) throw new Fatal(`invalid character class ${quote(name)}`);
        else {
          bytes.push(...CLASSES[name]);
          classes.push(name);
        }
        i = j + 1;
        continue;
      }
    }
    if (is(i, '[') && is(i + 2, '*')) {
      let j = i + 3;
      while (j < items.length && !is(j, ']')) j++;
      const digits = String.fromCharCode(...items.slice(i + 3, j).map((x) => x.byte));
      if (j < items.length && /^\d*$/.test(digits)) {
        const times = digits.startsWith('0') ? Number.parseInt(digits, 8) : Number(digits);
        if (digits === '' || times === 0) fill = { at: bytes.length, byte: items[i + 1].byte };
        else for (let k = 0; k < times; k++) bytes.push(items[i + 1].byte);
        i = j;
        continue;
      }
    }
    if (is(i + 1, '-') && i + 2 < items.length) {
      const from = items[i].byte;
      const to = items[i + 2].byte;
      if (to < from) throw new Fatal(`range-endpoints of '${shown(from)}-${shown(to)}' are in reverse collating sequence order`);
      bytes.push(...range(from, to));
      i += 2;
      continue;
    }
    bytes.push(items[i].byte);
  }
  return { bytes, fill, classes };
}

const shown = (byte: number): string => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`);

/** Translates byte by byte. */
export function* tr(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  const remove = o.has('d');
  const squeeze = o.has('s');
  const args = o.operands;
  const least = remove === squeeze ? 2 : 1;
  const most = remove && !squeeze ? 1 : 2;
  if (args.length < least) {
    if (args.length === 0) throw new UsageError(t.busybox ? '' : 'missing operand');
    if (t.busybox) throw new UsageError('');
    throw new UsageError(
      `missing operand after ${quote(args[0])}\n${squeeze ? 'Two strings must be given when both deleting and squeezing repeats.' : 'Two strings must be given when translating.'}`,
    );
  }
  if (args.length > most) {
    throw new UsageError(
      `extra operand ${quote(args[most])}${args.length === 2 ? '\nOnly one string may be given when deleting without squeezing repeats.' : ''}`,
    );
  }
  const first = parseSet(args[0]);
  if (first.fill) throw new Fatal('the [c*] repeat construct may not appear in string1');
  let from = first.bytes;
  if (o.has('c') || o.has('C')) {
    const inside = new Set(from);
    from = range(0, 255).filter((b) => !inside.has(b));
  }
  const map = new Uint8Array(range(0, 255));
  const drop = new Uint8Array(256);
  const press = new Uint8Array(256);
  if (remove) for (const b of from) drop[b] = 1;
  if (args.length === 2 && !remove) {
    const second = parseSet(args[1]);
    let to = second.bytes;
    if (second.fill) {
      const missing = Math.max(0, from.length - to.length);
      to = [...to.slice(0, second.fill.at), ...new Array<number>(missing).fill(second.fill.byte), ...to.slice(second.fill.at)];
    }
    if (second.classes.some((c) => c !== 'upper' && c !== 'lower')) {
      throw new Fatal("when translating, the only character classes that may appear in\nstring2 are 'upper' and 'lower'");
    }
    if (to.length === 0 && !o.has('t') && from.length > 0) throw new Fatal('when not truncating set1, string2 must be non-empty');
    if (o.has('t')) from = from.slice(0, to.length);
    for (const [i, b] of from.entries()) map[b] = to[Math.min(i, to.length - 1)];
    if (squeeze) for (const b of to) press[b] = 1;
  } else if (squeeze) {
    for (const b of args.length === 2 ? parseSet(args[1]).bytes : from) press[b] = 1;
  }
  let last = -1;
  for (let chunk = yield* read(0, CHUNK); chunk.length > 0; chunk = yield* read(0, CHUNK)) {
    const out = new Uint8Array(chunk.length);
    let n = 0;
    for (const byte of chunk) {
      if (drop[byte]) continue;
      const mapped = map[byte];
      if (press[mapped] && mapped === last) continue;
      last = mapped;
      out[n++] = mapped;
    }
    yield* t.out.bytes(out.subarray(0, n));
  }
}

export const program = tool('tr', tr);
