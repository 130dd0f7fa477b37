/** Normal mode: counts, motions, operators with a motion, and the commands of one key. */
import type { Sim } from '../../kernel/sim.ts';
import type { Key } from '../editor/keys.ts';
import { askEx, executeEx } from './exMode.ts';
import { insertMode } from './insertMode.ts';
import { keyMotion, move } from './motionKeys.ts';
import { firstNonBlank } from './motions.ts';
import { cells, join, operate, put } from './operators.ts';
import { paint } from './painting.ts';
import type { Session } from './session.ts';
import { wordStart } from './words.ts';

/** Takes a command: its first key, and whatever keys belong to it. */
export function* normalKey(vi: Session, first: Key): Sim<void> {
  vi.say('');
  let key: Key | null = first;
  let digits = '';
  while (key && (/^[1-9]$/.test(key.name) || (digits !== '' && key.name === '0'))) {
    digits += key.name;
    vi.pending = digits;
    yield* paint(vi);
    key = yield* vi.next();
  }
  vi.pending = '';
  if (!key) return;
  const count = Number(digits === '' ? 0 : digits.slice(0, 6));
  if (/^[dcy<>]$/.test(key.name)) return yield* operatorKey(vi, key.name, count);
  if (yield* move(vi, key, count)) return;
  yield* act(vi, key.name, count);
}

/** An operator that waits for its motion or text object; doubled (dd) it means whole lines. */
function* operatorKey(vi: Session, operator: string, count: number): Sim<void> {
  vi.pending = operator;
  yield* paint(vi);
  let key = yield* vi.next();
  let digits = '';
  while (key && (/^[1-9]$/.test(key.name) || (digits !== '' && key.name === '0'))) {
    digits += key.name;
    key = yield* vi.next();
  }
  vi.pending = '';
  if (!key || key.name === 'Esc') return;
  const b = vi.buffer;
  const n = Math.max(1, count) * Number(digits === '' ? 1 : digits);
  const here = { row: b.row, column: b.column };
  if (key.name === operator)
    return yield* operate(vi, operator, here, { row: Math.min(b.row + n - 1, b.lines.length - 1), column: 0 }, true, false);
  if (key.name === 'i') return yield* innerWord(vi, operator);
  // "cw" changes to the end of the word, as vi always did.
  const name =
    operator === 'c' && (key.name === 'w' || key.name === 'W') && /\S/.test(b.line[b.column] ?? '')
      ? key.name === 'w'
        ? 'e'
        : 'E'
      : key.name;
  const target = yield* keyMotion(vi, { name }, n > 1 || count > 0 || digits !== '' ? n : 0);
  if (!target) return;
  // A word motion that ends on another line stops at the end of this one.
  if ((name === 'w' || name === 'W') && target.row > b.row)
    return yield* operate(vi, operator, here, { row: b.row, column: b.line.length }, false, false);
  yield* operate(vi, operator, here, target, target.linewise, target.inclusive);
}

/** iw, and what stands between quotes or brackets. */
function* innerWord(vi: Session, operator: string): Sim<void> {
  const object = yield* vi.next();
  const b = vi.buffer;
  if (object?.name === 'w') {
    const start = wordStart(b.line, b.column);
    const length = /^(\w+|\s+|[^\w\s]+)/.exec(b.line.slice(start))?.[0].length ?? 0;
    yield* operate(vi, operator, { row: b.row, column: start }, { row: b.row, column: start + length }, false, false);
  } else if (object && '"\'`([{'.includes(object.name)) {
    const close = { '(': ')', '[': ']', '{': '}' }[object.name] ?? object.name;
    const from = b.line.lastIndexOf(object.name, Math.max(0, b.column - (b.line[b.column] === close ? 1 : 0)));
    const to = b.line.indexOf(close, Math.max(from + 1, b.column));
    if (from >= 0 && to > from) yield* operate(vi, operator, { row: b.row, column: from + 1 }, { row: b.row, column: to }, false, false);
  }
}

/** Commands of one key. */
function* act(vi: Session, name: string, count: number): Sim<void> {
  const b = vi.buffer;
  const n = Math.max(1, count);
  switch (name) {
    case 'i':
    case 'Insert':
      b.checkpoint();
      return yield* insertMode(vi);
    case 'I':
      b.checkpoint();
      b.moveTo(b.row, firstNonBlank(b.line));
      return yield* insertMode(vi);
    case 'a':
      b.checkpoint();
      b.moveTo(b.row, b.column + 1);
      return yield* insertMode(vi);
    case 'A':
      b.checkpoint();
      b.moveTo(b.row, b.line.length);
      return yield* insertMode(vi);
    case 'o':
      b.checkpoint();
      b.moveTo(b.row, b.line.length);
      b.insert('\n');
      return yield* insertMode(vi);
    case 'O':
      b.checkpoint();
      b.replaceLines(b.row, b.row, ['']);
      b.moveTo(b.row, 0);
      return yield* insertMode(vi);
    case 'R':
      b.checkpoint();
      return yield* insertMode(vi, 'replace');
    case 'x':
    case 'Delete':
      return yield* cells(vi, 'd', n);
    case 'X':
      if (b.column > 0)
        yield* operate(vi, 'd', { row: b.row, column: Math.max(0, b.column - n) }, { row: b.row, column: b.column }, false, false);
      return;
    case 's':
      return yield* cells(vi, 'c', n);
    case 'D':
      return yield* operate(vi, 'd', { row: b.row, column: b.column }, { row: b.row, column: b.line.length }, false, false);
    case 'C':
      return yield* operate(vi, 'c', { row: b.row, column: b.column }, { row: b.row, column: b.line.length }, false, false);
    case 'S':
      return yield* operate(
        vi,
        'c',
        { row: b.row, column: 0 },
        { row: Math.min(b.row + n - 1, b.lines.length - 1), column: 0 },
        true,
        false,
      );
    case 'Y':
      return yield* operate(
        vi,
        'y',
        { row: b.row, column: b.column },
        { row: Math.min(b.row + n - 1, b.lines.length - 1), column: 0 },
        true,
        false,
      );
    case 'r': {
      const key = yield* vi.next();
      if (!key || key.name === 'Esc' || b.column + n > b.line.length) return;
      b.checkpoint();
      const text = key.name === 'Enter' ? '\n' : [...key.name].length === 1 ? key.name.repeat(n) : '';
      if (text === '') return;
      const column = b.column;
      b.remove({ row: b.row, column }, { row: b.row, column: column + n });
      b.insert(text);
      if (text !== '\n') b.moveTo(b.row, column + n - 1);
      return;
    }
    case '~': {
      const piece = b.line.slice(b.column, b.column + n);
      b.checkpoint();
      const swapped = [...piece].map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join('');
      b.remove({ row: b.row, column: b.column }, { row: b.row, column: b.column + piece.length });
      return b.insert(swapped);
    }
    case 'J':
      return join(vi, n);
    case 'p':
    case 'P':
      return put(vi, name === 'p', n);
    case 'u':
      return vi.say(b.undo() ? '1 change; before' : 'Already at oldest change');
    case 'Ctrl-R':
      return vi.say(b.redo() ? '1 change; after' : 'Already at newest change');
    case 'v':
      vi.mode = 'visual';
      vi.anchor = { row: b.row, column: b.column };
      return;
    case 'V':
      vi.mode = 'visual line';
      vi.anchor = { row: b.row, column: b.column };
      return;
    case '.':
      vi.replaying = [...vi.lastChange];
      if (vi.replaying.length > 0) {
        const key = yield* vi.next();
        if (key) yield* normalKey(vi, key);
      }
      return;
    case 'Z': {
      const key = yield* vi.next();
      if (key?.name === 'Z') yield* executeEx(vi, { kind: 'write', path: undefined, force: false, quit: true, onlyIfModified: true });
      if (key?.name === 'Q') vi.exit = 0;
      return;
    }
    case ':':
      return yield* askEx(vi, '');
    case 'Ctrl-L':
      return vi.screen.invalidate();
    case 'Ctrl-G':
      return vi.say(
        `"${vi.path ?? '[No Name]'}"${b.modified ? ' [Modified]' : ''} ${b.lines.length} lines --${Math.floor((100 * (b.row + 1)) / b.lines.length)}%--`,
      );
    case 'Ctrl-C':
      return vi.say('Type  :qa!  and press <Enter> to abandon all changes and exit Vim');
    case 'Ctrl-Z':
      return vi.say('Suspending is not simulated in vi; leave with :q');
    default:
  }
}
