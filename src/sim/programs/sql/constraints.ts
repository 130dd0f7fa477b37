/** NOT NULL, keys, foreign keys and CHECK. */
import { constraintName, type Table } from './cluster.ts';
import { evaluate, isTrue } from './evaluate.ts';
import type { Execution } from './execution.ts';
import { tableOf } from './select.ts';
import { type Dialect, SqlError, type Value } from './syntax.ts';
import { compareValues, valueText } from './values.ts';

/** The rules of a table for a new row; `old` is the one that it replaces. False: a duplicate that may be left out. */
export function checkRow(
  ex: Execution,
  table: Table,
  row: readonly Value[],
  old: readonly Value[] | undefined,
  skipDuplicates: boolean,
): boolean {
  const shown = () => `Failing row contains (${row.map((v) => (v === null ? 'null' : valueText(v, ex.dialect))).join(', ')}).`;
  for (const [i, c] of table.columns.entries()) {
    if (!c.notNull || row[i] !== null) continue;
    throw ex.dialect === 'mysql'
      ? new SqlError(`Column '${c.name}' cannot be null`, { number: 1048, state: '23000' })
      : new SqlError(`null value in column "${c.name}" of relation "${table.name}" violates not-null constraint`, {
          state: '23502',
          detail: shown(),
        });
  }
  for (const constraint of table.constraints) {
    const places = constraint.columns.map((name) => table.columns.findIndex((c) => c.name === name));
    const key = places.map((at) => row[at] ?? null);
    const texts = key.map((v) => (v === null ? '' : valueText(v, ex.dialect)));
    const named = `Key (${constraint.columns.join(', ')})=(${texts.join(', ')})`;
    switch (constraint.kind) {
      case 'primary':
      case 'unique': {
        if (key.includes(null)) break;
        const double = table.rows.some(
          (other) => other !== old && places.every((at, i) => other[at] !== null && sameValue(other[at], key[i], ex.dialect)),
        );
        if (!double) break;
        if (skipDuplicates) return false;
        throw ex.dialect === 'mysql'
          ? new SqlError(
              `Duplicate entry '${texts.join('-')}' for key '${table.name}.${constraint.kind === 'primary' ? 'PRIMARY' : constraint.columns[0]}'`,
              { number: 1062, state: '23000' },
            )
          : new SqlError(`duplicate key value violates unique constraint "${constraintName(table.name, constraint)}"`, {
              state: '23505',
              detail: `${named} already exists.`,
            });
      }
      case 'foreign': {
        if (key.includes(null) || !constraint.references) break;
        const other = referencedTable(ex, constraint.references.table);
        const column = constraint.references.column ?? other.constraints.find((c) => c.kind === 'primary')?.columns[0] ?? '';
        const at = other.columns.findIndex((c) => c.name === column);
        if (other.rows.some((r) => r[at] !== null && key[0] !== null && sameValue(r[at], key[0], ex.dialect))) break;
        throw ex.dialect === 'mysql'
          ? new SqlError(
              `Cannot add or update a child row: a foreign key constraint fails (\`${ex.current.name}\`.\`${table.name}\`, CONSTRAINT \`${table.name}_ibfk_1\` FOREIGN KEY (\`${constraint.columns[0]}\`) REFERENCES \`${other.name}\` (\`${column}\`))`,
              { number: 1452, state: '23000' },
            )
          : new SqlError(
              `insert or update on table "${table.name}" violates foreign key constraint "${constraintName(table.name, constraint)}"`,
              { state: '23503', detail: `${named} is not present in table "${other.name}".` },
            );
      }
      case 'check': {
        if (!constraint.check) break;
        const value = evaluate(constraint.check, ex.scope(table, row, 'field list'));
        if (value === null || isTrue(value)) break;
        throw ex.dialect === 'mysql'
          ? new SqlError(`Check constraint '${constraint.name ?? `${table.name}_chk_1`}' is violated.`, { number: 3819, state: 'HY000' })
          : new SqlError(`new row for relation "${table.name}" violates check constraint "${constraintName(table.name, constraint)}"`, {
              state: '23514',
              detail: shown(),
            });
      }
    }
  }
  return true;
}

/** Rows that others point to stay. */
export function checkReferenced(ex: Execution, table: Table, gone: readonly Value[][]): void {
  for (const other of Object.values(ex.current.tables))
    for (const constraint of other.constraints) {
      if (constraint.kind !== 'foreign' || constraint.references?.table !== table.name) continue;
      const column = constraint.references.column ?? table.constraints.find((c) => c.kind === 'primary')?.columns[0] ?? '';
      const mine = table.columns.findIndex((c) => c.name === column);
      const theirs = other.columns.findIndex((c) => c.name === constraint.columns[0]);
      const held = gone.find((row) =>
        other.rows.some((r) => r[theirs] !== null && row[mine] !== null && sameValue(r[theirs], row[mine], ex.dialect)),
      );
      if (!held) continue;
      throw ex.dialect === 'mysql'
        ? new SqlError(
            `Cannot delete or update a parent row: a foreign key constraint fails (\`${ex.current.name}\`.\`${other.name}\`, CONSTRAINT \`${other.name}_ibfk_1\` FOREIGN KEY (\`${constraint.columns[0]}\`) REFERENCES \`${table.name}\` (\`${column}\`))`,
            { number: 1451, state: '23000' },
          )
        : new SqlError(
            `update or delete on table "${table.name}" violates foreign key constraint "${constraintName(other.name, constraint)}" on table "${other.name}"`,
            {
              state: '23503',
              detail: `Key (${column})=(${held[mine] === null ? '' : valueText(held[mine], ex.dialect)}) is still referenced from table "${other.name}".`,
            },
          );
    }
}

/** The table that a foreign key points to. */
export function referencedTable(ex: Execution, name: string): Table {
  const found = ex.current.tables[name];
  if (!found && ex.dialect === 'mysql')
    throw new SqlError(`Failed to open the referenced table '${name}'`, { number: 1824, state: 'HY000' });
  return found ?? tableOf(ex.current, name, ex);
}

function sameValue(a: Value, b: Value, dialect: Dialect): boolean {
  if (a === null || b === null) return false;
  if (dialect === 'mysql' && typeof a === 'string' && typeof b === 'string') return a.toLowerCase() === b.toLowerCase();
  return compareValues(a, b) === 0;
}
