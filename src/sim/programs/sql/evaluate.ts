/** Values of expressions in a row, with SQL's three-valued logic. */

import { Pattern } from '../../lib/regex/pattern.ts';
import { compileRegex, RegexError, RegexLimitError } from '../../lib/regex/regex.ts';
import { callFunction } from './functions.ts';
import { findColumn, type Scope } from './scope.ts';
import { type Dialect, type Expression, SqlError, type Value } from './syntax.ts';
import { coerce, compareValues, valueText } from './values.ts';

/** Functions that run over the rows of a group. */
export const AGGREGATES = new Set(['count', 'sum', 'avg', 'min', 'max', 'string_agg', 'group_concat', 'array_agg', 'bool_and', 'bool_or']);

/** The value of an expression; throws SqlError. */
export function evaluate(e: Expression, scope: Scope): Value {
  const { session } = scope;
  switch (e.kind) {
    case 'literal':
      return e.value;
    case 'column': {
      const found = findColumn(scope, e.table, e.name);
      if (found) return found.scope.row[found.at] ?? null;
      const full = e.table === undefined ? e.name : `${e.table}.${e.name}`;
      if (session.dialect === 'mysql')
        throw new SqlError(`Unknown column '${full}' in '${scope.clause}'`, { number: 1054, state: '42S22' });
      if (e.table !== undefined && !scope.columns.some((c) => c.table === e.table))
        throw new SqlError(`missing FROM-clause entry for table "${e.table}"`, { state: '42P01', at: e.at });
      throw new SqlError(`column ${e.table === undefined ? `"${e.name}"` : full} does not exist`, { state: '42703', at: e.at });
    }
    case 'star':
      throw new SqlError('syntax error at or near "*"', { state: '42601', number: 1064 });
    case 'unary': {
      const value = evaluate(e.operand, scope);
      if (value === null) return null;
      return e.operator === 'not' ? !isTrue(value) : -Number(value);
    }
    case 'binary':
      return binary(e.operator, e.left, e.right, scope);
    case 'cast': {
      const value = evaluate(e.operand, scope);
      if (e.type.name === 'interval') return value;
      if (e.type.name === 'signed') return value === null ? null : Math.round(Number(value));
      return coerce(value, e.type, '', session.dialect);
    }
    case 'between': {
      const value = evaluate(e.operand, scope);
      const [low, high] = [evaluate(e.low, scope), evaluate(e.high, scope)];
      if (value === null || low === null || high === null) return null;
      return (compareValues(value, low) >= 0 && compareValues(value, high) <= 0) !== e.not;
    }
    case 'in': {
      const value = evaluate(e.operand, scope);
      if (value === null) return null;
      const among = 'items' in e.among ? session.rows(e.among, scope).map((row) => row[0]) : e.among.map((x) => evaluate(x, scope));
      if (among.some((x) => x !== null && equal(value, x, session.dialect))) return !e.not;
      return among.includes(null) ? null : e.not;
    }
    case 'like': {
      const [value, pattern] = [evaluate(e.operand, scope), evaluate(e.pattern, scope)];
      if (value === null || pattern === null) return null;
      return likePattern(String(pattern), e.fold).test(valueText(value, session.dialect)) !== e.not;
    }
    case 'isNull':
      return (evaluate(e.operand, scope) === null) !== e.not;
    case 'case': {
      const subject = e.subject === undefined ? undefined : evaluate(e.subject, scope);
      for (const [when, then] of e.branches) {
        const value = evaluate(when, scope);
        const hit = subject === undefined ? isTrue(value) : value !== null && subject !== null && equal(subject, value, session.dialect);
        if (hit) return evaluate(then, scope);
      }
      return e.otherwise === undefined ? null : evaluate(e.otherwise, scope);
    }
    case 'exists':
      return session.rows(e.select, scope).length > 0;
    case 'scalar': {
      const rows = session.rows(e.select, scope);
      if (rows.length > 1)
        throw new SqlError('more than one row returned by a subquery used as an expression', { state: '21000', number: 1242 });
      return rows[0]?.[0] ?? null;
    }
    case 'call':
      if (AGGREGATES.has(e.name.toLowerCase())) return aggregate(e, scope);
      if (scope.series?.has(e)) return scope.series.get(e) ?? null;
      return callFunction(
        e.name.toLowerCase(),
        e.args.map((arg) => evaluate(arg, scope)),
        session,
        e.at,
      );
  }
}

export function isTrue(value: Value): boolean {
  return value === true || (typeof value === 'number' && value !== 0) || (typeof value === 'string' && /^(t|true|1)$/i.test(value));
}

function equal(a: Exclude<Value, null>, b: Exclude<Value, null>, dialect: Dialect): boolean {
  if (typeof a === 'boolean' || typeof b === 'boolean') return isTrue(a) === isTrue(b);
  // MySQL's default collation knows no case.
  if (dialect === 'mysql' && typeof a === 'string' && typeof b === 'string') return a.toLowerCase() === b.toLowerCase();
  return compareValues(a, b) === 0;
}

/** PostgreSQL's "advanced" expressions are Perl's for what people write. */
function matchesAdvanced(text: string, pattern: string): boolean {
  try {
    return compileRegex(pattern, 'perl').test(text);
  } catch (error) {
    if (error instanceof RegexLimitError)
      throw new SqlError('regular expression failed: regular expression is too complex', { state: '2201B' });
    if (!(error instanceof RegexError)) throw error;
    throw new SqlError(`invalid regular expression: ${error.message}`, { state: '2201B' });
  }
}

function likePattern(pattern: string, fold: boolean): Pattern {
  const source = pattern.replace(/\\?[\s\S]/g, (c) =>
    c === '%' ? '.*' : c === '_' ? '.' : c.replace(/^\\/, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  );
  return new Pattern(`^${source}$`, fold ? 'is' : 's');
}

function binary(operator: string, l: Expression, r: Expression, scope: Scope): Value {
  const { dialect } = scope.session;
  const left = evaluate(l, scope);
  if (operator === 'and' || operator === 'or') {
    const decided = operator === 'or';
    if (left !== null && isTrue(left) === decided) return decided;
    const right = evaluate(r, scope);
    if (right !== null && isTrue(right) === decided) return decided;
    return left === null || right === null ? null : !decided;
  }
  const right = evaluate(r, scope);
  if (left === null || right === null) return null;
  switch (operator) {
    case '=':
      return equal(left, right, dialect);
    case '<>':
    case '!=':
      return !equal(left, right, dialect);
    case '<':
      return compareValues(left, right) < 0;
    case '>':
      return compareValues(left, right) > 0;
    case '<=':
      return compareValues(left, right) <= 0;
    case '>=':
      return compareValues(left, right) >= 0;
    case '~':
      return matchesAdvanced(String(left), String(right));
    case '||':
      return valueText(left, dialect) + valueText(right, dialect);
  }
  return arithmetic(operator, left, right, dialect);
}

function arithmetic(operator: string, left: Exclude<Value, null>, right: Exclude<Value, null>, dialect: Dialect): Value {
  const [a, b] = [Number(left), Number(right)];
  const wrong = [left, right].find((value) => Number.isNaN(Number(value)));
  if (wrong !== undefined) {
    if (dialect === 'mysql') return 0;
    throw new SqlError(`invalid input syntax for type integer: "${wrong}"`, { state: '22P02' });
  }
  switch (operator) {
    case '+':
      return tidy(a + b);
    case '-':
      return tidy(a - b);
    case '*':
      return tidy(a * b);
    case '^': {
      let product = 1;
      for (let i = 0; i < Math.min(1024, Math.abs(Math.trunc(b))); i++) product *= a;
      return b < 0 ? 1 / product : product;
    }
  }
  if (b === 0) {
    if (dialect === 'mysql') return null;
    throw new SqlError('division by zero', { state: '22012' });
  }
  if (operator === '%' || operator === 'mod') return a % b;
  if (operator === 'div') return Math.trunc(a / b);
  if (dialect === 'mysql') return (a / b).toFixed(4);
  return typeof left === 'number' && typeof right === 'number' && Number.isInteger(a) && Number.isInteger(b)
    ? Math.trunc(a / b)
    : tidy(a / b);
}

/** Takes off what binary fractions add (0.1 + 0.2). */
function tidy(value: number): number {
  return Number(value.toPrecision(15));
}

function aggregate(e: Extract<Expression, { kind: 'call' }>, scope: Scope): Value {
  const name = e.name.toLowerCase();
  if (!scope.group)
    throw scope.session.dialect === 'mysql'
      ? new SqlError('Invalid use of group function', { number: 1111, state: 'HY000' })
      : new SqlError(`aggregate functions are not allowed in ${scope.clause === 'where clause' ? 'WHERE' : 'this place'}`, {
          state: '42803',
          at: e.at,
        });
  const [arg] = e.args;
  if (name === 'count' && (arg === undefined || arg.kind === 'star')) return scope.group.length;
  if (arg === undefined) throw new SqlError(`function ${name}() does not exist`, { state: '42883', number: 1305, at: e.at });
  let values = scope.group.flatMap((row) => {
    const value = evaluate(arg, { ...scope, row, group: undefined });
    return value === null ? [] : [value];
  });
  if (e.distinct) values = values.filter((value, i) => values.findIndex((other) => compareValues(value, other) === 0) === i);
  const { dialect } = scope.session;
  switch (name) {
    case 'count':
      return values.length;
    case 'sum':
      if (values.length === 0) return null;
      return scaled(
        values.reduce<number>((sum, value) => sum + Number(value), 0),
        values,
      );
    case 'avg': {
      if (values.length === 0) return null;
      const mean = values.reduce<number>((sum, value) => sum + Number(value), 0) / values.length;
      return mean.toFixed(dialect === 'mysql' ? 4 : 16);
    }
    case 'min':
    case 'max': {
      if (values.length === 0) return null;
      const sign = name === 'min' ? 1 : -1;
      return values.reduce((best, value) => (sign * compareValues(value, best) < 0 ? value : best));
    }
    case 'bool_and':
      return values.length === 0 ? null : values.every(isTrue);
    case 'bool_or':
      return values.length === 0 ? null : values.some(isTrue);
    case 'array_agg':
      return `{${values.map((value) => valueText(value, dialect)).join(',')}}`;
  }
  const separator = name === 'string_agg' && e.args[1] ? String(evaluate(e.args[1], { ...scope, row: scope.group[0] ?? [] })) : ',';
  return values.length === 0 ? null : values.map((value) => valueText(value, dialect)).join(separator);
}

/** A sum keeps the digits after the point of what it adds. */
function scaled(sum: number, values: readonly Exclude<Value, null>[]): Value {
  const digits = Math.max(...values.map((value) => (typeof value === 'string' ? (value.split('.')[1]?.length ?? 0) : 0)));
  return digits > 0 ? sum.toFixed(digits) : tidy(sum);
}
