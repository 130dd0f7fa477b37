/** base64, base32. */
import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { readAll } from '../kernel/syscalls.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { openInput } from './lib/input.ts';
import { parseOptions } from './lib/options.ts';
import { fileName, quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'diw:',
  long: { decode: 'd', 'ignore-garbage': 'i', wrap: 'w:' },
  usage: '[OPTION]... [FILE]',
  about: 'Encodes or, with -d, decodes data.',
};
const B64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const B32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Bits per digit, digits per full group. */
interface Base {
  readonly alphabet: string;
  readonly bits: number;
  readonly group: number;
}
const BASES: Readonly<Record<string, Base>> = {
  base64: { alphabet: B64, bits: 6, group: 4 },
  base32: { alphabet: B32, bits: 5, group: 8 },
};

export function encodeBase(data: Uint8Array, base: Base): string {
  let out = '';
  let held = 0;
  let bits = 0;
  for (const byte of data) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= base.bits) {
      bits -= base.bits;
      out += base.alphabet[(held >> bits) & ((1 << base.bits) - 1)];
    }
  }
  if (bits > 0) out += base.alphabet[(held << (base.bits - bits)) & ((1 << base.bits) - 1)];
  while (out.length % base.group !== 0) out += '=';
  return out;
}

/** What could be decoded, and whether all of it was valid. */
export function decodeBase(text: string, base: Base): { readonly data: Uint8Array; readonly valid: boolean } {
  const out: number[] = [];
  let held = 0;
  let bits = 0;
  let digits = 0;
  let valid = true;
  let padding = 0;
  for (const c of text) {
    if (c === '=') {
      padding++;
      if ((digits + padding) % base.group === 0) {
        digits = padding = bits = 0;
      }
      continue;
    }
    const value = base.alphabet.indexOf(c);
    if (value < 0 || padding > 0) {
      valid = false;
      break;
    }
    digits++;
    held = ((held << base.bits) | value) & 0xffff;
    bits += base.bits;
    if (bits >= 8) {
      bits -= 8;
      out.push((held >> bits) & 255);
    }
  }
  if (padding > 0 || digits % base.group === 1) valid = false;
  return { data: Uint8Array.from(out), valid };
}

export function* baseTool(t: Tool, name: string): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  if (o.operands.length > 1) throw new UsageError(`extra operand ${quote(o.operands[1])}`);
  const width = o.value('w') ?? '76';
  if (!/^\d+$/.test(width)) throw new Fatal(`invalid wrap size: ${quote(width)}`);
  const file = o.operands[0] ?? '-';
  let data: Uint8Array;
  try {
    data = yield* readAll(yield* openInput(file));
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Fatal(
      t.busybox
        ? `can't open '${file}': ${error.message}`
        : error.code === 'EISDIR'
          ? `read error: ${error.message}`
          : `${fileName(file)}: ${error.message}`,
    );
  }
  const base = BASES[name];
  if (o.has('d')) {
    let text = '';
    for (const byte of data) text += String.fromCharCode(byte);
    text = text.replace(/[\n\r]/g, '');
    if (o.has('i')) text = [...text].filter((c) => c === '=' || base.alphabet.includes(c)).join('');
    const { data: out, valid } = decodeBase(text, base);
    yield* t.out.bytes(out);
    if (!valid) throw new Fatal(t.busybox ? 'truncated input' : 'invalid input');
    return;
  }
  const text = encodeBase(data, base);
  const columns = Number(width);
  if (columns === 0) yield* t.print(text);
  else for (let at = 0; at < text.length; at += columns) yield* t.print(`${text.slice(at, at + columns)}\n`);
}

export const programs: readonly Program[] = [tool('base64', (t) => baseTool(t, 'base64')), tool('base32', (t) => baseTool(t, 'base32'))];
