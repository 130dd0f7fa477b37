/** What each kind of change costs. */
export interface EditCosts {
  readonly swap: number;
  readonly replace: number;
  readonly insert: number;
  readonly remove: number;
}

/** Damerau-Levenshtein distance with costs, as git's levenshtein(): what it takes to make `to` of `from`. */
export function distance(from: string, to: string, costs: EditCosts): number {
  let before: number[] = [];
  let last: number[] = Array.from({ length: to.length + 1 }, (_, j) => j * costs.insert);
  for (let i = 0; i < from.length; i++) {
    const row = [(i + 1) * costs.remove];
    for (let j = 0; j < to.length; j++) {
      let cost = last[j] + (from[i] === to[j] ? 0 : costs.replace);
      if (i > 0 && j > 0 && from[i - 1] === to[j] && from[i] === to[j - 1]) cost = Math.min(cost, before[j - 1] + costs.swap);
      row.push(Math.min(cost, last[j + 1] + costs.remove, row[j] + costs.insert));
    }
    before = last;
    last = row;
  }
  return last[to.length];
}
