/** psql's backslash commands that describe what is there. */
import type { Sim } from '../../kernel/sim.ts';
import type { SqlConnection } from '../sql/client.ts';
import { constraintName, type Table } from '../sql/cluster.ts';
import type { Value } from '../sql/syntax.ts';
import { typeText, valueText } from '../sql/values.ts';
import { renderTable, type TableStyle } from './table.ts';

const LOCALE = 'en_US.utf8';

/** The text that the command shows; undefined for a command that is not one of these. */
export function* describe(
  connection: SqlConnection,
  command: string,
  argument: string,
  style: TableStyle,
): Sim<{ readonly out: string; readonly err?: string } | undefined> {
  const ask = function* (what: string, name = ''): Sim<unknown> {
    return (yield* connection.ask({ ask: what, name }))?.facts;
  };
  const list = (title: string, heads: readonly string[], rows: readonly (readonly Value[])[]) => ({
    out: renderTable({ columns: heads.map((name) => ({ name, type: 'text' })), rows }, { ...style, title }),
  });
  switch (command.replace(/\+$/, '')) {
    case 'l':
    case 'list': {
      const rows = ((yield* ask('databases')) as { name: string; owner: string }[])
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, owner }) => [
          name,
          owner,
          'UTF8',
          'libc',
          LOCALE,
          LOCALE,
          '',
          '',
          name.startsWith('template') ? `=c/${owner}\n${owner}=CTc/${owner}` : '',
        ]);
      return list(
        'List of databases',
        ['Name', 'Owner', 'Encoding', 'Locale Provider', 'Collate', 'Ctype', 'Locale', 'ICU Rules', 'Access privileges'],
        rows,
      );
    }
    case 'dt':
    case 'd': {
      if (argument !== '' && command[1] !== 't') {
        const table = (yield* ask('table', argument)) as Table | undefined;
        if (!table) return { out: '', err: `Did not find any relation named "${argument}".\n` };
        return { out: tableText(table, style) };
      }
      const tables = (yield* ask('tables')) as { name: string; owner: string }[];
      if (tables.length === 0) return { out: '', err: command === 'dt' ? 'Did not find any tables.\n' : 'Did not find any relations.\n' };
      const rows = tables.sort((a, b) => (a.name < b.name ? -1 : 1)).map((t) => ['public', t.name, 'table', t.owner]);
      return list(command === 'dt' ? 'List of tables' : 'List of relations', ['Schema', 'Name', 'Type', 'Owner'], rows);
    }
    case 'du':
    case 'dg': {
      const rows = ((yield* ask('roles')) as { name: string; superuser: boolean }[]).map((r) => [
        r.name,
        r.superuser ? 'Superuser, Create role, Create DB, Replication, Bypass RLS' : '',
      ]);
      return {
        out:
          renderTable(
            { columns: ['Role name', 'Attributes'].map((name) => ({ name, type: 'text' })), rows },
            { ...style, title: 'List of roles', noFooter: true },
          ) + '\n',
      };
    }
    case 'dn':
      return list('List of schemas', ['Name', 'Owner'], [['public', 'pg_database_owner']]);
  }
  return undefined;
}

function tableText(table: Table, style: TableStyle): string {
  const rows = table.columns.map((c): Value[] => {
    const fallback = c.generated
      ? `nextval('${table.name}_${c.name}_seq'::regclass)`
      : c.default?.kind === 'literal' && c.default.value !== null
        ? typeof c.default.value === 'string'
          ? `'${c.default.value}'::${typeText(c.type)}`
          : valueText(c.default.value, 'postgres')
        : c.default?.kind === 'call'
          ? `${c.default.name}${/^current/.test(c.default.name) ? '' : '()'}`.replace(/^current_timestamp$/, 'CURRENT_TIMESTAMP')
          : '';
    return [c.name, typeText(c.type), '', c.notNull ? 'not null' : '', fallback];
  });
  const columns = ['Column', 'Type', 'Collation', 'Nullable', 'Default'].map((name) => ({ name, type: 'text' }));
  let out = renderTable({ columns, rows }, { ...style, title: `Table "public.${table.name}"`, noFooter: true });
  const keys = table.constraints.filter((c) => c.kind === 'primary' || c.kind === 'unique');
  if (keys.length > 0) out += 'Indexes:\n';
  for (const c of keys)
    out += `    "${constraintName(table.name, c)}" ${c.kind === 'primary' ? 'PRIMARY KEY' : 'UNIQUE CONSTRAINT'}, btree (${c.columns.join(', ')})\n`;
  const foreign = table.constraints.filter((c) => c.kind === 'foreign');
  if (foreign.length > 0) out += 'Foreign-key constraints:\n';
  for (const c of foreign)
    out += `    "${constraintName(table.name, c)}" FOREIGN KEY (${c.columns.join(', ')}) REFERENCES ${c.references?.table}(${c.references?.column ?? 'id'})\n`;
  return `${out}\n`;
}
