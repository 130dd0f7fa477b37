/** pg_catalog and information_schema: views of what the cluster holds. */
import { type Database, plainColumn, type Table } from './cluster.ts';
import type { Session } from './session.ts';
import { SqlError, type Value } from './syntax.ts';
import { typeText } from './values.ts';

/** The few views of the catalogue that people ask. */
export function catalogueView(session: Session, database: Database, name: string, at: number): Table {
  const view = (columns: readonly string[], rows: Value[][]): Table => ({
    name,
    columns: columns.map((column) => plainColumn(column)),
    constraints: [],
    rows,
    next: 1,
  });
  const tables = Object.values(database.tables);
  const { cluster } = session;
  switch (name.toLowerCase()) {
    case 'pg_tables':
      return view(
        ['schemaname', 'tablename', 'tableowner'],
        tables.map((t) => ['public', t.name, database.owner]),
      );
    case 'pg_database':
      return view(
        ['datname'],
        Object.keys(cluster.databases).map((key) => [key]),
      );
    case 'pg_roles':
    case 'pg_user':
      return view(
        [name === 'pg_user' ? 'usename' : 'rolname'],
        Object.keys(cluster.roles).map((key) => [key]),
      );
    case 'tables':
      return view(
        ['table_schema', 'table_name', 'table_type'],
        tables.map((t) => [session.dialect === 'mysql' ? session.database : 'public', t.name, 'BASE TABLE']),
      );
    case 'columns':
      return view(
        ['table_name', 'column_name', 'data_type', 'is_nullable'],
        tables.flatMap((t) => t.columns.map((c) => [t.name, c.name, typeText(c.type), c.notNull ? 'NO' : 'YES'])),
      );
    case 'schemata':
      return view(
        ['schema_name'],
        Object.keys(cluster.databases).map((key) => [key]),
      );
  }
  throw new SqlError(`relation "${name}" does not exist`, { state: '42P01', number: 1146, at });
}
