/** A statement while it runs. */
import { catalogueView } from './catalogue.ts';
import type { Database, Table } from './cluster.ts';
import type { Scope, SessionFacts } from './scope.ts';
import { select, type TableFinder, tableOf } from './select.ts';
import type { Session } from './session.ts';
import type { Dialect, Value } from './syntax.ts';
import { SqlError } from './syntax.ts';

/** What a running statement knows: its session, the tables that it can see, and the facts that expressions ask for. */
export class Execution implements SessionFacts {
  readonly session: Session;
  /** The database that the statement names before its table. */
  readonly #named: string | undefined;

  constructor(session: Session, named?: string) {
    this.session = session;
    this.#named = named;
  }
  /** The same statement, at work in the database that stands before a table's name. */
  in(named: string | undefined): Execution {
    return named === undefined ? this : new Execution(this.session, named);
  }
  get dialect(): Dialect {
    return this.session.dialect;
  }
  get nowUs(): number {
    return this.session.nowUs;
  }
  get user(): string {
    return this.session.user;
  }
  get version(): string {
    return this.session.version;
  }
  get database(): string {
    return this.session.database;
  }
  random(): number {
    return this.session.random();
  }
  sleep(seconds: number): void {
    this.session.sleep(seconds);
  }
  rows(query: Parameters<SessionFacts['rows']>[0], outer: Scope): readonly (readonly Value[])[] {
    return select(query, this.find, this, outer).rows;
  }

  /** The database that the statement works in: the one that it names, or the one in use. */
  get current(): Database {
    return this.#known(this.#named ?? this.session.database);
  }

  #known(name: string): Database {
    const found = this.session.cluster.databases[name];
    if (found) return found;
    throw name === ''
      ? new SqlError('No database selected', { number: 1046, state: '3D000' })
      : new SqlError(`Unknown database '${name}'`, { number: 1049, state: '42000' });
  }

  /** The tables of a query by name, the views of the catalogue among them. */
  readonly find: TableFinder = (name, schema, at) => {
    if (schema === 'information_schema' || schema === 'pg_catalog' || name.startsWith('pg_'))
      return catalogueView(this.session, this.current, name, at);
    // The tables of a query are those of the database in use, whichever the statement writes to.
    const database = this.dialect === 'mysql' && schema !== undefined ? schema : this.session.database;
    return tableOf(this.#known(database), name, this, at);
  };

  /** Names that an expression on one row of a table may use. */
  scope(table: Table, row: readonly Value[], clause: string): Scope {
    const columns = table.columns.map((c) => ({ table: table.name, name: c.name, type: c.type.name }));
    return { columns, row, group: undefined, outer: undefined, session: this, clause };
  }
}
