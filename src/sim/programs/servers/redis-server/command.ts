/** What all commands share: how one is described, its arguments, its errors. */

import type { Reply } from '../../network/resp.ts';
import { failure } from '../../network/resp.ts';
import type { Database, Value } from './database.ts';

/** A command: how many words it wants with its name (negative: at least), whether it changes data, and what it does. */
export interface Command {
  readonly arity: number;
  readonly write: boolean;
  run(db: Database, args: readonly string[], now: number, random: (bound: number) => number): Reply;
}

/** Commands by name: words, whether it changes data, what it does. */
export type CommandRows = readonly (readonly [name: string, arity: number, write: boolean, run: Command['run']])[];

export const WRONG_TYPE = failure('WRONGTYPE Operation against a key holding the wrong kind of value');
export const NOT_INTEGER = failure('ERR value is not an integer or out of range');
export const NOT_FLOAT = failure('ERR value is not a valid float');
export const SYNTAX = failure('ERR syntax error');

/** The error for too few or too many words. */
export const wrongArity = (name: string) => failure(`ERR wrong number of arguments for '${name.toLowerCase()}' command`);

/** A whole number, or undefined if the text is none. */
export function int(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : undefined;
}

/** A key's value if it is of the type; 'wrong' if it is of another. */
export function typed<T extends Value['type']>(
  db: Database,
  key: string,
  type: T,
  now: number,
): Extract<Value, { type: T }> | undefined | 'wrong' {
  const value = db.get(key, now);
  if (!value) return undefined;
  return value.type === type ? (value as Extract<Value, { type: T }>) : 'wrong';
}

/** Python-like indices as Redis has them, both ends included. */
export function slice<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const first = from < 0 ? Math.max(0, items.length + from) : from;
  const last = to < 0 ? items.length + to : to;
  return items.slice(first, last + 1);
}
