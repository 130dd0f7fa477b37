import type { Regex } from '../../../lib/regex/regex.ts';

export type AwkExpr =
  | { readonly op: 'number'; readonly value: number }
  | { readonly op: 'string'; readonly value: string }
  | { readonly op: 'regex'; readonly source: string; readonly regex: Regex }
  | { readonly op: 'var'; readonly name: string; readonly slot: number }
  | { readonly op: 'field'; readonly index: AwkExpr }
  | { readonly op: 'index'; readonly array: string; readonly slot: number; readonly keys: readonly AwkExpr[] }
  | { readonly op: 'assign'; readonly kind: string; readonly target: AwkExpr; readonly value: AwkExpr }
  | { readonly op: 'increment'; readonly target: AwkExpr; readonly by: number; readonly prefix: boolean }
  | { readonly op: 'unary'; readonly kind: '!' | '-' | '+'; readonly value: AwkExpr }
  | { readonly op: 'binary'; readonly kind: string; readonly left: AwkExpr; readonly right: AwkExpr }
  | { readonly op: 'match'; readonly negated: boolean; readonly left: AwkExpr; readonly right: AwkExpr }
  | { readonly op: 'and' | 'or'; readonly left: AwkExpr; readonly right: AwkExpr }
  | { readonly op: 'in'; readonly keys: readonly AwkExpr[]; readonly array: string; readonly slot: number }
  | { readonly op: 'cond'; readonly test: AwkExpr; readonly yes: AwkExpr; readonly no: AwkExpr }
  | { readonly op: 'builtin'; readonly name: string; readonly args: readonly AwkExpr[] }
  | { readonly op: 'call'; readonly name: string; readonly args: readonly AwkExpr[]; readonly line: number }
  | {
      readonly op: 'getline';
      readonly from: 'main' | 'file' | 'command';
      readonly source: AwkExpr | undefined;
      readonly target: AwkExpr | undefined;
    }
  | { readonly op: 'group'; readonly value: AwkExpr };

export type AwkStatement =
  | { readonly op: 'expr'; readonly value: AwkExpr }
  | {
      readonly op: 'print' | 'printf';
      readonly args: readonly AwkExpr[];
      readonly to: { readonly how: '>' | '>>' | '|'; readonly target: AwkExpr } | undefined;
    }
  | { readonly op: 'block'; readonly body: readonly AwkStatement[] }
  | { readonly op: 'if'; readonly test: AwkExpr; readonly yes: AwkStatement; readonly no: AwkStatement | undefined }
  | { readonly op: 'while'; readonly test: AwkExpr; readonly body: AwkStatement }
  | { readonly op: 'do'; readonly test: AwkExpr; readonly body: AwkStatement }
  | {
      readonly op: 'for';
      readonly init: AwkStatement | undefined;
      readonly test: AwkExpr | undefined;
      readonly step: AwkStatement | undefined;
      readonly body: AwkStatement;
    }
  | {
      readonly op: 'forin';
      readonly name: string;
      readonly slot: number;
      readonly array: string;
      readonly arraySlot: number;
      readonly body: AwkStatement;
    }
  | { readonly op: 'break' | 'continue' | 'next' | 'nextfile' }
  | { readonly op: 'exit' | 'return'; readonly value: AwkExpr | undefined }
  | { readonly op: 'delete'; readonly array: string; readonly slot: number; readonly keys: readonly AwkExpr[] | undefined };

export type AwkPattern =
  | { readonly kind: 'begin' | 'end' | 'always' }
  | { readonly kind: 'expr'; readonly value: AwkExpr }
  | { readonly kind: 'range'; readonly from: AwkExpr; readonly to: AwkExpr };

export interface AwkRule {
  readonly pattern: AwkPattern;
  /** Undefined: print the record. */
  readonly action: AwkStatement | undefined;
}

export interface AwkFunction {
  readonly name: string;
  readonly params: readonly string[];
  body: AwkStatement;
}

export interface AwkProgram {
  readonly rules: readonly AwkRule[];
  readonly functions: ReadonlyMap<string, AwkFunction>;
}

/** A bad program, in mawk's words. */
export class AwkSyntaxError extends Error {}
