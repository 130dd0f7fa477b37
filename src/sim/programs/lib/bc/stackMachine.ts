/** dc's machine: a stack of numbers and strings, registers that are stacks themselves, and macros. */
import { pause, type Sim } from '../../../kernel/sim.ts';
import { write } from '../../../kernel/syscalls.ts';
import {
  add,
  compare,
  type Decimal,
  divide,
  formatDecimal,
  isZero,
  lengthOf,
  modulo,
  multiply,
  negate,
  parseDecimal,
  power,
  rescale,
  squareRoot,
  subtract,
  TooLong,
  whole,
  ZERO,
} from './number.ts';
import type { FoldedOutput } from './output.ts';

type Value = Decimal | string;

const STEPS_PER_PAUSE = 512;
const DEPTH_MAX = 2000;
const isNumber = (value: Value | undefined): value is Decimal => typeof value === 'object';
const integer = (value: Decimal): bigint => rescale(value, 0).digits;

/** Leaves so many levels of macros, the one that runs being the first. */
class Leave extends Error {
  readonly levels: number;
  constructor(levels: number) {
    super('leave');
    this.levels = levels;
  }
}

export class StackMachine {
  readonly #out: FoldedOutput;
  readonly #name: string;
  readonly #readLine: () => Sim<string | null>;
  readonly #stack: Value[] = [];
  readonly #registers = new Map<string, Value[]>();
  readonly #arrays = new Map<string, Map<string, Value>>();
  #scale = 0;
  #ibase = 10;
  #obase = 10;
  #depth = 0;
  #steps = 0;

  constructor(out: FoldedOutput, name: string, readLine: () => Sim<string | null>) {
    this.#out = out;
    this.#name = name;
    this.#readLine = readLine;
  }

  /** Runs a text. True: it asked to end dc. */
  *run(text: string): Sim<boolean> {
    try {
      yield* this.#execute(text);
      return false;
    } catch (error) {
      if (error instanceof Leave) return true;
      if (!(error instanceof TooLong)) throw error;
      yield* this.#complain('drydock: a number of so many digits is too much for the simulation');
      return false;
    }
  }

  *#complain(message: string): Sim<void> {
    yield* this.#out.flush();
    yield* write(2, `${this.#name}: ${message}\n`);
  }

  *#execute(text: string): Sim<void> {
    if (++this.#depth > DEPTH_MAX) throw new TooLong();
    try {
      for (let at = 0; at < text.length; ) {
        if (++this.#steps % STEPS_PER_PAUSE === 0) {
          yield* this.#out.flush();
          yield* pause();
        }
        at = yield* this.#one(text, at);
      }
    } catch (error) {
      if (!(error instanceof Leave) || error.levels <= 1 || this.#depth === 1) {
        if (error instanceof Leave && this.#depth > 1) return;
        throw error;
      }
      throw new Leave(error.levels - 1);
    } finally {
      this.#depth--;
    }
  }

  /** Carries out what stands at `at`; the place behind it. */
  *#one(text: string, at: number): Sim<number> {
    const number = /^_?(?:[0-9A-F]+(?:\.[0-9A-F]*)?|\.[0-9A-F]*)/.exec(text.slice(at))?.[0];
    if (number !== undefined) {
      const value = parseDecimal(number.replace('_', ''), this.#ibase);
      this.#stack.push(number.startsWith('_') ? negate(value) : value);
      return at + number.length;
    }
    const c = text[at];
    if (/\s/.test(c)) return at + 1;
    if (c === '#') return text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
    if (c === '[') {
      let depth = 0;
      let end = at;
      for (; end < text.length; end++) {
        if (text[end] === '[') depth++;
        else if (text[end] === ']' && --depth === 0) break;
      }
      this.#stack.push(text.slice(at + 1, end));
      return end + 1;
    }
    const compared = /^(!?[<>=])([\s\S])/.exec(text.slice(at));
    if (compared) {
      yield* this.#conditional(compared[1], compared[2]);
      return at + compared[0].length;
    }
    if ('slSL:;'.includes(c)) {
      yield* this.#register(c, text[at + 1] ?? '');
      return at + 2;
    }
    if (c === '!') {
      yield* this.#complain('drydock: running a command is not simulated');
      return text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
    }
    yield* this.#command(c);
    return at + 1;
  }

  *#pop(count: number): Sim<readonly Value[] | undefined> {
    if (this.#stack.length >= count) return this.#stack.splice(this.#stack.length - count);
    yield* this.#complain('stack empty');
    return undefined;
  }

  *#numbers(count: number): Sim<readonly Decimal[] | undefined> {
    const values = yield* this.#pop(count);
    if (!values) return undefined;
    const numbers = values.filter(isNumber);
    if (numbers.length === count) return numbers;
    this.#stack.push(...values);
    yield* this.#complain('non-numeric value');
    return undefined;
  }

  #shown(value: Value): string {
    return typeof value === 'string' ? value : formatDecimal(value, this.#obase);
  }

  *#command(c: string): Sim<void> {
    if ('+-*/%~^'.includes(c)) return yield* this.#arithmetic(c);
    switch (c) {
      case 'p':
      case 'n': {
        if (this.#stack.length === 0) return yield* this.#complain('stack empty');
        const value = c === 'n' ? this.#stack.pop() : this.#stack.at(-1);
        return yield* this.#out.write(`${this.#shown(value ?? '')}${c === 'p' ? '\n' : ''}`);
      }
      case 'P': {
        const [value] = (yield* this.#pop(1)) ?? [];
        if (value === undefined) return;
        return yield* this.#out.write(isNumber(value) ? bytesOf(integer(value)) : value);
      }
      case 'f':
        for (const value of [...this.#stack].reverse()) yield* this.#out.write(`${this.#shown(value)}\n`);
        return;
      case 'c':
        this.#stack.length = 0;
        return;
      case 'd': {
        const top = this.#stack.at(-1);
        if (top === undefined) return yield* this.#complain('stack empty');
        this.#stack.push(top);
        return;
      }
      case 'r': {
        const two = yield* this.#pop(2);
        if (two) this.#stack.push(two[1], two[0]);
        return;
      }
      case 'z':
        this.#stack.push(whole(this.#stack.length));
        return;
      case 'v': {
        const [a] = (yield* this.#numbers(1)) ?? [];
        if (!a) return;
        if (a.digits < 0n) return yield* this.#complain('square root of negative number');
        this.#stack.push(squareRoot(a, this.#scale));
        return;
      }
      case '|':
        return yield* this.#modularPower();
      case 'k':
      case 'i':
      case 'o':
        return yield* this.#parameter(c);
      case 'K':
      case 'I':
      case 'O':
        this.#stack.push(whole({ K: this.#scale, I: this.#ibase, O: this.#obase }[c]));
        return;
      case 'Z':
      case 'X': {
        const [value] = (yield* this.#pop(1)) ?? [];
        if (value === undefined) return;
        if (isNumber(value)) this.#stack.push(whole(c === 'Z' ? lengthOf(value) : value.scale));
        else this.#stack.push(whole(c === 'Z' ? value.length : 0));
        return;
      }
      case 'a': {
        const [value] = (yield* this.#pop(1)) ?? [];
        if (value !== undefined)
          this.#stack.push(isNumber(value) ? String.fromCharCode(Number(integer(value) & 0xffn)) : value.slice(0, 1));
        return;
      }
      case 'x': {
        const [value] = (yield* this.#pop(1)) ?? [];
        if (typeof value === 'string') yield* this.#execute(value);
        else if (value !== undefined) this.#stack.push(value);
        return;
      }
      case '?': {
        yield* this.#out.flush();
        const line = yield* this.#readLine();
        if (line !== null) yield* this.#execute(line);
        return;
      }
      case 'q':
        throw new Leave(2);
      case 'Q': {
        const [levels] = (yield* this.#numbers(1)) ?? [];
        if (!levels) return;
        if (integer(levels) < 1n) return yield* this.#complain('Q command requires a number >= 1');
        throw new Leave(Number(integer(levels)));
      }
    }
    const code = c.charCodeAt(0).toString(8).padStart(4, '0');
    yield* this.#complain(/[!-~]/.test(c) ? `'${c}' (${code}) unimplemented` : `${code} unimplemented`);
  }

  *#arithmetic(c: string): Sim<void> {
    const two = yield* this.#numbers(2);
    if (!two) return;
    const [a, b] = two;
    if ('/%~'.includes(c) && isZero(b)) {
      this.#stack.push(a, b);
      return yield* this.#complain(c === '%' ? 'remainder by zero' : 'divide by zero');
    }
    switch (c) {
      case '+':
        this.#stack.push(add(a, b));
        return;
      case '-':
        this.#stack.push(subtract(a, b));
        return;
      case '*':
        this.#stack.push(multiply(a, b, this.#scale));
        return;
      case '/':
        this.#stack.push(divide(a, b, this.#scale));
        return;
      case '%':
        this.#stack.push(modulo(a, b, this.#scale));
        return;
      case '~':
        this.#stack.push(divide(a, b, this.#scale), modulo(a, b, this.#scale));
        return;
    }
    if (b.scale > 0 && !isZero(subtract(b, rescale(b, 0)))) yield* this.#complain('warning: non-zero scale in exponent');
    if (integer(b) < 0n && isZero(a)) {
      this.#stack.push(a, b);
      return yield* this.#complain('divide by zero');
    }
    this.#stack.push(power(a, integer(b), this.#scale));
  }

  *#modularPower(): Sim<void> {
    const three = yield* this.#numbers(3);
    if (!three) return;
    const [base, exponent, modulus] = three.map(integer);
    if (modulus === 0n) return yield* this.#complain('remainder by zero');
    let result = 1n;
    let square = base % modulus;
    for (let left = exponent; left > 0n; left >>= 1n) {
      if (left & 1n) result = (result * square) % modulus;
      square = (square * square) % modulus;
    }
    this.#stack.push(whole(result));
  }

  *#parameter(c: 'k' | 'i' | 'o'): Sim<void> {
    const [value] = (yield* this.#numbers(1)) ?? [];
    if (!value) return;
    const n = Number(integer(value));
    if (c === 'k') {
      if (n < 0) return yield* this.#complain('scale must be a nonnegative number');
      this.#scale = n;
    } else if (c === 'i') {
      if (n < 2 || n > 16) return yield* this.#complain('input base must be a number between 2 and 16 (inclusive)');
      this.#ibase = n;
    } else {
      if (n < 2) return yield* this.#complain('output base must be a number greater than 1');
      this.#obase = n;
    }
  }

  *#register(c: string, name: string): Sim<void> {
    const register = this.#registers.get(name) ?? [];
    this.#registers.set(name, register);
    if (c === 's' || c === 'S') {
      const [value] = (yield* this.#pop(1)) ?? [];
      if (value === undefined) return;
      if (c === 's') register.pop();
      register.push(value);
    } else if (c === 'l') {
      this.#stack.push(register.at(-1) ?? ZERO);
    } else if (c === 'L') {
      const value = register.pop();
      if (value === undefined)
        return yield* this.#complain(`stack register '${name}' (${name.charCodeAt(0).toString(8).padStart(4, '0')}) is empty`);
      this.#stack.push(value);
    } else yield* this.#element(c, name);
  }

  *#element(c: string, name: string): Sim<void> {
    const array = this.#arrays.get(name) ?? new Map<string, Value>();
    this.#arrays.set(name, array);
    const [index] = (yield* this.#numbers(1)) ?? [];
    if (!index) return;
    const key = String(integer(index));
    if (c === ';') this.#stack.push(array.get(key) ?? ZERO);
    else {
      const [value] = (yield* this.#pop(1)) ?? [];
      if (value !== undefined) array.set(key, value);
    }
  }

  /** The upper number is compared with the one under it; the macro runs if that holds. */
  *#conditional(operator: string, name: string): Sim<void> {
    const two = yield* this.#numbers(2);
    if (!two) return;
    const order = compare(two[1], two[0]);
    const plain = operator.replace('!', '');
    const holds = (plain === '<' && order < 0) || (plain === '>' && order > 0) || (plain === '=' && order === 0);
    const macro = this.#registers.get(name)?.at(-1);
    if (holds !== operator.startsWith('!') && typeof macro === 'string') yield* this.#execute(macro);
  }
}

/** A number as characters, its highest byte first. */
function bytesOf(n: bigint): string {
  let text = '';
  for (let left = n < 0n ? -n : n; left > 0n; left >>= 8n) text = String.fromCharCode(Number(left & 0xffn)) + text;
  return text;
}
