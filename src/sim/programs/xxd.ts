import { isErrno } from '../kernel/errno.ts';
import { pause, type Sim } from '../kernel/sim.ts';
import { close, open, readAll, write } from '../kernel/syscalls.ts';
import { decodeUtf8 } from '../lib/utf8.ts';
import { Fatal } from './lib/failure.ts';
import { openInput } from './lib/input.ts';
import { parseArguments } from './lib/options.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'abc:Ceg:il:no:prs:uvdh',
  long: { plain: 'p', ps: 'p', postscript: 'p', revert: 'r', bits: 'b', include: 'i', uppercase: 'u', cols: 'c:', len: 'l:', seek: 's:' },
  usage: '[options] [infile [outfile]]',
  about: '',
};
const whole = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** xxd: hex and ASCII side by side, and back. */
export function* xxd(t: Tool): Sim<number> {
  const o = parseArguments(
    t.args.map((arg) => (arg === '-ps' || arg === '-plain' || arg === '-postscript' ? '-p' : arg)),
    SPEC,
  );
  const [inPath = '-', outPath] = o.operands;
  let bytes: Uint8Array;
  try {
    const fd = yield* openInput(inPath);
    bytes = yield* readAll(fd);
    if (fd !== 0) yield* close(fd);
  } catch (error) {
    if (!isErrno(error)) throw error;
    throw new Fatal(`${inPath}: ${error.message}`, 2);
  }
  const fd = outPath === undefined || outPath === '-' ? 1 : yield* open(outPath, 'w');
  if (o.has('r')) {
    yield* write(fd, revert(decodeUtf8(bytes), o.has('p')));
    return 0;
  }
  const seek = whole(o.value('s')) ?? 0;
  const from = seek < 0 ? Math.max(0, bytes.length + seek) : seek;
  const length = whole(o.value('l'));
  const part = bytes.subarray(from, length === undefined ? undefined : from + length);
  yield* write(fd, o.has('i') ? include(part, inPath) : yield* dump(part, from, o));
  return 0;
}

function* dump(bytes: Uint8Array, base: number, o: ReturnType<typeof parseArguments>): Sim<string> {
  const plain = o.has('p');
  const bits = o.has('b');
  const columns = whole(o.value('c')) ?? (plain ? 30 : bits ? 6 : 16);
  const group = whole(o.value('g')) ?? (plain ? 0 : bits ? 1 : o.has('e') ? 4 : 2);
  const show = (b: number) => {
    const text = bits ? b.toString(2).padStart(8, '0') : b.toString(16).padStart(2, '0');
    return o.has('u') ? text.toUpperCase() : text;
  };
  const size = bits ? 8 : 2;
  const groups = group === 0 ? 1 : Math.ceil(columns / group);
  const full = columns * size + (group === 0 ? 0 : groups - 1);
  let out = '';
  for (let at = 0; at < bytes.length; at += columns) {
    if (at % (columns * 256) === 0) yield* pause();
    const row = bytes.subarray(at, at + columns);
    let hex = '';
    if (o.has('e') && group > 0) {
      for (let i = 0; i < row.length; i += group) {
        const cells = [...row.subarray(i, i + group)].reverse().map(show).join('');
        hex += `${hex === '' ? '' : ' '}${cells.padStart(group * size)}`;
      }
    } else row.forEach((b, i) => (hex += `${group > 0 && i > 0 && i % group === 0 ? ' ' : ''}${show(b)}`));
    if (plain) out += `${hex}\n`;
    else {
      const label = o.has('d') ? String(base + at).padStart(8, '0') : (base + at).toString(16).padStart(8, '0');
      const text = [...row].map((b) => (b >= 32 && b < 127 ? String.fromCharCode(b) : '.')).join('');
      out += `${label}: ${hex.padEnd(full)}  ${text}\n`;
    }
  }
  return out;
}

function include(bytes: Uint8Array, path: string): string {
  const rows: string[] = [];
  for (let at = 0; at < bytes.length; at += 12) {
    rows.push(`  ${[...bytes.subarray(at, at + 12)].map((b) => `0x${b.toString(16).padStart(2, '0')}`).join(', ')}`);
  }
  const body = rows.join(',\n');
  if (path === '-') return `${body}\n`;
  const name = path.replace(/^(?=\d)/, '__').replace(/[^A-Za-z0-9]/g, '_');
  return `unsigned char ${name}[] = {\n${body}\n};\nunsigned int ${name}_len = ${bytes.length};\n`;
}

function revert(text: string, plain: boolean): Uint8Array {
  const out: number[] = [];
  for (const line of text.split('\n')) {
    const match = plain ? [line, '', line] : /^\s*([0-9a-fA-F]+):?\s(.*)$/.exec(line);
    if (!match) continue;
    let at = plain ? out.length : Number.parseInt(match[1], 16);
    // Two blanks end the hex of a line; what follows is its text.
    for (const pair of (plain ? match[2] : match[2].trimStart().split('  ')[0]).replace(/\s/g, '').match(/[0-9a-fA-F]{2}/g) ?? []) {
      while (out.length < at) out.push(0);
      out[at++] = Number.parseInt(pair, 16);
    }
  }
  return Uint8Array.from(out);
}

export const program = tool('xxd', xxd, { shortName: true });
