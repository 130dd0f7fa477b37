/** Programs that only compute a status: test, [, kill, expr. */

import { isErrno } from '../kernel/errno.ts';
import { PARSER_NESTING_MAX } from '../kernel/limits.ts';
import { parseSignal, SIGNAL_NAMES, SIGNAL_NUMBERS } from '../kernel/process/signals.ts';
import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { kill as killCall, write } from '../kernel/syscalls.ts';
import { compileRegex, type RegexMatch } from '../lib/regex/regex.ts';
import { ashSignals, TestError, TestExpression } from '../shell/index.ts';
import { Fatal, UsageError } from './lib/failure.ts';
import { type Tool, tool } from './lib/tool.ts';

const NO_SHELL = { isSet: () => false, option: () => false, nameref: () => false };

/** Evaluates a condition; `[` wants a closing bracket. */
export function* evaluate(argv: readonly string[], bracket: boolean): Sim<number> {
  const args = argv.slice(1);
  if (bracket && args.pop() !== ']') {
    yield* write(2, `${argv[0]}: missing ']'\n`);
    return 2;
  }
  try {
    return (yield* new TestExpression(args, NO_SHELL).run()) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestError)) throw error;
    yield* write(2, `${argv[0]}: ${error.message}\n`);
    return 2;
  }
}

/** kill [-SIGNAL | -s SIGNAL] PID...; kill -l. */
export function* kill(t: Tool): Sim<number> {
  const args = [...t.args];
  if (t.busybox && args[0] === '-l' && args.length === 1) {
    yield* t.print(ashSignals());
    return 0;
  }
  if (args[0] === '-l' || args[0] === '-L') {
    const names = args.length > 1 ? [SIGNAL_NAMES[Number(args[1])] ?? ''] : Object.keys(SIGNAL_NUMBERS);
    yield* t.print(`${names.map((n) => n.slice(3)).join(' ')}\n`);
    return 0;
  }
  let name = 'TERM';
  if (args[0] === '-s' || args[0] === '--signal') {
    args.shift();
    name = args.shift() ?? '';
  } else if (/^-\w/.test(args[0] ?? '') && args[0] !== '--') name = args.shift()!.slice(1);
  if (args[0] === '--') args.shift();
  const signal = parseSignal(name);
  if (signal === undefined) throw new Fatal(t.busybox ? `bad signal name '${name}'` : `unknown signal ${name}; valid signals:`);
  if (args.length === 0) throw t.busybox ? new Fatal('you need to specify whom to kill') : new UsageError('not enough arguments');
  let status = 0;
  for (const word of args) {
    if (!/^-?\d+$/.test(word)) throw new Fatal(t.busybox ? `invalid number '${word}'` : `failed to parse argument: '${word}'`);
    try {
      yield* killCall(Number(word), signal);
    } catch (error) {
      if (!isErrno(error)) throw error;
      yield* t.warn(t.busybox ? `can't kill pid ${word}: ${error.message}` : `(${word}) - ${error.message}`);
      status = 1;
    }
  }
  return status;
}

/** Integer arithmetic, comparison, and the string operations of expr(1). */
export function* expr(t: Tool): Sim<number> {
  const args = t.args[0] === '--' ? t.args.slice(1) : t.args;
  if (args.length === 0) throw t.busybox ? new Fatal('too few arguments') : new UsageError('missing operand');
  const value = t.busybox ? briefly(() => new Expression(args).run()) : new Expression(args).run();
  yield* t.print(`${value}\n`);
  return value === '' || /^-?0+$/.test(value) ? 1 : 0;
}

/** BusyBox has two words for all that can be wrong. */
function briefly<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Fatal)) throw error;
    const brief = error.message.startsWith('syntax error') ? 'syntax error' : error.message.replace('non-integer', 'non-numeric');
    throw new Fatal(brief, error.status);
  }
}

const LEVELS: readonly (readonly string[])[] = [['|'], ['&'], ['=', '==', '!=', '<', '<=', '>', '>='], ['+', '-'], ['*', '/', '%'], [':']];

/** `text : pattern`: a BRE that must match from the first character on. */
function matchAtStart(pattern: string, text: string): { readonly groupCount: number; readonly match: RegexMatch | null } {
  const regex = compileRegex(pattern, 'basic', { anchored: true });
  return { groupCount: regex.groupCount, match: regex.exec(text) };
}

class Expression {
  readonly #words: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  run(): string {
    const value = this.#level(0);
    if (this.#at < this.#words.length) throw new Fatal(`syntax error: unexpected argument '${this.#words[this.#at]}'`, 2);
    return value;
  }

  #level(n: number): string {
    if (n === LEVELS.length) return this.#primary();
    let left = this.#level(n + 1);
    while (LEVELS[n].includes(this.#words[this.#at])) {
      const operator = this.#words[this.#at++];
      left = this.#apply(left, operator, this.#level(n + 1));
    }
    return left;
  }

  #primary(): string {
    const word = this.#words[this.#at++];
    if (word === undefined)
      throw new Fatal(this.#at > 1 ? `syntax error: missing argument after '${this.#words[this.#at - 2]}'` : 'syntax error', 2);
    const more = this.#words.length - this.#at;
    if (word === '(') {
      if (++this.#depth > PARSER_NESTING_MAX) throw new Fatal('memory exhausted', 3);
      const value = this.#level(0);
      this.#depth--;
      if (this.#words[this.#at++] !== ')') throw new Fatal(`syntax error: expecting ')' after '${this.#words[this.#at - 2]}'`, 2);
      return value;
    }
    if (word === 'length' && more >= 1) return String([...this.#primary()].length);
    if (word === 'match' && more >= 2) return this.#apply(this.#primary(), ':', this.#primary());
    if (word === 'index' && more >= 2) {
      const text = this.#primary();
      const set = this.#primary();
      return String([...text].findIndex((c) => set.includes(c)) + 1);
    }
    if (word === 'substr' && more >= 3) {
      const [text, from, length] = [this.#primary(), Number(this.#primary()), Number(this.#primary())];
      return from >= 1 && length >= 1 ? text.slice(from - 1, from - 1 + length) : '';
    }
    return word === '+' && more >= 1 ? this.#words[this.#at++] : word;
  }

  #apply(a: string, operator: string, b: string): string {
    const isNull = (v: string) => v === '' || /^-?0+$/.test(v);
    const number = /^-?\d+$/;
    switch (operator) {
      case '|':
        return isNull(a) ? (isNull(b) ? '0' : b) : a;
      case '&':
        return isNull(a) || isNull(b) ? '0' : a;
      case ':': {
        const { groupCount, match } = matchAtStart(b, a);
        return groupCount > 0 ? (match?.groups[1] ?? '') : String(match ? [...(match.groups[0] ?? '')].length : 0);
      }
    }
    if (LEVELS[2].includes(operator)) {
      const order =
        number.test(a) && number.test(b) ? Number(BigInt(a) > BigInt(b)) - Number(BigInt(a) < BigInt(b)) : a < b ? -1 : a > b ? 1 : 0;
      const holds = {
        '=': order === 0,
        '==': order === 0,
        '!=': order !== 0,
        '<': order < 0,
        '<=': order <= 0,
        '>': order > 0,
        '>=': order >= 0,
      }[operator];
      return holds ? '1' : '0';
    }
    if (!number.test(a) || !number.test(b)) throw new Fatal('non-integer argument', 2);
    const [x, y] = [BigInt(a), BigInt(b)];
    if ((operator === '/' || operator === '%') && y === 0n) throw new Fatal('division by zero', 2);
    const result = operator === '+' ? x + y : operator === '-' ? x - y : operator === '*' ? x * y : operator === '/' ? x / y : x % y;
    return String(result);
  }
}

export const programs: readonly Program[] = [
  { name: 'test', main: (argv) => evaluate(argv, false) },
  { name: '[', main: (argv) => evaluate(argv, true) },
  tool('kill', kill),
  tool('expr', expr, { failStatus: 2, busyboxStatus: 2 }),
];
