/** Words of a line: letters and digits, or other marks, or blanks. */

/** The column at which the word (or run of blanks) under `column` begins. */
export function wordStart(line: string, column: number): number {
  const kindOf = (c: string | undefined) => (c === undefined ? -1 : /\s/.test(c) ? 0 : /\w/.test(c) ? 1 : 2);
  let start = column;
  while (start > 0 && kindOf(line[start - 1]) === kindOf(line[column])) start--;
  return start;
}
