/** How a line of text becomes rows of a terminal: tabs, control characters, escape sequences, wrapping or chopping. */
import { charWidth } from '../../lib/charWidth.ts';

export interface LayoutOptions {
  readonly columns: number;
  /** -S: one row for each line, what does not fit is cut off. */
  readonly chop: boolean;
  /** Columns hidden on the left when lines are chopped. */
  readonly shift: number;
  /** -R: colour sequences go to the terminal; otherwise ESC is shown. */
  readonly colours: boolean;
}

const SGR = /^\x1b\[[0-9;:]*m/;

/** One cell of a row, with the attributes that hold from it on. */
interface Cell {
  readonly text: string;
  readonly width: number;
  /** Where it comes from in the line; -1 for what is made up. */
  readonly at: number;
}

/** Splits a line into cells; `style` cells have no width. */
function cells(line: string, colours: boolean): readonly Cell[] {
  const out: Cell[] = [];
  let column = 0;
  for (let i = 0; i < line.length; ) {
    const sequence = line[i] === '\x1b' && colours ? SGR.exec(line.slice(i, i + 40)) : null;
    if (sequence) {
      out.push({ text: sequence[0], width: 0, at: -1 });
      i += sequence[0].length;
      continue;
    }
    const code = line.codePointAt(i)!;
    const char = String.fromCodePoint(code);
    if (char === '\b' && out.length > 0 && i + 1 < line.length) {
      // Overstrike: x\bx is bold, _\bx underlined, as man pages are made.
      const before = out.pop()!;
      const next = line[i + 1];
      const bold = next === before.text || next === '_';
      const shown = next === '_' ? before.text : next;
      out.push({ text: `\x1b[${bold && next !== '_' ? 1 : 4}m${shown}\x1b[m`, width: before.width, at: before.at });
      i += 2;
      continue;
    }
    if (char === '\t') {
      for (let pad = 8 - (column % 8); pad > 0; pad--, column++) out.push({ text: ' ', width: 1, at: i });
    } else if (code < 0x20 || code === 0x7f || (code >= 0xdc80 && code <= 0xdcff)) {
      const name =
        code === 0x1b ? 'ESC' : code >= 0xdc80 ? `<${(code & 0xff).toString(16).toUpperCase()}>` : `^${String.fromCharCode(code ^ 0x40)}`;
      for (const [k, c] of [...name].entries())
        out.push({ text: `${k === 0 ? '\x1b[7m' : ''}${c}${k === name.length - 1 ? '\x1b[27m' : ''}`, width: 1, at: i });
      column += name.length;
    } else {
      const width = charWidth(code);
      out.push({ text: char, width, at: i });
      column += width;
    }
    i += char.length;
  }
  return out;
}

/** The rows of a line. `marks` are ranges of the line that are shown in reverse (search hits). */
export function layOut(line: string, o: LayoutOptions, marks: readonly (readonly [start: number, end: number])[] = []): readonly string[] {
  const marked = (at: number) => at >= 0 && marks.some(([start, end]) => at >= start && at < end);
  const rows: string[] = [];
  let row = '';
  let width = 0;
  let column = 0;
  let on = false;
  for (const cell of cells(line, o.colours)) {
    if (cell.width > 0 && o.chop) {
      column += cell.width;
      if (column <= o.shift) continue;
      if (width + cell.width > o.columns) break;
    } else if (width + cell.width > o.columns) {
      rows.push(on ? `${row}\x1b[27m` : row);
      row = on ? '\x1b[7m' : '';
      width = 0;
    }
    if (cell.at >= 0 && marked(cell.at) !== on) {
      on = !on;
      row += on ? '\x1b[7m' : '\x1b[27m';
    }
    row += cell.text;
    width += cell.width;
  }
  rows.push(on ? `${row}\x1b[27m` : row);
  return rows;
}
