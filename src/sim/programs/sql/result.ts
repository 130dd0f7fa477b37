/** What a statement answers. */
import type { Answer } from './select.ts';

/** Rows for a query, a tag and a count for the rest. */

export interface Result {
  /** PostgreSQL's command tag: 'INSERT 0 1'. */
  readonly tag: string;
  readonly answer: Answer | undefined;
  /** Rows that were changed. */
  readonly affected: number;
  readonly notice?: string;
  readonly changed: boolean;
}

/** A result without rows. */
export const done = (tag: string, more: Partial<Result> = {}): Result => ({ tag, answer: undefined, affected: 0, changed: true, ...more });
