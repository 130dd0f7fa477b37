/** CREATE TABLE, DROP TABLE, ALTER TABLE. */
import { plainColumn } from './cluster.ts';
import { referencedTable } from './constraints.ts';
import { evaluate } from './evaluate.ts';
import type { Execution } from './execution.ts';
import { done, type Result } from './result.ts';
import { select, tableOf } from './select.ts';
import { type Alteration, type ColumnDefinition, SqlError, type Statement, type TableConstraint } from './syntax.ts';
import { coerce } from './values.ts';

/** Makes an empty table, or one from the rows of a query. */
export function createTable(ex: Execution, s: Extract<Statement, { kind: 'createTable' }>): Result {
  const { tables } = ex.current;
  if (tables[s.name]) {
    if (s.ifNotExists) return done('CREATE TABLE', { notice: `relation "${s.name}" already exists, skipping` });
    throw ex.dialect === 'mysql'
      ? new SqlError(`Table '${s.name}' already exists`, { number: 1050, state: '42S01' })
      : new SqlError(`relation "${s.name}" already exists`, { state: '42P07' });
  }
  if (s.from) {
    const answer = select(s.from, ex.find, ex);
    const columns = answer.columns.map((c) => ({ ...plainColumn(c.name), type: { name: c.type, parameters: [] } }));
    tables[s.name] = { name: s.name, columns, constraints: [], rows: answer.rows.map((row) => [...row]), next: 1 };
    return done(`SELECT ${answer.rows.length}`, { affected: answer.rows.length });
  }
  const columns = s.columns.map((c) => {
    if (!KNOWN_TYPES.has(c.type.name)) {
      throw ex.dialect === 'mysql'
        ? new SqlError(
            `You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '${c.type.name}' at line 1`,
            { number: 1064 },
          )
        : new SqlError(`type "${c.type.name}" does not exist`, { state: '42704' });
    }
    return c.primaryKey || (c.generated && ex.dialect === 'postgres') ? { ...c, notNull: true } : c;
  });
  const constraints: TableConstraint[] = [];
  const add = (kind: TableConstraint['kind'], c: ColumnDefinition) =>
    constraints.push({ kind, name: undefined, columns: [c.name], references: c.references, check: c.check });
  for (const c of columns) {
    if (c.primaryKey) add('primary', c);
    if (c.unique) add('unique', c);
    if (c.check) add('check', c);
    if (c.references) add('foreign', c);
  }
  constraints.push(...s.constraints);
  for (const { references } of constraints) if (references && references.table !== s.name) referencedTable(ex, references.table);
  const keyed = new Set(constraints.filter((c) => c.kind === 'primary').flatMap((c) => c.columns));
  tables[s.name] = {
    name: s.name,
    columns: columns.map((c) => (keyed.has(c.name) ? { ...c, notNull: true } : c)),
    constraints,
    rows: [],
    next: 1,
  };
  return done('CREATE TABLE');
}

/** Takes tables away. */
export function dropTable(ex: Execution, s: Extract<Statement, { kind: 'dropTable' }>): Result {
  let notice: string | undefined;
  for (const { schema, name } of s.names) {
    const database = ex.in(schema).current;
    if (database.tables[name]) {
      delete database.tables[name];
      continue;
    }
    if (!s.ifExists)
      throw ex.dialect === 'mysql'
        ? new SqlError(`Unknown table '${database.name}.${name}'`, { number: 1051, state: '42S02' })
        : new SqlError(`table "${name}" does not exist`, { state: '42P01' });
    notice = `table "${name}" does not exist, skipping`;
  }
  return done('DROP TABLE', notice === undefined ? {} : { notice });
}

/** Changes a table's columns, or its name. */
export function alterTable(ex: Execution, name: string, change: Alteration): Result {
  const table = tableOf(ex.current, name, ex);
  const at = (column: string): number => {
    const index = table.columns.findIndex((c) => c.name === column);
    if (index >= 0) return index;
    throw ex.dialect === 'mysql'
      ? new SqlError(`Unknown column '${column}' in '${name}'`, { number: 1054, state: '42S22' })
      : new SqlError(`column "${column}" of relation "${name}" does not exist`, { state: '42703' });
  };
  switch (change.kind) {
    case 'add': {
      const { column } = change;
      if (table.columns.some((c) => c.name === column.name))
        throw ex.dialect === 'mysql'
          ? new SqlError(`Duplicate column name '${column.name}'`, { number: 1060, state: '42S21' })
          : new SqlError(`column "${column.name}" of relation "${name}" already exists`, { state: '42701' });
      table.columns = [...table.columns, column];
      const value =
        column.default === undefined
          ? null
          : coerce(evaluate(column.default, ex.scope(table, [], 'field list')), column.type, column.name, ex.dialect);
      table.rows = table.rows.map((row) => [...row, value]);
      break;
    }
    case 'drop': {
      const index = at(change.column);
      table.columns = table.columns.filter((_, i) => i !== index);
      table.rows = table.rows.map((row) => row.filter((_, i) => i !== index));
      table.constraints = table.constraints.filter((c) => !c.columns.includes(change.column));
      break;
    }
    case 'rename': {
      const index = at(change.column);
      table.columns = table.columns.map((c, i) => (i === index ? { ...c, name: change.to } : c));
      break;
    }
    case 'renameTable':
      delete ex.current.tables[name];
      table.name = change.to;
      ex.current.tables[change.to] = table;
  }
  return done('ALTER TABLE', { affected: ex.dialect === 'mysql' ? 0 : table.rows.length });
}

const KNOWN_TYPES = new Set(
  'int integer int4 int8 int2 bigint smallint tinyint mediumint serial bigserial smallserial boolean bool varchar char text bpchar numeric decimal dec float float4 float8 double real date time timestamp timestamptz datetime json jsonb uuid bytea blob longblob longtext mediumtext tinytext enum set year inet interval|double precision|character varying|character|timestamp with time zone|time with time zone'
    .split('|')
    .flatMap((part, i) => (i === 0 ? part.split(' ') : [part])),
);
