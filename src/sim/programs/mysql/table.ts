/** The mysql client's output of rows: boxed on a terminal, tabs in a pipe, one field a line with \G. */
import type { Answer } from '../sql/select.ts';
import { isNumeric, valueText } from '../sql/values.ts';

const text = (value: Answer['rows'][number][number]): string => (value === null ? 'NULL' : valueText(value, 'mysql'));

export function boxed({ columns, rows }: Answer): string {
  const cells = rows.map((row) => row.map(text));
  const widths = columns.map((c, i) => Math.max(c.name.length, ...cells.map((row) => [...row[i]].length)));
  const rule = `+${widths.map((w) => '-'.repeat(w + 2)).join('+')}+\n`;
  const line = (words: readonly string[], numbers: boolean) =>
    `|${words.map((word, i) => (numbers && isNumeric(columns[i].type) ? ` ${word.padStart(widths[i])} ` : ` ${word}${' '.repeat(widths[i] - [...word].length)} `)).join('|')}|\n`;
  const head = line(
    columns.map((c) => c.name),
    false,
  );
  return rule + head + rule + cells.map((row) => line(row, true)).join('') + rule;
}

export function tabbed({ columns, rows }: Answer, heads: boolean): string {
  const escape = (word: string) => word.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n');
  return (
    (heads ? `${columns.map((c) => c.name).join('\t')}\n` : '') +
    rows.map((row) => `${row.map((v) => escape(text(v))).join('\t')}\n`).join('')
  );
}

export function vertical({ columns, rows }: Answer): string {
  const width = Math.max(0, ...columns.map((c) => c.name.length));
  const stars = '*'.repeat(27);
  return rows
    .map((row, n) => `${stars} ${n + 1}. row ${stars}\n${columns.map((c, i) => `${c.name.padStart(width)}: ${text(row[i])}\n`).join('')}`)
    .join('');
}
