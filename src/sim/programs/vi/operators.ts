/** What is done to a range of text: delete, change, yank, shift; and put, which brings back what they took. */
import type { Sim } from '../../kernel/sim.ts';
import type { Position } from '../editor/buffer.ts';
import { insertMode } from './insertMode.ts';
import { firstNonBlank } from './motions.ts';
import type { Session } from './session.ts';

/** Carries out d, c, y, < or > on a range in either order. */
export function* operate(vi: Session, operator: string, a: Position, z: Position, linewise: boolean, inclusive: boolean): Sim<void> {
  const b = vi.buffer;
  const [from, end] = a.row < z.row || (a.row === z.row && a.column <= z.column) ? [a, z] : [z, a];
  const to = inclusive && !linewise ? { row: end.row, column: end.column + 1 } : end;
  const text = linewise
    ? b.lines.slice(from.row, to.row + 1).join('\n')
    : b.textBetween(from, { row: to.row, column: Math.min(to.column, b.lines[to.row].length) });
  if (operator === '<' || operator === '>') {
    b.checkpoint();
    b.replaceLines(
      from.row,
      to.row + 1,
      b.lines.slice(from.row, to.row + 1).map((l) => (operator === '>' ? (l === '' ? '' : `\t${l}`) : l.replace(/^(\t| {1,8})/, ''))),
    );
    b.moveTo(from.row, firstNonBlank(b.lines[from.row]));
    return;
  }
  vi.register = { text, linewise };
  const count = to.row - from.row + 1;
  if (operator === 'y') {
    b.moveTo(from.row, linewise ? (a.row <= z.row ? a.column : from.column) : from.column);
    if (linewise && count > 2) vi.say(`${count} lines yanked`);
    return;
  }
  b.checkpoint();
  if (linewise && operator === 'd') {
    b.replaceLines(from.row, to.row + 1, []);
    b.moveTo(from.row, 0);
    b.moveTo(b.row, firstNonBlank(b.line));
    if (count > 2) vi.say(`${count} fewer lines`);
  } else if (linewise) {
    b.replaceLines(from.row, to.row + 1, ['']);
    b.moveTo(from.row, 0);
  } else {
    b.remove(from, { row: to.row, column: Math.min(to.column, b.lines[to.row].length) });
  }
  if (operator === 'c') yield* insertMode(vi);
}

/** Carries out an operator on `n` characters from the cursor on. */
export function* cells(vi: Session, operator: string, n: number): Sim<void> {
  const b = vi.buffer;
  if (b.line === '' && operator === 'd') return;
  yield* operate(
    vi,
    operator,
    { row: b.row, column: b.column },
    { row: b.row, column: Math.min(b.line.length, b.column + n) },
    false,
    false,
  );
}

/** Puts the register after or before the cursor, `n` times. */
export function put(vi: Session, after: boolean, n: number): void {
  const b = vi.buffer;
  const { text, linewise } = vi.register;
  if (text === '' && !linewise) return;
  b.checkpoint();
  if (linewise) {
    const row = after ? b.row + 1 : b.row;
    const lines = text.split('\n');
    b.replaceLines(row, row, Array.from({ length: n }, () => lines).flat());
    b.moveTo(row, firstNonBlank(lines[0]));
  } else {
    if (after && b.line !== '') b.moveTo(b.row, b.column + 1);
    b.insert(text.repeat(n));
    b.moveTo(b.row, b.column - 1);
  }
}

/** J: makes one line of `n` (at least two). */
export function join(vi: Session, n: number): void {
  const b = vi.buffer;
  b.checkpoint();
  for (let i = 0; i < Math.max(1, n - 1) && b.row + 1 < b.lines.length; i++) {
    const next = b.lines[b.row + 1].trimStart();
    const left = b.line.trimEnd();
    const column = left.length;
    b.replaceLines(b.row, b.row + 2, [next === '' ? left : `${left}${left === '' ? '' : ' '}${next}`]);
    b.moveTo(b.row, column);
  }
}
