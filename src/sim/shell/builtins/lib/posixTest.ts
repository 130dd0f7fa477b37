/**
 * test(1) as dash and ash have it: one grammar from NetBSD's test.c for every number of arguments, without bash's operators. What is left over
 * is an error, which dash tells of the word before and ash of the word itself.
 */
import type { Sim } from '../../../kernel/sim.ts';
import { statOrNull } from '../../../kernel/syscalls.ts';
import { compareFiles, fileTest, INTEGER_COMPARE } from '../../exec/fileTests.ts';

/** A malformed expression; `message` is the shell's own. */
export class PosixTestError extends Error {}

const UNARY = /^-[bcdefghkLnOGprsStuwxz]$/;

export class PosixTest {
  readonly #words: readonly string[];
  readonly #ash: boolean;
  #i = 0;

  constructor(words: readonly string[], dialect: 'dash' | 'ash') {
    this.#words = words;
    this.#ash = dialect === 'ash';
  }

  *run(): Sim<boolean> {
    const words = this.#words;
    if (words.length === 0) return false;
    const value = yield* this.#or();
    if (this.#i < words.length)
      throw new PosixTestError(this.#ash ? `${words[this.#i]}: unknown operand` : `${words[this.#i - 1]}: unexpected operator`);
    return value;
  }

  *#or(): Sim<boolean> {
    let value = yield* this.#and();
    while (this.#words[this.#i] === '-o') {
      this.#i++;
      const right = yield* this.#and();
      value = value || right;
    }
    return value;
  }

  *#and(): Sim<boolean> {
    let value = yield* this.#not();
    while (this.#words[this.#i] === '-a') {
      this.#i++;
      const right = yield* this.#not();
      value = value && right;
    }
    return value;
  }

  *#not(): Sim<boolean> {
    if (this.#words[this.#i] !== '!' || this.#isOperand()) return yield* this.#primary();
    this.#i++;
    return !(yield* this.#not());
  }

  *#primary(): Sim<boolean> {
    const word = this.#words[this.#i];
    if (word === undefined) return false;
    if (word === '(' && this.#i + 1 < this.#words.length && !this.#isBinary(this.#i + 1)) {
      this.#i++;
      const value = yield* this.#or();
      if (this.#words[this.#i] !== ')') throw new PosixTestError('closing paren expected');
      this.#i++;
      return value;
    }
    if (UNARY.test(word) && !this.#isOperand()) {
      this.#i += 2;
      return yield* this.#unary(word, this.#words[this.#i - 1]);
    }
    if (!this.#isBinary(this.#i + 1)) {
      this.#i++;
      return word !== '';
    }
    const operator = this.#words[this.#i + 1];
    const right = this.#words[this.#i + 2];
    if (right === undefined) throw new PosixTestError(`${operator}: argument expected`);
    this.#i += 3;
    return yield* this.#binary(word, operator, right);
  }

  /** An operator that nothing follows, or a binary operator follows, is a word like any other. */
  #isOperand(): boolean {
    return (
      this.#i + 1 >= this.#words.length ||
      (this.#i + 2 < this.#words.length && this.#isBinary(this.#i + 1)) ||
      (this.#words[this.#i] !== '!' && ['-a', '-o'].includes(this.#words[this.#i + 1]) && this.#i + 2 < this.#words.length)
    );
  }

  #isBinary(i: number): boolean {
    const word = this.#words[i] ?? '';
    return /^(=|!=|<|>|-(eq|ne|lt|le|gt|ge|nt|ot|ef))$/.test(word) || (this.#ash && word === '==');
  }

  *#unary(operator: string, operand: string): Sim<boolean> {
    if (operator === '-n') return operand !== '';
    if (operator === '-z') return operand === '';
    if (operator === '-t') this.#number(operand);
    return (yield* fileTest(operator, operand)) ?? false;
  }

  *#binary(left: string, operator: string, right: string): Sim<boolean> {
    const compare = INTEGER_COMPARE[operator];
    if (compare) return compare(this.#number(left), this.#number(right));
    if (operator === '=' || operator === '==') return left === right;
    if (operator === '!=') return left !== right;
    if (operator === '<') return left < right;
    if (operator === '>') return left > right;
    if (!(yield* statOrNull(left)) || !(yield* statOrNull(right))) return false;
    return yield* compareFiles(left, operator, right);
  }

  #number(text: string): bigint {
    if (/^\s*[-+]?\d+\s*$/.test(text)) return BigInt(text.trim().replace(/^\+/, ''));
    throw new PosixTestError(this.#ash ? `${text}: bad number` : `Illegal number: ${text}`);
  }
}
