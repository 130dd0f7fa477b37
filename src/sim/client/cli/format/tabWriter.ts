/** Columns as Go's text/tabwriter lays them out: a cell ends with a tab; a column is a run of lines that have that cell. */
export interface TabLayout {
  readonly minWidth: number;
  readonly padding: number;
}

/** The layout of docker's tables. */
const TABLE: TabLayout = { minWidth: 10, padding: 3 };

export function tabulate(text: string, layout: TabLayout = TABLE): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const widths: number[][] = lines.map(() => []);
  const format = (first: number, last: number, column: number): void => {
    for (let i = first; i < last; i++) {
      if (column >= lines[i].length - 1) continue;
      // All following lines that have a cell here are one block.
      let end = i;
      let width = layout.minWidth;
      while (end < last && column < lines[end].length - 1) {
        width = Math.max(width, [...lines[end][column]].length + layout.padding);
        end++;
      }
      for (let k = i; k < end; k++) widths[k][column] = width;
      format(i, end, column + 1);
      i = end - 1;
    }
  };
  format(0, lines.length, 0);
  return lines
    .map((cells, i) =>
      cells.map((cell, c) => (widths[i][c] === undefined ? cell : cell + ' '.repeat(widths[i][c] - [...cell].length))).join(''),
    )
    .join('\n');
}
