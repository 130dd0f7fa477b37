/** A parsed program carried out: its rules on each record, statement by statement. */
import { AWK_CALLS_MAX } from '../../../kernel/limits.ts';
import { pause, type Sim } from '../../../kernel/sim.ts';
import type { Tool } from '../tool.ts';
import { findArrayParameters } from './arrayParameters.ts';
import { AwkExpressions } from './expressions.ts';
import { ExitAwk, type Flow, NextFile, NextRecord, ReturnValue } from './flow.ts';
import { AwkRuntimeError, awkFormat } from './format.ts';
import { MainInput } from './mainInput.ts';
import { AwkStreams } from './streams.ts';
import type { AwkExpr, AwkProgram, AwkRule, AwkStatement } from './syntax.ts';
import { type AwkValue, numberText, toNumber, toText, truthy } from './values.ts';
import { AwkVariables, type Local } from './variables.ts';

const STEPS_PER_PAUSE = 5_000;

/** Runs a parsed program. */
export class AwkInterpreter {
  readonly #program: AwkProgram;
  readonly #arrayParameters: ReadonlyMap<string, readonly boolean[]>;
  readonly #t: Tool;
  readonly #streams: AwkStreams;
  readonly vars: AwkVariables;
  readonly #input: MainInput;
  readonly #expressions: AwkExpressions;
  #depth = 0;
  #steps = 0;
  readonly #ranges = new Map<AwkRule, boolean>();

  constructor(t: Tool, program: AwkProgram, args: readonly string[], env: ReadonlyMap<string, string>, seed: number) {
    this.#t = t;
    this.#program = program;
    this.#arrayParameters = findArrayParameters(program.functions);
    this.#streams = new AwkStreams(t);
    this.vars = new AwkVariables(args, env);
    this.#input = new MainInput(t, this.vars);
    this.#expressions = new AwkExpressions(this.vars, this.#streams, this.#input, (e) => this.#callFunction(e), seed);
  }

  /** Runs BEGIN, the rules on each record, END; gives the exit status. */
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
      yield* this.#streams.closeAll();
    }
    return this.#t.status !== 0 && status === 0 ? this.#t.status : status;
  }

  *#records(rules: readonly AwkRule[]): Sim<void> {
    for (;;) {
      const line = yield* this.#input.next();
      if (line === null) return;
      this.vars.record.set(line, this.vars.text('FS'));
      try {
        for (const rule of rules) {
          if (!(yield* this.#applies(rule))) continue;
          if (rule.action === undefined) yield* this.#t.print(this.vars.zero() + this.vars.text('ORS'));
          else yield* this.#statement(rule.action);
        }
      } catch (error) {
        if (error instanceof NextFile) yield* this.#input.close();
        else if (!(error instanceof NextRecord)) throw error;
      }
    }
  }

  *#applies(rule: AwkRule): Sim<boolean> {
    const p = rule.pattern;
    if (p.kind === 'always') return true;
    if (p.kind === 'expr') return truthy(yield* this.#expressions.eval(p.value));
    if (p.kind !== 'range') return false;
    let active = this.#ranges.get(rule) ?? false;
    if (!active) {
      if (!truthy(yield* this.#expressions.eval(p.from))) return false;
      active = true;
    }
    this.#ranges.set(rule, !truthy(yield* this.#expressions.eval(p.to)));
    return active;
  }

  *#statement(s: AwkStatement): Sim<Flow> {
    if (++this.#steps % STEPS_PER_PAUSE === 0) yield* pause();
    switch (s.op) {
      case 'expr':
        yield* this.#expressions.eval(s.value);
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
        if (truthy(yield* this.#expressions.eval(s.test))) return yield* this.#statement(s.yes);
        return s.no === undefined ? 'normal' : yield* this.#statement(s.no);
      case 'while':
        while (truthy(yield* this.#expressions.eval(s.test))) if ((yield* this.#statement(s.body)) === 'break') break;
        return 'normal';
      case 'do':
        do {
          if ((yield* this.#statement(s.body)) === 'break') break;
        } while (truthy(yield* this.#expressions.eval(s.test)));
        return 'normal';
      case 'for':
        if (s.init !== undefined) yield* this.#statement(s.init);
        while (s.test === undefined || truthy(yield* this.#expressions.eval(s.test))) {
          if ((yield* this.#statement(s.body)) === 'break') break;
          if (s.step !== undefined) yield* this.#statement(s.step);
        }
        return 'normal';
      case 'forin': {
        const array = this.vars.arrayOf(s.array, s.arraySlot);
        for (const key of array.keys()) {
          this.vars.setVariable(s.name, s.slot, key);
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
        throw new ExitAwk(s.value === undefined ? undefined : Math.trunc(toNumber(yield* this.#expressions.eval(s.value))) & 255);
      case 'return':
        throw new ReturnValue(s.value === undefined ? undefined : yield* this.#expressions.eval(s.value));
      case 'delete': {
        const array = this.vars.arrayOf(s.array, s.slot);
        if (s.keys === undefined) array.clear();
        else array.delete((yield* this.#expressions.key(s.keys)).text);
        return 'normal';
      }
    }
  }

  *#print(s: AwkStatement & { op: 'print' | 'printf' }): Sim<void> {
    const values: AwkValue[] = [];
    for (const a of s.args) values.push(yield* this.#expressions.eval(a));
    let text: string;
    if (s.op === 'printf') {
      if (values.length === 0) throw new AwkRuntimeError('no arguments to printf');
      text = awkFormat('printf', toText(values[0], this.vars.convfmt), values.slice(1), this.vars.convfmt);
    } else if (values.length === 0) text = this.vars.zero() + this.vars.text('ORS');
    else {
      const ofmt = this.vars.text('OFMT');
      text =
        values.map((v) => (typeof v === 'number' ? numberText(v, ofmt) : toText(v, ofmt))).join(this.vars.text('OFS')) +
        this.vars.text('ORS');
    }
    if (s.to === undefined) {
      yield* this.#t.print(text);
      return;
    }
    const name = toText(yield* this.#expressions.eval(s.to.target), this.vars.convfmt);
    const out = yield* this.#streams.writer(s.to.how, name);
    yield* out.write(text);
    if (name === '/dev/stderr') yield* out.flush();
  }

  *#callFunction(e: AwkExpr & { op: 'call' }): Sim<AwkValue> {
    const f = this.#program.functions.get(e.name);
    if (f === undefined) throw new AwkRuntimeError(`function ${e.name} never defined`);
    if (++this.#depth > AWK_CALLS_MAX) throw new AwkRuntimeError('function call nesting too deep');
    const kinds = this.#arrayParameters.get(e.name)!;
    const locals: Local[] = [];
    for (const [i, a] of e.args.entries()) {
      if (i >= f.params.length) throw new AwkRuntimeError(`too many arguments in call to ${e.name}`);
      if (a.op === 'var' && (kinds[i] || this.vars.isArray(a))) locals.push(this.vars.arrayOf(a.name, a.slot));
      else locals.push(yield* this.#expressions.eval(a));
    }
    while (locals.length < f.params.length) locals.push(undefined);
    const saved = this.vars.locals;
    this.vars.locals = locals;
    try {
      yield* this.#statement(f.body);
      return undefined;
    } catch (error) {
      if (error instanceof ReturnValue) return error.value;
      throw error;
    } finally {
      this.vars.locals = saved;
      this.#depth--;
    }
  }
}
