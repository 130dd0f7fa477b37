/** psql's output of rows: aligned, unaligned, expanded. */
import type { Answer } from '../sql/select.ts';
import { isNumeric, valueText } from '../sql/values.ts';

export interface TableStyle {
  readonly aligned: boolean;
  readonly tuplesOnly: boolean;
  readonly expanded: boolean;
  readonly separator: string;
  /** Stands over the table: 'List of relations'. */
  readonly title?: string;
  /** Without '(1 row)'. */
  readonly noFooter?: boolean;
}

export function renderTable(answer: Answer, style: TableStyle): string {
  const heads = answer.columns.map((c) => c.name);
  const rows = answer.rows.map((row) => row.map((value) => (value === null ? '' : valueText(value, 'postgres'))));
  const footer = style.tuplesOnly || style.noFooter ? '' : `(${rows.length} row${rows.length === 1 ? '' : 's'})\n`;
  if (!style.aligned) {
    const lines = [...(style.tuplesOnly ? [] : [heads]), ...rows].map((row) => `${row.join(style.separator)}\n`);
    return lines.join('') + footer;
  }
  if (style.expanded) return expanded(heads, rows);
  const width = (text: string) => Math.max(...text.split('\n').map((line) => [...line].length));
  const widths = heads.map((head, i) => Math.max(style.tuplesOnly ? 0 : width(head), ...rows.map((row) => width(row[i]))));
  let out = '';
  if (!style.tuplesOnly) {
    const total = widths.reduce((sum, w) => sum + w + 3, -1);
    if (style.title !== undefined) out += `${centred(style.title, total).trimEnd()}\n`;
    out += `${heads.map((head, i) => ` ${centred(head, widths[i])} `).join('|')}\n`;
    out += `${widths.map((w) => '-'.repeat(w + 2)).join('+')}\n`;
  }
  for (const row of rows) {
    const cells = row.map((text) => text.split('\n'));
    const height = Math.max(...cells.map((lines) => lines.length));
    for (let k = 0; k < height; k++)
      out += `${cells.map((lines, i) => cell(lines, k, widths[i], isNumeric(answer.columns[i].type), i === row.length - 1)).join('|')}\n`;
  }
  return `${out}${footer}${style.noFooter ? '' : '\n'}`;
}

/** Line `k` of a cell; '+' says that it goes on below. */
function cell(lines: readonly string[], k: number, width: number, right: boolean, last: boolean): string {
  const text = lines[k] ?? '';
  const more = k < lines.length - 1;
  const gap = ' '.repeat(Math.max(0, width - [...text].length));
  if (right) return ` ${gap}${text}${last ? '' : ' '}`;
  return ` ${text}${last && !more ? '' : gap}${more ? '+' : last ? '' : ' '}`;
}

function centred(text: string, width: number): string {
  const gap = Math.max(0, width - [...text].length);
  const left = Math.floor(gap / 2);
  return ' '.repeat(left) + text + ' '.repeat(gap - left);
}

function expanded(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = Math.max(...heads.map((h) => h.length), 0);
  const body = Math.max(0, ...rows.flat().map((text) => text.length));
  const blocks = rows.map((row, n) => {
    const label = `-[ RECORD ${n + 1} ]`;
    const line = label.padEnd(head + 1, '-');
    const rule = line.length > head + 1 ? line.padEnd(head + body + 3, '-') : `${line}+${'-'.repeat(body + 1)}`;
    return `${rule}\n${heads.map((h, i) => `${h.padEnd(head)} | ${row[i]}\n`).join('')}`;
  });
  return rows.length === 0 ? '(0 rows)\n\n' : `${blocks.join('')}\n`;
}
