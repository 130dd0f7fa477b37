import { isErrno } from '../kernel/errno.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { close, open, readAll } from '../kernel/syscalls.ts';
import { hint } from './lib/diff/usage.ts';
import { UsageError } from './lib/failure.ts';
import { type OptionSpec, type ParsedOptions, parseOptions } from './lib/options.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC: OptionSpec = {
  short: 'bci:ln:sv',
  long: { 'print-bytes': 'b', 'ignore-initial': 'i:', verbose: 'l', bytes: 'n:', quiet: 's', silent: 's' },
  usage: '[OPTION]... FILE1 [FILE2 [SKIP1 [SKIP2]]]',
  about: 'Compares two files byte by byte.',
  version: 'GNU diffutils) 3.12',
};

/** Compares bytes. */
function* cmp(t: Tool): Sim<number> {
  let o: ParsedOptions;
  try {
    o = yield* parseOptions(t, SPEC);
  } catch (error) {
    if (error instanceof UsageError && !t.busybox) return yield* hint(t, error.message);
    throw error;
  }
  const [a, b = '-'] = o.operands;
  if (a === undefined) return yield* hint(t, `missing operand after ${quote(t.name)}`);
  if (o.operands.length > 4) return yield* hint(t, `extra operand ${quote(o.operands[4])}`);
  const skips = (o.value('i') ?? '').split(':').map(Number);
  const skip = [Number(o.operands[2] ?? skips[0] ?? 0) || 0, Number(o.operands[3] ?? skips[1] ?? skips[0] ?? 0) || 0];
  const limit = o.value('n') === undefined ? Number.POSITIVE_INFINITY : Number(o.value('n'));
  const data: Uint8Array[] = [];
  for (const [i, path] of [a, b].entries()) {
    try {
      const fd = path === '-' ? 0 : yield* open(path, 'r');
      let whole = yield* readAll(fd);
      if (fd !== 0) yield* close(fd);
      whole = whole.subarray(skip[i]);
      data.push(whole.length > limit ? whole.subarray(0, limit) : whole);
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (!o.has('s')) yield* t.warn(t.busybox ? `can't open '${path}': ${error.message}` : `${path}: ${error.message}`);
      return 2;
    }
  }
  const [x, y] = data;
  const common = Math.min(x.length, y.length);
  let line = 1;
  let differs = false;
  const width = String(Math.max(x.length, y.length)).length;
  const wide = t.busybox ? width : Math.max(width, 19);
  let lastNewline = true;
  for (let i = 0; i < common; i++) {
    if (x[i] !== y[i]) {
      differs = true;
      if (o.has('s')) return 1;
      if (o.has('l'))
        yield* t.print(
          `${String(i + 1).padStart(wide)} ${x[i].toString(8).padStart(3)}${o.has('b') ? ` ${shown(x[i]).padEnd(4)}` : ''} ${y[i].toString(8).padStart(3)}${o.has('b') ? ` ${shown(y[i])}` : ''}\n`,
        );
      else {
        const bytes = o.has('b') ? ` is ${x[i].toString(8).padStart(3)} ${shown(x[i])} ${y[i].toString(8).padStart(3)} ${shown(y[i])}` : '';
        yield* t.print(`${a} ${b} differ: ${t.busybox ? 'char' : 'byte'} ${i + 1}, line ${line}${bytes}\n`);
        return 1;
      }
    }
    lastNewline = x[i] === 10;
    if (lastNewline) line++;
  }
  if (x.length !== y.length) {
    if (!o.has('s')) {
      const short = x.length < y.length ? a : b;
      const where =
        common === 0
          ? ' which is empty'
          : o.has('l')
            ? ` after byte ${common}`
            : ` after byte ${common}, ${lastNewline ? `line ${line - 1}` : `in line ${line}`}`;
      yield* t.warn(t.busybox ? `EOF on ${short}${o.has('l') ? '' : ` after byte ${common}`}` : `EOF on ${quote(short)}${where}`);
    }
    return 1;
  }
  return differs ? 1 : 0;
}

/** A byte as cat -v shows it. */
function shown(byte: number): string {
  const low = byte & 127;
  const text = low < 32 ? `^${String.fromCharCode(low + 64)}` : low === 127 ? '^?' : String.fromCharCode(low);
  return byte >= 128 ? `M-${text}` : text;
}

/** cmp [OPTION]... FILE1 [FILE2 [SKIP1 [SKIP2]]] */
export const program: Program = tool('cmp', cmp, { failStatus: 2 });
