/** Names in an expression, and where they lead. */
import type { Dialect, Expression, Select, Value } from './syntax.ts';

/** A column of a source as expressions find it. */
export interface Bound {
  readonly table: string;
  readonly name: string;
  readonly type: string;
}

/** What an expression may name: the row that it is evaluated in, and the rows around it. */
export interface Scope {
  readonly columns: readonly Bound[];
  readonly row: readonly Value[];
  /** Rows that an aggregate runs over; undefined outside of groups. */
  readonly group: readonly (readonly Value[])[] | undefined;
  readonly outer: Scope | undefined;
  readonly session: SessionFacts;
  /** Values that calls which give rows have in this row. */
  readonly series?: ReadonlyMap<Expression, Value>;
  /** 'field list', 'where clause': MySQL names the place of an unknown column. */
  readonly clause: string;
}

/** What expressions may ask of the session. */
export interface SessionFacts {
  readonly dialect: Dialect;
  readonly nowUs: number;
  readonly user: string;
  readonly database: string;
  readonly version: string;
  random(): number;
  /** The answer comes so many seconds later. */
  sleep(seconds: number): void;
  rows(select: Select, outer: Scope): readonly (readonly Value[])[];
}

/** The column of a name, in this scope or around it. */
export function findColumn(scope: Scope, table: string | undefined, name: string): { scope: Scope; at: number } | undefined {
  const same = (a: string, b: string) => (scope.session.dialect === 'mysql' ? a.toLowerCase() === b.toLowerCase() : a === b);
  for (let s: Scope | undefined = scope; s; s = s.outer) {
    const at = s.columns.findIndex((c) => same(c.name, name) && (table === undefined || same(c.table, table)));
    if (at >= 0) return { scope: s, at };
  }
  return undefined;
}
