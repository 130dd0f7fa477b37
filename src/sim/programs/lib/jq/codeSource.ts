import type { Code, Env, Machine, Next, Path, Then } from './machine.ts';
import type { Definition, Node } from './syntax.ts';
import type { Json } from './values.ts';

/** Names in scope, innermost first. */
export interface Scope {
  readonly name: string;
  /** Of a filter; -1 for a variable. */
  readonly arity: number;
  readonly up: Scope | undefined;
}

/** What the parts of the compiler, and builtins that take filters, need of it. */
export interface CodeSource {
  readonly machine: Machine;
  compile(node: Node, scope: Scope | undefined): Code;
  /** Evaluates for the value only, outside any path. */
  value(code: Code, env: Env | undefined, v: Json, then: (value: Json) => Next): Next;
  /** `v[key]`. */
  step(v: Json, key: Json, path: Path | undefined, optional: boolean, then: Then): Next;
  /** Each path that `code` stands for on a value. */
  paths(code: Code, env: Env | undefined, v: Json, then: (keys: readonly Json[]) => Next): Next;
}

export type Native = (input: Json, ...args: Json[]) => Json;
export type Special = (source: CodeSource, args: readonly Code[]) => Code;

/** Builtins by `name/arity`: functions of values, ones that need the machine, ones written in jq. */
export interface Builtins {
  readonly native: ReadonlyMap<string, Native>;
  readonly special: ReadonlyMap<string, Special>;
  readonly defined: ReadonlyMap<string, Definition>;
}
