/** A bc program as data. */

export type Place =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'element'; readonly name: string; readonly index: Expression }
  | { readonly kind: 'setting'; readonly name: 'scale' | 'ibase' | 'obase' | 'last' };

export type Expression =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'assign'; readonly place: Place; readonly operator: string; readonly value: Expression }
  | { readonly kind: 'step'; readonly place: Place; readonly by: 1 | -1; readonly before: boolean }
  | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Argument[] }
  | { readonly kind: 'builtin'; readonly name: 'sqrt' | 'length' | 'scale' | 'read'; readonly operand: Expression | undefined }
  /** In parentheses: as a statement it prints even if it is an assignment. */
  | { readonly kind: 'group'; readonly inner: Expression };

/** An array is handed over by its name. */
export type Argument = Expression | { readonly kind: 'array'; readonly name: string };

export type Statement =
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'print'; readonly items: readonly (Expression | string)[] }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'if'; readonly test: Expression; readonly then: Statement; readonly otherwise: Statement | undefined }
  | { readonly kind: 'while'; readonly test: Expression; readonly body: Statement }
  | {
      readonly kind: 'for';
      readonly first: Expression | undefined;
      readonly test: Expression | undefined;
      readonly next: Expression | undefined;
      readonly body: Statement;
    }
  | { readonly kind: 'break' | 'continue' | 'halt' | 'limits' }
  | { readonly kind: 'return'; readonly value: Expression | undefined }
  | { readonly kind: 'define'; readonly definition: Definition };

export interface Parameter {
  readonly name: string;
  readonly array: boolean;
}

export interface Definition {
  readonly name: string;
  readonly quiet: boolean;
  readonly parameters: readonly Parameter[];
  readonly locals: readonly Parameter[];
  readonly body: readonly Statement[];
}

/** Without a text it is the plain syntax error. */
export class BcSyntaxError extends Error {
  readonly line: number;
  constructor(line: number, message = 'syntax error') {
    super(message);
    this.line = line;
  }
}

/** The text ends inside of something: more lines are needed. */
export class Incomplete extends Error {}
