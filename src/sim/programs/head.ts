import type { Sim } from '../kernel/sim.ts';
import { read } from '../kernel/syscalls.ts';
import { concatBytes } from '../lib/bytes.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { CHUNK, eachInput, LineReader } from './lib/input.ts';
import { parseSize } from './lib/numbers.ts';
import { parseOptions } from './lib/options.ts';
import { quote, quoteAlways } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'c:n:qvz0::1::2::3::4::5::6::7::8::9::',
  long: { bytes: 'c:', lines: 'n:', quiet: 'q', silent: 'q', verbose: 'v', 'zero-terminated': 'z' },
  usage: '[OPTION]... [FILE]...',
  about: 'Writes the first 10 lines of each file; with more than one file, each after a header with its name.',
};

/** Prints the heads of files: `-n N`, `-n -N` (all but the last N), `-c`. */
export function* head(t: Tool, args: readonly string[] = t.args): Sim<void> {
  const o = yield* parseOptions(t, SPEC, args);
  let count = 10;
  let bytes = false;
  let allBut = false;
  for (const [key, value] of o.options) {
    const old = /^\d$/.test(key);
    if (key !== 'n' && key !== 'c' && !old) continue;
    const text = old ? key + value : value;
    bytes = key === 'c';
    allBut = text.startsWith('-');
    const n = parseSize(allBut || text.startsWith('+') ? text.slice(1) : text);
    if (n === null) {
      if (t.busybox) throw new Fatal(`invalid number '${text}'`);
      throw new Fatal(`invalid number of ${bytes ? 'bytes' : 'lines'}: ${quote(allBut ? text.slice(1) : text)}`);
    }
    count = n;
  }
  const files = o.operands;
  const headers = o.has('v') || (files.length > 1 && !o.has('q'));
  let first = true;
  yield* eachInput(
    t,
    files,
    function* (fd, name) {
      if (headers) yield* t.print(`${first ? '' : '\n'}==> ${name === '-' ? 'standard input' : name} <==\n`);
      first = false;
      if (bytes) yield* headBytes(t, fd, count, allBut);
      else yield* headLines(t, fd, count, allBut, o.has('z') ? '\0' : '\n');
    },
    (name) => `cannot open ${quoteAlways(name)} for reading`,
  );
}

function* headBytes(t: Tool, fd: number, count: number, allBut: boolean): Sim<void> {
  if (allBut) {
    const parts: Uint8Array[] = [];
    for (let chunk = yield* read(fd, CHUNK); chunk.length > 0; chunk = yield* read(fd, CHUNK)) parts.push(chunk);
    const whole = concatBytes(parts);
    yield* t.out.bytes(whole.subarray(0, Math.max(0, whole.length - count)));
    return;
  }
  for (let left = count; left > 0; ) {
    const chunk = yield* read(fd, Math.min(left, CHUNK));
    if (chunk.length === 0) return;
    yield* t.out.bytes(chunk);
    left -= chunk.length;
  }
}

function* headLines(t: Tool, fd: number, count: number, allBut: boolean, delimiter: string): Sim<void> {
  const reader = new LineReader(fd, delimiter);
  if (!allBut) {
    for (let i = 0; i < count; i++) {
      const line = yield* reader.next();
      if (line === null) return;
      yield* t.print(reader.terminated ? line + delimiter : line);
    }
    return;
  }
  const held: string[] = [];
  for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
    held.push(reader.terminated ? line + delimiter : line);
    if (held.length > count) yield* t.print(held.shift()!);
  }
}

export const program = tool('head', function* (t) {
  for (const arg of t.args) {
    if (arg === '--') break;
    if (/^-\d+[^\dbkmcqvz]/.test(arg)) throw new UsageError(`invalid trailing option -- ${/^-\d+(.)/.exec(arg)![1]}`);
  }
  yield* head(t, t.busybox ? t.args : withoutOldForm(t.args));
});

/** The form before POSIX, in the first argument only: a number, then units (b k m) and letters (c l q v z), as in `head -5c`. */
function withoutOldForm(args: readonly string[]): readonly string[] {
  const match = /^-(\d+)([bkm]?)([clqvz]*)$/.exec(args[0] ?? '');
  if (!match) return args;
  const [, count, unit, letters] = match;
  const bytes = unit !== '' || /c[^l]*$/.test(letters);
  const others = [...letters].filter((letter) => 'qvz'.includes(letter)).map((letter) => `-${letter}`);
  return [bytes ? '-c' : '-n', `${count}${unit === 'm' ? 'M' : unit}`, ...others, ...args.slice(1)];
}
