import type { Pattern } from '../../lib/regex/pattern.ts';

/** The text being edited: lines, a cursor, undo. Rows and columns count from 0; columns are UTF-16 units. */
export interface Position {
  readonly row: number;
  readonly column: number;
}

interface Snapshot {
  readonly lines: readonly string[];
  readonly row: number;
  readonly column: number;
}

const UNDO_MAX = 500;

export class TextBuffer {
  #lines: readonly string[];
  row = 0;
  column = 0;
  #saved: readonly string[];
  /** The file's last line ends with a newline (or the file is empty). */
  endsWithNewline: boolean;
  readonly #undo: Snapshot[] = [];
  readonly #redo: Snapshot[] = [];

  constructor(text: string) {
    this.endsWithNewline = text === '' || text.endsWith('\n');
    this.#lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
    this.#saved = this.#lines;
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  get line(): string {
    return this.#lines[this.row];
  }

  get modified(): boolean {
    return this.#lines !== this.#saved;
  }

  /** True when it holds nothing at all, which is saved as an empty file. */
  get empty(): boolean {
    return this.#lines.length === 1 && this.#lines[0] === '';
  }

  /** What is written to the file. */
  toText(): string {
    return this.empty ? '' : this.#lines.join('\n') + (this.endsWithNewline ? '\n' : '');
  }

  markSaved(): void {
    this.#saved = this.#lines;
  }

  moveTo(row: number, column: number): void {
    this.row = Math.max(0, Math.min(row, this.#lines.length - 1));
    this.column = Math.max(0, Math.min(column, this.line.length));
  }

  /** Remembers the present state; one undo goes back to here. */
  checkpoint(): void {
    this.#undo.push({ lines: this.#lines, row: this.row, column: this.column });
    if (this.#undo.length > UNDO_MAX) this.#undo.shift();
    this.#redo.length = 0;
  }

  undo(): boolean {
    return this.#swap(this.#undo, this.#redo);
  }

  redo(): boolean {
    return this.#swap(this.#redo, this.#undo);
  }

  #swap(from: Snapshot[], to: Snapshot[]): boolean {
    while (from.length > 0 && from[from.length - 1].lines === this.#lines) from.pop();
    const state = from.pop();
    if (!state) return false;
    to.push({ lines: this.#lines, row: this.row, column: this.column });
    this.#lines = state.lines;
    this.moveTo(state.row, state.column);
    return true;
  }

  /** Puts text in at the cursor, which then stands behind it. */
  insert(text: string): void {
    const before = this.line.slice(0, this.column);
    const after = this.line.slice(this.column);
    const parts = text.split('\n');
    const last = parts.length - 1;
    const lines = parts.map((part, i) => (i === 0 ? before : '') + part + (i === last ? after : ''));
    this.replaceLines(this.row, this.row + 1, lines);
    this.moveTo(this.row + last, last === 0 ? before.length + text.length : parts[last].length);
  }

  /** Takes out what lies between two positions (end excluded) and answers with it. The cursor goes to the start. */
  remove(a: Position, b: Position): string {
    const [from, to] = a.row < b.row || (a.row === b.row && a.column <= b.column) ? [a, b] : [b, a];
    const text = this.textBetween(from, to);
    this.replaceLines(from.row, to.row + 1, [this.#lines[from.row].slice(0, from.column) + this.#lines[to.row].slice(to.column)]);
    this.moveTo(from.row, from.column);
    return text;
  }

  textBetween(from: Position, to: Position): string {
    if (from.row === to.row) return this.#lines[from.row].slice(from.column, to.column);
    return [
      this.#lines[from.row].slice(from.column),
      ...this.#lines.slice(from.row + 1, to.row),
      this.#lines[to.row].slice(0, to.column),
    ].join('\n');
  }

  /** Replaces lines [from, to) with others; a buffer never has fewer than one line. */
  replaceLines(from: number, to: number, lines: readonly string[]): void {
    const next = [...this.#lines.slice(0, from), ...lines, ...this.#lines.slice(to)];
    this.#lines = next.length > 0 ? next : [''];
  }

  /** The next place after the cursor (or before it, backwards) where the pattern begins; wraps round the end. */
  find(pattern: Pattern, backwards = false): (Position & { readonly wrapped: boolean }) | undefined {
    const count = this.#lines.length;
    for (let step = 0; step <= count; step++) {
      const row = (((this.row + (backwards ? -step : step)) % count) + count) % count;
      const starts = [...pattern.all(this.#lines[row])].map((m) => m.start);
      const fits = starts.filter((c) => {
        if (step === 0) return backwards ? c < this.column : c > this.column;
        if (step === count) return backwards ? c >= this.column : c <= this.column;
        return true;
      });
      if (fits.length > 0) {
        const wrapped = backwards ? row > this.row || step === count : row < this.row || step === count;
        return { row, column: backwards ? fits[fits.length - 1] : fits[0], wrapped };
      }
    }
    return undefined;
  }
}
