import { textWidth } from '../../lib/charWidth.ts';

/** Candidates in columns, filled downwards, as readline lays them out. */
export function listColumns(items: readonly string[], columns: number): string {
  const width = Math.max(...items.map(textWidth)) + 2;
  let across = Math.max(1, Math.floor(columns / width));
  if (across !== 1 && across * width === columns) across--;
  const rows = Math.ceil(items.length / across);
  let out = '';
  for (let r = 0; r < rows; r++) {
    for (let i = r; i < items.length; i += rows)
      out += items[i] + ' '.repeat(i + rows < items.length || across > 1 ? width - textWidth(items[i]) : 0);
    out += '\r\n';
  }
  return out;
}
