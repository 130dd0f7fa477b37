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

  constructor(session: Session) {
    this.session = session;
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

  /** The database in use. */
  get current(): Database {
    const found = this.session.cluster.databases[this.session.database];
    if (!found) throw new SqlError('No database selected', { number: 1046, state: '3D000' });
    return found;
  }

  /** The tables of a query by name, the views of the catalogue among them. */
  readonly find: TableFinder = (name, schema, at) => {
    if (schema === 'information_schema' || schema === 'pg_catalog' || name.startsWith('pg_'))
      return catalogueView(this.session, this.current, name, at);
    if (this.dialect === 'mysql' && schema !== undefined) {
      const other = this.session.cluster.databases[schema];
      if (other) return tableOf(other, name, this, at);
    }
    return tableOf(this.current, name, this, at);
  };

  /** Names that an expression on one row of a table may use. */
  scope(table: Table, row: readonly Value[], clause: string): Scope {
    const columns = table.columns.map((c) => ({ table: table.name, name: c.name, type: c.type.name }));
    return { columns, row, group: undefined, outer: undefined, session: this, clause };
  }
}
