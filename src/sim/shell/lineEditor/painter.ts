import { charWidth } from '../../lib/charWidth.ts';
import { INVISIBLE_END, INVISIBLE_START } from '../expand/prompt.ts';

/** One screen cell's worth of output: what to write, and how wide it is. `plain` tells rows apart. */
interface Cell {
  readonly text: string;
  readonly width: number;
}

interface Frame {
  readonly rows: readonly (readonly Cell[])[];
  readonly row: number;
  readonly column: number;
}

/** Lays a prompt and a line out on rows of `columns` cells. */
function layout(prompt: string, text: string, point: number, columns: number): Frame {
  const rows: Cell[][] = [[]];
  let column = 0;
  let pending = '';
  let at = { row: 0, column: 0 };
  const put = (shown: string, width: number): void => {
    if (column + width > columns) {
      rows.push([]);
      column = 0;
    }
    rows[rows.length - 1].push({ text: pending + shown, width });
    pending = '';
    column += width;
  };
  let invisible = false;
  for (const c of prompt) {
    if (c === INVISIBLE_START) invisible = true;
    else if (c === INVISIBLE_END) invisible = false;
    else if (invisible) pending += c;
    else put(c, charWidth(c.codePointAt(0)!));
  }
  for (let i = 0; i <= text.length; ) {
    if (column >= columns) {
      rows.push([]);
      column = 0;
    }
    if (i === point) at = { row: rows.length - 1, column };
    if (i === text.length) break;
    const c = String.fromCodePoint(text.codePointAt(i)!);
    i += c.length;
    const code = c.charCodeAt(0);
    if (c === '\n') {
      rows.push([]);
      column = 0;
    } else if (c === '\t') {
      const width = 8 - (column % 8);
      for (let k = 0; k < width; k++) put(' ', 1);
    } else if (code < 32 || code === 127) {
      put('^', 1);
      put(code === 127 ? '?' : String.fromCharCode(code + 64), 1);
    } else put(c, charWidth(c.codePointAt(0)!));
  }
  if (pending && rows[rows.length - 1].length > 0) {
    const last = rows[rows.length - 1];
    last[last.length - 1] = { text: last[last.length - 1].text + pending, width: last[last.length - 1].width };
  }
  return { rows, ...at };
}

/** Keeps the screen in step with the line, writing only what changed. */
export class Painter {
  columns: number;
  #shown: Frame = { rows: [[]], row: 0, column: 0 };
  /** Where the terminal's cursor really is. */
  #row = 0;
  #column = 0;

  constructor(columns: number) {
    this.columns = columns;
  }

  /** Forgets what is on the screen: the cursor stands at the start of an empty row. */
  reset(): void {
    this.#shown = { rows: [[]], row: 0, column: 0 };
    this.#row = 0;
    this.#column = 0;
  }

  /** The bytes that bring the screen from what it shows to this. */
  paint(prompt: string, text: string, point: number): string {
    const next = layout(prompt, text, point, this.columns);
    let out = '';
    const count = Math.max(next.rows.length, this.#shown.rows.length);
    for (let r = 0; r < count; r++) out += this.#paintRow(r, this.#shown.rows[r], next.rows[r]);
    out += this.#move(next.row, next.column, next.rows.length);
    this.#shown = next;
    return out;
  }

  #paintRow(r: number, old: readonly Cell[] | undefined, fresh: readonly Cell[] | undefined): string {
    if (fresh === undefined) return old && old.length > 0 ? `${this.#move(r, 0, r + 1)}\x1b[K` : '';
    let same = 0;
    let column = 0;
    while (same < fresh.length && old && same < old.length && old[same].text === fresh[same].text) column += fresh[same++].width;
    if (old && same === fresh.length && same === old.length) return '';
    let out = this.#move(r, column, r + 1);
    for (const cell of fresh.slice(same)) {
      out += cell.text;
      column += cell.width;
    }
    const oldWidth = (old ?? []).reduce((n, cell) => n + cell.width, 0);
    if (oldWidth > column) out += '\x1b[K';
    if (column >= this.columns) {
      // The terminal waits at its edge: the next character goes to the next row by itself.
      // Cleared from column 1 on: clearing from the row's start would tell terminals that it is no continuation.
      out += ' \x1b[K\r\x1b[X';
      this.#row = r + 1;
      this.#column = 0;
      if (!this.#shown.rows[r + 1]) this.#shown = { ...this.#shown, rows: [...this.#shown.rows, []] };
      else this.#shown = { ...this.#shown, rows: this.#shown.rows.map((row, i) => (i === r + 1 ? [] : row)) };
      return out;
    }
    this.#row = r;
    this.#column = column;
    return out;
  }

  #move(row: number, column: number, rows: number): string {
    let out = '';
    if (row < this.#row) out += this.#row - row === 1 ? '\x1b[A' : `\x1b[${this.#row - row}A`;
    else if (row > this.#row) {
      const known = Math.max(this.#shown.rows.length, rows) - 1;
      const step = Math.min(row, this.#shown.rows.length - 1) - this.#row;
      if (step > 0) out += `\x1b[${step}B`;
      const below = row - this.#row - Math.max(0, step);
      if (below > 0 && known >= row) {
        out += '\r\n'.repeat(below);
        this.#column = 0;
      }
    }
    this.#row = row;
    if (column !== this.#column) {
      if (column === 0) out += '\r';
      else if (column < this.#column && this.#column - column <= 4) out += '\b'.repeat(this.#column - column);
      else if (column < this.#column) out += `\r\x1b[${column}C`;
      else out += column - this.#column === 1 ? '\x1b[C' : `\x1b[${column - this.#column}C`;
    }
    this.#column = column;
    return out;
  }

  /** Moves below the last row, as Enter does. */
  finish(): string {
    const out = `${this.#move(this.#shown.rows.length - 1, this.#column, this.#shown.rows.length)}\n`;
    this.reset();
    return out;
  }

  /** Clears the screen and begins at its top. */
  clear(): string {
    this.reset();
    return '\x1b[H\x1b[2J';
  }

  /** After the terminal changed its width and wrapped the rows anew: goes to where the prompt begins and clears from there. */
  resize(columns: number, prompt: string, text: string, point: number): string {
    this.columns = columns;
    const now = layout(prompt, text, point, columns);
    this.reset();
    return `${now.row > 0 ? `\x1b[${now.row}A` : ''}\r\x1b[J`;
  }
}
