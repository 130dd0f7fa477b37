/** The types of od's -t: which bytes make one cell and how it is written. */

export interface Dump {
  /** Bytes per cell. */
  readonly size: number;
  /** Characters that a cell takes at most. */
  readonly width: number;
  readonly show: (bytes: Uint8Array) => string;
  /** With `z`: the printable characters follow. */
  readonly trailing: boolean;
}

/** What is wrong with a type; `%` stands for the whole of it. */
export class FormatError extends Error {}

const SIZES: Readonly<Record<string, number>> = { C: 1, S: 2, I: 4, L: 8, F: 4, D: 8 };
const NAMES = ['nul soh stx etx eot enq ack bel bs ht nl vt ff cr so si dle dc1 dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us sp']
  .join(' ')
  .split(' ');
const ESCAPES: Readonly<Record<number, string>> = { 0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' };

/** Reads e.g. 'x1z', 'acd4'. @throws {FormatError} */
export function dumpFormat(types: string, bigEndian: boolean): Dump[] {
  const out: Dump[] = [];
  const pattern = /([acdouxf])(\d+|[CSILFD])?(z)?/y;
  let at = 0;
  while (at < types.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(types);
    if (!match) throw new FormatError(`invalid character '${types[at]}' in type string %`);
    at = pattern.lastIndex;
    const [, letter, given, z] = match;
    if (letter === 'a' || letter === 'c') {
      if (given !== undefined) throw new FormatError(`invalid character '${given[0]}' in type string %`);
      out.push({ size: 1, width: 3, show: letter === 'a' ? named : character, trailing: z !== undefined });
      continue;
    }
    const size = given === undefined ? (letter === 'f' ? 8 : 4) : (SIZES[given] ?? Number(given));
    if (letter === 'f' ? size !== 4 && size !== 8 : ![1, 2, 4, 8].includes(size))
      throw new FormatError(
        `invalid type string %;\nthis system doesn't provide a ${size}-byte ${letter === 'f' ? 'floating point' : 'integral'} type`,
      );
    out.push({ ...number(letter, size, bigEndian), trailing: z !== undefined });
  }
  return out;
}

function named(bytes: Uint8Array): string {
  const b = bytes[0] & 0x7f;
  return b === 127 ? 'del' : (NAMES[b] ?? String.fromCharCode(b));
}

function character(bytes: Uint8Array): string {
  const b = bytes[0];
  return ESCAPES[b] ?? (b >= 32 && b < 127 ? String.fromCharCode(b) : b.toString(8).padStart(3, '0'));
}

function number(letter: string, size: number, bigEndian: boolean): Omit<Dump, 'trailing'> {
  const value = (bytes: Uint8Array): bigint => {
    const ordered = bigEndian ? [...bytes] : [...bytes].reverse();
    return ordered.reduce((n, b) => (n << 8n) | BigInt(b), 0n);
  };
  const bits = size * 8;
  switch (letter) {
    case 'x':
      return {
        size,
        width: size * 2,
        show: (b) =>
          value(b)
            .toString(16)
            .padStart(size * 2, '0'),
      };
    case 'o': {
      const width = Math.ceil(bits / 3);
      return { size, width, show: (b) => value(b).toString(8).padStart(width, '0') };
    }
    case 'u':
      return { size, width: String((1n << BigInt(bits)) - 1n).length, show: (b) => String(value(b)) };
    case 'd':
      return { size, width: String(-(1n << BigInt(bits - 1))).length, show: (b) => String(BigInt.asIntN(bits, value(b))) };
    default:
      return { size, width: size === 4 ? 15 : 24, show: (b) => float(b, bigEndian) };
  }
}

/** The shortest decimal that reads back as the same number. */
function float(bytes: Uint8Array, bigEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const x = bytes.length === 4 ? view.getFloat32(0, !bigEndian) : view.getFloat64(0, !bigEndian);
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x < 0 ? '-inf' : 'inf';
  let digits = 1;
  const same = (text: string) => (bytes.length === 4 ? Math.fround(Number(text)) : Number(text)) === x;
  while (digits < 17 && !same(x.toPrecision(digits))) digits++;
  if (x === 0) return Object.is(x, -0) ? '-0' : '0';
  const [mantissa, exponent] = x.toExponential(digits - 1).split('e');
  const power = Number(exponent);
  // %g: an exponent below -4 or not below the digits (at least 6 or 15 of them) is written out.
  if (power < -4 || power >= Math.max(digits, bytes.length === 4 ? 6 : 15))
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  return x.toFixed(Math.max(0, digits - 1 - power));
}
