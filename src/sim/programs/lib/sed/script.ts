/** A parsed script. */
import type { Regex } from '../../../lib/regex/regex.ts';

/** A bad script, with its place: `-e expression #1, char 5: ...`. */
export class SedError extends Error {}

/** Where a command applies. */
export type SedAddress =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'regex'; readonly regex: Regex | null }
  | { readonly kind: 'plus'; readonly count: number }
  | { readonly kind: 'multiple'; readonly of: number }
  | { readonly kind: 'zero' };

/** A piece of an s replacement: text, a group, or a change of case. */
export type SedPart = string | { readonly group: number } | { readonly case: 'U' | 'L' | 'u' | 'l' | 'E' };

/** A command with its addresses. */
export interface SedCommand {
  readonly from: SedAddress | undefined;
  readonly to: SedAddress | undefined;
  readonly negate: boolean;
  readonly name: string;
  /** a i c text; r R w W file; label of b t T :. */
  readonly text: string;
  /** q Q exit code, l L length. */
  readonly number: number | undefined;
  readonly regex?: Regex | null;
  readonly replacement?: readonly SedPart[];
  readonly flags?: {
    readonly global: boolean;
    readonly print: number;
    readonly nth: number;
    readonly file: string | undefined;
    readonly execute: boolean;
  };
  readonly map?: ReadonlyMap<string, string>;
  /** `{`: index behind its `}`; b t T: where to go (undefined: the end). */
  target: number | undefined;
}

/** What sed carries out on each line. */
export interface SedScript {
  readonly commands: readonly SedCommand[];
  /** The first line is `#n`. */
  readonly quiet: boolean;
}
