/** SHOW and DESCRIBE, MySQL's for the most part. */
import { own } from '../../lib/dictionary.ts';
import type { Execution } from './execution.ts';
import { type Answer, tableOf } from './select.ts';
import { type ColumnDefinition, SqlError, type TableConstraint } from './syntax.ts';
import { valueText } from './values.ts';

/** The answer to SHOW `what` `argument`. */
export function show(ex: Execution, what: string, argument: string): Answer {
  const list = (name: string, values: readonly string[]): Answer => ({
    columns: [{ name, type: 'text' }],
    rows: values.map((value) => [value]),
  });
  const { cluster } = ex.session;
  switch (what) {
    case 'databases':
    case 'schemas':
      return list('Database', Object.keys(cluster.databases).sort());
    case 'tables': {
      const database = argument === '' || !cluster.databases[argument] ? ex.current : cluster.databases[argument];
      return list(`Tables_in_${database.name}`, Object.keys(database.tables).sort());
    }
    case 'columns':
      return describe(ex, argument);
    case 'variables':
      return {
        columns: ['Variable_name', 'Value'].map((name) => ({ name, type: 'text' })),
        rows: argument === 'version' ? [['version', ex.version]] : [],
      };
    case 'create table': {
      const table = tableOf(ex.current, argument, ex);
      const lines = table.columns.map(
        (c) => `  \`${c.name}\` ${mysqlType(c)}${c.notNull ? ' NOT NULL' : ' DEFAULT NULL'}${c.generated ? ' AUTO_INCREMENT' : ''}`,
      );
      const key = table.constraints.find((c) => c.kind === 'primary');
      if (key) lines.push(`  PRIMARY KEY (${key.columns.map((c) => `\`${c}\``).join(',')})`);
      return {
        columns: ['Table', 'Create Table'].map((name) => ({ name, type: 'text' })),
        rows: [
          [
            argument,
            `CREATE TABLE \`${argument}\` (\n${lines.join(',\n')}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci`,
          ],
        ],
      };
    }
    case 'server_version':
      return list('server_version', [ex.version.replace(/^PostgreSQL (\S+).*/, '$1')]);
    case 'warnings':
    case 'processlist':
      return { columns: [{ name: 'Level', type: 'text' }], rows: [] };
  }
  throw ex.dialect === 'mysql'
    ? new SqlError(`drydock: SHOW ${what.toUpperCase()} is not simulated`)
    : new SqlError(`unrecognized configuration parameter "${what}"`, { state: '42704' });
}

/** The columns of a table as rows. */
export function describe(ex: Execution, name: string): Answer {
  const table = tableOf(ex.current, name, ex);
  const has = (kind: TableConstraint['kind'], column: string) =>
    table.constraints.some((c) => c.kind === kind && c.columns.includes(column));
  return {
    columns: ['Field', 'Type', 'Null', 'Key', 'Default', 'Extra'].map((column) => ({ name: column, type: 'text' })),
    rows: table.columns.map((c) => [
      c.name,
      mysqlType(c),
      c.notNull ? 'NO' : 'YES',
      has('primary', c.name) ? 'PRI' : has('unique', c.name) ? 'UNI' : has('foreign', c.name) ? 'MUL' : '',
      c.default?.kind === 'literal' && c.default.value !== null
        ? valueText(c.default.value, 'mysql')
        : c.default?.kind === 'call'
          ? c.default.name.toUpperCase()
          : null,
      c.generated ? 'auto_increment' : c.default?.kind === 'call' ? 'DEFAULT_GENERATED' : '',
    ]),
  };
}

function mysqlType(c: ColumnDefinition): string {
  const name =
    own({ integer: 'int', serial: 'bigint', boolean: 'tinyint(1)', bool: 'tinyint(1)', numeric: 'decimal' }, c.type.name) ?? c.type.name;
  return c.type.parameters.length > 0 && !name.includes('(') ? `${name}(${c.type.parameters.join(',')})` : name;
}
