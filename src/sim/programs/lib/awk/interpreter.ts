import { isErrno } from '../../../kernel/errno.ts';
import { AWK_CALLS_MAX, STRING_MAX } from '../../../kernel/limits.ts';
import { pause, type Sim } from '../../../kernel/sim.ts';
import { close, open } from '../../../kernel/syscalls.ts';
import type { Regex } from '../../../lib/regex/regex.ts';
import type { Tool } from '../tool.ts';
import { callBuiltin } from './builtins.ts';
import { AwkRuntimeError, awkFormat } from './format.ts';
import { compileAwkRegex } from './parser.ts';
import { AwkReader } from './reader.ts';
import { AwkRecord } from './record.ts';
import { AwkStreams } from './streams.ts';
import type { AwkExpr, AwkFunction, AwkProgram, AwkRule, AwkStatement } from './syntax.ts';
import { AwkArray, type AwkValue, fromInput, numberText, StrNum, toNumber, toText, truthy } from './values.ts';

class NextRecord extends Error {}
class NextFile extends Error {}
class ExitAwk extends Error {
  readonly status: number | undefined;
  constructor(status: number | undefined) {
    super('exit');
    this.status = status;
  }
}
class ReturnValue extends Error {
  readonly value: AwkValue;
  constructor(value: AwkValue) {
    super('return');
    this.value = value;
  }
}

type Flow = 'normal' | 'break' | 'continue';
type Local = AwkValue | AwkArray;

const STEPS_PER_PAUSE = 5_000;

/** Runs a parsed program. */
export class AwkInterpreter {
  readonly #program: AwkProgram;
  readonly #arrayParams: ReadonlyMap<string, readonly boolean[]>;
  readonly #t: Tool;
  readonly streams: AwkStreams;
  readonly record = new AwkRecord();
  readonly globals = new Map<string, AwkValue>();
  readonly #arrays = new Map<string, AwkArray>();
  #locals: Local[] = [];
  #depth = 0;
  #steps = 0;
  readonly #ranges = new Map<AwkRule, boolean>();
  readonly #regexes = new Map<string, Regex>();
  #input: AwkReader | null = null;
  #inputFd = -1;
  #argument = 1;
  #usedFile = false;
  random: { seed: number; previous: number };

  constructor(t: Tool, program: AwkProgram, args: readonly string[], env: ReadonlyMap<string, string>, seed: number) {
    this.#t = t;
    this.#program = program;
    this.#arrayParams = findArrayParameters(program.functions);
    this.streams = new AwkStreams(t);
    this.random = { seed, previous: seed };
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

  get convfmt(): string {
    return toText(this.globals.get('CONVFMT'), '%.6g');
  }

  /** A variable as text. */
  text(name: string): string {
    return toText(this.globals.get(name), this.convfmt);
  }

  array(name: string): AwkArray {
    let a = this.#arrays.get(name);
    if (a === undefined) {
      a = new AwkArray();
      this.#arrays.set(name, a);
    }
    return a;
  }

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

  *run(): Sim<number> {
    let status = 0;
    const begin = this.#program.rules.filter((r) => r.pattern.kind === 'begin');
    const main = this.#program.rules.filter((r) => r.pattern.kind !== 'begin' && r.pattern.kind !== 'end');
    const end = this.#program.rules.filter((r) => r.pattern.kind === 'end');
    try {
      try {
        for (const rule of begin) yield* this.#statement(rule.action!);
        if (main.length > 0 || end.length > 0) yield* this.#records(main);
      } catch (error) {
        if (!(error instanceof ExitAwk)) throw error;
        status = error.status ?? status;
      }
      try {
        for (const rule of end) yield* this.#statement(rule.action!);
      } catch (error) {
        if (!(error instanceof ExitAwk)) throw error;
        status = error.status ?? status;
      }
    } finally {
      yield* this.streams.closeAll();
    }
    return this.#t.status !== 0 && status === 0 ? this.#t.status : status;
  }

  *#records(rules: readonly AwkRule[]): Sim<void> {
    for (;;) {
      const line = yield* this.#nextMain();
      if (line === null) return;
      this.record.set(line, this.text('FS'));
      try {
        for (const rule of rules) {
          if (!(yield* this.#applies(rule))) continue;
          if (rule.action === undefined) yield* this.#t.print(this.#zero() + this.text('ORS'));
          else yield* this.#statement(rule.action);
        }
      } catch (error) {
        if (error instanceof NextFile) yield* this.#closeInput();
        else if (!(error instanceof NextRecord)) throw error;
      }
    }
  }

  *#closeInput(): Sim<void> {
    if (this.#inputFd > 0) yield* close(this.#inputFd);
    this.#input = null;
    this.#inputFd = -1;
  }

  *#applies(rule: AwkRule): Sim<boolean> {
    const p = rule.pattern;
    if (p.kind === 'always') return true;
    if (p.kind === 'expr') return truthy(yield* this.eval(p.value));
    if (p.kind !== 'range') return false;
    let active = this.#ranges.get(rule) ?? false;
    if (!active) {
      if (!truthy(yield* this.eval(p.from))) return false;
      active = true;
    }
    this.#ranges.set(rule, !truthy(yield* this.eval(p.to)));
    return active;
  }

  /** The next record of the files in ARGV, or of standard input. */
  *#nextMain(): Sim<string | null> {
    for (;;) {
      if (this.#input === null && !(yield* this.#openNext())) return null;
      let line: string | null;
      try {
        line = yield* this.#input!.next(this.text('RS'));
      } catch (error) {
        if (!isErrno(error)) throw error;
        line = null;
      }
      if (line !== null) {
        this.globals.set('NR', toNumber(this.globals.get('NR')) + 1);
        this.globals.set('FNR', toNumber(this.globals.get('FNR')) + 1);
        return line;
      }
      yield* this.#closeInput();
    }
  }

  *#openNext(): Sim<boolean> {
    const argv = this.array('ARGV');
    const argc = toNumber(this.globals.get('ARGC'));
    while (this.#argument < argc) {
      const key = String(this.#argument++);
      const text = argv.has(key) ? toText(argv.get(key, true), this.convfmt) : '';
      if (text === '') continue;
      const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(text);
      if (assignment) {
        this.assignText(assignment[1], unescapeOperand(assignment[2]));
        continue;
      }
      this.#usedFile = true;
      try {
        this.#inputFd = text === '-' || text === '/dev/stdin' ? 0 : yield* open(text, { read: true, cloexec: true });
      } catch (error) {
        if (!isErrno(error)) throw error;
        yield* this.#t.error(`cannot open ${text} (${error.message})`, 2);
        continue;
      }
      this.#input = new AwkReader(this.#inputFd);
      this.globals.set('FILENAME', text);
      this.globals.set('FNR', 0);
      return true;
    }
    if (this.#usedFile) return false;
    this.#usedFile = true;
    this.#inputFd = 0;
    this.#input = new AwkReader(0);
    return true;
  }

  #zero(): string {
    return this.record.text(this.text('OFS'), this.convfmt);
  }

  // ---- statements ----------------------------------------------------------------------------------------------------

  *#statement(s: AwkStatement): Sim<Flow> {
    if (++this.#steps % STEPS_PER_PAUSE === 0) yield* pause();
    switch (s.op) {
      case 'expr':
        yield* this.eval(s.value);
        return 'normal';
      case 'print':
      case 'printf':
        yield* this.#print(s);
        return 'normal';
      case 'block':
        for (const inner of s.body) {
          const flow = yield* this.#statement(inner);
          if (flow !== 'normal') return flow;
        }
        return 'normal';
      case 'if':
        if (truthy(yield* this.eval(s.test))) return yield* this.#statement(s.yes);
        return s.no === undefined ? 'normal' : yield* this.#statement(s.no);
      case 'while':
        while (truthy(yield* this.eval(s.test))) if ((yield* this.#statement(s.body)) === 'break') break;
        return 'normal';
      case 'do':
        do {
          if ((yield* this.#statement(s.body)) === 'break') break;
        } while (truthy(yield* this.eval(s.test)));
        return 'normal';
      case 'for':
        if (s.init !== undefined) yield* this.#statement(s.init);
        while (s.test === undefined || truthy(yield* this.eval(s.test))) {
          if ((yield* this.#statement(s.body)) === 'break') break;
          if (s.step !== undefined) yield* this.#statement(s.step);
        }
        return 'normal';
      case 'forin': {
        const array = this.#arrayOf(s.array, s.arraySlot);
        for (const key of array.keys()) {
          this.#setVariable(s.name, s.slot, key);
          if ((yield* this.#statement(s.body)) === 'break') break;
        }
        return 'normal';
      }
      case 'break':
      case 'continue':
        return s.op;
      case 'next':
        throw new NextRecord();
      case 'nextfile':
        throw new NextFile();
      case 'exit':
        throw new ExitAwk(s.value === undefined ? undefined : Math.trunc(toNumber(yield* this.eval(s.value))) & 255);
      case 'return':
        throw new ReturnValue(s.value === undefined ? undefined : yield* this.eval(s.value));
      case 'delete': {
        const array = this.#arrayOf(s.array, s.slot);
        if (s.keys === undefined) array.clear();
        else array.delete((yield* this.#key(s.keys)).text);
        return 'normal';
      }
    }
  }

  *#print(s: AwkStatement & { op: 'print' | 'printf' }): Sim<void> {
    const values: AwkValue[] = [];
    for (const a of s.args) values.push(yield* this.eval(a));
    let text: string;
    if (s.op === 'printf') {
      if (values.length === 0) throw new AwkRuntimeError('no arguments to printf');
      text = awkFormat('printf', toText(values[0], this.convfmt), values.slice(1), this.convfmt);
    } else if (values.length === 0) text = this.#zero() + this.text('ORS');
    else {
      const ofmt = this.text('OFMT');
      text = values.map((v) => (typeof v === 'number' ? numberText(v, ofmt) : toText(v, ofmt))).join(this.text('OFS')) + this.text('ORS');
    }
    if (s.to === undefined) {
      yield* this.#t.print(text);
      return;
    }
    const name = toText(yield* this.eval(s.to.target), this.convfmt);
    const out = yield* this.streams.writer(s.to.how, name);
    yield* out.write(text);
    if (name === '/dev/stderr') yield* out.flush();
  }

  // ---- variables -----------------------------------------------------------------------------------------------------

  #arrayOf(name: string, slot: number): AwkArray {
    if (slot < 0) return this.array(name);
    const local = this.#locals[slot];
    if (local instanceof AwkArray) return local;
    const made = new AwkArray();
    this.#locals[slot] = made;
    return made;
  }

  arrayArgument(e: AwkExpr): AwkArray {
    if (e.op !== 'var') throw new AwkRuntimeError('an array was expected');
    return this.#arrayOf(e.name, e.slot);
  }

  isArray(e: AwkExpr): boolean {
    if (e.op !== 'var') return false;
    return e.slot < 0 ? this.#arrays.has(e.name) : this.#locals[e.slot] instanceof AwkArray;
  }

  #variable(name: string, slot: number): AwkValue {
    if (slot >= 0) {
      const local = this.#locals[slot];
      return local instanceof AwkArray ? undefined : local;
    }
    if (name === 'NF') return this.record.count;
    return this.globals.get(name);
  }

  #setVariable(name: string, slot: number, value: AwkValue): void {
    if (slot >= 0) this.#locals[slot] = value;
    else this.#setGlobal(name, value);
  }

  #setGlobal(name: string, value: AwkValue): void {
    if (name === 'NF') this.record.setCount(Math.max(0, Math.trunc(toNumber(value))));
    else this.globals.set(name, value);
  }

  /** A subscript: several are joined by SUBSEP. */
  *#key(keys: readonly AwkExpr[]): Sim<{ readonly text: string; readonly whole: boolean }> {
    if (keys.length === 1) {
      const v = yield* this.eval(keys[0]);
      return { text: toText(v, this.convfmt), whole: typeof v === 'number' && Number.isInteger(v) };
    }
    const parts: string[] = [];
    for (const k of keys) parts.push(toText(yield* this.eval(k), this.convfmt));
    return { text: parts.join(this.text('SUBSEP')), whole: false };
  }

  *assign(target: AwkExpr, value: AwkValue): Sim<void> {
    switch (target.op) {
      case 'var':
        this.#setVariable(target.name, target.slot, value);
        return;
      case 'field':
        this.#setField(toNumber(yield* this.eval(target.index)), value);
        return;
      case 'index': {
        const key = yield* this.#key(target.keys);
        this.#arrayOf(target.array, target.slot).set(key.text, value, key.whole);
        return;
      }
      default:
        throw new AwkRuntimeError('assignment to a non-lvalue');
    }
  }

  #setField(index: number, value: AwkValue): void {
    const i = Math.trunc(index);
    if (i < 0) throw new AwkRuntimeError(`negative field index $${i}`);
    if (i === 0) this.record.set(toText(value, this.convfmt), this.text('FS'));
    else this.record.setField(i, value);
  }

  // ---- expressions ---------------------------------------------------------------------------------------------------

  *eval(e: AwkExpr): Sim<AwkValue> {
    switch (e.op) {
      case 'number':
        return e.value;
      case 'string':
        return e.value;
      case 'regex':
        return e.regex.test(this.#zero()) ? 1 : 0;
      case 'var':
        return this.#variable(e.name, e.slot);
      case 'group':
        return yield* this.eval(e.value);
      case 'field': {
        const i = Math.trunc(toNumber(yield* this.eval(e.index)));
        if (i < 0) throw new AwkRuntimeError(`negative field index $${i}`);
        return i === 0 ? fromInput(this.#zero()) : this.record.field(i);
      }
      case 'index': {
        const key = yield* this.#key(e.keys);
        return this.#arrayOf(e.array, e.slot).get(key.text, key.whole);
      }
      case 'assign': {
        if (e.kind === '=') {
          const value = yield* this.eval(e.value);
          yield* this.assign(e.target, value);
          return value;
        }
        const right = toNumber(yield* this.eval(e.value));
        const value = arithmetic(e.kind[0], toNumber(yield* this.eval(e.target)), right);
        yield* this.assign(e.target, value);
        return value;
      }
      case 'increment': {
        const old = toNumber(yield* this.eval(e.target));
        yield* this.assign(e.target, old + e.by);
        return e.prefix ? old + e.by : old;
      }
      case 'unary': {
        const v = yield* this.eval(e.value);
        return e.kind === '!' ? (truthy(v) ? 0 : 1) : e.kind === '-' ? -toNumber(v) : toNumber(v);
      }
      case 'binary': {
        const left = yield* this.eval(e.left);
        const right = yield* this.eval(e.right);
        if (e.kind === ' ') return joined(toText(left, this.convfmt), toText(right, this.convfmt));
        if ('+-*/%^'.includes(e.kind)) return arithmetic(e.kind, toNumber(left), toNumber(right));
        return compare(e.kind, left, right, this.convfmt) ? 1 : 0;
      }
      case 'match': {
        const text = toText(yield* this.eval(e.left), this.convfmt);
        return (yield* this.regexOf(e.right)).test(text) !== e.negated ? 1 : 0;
      }
      case 'and':
        return truthy(yield* this.eval(e.left)) && truthy(yield* this.eval(e.right)) ? 1 : 0;
      case 'or':
        return truthy(yield* this.eval(e.left)) || truthy(yield* this.eval(e.right)) ? 1 : 0;
      case 'in':
        return this.#arrayOf(e.array, e.slot).has((yield* this.#key(e.keys)).text) ? 1 : 0;
      case 'cond':
        return truthy(yield* this.eval(e.test)) ? yield* this.eval(e.yes) : yield* this.eval(e.no);
      case 'builtin':
        return yield* callBuiltin(this, e.name, e.args);
      case 'call':
        return yield* this.#call(e);
      case 'getline':
        return yield* this.#getline(e);
    }
  }

  /** A regex literal, or text used as one. */
  *regexOf(e: AwkExpr): Sim<Regex> {
    if (e.op === 'regex') return e.regex;
    if (e.op === 'group' && e.value.op === 'regex') return e.value.regex;
    return this.regex(toText(yield* this.eval(e), this.convfmt));
  }

  *#call(e: AwkExpr & { op: 'call' }): Sim<AwkValue> {
    const f = this.#program.functions.get(e.name);
    if (f === undefined) throw new AwkRuntimeError(`function ${e.name} never defined`);
    if (++this.#depth > AWK_CALLS_MAX) throw new AwkRuntimeError('function call nesting too deep');
    const kinds = this.#arrayParams.get(e.name)!;
    const locals: Local[] = [];
    for (const [i, a] of e.args.entries()) {
      if (i >= f.params.length) throw new AwkRuntimeError(`too many arguments in call to ${e.name}`);
      if (a.op === 'var' && (kinds[i] || this.isArray(a))) locals.push(this.#arrayOf(a.name, a.slot));
      else locals.push(yield* this.eval(a));
    }
    while (locals.length < f.params.length) locals.push(undefined);
    const saved = this.#locals;
    this.#locals = locals;
    try {
      yield* this.#statement(f.body);
      return undefined;
    } catch (error) {
      if (error instanceof ReturnValue) return error.value;
      throw error;
    } finally {
      this.#locals = saved;
      this.#depth--;
    }
  }

  *#getline(e: AwkExpr & { op: 'getline' }): Sim<AwkValue> {
    let line: string | null;
    if (e.from === 'main') {
      line = yield* this.#nextMain();
    } else {
      const name = toText(yield* this.eval(e.source!), this.convfmt);
      const reader = yield* this.streams.source(e.from, name);
      if (reader === null) return -1;
      try {
        line = yield* reader.next(this.text('RS'));
      } catch (error) {
        if (isErrno(error)) return -1;
        throw error;
      }
      if (line !== null && e.from === 'command') this.globals.set('NR', toNumber(this.globals.get('NR')) + 1);
    }
    if (line === null) return 0;
    if (e.target === undefined) this.record.set(line, this.text('FS'));
    else yield* this.assign(e.target, fromInput(line));
    return 1;
  }
}

function arithmetic(kind: string, a: number, b: number): number {
  switch (kind) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    default:
      return a ** b;
  }
}

function compare(kind: string, a: AwkValue, b: AwkValue, convfmt: string): boolean {
  let order: number;
  if (typeof a !== 'string' && typeof b !== 'string') {
    const x = toNumber(a);
    const y = toNumber(b);
    order = x < y ? -1 : x > y ? 1 : x === y ? 0 : Number.NaN;
  } else {
    const x = toText(a, convfmt);
    const y = toText(b, convfmt);
    order = x < y ? -1 : x > y ? 1 : 0;
  }
  switch (kind) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '==':
      return order === 0;
    default:
      return order !== 0;
  }
}

function unescapeOperand(text: string): string {
  return text.replace(/\\([ntr\\"/])/g, (_, c: string) => ({ n: '\n', t: '\t', r: '\r' })[c] ?? c);
}

/** Which parameters are used as arrays, through calls as well. */
function findArrayParameters(functions: ReadonlyMap<string, AwkFunction>): ReadonlyMap<string, readonly boolean[]> {
  const kinds = new Map<string, boolean[]>();
  for (const f of functions.values())
    kinds.set(
      f.name,
      f.params.map(() => false),
    );
  for (let changed = true; changed; ) {
    changed = false;
    for (const f of functions.values()) {
      const mark = (slot: number): void => {
        if (slot >= 0 && !kinds.get(f.name)![slot]) {
          kinds.get(f.name)![slot] = true;
          changed = true;
        }
      };
      const walk = (node: unknown): void => {
        if (Array.isArray(node)) {
          for (const n of node) walk(n);
          return;
        }
        if (node === null || typeof node !== 'object' || node instanceof StrNum) return;
        const n = node as Record<string, unknown> & { op?: string };
        if (n.op === 'index' || n.op === 'in' || n.op === 'delete') mark(n.slot as number);
        if (n.op === 'forin') mark(n.arraySlot as number);
        if (n.op === 'builtin' && n.name === 'split') {
          const second = (n.args as AwkExpr[])[1];
          if (second?.op === 'var') mark(second.slot);
        }
        if (n.op === 'call') {
          for (const [i, a] of (n.args as AwkExpr[]).entries()) if (a.op === 'var' && kinds.get(n.name as string)?.[i]) mark(a.slot);
        }
        for (const [key, v] of Object.entries(n)) if (key !== 'regex') walk(v);
      };
      walk(f.body);
    }
  }
  return kinds;
}

function joined(left: string, right: string): string {
  if (left.length + right.length > STRING_MAX) throw new AwkRuntimeError('out of memory');
  return left + right;
}
