/** The statements and expressions of SQL that the simulated databases know. */

export type Dialect = 'postgres' | 'mysql';

/** A stored or computed value. Dates and times are texts in ISO form, as they sort and print that way. */
export type Value = null | boolean | number | string;

export type Expression =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'column'; readonly table: string | undefined; readonly name: string; readonly at: number }
  | { readonly kind: 'star'; readonly table: string | undefined }
  | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[]; readonly distinct: boolean; readonly at: number }
  | { readonly kind: 'cast'; readonly operand: Expression; readonly type: TypeName }
  | { readonly kind: 'between'; readonly operand: Expression; readonly low: Expression; readonly high: Expression; readonly not: boolean }
  | { readonly kind: 'in'; readonly operand: Expression; readonly among: readonly Expression[] | Select; readonly not: boolean }
  | { readonly kind: 'like'; readonly operand: Expression; readonly pattern: Expression; readonly not: boolean; readonly fold: boolean }
  | { readonly kind: 'isNull'; readonly operand: Expression; readonly not: boolean }
  | {
      readonly kind: 'case';
      readonly subject: Expression | undefined;
      readonly branches: readonly (readonly [Expression, Expression])[];
      readonly otherwise: Expression | undefined;
    }
  | { readonly kind: 'exists'; readonly select: Select }
  | { readonly kind: 'scalar'; readonly select: Select };

export interface TypeName {
  /** 'integer', 'varchar', 'numeric', in lower case as written (aliases are resolved by `typeOf`). */
  readonly name: string;
  readonly parameters: readonly number[];
}

export interface SelectItem {
  readonly value: Expression;
  readonly alias: string | undefined;
}

export type Source =
  | {
      readonly kind: 'table';
      readonly name: string;
      readonly schema: string | undefined;
      readonly alias: string | undefined;
      readonly at: number;
    }
  | { readonly kind: 'select'; readonly select: Select; readonly alias: string }
  /** A function that gives rows of one column. */
  | {
      readonly kind: 'function';
      readonly call: Extract<Expression, { kind: 'call' }>;
      readonly alias: string;
      readonly column: string;
    };

/** A table as a statement names it: MySQL lets the database stand before it. */
export interface TableName {
  readonly schema: string | undefined;
  readonly name: string;
}

export interface Join {
  readonly type: 'inner' | 'left' | 'right' | 'cross';
  readonly source: Source;
  readonly on: Expression | undefined;
  readonly using: readonly string[];
}

export interface Select {
  readonly distinct: boolean;
  readonly items: readonly SelectItem[];
  readonly from: Source | undefined;
  readonly joins: readonly Join[];
  readonly where: Expression | undefined;
  readonly groupBy: readonly Expression[];
  readonly having: Expression | undefined;
  readonly orderBy: readonly { readonly value: Expression; readonly descending: boolean }[];
  readonly limit: Expression | undefined;
  readonly offset: Expression | undefined;
  /** UNION of this with others. */
  readonly union: { readonly all: boolean; readonly select: Select } | undefined;
}

export interface ColumnDefinition {
  readonly name: string;
  readonly type: TypeName;
  readonly notNull: boolean;
  readonly primaryKey: boolean;
  readonly unique: boolean;
  readonly generated: boolean;
  readonly default: Expression | undefined;
  readonly check: Expression | undefined;
  readonly references: { readonly table: string; readonly column: string | undefined } | undefined;
}

export interface TableConstraint {
  readonly kind: 'primary' | 'unique' | 'foreign' | 'check';
  readonly name: string | undefined;
  readonly columns: readonly string[];
  readonly references: { readonly table: string; readonly column: string | undefined } | undefined;
  readonly check: Expression | undefined;
}

export type Alteration =
  | { readonly kind: 'add'; readonly column: ColumnDefinition }
  | { readonly kind: 'drop'; readonly column: string }
  | { readonly kind: 'rename'; readonly column: string; readonly to: string }
  | { readonly kind: 'renameTable'; readonly to: string };

export type Statement =
  | { readonly kind: 'select'; readonly select: Select }
  | {
      readonly kind: 'createTable';
      readonly schema: string | undefined;
      readonly name: string;
      readonly ifNotExists: boolean;
      readonly columns: readonly ColumnDefinition[];
      readonly constraints: readonly TableConstraint[];
      readonly from: Select | undefined;
    }
  | { readonly kind: 'dropTable'; readonly names: readonly TableName[]; readonly ifExists: boolean }
  | { readonly kind: 'alterTable'; readonly schema: string | undefined; readonly name: string; readonly change: Alteration }
  | {
      readonly kind: 'insert';
      readonly schema: string | undefined;
      readonly table: string;
      readonly at: number;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly (Expression | 'default')[])[];
      readonly from: Select | undefined;
      readonly onConflict: 'error' | 'nothing';
      readonly returning: readonly SelectItem[];
    }
  | {
      readonly kind: 'update';
      readonly schema: string | undefined;
      readonly table: string;
      readonly at: number;
      readonly set: readonly (readonly [string, Expression])[];
      readonly where: Expression | undefined;
      readonly returning: readonly SelectItem[];
    }
  | {
      readonly kind: 'delete';
      readonly schema: string | undefined;
      readonly table: string;
      readonly at: number;
      readonly where: Expression | undefined;
      readonly returning: readonly SelectItem[];
    }
  | { readonly kind: 'truncate'; readonly names: readonly TableName[] }
  | { readonly kind: 'createDatabase'; readonly name: string; readonly ifNotExists: boolean }
  | { readonly kind: 'dropDatabase'; readonly name: string; readonly ifExists: boolean }
  | {
      readonly kind: 'createRole';
      readonly name: string;
      readonly password: string | undefined;
      readonly tag: string;
      readonly ifNotExists: boolean;
    }
  | { readonly kind: 'dropRole'; readonly name: string; readonly tag: string; readonly ifExists: boolean }
  | { readonly kind: 'alterRole'; readonly name: string; readonly password: string | undefined; readonly tag: string }
  | { readonly kind: 'transaction'; readonly verb: 'BEGIN' | 'COMMIT' | 'ROLLBACK'; readonly tag: string }
  | { readonly kind: 'use'; readonly database: string }
  | { readonly kind: 'show'; readonly schema?: string; readonly what: string; readonly argument: string }
  | { readonly kind: 'describe'; readonly schema: string | undefined; readonly table: string }
  /** Taken and answered with its tag, without effect: grants, indexes, settings. */
  | { readonly kind: 'accepted'; readonly tag: string };

/** `state` is the SQLSTATE, `number` MySQL's error number. `at`: place in the statement's text that psql points to. */
export class SqlError extends Error {
  readonly state: string;
  readonly number: number;
  readonly at: number | undefined;
  readonly detail: string | undefined;
  constructor(message: string, about: { state?: string; number?: number; at?: number; detail?: string } = {}) {
    super(message);
    this.name = 'SqlError';
    this.state = about.state ?? '42000';
    this.number = about.number ?? 1105;
    this.at = about.at;
    this.detail = about.detail;
  }
}
