/** Paints a full-screen program: rows of text with attributes, only what changed is sent. */
import type { Sim } from '../../kernel/sim.ts';
import { getWindowSize, type WindowSize, write } from '../../kernel/syscalls.ts';
import { charWidth } from '../../lib/charWidth.ts';

const TAB = 8;

export class Screen {
  readonly #fd: number;
  size: WindowSize = { rows: 24, columns: 80 };
  #painted: string[] = [];

  constructor(fd: number) {
    this.#fd = fd;
  }

  /** Switches to the alternate screen, bracketed paste on. */
  *open(): Sim<void> {
    yield* this.measure();
    yield* write(this.#fd, '\x1b[?1049h\x1b[?2004h\x1b[H\x1b[2J');
  }

  *close(): Sim<void> {
    yield* write(this.#fd, '\x1b[?2004l\x1b[?1049l');
  }

  /** Reads the window's size; true if it has changed (everything is painted anew then). */
  *measure(): Sim<boolean> {
    const size = yield* getWindowSize(this.#fd);
    if (size.rows === this.size.rows && size.columns === this.size.columns) return false;
    this.size = { rows: Math.max(2, size.rows), columns: Math.max(10, size.columns) };
    this.#painted = [];
    return true;
  }

  /** Everything is sent again at the next paint. */
  invalidate(): void {
    this.#painted = [];
  }

  /** `rows` are finished lines (SGR sequences inside); the cursor goes to the given cell. */
  *paint(rows: readonly string[], cursor: { readonly row: number; readonly column: number }): Sim<void> {
    let out = '\x1b[?25l';
    if (this.#painted.length === 0) out += '\x1b[H\x1b[2J';
    rows.forEach((row, i) => {
      if (this.#painted[i] !== row) out += `\x1b[${i + 1};1H${row}\x1b[m\x1b[K`;
    });
    this.#painted = [...rows];
    yield* write(this.#fd, `${out}\x1b[${cursor.row + 1};${cursor.column + 1}H\x1b[?25h`);
  }
}

/** A line as cells: tabs expanded, controls as ^X. Also tells at which cell the character at `column` begins. */
export function expandLine(line: string, column = line.length): { readonly text: string; readonly cell: number } {
  let text = '';
  let width = 0;
  let cell = 0;
  for (let i = 0; i < line.length; ) {
    if (i === column) cell = width;
    const code = line.codePointAt(i)!;
    const char = String.fromCodePoint(code);
    if (char === '\t') {
      const pad = TAB - (width % TAB);
      text += ' '.repeat(pad);
      width += pad;
    } else if (code < 0x20) {
      text += `^${String.fromCharCode(code + 0x40)}`;
      width += 2;
    } else {
      text += char;
      width += charWidth(code);
    }
    i += char.length;
  }
  return { text, cell: column >= line.length ? width : cell };
}

/** Cuts a text to cells [from, from + width). */
export function clip(text: string, from: number, width: number): string {
  let out = '';
  let at = 0;
  for (const char of text) {
    const w = charWidth(char.codePointAt(0)!);
    if (at >= from && at + w <= from + width) out += char;
    at += w;
    if (at >= from + width) break;
  }
  return out;
}
