/** Functions that give rows (PostgreSQL): as a source, and in the list of a SELECT. */
import { evaluate } from './evaluate.ts';
import type { Scope } from './scope.ts';
import { type Expression, SqlError, type Value } from './syntax.ts';

export type Call = Extract<Expression, { kind: 'call' }>;

/** Rows of one series before it is given up. */
const ROWS_MAX = 200_000;

const SERIES = new Set(['generate_series']);

/** Whether a call gives rows instead of one value. */
export function givesRows(call: Call, scope: Pick<Scope, 'session'>): boolean {
  return scope.session.dialect === 'postgres' && SERIES.has(call.name.toLowerCase());
}

/** The values of generate_series(start, stop [, step]). A null argument gives no rows. */
export function seriesOf(call: Call, scope: Scope): readonly Value[] {
  const args = call.args.map((arg) => evaluate(arg, scope));
  if (args.includes(null)) return [];
  const numbers = args.map(Number);
  if (args.length < 2 || args.length > 3)
    throw new SqlError(`function ${call.name}(${args.map(() => 'integer').join(', ')}) does not exist`, { state: '42883', at: call.at });
  if (numbers.some(Number.isNaN)) throw new SqlError('drydock: a series of dates is not simulated');
  const [start, stop, step = 1] = numbers;
  if (step === 0) throw new SqlError('step size cannot equal zero', { state: '22023' });
  const count = Math.max(0, Math.floor((stop - start) / step) + 1);
  if (count > ROWS_MAX) throw new SqlError(`drydock: a series of ${count} rows is too much for the simulation`);
  return Array.from({ length: count }, (_, i) => start + i * step);
}

/**
 * A row of the query becomes as many as the longest series in its list has; shorter ones end in nulls. A scope for each,
 * in which the calls have their values.
 */
export function withSeries(calls: readonly Call[], scope: Scope): readonly Scope[] {
  if (calls.length === 0) return [scope];
  const series = calls.map((call) => seriesOf(call, scope));
  const count = Math.max(...series.map((values) => values.length));
  return Array.from({ length: count }, (_, row) => ({
    ...scope,
    series: new Map(calls.map((call, i): [Call, Value] => [call, series[i][row] ?? null])),
  }));
}
