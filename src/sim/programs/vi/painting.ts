/** vi's window: lines of the buffer, tildes after its end, the selection in reverse, the bottom line. */
import type { Sim } from '../../kernel/sim.ts';
import type { Position } from '../editor/buffer.ts';
import { clip, expandLine } from '../editor/screen.ts';
import type { Mode, Session } from './session.ts';

const INTRO = [
  'VIM - Vi IMproved',
  '',
  'version 9.0',
  '',
  'type  :q<Enter>        to exit',
  'type  i                 to insert text, <Esc> to stop',
  'type  :w FILE<Enter>    to save',
];

/** Paints the window; scrolls first so that the cursor is in it. */
export function* paint(vi: Session): Sim<void> {
  const { columns } = vi.screen.size;
  const b = vi.buffer;
  const height = vi.height;
  if (b.row < vi.top) vi.top = b.row;
  if (b.row >= vi.top + height) vi.top = b.row - height + 1;
  const gutter = vi.numbers ? Math.max(3, String(b.lines.length).length) + 1 : 0;
  const width = columns - gutter;
  const { cell } = expandLine(b.line, b.column);
  const left = cell < width ? 0 : cell - (width >> 1);
  const rows: string[] = [];
  for (let i = 0; i < height; i++) {
    const row = vi.top + i;
    const text = b.lines[row];
    if (text === undefined) rows.push('\x1b[34m~\x1b[m');
    else rows.push((gutter > 0 ? `\x1b[33m${String(row + 1).padStart(gutter - 1)} \x1b[m` : '') + marked(vi, row, text, left, width));
  }
  if (vi.path === undefined && b.empty && !b.modified && vi.mode === 'normal') {
    INTRO.forEach((text, i) => {
      const row = (height >> 1) - (INTRO.length >> 1) + i;
      if (row > 0 && row < height && text !== '')
        rows[row] = `\x1b[34m~\x1b[m${clip(' '.repeat(Math.max(0, ((columns - text.length) >> 1) - 1)) + text, 0, columns - 1)}`;
    });
  }
  rows.push(bottomLine(vi, columns));
  const cursor =
    vi.commandLine !== undefined
      ? { row: height, column: Math.min(columns - 1, vi.commandLine.length) }
      : { row: b.row - vi.top, column: Math.min(columns - 1, gutter + cell - left) };
  yield* vi.screen.paint(rows, cursor);
}

/** A line's cells with the visual selection in reverse. */
function marked(vi: Session, row: number, text: string, left: number, width: number): string {
  const from = row === vi.buffer.row ? left : 0;
  if (vi.mode !== 'visual' && vi.mode !== 'visual line') return clip(expandLine(text).text, from, width);
  const here: Position = { row: vi.buffer.row, column: vi.buffer.column };
  const [a, z] =
    vi.anchor.row < here.row || (vi.anchor.row === here.row && vi.anchor.column <= here.column) ? [vi.anchor, here] : [here, vi.anchor];
  if (row < a.row || row > z.row) return clip(expandLine(text).text, from, width);
  const whole = vi.mode === 'visual line';
  const start = whole || row > a.row ? 0 : expandLine(text, a.column).cell;
  const full = expandLine(text).text;
  const end = whole || row < z.row ? full.length + 1 : expandLine(text, Math.min(text.length, z.column + 1)).cell;
  const padded = full.padEnd(Math.min(width, end));
  return `${clip(padded, from, start - from)}\x1b[7m${clip(padded, Math.max(from, start), Math.max(0, Math.min(end, from + width) - Math.max(from, start)))}\x1b[m${clip(padded, Math.max(from, end), Math.max(0, from + width - end))}`;
}

function bottomLine(vi: Session, columns: number): string {
  if (vi.commandLine !== undefined) return clip(vi.commandLine, Math.max(0, vi.commandLine.length - columns + 1), columns - 1);
  const modes: Partial<Record<Mode, string>> = {
    insert: '-- INSERT --',
    replace: '-- REPLACE --',
    visual: '-- VISUAL --',
    'visual line': '-- VISUAL LINE --',
  };
  const text = modes[vi.mode] ?? vi.message;
  const b = vi.buffer;
  const whole =
    b.lines.length <= vi.height
      ? 'All'
      : vi.top === 0
        ? 'Top'
        : vi.top + vi.height >= b.lines.length
          ? 'Bot'
          : `${Math.floor((100 * vi.top) / (b.lines.length - vi.height))}%`;
  const ruler = `${`${b.row + 1},${b.empty && b.line === '' ? '0-1' : b.column + 1}`.padEnd(13)} ${whole}`;
  const room = columns - 18;
  const left = clip(text, 0, Math.max(0, room - 12)).padEnd(Math.max(0, room - 11));
  const shown = modes[vi.mode]
    ? `\x1b[1m${left}\x1b[m`
    : vi.messageIsError && text !== ''
      ? `\x1b[37;41m${left.trimEnd()}\x1b[m${' '.repeat(left.length - left.trimEnd().length)}`
      : left;
  return columns < 40 ? shown : `${shown}${vi.pending.padEnd(11)}${ruler}`;
}
