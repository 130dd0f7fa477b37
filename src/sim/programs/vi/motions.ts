/** Where vi's motions lead. Each is a plain function from buffer and count to a position. */
import type { Position, TextBuffer } from '../editor/buffer.ts';

export interface Motion extends Position {
  /** Whole lines are meant (dd, j, G). */
  readonly linewise: boolean;
  /** The character under the end belongs to the range (e, f, $). */
  readonly inclusive: boolean;
}

const at = (row: number, column: number, inclusive = false): Motion => ({ row, column, linewise: false, inclusive });
const line = (row: number, column: number): Motion => ({ row, column, linewise: true, inclusive: true });

export const firstNonBlank = (text: string): number => Math.max(0, text.search(/\S|$/));

/** The motion of a key, or undefined if the key is none. `count` 0 means that none was typed. */
export function motion(key: string, b: TextBuffer, count: number, argument = ''): Motion | undefined {
  const n = Math.max(1, count);
  const last = b.lines.length - 1;
  const row = (r: number) => Math.max(0, Math.min(r, last));
  switch (key) {
    case 'h':
    case 'Left':
    case 'Backspace':
      return at(b.row, Math.max(0, b.column - n));
    case 'l':
    case 'Right':
    case ' ':
      return at(b.row, Math.min(b.line.length, b.column + n));
    case 'j':
    case 'Down':
    case 'Ctrl-N':
    case 'Ctrl-J':
      return line(row(b.row + n), b.column);
    case 'k':
    case 'Up':
    case 'Ctrl-P':
      return line(row(b.row - n), b.column);
    case '+':
    case 'Enter':
      return line(row(b.row + n), firstNonBlank(b.lines[row(b.row + n)]));
    case '-':
      return line(row(b.row - n), firstNonBlank(b.lines[row(b.row - n)]));
    case '0':
    case 'Home':
      return at(b.row, 0);
    case '^':
      return at(b.row, firstNonBlank(b.line));
    case '$':
    case 'End':
      return at(row(b.row + n - 1), Math.max(0, b.lines[row(b.row + n - 1)].length - 1), true);
    case 'G':
      return line(count === 0 ? last : row(count - 1), firstNonBlank(b.lines[count === 0 ? last : row(count - 1)]));
    case 'gg':
      return line(row(n - 1), firstNonBlank(b.lines[row(n - 1)]));
    case 'w':
    case 'W':
      return repeat(b, n, (p) => nextWord(b.lines, p, key === 'W'));
    case 'e':
    case 'E':
      return { ...repeat(b, n, (p) => endOfWord(b.lines, p, key === 'E')), inclusive: true };
    case 'b':
    case 'B':
      return repeat(b, n, (p) => previousWord(b.lines, p, key === 'B'));
    case '{':
      return line(paragraph(b, -1, n), 0);
    case '}':
      return line(paragraph(b, 1, n), 0);
    case 'f':
    case 't':
    case 'F':
    case 'T':
      return findChar(b, key, argument, n);
    case '%':
      return bracket(b);
    default:
      return undefined;
  }
}

function repeat(b: TextBuffer, n: number, step: (p: Position) => Position): Motion {
  let p: Position = { row: b.row, column: b.column };
  for (let i = 0; i < n; i++) p = step(p);
  return at(p.row, p.column);
}

/** 0 blank, 1 word character, 2 other. A big WORD knows blanks only. */
function kind(char: string | undefined, big: boolean): number {
  if (char === undefined || /\s/.test(char)) return 0;
  return big || /[\p{L}\p{N}_]/u.test(char) ? 1 : 2;
}

function nextWord(lines: readonly string[], from: Position, big: boolean): Position {
  let { row, column } = from;
  const start = kind(lines[row][column], big);
  while (start !== 0 && kind(lines[row][column], big) === start) column++;
  for (;;) {
    while (column < lines[row].length && kind(lines[row][column], big) === 0) column++;
    if (column < lines[row].length) return { row, column };
    if (row === lines.length - 1) return { row, column: lines[row].length };
    row++;
    column = 0;
    if (lines[row] === '') return { row, column };
  }
}

function endOfWord(lines: readonly string[], from: Position, big: boolean): Position {
  let { row, column } = from;
  column++;
  for (;;) {
    while (column < lines[row].length && kind(lines[row][column], big) === 0) column++;
    if (column < lines[row].length) break;
    if (row === lines.length - 1) return { row, column: Math.max(0, lines[row].length - 1) };
    row++;
    column = 0;
  }
  const word = kind(lines[row][column], big);
  while (kind(lines[row][column + 1], big) === word) column++;
  return { row, column };
}

function previousWord(lines: readonly string[], from: Position, big: boolean): Position {
  let { row, column } = from;
  column--;
  for (;;) {
    while (column >= 0 && kind(lines[row][column], big) === 0) column--;
    if (column >= 0) break;
    if (row === 0) return { row: 0, column: 0 };
    row--;
    column = lines[row].length - 1;
    if (lines[row] === '') return { row, column: 0 };
  }
  const word = kind(lines[row][column], big);
  while (column > 0 && kind(lines[row][column - 1], big) === word) column--;
  return { row, column };
}

function paragraph(b: TextBuffer, direction: -1 | 1, n: number): number {
  let row = b.row;
  for (let i = 0; i < n; i++) {
    row += direction;
    while (row > 0 && row < b.lines.length - 1 && b.lines[row] !== '') row += direction;
  }
  return Math.max(0, Math.min(row, b.lines.length - 1));
}

function findChar(b: TextBuffer, key: string, char: string, n: number): Motion | undefined {
  const forward = key === 'f' || key === 't';
  let column = b.column;
  for (let i = 0; i < n; i++) {
    column = forward ? b.line.indexOf(char, column + 1) : column === 0 ? -1 : b.line.lastIndexOf(char, column - 1);
    if (column < 0) return undefined;
  }
  if (key === 't') column--;
  if (key === 'T') column++;
  return at(b.row, column, forward);
}

const PAIRS: Readonly<Record<string, readonly [other: string, direction: 1 | -1]>> = {
  '(': [')', 1],
  '[': [']', 1],
  '{': ['}', 1],
  ')': ['(', -1],
  ']': ['[', -1],
  '}': ['{', -1],
};

function bracket(b: TextBuffer): Motion | undefined {
  const offset = b.line.slice(b.column).search(/[()[\]{}]/);
  if (offset < 0) return undefined;
  const open = b.line[b.column + offset];
  const [other, direction] = PAIRS[open];
  let depth = 0;
  for (let row = b.row, column = b.column + offset; row >= 0 && row < b.lines.length; ) {
    const char = b.lines[row][column];
    if (char === open) depth++;
    if (char === other && --depth === 0) return at(row, column, true);
    column += direction;
    if (column < 0 || column >= b.lines[row].length) {
      row += direction;
      column = direction > 0 ? 0 : (b.lines[row]?.length ?? 1) - 1;
    }
  }
  return undefined;
}
