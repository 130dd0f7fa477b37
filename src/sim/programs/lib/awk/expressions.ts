/** Expressions evaluated. */

import { isErrno } from '../../../kernel/errno.ts';
import { STRING_MAX } from '../../../kernel/limits.ts';
import type { Sim } from '../../../kernel/sim.ts';
import type { Regex } from '../../../lib/regex/regex.ts';
import { arithmetic, compare } from './arithmetic.ts';
import { callBuiltin } from './builtins.ts';
import type { AwkEvaluator } from './evaluator.ts';
import { AwkRuntimeError } from './format.ts';
import type { MainInput } from './mainInput.ts';
import type { AwkStreams } from './streams.ts';
import type { AwkExpr } from './syntax.ts';
import { type AwkValue, fromInput, toNumber, toText, truthy } from './values.ts';
import type { AwkVariables } from './variables.ts';

/** Calls a function of the program. */
export type CallFunction = (e: AwkExpr & { op: 'call' }) => Sim<AwkValue>;

/** Gives expressions their values; functions of the program are called by whoever runs statements. */
export class AwkExpressions implements AwkEvaluator {
  readonly vars: AwkVariables;
  readonly streams: AwkStreams;
  readonly #input: MainInput;
  readonly #call: CallFunction;
  random: { seed: number; previous: number };

  constructor(vars: AwkVariables, streams: AwkStreams, input: MainInput, call: CallFunction, seed: number) {
    this.vars = vars;
    this.streams = streams;
    this.#input = input;
    this.#call = call;
    this.random = { seed, previous: seed };
  }

  *eval(e: AwkExpr): Sim<AwkValue> {
    switch (e.op) {
      case 'number':
        return e.value;
      case 'string':
        return e.value;
      case 'regex':
        return e.regex.test(this.vars.zero()) ? 1 : 0;
      case 'var':
        return this.vars.variable(e.name, e.slot);
      case 'group':
        return yield* this.eval(e.value);
      case 'field': {
        const i = Math.trunc(toNumber(yield* this.eval(e.index)));
        if (i < 0) throw new AwkRuntimeError(`negative field index $${i}`);
        return i === 0 ? fromInput(this.vars.zero()) : this.vars.record.field(i);
      }
      case 'index': {
        const key = yield* this.key(e.keys);
        return this.vars.arrayOf(e.array, e.slot).get(key.text, key.whole);
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
        if (e.kind === ' ') return joined(toText(left, this.vars.convfmt), toText(right, this.vars.convfmt));
        if ('+-*/%^'.includes(e.kind)) return arithmetic(e.kind, toNumber(left), toNumber(right));
        return compare(e.kind, left, right, this.vars.convfmt) ? 1 : 0;
      }
      case 'match': {
        const text = toText(yield* this.eval(e.left), this.vars.convfmt);
        return (yield* this.regexOf(e.right)).test(text) !== e.negated ? 1 : 0;
      }
      case 'and':
        return truthy(yield* this.eval(e.left)) && truthy(yield* this.eval(e.right)) ? 1 : 0;
      case 'or':
        return truthy(yield* this.eval(e.left)) || truthy(yield* this.eval(e.right)) ? 1 : 0;
      case 'in':
        return this.vars.arrayOf(e.array, e.slot).has((yield* this.key(e.keys)).text) ? 1 : 0;
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
    return this.vars.regex(toText(yield* this.eval(e), this.vars.convfmt));
  }

  /** A subscript: several are joined by SUBSEP. */
  *key(keys: readonly AwkExpr[]): Sim<{ readonly text: string; readonly whole: boolean }> {
    if (keys.length === 1) {
      const v = yield* this.eval(keys[0]);
      return { text: toText(v, this.vars.convfmt), whole: typeof v === 'number' && Number.isInteger(v) };
    }
    const parts: string[] = [];
    for (const k of keys) parts.push(toText(yield* this.eval(k), this.vars.convfmt));
    return { text: parts.join(this.vars.text('SUBSEP')), whole: false };
  }

  *assign(target: AwkExpr, value: AwkValue): Sim<void> {
    switch (target.op) {
      case 'var':
        this.vars.setVariable(target.name, target.slot, value);
        return;
      case 'field':
        this.vars.setField(toNumber(yield* this.eval(target.index)), value);
        return;
      case 'index': {
        const key = yield* this.key(target.keys);
        this.vars.arrayOf(target.array, target.slot).set(key.text, value, key.whole);
        return;
      }
      default:
        throw new AwkRuntimeError('assignment to a non-lvalue');
    }
  }

  *#getline(e: AwkExpr & { op: 'getline' }): Sim<AwkValue> {
    let line: string | null;
    if (e.from === 'main') {
      line = yield* this.#input.next();
    } else {
      const name = toText(yield* this.eval(e.source!), this.vars.convfmt);
      const reader = yield* this.streams.source(e.from, name);
      if (reader === null) return -1;
      try {
        line = yield* reader.next(this.vars.text('RS'));
      } catch (error) {
        if (isErrno(error)) return -1;
        throw error;
      }
      if (line !== null && e.from === 'command') this.vars.globals.set('NR', toNumber(this.vars.globals.get('NR')) + 1);
    }
    if (line === null) return 0;
    if (e.target === undefined) this.vars.record.set(line, this.vars.text('FS'));
    else yield* this.assign(e.target, fromInput(line));
    return 1;
  }
}

function joined(left: string, right: string): string {
  if (left.length + right.length > STRING_MAX) throw new AwkRuntimeError('out of memory');
  return left + right;
}
