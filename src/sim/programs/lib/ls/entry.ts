import type { Stat } from '../../../kernel/syscalls.ts';

/** A file of a listing. */
export interface Entry {
  readonly name: string;
  readonly stat: Stat;
  /** What a symbolic link leads to; undefined when dangling or not looked at. */
  readonly target?: Stat;
  readonly link?: string;
  /** It was listed but could not be looked at. */
  readonly unknown?: boolean;
}
