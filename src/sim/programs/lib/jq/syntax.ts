/** The tree of a jq program. Positions are offsets into its text. */
import type { Json } from './values.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>=';
export type UpdateOperator = '+' | '-' | '*' | '/' | '%' | '//';

export type Node =
  | { readonly kind: 'identity' }
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'string'; readonly parts: readonly (string | Node)[]; readonly format: string }
  | { readonly kind: 'format'; readonly name: string }
  | { readonly kind: 'index'; readonly of: Node; readonly key: Node; readonly optional: boolean }
  | { readonly kind: 'slice'; readonly of: Node; readonly from?: Node; readonly to?: Node; readonly optional: boolean }
  | { readonly kind: 'iterate'; readonly of: Node; readonly optional: boolean }
  | { readonly kind: 'array'; readonly body?: Node }
  | { readonly kind: 'object'; readonly pairs: readonly { readonly key: Node; readonly value: Node }[] }
  | { readonly kind: 'negate'; readonly body: Node }
  | { readonly kind: 'pipe'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'comma'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'binary'; readonly op: BinaryOperator; readonly left: Node; readonly right: Node }
  | { readonly kind: 'and' | 'or' | 'alternative' | 'assign' | 'modify'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'update'; readonly op: UpdateOperator; readonly left: Node; readonly right: Node }
  | { readonly kind: 'if'; readonly test: Node; readonly then: Node; readonly otherwise: Node }
  | { readonly kind: 'try'; readonly body: Node; readonly handler?: Node }
  | { readonly kind: 'reduce'; readonly source: Node; readonly patterns: readonly Pattern[]; readonly init: Node; readonly update: Node }
  | {
      readonly kind: 'foreach';
      readonly source: Node;
      readonly patterns: readonly Pattern[];
      readonly init: Node;
      readonly update: Node;
      readonly extract?: Node;
    }
  | { readonly kind: 'bind'; readonly source: Node; readonly patterns: readonly Pattern[]; readonly body: Node }
  | { readonly kind: 'label'; readonly name: string; readonly body: Node }
  | { readonly kind: 'break'; readonly name: string; readonly at: Span }
  | { readonly kind: 'def'; readonly def: Definition; readonly body: Node }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[]; readonly at: Span }
  | { readonly kind: 'variable'; readonly name: string; readonly at: Span };

export interface Definition {
  readonly name: string;
  /** `$x` for a value, `f` for a filter. */
  readonly params: readonly string[];
  readonly body: Node;
}

/** One destructuring pattern; several (`?//`) are tried in turn. */
export type Pattern =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Pattern[] }
  | { readonly kind: 'fields'; readonly fields: readonly { readonly key: Node; readonly variable?: string; readonly value?: Pattern }[] };

/** A mistake in a program's text: jq prints all of them, then counts them. */
export interface CompileError {
  readonly message: string;
  readonly at: Span;
}
