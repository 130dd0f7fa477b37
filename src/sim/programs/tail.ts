import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import {
  close,
  fstat,
  lseek,
  open,
  poll,
  read,
  S_IFIFO,
  S_IFMT,
  S_IFREG,
  setMemory,
  sleep,
  statOrNull,
  write,
} from '../kernel/syscalls.ts';
import { concatBytes } from '../lib/bytes.ts';
import { Fatal } from './lib/failure.ts';
import { CHUNK, openInput } from './lib/input.ts';
import { parseDuration, parseSize } from './lib/numbers.ts';
import { parseOptions } from './lib/options.ts';
import { quote, quoteAlways } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'c:n:fFqs:vz',
  long: {
    bytes: 'c:',
    lines: 'n:',
    follow: 'follow::',
    quiet: 'q',
    silent: 'q',
    verbose: 'v',
    retry: 'retry',
    'sleep-interval': 's:',
    pid: 'pid:',
    'zero-terminated': 'z',
  },
  usage: '[OPTION]... [FILE]...',
  about: 'Writes the last 10 lines of each file; with more than one file, each after a header with its name.',
};

interface Followed {
  readonly name: string;
  fd: number | undefined;
  ino: number;
  position: number;
  regular: boolean;
  readonly pipe: boolean;
  /** A device that had nothing more to read, as /dev/null: it is looked at from time to time. */
  dry?: boolean;
}

/** Prints the tails of files and, with -f or -F, what is appended to them. */
export function* tail(t: Tool, args: readonly string[] = t.args): Sim<void> {
  const o = yield* parseOptions(t, SPEC, args);
  let count = 10;
  let bytes = false;
  let fromStart = false;
  for (const [key, value] of o.options) {
    if (key !== 'n' && key !== 'c') continue;
    bytes = key === 'c';
    fromStart = value.startsWith('+');
    const n = parseSize(value.replace(/^[-+]/, ''));
    if (n === null)
      throw new Fatal(t.busybox ? `invalid number '${value}'` : `invalid number of ${bytes ? 'bytes' : 'lines'}: ${quote(value)}`);
    count = n;
  }
  const byName = o.has('F') || o.value('follow') === 'name';
  const follow = byName || o.has('f') || o.has('follow');
  const retry = o.has('F') || o.has('retry');
  const interval = parseDuration(o.value('s') ?? '1') ?? 1_000_000;
  const files = o.operands.length === 0 ? ['-'] : o.operands;
  const headers = o.has('v') || (files.length > 1 && !o.has('q'));
  const delimiter = o.has('z') ? 0 : 10;
  const followed: Followed[] = [];
  let lastHeader = -1;

  function* header(index: number): Sim<void> {
    if (!headers || lastHeader === index) return;
    yield* t.print(`${lastHeader < 0 ? '' : '\n'}==> ${files[index] === '-' ? 'standard input' : files[index]} <==\n`);
    lastHeader = index;
  }

  for (const [index, name] of files.entries()) {
    let fd: number;
    try {
      fd = yield* openInput(name);
    } catch (error) {
      if (!isErrno(error)) throw error;
      if (t.busybox) yield* t.fileError(name, error);
      else yield* t.error(`cannot open ${quoteAlways(name)} for reading: ${error.message}`);
      followed.push({ name, fd: undefined, ino: -1, position: 0, regular: false, pipe: false });
      continue;
    }
    const info = yield* fstat(fd);
    const regular = (info.mode & S_IFMT) === S_IFREG;
    followed.push({ name, fd, ino: info.ino, position: 0, regular, pipe: (info.mode & S_IFMT) === S_IFIFO });
    yield* header(index);
    try {
      followed[index].position = yield* printTail(t, fd, { count, bytes, fromStart, delimiter });
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* t.error(`error reading ${quoteAlways(name)}: ${error.message}`);
      followed[index].fd = undefined;
    }
    if (!follow && fd !== 0) yield* close(fd);
  }
  if (!follow) return;
  yield* t.out.flush();
  if (followed.every((f) => f.fd === undefined) && !retry) throw new Fatal('no files remaining');
  for (;;) {
    let moved = false;
    for (const [index, f] of followed.entries()) moved = (yield* step(t, f, byName, () => header(index))) || moved;
    yield* t.out.flush();
    if (moved) continue;
    const pipes = followed.filter((f) => f.fd !== undefined && !f.regular && !f.dry);
    if (pipes.length > 0)
      yield* poll(
        pipes.map((f) => ({ fd: f.fd!, read: true })),
        followed.length > pipes.length ? interval : undefined,
      );
    else if (followed.every((f) => f.fd === undefined) && !retry) return;
    else yield* sleep(Math.min(interval, 200_000));
  }
}

/** Copies what is new in one followed file. True if there was something. */
function* step(t: Tool, f: Followed, byName: boolean, header: () => Sim<void>): Sim<boolean> {
  if (byName && f.name !== '-') {
    const info = yield* statOrNull(f.name);
    if (info === null) {
      if (f.fd !== undefined) {
        yield* close(f.fd);
        f.fd = undefined;
        yield* t.warn(`${quoteAlways(f.name)} has become inaccessible: No such file or directory`);
      }
      return false;
    }
    if (f.fd === undefined || info.ino !== f.ino) {
      const message = f.fd === undefined ? 'has appeared' : 'has been replaced';
      if (f.fd !== undefined) yield* close(f.fd);
      f.fd = yield* open(f.name, 'r');
      f.ino = info.ino;
      f.position = 0;
      f.regular = (info.mode & S_IFMT) === S_IFREG;
      yield* t.warn(`${quoteAlways(f.name)} ${message};  following new file`);
    }
  }
  if (f.fd === undefined) return false;
  if (f.regular) {
    const { size } = yield* fstat(f.fd);
    if (size < f.position) {
      yield* t.warn(`${f.name}: file truncated`);
      f.position = yield* lseek(f.fd, 0, 'set');
    }
    if (size === f.position) return false;
  } else {
    const [ready] = yield* poll([{ fd: f.fd, read: true }], 0);
    if (ready === undefined) return false;
  }
  const chunk = yield* read(f.fd, CHUNK);
  if (chunk.length === 0) {
    if (f.pipe) f.fd = undefined;
    f.dry = !f.regular;
    return false;
  }
  f.position += chunk.length;
  yield* header();
  yield* t.out.flush();
  yield* write(1, chunk);
  return true;
}

interface TailPlan {
  readonly count: number;
  readonly bytes: boolean;
  readonly fromStart: boolean;
  readonly delimiter: number;
}

/** Bytes: what tail takes without any input, how finely growth is told to the kernel, and what is really kept of one line. */
const OWN_MEMORY = 1 << 20;
const ACCOUNT_STEP = 1 << 20;
const STORED_MAX = 64 << 20;

/** Answers with how many bytes of the file were read. */
function* printTail(t: Tool, fd: number, plan: TailPlan): Sim<number> {
  let total = 0;
  if (plan.fromStart) {
    let skip = Math.max(0, plan.count - 1);
    for (let chunk = yield* read(fd, CHUNK); chunk.length > 0; chunk = yield* read(fd, CHUNK)) {
      total += chunk.length;
      let at = 0;
      while (skip > 0 && at < chunk.length) {
        if (plan.bytes || chunk[at] === plan.delimiter) skip--;
        at++;
      }
      if (at < chunk.length) yield* t.out.bytes(chunk.subarray(at));
    }
    return total;
  }
  const kept: Uint8Array[] = [];
  let keptUnits = 0;
  let held = 0;
  let accounted = 0;
  const units = (c: Uint8Array): number => {
    if (plan.bytes) return c.length;
    let n = 0;
    for (let at = c.indexOf(plan.delimiter); at >= 0; at = c.indexOf(plan.delimiter, at + 1)) n++;
    return n;
  };
  for (let chunk = yield* read(fd, CHUNK); chunk.length > 0; chunk = yield* read(fd, CHUNK)) {
    total += chunk.length;
    kept.push(chunk);
    keptUnits += units(chunk);
    held += chunk.length;
    while (kept.length > 1 && keptUnits - units(kept[0]) > plan.count) {
      keptUnits -= units(kept[0]);
      held -= kept.shift()!.length;
    }
    // A line without an end fills the memory until the kernel kills: counted here, and stored only as far as the simulator can.
    if (held > STORED_MAX) kept.shift();
    if (held >= accounted + ACCOUNT_STEP) {
      accounted = held;
      yield* setMemory(OWN_MEMORY + held);
    }
  }
  const whole = concatBytes(kept);
  if (whole.length === 0 || plan.count === 0) return total;
  if (plan.bytes) {
    yield* t.out.bytes(whole.subarray(Math.max(0, whole.length - plan.count)));
    return total;
  }
  let at = whole.length - 1;
  if (whole[at] !== plan.delimiter) at++;
  for (let n = 0; n < plan.count && at >= 0; n++) at = at === 0 ? -1 : whole.lastIndexOf(plan.delimiter, at - 1);
  yield* t.out.bytes(whole.subarray(at + 1));
  return total;
}

export const program = tool('tail', (t) => tail(t, oldSyntax(t.args)));

/** `tail -5`, `tail +5`, `tail -5f`. */
function oldSyntax(args: readonly string[]): readonly string[] {
  const m = /^([-+])(\d+)([cl]?)(f?)$/.exec(args[0] ?? '');
  if (!m) return args;
  return [m[3] === 'c' ? '-c' : '-n', (m[1] === '+' ? '+' : '') + m[2], ...(m[4] ? ['-f'] : []), ...args.slice(1)];
}
