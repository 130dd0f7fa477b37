/** INSERT, UPDATE, DELETE, TRUNCATE: a statement that fails leaves the rows as they were. */
import type { Table } from './cluster.ts';
import { checkReferenced, checkRow } from './constraints.ts';
import { evaluate, isTrue } from './evaluate.ts';
import type { Execution } from './execution.ts';
import { done, type Result } from './result.ts';
import { type Answer, select, tableOf } from './select.ts';
import { type SelectItem, SqlError, type Statement, type TableName, type Value } from './syntax.ts';
import { coerce } from './values.ts';

/** Adds rows: given, or those of a query. */
export function insertRows(ex: Execution, s: Extract<Statement, { kind: 'insert' }>): Result {
  const table = tableOf(ex.current, s.table, ex, s.at);
  const names = s.columns.length > 0 ? s.columns : table.columns.map((c) => c.name);
  const places = names.map((name) => {
    const index = table.columns.findIndex(
      (c) => c.name === name || (ex.dialect === 'mysql' && c.name.toLowerCase() === name.toLowerCase()),
    );
    if (index >= 0) return index;
    throw ex.dialect === 'mysql'
      ? new SqlError(`Unknown column '${name}' in 'field list'`, { number: 1054, state: '42S22' })
      : new SqlError(`column "${name}" of relation "${table.name}" does not exist`, { state: '42703' });
  });
  const given = s.from
    ? select(s.from, ex.find, ex).rows.map((row) => row.map((value) => ({ value })))
    : s.rows.map((row) =>
        row.map((e) => (e === 'default' ? undefined : { value: evaluate(e, { ...ex.scope(table, [], 'field list'), columns: [] }) })),
      );
  const made: Value[][] = [];
  const before = table.rows;
  try {
    for (const [number, values] of given.entries()) {
      if (
        s.columns.length > 0 || ex.dialect === 'mysql' ? values.length !== names.length && values.length > 0 : values.length > names.length
      )
        throw ex.dialect === 'mysql'
          ? new SqlError(`Column count doesn't match value count at row ${number + 1}`, { number: 1136, state: '21S01' })
          : new SqlError(
              `INSERT has more ${values.length > names.length ? 'expressions than target columns' : 'target columns than expressions'}`,
              { state: '42601' },
            );
      const row = table.columns.map((c, i): Value => {
        const place = places.indexOf(i);
        const set = place >= 0 ? values[place] : undefined;
        if (set !== undefined && !(set.value === null && c.generated && ex.dialect === 'mysql')) {
          const value = coerce(set.value, c.type, c.name, ex.dialect);
          if (c.generated && typeof value === 'number' && ex.dialect === 'mysql') table.next = Math.max(table.next, value + 1);
          return value;
        }
        if (c.generated) return table.next++;
        if (c.default !== undefined) return coerce(evaluate(c.default, ex.scope(table, [], 'field list')), c.type, c.name, ex.dialect);
        if (c.notNull && ex.dialect === 'mysql')
          throw new SqlError(`Field '${c.name}' doesn't have a default value`, { number: 1364, state: 'HY000' });
        return null;
      });
      if (!checkRow(ex, table, row, undefined, s.onConflict === 'nothing')) continue;
      table.rows = [...table.rows, row];
      made.push(row);
    }
  } catch (error) {
    table.rows = before;
    throw error;
  }
  return done(`INSERT 0 ${made.length}`, { affected: made.length, answer: returning(ex, table, s.returning, made) });
}

/** Changes rows. */
export function updateRows(ex: Execution, s: Extract<Statement, { kind: 'update' }>): Result {
  const table = tableOf(ex.current, s.table, ex, s.at);
  const set = s.set.map(([name, e]) => {
    const index = table.columns.findIndex((c) => c.name === name);
    if (index >= 0) return { index, e };
    throw ex.dialect === 'mysql'
      ? new SqlError(`Unknown column '${name}' in 'field list'`, { number: 1054, state: '42S22' })
      : new SqlError(`column "${name}" of relation "${table.name}" does not exist`, { state: '42703' });
  });
  const before = table.rows;
  const touched: Value[][] = [];
  try {
    for (const [i, row] of before.entries()) {
      if (s.where !== undefined && !isTrue(evaluate(s.where, ex.scope(table, row, 'where clause')))) continue;
      const next = [...row];
      for (const { index, e } of set)
        next[index] = coerce(
          evaluate(e, ex.scope(table, row, 'field list')),
          table.columns[index].type,
          table.columns[index].name,
          ex.dialect,
        );
      checkRow(ex, table, next, row, false);
      table.rows = table.rows.map((old, k) => (k === i ? next : old));
      touched.push(next);
    }
  } catch (error) {
    table.rows = before;
    throw error;
  }
  return done(`UPDATE ${touched.length}`, { affected: touched.length, answer: returning(ex, table, s.returning, touched) });
}

/** Deletes rows, unless others point to them. */
export function deleteRows(ex: Execution, s: Extract<Statement, { kind: 'delete' }>): Result {
  const table = tableOf(ex.current, s.table, ex, s.at);
  const { where } = s;
  const gone = table.rows.filter((row) => where === undefined || isTrue(evaluate(where, ex.scope(table, row, 'where clause'))));
  checkReferenced(ex, table, gone);
  table.rows = table.rows.filter((row) => !gone.includes(row));
  return done(`DELETE ${gone.length}`, { affected: gone.length, answer: returning(ex, table, s.returning, gone) });
}

/** Empties tables. */
export function truncate(ex: Execution, names: readonly TableName[]): Result {
  for (const { schema, name } of names) {
    const table = tableOf(ex.in(schema).current, name, ex);
    table.rows = [];
    if (ex.dialect === 'mysql') table.next = 1;
  }
  return done('TRUNCATE TABLE');
}

/** The rows that RETURNING asks for. */
function returning(ex: Execution, table: Table, items: readonly SelectItem[], rows: readonly Value[][]): Answer | undefined {
  if (items.length === 0) return undefined;
  const query = {
    distinct: false,
    items,
    joins: [],
    where: undefined,
    groupBy: [],
    having: undefined,
    orderBy: [],
    limit: undefined,
    offset: undefined,
    union: undefined,
  };
  const from = { kind: 'table', name: table.name, schema: undefined, alias: undefined, at: 0 } as const;
  return select({ ...query, from }, () => ({ ...table, rows: [...rows] }), ex);
}
