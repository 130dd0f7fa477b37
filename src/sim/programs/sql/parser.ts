/** Tokens into statements. */
import { parseExpression, parseSelect, parseSelectItems } from './query.ts';
import { Reader, readType } from './reader.ts';
import type {
  Alteration,
  ColumnDefinition,
  Dialect,
  Expression,
  Select,
  SelectItem,
  Statement,
  TableConstraint,
  TableName,
} from './syntax.ts';

export function parseStatement(text: string, dialect: Dialect): Statement | undefined {
  const reader = new Reader(text, dialect);
  if (reader.ended) return undefined;
  const statement = read(reader);
  if (!reader.ended) throw reader.fault();
  return statement;
}

function read(r: Reader): Statement {
  if (r.sees('select') || r.sees('(') || r.sees('values')) return { kind: 'select', select: parseSelect(r) };
  const first = r.next();
  switch (first.kind === 'word' ? first.text.toLowerCase() : '') {
    case 'create':
      return readCreate(r);
    case 'drop':
      return readDrop(r);
    case 'alter':
      return readAlter(r);
    case 'insert':
      return readInsert(r);
    case 'update':
      return readUpdate(r);
    case 'delete':
      return readDelete(r);
    case 'truncate':
      r.takes('table');
      return { kind: 'truncate', names: names(r) };
    case 'begin':
    case 'start':
      if (!r.takes('transaction')) r.takes('work');
      return { kind: 'transaction', verb: 'BEGIN', tag: first.text.toLowerCase() === 'start' ? 'START TRANSACTION' : 'BEGIN' };
    case 'commit':
    case 'end':
      r.takes('transaction');
      return { kind: 'transaction', verb: 'COMMIT', tag: 'COMMIT' };
    case 'rollback':
      return { kind: 'transaction', verb: 'ROLLBACK', tag: 'ROLLBACK' };
    case 'use':
      return { kind: 'use', database: r.name() };
    case 'show':
      return readShow(r);
    case 'describe':
    case 'desc':
      return { kind: 'describe', ...target(r) };
    case 'grant':
    case 'revoke':
    case 'set':
    case 'flush':
    case 'comment':
    case 'analyze':
    case 'vacuum':
    case 'lock':
    case 'unlock':
      while (r.token.kind !== 'end') r.next();
      return { kind: 'accepted', tag: first.text.toUpperCase() };
  }
  throw r.fault(first);
}

function names(r: Reader): TableName[] {
  const out = [tableName(r)];
  while (r.takes(',')) out.push(tableName(r));
  r.takes('cascade');
  r.takes('restrict');
  return out;
}

/** 'app.users' is the table of that database in MySQL; in PostgreSQL 'public.users' is 'users': a database has one schema here. */
function tableName(r: Reader): TableName {
  const first = r.name();
  if (!r.takes('.')) return { schema: undefined, name: first };
  return { schema: r.dialect === 'mysql' ? first : undefined, name: r.name() };
}

/** The same for the statements that call it their table. */
function target(r: Reader): { readonly schema: string | undefined; readonly table: string } {
  const { schema, name } = tableName(r);
  return { schema, table: name };
}

const ifExists = (r: Reader): boolean => r.takes('if', 'exists');
const ifNotExists = (r: Reader): boolean => r.takes('if', 'not', 'exists');

function readCreate(r: Reader): Statement {
  if (r.takes('database') || r.takes('schema')) {
    const quiet = ifNotExists(r);
    const name = r.name();
    while (r.token.kind !== 'end') r.next();
    return { kind: 'createDatabase', name, ifNotExists: quiet };
  }
  if (r.sees('user') || r.sees('role')) {
    const tag = `CREATE ${r.dialect === 'postgres' ? 'ROLE' : r.token.text.toUpperCase()}`;
    r.next();
    const quiet = ifNotExists(r);
    return { kind: 'createRole', ...readRole(r), tag, ifNotExists: quiet };
  }
  if (r.takes('unique', 'index') || r.takes('index') || r.takes('extension') || r.takes('sequence')) {
    const tag = 'CREATE INDEX';
    while (r.token.kind !== 'end') r.next();
    return { kind: 'accepted', tag };
  }
  r.takes('temporary') || r.takes('temp');
  r.needs('table');
  const quiet = ifNotExists(r);
  const name = tableName(r);
  if (r.takes('as')) return { kind: 'createTable', ...name, ifNotExists: quiet, columns: [], constraints: [], from: parseSelect(r) };
  r.needs('(');
  const columns: ColumnDefinition[] = [];
  const constraints: TableConstraint[] = [];
  // PostgreSQL has tables without columns.
  if (r.dialect === 'postgres' && r.takes(')'))
    return { kind: 'createTable', ...name, ifNotExists: quiet, columns, constraints, from: undefined };
  do {
    const constraint = readConstraint(r);
    if (constraint) constraints.push(constraint);
    else columns.push(readColumn(r));
  } while (r.takes(','));
  r.needs(')');
  // Engine, character set: MySQL's table options change nothing here.
  if (r.dialect === 'mysql') while (r.token.kind !== 'end') r.next();
  return { kind: 'createTable', ...name, ifNotExists: quiet, columns, constraints, from: undefined };
}

function columnList(r: Reader): string[] {
  r.needs('(');
  const out = [r.name()];
  while (r.takes(',')) out.push(r.name());
  r.needs(')');
  return out;
}

function readReferences(r: Reader): { table: string; column: string | undefined } {
  const table = tableName(r).name;
  const column = r.sees('(') ? columnList(r)[0] : undefined;
  while (r.takes('on')) {
    r.next();
    if (!r.takes('set', 'null') && !r.takes('no', 'action') && !r.takes('set', 'default')) r.next();
  }
  return { table, column };
}

function readConstraint(r: Reader): TableConstraint | undefined {
  const name = r.takes('constraint') ? r.name() : undefined;
  const make = (kind: TableConstraint['kind'], columns: readonly string[], more: Partial<TableConstraint> = {}): TableConstraint => ({
    kind,
    name,
    columns,
    references: undefined,
    check: undefined,
    ...more,
  });
  if (r.takes('primary', 'key')) return make('primary', columnList(r));
  if (r.sees('unique', '(') || r.sees('unique', 'key')) {
    r.next();
    if (r.takes('key') && !r.sees('(')) r.name();
    return make('unique', columnList(r));
  }
  if (r.takes('foreign', 'key')) {
    const columns = columnList(r);
    r.needs('references');
    return make('foreign', columns, { references: readReferences(r) });
  }
  if (r.sees('check', '(')) {
    r.next();
    r.needs('(');
    const check = parseExpression(r);
    r.needs(')');
    return make('check', [], { check });
  }
  if (r.dialect === 'mysql' && (r.sees('key') || r.sees('index')) && r.ahead(1).kind !== 'operator') {
    r.next();
    r.name();
    columnList(r);
    return make('check', [], { check: { kind: 'literal', value: true } });
  }
  return undefined;
}

function readColumn(r: Reader): ColumnDefinition {
  const name = r.name();
  const type = readType(r);
  const c = {
    name,
    type,
    notNull: false,
    primaryKey: false,
    unique: false,
    generated: /serial$/.test(type.name),
    default: undefined as Expression | undefined,
    check: undefined as Expression | undefined,
    references: undefined as ColumnDefinition['references'],
  };
  for (;;) {
    if (r.takes('not', 'null')) c.notNull = true;
    else if (r.takes('null')) c.notNull = false;
    else if (r.takes('primary', 'key')) c.primaryKey = true;
    else if (r.takes('unique')) {
      c.unique = true;
      r.takes('key');
    } else if (r.takes('auto_increment')) c.generated = true;
    else if (r.takes('generated')) {
      c.generated = true;
      while (!r.sees(',') && !r.sees(')') && r.token.kind !== 'end' && !r.sees('primary')) r.next();
    } else if (r.takes('default')) c.default = parseExpression(r, 7);
    else if (r.takes('check')) {
      r.needs('(');
      c.check = parseExpression(r);
      r.needs(')');
    } else if (r.takes('references')) c.references = readReferences(r);
    else if (r.takes('on', 'update')) parseExpression(r, 7);
    else if (r.takes('comment')) r.string();
    else if (r.takes('collate')) r.name();
    else if (r.takes('constraint')) r.name();
    else return c;
  }
}

function readDrop(r: Reader): Statement {
  if (r.takes('table')) {
    const quiet = ifExists(r);
    return { kind: 'dropTable', names: names(r), ifExists: quiet };
  }
  if (r.takes('database') || r.takes('schema')) {
    const quiet = ifExists(r);
    return { kind: 'dropDatabase', name: r.name(), ifExists: quiet };
  }
  if (r.sees('user') || r.sees('role')) {
    const tag = `DROP ${r.dialect === 'postgres' ? 'ROLE' : 'USER'}`;
    r.next();
    const quiet = ifExists(r);
    return { kind: 'dropRole', name: readRole(r).name, tag, ifExists: quiet };
  }
  if (r.takes('index')) {
    while (r.token.kind !== 'end') r.next();
    return { kind: 'accepted', tag: 'DROP INDEX' };
  }
  throw r.fault();
}

/** "name", "'name'@'host'", with what follows: WITH PASSWORD 'x', IDENTIFIED BY 'x', LOGIN, ... */
function readRole(r: Reader): { name: string; password: string | undefined } {
  const token = r.next();
  if (token.kind === 'end' || token.kind === 'operator') throw r.fault(token);
  const name = token.text.replace(/@.*/, '');
  if (r.token.kind === 'word' && r.token.text.startsWith('@')) r.next();
  if (r.ahead(-1).text === '@') r.next();
  let password: string | undefined;
  while (r.token.kind !== 'end') {
    if (r.takes('password') || r.takes('by')) password = r.string();
    else r.next();
  }
  return { name, password };
}

function readAlter(r: Reader): Statement {
  if (r.sees('user') || r.sees('role')) {
    const tag = `ALTER ${r.dialect === 'postgres' ? 'ROLE' : 'USER'}`;
    r.next();
    ifExists(r);
    return { kind: 'alterRole', ...readRole(r), tag };
  }
  if (!r.takes('table')) {
    while (r.token.kind !== 'end') r.next();
    return { kind: 'accepted', tag: 'ALTER' };
  }
  ifExists(r);
  const name = tableName(r);
  return { kind: 'alterTable', ...name, change: readAlteration(r) };
}

function readAlteration(r: Reader): Alteration {
  if (r.takes('add')) {
    r.takes('column');
    ifNotExists(r);
    const column = readColumn(r);
    if (r.takes('after')) r.name();
    return { kind: 'add', column };
  }
  if (r.takes('drop')) {
    r.takes('column');
    ifExists(r);
    return { kind: 'drop', column: r.name() };
  }
  r.needs('rename');
  if (r.takes('to')) return { kind: 'renameTable', to: tableName(r).name };
  r.takes('column');
  const column = r.name();
  r.needs('to');
  return { kind: 'rename', column, to: r.name() };
}

function returning(r: Reader): readonly SelectItem[] {
  return r.dialect === 'postgres' && r.takes('returning') ? parseSelectItems(r) : [];
}

function readInsert(r: Reader): Statement {
  let onConflict: 'error' | 'nothing' = r.takes('ignore') ? 'nothing' : 'error';
  r.needs('into');
  const at = r.token.at;
  const table = target(r);
  const columns = r.sees('(') && !r.ahead(1).text.match(/^select$/i) ? columnList(r) : [];
  let from: Select | undefined;
  const rows: (Expression | 'default')[][] = [];
  if (r.takes('default', 'values')) rows.push([]);
  else if (r.takes('values') || r.takes('value')) {
    do {
      r.needs('(');
      const row: (Expression | 'default')[] = [];
      do row.push(r.takes('default') ? 'default' : parseExpression(r));
      while (r.takes(','));
      r.needs(')');
      rows.push(row);
    } while (r.takes(','));
  } else from = parseSelect(r);
  if (r.takes('on', 'conflict')) {
    if (r.sees('(')) columnList(r);
    r.needs('do');
    r.needs('nothing');
    onConflict = 'nothing';
  }
  return { kind: 'insert', ...table, at, columns, rows, from, onConflict, returning: returning(r) };
}

function readUpdate(r: Reader): Statement {
  const at = r.token.at;
  const table = target(r);
  r.needs('set');
  const set: [string, Expression][] = [];
  do {
    const column = r.name();
    r.needs('=');
    set.push([column, parseExpression(r)]);
  } while (r.takes(','));
  const where = r.takes('where') ? parseExpression(r) : undefined;
  return { kind: 'update', ...table, at, set, where, returning: returning(r) };
}

function readDelete(r: Reader): Statement {
  r.needs('from');
  const at = r.token.at;
  const table = target(r);
  const where = r.takes('where') ? parseExpression(r) : undefined;
  return { kind: 'delete', ...table, at, where, returning: returning(r) };
}

function readShow(r: Reader): Statement {
  r.takes('full');
  const what = r.name().toLowerCase();
  let argument = '';
  if (what === 'create') {
    r.needs('table');
    const { schema, name } = tableName(r);
    return { kind: 'show', schema, what: 'create table', argument: name };
  }
  let schema: string | undefined;
  if (r.takes('from') || r.takes('in')) {
    const name = tableName(r);
    argument = name.name;
    schema = name.schema;
    if (what === 'columns' && (r.takes('from') || r.takes('in'))) schema = r.name();
  }
  if (r.takes('like')) argument = r.string();
  while (r.token.kind !== 'end') r.next();
  return { kind: 'show', schema, what, argument };
}
