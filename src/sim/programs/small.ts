/** Programs of a few lines each. */
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { credentials, getenv, isatty, randomBelow, sleep, ttyname, uname } from '../kernel/syscalls.ts';
import { Done, Fatal, UsageError } from './lib/failure.ts';
import { eachInput, LineReader } from './lib/input.ts';
import { parseDuration } from './lib/numbers.ts';
import { parseOptions } from './lib/options.ts';
import { quote } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';
import { readUsers } from './lib/users.ts';

/** Prints a line for ever. */
export function* yes(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, { short: '+', usage: '[STRING]...', about: 'Prints a line over and over until killed.' });
  const line = `${o.operands.length === 0 ? 'y' : o.operands.join(' ')}\n`;
  const block = line.repeat(Math.max(1, Math.floor(4096 / line.length)));
  for (;;) {
    yield* t.print(block);
    yield* t.out.flush();
  }
}

export function* succeed(): Sim<number> {
  return 0;
}

export function* fail(): Sim<number> {
  return 1;
}

/** Waits for the sum of its arguments. */
export function* sleepFor(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: '',
    usage: 'NUMBER[SUFFIX]...',
    about: 'Waits for that long: s, m, h or d; the sum of all arguments.',
  });
  if (o.operands.length === 0) throw new UsageError(t.busybox ? '' : 'missing operand');
  let total = 0;
  const bad: string[] = [];
  for (const word of o.operands) {
    const time = parseDuration(word);
    if (time === null) bad.push(word);
    else total += time;
  }
  if (bad.length > 0) {
    if (t.busybox) throw new Fatal(`invalid number '${bad[0]}'`);
    for (const word of bad.slice(0, -1)) yield* t.warn(`invalid time interval ${quote(word)}`);
    throw new UsageError(`invalid time interval ${quote(bad.at(-1)!)}`);
  }
  yield* sleep(Math.min(total, Number.MAX_SAFE_INTEGER / 4));
}

/** The last part of a path, without a suffix. */
export function* basename(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: '+as:z',
    long: { multiple: 'a', suffix: 's:', zero: 'z' },
    usage: 'NAME [SUFFIX]\nOPTION... NAME...',
    about: 'Prints NAME without its directory part.',
  });
  const multiple = o.has('a') || o.has('s');
  if (o.operands.length === 0) throw new UsageError(t.busybox ? '' : 'missing operand');
  if (!multiple && o.operands.length > 2) throw new UsageError(`extra operand ${quote(o.operands[2])}`);
  const suffix = o.value('s') ?? (multiple ? '' : (o.operands[1] ?? ''));
  for (const path of multiple ? o.operands : o.operands.slice(0, 1)) {
    const bare = path.replace(/(?<=.)\/+$/s, '') || path;
    let name = /^\/+$/.test(path) ? '/' : bare.slice(bare.lastIndexOf('/') + 1);
    if (suffix !== '' && name !== suffix && name.endsWith(suffix)) name = name.slice(0, -suffix.length);
    yield* t.print(name + (o.has('z') ? '\0' : '\n'));
  }
}

export function parentOf(path: string): string {
  const bare = path.replace(/\/+$/, '');
  if (bare === '') return path.startsWith('/') ? '/' : '.';
  const at = bare.lastIndexOf('/');
  if (at < 0) return '.';
  return bare.slice(0, at).replace(/\/+$/, '') || '/';
}

/** The directory part of a path. */
export function* dirname(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: '+z',
    long: { zero: 'z' },
    usage: '[OPTION] NAME...',
    about: 'Prints each NAME without its last part.',
  });
  if (o.operands.length === 0) throw new UsageError(t.busybox ? '' : 'missing operand');
  for (const path of o.operands) yield* t.print(parentOf(path) + (o.has('z') ? '\0' : '\n'));
}

/** The name of the terminal on standard input. */
export function* tty(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, {
    short: 's',
    long: { silent: 's', quiet: 's' },
    usage: '[OPTION]...',
    about: 'Prints the name of the terminal on standard input.',
  });
  const here = yield* isatty(0);
  if (!o.has('s')) yield* t.print(here ? `${yield* ttyname(0)}\n` : 'not a tty\n');
  return here ? 0 : 1;
}

export function* whoami(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, { short: '', usage: '[OPTION]...', about: 'Prints the name of the effective user.' });
  if (o.operands.length > 0) throw new UsageError(`extra operand ${quote(o.operands[0])}`);
  const { euid } = yield* credentials();
  const user = (yield* readUsers()).userById(euid);
  if (!user) throw new Fatal(t.busybox ? `unknown uid ${euid}` : `cannot find name for user ID ${euid}`);
  yield* t.print(`${user.name}\n`);
}

export function* arch(t: Tool): Sim<void> {
  yield* parseOptions(t, { short: '', usage: '[OPTION]...', about: 'Prints the machine architecture.' });
  yield* t.print(`${(yield* uname()).machine}\n`);
}

/** Shuffles lines, words or a range, with the machine's own chance. */
export function* shuf(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'ei:n:o:rz',
    long: { echo: 'e', 'input-range': 'i:', 'head-count': 'n:', output: 'o:', repeat: 'r', 'zero-terminated': 'z', 'random-source': 'rs:' },
    usage: '[OPTION]... [FILE]\n-e [OPTION]... [ARG]...\n-i LO-HI [OPTION]...',
    about: 'Writes its input in random order.',
  });
  const end = o.has('z') ? '\0' : '\n';
  const items: string[] = [];
  const range = o.value('i');
  if (range !== undefined) {
    const m = /^(\d+)-(\d+)$/.exec(range);
    if (!m || Number(m[2]) < Number(m[1]) - 1) throw new Fatal(`invalid input range: ${quote(range)}`);
    for (let n = Number(m[1]); n <= Number(m[2]); n++) items.push(String(n));
  } else if (o.has('e')) items.push(...o.operands);
  else {
    yield* eachInput(t, o.operands, function* (fd) {
      const reader = new LineReader(fd, end);
      for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) items.push(line);
    });
    if (t.status !== 0) throw new Done(1);
  }
  const text = o.value('n');
  if (text !== undefined && !/^\d+$/.test(text)) throw new Fatal(`invalid line count: ${quote(text)}`);
  const limit = text === undefined ? (o.has('r') ? Number.POSITIVE_INFINITY : items.length) : Number(text);
  for (let i = 0; i < limit && (o.has('r') ? items.length > 0 : i < items.length); i++) {
    const at = o.has('r') ? yield* randomBelow(items.length) : i + (yield* randomBelow(items.length - i));
    if (!o.has('r')) [items[i], items[at]] = [items[at], items[i]];
    yield* t.print(items[o.has('r') ? at : i] + end);
  }
}

function factors(n: bigint): bigint[] {
  const out: bigint[] = [];
  let rest = n;
  for (let p = 2n; p * p <= rest && p < 1_000_000n; p += p === 2n ? 1n : 2n) {
    while (rest % p === 0n) {
      out.push(p);
      rest /= p;
    }
  }
  if (rest > 1n) out.push(rest);
  return out;
}

/** Prime factors by trial division up to a million. */
export function* factor(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'h',
    long: { exponents: 'h' },
    usage: '[OPTION] [NUMBER]...',
    about: 'Prints the prime factors of each number.',
  });
  const one = function* (word: string): Sim<void> {
    if (!/^\+?\d+$/.test(word)) yield* t.error(`${quote(word)} is not a valid positive integer`);
    else
      yield* t.print(
        `${BigInt(word)}:${factors(BigInt(word))
          .map((f) => ` ${f}`)
          .join('')}\n`,
      );
  };
  if (o.operands.length > 0) for (const word of o.operands) yield* one(word);
  else {
    const reader = new LineReader(0);
    for (let line = yield* reader.next(); line !== null; line = yield* reader.next())
      for (const w of line.split(/\s+/)) if (w !== '') yield* one(w);
  }
}

/** Topological order of pairs. */
export function* tsort(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, {
    short: 'w',
    usage: '[OPTION] [FILE]',
    about: 'Writes an order of all items that fits the pairs of its input.',
  });
  const words: string[] = [];
  yield* eachInput(t, o.operands.slice(0, 1), function* (fd) {
    const reader = new LineReader(fd);
    for (let line = yield* reader.next(); line !== null; line = yield* reader.next())
      words.push(...line.split(/\s+/).filter((w) => w !== ''));
  });
  const name = o.operands[0] ?? '-';
  if (words.length % 2 === 1) throw new Fatal(`${name}: input contains an odd number of tokens`);
  const before = new Map<string, number>();
  const after = new Map<string, string[]>();
  for (let i = 0; i < words.length; i += 2) {
    const [a, b] = [words[i], words[i + 1]];
    for (const w of [a, b]) if (!before.has(w)) before.set(w, 0);
    if (a === b) continue;
    before.set(b, before.get(b)! + 1);
    after.set(a, [...(after.get(a) ?? []), b]);
  }
  const ready = [...before.keys()].filter((w) => before.get(w) === 0).sort();
  while (before.size > 0) {
    const next = ready.shift();
    if (next === undefined) {
      yield* t.error(`${name}: input contains a loop:`);
      for (const w of before.keys()) yield* t.warn(w);
      return;
    }
    yield* t.print(`${next}\n`);
    before.delete(next);
    for (const w of after.get(next) ?? []) {
      before.set(w, before.get(w)! - 1);
      if (before.get(w) === 0) ready.push(w);
    }
  }
}

export function* logname(t: Tool): Sim<void> {
  const name = yield* getenv('LOGNAME');
  if (!(yield* isatty(0)) || name === undefined) throw new Fatal('no login name');
  yield* t.print(`${name}\n`);
}

export const programs: readonly Program[] = [
  tool('yes', yes),
  tool('true', succeed),
  tool('false', fail),
  tool('sleep', sleepFor),
  tool('basename', basename),
  tool('dirname', dirname),
  tool('tty', tty),
  tool('whoami', whoami),
  tool('arch', arch),
  tool('shuf', shuf),
  tool('factor', factor),
  tool('tsort', tsort),
  tool('logname', logname),
];
