/** GNU nano: what its keys do. */
import type { Sim } from '../../kernel/sim.ts';
import { makeRaw, sigaction, tcsetattr } from '../../kernel/syscalls.ts';
import { ask } from './ask.ts';
import { cutLine, pasteCut } from './cutting.ts';
import { insertFile, mayLeave, openFile, save, writeOut } from './files.ts';
import { paint } from './painting.ts';
import { findNext, replace, whereIs } from './search.ts';
import { Session } from './session.ts';

/** Edits a file on the tty until it is left; gives the exit status. */
export function* runNano(path: string): Sim<number> {
  const nano = new Session(path);
  const before = yield* makeRaw(0);
  try {
    yield* sigaction('SIGWINCH', () => resized(nano));
    yield* nano.screen.open();
    yield* openFile(nano);
    for (;;) {
      yield* paint(nano);
      const key = yield* nano.keys.next();
      if (!key) return 1;
      nano.status = '';
      if (key.name === 'Ctrl-X') {
        if (yield* mayLeave(nano)) return 0;
      } else {
        yield* press(nano, key.name, key.text);
      }
    }
  } finally {
    yield* nano.screen.close();
    yield* tcsetattr(0, before);
  }
}

function* resized(nano: Session): Sim<void> {
  if (yield* nano.screen.measure()) yield* paint(nano);
}

function* press(nano: Session, name: string, paste: string | undefined): Sim<void> {
  const b = nano.buffer;
  const page = Math.max(1, nano.textRows - 2);
  const cutBefore = nano.lastWasCut;
  nano.lastWasCut = false;
  switch (name) {
    case 'Up':
    case 'Ctrl-P':
      b.moveTo(b.row - 1, b.column);
      break;
    case 'Down':
    case 'Ctrl-N':
      b.moveTo(b.row + 1, b.column);
      break;
    case 'Left':
    case 'Ctrl-B':
      b.column > 0 ? b.moveTo(b.row, b.column - 1) : b.row > 0 && b.moveTo(b.row - 1, Number.MAX_SAFE_INTEGER);
      break;
    case 'Right':
    case 'Ctrl-F':
      b.column < b.line.length ? b.moveTo(b.row, b.column + 1) : b.row + 1 < b.lines.length && b.moveTo(b.row + 1, 0);
      break;
    case 'Home':
    case 'Ctrl-A':
      b.moveTo(b.row, 0);
      break;
    case 'End':
    case 'Ctrl-E':
      b.moveTo(b.row, b.line.length);
      break;
    case 'PageUp':
    case 'Ctrl-Y':
      b.moveTo(b.row - page, b.column);
      break;
    case 'PageDown':
    case 'Ctrl-V':
      b.moveTo(b.row + page, b.column);
      break;
    case 'Alt-\\':
      b.moveTo(0, 0);
      break;
    case 'Alt-/':
      b.moveTo(b.lines.length - 1, Number.MAX_SAFE_INTEGER);
      break;
    case 'Enter':
      b.checkpoint();
      b.insert('\n');
      break;
    case 'Tab':
      b.checkpoint();
      b.insert('\t');
      break;
    case 'Paste':
      b.checkpoint();
      b.insert(paste ?? '');
      break;
    case 'Backspace':
    case 'Ctrl-H':
      erase(nano, -1);
      break;
    case 'Delete':
    case 'Ctrl-D':
      erase(nano, 1);
      break;
    case 'Ctrl-K':
      cutLine(nano, cutBefore);
      break;
    case 'Ctrl-U':
      pasteCut(nano);
      break;
    case 'Alt-u':
      nano.status = b.undo() ? 'Undid edit' : 'Nothing to undo';
      break;
    case 'Alt-e':
      nano.status = b.redo() ? 'Redid edit' : 'Nothing to redo';
      break;
    case 'Ctrl-O':
      yield* writeOut(nano);
      break;
    case 'Ctrl-S':
      yield* save(nano, nano.path);
      break;
    case 'Ctrl-W':
      yield* whereIs(nano);
      break;
    case 'Alt-w':
      findNext(nano);
      break;
    case 'Ctrl-\\':
      yield* replace(nano);
      break;
    case 'Ctrl-_':
      yield* goToLine(nano);
      break;
    case 'Ctrl-R':
      yield* insertFile(nano);
      break;
    case 'Ctrl-C':
      location(nano);
      break;
    case 'Ctrl-G':
      nano.status = 'The keys below are the help: ^ is Ctrl, M- is Alt';
      break;
    case 'Ctrl-L':
      nano.screen.invalidate();
      break;
    default:
      if (name.length <= 2 && name.codePointAt(0)! >= 0x20 && [...name].length === 1) {
        b.checkpoint();
        b.insert(name);
      } else {
        nano.status = 'Unbound key';
      }
  }
}

function erase(nano: Session, direction: -1 | 1): void {
  const b = nano.buffer;
  const here = { row: b.row, column: b.column };
  b.checkpoint();
  if (direction < 0) {
    if (b.column > 0) b.remove({ row: b.row, column: b.column - 1 }, here);
    else if (b.row > 0) b.remove({ row: b.row - 1, column: b.lines[b.row - 1].length }, here);
  } else if (b.column < b.line.length) b.remove(here, { row: b.row, column: b.column + 1 });
  else if (b.row + 1 < b.lines.length) b.remove(here, { row: b.row + 1, column: 0 });
}

/** ^C: where the cursor is. */
function location(nano: Session): void {
  const b = nano.buffer;
  const total = b.lines.reduce((sum, line) => sum + line.length + 1, 0) - (b.endsWithNewline ? 0 : 1);
  const at = b.lines.slice(0, b.row).reduce((sum, line) => sum + line.length + 1, 0) + b.column;
  const percent = (part: number, whole: number) => `${Math.floor((100 * part) / Math.max(1, whole))}%`;
  const row = b.row + 1;
  const column = b.column + 1;
  nano.status = `line ${row}/${b.lines.length} (${percent(row, b.lines.length)}), col ${column}/${b.line.length + 1} (${percent(column, b.line.length + 1)}), char ${at}/${total} (${percent(at, total)})`;
}

function* goToLine(nano: Session): Sim<void> {
  const text = yield* ask(nano, 'Enter line number, column number: ');
  if (text === null) return;
  const match = /^\s*(\d+)?\s*(?:[,. ]\s*(\d+))?\s*$/.exec(text);
  if (!match || text.trim() === '') nano.status = 'Invalid line or column number';
  else nano.buffer.moveTo(match[1] ? Number(match[1]) - 1 : nano.buffer.row, match[2] ? Number(match[2]) - 1 : 0);
}
