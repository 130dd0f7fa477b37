/** Rows of a SELECT. */
import { own } from '../../lib/dictionary.ts';
import type { Database, Table } from './cluster.ts';
import { AGGREGATES, evaluate, isTrue } from './evaluate.ts';
import { type Bound, findColumn, type Scope, type SessionFacts } from './scope.ts';
import { type Call, givesRows, seriesOf, withSeries } from './series.ts';
import { type Expression, type Join, type Select, type SelectItem, type Source, SqlError, type Value } from './syntax.ts';
import { compareValues, typeOf } from './values.ts';

/** Rows that a statement may look at before it is given up. */
const ROWS_MAX = 200_000;

export interface Answer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly Value[])[];
}

interface Relation {
  readonly columns: readonly Bound[];
  readonly rows: readonly (readonly Value[])[];
}

/** Finds a table; views of the catalogue come from `catalogue`. */
export type TableFinder = (name: string, schema: string | undefined, at: number) => Table;

export function tableOf(database: Database, name: string, session: SessionFacts, at?: number): Table {
  const table = database.tables[name];
  if (table) return table;
  if (session.dialect === 'mysql') throw new SqlError(`Table '${database.name}.${name}' doesn't exist`, { number: 1146, state: '42S02' });
  throw new SqlError(`relation "${name}" does not exist`, { state: '42P01', at });
}

export function select(query: Select, find: TableFinder, session: SessionFacts, outer?: Scope): Answer {
  const first = selectOne(query, find, session, outer);
  if (!query.union) return first;
  const second = select(query.union.select, find, session, outer);
  const rows = [...first.rows, ...second.rows];
  return { columns: first.columns, rows: query.union.all ? rows : distinct(rows) };
}

function selectOne(query: Select, find: TableFinder, session: SessionFacts, outer: Scope | undefined): Answer {
  const base: Omit<Scope, 'columns' | 'row'> = { group: undefined, outer, session, clause: 'field list' };
  let relation: Relation = query.from ? source(query.from, find, session, outer) : { columns: [], rows: [[]] };
  for (const join of query.joins) relation = joined(relation, join, find, base);
  const where = query.where;
  if (where)
    relation = {
      ...relation,
      rows: relation.rows.filter((row) => isTrue(evaluate(where, { ...base, columns: relation.columns, row, clause: 'where clause' }))),
    };
  const items = expand(query.items, relation.columns, session);
  const grouped =
    query.groupBy.length > 0 ||
    items.some((item) => hasAggregate(item.value)) ||
    (query.having !== undefined && hasAggregate(query.having));
  const series = items.flatMap((item) => callsIn(item.value)).filter((call) => givesRows(call, base));
  let scopes: Scope[];
  if (grouped) {
    const keys = query.groupBy.map((e) => resolvePosition(e, items, relation.columns));
    scopes = groups(relation, keys, base);
    const { having } = query;
    if (having) scopes = scopes.filter((scope) => isTrue(evaluate(having, { ...scope, clause: 'having clause' })));
  } else scopes = relation.rows.map((row) => ({ ...base, columns: relation.columns, row }));

  scopes = scopes.flatMap((scope) => withSeries(series, scope));
  let out = scopes.map((scope) => ({ scope, row: items.map((item) => evaluate(item.value, scope)) }));
  // Faults in the list show even when there are no rows.
  if (scopes.length === 0)
    for (const item of items) if (!hasAggregate(item.value)) checkColumns(item.value, { ...base, columns: relation.columns, row: [] });
  if (query.orderBy.length > 0) out = ordered(out, query, items);
  let rows: (readonly Value[])[] = out.map((entry) => entry.row);
  if (query.distinct) rows = distinct(rows);
  const empty: Scope = { ...base, columns: [], row: [] };
  const offset = query.offset ? Number(evaluate(query.offset, empty)) : 0;
  const limit = query.limit ? Number(evaluate(query.limit, empty)) : Number.POSITIVE_INFINITY;
  return {
    columns: items.map((item) => ({ name: nameOf(item, session), type: typeOfExpression(item.value, relation.columns) })),
    rows: rows.slice(offset, offset + limit),
  };
}

function checkColumns(e: Expression, scope: Scope): void {
  if (e.kind === 'column' && !findColumn(scope, e.table, e.name)) evaluate(e, scope);
}

function source(from: Source, find: TableFinder, session: SessionFacts, outer: Scope | undefined): Relation {
  if (from.kind === 'select') {
    const answer = select(from.select, find, session, outer);
    return { columns: answer.columns.map((c) => ({ table: from.alias, ...c })), rows: answer.rows };
  }
  if (from.kind === 'function') {
    const scope: Scope = { columns: [], row: [], group: undefined, outer, session, clause: 'from clause' };
    if (!givesRows(from.call, scope)) {
      const value = evaluate(from.call, scope);
      return { columns: [{ table: from.alias, name: from.column, type: typeOfExpression(from.call, []) }], rows: [[value]] };
    }
    const values = seriesOf(from.call, scope);
    return { columns: [{ table: from.alias, name: from.column, type: 'integer' }], rows: values.map((value) => [value]) };
  }
  const table = find(from.name, from.schema, from.at);
  const alias = from.alias ?? from.name;
  return { columns: table.columns.map((c) => ({ table: alias, name: c.name, type: typeOf(c.type) })), rows: table.rows };
}

function joined(left: Relation, join: Join, find: TableFinder, base: Omit<Scope, 'columns' | 'row'>): Relation {
  const right = source(join.source, find, base.session, base.outer);
  const columns = [...left.columns, ...right.columns];
  if (left.rows.length * right.rows.length > ROWS_MAX) throw new SqlError('drydock: a join of so many rows is too much for the simulation');
  const at = (bound: readonly Bound[], name: string) => bound.findIndex((c) => c.name === name);
  const fits = (a: readonly Value[], b: readonly Value[]): boolean => {
    if (join.using.length > 0)
      return join.using.every((name) => {
        const [x, y] = [a[at(left.columns, name)], b[at(right.columns, name)]];
        return x !== null && y !== null && x !== undefined && y !== undefined && compareValues(x, y) === 0;
      });
    return join.on === undefined || isTrue(evaluate(join.on, { ...base, columns, row: [...a, ...b], clause: 'on clause' }));
  };
  const rows: Value[][] = [];
  const hit = new Set<readonly Value[]>();
  for (const a of left.rows) {
    const partners = right.rows.filter((b) => fits(a, b));
    for (const b of partners) {
      hit.add(b);
      rows.push([...a, ...b]);
    }
    if (partners.length === 0 && join.type === 'left') rows.push([...a, ...right.columns.map(() => null)]);
  }
  if (join.type === 'right') for (const b of right.rows) if (!hit.has(b)) rows.push([...left.columns.map(() => null), ...b]);
  return { columns, rows };
}

function expand(items: readonly SelectItem[], columns: readonly Bound[], session: SessionFacts): readonly SelectItem[] {
  return items.flatMap((item) => {
    const star = item.value;
    if (star.kind !== 'star') return [item];
    const chosen = columns.filter((c) => star.table === undefined || c.table === star.table);
    if (chosen.length === 0)
      throw session.dialect === 'mysql'
        ? new SqlError('No tables used', { number: 1096, state: 'HY000' })
        : new SqlError('SELECT * with no tables specified is not valid', { state: '42601' });
    return chosen.map((c): SelectItem => ({ value: { kind: 'column', table: c.table, name: c.name, at: 0 }, alias: undefined }));
  });
}

const hasAggregate = (e: Expression): boolean => callsIn(e).some((call) => AGGREGATES.has(call.name.toLowerCase()));

/** The calls in an expression, those in its subqueries left out. */
function callsIn(e: Expression): readonly Call[] {
  switch (e.kind) {
    case 'call':
      return [e, ...e.args.flatMap(callsIn)];
    case 'unary':
    case 'cast':
    case 'isNull':
      return callsIn(e.operand);
    case 'binary':
      return [...callsIn(e.left), ...callsIn(e.right)];
    case 'between':
      return [...callsIn(e.operand), ...callsIn(e.low), ...callsIn(e.high)];
    case 'case':
      return [...e.branches.flatMap(([a, b]) => [...callsIn(a), ...callsIn(b)]), ...(e.otherwise ? callsIn(e.otherwise) : [])];
  }
  return [];
}

/** GROUP BY 1, or by an item's alias. */
function resolvePosition(e: Expression, items: readonly SelectItem[], columns: readonly Bound[]): Expression {
  if (e.kind === 'literal' && typeof e.value === 'number') return items[e.value - 1]?.value ?? e;
  if (e.kind === 'column' && e.table === undefined && !columns.some((c) => c.name === e.name))
    return items.find((item) => item.alias === e.name)?.value ?? e;
  return e;
}

function groups(relation: Relation, keys: readonly Expression[], base: Omit<Scope, 'columns' | 'row'>): Scope[] {
  const found = new Map<string, (readonly Value[])[]>();
  if (keys.length === 0) found.set('', [...relation.rows]);
  else
    for (const row of relation.rows) {
      const key = JSON.stringify(keys.map((e) => evaluate(e, { ...base, columns: relation.columns, row, clause: 'group statement' })));
      const list = found.get(key);
      if (list) list.push(row);
      else found.set(key, [row]);
    }
  return [...found.values()].map((group) => ({
    ...base,
    columns: relation.columns,
    row: group[0] ?? relation.columns.map(() => null),
    group,
  }));
}

function ordered<T extends { readonly scope: Scope; readonly row: readonly Value[] }>(
  out: T[],
  query: Select,
  items: readonly SelectItem[],
): T[] {
  const keyed = out.map((entry) => ({
    entry,
    keys: query.orderBy.map(({ value }) => {
      if (value.kind === 'literal' && typeof value.value === 'number') return entry.row[value.value - 1] ?? null;
      const named = value.kind === 'column' && value.table === undefined ? items.findIndex((item) => item.alias === value.name) : -1;
      return named >= 0 ? entry.row[named] : evaluate(value, { ...entry.scope, clause: 'order clause' });
    }),
  }));
  const nullsFirst = out[0]?.scope.session.dialect === 'mysql';
  keyed.sort((a, b) => {
    for (const [i, { descending }] of query.orderBy.entries()) {
      const [x, y] = [a.keys[i], b.keys[i]];
      if (x === null || y === null) {
        if (x === y) continue;
        return ((x === null) === nullsFirst) !== descending ? -1 : 1;
      }
      const order = compareValues(x, y);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
  return keyed.map(({ entry }) => entry);
}

function distinct(rows: readonly (readonly Value[])[]): (readonly Value[])[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const key = JSON.stringify(row);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** What a column of the answer is called. */
function nameOf(item: SelectItem, session: SessionFacts): string {
  if (item.alias !== undefined) return item.alias;
  const e = item.value;
  if (e.kind === 'column') return e.name;
  if (session.dialect === 'mysql') return expressionText(e);
  if (e.kind === 'call') return e.name.toLowerCase();
  if (e.kind === 'cast')
    return e.operand.kind === 'column' ? e.operand.name : (own({ integer: 'int4', int: 'int4', bool: 'bool' }, e.type.name) ?? e.type.name);
  if (e.kind === 'case') return 'case';
  if (e.kind === 'exists') return 'exists';
  return '?column?';
}

/** MySQL heads a column with the expression. */
function expressionText(e: Expression): string {
  switch (e.kind) {
    case 'literal':
      return e.value === null ? 'NULL' : typeof e.value === 'boolean' ? String(e.value).toUpperCase() : String(e.value);
    case 'column':
      return e.table === undefined ? e.name : `${e.table}.${e.name}`;
    case 'star':
      return '*';
    case 'call':
      return `${e.name}(${e.args.map(expressionText).join(', ')})`;
    case 'binary':
      return `${expressionText(e.left)} ${e.operator} ${expressionText(e.right)}`;
    case 'unary':
      return `${e.operator}${expressionText(e.operand)}`;
  }
  return 'expression';
}

/** For alignment: numbers go to the right. */
function typeOfExpression(e: Expression, columns: readonly Bound[]): string {
  switch (e.kind) {
    case 'literal':
      return typeof e.value === 'number' ? 'integer' : typeof e.value === 'boolean' ? 'boolean' : 'text';
    case 'column':
      return columns.find((c) => c.name === e.name && (e.table === undefined || c.table === e.table))?.type ?? 'text';
    case 'cast':
      return typeOf(e.type);
    case 'unary':
      return e.operator === 'not' ? 'boolean' : 'numeric';
    case 'binary':
      return ['+', '-', '*', '/', '%', '^', 'mod', 'div'].includes(e.operator) ? 'numeric' : e.operator === '||' ? 'text' : 'boolean';
    case 'case':
      return e.branches[0] ? typeOfExpression(e.branches[0][1], columns) : 'text';
    case 'call': {
      const name = e.name.toLowerCase();
      if (/^(count|sum|avg|length|char_length|abs|round|floor|ceil|sqrt|mod|random|rand|generate_series)$/.test(name)) return 'numeric';
      return /^(min|max|coalesce|ifnull|greatest|least)$/.test(name) && e.args[0] ? typeOfExpression(e.args[0], columns) : 'text';
    }
  }
  return 'text';
}
