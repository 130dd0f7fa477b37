import type { TestExpression } from 'unbash';
import type { Sim } from '../../kernel/sim.ts';
import { compileRegex, RegexError, RegexLimitError, type RegexMatch } from '../../lib/regex/regex.ts';
import { evaluateArithmetic } from '../expand/arithmetic.ts';
import type { Expander } from '../expand/expand.ts';
import { matchPattern } from '../expand/pattern.ts';
import { ShellError } from '../state/errors.ts';
import type { Shell } from '../state/shell.ts';
import { compareFiles, fileTest, INTEGER_COMPARE } from './fileTests.ts';

/** Status 2 with a message: `[[ x =~ [ ]]`. */
export class BadRegex extends Error {}

/** True if `name` or `name[subscript]` has a value. */
export function isSet(sh: Shell, text: string): boolean {
  const match = /^([^[]+)\[(.*)\]$/s.exec(text);
  if (match) {
    if (match[2] === '@' || match[2] === '*') return sh.vars.values(match[1]).length > 0;
    return sh.vars.element(match[1], match[2]) !== undefined;
  }
  if (/^\d+$/.test(text)) return Number(text) <= sh.positional.length;
  return sh.vars.get(text) !== undefined;
}

/** Evaluates the inside of `[[ ]]`. `trace` gets each primary as it is tried, for `set -x`: expanded and without quotes. */
export function* conditional(sh: Shell, x: Expander, e: TestExpression, trace?: (text: string) => Sim<void>): Sim<boolean> {
  switch (e.type) {
    case 'TestLogical':
      for (const operand of e.operands) {
        const value = yield* conditional(sh, x, operand, trace);
        if (value === (e.operator === '||')) return value;
      }
      return e.operator === '&&';
    case 'TestNot': {
      // With the `!` of one primary; that of a group is not shown.
      const negated = trace && e.negations.length % 2 === 1 && e.operand.type !== 'TestGroup';
      const value = yield* conditional(sh, x, e.operand, negated ? (text) => trace(`! ${text}`) : trace);
      return e.negations.length % 2 === 1 ? !value : value;
    }
    case 'TestGroup':
      return yield* conditional(sh, x, e.expression, trace);
    case 'TestUnary': {
      const operand = yield* x.string(sh, e.operand.text);
      if (trace) yield* trace(`${e.operator} ${shown(operand)}`);
      switch (e.operator) {
        case '-n':
          return operand !== '';
        case '-z':
          return operand === '';
        case '-v':
          return isSet(sh, operand);
        case '-o':
          return sh.options.has(operand);
        case '-R':
          return sh.vars.raw(operand)?.nameref ?? false;
      }
      return (yield* fileTest(e.operator, operand)) ?? false;
    }
    case 'TestBinary': {
      const left = yield* x.string(sh, e.left.text);
      const op = e.operator;
      const nocase = sh.options.on('nocasematch');
      if (op === '==' || op === '=' || op === '!=') {
        const pattern = yield* x.pattern(sh, e.right.text, trace !== undefined);
        if (trace) yield* trace(`${shown(left)} ${op} ${shown(pattern)}`);
        return matchPattern(pattern, left, { extglob: true, nocase }) === (op !== '!=');
      }
      if (op === '=~') return yield* regexMatch(sh, x, left, e.right.text, trace);
      const right = yield* x.string(sh, e.right.text);
      if (trace) yield* trace(`${shown(left)} ${op} ${shown(right)}`);
      const compare = INTEGER_COMPARE[op];
      if (compare) {
        const scope = x.scope(sh);
        return compare(evaluateArithmetic(left, scope, '[[: '), evaluateArithmetic(right, scope, '[[: '));
      }
      if (op === '<') return left < right;
      if (op === '>') return left > right;
      return yield* compareFiles(left, op, right);
    }
  }
}

function shown(text: string): string {
  return text === '' ? "''" : text;
}

function* regexMatch(sh: Shell, x: Expander, left: string, source: string, trace?: (text: string) => Sim<void>): Sim<boolean> {
  const pattern = yield* x.regex(sh, source);
  if (trace) yield* trace(`${shown(left)} =~ ${shown(pattern)}`);
  const match = search(pattern, left, sh.options.on('nocasematch'));
  sh.vars.define('BASH_REMATCH', { value: undefined, array: new Map((match?.groups ?? []).map((text, i) => [i, text ?? ''])) });
  return match !== null;
}

function search(pattern: string, text: string, ignoreCase: boolean): RegexMatch | null {
  try {
    return compileRegex(pattern, 'extended', { ignoreCase }).exec(text);
  } catch (error) {
    if (error instanceof RegexError) throw new BadRegex(pattern);
    if (error instanceof RegexLimitError) throw new ShellError(`[[: ${pattern}: too many steps to match`);
    throw error;
  }
}
