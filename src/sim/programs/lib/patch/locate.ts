/** Where a hunk fits, by the way that GNU patch looks for it: at its line, then around it; then with less of its context. */
import { type Hunk, oldLines } from './hunk.ts';

/** What one file's hunks have led to so far. */
export interface Progress {
  /** How far hunks were from where they should have been. */
  offset: number;
  /** Lines up to here are done with. */
  frozen: number;
}

/** Leading and trailing lines of context. */
export function contextOf(hunk: Hunk): { readonly prefix: number; readonly suffix: number } {
  const first = hunk.lines.findIndex((l) => l.sign !== ' ');
  const last = hunk.lines.findLastIndex((l) => l.sign !== ' ');
  return first < 0 ? { prefix: 0, suffix: 0 } : { prefix: first, suffix: hunk.lines.length - 1 - last };
}

/** The line (from 1) at which the hunk fits, with `fuzz` lines of context left out of account. Undefined: nowhere. */
export function locate(hunk: Hunk, lines: readonly string[], progress: Progress, fuzz: number): number | undefined {
  const pattern = oldLines(hunk);
  const guess = hunk.oldFirst + progress.offset;
  if (pattern.length === 0) return guess;
  const { prefix, suffix } = contextOf(hunk);
  const most = Math.max(prefix, suffix);
  const prefixFuzz = fuzz + prefix - most;
  const suffixFuzz = fuzz + suffix - most;
  const fits = (where: number, skipFirst: number, skipLast: number) => {
    for (let i = skipFirst; i < pattern.length - skipLast; i++) if (lines[where - 1 + i] !== pattern[i]) return false;
    return true;
  };
  const found = (where: number) => {
    progress.offset += where - guess;
    return where;
  };
  const highest = lines.length - (pattern.length - suffixFuzz) + 1;
  const up = highest - guess;
  let down = guess - (progress.frozen + 1);
  if (guess <= down) down = guess - 1;
  if (prefixFuzz < 0 && hunk.oldFirst <= 1) {
    // Too little context before it: it can only be the beginning of the file.
    if (suffixFuzz < 0 && (pattern.length !== lines.length || prefix < progress.frozen)) return undefined;
    return progress.frozen <= prefix && 1 - guess <= up && fits(1, 0, Math.max(0, suffixFuzz)) ? found(1) : undefined;
  }
  const first = Math.max(0, prefixFuzz);
  if (suffixFuzz < 0) {
    // Too little after it: only the end.
    const where = lines.length - pattern.length + 1;
    return guess - where <= down && fits(where, first, 0) ? found(where) : undefined;
  }
  for (let offset = 0; offset <= Math.max(up, down); offset++) {
    if (offset <= up && fits(guess + offset, first, suffixFuzz)) return found(guess + offset);
    if (offset > 0 && offset <= down && fits(guess - offset, first, suffixFuzz)) return found(guess - offset);
  }
  return undefined;
}
