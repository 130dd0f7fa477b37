import { PARSER_NESTING_MAX } from '../../kernel/limits.ts';
import type { Sim } from '../../kernel/sim.ts';
import { own } from '../../lib/dictionary.ts';
import { isSet } from '../exec/conditional.ts';
import { compareFiles, fileTest, INTEGER_COMPARE } from '../exec/fileTests.ts';
import { appletError, builtinError } from '../exec/message.ts';
import type { Builtin, Shell } from '../state/shell.ts';
import { PosixTest, PosixTestError } from './lib/posixTest.ts';

/** What `test` asks of its shell; the program /usr/bin/test has none. */
export interface TestHost {
  isSet(name: string): boolean;
  option(name: string): boolean;
  nameref(name: string): boolean;
}

/** A malformed expression; `message` is what follows `test: `. */
export class TestError extends Error {
  /** The operand that dash's message names instead. */
  readonly operand: string | undefined;
  constructor(message: string, operand?: string) {
    super(message);
    this.operand = operand;
  }
}

const UNARY = /^-[abcdefghknoprstuvwxzGLNORS]$/;
const BINARY = /^(=|==|!=|<|>|-(eq|ne|lt|le|gt|ge|nt|ot|ef))$/;

/** test(1) by POSIX's rules on the number of arguments, and beyond four by precedence. */
export class TestExpression {
  readonly #args: readonly string[];
  readonly #host: TestHost;
  #i = 0;
  #depth = 0;

  constructor(args: readonly string[], host: TestHost) {
    this.#args = args;
    this.#host = host;
  }

  *run(): Sim<boolean> {
    const args = this.#args;
    if (args.length === 0) return false;
    if (args.length <= 4) return yield* this.#few(args);
    const value = yield* this.#or();
    if (this.#i < args.length) throw new TestError('too many arguments');
    return value;
  }

  *#few(a: readonly string[]): Sim<boolean> {
    if (a.length === 0) return false;
    if (a.length === 1) return a[0] !== '';
    if (a.length === 2) {
      if (a[0] === '!') return a[1] === '';
      if (UNARY.test(a[0])) return yield* this.#unary(a[0], a[1]);
      throw new TestError(`${a[0]}: unary operator expected`);
    }
    if (a.length === 3) {
      if (BINARY.test(a[1])) return yield* this.#binary(a[0], a[1], a[2]);
      if (a[1] === '-a') return a[0] !== '' && a[2] !== '';
      if (a[1] === '-o') return a[0] !== '' || a[2] !== '';
      if (a[0] === '!') return !(yield* this.#few(a.slice(1)));
      if (a[0] === '(' && a[2] === ')') return a[1] !== '';
      throw new TestError(`${a[1]}: binary operator expected`, a[0]);
    }
    if (a[0] === '!') return !(yield* this.#few(a.slice(1)));
    if (a[0] === '(' && a[3] === ')') return yield* this.#few(a.slice(1, 3));
    const value = yield* this.#or();
    if (this.#i < a.length) throw new TestError('too many arguments');
    return value;
  }

  *#or(): Sim<boolean> {
    let value = yield* this.#and();
    while (this.#args[this.#i] === '-o') {
      this.#i++;
      const right = yield* this.#and();
      value = value || right;
    }
    return value;
  }

  *#and(): Sim<boolean> {
    let value = yield* this.#term();
    while (this.#args[this.#i] === '-a') {
      this.#i++;
      const right = yield* this.#term();
      value = value && right;
    }
    return value;
  }

  *#term(): Sim<boolean> {
    const args = this.#args;
    const arg = args[this.#i];
    if (arg === undefined) throw new TestError('argument expected');
    if (arg === '!') {
      this.#i++;
      return !(yield* this.#term());
    }
    if (arg === '(' && !BINARY.test(args[this.#i + 1] ?? '')) {
      this.#i++;
      if (++this.#depth > PARSER_NESTING_MAX) throw new TestError('expression nested too deep');
      const value = yield* this.#or();
      this.#depth--;
      if (args[this.#i] !== ')') throw new TestError("`)' expected");
      this.#i++;
      return value;
    }
    if (BINARY.test(args[this.#i + 1] ?? '') && this.#i + 2 < args.length) {
      this.#i += 3;
      return yield* this.#binary(arg, args[this.#i - 2], args[this.#i - 1]);
    }
    if (UNARY.test(arg) && this.#i + 1 < args.length) {
      this.#i += 2;
      return yield* this.#unary(arg, args[this.#i - 1]);
    }
    this.#i++;
    return arg !== '';
  }

  *#unary(operator: string, operand: string): Sim<boolean> {
    switch (operator) {
      case '-n':
        return operand !== '';
      case '-z':
        return operand === '';
      case '-v':
        return this.#host.isSet(operand);
      case '-o':
        return this.#host.option(operand);
      case '-R':
        return this.#host.nameref(operand);
    }
    return (yield* fileTest(operator, operand)) ?? false;
  }

  *#binary(left: string, operator: string, right: string): Sim<boolean> {
    const compare = own(INTEGER_COMPARE, operator);
    if (compare) return compare(integer(left), integer(right));
    switch (operator) {
      case '=':
      case '==':
        return left === right;
      case '!=':
        return left !== right;
      case '<':
        return left < right;
      case '>':
        return left > right;
    }
    return yield* compareFiles(left, operator, right);
  }
}

function integer(text: string): bigint {
  if (!/^\s*[-+]?\d+\s*$/.test(text)) throw new TestError(`${text}: integer expression expected`);
  return BigInt(text.trim().replace(/^\+/, ''));
}

function* run(sh: Shell, args: readonly string[], name: string): Sim<number> {
  let words = args;
  if (name === '[' || name === '[[') {
    const close = name === '[' ? ']' : ']]';
    if (args[args.length - 1] !== close) {
      if (sh.dialect === 'ash') yield* appletError(sh, `missing ${close}`);
      else yield* builtinError(sh, name, sh.isBash ? "missing `]'" : 'missing ]');
      return 2;
    }
    words = args.slice(0, -1);
  }
  if (sh.dialect !== 'bash') return yield* posix(sh, words, name, sh.dialect);
  const host: TestHost = { isSet: (n) => isSet(sh, n), option: (n) => sh.options.has(n), nameref: (n) => sh.vars.raw(n)?.nameref ?? false };
  try {
    return (yield* new TestExpression(words, host).run()) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestError)) throw error;
    yield* builtinError(sh, name, error.message);
    return 2;
  }
}

function* posix(sh: Shell, words: readonly string[], name: string, dialect: 'dash' | 'ash'): Sim<number> {
  try {
    return (yield* new PosixTest(words, dialect).run()) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof PosixTestError)) throw error;
    if (dialect === 'ash') yield* appletError(sh, error.message);
    else yield* builtinError(sh, name, error.message);
    return 2;
  }
}

export const builtins: readonly Builtin[] = [
  { name: 'test', usage: '[expr]', summary: 'Evaluate a conditional expression.', run },
  { name: '[', usage: 'arg... ]', summary: "Evaluate a conditional expression; the last argument is `]'.", run },
  { name: '[[', bashOnly: true, inAsh: true, usage: 'expression ]]', summary: 'Evaluate a conditional expression.', run },
];
