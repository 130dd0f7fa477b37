/** What a database server keeps: databases with their tables, and who may log in. Plain data, so that it is saved as JSON. */
import { dictionary } from '../../lib/dictionary.ts';
import type { ColumnDefinition, TableConstraint, Value } from './syntax.ts';

export interface Table {
  name: string;
  columns: ColumnDefinition[];
  constraints: TableConstraint[];
  rows: Value[][];
  /** The next number of the generated column. */
  next: number;
}

export interface Database {
  readonly name: string;
  readonly owner: string;
  /** By name; as the other tables here a {@link dictionary}, so that a name may be any word. */
  tables: Record<string, Table>;
}

export interface Role {
  readonly name: string;
  /** Undefined: none. */
  password: string | undefined;
  readonly superuser: boolean;
}

export interface Cluster {
  databases: Record<string, Database>;
  roles: Record<string, Role>;
}

export function emptyCluster(names: readonly string[], superuser: string, password: string | undefined): Cluster {
  return {
    databases: dictionary(Object.fromEntries(names.map((name) => [name, { name, owner: superuser, tables: dictionary<Table>() }]))),
    roles: dictionary({ [superuser]: { name: superuser, password, superuser: true } }),
  };
}

/** What {@link emptyCluster} began and JSON kept. */
export function parseCluster(json: string): Cluster {
  const { databases, roles } = JSON.parse(json) as Cluster;
  for (const database of Object.values(databases)) database.tables = dictionary(database.tables);
  return { databases: dictionary(databases), roles: dictionary(roles) };
}

/** The generated name of a constraint, as PostgreSQL makes it. */
export function constraintName(table: string, constraint: TableConstraint): string {
  if (constraint.name !== undefined) return constraint.name;
  switch (constraint.kind) {
    case 'primary':
      return `${table}_pkey`;
    case 'unique':
      return `${table}_${constraint.columns.join('_')}_key`;
    case 'foreign':
      return `${table}_${constraint.columns.join('_')}_fkey`;
    case 'check':
      return constraint.columns.length > 0 ? `${table}_${constraint.columns.join('_')}_check` : `${table}_check`;
  }
}

/** A column of text that takes anything. */
export function plainColumn(name: string): ColumnDefinition {
  return {
    name,
    type: { name: 'text', parameters: [] },
    notNull: false,
    primaryKey: false,
    unique: false,
    generated: false,
    default: undefined,
    check: undefined,
    references: undefined,
  };
}
