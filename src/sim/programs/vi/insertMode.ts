/** Insert and replace mode: keys go into the text until Esc. */
import type { Sim } from '../../kernel/sim.ts';
import { paint } from './painting.ts';
import type { Session } from './session.ts';

/** Takes keys into the text until Esc; the cursor then steps back onto a character. */
export function* insertMode(vi: Session, mode: 'insert' | 'replace' = 'insert'): Sim<void> {
  const b = vi.buffer;
  vi.mode = mode;
  for (;;) {
    if (vi.replaying.length === 0) yield* paint(vi);
    const key = yield* vi.next();
    if (!key || key.name === 'Esc' || key.name === 'Ctrl-C') break;
    const here = { row: b.row, column: b.column };
    switch (key.name) {
      case 'Enter':
      case 'Ctrl-J':
        b.insert('\n');
        break;
      case 'Tab':
        b.insert('\t');
        break;
      case 'Paste':
        b.insert(key.text ?? '');
        break;
      case 'Backspace':
      case 'Ctrl-H':
        if (b.column > 0) b.remove({ row: b.row, column: b.column - 1 }, here);
        else if (b.row > 0) b.remove({ row: b.row - 1, column: b.lines[b.row - 1].length }, here);
        break;
      case 'Ctrl-W':
        b.remove({ row: b.row, column: b.line.slice(0, b.column).replace(/(\w+|[^\w\s]+)?\s*$/, '').length }, here);
        break;
      case 'Ctrl-U':
        b.remove({ row: b.row, column: 0 }, here);
        break;
      case 'Delete':
        if (b.column < b.line.length) b.remove(here, { row: b.row, column: b.column + 1 });
        break;
      case 'Up':
        b.moveTo(b.row - 1, b.column);
        break;
      case 'Down':
        b.moveTo(b.row + 1, b.column);
        break;
      case 'Left':
        b.moveTo(b.row, b.column - 1);
        break;
      case 'Right':
        b.moveTo(b.row, b.column + 1);
        break;
      case 'Home':
        b.moveTo(b.row, 0);
        break;
      case 'End':
        b.moveTo(b.row, b.line.length);
        break;
      default:
        if ([...key.name].length !== 1) break;
        if (mode === 'replace' && b.column < b.line.length) b.remove(here, { row: b.row, column: b.column + 1 });
        b.insert(key.name);
    }
  }
  vi.mode = 'normal';
  b.moveTo(b.row, Math.max(0, b.column - 1));
  vi.wantedColumn = b.column;
}
