/** nano's window: title bar, text, status line, two lines of keys. */
import type { Sim } from '../../kernel/sim.ts';
import { clip, expandLine } from '../editor/screen.ts';
import { type Session, VERSION } from './session.ts';

const HELP_ROWS: readonly (readonly (readonly [key: string, label: string])[])[] = [
  [
    ['^G', 'Help'],
    ['^O', 'Write Out'],
    ['^W', 'Where Is'],
    ['^K', 'Cut'],
    ['^C', 'Location'],
  ],
  [
    ['^X', 'Exit'],
    ['^R', 'Read File'],
    ['^\\', 'Replace'],
    ['^U', 'Paste'],
    ['^_', 'Go To Line'],
  ],
];

/** Paints the window; scrolls first so that the cursor is in it. */
export function* paint(nano: Session): Sim<void> {
  const { rows, columns } = nano.screen.size;
  const b = nano.buffer;
  const height = nano.textRows;
  if (b.row < nano.top) nano.top = Math.max(0, b.row - (height >> 1));
  if (b.row >= nano.top + height) nano.top = b.row - (height >> 1);
  const { cell } = expandLine(b.line, b.column);
  const left = cell < columns - 1 ? 0 : cell - (cell % Math.max(1, columns - 8)) - 4;
  const out = [title(nano, columns)];
  for (let i = 0; i < height; i++) {
    const line = b.lines[nano.top + i];
    const from = nano.top + i === b.row ? left : 0;
    out.push(line === undefined ? '' : clip(expandLine(line).text, from, columns));
  }
  let cursor = { row: 1 + b.row - nano.top, column: cell - left };
  if (nano.prompt) {
    const text = clip(nano.prompt.label + nano.prompt.text, 0, columns - 1);
    out.push(`\x1b[7m${text.padEnd(columns)}`);
    cursor = { row: out.length - 1, column: text.length };
  } else {
    const text = nano.status === '' ? '' : `[ ${nano.status} ]`;
    out.push(text === '' ? '' : `${' '.repeat(Math.max(0, (columns - text.length) >> 1))}\x1b[7m${clip(text, 0, columns)}`);
  }
  out.push(...(nano.prompt ? [keyRow(nano.prompt.keys, columns), ''] : HELP_ROWS.map((row) => keyRow(row, columns))));
  yield* nano.screen.paint(out.slice(0, rows), cursor);
}

function title(nano: Session, columns: number): string {
  const name = nano.path === '' ? 'New Buffer' : nano.path;
  const left = `  GNU nano ${VERSION}`;
  const right = nano.buffer.modified ? 'Modified ' : '';
  const middle = Math.max(left.length + 2, (columns - name.length) >> 1);
  return `\x1b[7m${clip(`${left.padEnd(middle)}${name}`.padEnd(columns - right.length) + right, 0, columns)}`;
}

function keyRow(keys: readonly (readonly [string, string])[], columns: number): string {
  const width = Math.max(8, Math.floor(columns / Math.max(5, keys.length)));
  return keys.map(([key, label]) => `\x1b[7m${key}\x1b[m${clip(` ${label}`.padEnd(width - key.length), 0, width - key.length)}`).join('');
}
