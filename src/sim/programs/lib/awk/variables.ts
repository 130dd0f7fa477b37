/** The variables of a running program: globals, arrays, the locals of the function that runs, the record with its fields. */
import type { Regex } from '../../../lib/regex/regex.ts';
import { AwkArray, AwkMemory } from './arrays.ts';
import { AwkRuntimeError } from './format.ts';
import { AwkRecord } from './record.ts';
import { compileAwkRegex } from './regex.ts';
import type { AwkExpr } from './syntax.ts';
import { type AwkValue, fromInput, toNumber, toText } from './values.ts';

/** A local variable may be an array. */
export type Local = AwkValue | AwkArray;

/** All that has a name. A slot says where a local variable is; -1 stands for a global one. */
export class AwkVariables {
  readonly record = new AwkRecord();
  readonly globals = new Map<string, AwkValue>();
  readonly #kept = new AwkMemory();
  readonly #arrays = new Map<string, AwkArray>();
  locals: Local[] = [];
  readonly #regexes = new Map<string, Regex>();

  constructor(args: readonly string[], env: ReadonlyMap<string, string>) {
    const g = this.globals;
    for (const [name, value] of [
      ['FS', ' '],
      ['OFS', ' '],
      ['ORS', '\n'],
      ['RS', '\n'],
      ['SUBSEP', '\x1c'],
      ['CONVFMT', '%.6g'],
      ['OFMT', '%.6g'],
      ['FILENAME', ''],
    ] as const)
      g.set(name, value);
    for (const name of ['NR', 'FNR', 'RSTART']) g.set(name, 0);
    g.set('RLENGTH', -1);
    g.set('ARGC', args.length);
    const argv = this.array('ARGV');
    for (const [i, a] of args.entries()) argv.set(String(i), fromInput(a), true);
    const environment = this.array('ENVIRON');
    for (const [k, v] of env) environment.set(k, fromInput(v), false);
  }

  /** How numbers become text. */
  get convfmt(): string {
    return toText(this.globals.get('CONVFMT'), '%.6g');
  }

  /** A variable as text. */
  text(name: string): string {
    return toText(this.globals.get(name), this.convfmt);
  }

  /** A global array, made when it is first named. */
  array(name: string): AwkArray {
    let a = this.#arrays.get(name);
    if (a === undefined) {
      a = new AwkArray(this.#kept);
      this.#arrays.set(name, a);
    }
    return a;
  }

  /** Text as a regular expression. */
  regex(source: string): Regex {
    let r = this.#regexes.get(source);
    if (r === undefined) {
      r = compileAwkRegex(source);
      this.#regexes.set(source, r);
    }
    return r;
  }

  /** Assigns a variable from outside: -v and operands of the form name=value. */
  assignText(name: string, text: string): void {
    this.#setGlobal(name, fromInput(text));
  }

  /** $0. */
  zero(): string {
    return this.record.text(this.text('OFS'), this.convfmt);
  }

  /** The array of a name: of the function that runs if `slot` is not -1. */
  arrayOf(name: string, slot: number): AwkArray {
    if (slot < 0) return this.array(name);
    const local = this.locals[slot];
    if (local instanceof AwkArray) return local;
    // Its account ends with the call.
    const made = new AwkArray(new AwkMemory());
    this.locals[slot] = made;
    return made;
  }

  /** The array that a built-in function is given. */
  arrayArgument(e: AwkExpr): AwkArray {
    if (e.op !== 'var') throw new AwkRuntimeError('an array was expected');
    return this.arrayOf(e.name, e.slot);
  }

  /** Whether an expression names an array that is there. */
  isArray(e: AwkExpr): boolean {
    if (e.op !== 'var') return false;
    return e.slot < 0 ? this.#arrays.has(e.name) : this.locals[e.slot] instanceof AwkArray;
  }

  /** The value of a variable. */
  variable(name: string, slot: number): AwkValue {
    if (slot >= 0) {
      const local = this.locals[slot];
      return local instanceof AwkArray ? undefined : local;
    }
    if (name === 'NF') return this.record.count;
    return this.globals.get(name);
  }

  /** Gives a variable a value. */
  setVariable(name: string, slot: number, value: AwkValue): void {
    if (slot >= 0) this.locals[slot] = value;
    else this.#setGlobal(name, value);
  }

  #setGlobal(name: string, value: AwkValue): void {
    if (name === 'NF') this.record.setCount(Math.max(0, Math.trunc(toNumber(value))));
    else this.globals.set(name, value);
  }

  /** Gives a field a value; 0 is the whole record. */
  setField(index: number, value: AwkValue): void {
    const i = Math.trunc(index);
    if (i < 0) throw new AwkRuntimeError(`negative field index $${i}`);
    if (i === 0) this.record.set(toText(value, this.convfmt), this.text('FS'));
    else this.record.setField(i, value);
  }
}
