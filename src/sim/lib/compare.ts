/** Order by UTF-16 code unit, the same in every engine and locale; what `localeCompare` is not. */
export function compareStrings(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
