import { isErrno } from '../kernel/errno.ts';
import { pause, type Sim } from '../kernel/sim.ts';
import { close, ftruncate, lseek, now, open, read, sigaction, write } from '../kernel/syscalls.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { formatDouble } from './lib/format.ts';
import { parseSize } from './lib/numbers.ts';
import { quote, quoteAlways } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

interface Plan {
  in?: string;
  out?: string;
  readSize: number;
  writeSize: number;
  /** With bs=: a short read is written as it is. */
  direct: boolean;
  count: number;
  skip: number;
  seek: number;
  status: 'default' | 'none' | 'noxfer' | 'progress';
  readonly conv: Set<string>;
  readonly flags: Set<string>;
}

const CONVERSIONS = new Set(
  'ascii ebcdic ibm block unblock lcase ucase sparse swab sync excl nocreat notrunc noerror fdatasync fsync'.split(' '),
);
const FLAGS = new Set(
  'append direct directory dsync sync fullblock nonblock noatime nocache noctty nofollow count_bytes skip_bytes seek_bytes'.split(' '),
);

/** '3', '2k', '1x512': dd's numbers. */
function number(text: string): number {
  const parts = text.split('x').map((part) => parseSize(/^\d+[bcwkKmMgGtTpP]?(iB|B)?$/.test(part) ? part : ''));
  const product = parts.reduce<number | null>((n, part) => (n === null || part === null ? null : n * part), 1);
  if (product === null) throw new Fatal(`invalid number: ${quote(text)}`);
  return product;
}

function parse(t: Tool): Plan {
  const plan: Plan = {
    readSize: 512,
    writeSize: 512,
    direct: false,
    count: Number.POSITIVE_INFINITY,
    skip: 0,
    seek: 0,
    status: 'default',
    conv: new Set(),
    flags: new Set(),
  };
  const inBytes = { count: false, skip: false, seek: false };
  const size = (value: string) => {
    const n = number(value);
    if (n === 0) throw new Fatal(`invalid number: ${quote(value)}`);
    return n;
  };
  for (const arg of t.args) {
    const at = arg.indexOf('=');
    const [key, value] = at < 0 ? [arg, ''] : [arg.slice(0, at), arg.slice(at + 1)];
    if (at < 0) throw new UsageError(`unrecognized operand ${quote(arg)}`);
    if (key === 'if') plan.in = value;
    else if (key === 'of') plan.out = value;
    else if (key === 'bs') {
      plan.readSize = plan.writeSize = size(value);
      plan.direct = true;
    } else if (key === 'ibs') plan.readSize = size(value);
    else if (key === 'obs') plan.writeSize = size(value);
    else if (key === 'cbs') size(value);
    else if (key === 'count' || key === 'skip' || key === 'iseek' || key === 'seek' || key === 'oseek') {
      const slot = key === 'iseek' ? 'skip' : key === 'oseek' ? 'seek' : key;
      inBytes[slot] = /B$/.test(value) && !/[kKMGT]i?B$/.test(value);
      plan[slot] = number(inBytes[slot] ? value.slice(0, -1) : value);
    } else if (key === 'status') {
      if (!['none', 'noxfer', 'progress'].includes(value)) throw new UsageError(`invalid status level: ${quote(value)}`);
      plan.status = value as Plan['status'];
    } else if (key === 'conv' || key === 'iflag' || key === 'oflag') {
      for (const word of value.split(',')) {
        if (!(key === 'conv' ? CONVERSIONS : FLAGS).has(word))
          throw new UsageError(`invalid ${key === 'conv' ? 'conversion' : key === 'iflag' ? 'input flag' : 'output flag'}: ${quote(word)}`);
        (key === 'conv' ? plan.conv : plan.flags).add(word);
      }
    } else throw new UsageError(`unrecognized operand ${quote(arg)}`);
  }
  if (plan.conv.has('lcase') && plan.conv.has('ucase')) throw new Fatal('cannot combine lcase and ucase');
  if (plan.conv.has('excl') && plan.conv.has('nocreat')) throw new Fatal('cannot combine excl and nocreat');
  // From here on all three are bytes, but a plain count counts blocks read, whole or not.
  if (!(inBytes.skip || plan.flags.has('skip_bytes'))) plan.skip *= plan.readSize;
  if (!(inBytes.seek || plan.flags.has('seek_bytes'))) plan.seek *= plan.writeSize;
  if (inBytes.count) plan.flags.add('count_bytes');
  return plan;
}

/** '1.0 kB, 1000 B': a size in words as the last line of dd has it. */
function scaled(bytes: number, base: 1000 | 1024): string {
  const units = base === 1000 ? ['B', 'kB', 'MB', 'GB', 'TB'] : ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= base && unit + 1 < units.length) {
    value /= base;
    unit++;
  }
  if (unit === 0) return `${bytes} ${units[0]}`;
  const shown = value < 10 ? (Math.round(value * 10) / 10).toFixed(1) : String(Math.round(value));
  return `${shown} ${units[unit]}`;
}

class Copy {
  readonly #t: Tool;
  readonly #p: Plan;
  readonly #started: number;
  #in = [0, 0];
  #out = [0, 0];
  #bytes = 0;
  #pending: Uint8Array[] = [];
  #held = 0;

  constructor(t: Tool, plan: Plan, started: number) {
    this.#t = t;
    this.#p = plan;
    this.#started = started;
  }

  *run(input: number, output: number): Sim<void> {
    const p = this.#p;
    for (let blocks = 0, taken = 0; ; blocks++) {
      const limit = p.flags.has('count_bytes') ? Math.min(p.readSize, p.count - taken) : blocks < p.count ? p.readSize : 0;
      if (limit <= 0) break;
      let block = yield* read(input, limit);
      while (p.flags.has('fullblock') && block.length > 0 && block.length < limit) {
        const more = yield* read(input, limit - block.length);
        if (more.length === 0) break;
        block = joined([block, more]);
      }
      if (block.length === 0) break;
      taken += block.length;
      this.#in[block.length === p.readSize ? 0 : 1]++;
      if (p.conv.has('sync') && block.length < p.readSize) {
        const full = new Uint8Array(p.readSize);
        full.set(block);
        block = full;
      }
      block = converted(block, p.conv);
      if (p.direct) yield* this.#write(output, block, p.readSize);
      else {
        this.#pending.push(block);
        this.#held += block.length;
        if (this.#held >= p.writeSize) yield* this.#drain(output, false);
      }
      if (blocks % 64 === 63) yield* pause();
    }
    yield* this.#drain(output, true);
  }

  *#drain(output: number, all: boolean): Sim<void> {
    const held = joined(this.#pending);
    let at = 0;
    while (held.length - at >= this.#p.writeSize || (all && at < held.length)) {
      yield* this.#write(output, held.subarray(at, at + this.#p.writeSize), this.#p.writeSize);
      at += this.#p.writeSize;
    }
    this.#pending = at < held.length ? [held.subarray(at)] : [];
    this.#held = Math.max(0, held.length - at);
  }

  *#write(output: number, data: Uint8Array, whole: number): Sim<void> {
    yield* write(output, data);
    this.#bytes += data.length;
    this.#out[data.length === whole ? 0 : 1]++;
  }

  *report(): Sim<void> {
    if (this.#p.status === 'none') return;
    let text = `${this.#in.join('+')} records in\n${this.#out.join('+')} records out\n`;
    if (this.#p.status !== 'noxfer') {
      const seconds = Math.max(1, (yield* now()) - this.#started) / 1e6;
      const n = this.#bytes;
      const words = this.#t.busybox ? scaledBusybox(n) : n < 1000 ? '' : ` (${scaled(n, 1000)}${n < 1024 ? '' : `, ${scaled(n, 1024)}`})`;
      const time = this.#t.busybox
        ? `${seconds.toFixed(6)} seconds`
        : `${formatDouble(seconds, { flags: '', width: 0, precision: 6, conversion: 'g' })} s`;
      const speed = this.#t.busybox ? `${busyboxSize(n / seconds)}B/s` : `${scaled(Math.floor(n / seconds), 1000)}/s`;
      text += `${n} byte${n === 1 && !this.#t.busybox ? '' : 's'}${words} copied, ${time}, ${speed}\n`;
    }
    yield* write(2, text);
  }
}

const busyboxSize = (bytes: number): string => {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < 4) {
    value /= 1024;
    unit++;
  }
  return unit === 0 ? `${Math.floor(value)}` : `${value.toFixed(1)}${'KMGT'[unit - 1]}`;
};
const scaledBusybox = (bytes: number): string => ` (${busyboxSize(bytes)}B)`;

function converted(block: Uint8Array, conv: ReadonlySet<string>): Uint8Array {
  let out = block;
  if (conv.has('ucase')) out = out.map((b) => (b >= 97 && b <= 122 ? b - 32 : b));
  if (conv.has('lcase')) out = out.map((b) => (b >= 65 && b <= 90 ? b + 32 : b));
  if (conv.has('swab')) {
    out = out.slice();
    for (let i = 0; i + 1 < out.length; i += 2) [out[i], out[i + 1]] = [out[i + 1], out[i]];
  }
  return out;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0];
  const all = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** dd(1): copies blocks and tells how many. SIGUSR1 makes it tell at once. */
export function* dd(t: Tool): Sim<number> {
  if (t.args.length === 1 && t.args[0] === '--help') {
    yield* t.print(`Usage: ${t.name} [OPERAND]...\nCopies a file block by block, converting as told.\n`);
    return 0;
  }
  const plan = parse(t);
  const opening = function* (path: string, how: () => Sim<number>): Sim<number> {
    try {
      return yield* how();
    } catch (error) {
      if (!isErrno(error)) throw error;
      throw new Fatal(t.busybox ? `can't open '${path}': ${error.message}` : `failed to open ${quoteAlways(path)}: ${error.message}`);
    }
  };
  const input = plan.in === undefined ? 0 : yield* opening(plan.in, () => open(plan.in!, 'r'));
  const { conv, flags, out } = plan;
  const output =
    out === undefined
      ? 1
      : yield* opening(out, () =>
          open(out, {
            read: false,
            write: true,
            create: !conv.has('nocreat'),
            exclusive: conv.has('excl'),
            truncate: !conv.has('notrunc') && plan.seek === 0 && !flags.has('append'),
            append: flags.has('append'),
          }),
        );
  const copy = new Copy(t, plan, yield* now());
  if (plan.skip > 0) yield* skip(t, plan, input);
  if (plan.seek > 0) {
    if (!conv.has('notrunc') && out !== undefined) yield* ftruncate(output, plan.seek);
    yield* lseek(output, plan.seek);
  }
  yield* sigaction('SIGUSR1', () => copy.report());
  try {
    yield* copy.run(input, output);
  } catch (error) {
    if (!isErrno(error)) throw error;
    const reading = error.code === 'EISDIR';
    const path = reading ? (plan.in ?? 'standard input') : (out ?? 'standard output');
    yield* t.error(
      t.busybox ? `${path}: ${error.message}` : `error ${reading ? 'reading' : 'writing'} ${quoteAlways(path)}: ${error.message}`,
    );
  }
  yield* copy.report();
  if (output !== 1) yield* close(output);
  return t.status;
}

/** Seeks, or reads away what cannot be sought. */
function* skip(t: Tool, plan: Plan, input: number): Sim<void> {
  try {
    const size = yield* lseek(input, 0, 'end');
    yield* lseek(input, plan.skip);
    if (plan.skip > size) yield* t.warn(`${quoteAlways(plan.in ?? 'standard input')}: cannot skip to specified offset`);
  } catch (error) {
    if (!isErrno(error)) throw error;
    for (let left = plan.skip; left > 0; ) {
      const part = yield* read(input, Math.min(left, 65_536));
      if (part.length === 0) break;
      left -= part.length;
    }
  }
}

export const program = tool('dd', dd);
