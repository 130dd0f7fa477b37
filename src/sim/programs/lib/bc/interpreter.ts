/** bc at work: variables, functions, and the statements of one line after the other. */
import { pause, type Sim } from '../../../kernel/sim.ts';
import { write } from '../../../kernel/syscalls.ts';
import { addressOf } from './address.ts';
import { arctangent, bessel, cosine, exponential, logarithm, sine } from './library.ts';
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
  ONE,
  parseDecimal,
  power,
  squareRoot,
  subtract,
  TooLong,
  whole,
  ZERO,
} from './number.ts';
import type { FoldedOutput } from './output.ts';
import type { Argument, Definition, Expression, Place, Statement } from './syntax.ts';

/** Ends the line that runs; bc takes the next. */
class RuntimeFault extends Error {
  readonly node: Expression;
  constructor(node: Expression, message: string) {
    super(message);
    this.node = node;
  }
}

/** bc ends. */
export class Halt extends Error {}

class Jump extends Error {
  readonly kind: 'break' | 'continue' | 'return';
  readonly value: Decimal;
  constructor(kind: 'break' | 'continue' | 'return', value = ZERO) {
    super(kind);
    this.kind = kind;
    this.value = value;
  }
}

const STEPS_PER_PAUSE = 256;
const DEPTH_MAX = 500;
const LIBRARY: Readonly<Record<string, (x: Decimal, scale: number) => Decimal>> = {
  e: exponential,
  l: logarithm,
  s: sine,
  c: cosine,
  a: arctangent,
};

export interface InterpreterOptions {
  readonly out: FoldedOutput;
  /** The functions of -l are there, and scale begins at 20. */
  readonly library: boolean;
  /** The next line of standard input for read(). */
  readLine(): Sim<string | null>;
}

export class Interpreter {
  readonly #o: InterpreterOptions;
  readonly #variables = new Map<string, Decimal>();
  readonly #arrays = new Map<string, Map<string, Decimal>>();
  readonly #functions = new Map<string, Definition>();
  #scale: number;
  #ibase = 10;
  #obase = 10;
  #last = ZERO;
  #steps = 0;
  /** The function that runs, and the statements of the line that does. */
  readonly #calls: Definition[] = [];
  #line: readonly Statement[] = [];

  constructor(o: InterpreterOptions) {
    this.#o = o;
    this.#scale = o.library ? 20 : 0;
  }

  /** Runs the statements of one line. An error ends it with a message. Throws Halt. */
  *run(statements: readonly Statement[]): Sim<void> {
    this.#line = statements;
    try {
      for (const statement of statements) yield* this.#statement(statement);
    } catch (error) {
      if (error instanceof Jump) return;
      if (error instanceof RuntimeFault) yield* this.#complain('error', error.node, error.message);
      else if (error instanceof TooLong) {
        yield* this.#o.out.flush();
        yield* write(2, 'drydock: a number of so many digits is too much for the simulation\n');
      } else throw error;
    } finally {
      this.#calls.length = 0;
    }
  }

  *#complain(what: 'error' | 'warning', node: Expression, message: string): Sim<void> {
    const running = this.#calls.at(-1);
    yield* this.#o.out.flush();
    yield* write(
      2,
      `Runtime ${what} (func=${running?.name ?? '(main)'}, adr=${addressOf(running?.body ?? this.#line, node)}): ${message}\n`,
    );
  }

  *#statement(s: Statement): Sim<void> {
    if (++this.#steps % STEPS_PER_PAUSE === 0) {
      yield* this.#o.out.flush();
      yield* pause();
    }
    switch (s.kind) {
      case 'expression':
        return yield* this.#expressionStatement(s.value);
      case 'string':
        return yield* this.#o.out.write(s.text);
      case 'print':
        for (const item of s.items)
          yield* this.#o.out.write(typeof item === 'string' ? unescape(item) : this.#text(yield* this.#value(item)));
        return;
      case 'block':
        for (const inner of s.body) yield* this.#statement(inner);
        return;
      case 'if':
        if (!isZero(yield* this.#value(s.test))) yield* this.#statement(s.then);
        else if (s.otherwise) yield* this.#statement(s.otherwise);
        return;
      case 'while':
        return yield* this.#loop(s.test, s.body, undefined);
      case 'for':
        if (s.first) yield* this.#value(s.first);
        return yield* this.#loop(s.test, s.body, s.next);
      case 'break':
      case 'continue':
        throw new Jump(s.kind);
      case 'return':
        throw new Jump('return', s.value ? yield* this.#value(s.value) : ZERO);
      case 'halt':
        throw new Halt();
      case 'define':
        this.#functions.set(s.definition.name, s.definition);
        return;
      case 'limits':
        return yield* this.#o.out.write(
          'BC_BASE_MAX     = 2147483647\nBC_DIM_MAX      = 16777215\nBC_SCALE_MAX    = 2147483647\nBC_STRING_MAX   = 2147483647\nMAX Exponent    = 9223372036854775807\nNumber of vars  = 32767\n',
        );
    }
  }

  *#loop(test: Expression | undefined, body: Statement, next: Expression | undefined): Sim<void> {
    while (test === undefined || !isZero(yield* this.#value(test))) {
      if (++this.#steps % STEPS_PER_PAUSE === 0) yield* pause();
      try {
        yield* this.#statement(body);
      } catch (error) {
        if (!(error instanceof Jump) || error.kind === 'return') throw error;
        if (error.kind === 'break') return;
      }
      if (next) yield* this.#value(next);
    }
  }

  /** A value that nobody takes is printed; an assignment is not. */
  *#expressionStatement(e: Expression): Sim<void> {
    const value = yield* this.#value(e);
    if (e.kind === 'assign' || (e.kind === 'call' && this.#functions.get(e.name)?.quiet)) return;
    this.#last = value;
    yield* this.#o.out.write(`${this.#text(value)}\n`);
  }

  #text(value: Decimal): string {
    return formatDecimal(value, this.#obase);
  }

  // ---- expressions ----

  *#value(e: Expression): Sim<Decimal> {
    switch (e.kind) {
      case 'number':
        return parseDecimal(e.text, this.#ibase);
      case 'group':
        return yield* this.#value(e.inner);
      case 'place':
        return yield* this.#read(e.place);
      case 'assign': {
        const index = e.place.kind === 'element' ? yield* this.#index(e.place, e.place.index) : '';
        const given = yield* this.#value(e.value);
        const value = e.operator === '' ? given : yield* this.#operate(e.operator, this.#at(e.place, index), given, e);
        return yield* this.#store(e.place, index, value, e);
      }
      case 'step': {
        const index = e.place.kind === 'element' ? yield* this.#index(e.place, e.place.index) : '';
        const before = this.#at(e.place, index);
        const after = yield* this.#store(e.place, index, add(before, whole(e.by)), e);
        return e.before ? after : before;
      }
      case 'unary': {
        const operand = yield* this.#value(e.operand);
        return e.operator === '-' ? negate(operand) : isZero(operand) ? ONE : ZERO;
      }
      case 'binary': {
        const left = yield* this.#value(e.left);
        if (e.operator === '&&' && isZero(left)) return ZERO;
        if (e.operator === '||' && !isZero(left)) return ONE;
        return yield* this.#operate(e.operator, left, yield* this.#value(e.right), e);
      }
      case 'builtin':
        return yield* this.#builtin(e);
      case 'call':
        return yield* this.#call(e, e.name, e.args);
    }
  }

  *#operate(operator: string, a: Decimal, b: Decimal, e: Expression): Sim<Decimal> {
    const truth = (value: boolean) => (value ? ONE : ZERO);
    switch (operator) {
      case '+':
        return add(a, b);
      case '-':
        return subtract(a, b);
      case '*':
        return multiply(a, b, this.#scale);
      case '/':
        if (isZero(b)) throw new RuntimeFault(e, 'Divide by zero');
        return divide(a, b, this.#scale);
      case '%':
        if (isZero(b)) throw new RuntimeFault(e, 'Modulo by zero');
        return modulo(a, b, this.#scale);
      case '^': {
        const exponent = b.digits / 10n ** BigInt(b.scale);
        if (b.scale > 0 && exponent * 10n ** BigInt(b.scale) !== b.digits)
          yield* this.#complain('warning', e, 'non-zero scale in exponent');
        if (exponent < 0n && isZero(a)) throw new RuntimeFault(e, 'Divide by zero');
        return power(a, exponent, this.#scale);
      }
      case '&&':
      case '||':
        return truth(!isZero(b));
      case '==':
        return truth(compare(a, b) === 0);
      case '!=':
        return truth(compare(a, b) !== 0);
      case '<':
        return truth(compare(a, b) < 0);
      case '<=':
        return truth(compare(a, b) <= 0);
      case '>':
        return truth(compare(a, b) > 0);
    }
    return truth(compare(a, b) >= 0);
  }

  *#builtin(e: Extract<Expression, { kind: 'builtin' }>): Sim<Decimal> {
    if (!e.operand) {
      yield* this.#o.out.flush();
      const line = ((yield* this.#o.readLine()) ?? '').trim();
      return line.startsWith('-') ? negate(parseDecimal(line.slice(1), this.#ibase)) : parseDecimal(line, this.#ibase);
    }
    const operand = yield* this.#value(e.operand);
    switch (e.name) {
      case 'length':
        return whole(lengthOf(operand));
      case 'scale':
        return whole(operand.scale);
    }
    if (operand.digits < 0n) throw new RuntimeFault(e, 'Square root of a negative number');
    return squareRoot(operand, this.#scale);
  }

  // ---- places ----

  *#index(place: Place, index: Expression): Sim<string> {
    const value = yield* this.#value(index);
    const at = value.digits / 10n ** BigInt(value.scale);
    if (at < 0n || at > 16_777_215n)
      throw new RuntimeFault(index, `Array ${place.kind === 'element' ? place.name : ''} subscript out of bounds.`);
    return String(at);
  }

  *#read(place: Place): Sim<Decimal> {
    return this.#at(place, place.kind === 'element' ? yield* this.#index(place, place.index) : '');
  }

  #at(place: Place, index: string): Decimal {
    if (place.kind === 'variable') return this.#variables.get(place.name) ?? ZERO;
    if (place.kind === 'element') return this.#arrays.get(place.name)?.get(index) ?? ZERO;
    return { scale: whole(this.#scale), ibase: whole(this.#ibase), obase: whole(this.#obase), last: this.#last }[place.name];
  }

  *#store(place: Place, index: string, value: Decimal, e: Expression): Sim<Decimal> {
    if (place.kind === 'variable') this.#variables.set(place.name, value);
    else if (place.kind === 'element') {
      const array = this.#arrays.get(place.name) ?? new Map<string, Decimal>();
      this.#arrays.set(place.name, array.set(index, value));
    } else yield* this.#set(place.name, value, e);
    return value;
  }

  *#set(name: 'scale' | 'ibase' | 'obase' | 'last', value: Decimal, e: Expression): Sim<void> {
    if (name === 'last') {
      this.#last = value;
      return;
    }
    const number = Number(value.digits / 10n ** BigInt(value.scale));
    const least = name === 'scale' ? 0 : 2;
    const most = name === 'ibase' ? 16 : 2_147_483_647;
    const set = Math.min(most, Math.max(least, number));
    if (number < least) yield* this.#complain('warning', e, name === 'scale' ? 'negative scale, set to 0' : `${name} too small, set to 2`);
    if (number > most) yield* this.#complain('warning', e, `${name} too large, set to ${most}`);
    if (name === 'scale') this.#scale = set;
    else if (name === 'ibase') this.#ibase = set;
    else this.#obase = set;
  }

  // ---- functions ----

  *#call(e: Expression, name: string, args: readonly Argument[]): Sim<Decimal> {
    const definition = this.#functions.get(name);
    if (!definition) return yield* this.#libraryCall(e, name, args);
    if (args.length !== definition.parameters.length || args.some((arg, i) => (arg.kind === 'array') !== definition.parameters[i].array))
      throw new RuntimeFault(e, 'Parameter number mismatch');
    if (this.#calls.length >= DEPTH_MAX) throw new RuntimeFault(e, 'drydock: calls so deep are too much for the simulation');
    const given: (Decimal | Map<string, Decimal>)[] = [];
    for (const arg of args) given.push(arg.kind === 'array' ? new Map(this.#arrays.get(arg.name)) : yield* this.#value(arg));
    const locals = [...definition.parameters, ...definition.locals];
    const saved = locals.map((p) => (p.array ? this.#arrays.get(p.name) : this.#variables.get(p.name)));
    for (const [i, p] of locals.entries()) {
      const value = given[i];
      if (p.array) this.#arrays.set(p.name, value instanceof Map ? value : new Map());
      else this.#variables.set(p.name, value === undefined || value instanceof Map ? ZERO : value);
    }
    this.#calls.push(definition);
    let result = ZERO;
    try {
      for (const statement of definition.body) yield* this.#statement(statement);
    } catch (error) {
      if (!(error instanceof Jump)) throw error;
      result = error.value;
    } finally {
      for (const [i, p] of locals.entries()) {
        const old = saved[i];
        if (p.array) this.#arrays.set(p.name, old instanceof Map ? old : new Map());
        else this.#variables.set(p.name, old === undefined || old instanceof Map ? ZERO : old);
      }
    }
    this.#calls.pop();
    return result;
  }

  *#libraryCall(e: Expression, name: string, args: readonly Argument[]): Sim<Decimal> {
    const values: Decimal[] = [];
    for (const arg of args) if (arg.kind !== 'array') values.push(yield* this.#value(arg));
    const known = this.#o.library && (LIBRARY[name] ?? (name === 'j' ? bessel : undefined));
    if (!known) throw new RuntimeFault(e, `Function ${name} not defined.`);
    if (values.length !== (name === 'j' ? 2 : 1)) throw new RuntimeFault(e, 'Parameter number mismatch');
    return name === 'j' ? bessel(values[0], values[1], this.#scale) : LIBRARY[name](values[0], this.#scale);
  }
}

/** \n, \t and their like in a string of `print`. */
function unescape(text: string): string {
  const meanings: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', q: '"', r: '\r', t: '\t', '\\': '\\' };
  return text.replace(/\\(.)/gs, (both, c: string) => meanings[c] ?? both);
}
