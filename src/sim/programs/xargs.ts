import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { close, findExecutable, open, spawn, type WaitStatus, waitpid, write } from '../kernel/syscalls.ts';
import { ask } from './lib/ask.ts';
import { escapes } from './lib/escapes.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { LineReader } from './lib/input.ts';
import { type OptionSpec, parseOptions } from './lib/options.ts';
import { quote, quoteAlways } from './lib/quote.ts';
import { type Tool, tool } from './lib/tool.ts';
import { XargsReader } from './lib/xargsReader.ts';

const SPEC: OptionSpec = {
  short: '+0a:E:e::i::I:l::L:n:prs:txP:d:o',
  long: {
    null: '0',
    'arg-file': 'a:',
    delimiter: 'd:',
    eof: 'e::',
    replace: 'i::',
    'max-lines': 'l::',
    'max-args': 'n:',
    interactive: 'p',
    'open-tty': 'o',
    'no-run-if-empty': 'r',
    'max-chars': 's:',
    verbose: 't',
    exit: 'x',
    'max-procs': 'P:',
    'process-slot-var': 'slot:',
    'show-limits': 'limits',
  },
  usage: '[OPTION]... COMMAND [INITIAL-ARGS]...',
  about: 'Runs COMMAND with arguments read from standard input.',
  version: 'GNU findutils) 4.11.0',
};
const CHARS_MAX = 131_072;

function count(t: Tool, text: string, option: string, least: number): number {
  if (!/^-?\d+$/.test(text)) {
    if (t.busybox) throw new Fatal(`invalid number '${text}'`);
    throw new UsageError(`invalid number "${text}" for -${option} option`);
  }
  const n = Number(text);
  if (n < least) throw new UsageError(`value ${text} for -${option} option should be >= ${least}`);
  return n;
}

/** Builds and runs command lines. */
export function* xargs(t: Tool): Sim<number> {
  const o = yield* parseOptions(t, SPEC);
  let maxArgs: number | undefined;
  let maxLines: number | undefined;
  let replace: string | undefined;
  let delimiter: string | undefined;
  for (const [key, value] of o.options) {
    if (key === 'n')
      [maxArgs, maxLines, replace] = [count(t, value, 'n', 1), undefined, maxArgs === undefined && value === '1' ? replace : undefined];
    else if (key === 'L' || key === 'l') [maxLines, maxArgs, replace] = [value === '' ? 1 : count(t, value, key, 1), undefined, undefined];
    else if (key === 'I' || key === 'i') [replace, maxArgs, maxLines] = [value === '' ? '{}' : value, undefined, undefined];
    else if (key === '0') delimiter = '\0';
    else if (key === 'd') {
      delimiter = escapes(value, 'format').out;
      if (delimiter.length !== 1)
        throw new Fatal(
          `Invalid input delimiter specification ${value}: the delimiter must be either a single character or an escape sequence starting with \\.`,
        );
    }
  }
  const command = o.operands.length === 0 ? ['echo'] : [...o.operands];
  const parallel = o.value('P') === undefined ? 1 : count(t, o.value('P')!, 'P', 0) || 64;
  const maxChars = o.value('s') === undefined ? CHARS_MAX : Math.min(CHARS_MAX, count(t, o.value('s')!, 's', 1));
  let fd = 0;
  const file = o.value('a');
  if (file !== undefined && file !== '-') {
    try {
      fd = yield* open(file, 'r');
    } catch (error) {
      if (isErrno(error)) throw new Fatal(`Cannot open input file ${quote(file)}: ${error.message}`);
      throw error;
    }
  }
  const input = new XargsReader(
    new LineReader(fd, delimiter ?? '\n'),
    delimiter !== undefined,
    o.value('E') ?? (o.value('e') || undefined),
    t,
  );
  const runner = new Runner(t, { parallel, trace: o.has('t') || o.has('p'), prompt: o.has('p'), nullInput: fd === 0 && !o.has('o') });
  if (replace !== undefined) {
    for (let item = yield* input.line(); item !== null; item = yield* input.line()) {
      if (!(yield* runner.run(command.map((word, i) => (i === 0 && t.busybox ? word : word.replaceAll(replace!, item!)))))) break;
    }
    return yield* runner.finish();
  }
  const base = command.reduce((n, w) => n + w.length + 1, 0);
  let args: string[] = [];
  let chars = base;
  let lines = 0;
  let ran = false;
  for (;;) {
    const item = yield* input.item();
    if (item === null) break;
    const full = args.length > 0 && (args.length === maxArgs || chars + item.text.length + 1 > maxChars);
    if (full) {
      ran = true;
      if (!(yield* runner.run([...command, ...args]))) return yield* runner.finish();
      args = [];
      chars = base;
      lines = 0;
    }
    if (base + item.text.length + 1 > maxChars) {
      yield* runner.finish();
      throw new Fatal('argument line too long');
    }
    args.push(item.text);
    chars += item.text.length + 1;
    if (item.endsLine) lines++;
    if (maxLines !== undefined && lines >= maxLines) {
      ran = true;
      if (!(yield* runner.run([...command, ...args]))) return yield* runner.finish();
      args = [];
      chars = base;
      lines = 0;
    }
  }
  if (args.length > 0 || (!ran && !o.has('r'))) yield* runner.run([...command, ...args]);
  return yield* runner.finish();
}

interface RunnerOptions {
  readonly parallel: number;
  readonly trace: boolean;
  readonly prompt: boolean;
  readonly nullInput: boolean;
}

class Runner {
  readonly #t: Tool;
  readonly #o: RunnerOptions;
  #running = 0;
  #status = 0;
  #stop = false;
  #name = '';

  constructor(t: Tool, options: RunnerOptions) {
    this.#t = t;
    this.#o = options;
  }

  /** False when no more is to be run. */
  *run(argv: readonly string[]): Sim<boolean> {
    if (this.#stop) return false;
    this.#name = argv[0];
    yield* this.#t.out.flush();
    if (this.#o.prompt) {
      if (!(yield* ask(undefined, `${argv.map(traced).join(' ')}?...`, yield* terminal()))) return true;
    } else if (this.#o.trace) yield* write(2, `${argv.map(traced).join(' ')}\n`);
    while (this.#running >= this.#o.parallel) yield* this.#reap();
    if (this.#stop) return false;
    const path = yield* findExecutable(argv[0]);
    try {
      if (path === null) throw new Fatal('No such file or directory');
      const input = this.#o.nullInput ? yield* open('/dev/null', { read: true, cloexec: true }) : 0;
      yield* spawn({
        path,
        argv,
        fds: new Map([
          [0, input],
          [1, 1],
          [2, 2],
        ]),
      });
      if (input !== 0) yield* close(input);
      this.#running++;
    } catch (error) {
      if (!isErrno(error) && !(error instanceof Fatal)) throw error;
      yield* this.#t.warn(this.#t.busybox ? `${argv[0]}: ${error.message}` : `failed to run command ${quote(argv[0])}: ${error.message}`);
      this.#status = error.message.startsWith('No such') ? 127 : 126;
      this.#stop = true;
      return false;
    }
    if (this.#o.parallel === 1) yield* this.#reap();
    return !this.#stop;
  }

  *#reap(): Sim<void> {
    const ended = yield* waitpid(-1);
    this.#running--;
    if (ended === null) return;
    yield* this.#note(ended.status);
  }

  *#note(status: WaitStatus): Sim<void> {
    if (status.kind === 'signaled') {
      yield* this.#t.warn(`${this.#name}: terminated by signal ${status.signal.replace('SIG', '')}`);
      this.#status = 125;
      this.#stop = true;
    } else if (status.kind === 'exited' && status.code === 255) {
      yield* this.#t.warn(`${this.#name}: exited with status 255; aborting`);
      this.#status = 124;
      this.#stop = true;
    } else if (status.kind === 'exited' && status.code !== 0 && this.#status === 0) this.#status = 123;
  }

  *finish(): Sim<number> {
    while (this.#running > 0) yield* this.#reap();
    return this.#status;
  }
}

/** -p reads its answers from the terminal, standard input being the list. */
function* terminal(): Sim<number> {
  try {
    return yield* open('/dev/tty', { read: true, cloexec: true });
  } catch (error) {
    if (isErrno(error)) throw new Fatal(`failed to open /dev/tty for reading: ${error.message}`);
    throw error;
  }
}

function traced(word: string): string {
  return /^[A-Za-z0-9_./:=@%+,{}~^-]+$/.test(word) ? word : quoteAlways(word);
}

export const program = tool('xargs', xargs);
