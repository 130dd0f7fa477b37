import { isErrno } from '../kernel/errno.ts';
import type { Sim } from '../kernel/sim.ts';
import { getWindowSize } from '../kernel/syscalls.ts';
import { textWidth } from '../lib/charWidth.ts';
import { eachInput, readLines } from './lib/input.ts';
import { parseOptions } from './lib/options.ts';
import { type Tool, tool } from './lib/tool.ts';

const SPEC = {
  short: 'c:eJn:N:o:R:s:txLH:d',
  long: {
    'output-width': 'c:',
    json: 'J',
    'table-name': 'n:',
    'table-columns': 'N:',
    'output-separator': 'o:',
    'table-right': 'R:',
    separator: 's:',
    table: 't',
    fillrows: 'x',
    'keep-empty-lines': 'L',
    'table-hide': 'H:',
    'table-noheadings': 'd',
  },
  usage: '[options] [<file>...]',
  about: 'Lays lines out in columns.',
  version: 'util-linux) 2.41',
};

/** Lists in columns, and tables with -t. */
export function* column(t: Tool): Sim<void> {
  const o = yield* parseOptions(t, SPEC);
  const lines: string[] = [];
  yield* eachInput(t, o.operands, function* (fd) {
    lines.push(...(yield* readLines(fd)).lines);
  });
  const kept = o.has('L') ? lines : lines.filter((l) => l.trim() !== '');
  if (o.has('t') || o.has('J')) yield* table(t, kept, o);
  else yield* list(t, kept, Number(o.value('c') ?? (yield* terminalWidth())), o.has('x'));
}

function* terminalWidth(): Sim<number> {
  try {
    return (yield* getWindowSize(1)).columns || 80;
  } catch (error) {
    if (isErrno(error)) return 80;
    throw error;
  }
}

function* table(t: Tool, lines: readonly string[], o: { value(key: string): string | undefined; has(key: string): boolean }): Sim<void> {
  const separators = o.value('s');
  const split = (line: string): string[] => {
    if (separators === undefined) return line.trim().split(/[ \t]+/);
    const cells = [''];
    for (const c of line) {
      if (separators.includes(c)) cells.push('');
      else cells[cells.length - 1] += c;
    }
    return cells;
  };
  const names = o.value('N')?.split(',');
  const rows = lines.map(split);
  if (o.has('J')) {
    const keys = names ?? rows[0]?.map((_, i) => `column${i + 1}`) ?? [];
    const items = rows.map(
      (row) =>
        `      {\n${keys.map((k, i) => `         ${JSON.stringify(k.toLowerCase())}: ${row[i] === undefined ? 'null' : JSON.stringify(row[i])}`).join(',\n')}\n      }`,
    );
    yield* t.print(`{\n   "${o.value('n') ?? 'table'}": [\n${items.join(',')}\n   ]\n}\n`);
    return;
  }
  if (names !== undefined && !o.has('d')) rows.unshift(names);
  const glue = o.value('o') ?? '  ';
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, textWidth(cell));
  const right = new Set((o.value('R') ?? '').split(',').map((c) => ((names?.indexOf(c) ?? -1) >= 0 ? names!.indexOf(c) : Number(c) - 1)));
  for (const row of rows) {
    let out = '';
    for (let i = 0; i < widths.length; i++) {
      const cell = row[i] ?? '';
      const fill = ' '.repeat(Math.max(0, widths[i] - textWidth(cell)));
      const last = i === widths.length - 1;
      out += right.has(i) ? fill + cell : last ? cell : cell + fill;
      if (!last) out += glue;
    }
    yield* t.print(`${out}\n`);
  }
}

function* list(t: Tool, lines: readonly string[], width: number, rowsFirst: boolean): Sim<void> {
  const longest = Math.max(0, ...lines.map(textWidth));
  const cell = (Math.floor(longest / 8) + 1) * 8;
  const columns = Math.max(1, Math.floor(width / cell));
  const rows = Math.ceil(lines.length / columns);
  for (let r = 0; r < rows; r++) {
    let out = '';
    let at = 0;
    for (let c = 0; c < columns; c++) {
      const index = rowsFirst ? r * columns + c : c * rows + r;
      if (index >= lines.length) break;
      if (c > 0) {
        out += '\t'.repeat(Math.ceil((c * cell - at) / 8));
        at = c * cell;
      }
      out += lines[index];
      at += textWidth(lines[index]);
    }
    yield* t.print(`${out}\n`);
  }
}

export const program = tool('column', column);
