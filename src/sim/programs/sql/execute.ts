/** Statements carried out on a cluster, in one session. */
import { type Cluster, constraintName, type Database, type Table } from './cluster.ts';
import { evaluate, isTrue, type Scope, type SessionFacts } from './evaluate.ts';
import { parseStatement } from './parser.ts';
import { type Answer, select, type TableFinder, tableOf } from './select.ts';
import type { Alteration, ColumnDefinition, Dialect, SelectItem, Statement, TableConstraint, Value } from './syntax.ts';
import { SqlError } from './syntax.ts';
import { coerce, compareValues, typeText, valueText } from './values.ts';

export interface Result {
  /** PostgreSQL's command tag: 'INSERT 0 1'. */
  readonly tag: string;
  readonly answer: Answer | undefined;
  /** Rows that were changed. */
  readonly affected: number;
  readonly notice?: string;
  readonly changed: boolean;
}

export interface Session {
  readonly cluster: Cluster;
  readonly dialect: Dialect;
  readonly user: string;
  readonly version: string;
  /** '' when none is chosen (MySQL). */
  database: string;
  /** Tables as they were at BEGIN. */
  saved: string | undefined;
  /** A statement failed inside the transaction (PostgreSQL). */
  failed: boolean;
  nowUs: number;
  random(): number;
  sleep(seconds: number): void;
}

const done = (tag: string, more: Partial<Result> = {}): Result => ({ tag, answer: undefined, affected: 0, changed: true, ...more });

/** Undefined for an empty statement. Throws SqlError. */
export function execute(text: string, session: Session): Result | undefined {
  const statement = parseStatement(text, session.dialect);
  if (!statement) return undefined;
  if (session.failed && statement.kind !== 'transaction')
    throw new SqlError('current transaction is aborted, commands ignored until end of transaction block', { state: '25P02' });
  try {
    return new Execution(session).run(statement);
  } catch (error) {
    if (session.saved !== undefined && session.dialect === 'postgres') session.failed = true;
    throw error;
  }
}

class Execution implements SessionFacts {
  readonly #session: Session;
  constructor(session: Session) {
    this.#session = session;
  }
  get dialect(): Dialect {
    return this.#session.dialect;
  }
  get nowUs(): number {
    return this.#session.nowUs;
  }
  get user(): string {
    return this.#session.user;
  }
  get version(): string {
    return this.#session.version;
  }
  get database(): string {
    return this.#session.database;
  }
  random(): number {
    return this.#session.random();
  }
  sleep(seconds: number): void {
    this.#session.sleep(seconds);
  }
  rows(query: Parameters<SessionFacts['rows']>[0], outer: Scope): readonly (readonly Value[])[] {
    return select(query, this.#find, this, outer).rows;
  }

  get #database(): Database {
    const found = this.#session.cluster.databases[this.#session.database];
    if (!found) throw new SqlError('No database selected', { number: 1046, state: '3D000' });
    return found;
  }

  #find: TableFinder = (name, schema, at) => {
    if (schema === 'information_schema' || schema === 'pg_catalog' || name.startsWith('pg_')) return this.#catalogue(name, at);
    if (this.dialect === 'mysql' && schema !== undefined) {
      const other = this.#session.cluster.databases[schema];
      if (other) return tableOf(other, name, this, at);
    }
    return tableOf(this.#database, name, this, at);
  };

  /** The few views of the catalogue that people ask. */
  #catalogue(name: string, at: number): Table {
    const view = (columns: readonly string[], rows: Value[][]): Table => ({
      name,
      columns: columns.map((column) => plainColumn(column)),
      constraints: [],
      rows,
      next: 1,
    });
    const tables = Object.values(this.#database.tables);
    const { cluster } = this.#session;
    switch (name.toLowerCase()) {
      case 'pg_tables':
        return view(
          ['schemaname', 'tablename', 'tableowner'],
          tables.map((t) => ['public', t.name, this.#database.owner]),
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
          tables.map((t) => [this.dialect === 'mysql' ? this.database : 'public', t.name, 'BASE TABLE']),
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

  run(s: Statement): Result {
    switch (s.kind) {
      case 'select': {
        const answer = select(s.select, this.#find, this);
        return done(`SELECT ${answer.rows.length}`, { answer, changed: false });
      }
      case 'createTable':
        return this.#createTable(s);
      case 'dropTable':
        return this.#dropTable(s);
      case 'alterTable':
        return this.#alterTable(s.name, s.change);
      case 'insert':
        return this.#insert(s);
      case 'update':
        return this.#update(s);
      case 'delete': {
        const table = tableOf(this.#database, s.table, this, s.at);
        const { where } = s;
        const gone = table.rows.filter((row) => where === undefined || isTrue(evaluate(where, this.#scope(table, row, 'where clause'))));
        this.#checkReferenced(table, gone);
        table.rows = table.rows.filter((row) => !gone.includes(row));
        return done(`DELETE ${gone.length}`, { affected: gone.length, answer: this.#returning(table, s.returning, gone) });
      }
      case 'truncate':
        for (const name of s.names) {
          const table = tableOf(this.#database, name, this);
          table.rows = [];
          if (this.dialect === 'mysql') table.next = 1;
        }
        return done('TRUNCATE TABLE');
      case 'createDatabase':
        return this.#createDatabase(s);
      case 'dropDatabase': {
        const { databases } = this.#session.cluster;
        if (!databases[s.name]) {
          if (s.ifExists) return done('DROP DATABASE', { notice: `database "${s.name}" does not exist, skipping` });
          throw this.dialect === 'mysql'
            ? new SqlError(`Can't drop database '${s.name}'; database doesn't exist`, { number: 1008, state: 'HY000' })
            : new SqlError(`database "${s.name}" does not exist`, { state: '3D000' });
        }
        if (s.name === this.database && this.dialect === 'postgres')
          throw new SqlError('cannot drop the currently open database', { state: '55006' });
        const affected = Object.keys(databases[s.name].tables).length;
        delete databases[s.name];
        if (s.name === this.database) this.#session.database = '';
        return done('DROP DATABASE', { affected });
      }
      case 'createRole':
      case 'alterRole':
      case 'dropRole':
        return this.#role(s);
      case 'transaction':
        return this.#transaction(s.verb, s.tag);
      case 'use':
        if (!this.#session.cluster.databases[s.database])
          throw new SqlError(`Unknown database '${s.database}'`, { number: 1049, state: '42000' });
        this.#session.database = s.database;
        return done('USE', { changed: false });
      case 'show':
        return done('SHOW', { answer: this.#show(s.what, s.argument), changed: false });
      case 'describe':
        return done('DESCRIBE', { answer: this.#describe(s.table), changed: false });
      case 'accepted':
        return done(s.tag, { changed: false });
    }
  }

  #scope(table: Table, row: readonly Value[], clause: string): Scope {
    const columns = table.columns.map((c) => ({ table: table.name, name: c.name, type: c.type.name }));
    return { columns, row, group: undefined, outer: undefined, session: this, clause };
  }

  // ---- tables ----

  #createTable(s: Extract<Statement, { kind: 'createTable' }>): Result {
    const { tables } = this.#database;
    if (tables[s.name]) {
      if (s.ifNotExists) return done('CREATE TABLE', { notice: `relation "${s.name}" already exists, skipping` });
      throw this.dialect === 'mysql'
        ? new SqlError(`Table '${s.name}' already exists`, { number: 1050, state: '42S01' })
        : new SqlError(`relation "${s.name}" already exists`, { state: '42P07' });
    }
    if (s.from) {
      const answer = select(s.from, this.#find, this);
      const columns = answer.columns.map((c) => ({ ...plainColumn(c.name), type: { name: c.type, parameters: [] } }));
      tables[s.name] = { name: s.name, columns, constraints: [], rows: answer.rows.map((row) => [...row]), next: 1 };
      return done(`SELECT ${answer.rows.length}`, { affected: answer.rows.length });
    }
    const columns = s.columns.map((c) => {
      if (!KNOWN_TYPES.has(c.type.name)) {
        throw this.dialect === 'mysql'
          ? new SqlError(
              `You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '${c.type.name}' at line 1`,
              { number: 1064 },
            )
          : new SqlError(`type "${c.type.name}" does not exist`, { state: '42704' });
      }
      return c.primaryKey || (c.generated && this.dialect === 'postgres') ? { ...c, notNull: true } : c;
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
    for (const { references } of constraints) if (references && references.table !== s.name) this.#referenced(references.table);
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

  #referenced(name: string): Table {
    const found = this.#database.tables[name];
    if (!found && this.dialect === 'mysql')
      throw new SqlError(`Failed to open the referenced table '${name}'`, { number: 1824, state: 'HY000' });
    return found ?? tableOf(this.#database, name, this);
  }

  #dropTable(s: Extract<Statement, { kind: 'dropTable' }>): Result {
    let notice: string | undefined;
    for (const name of s.names) {
      if (this.#database.tables[name]) {
        delete this.#database.tables[name];
        continue;
      }
      if (!s.ifExists)
        throw this.dialect === 'mysql'
          ? new SqlError(`Unknown table '${this.database}.${name}'`, { number: 1051, state: '42S02' })
          : new SqlError(`table "${name}" does not exist`, { state: '42P01' });
      notice = `table "${name}" does not exist, skipping`;
    }
    return done('DROP TABLE', notice === undefined ? {} : { notice });
  }

  #alterTable(name: string, change: Alteration): Result {
    const table = tableOf(this.#database, name, this);
    const at = (column: string): number => {
      const index = table.columns.findIndex((c) => c.name === column);
      if (index >= 0) return index;
      throw this.dialect === 'mysql'
        ? new SqlError(`Unknown column '${column}' in '${name}'`, { number: 1054, state: '42S22' })
        : new SqlError(`column "${column}" of relation "${name}" does not exist`, { state: '42703' });
    };
    switch (change.kind) {
      case 'add': {
        const { column } = change;
        if (table.columns.some((c) => c.name === column.name))
          throw this.dialect === 'mysql'
            ? new SqlError(`Duplicate column name '${column.name}'`, { number: 1060, state: '42S21' })
            : new SqlError(`column "${column.name}" of relation "${name}" already exists`, { state: '42701' });
        table.columns = [...table.columns, column];
        const value =
          column.default === undefined
            ? null
            : coerce(evaluate(column.default, this.#scope(table, [], 'field list')), column.type, column.name, this.dialect);
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
        delete this.#database.tables[name];
        table.name = change.to;
        this.#database.tables[change.to] = table;
    }
    return done('ALTER TABLE', { affected: this.dialect === 'mysql' ? 0 : table.rows.length });
  }

  // ---- rows ----

  #insert(s: Extract<Statement, { kind: 'insert' }>): Result {
    const table = tableOf(this.#database, s.table, this, s.at);
    const names = s.columns.length > 0 ? s.columns : table.columns.map((c) => c.name);
    const places = names.map((name) => {
      const index = table.columns.findIndex(
        (c) => c.name === name || (this.dialect === 'mysql' && c.name.toLowerCase() === name.toLowerCase()),
      );
      if (index >= 0) return index;
      throw this.dialect === 'mysql'
        ? new SqlError(`Unknown column '${name}' in 'field list'`, { number: 1054, state: '42S22' })
        : new SqlError(`column "${name}" of relation "${table.name}" does not exist`, { state: '42703' });
    });
    const given = s.from
      ? select(s.from, this.#find, this).rows.map((row) => row.map((value) => ({ value })))
      : s.rows.map((row) =>
          row.map((e) => (e === 'default' ? undefined : { value: evaluate(e, { ...this.#scope(table, [], 'field list'), columns: [] }) })),
        );
    const made: Value[][] = [];
    const before = table.rows;
    try {
      for (const [number, values] of given.entries()) {
        if (
          s.columns.length > 0 || this.dialect === 'mysql'
            ? values.length !== names.length && values.length > 0
            : values.length > names.length
        )
          throw this.dialect === 'mysql'
            ? new SqlError(`Column count doesn't match value count at row ${number + 1}`, { number: 1136, state: '21S01' })
            : new SqlError(
                `INSERT has more ${values.length > names.length ? 'expressions than target columns' : 'target columns than expressions'}`,
                { state: '42601' },
              );
        const row = table.columns.map((c, i): Value => {
          const place = places.indexOf(i);
          const set = place >= 0 ? values[place] : undefined;
          if (set !== undefined && !(set.value === null && c.generated && this.dialect === 'mysql')) {
            const value = coerce(set.value, c.type, c.name, this.dialect);
            if (c.generated && typeof value === 'number' && this.dialect === 'mysql') table.next = Math.max(table.next, value + 1);
            return value;
          }
          if (c.generated) return table.next++;
          if (c.default !== undefined)
            return coerce(evaluate(c.default, this.#scope(table, [], 'field list')), c.type, c.name, this.dialect);
          if (c.notNull && this.dialect === 'mysql')
            throw new SqlError(`Field '${c.name}' doesn't have a default value`, { number: 1364, state: 'HY000' });
          return null;
        });
        if (!this.#check(table, row, undefined, s.onConflict === 'nothing')) continue;
        table.rows = [...table.rows, row];
        made.push(row);
      }
    } catch (error) {
      table.rows = before;
      throw error;
    }
    return done(`INSERT 0 ${made.length}`, { affected: made.length, answer: this.#returning(table, s.returning, made) });
  }

  #update(s: Extract<Statement, { kind: 'update' }>): Result {
    const table = tableOf(this.#database, s.table, this, s.at);
    const set = s.set.map(([name, e]) => {
      const index = table.columns.findIndex((c) => c.name === name);
      if (index >= 0) return { index, e };
      throw this.dialect === 'mysql'
        ? new SqlError(`Unknown column '${name}' in 'field list'`, { number: 1054, state: '42S22' })
        : new SqlError(`column "${name}" of relation "${table.name}" does not exist`, { state: '42703' });
    });
    const before = table.rows;
    const touched: Value[][] = [];
    try {
      for (const [i, row] of before.entries()) {
        if (s.where !== undefined && !isTrue(evaluate(s.where, this.#scope(table, row, 'where clause')))) continue;
        const next = [...row];
        for (const { index, e } of set)
          next[index] = coerce(
            evaluate(e, this.#scope(table, row, 'field list')),
            table.columns[index].type,
            table.columns[index].name,
            this.dialect,
          );
        this.#check(table, next, row, false);
        table.rows = table.rows.map((old, k) => (k === i ? next : old));
        touched.push(next);
      }
    } catch (error) {
      table.rows = before;
      throw error;
    }
    return done(`UPDATE ${touched.length}`, { affected: touched.length, answer: this.#returning(table, s.returning, touched) });
  }

  #returning(table: Table, items: readonly SelectItem[], rows: readonly Value[][]): Answer | undefined {
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
    return select({ ...query, from }, () => ({ ...table, rows: [...rows] }), this);
  }

  /** The rules of a table for a new row; `old` is the one that it replaces. False: a duplicate that may be left out. */
  #check(table: Table, row: readonly Value[], old: readonly Value[] | undefined, skipDuplicates: boolean): boolean {
    const shown = () => `Failing row contains (${row.map((v) => (v === null ? 'null' : valueText(v, this.dialect))).join(', ')}).`;
    for (const [i, c] of table.columns.entries()) {
      if (!c.notNull || row[i] !== null) continue;
      throw this.dialect === 'mysql'
        ? new SqlError(`Column '${c.name}' cannot be null`, { number: 1048, state: '23000' })
        : new SqlError(`null value in column "${c.name}" of relation "${table.name}" violates not-null constraint`, {
            state: '23502',
            detail: shown(),
          });
    }
    for (const constraint of table.constraints) {
      const places = constraint.columns.map((name) => table.columns.findIndex((c) => c.name === name));
      const key = places.map((at) => row[at] ?? null);
      const texts = key.map((v) => (v === null ? '' : valueText(v, this.dialect)));
      const named = `Key (${constraint.columns.join(', ')})=(${texts.join(', ')})`;
      switch (constraint.kind) {
        case 'primary':
        case 'unique': {
          if (key.includes(null)) break;
          const double = table.rows.some(
            (other) => other !== old && places.every((at, i) => other[at] !== null && sameValue(other[at], key[i], this.dialect)),
          );
          if (!double) break;
          if (skipDuplicates) return false;
          throw this.dialect === 'mysql'
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
          const other = this.#referenced(constraint.references.table);
          const column = constraint.references.column ?? other.constraints.find((c) => c.kind === 'primary')?.columns[0] ?? '';
          const at = other.columns.findIndex((c) => c.name === column);
          if (other.rows.some((r) => r[at] !== null && key[0] !== null && sameValue(r[at], key[0], this.dialect))) break;
          throw this.dialect === 'mysql'
            ? new SqlError(
                `Cannot add or update a child row: a foreign key constraint fails (\`${this.database}\`.\`${table.name}\`, CONSTRAINT \`${table.name}_ibfk_1\` FOREIGN KEY (\`${constraint.columns[0]}\`) REFERENCES \`${other.name}\` (\`${column}\`))`,
                { number: 1452, state: '23000' },
              )
            : new SqlError(
                `insert or update on table "${table.name}" violates foreign key constraint "${constraintName(table.name, constraint)}"`,
                { state: '23503', detail: `${named} is not present in table "${other.name}".` },
              );
        }
        case 'check': {
          if (!constraint.check) break;
          const value = evaluate(constraint.check, this.#scope(table, row, 'field list'));
          if (value === null || isTrue(value)) break;
          throw this.dialect === 'mysql'
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
  #checkReferenced(table: Table, gone: readonly Value[][]): void {
    for (const other of Object.values(this.#database.tables))
      for (const constraint of other.constraints) {
        if (constraint.kind !== 'foreign' || constraint.references?.table !== table.name) continue;
        const column = constraint.references.column ?? table.constraints.find((c) => c.kind === 'primary')?.columns[0] ?? '';
        const mine = table.columns.findIndex((c) => c.name === column);
        const theirs = other.columns.findIndex((c) => c.name === constraint.columns[0]);
        const held = gone.find((row) =>
          other.rows.some((r) => r[theirs] !== null && row[mine] !== null && sameValue(r[theirs], row[mine], this.dialect)),
        );
        if (!held) continue;
        throw this.dialect === 'mysql'
          ? new SqlError(
              `Cannot delete or update a parent row: a foreign key constraint fails (\`${this.database}\`.\`${other.name}\`, CONSTRAINT \`${other.name}_ibfk_1\` FOREIGN KEY (\`${constraint.columns[0]}\`) REFERENCES \`${table.name}\` (\`${column}\`))`,
              { number: 1451, state: '23000' },
            )
          : new SqlError(
              `update or delete on table "${table.name}" violates foreign key constraint "${constraintName(other.name, constraint)}" on table "${other.name}"`,
              {
                state: '23503',
                detail: `Key (${column})=(${held[mine] === null ? '' : valueText(held[mine], this.dialect)}) is still referenced from table "${other.name}".`,
              },
            );
      }
  }

  // ---- databases, roles, transactions ----

  #createDatabase(s: Extract<Statement, { kind: 'createDatabase' }>): Result {
    const { databases } = this.#session.cluster;
    if (databases[s.name]) {
      if (s.ifNotExists) return done('CREATE DATABASE', { affected: 1 });
      throw this.dialect === 'mysql'
        ? new SqlError(`Can't create database '${s.name}'; database exists`, { number: 1007, state: 'HY000' })
        : new SqlError(`database "${s.name}" already exists`, { state: '42P04' });
    }
    databases[s.name] = { name: s.name, owner: this.user, tables: {} };
    return done('CREATE DATABASE', { affected: 1 });
  }

  #role(s: Extract<Statement, { kind: 'createRole' | 'alterRole' | 'dropRole' }>): Result {
    const { roles } = this.#session.cluster;
    const missing = () =>
      this.dialect === 'mysql'
        ? new SqlError(`Operation ${s.tag} failed for '${s.name}'@'%'`, { number: 1396, state: 'HY000' })
        : new SqlError(`role "${s.name}" does not exist`, { state: '42704' });
    if (s.kind === 'createRole') {
      if (roles[s.name]) {
        if (s.ifNotExists) return done(s.tag);
        throw this.dialect === 'mysql' ? missing() : new SqlError(`role "${s.name}" already exists`, { state: '42710' });
      }
      roles[s.name] = { name: s.name, password: s.password, superuser: false };
    } else if (!roles[s.name]) {
      if (s.kind === 'dropRole' && s.ifExists) return done(s.tag, { notice: `role "${s.name}" does not exist, skipping` });
      throw missing();
    } else if (s.kind === 'dropRole') delete roles[s.name];
    else roles[s.name].password = s.password ?? roles[s.name].password;
    return done(s.tag);
  }

  #transaction(verb: 'BEGIN' | 'COMMIT' | 'ROLLBACK', tag: string): Result {
    const session = this.#session;
    if (verb === 'BEGIN') {
      if (session.saved !== undefined) return done(tag, { notice: 'there is already a transaction in progress', changed: false });
      session.saved = JSON.stringify(session.cluster);
      return done(tag, { changed: false });
    }
    if (session.saved === undefined) return done(tag, { notice: 'there is no transaction in progress', changed: false });
    const undo = verb === 'ROLLBACK' || session.failed;
    if (undo) Object.assign(session.cluster, JSON.parse(session.saved) as Cluster);
    session.saved = undefined;
    session.failed = false;
    return done(undo ? 'ROLLBACK' : tag);
  }

  // ---- MySQL's SHOW and DESCRIBE ----

  #show(what: string, argument: string): Answer {
    const list = (name: string, values: readonly string[]): Answer => ({
      columns: [{ name, type: 'text' }],
      rows: values.map((value) => [value]),
    });
    const { cluster } = this.#session;
    switch (what) {
      case 'databases':
      case 'schemas':
        return list('Database', Object.keys(cluster.databases).sort());
      case 'tables': {
        const database = argument === '' || !cluster.databases[argument] ? this.#database : cluster.databases[argument];
        return list(`Tables_in_${database.name}`, Object.keys(database.tables).sort());
      }
      case 'columns':
        return this.#describe(argument);
      case 'variables':
        return {
          columns: ['Variable_name', 'Value'].map((name) => ({ name, type: 'text' })),
          rows: argument === 'version' ? [['version', this.version]] : [],
        };
      case 'create table': {
        const table = tableOf(this.#database, argument, this);
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
        return list('server_version', [this.version.replace(/^PostgreSQL (\S+).*/, '$1')]);
      case 'warnings':
      case 'processlist':
        return { columns: [{ name: 'Level', type: 'text' }], rows: [] };
    }
    throw this.dialect === 'mysql'
      ? new SqlError(`drydock: SHOW ${what.toUpperCase()} is not simulated`)
      : new SqlError(`unrecognized configuration parameter "${what}"`, { state: '42704' });
  }

  #describe(name: string): Answer {
    const table = tableOf(this.#database, name, this);
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
}

const KNOWN_TYPES = new Set(
  'int integer int4 int8 int2 bigint smallint tinyint mediumint serial bigserial smallserial boolean bool varchar char text bpchar numeric decimal dec float float4 float8 double real date time timestamp timestamptz datetime json jsonb uuid bytea blob longblob longtext mediumtext tinytext enum set year inet interval|double precision|character varying|character|timestamp with time zone|time with time zone'
    .split('|')
    .flatMap((part, i) => (i === 0 ? part.split(' ') : [part])),
);

function mysqlType(c: ColumnDefinition): string {
  const name =
    { integer: 'int', serial: 'bigint', boolean: 'tinyint(1)', bool: 'tinyint(1)', numeric: 'decimal' }[c.type.name] ?? c.type.name;
  return c.type.parameters.length > 0 && !name.includes('(') ? `${name}(${c.type.parameters.join(',')})` : name;
}

function plainColumn(name: string): ColumnDefinition {
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

function sameValue(a: Value, b: Value, dialect: Dialect): boolean {
  if (a === null || b === null) return false;
  if (dialect === 'mysql' && typeof a === 'string' && typeof b === 'string') return a.toLowerCase() === b.toLowerCase();
  return compareValues(a, b) === 0;
}
