import type { IBufferCell, Terminal } from '@xterm/xterm';
import type { SavedScreen } from '../../state/early.ts';

/** The visible screen as runs of text with a style each; index.html shows it while a reload replays the session. */
export function saveScreen(term: Terminal): SavedScreen {
  const buffer = term.buffer.active;
  const rows: [string, string][][] = [];
  let cell: IBufferCell | undefined;
  for (let y = 0; y < term.rows; y++) {
    const line = buffer.getLine(buffer.baseY + y);
    const runs: [string, string][] = [];
    for (let x = 0; line && x < term.cols; x++) {
      cell = line.getCell(x, cell);
      if (!cell || cell.getWidth() === 0) continue;
      const style = `${cell.isBold() ? 'b' : ''}${cell.isFgPalette() && cell.getFgColor() < 16 ? ` f${cell.getFgColor()}` : ''}`.trim();
      const text = cell.getChars() || ' ';
      const last = runs.at(-1);
      if (last && last[1] === style) last[0] += text;
      else runs.push([text, style]);
    }
    const end = runs.at(-1);
    if (end && end[1] === '') end[0] = end[0].trimEnd();
    rows.push(runs.filter(([text]) => text !== ''));
  }
  while (rows.length > buffer.cursorY + 1 && rows.at(-1)!.length === 0) rows.pop();
  return { rows, cursor: [buffer.cursorY, buffer.cursorX] };
}
