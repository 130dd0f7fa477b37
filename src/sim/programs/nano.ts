import type { Program } from '../kernel/program.ts';
import type { Sim } from '../kernel/sim.ts';
import { isatty, makeRaw, sigaction, tcsetattr, write } from '../kernel/syscalls.ts';
import { Pattern } from '../lib/regex/pattern.ts';
import { TextBuffer } from './editor/buffer.ts';
import { loadFile, saveFile } from './editor/file.ts';
import { KeyReader } from './editor/keys.ts';
import { clip, expandLine, Screen } from './editor/screen.ts';

const VERSION = '7.2';
const HELP_ROWS: readonly (readonly (readonly [key: string, label: string])[])[] = [
  [
    ['^G', 'Help'],
    ['^O', 'Write Out'],
    ['^W', 'Where Is'],
    ['^K', 'Cut'],
    ['^C', 'Location'],
  ],
  [
    ['^X', 'Exit'],
    ['^R', 'Read File'],
    ['^\\', 'Replace'],
    ['^U', 'Paste'],
    ['^_', 'Go To Line'],
  ],
];

/** One file in GNU nano: title bar, text, status line, two lines of keys. */
class Nano {
  readonly #screen = new Screen(1);
  readonly #keys = new KeyReader(0);
  #path: string;
  #buffer = new TextBuffer('');
  #status = '';
  #top = 0;
  #cut: string[] = [];
  #lastWasCut = false;
  #search = '';
  #prompt: { readonly label: string; readonly text: string; readonly keys: readonly (readonly [string, string])[] } | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  *run(): Sim<number> {
    const before = yield* makeRaw(0);
    try {
      yield* sigaction('SIGWINCH', () => this.#resized());
      yield* this.#screen.open();
      yield* this.#open();
      for (;;) {
        yield* this.#paint();
        const key = yield* this.#keys.next();
        if (!key) return 1;
        this.#status = '';
        if (key.name === 'Ctrl-X') {
          if (yield* this.#mayLeave()) return 0;
        } else {
          yield* this.#press(key.name, key.text);
        }
      }
    } finally {
      yield* this.#screen.close();
      yield* tcsetattr(0, before);
    }
  }

  *#resized(): Sim<void> {
    if (yield* this.#screen.measure()) yield* this.#paint();
  }

  *#open(): Sim<void> {
    if (this.#path === '') return;
    const loaded = yield* loadFile(this.#path);
    if (loaded.kind === 'text') {
      this.#buffer = new TextBuffer(loaded.text);
      const lines = this.#buffer.empty ? 0 : this.#buffer.lines.length;
      this.#status = `Read ${lines} line${lines === 1 ? '' : 's'}`;
    } else if (loaded.kind === 'new') {
      this.#status = 'New File';
    } else {
      this.#status = loaded.kind === 'directory' ? `"${this.#path}" is a directory` : `Error reading ${this.#path}: ${loaded.message}`;
      this.#path = '';
    }
  }

  *#press(name: string, paste: string | undefined): Sim<void> {
    const b = this.#buffer;
    const page = Math.max(1, this.#textRows() - 2);
    const cutBefore = this.#lastWasCut;
    this.#lastWasCut = false;
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
        this.#erase(-1);
        break;
      case 'Delete':
      case 'Ctrl-D':
        this.#erase(1);
        break;
      case 'Ctrl-K':
        this.#cutLine(cutBefore);
        break;
      case 'Ctrl-U':
        this.#pasteCut();
        break;
      case 'Alt-u':
        this.#status = b.undo() ? 'Undid edit' : 'Nothing to undo';
        break;
      case 'Alt-e':
        this.#status = b.redo() ? 'Redid edit' : 'Nothing to redo';
        break;
      case 'Ctrl-O':
        yield* this.#writeOut();
        break;
      case 'Ctrl-S':
        yield* this.#save(this.#path);
        break;
      case 'Ctrl-W':
        yield* this.#whereIs();
        break;
      case 'Alt-w':
        this.#findNext();
        break;
      case 'Ctrl-\\':
        yield* this.#replace();
        break;
      case 'Ctrl-_':
        yield* this.#goToLine();
        break;
      case 'Ctrl-R':
        yield* this.#readFile();
        break;
      case 'Ctrl-C':
        this.#location();
        break;
      case 'Ctrl-G':
        this.#status = 'The keys below are the help: ^ is Ctrl, M- is Alt';
        break;
      case 'Ctrl-L':
        this.#screen.invalidate();
        break;
      default:
        if (name.length <= 2 && name.codePointAt(0)! >= 0x20 && [...name].length === 1) {
          b.checkpoint();
          b.insert(name);
        } else {
          this.#status = 'Unbound key';
        }
    }
  }

  #erase(direction: -1 | 1): void {
    const b = this.#buffer;
    const here = { row: b.row, column: b.column };
    b.checkpoint();
    if (direction < 0) {
      if (b.column > 0) b.remove({ row: b.row, column: b.column - 1 }, here);
      else if (b.row > 0) b.remove({ row: b.row - 1, column: b.lines[b.row - 1].length }, here);
    } else if (b.column < b.line.length) b.remove(here, { row: b.row, column: b.column + 1 });
    else if (b.row + 1 < b.lines.length) b.remove(here, { row: b.row + 1, column: 0 });
  }

  #cutLine(append: boolean): void {
    const b = this.#buffer;
    if (b.row === b.lines.length - 1 && b.line === '') {
      this.#status = 'Nothing was cut';
      return;
    }
    b.checkpoint();
    this.#cut = append ? [...this.#cut, b.line] : [b.line];
    b.replaceLines(b.row, b.row + 1, b.row === b.lines.length - 1 ? [''] : []);
    b.moveTo(b.row, 0);
    this.#lastWasCut = true;
  }

  #pasteCut(): void {
    const b = this.#buffer;
    if (this.#cut.length === 0) {
      this.#status = 'Cutbuffer is empty';
      return;
    }
    b.checkpoint();
    b.replaceLines(b.row, b.row, this.#cut);
    b.moveTo(b.row + this.#cut.length, 0);
  }

  #location(): void {
    const b = this.#buffer;
    const total = b.lines.reduce((sum, line) => sum + line.length + 1, 0) - (b.endsWithNewline ? 0 : 1);
    const at = b.lines.slice(0, b.row).reduce((sum, line) => sum + line.length + 1, 0) + b.column;
    const percent = (part: number, whole: number) => `${Math.floor((100 * part) / Math.max(1, whole))}%`;
    const row = b.row + 1;
    const column = b.column + 1;
    this.#status = `line ${row}/${b.lines.length} (${percent(row, b.lines.length)}), col ${column}/${b.line.length + 1} (${percent(column, b.line.length + 1)}), char ${at}/${total} (${percent(at, total)})`;
  }

  /** Asks on the status line; null when cancelled with ^C. */
  *#ask(label: string, initial = ''): Sim<string | null> {
    let text = initial;
    try {
      for (;;) {
        this.#prompt = {
          label,
          text,
          keys: [
            ['^G', 'Help'],
            ['^C', 'Cancel'],
          ],
        };
        yield* this.#paint();
        const key = yield* this.#keys.next();
        if (!key || key.name === 'Ctrl-C') {
          this.#status = 'Cancelled';
          return null;
        }
        if (key.name === 'Enter') return text;
        if (key.name === 'Backspace' || key.name === 'Ctrl-H') text = text.slice(0, -1);
        else if (key.name === 'Ctrl-U' || key.name === 'Ctrl-K') text = '';
        else if (key.name === 'Paste') text += key.text?.split('\n')[0] ?? '';
        else if ([...key.name].length === 1) text += key.name;
      }
    } finally {
      this.#prompt = undefined;
    }
  }

  *#yesNo(label: string, all = false): Sim<'yes' | 'no' | 'all' | null> {
    try {
      for (;;) {
        this.#prompt = {
          label,
          text: '',
          keys: [[' Y', 'Yes'], [' N', 'No'], ...(all ? ([[' A', 'All']] as const) : []), ['^C', 'Cancel']],
        };
        yield* this.#paint();
        const key = (yield* this.#keys.next())?.name.toLowerCase();
        if (key === 'y') return 'yes';
        if (key === 'n') return 'no';
        if (key === 'a' && all) return 'all';
        if (key === undefined || key === 'ctrl-c') return null;
      }
    } finally {
      this.#prompt = undefined;
    }
  }

  *#mayLeave(): Sim<boolean> {
    if (!this.#buffer.modified) return true;
    const answer = yield* this.#yesNo('Save modified buffer? ');
    if (answer === 'no') return true;
    if (answer === null) {
      this.#status = 'Cancelled';
      return false;
    }
    return yield* this.#writeOut();
  }

  *#writeOut(): Sim<boolean> {
    const path = yield* this.#ask('File Name to Write: ', this.#path);
    return path !== null && (yield* this.#save(path));
  }

  *#save(path: string): Sim<boolean> {
    if (path === '') return yield* this.#writeOut();
    const result = yield* saveFile(path, this.#buffer.toText());
    if ('error' in result) {
      this.#status = `Error writing ${path}: ${result.error}`;
      return false;
    }
    this.#path = path;
    this.#buffer.markSaved();
    const lines = this.#buffer.empty ? 0 : this.#buffer.lines.length;
    this.#status = `Wrote ${lines} line${lines === 1 ? '' : 's'}`;
    return true;
  }

  *#whereIs(): Sim<void> {
    const text = yield* this.#ask(this.#search === '' ? 'Search: ' : `Search [${this.#search}]: `);
    if (text === null) return;
    if (text !== '') this.#search = text;
    this.#findNext();
  }

  #findNext(): void {
    if (this.#search === '') {
      this.#status = 'No current search pattern';
      return;
    }
    const found = this.#buffer.find(literal(this.#search));
    if (!found) {
      this.#status = `"${this.#search}" not found`;
      return;
    }
    if (found.row === this.#buffer.row && found.column === this.#buffer.column) this.#status = 'This is the only occurrence';
    else if (found.wrapped) this.#status = 'Search Wrapped';
    this.#buffer.moveTo(found.row, found.column);
  }

  *#replace(): Sim<void> {
    const from = yield* this.#ask('Search (to replace): ', '');
    if (!from) return;
    const to = yield* this.#ask('Replace with: ');
    if (to === null) return;
    this.#search = from;
    const b = this.#buffer;
    let all = false;
    let count = 0;
    b.checkpoint();
    b.moveTo(b.row, b.column);
    for (let row = b.row, column = b.column; ; ) {
      const rest = b.lines[row].toLowerCase().indexOf(from.toLowerCase(), column);
      if (rest < 0) {
        if (++row >= b.lines.length) break;
        column = 0;
        continue;
      }
      b.moveTo(row, rest);
      const answer = all ? 'yes' : yield* this.#yesNo('Replace this instance? ', true);
      if (answer === null) break;
      if (answer === 'all') all = true;
      if (answer === 'no') {
        column = rest + from.length;
        continue;
      }
      b.remove({ row, column: rest }, { row, column: rest + from.length });
      b.insert(to);
      column = rest + to.length;
      count++;
    }
    this.#status = count === 0 ? `"${from}" not found` : `Replaced ${count} occurrence${count === 1 ? '' : 's'}`;
  }

  *#goToLine(): Sim<void> {
    const text = yield* this.#ask('Enter line number, column number: ');
    if (text === null) return;
    const match = /^\s*(\d+)?\s*(?:[,. ]\s*(\d+))?\s*$/.exec(text);
    if (!match || text.trim() === '') this.#status = 'Invalid line or column number';
    else this.#buffer.moveTo(match[1] ? Number(match[1]) - 1 : this.#buffer.row, match[2] ? Number(match[2]) - 1 : 0);
  }

  *#readFile(): Sim<void> {
    const path = yield* this.#ask('File to insert [from ./]: ');
    if (!path) return;
    const loaded = yield* loadFile(path);
    if (loaded.kind === 'text') {
      this.#buffer.checkpoint();
      this.#buffer.insert(loaded.text);
      const lines = loaded.text.split('\n').length - (loaded.text.endsWith('\n') ? 1 : 0);
      this.#status = `Read ${lines} line${lines === 1 ? '' : 's'}`;
    } else {
      this.#status =
        loaded.kind === 'new' ? `File "${path}" not found` : loaded.kind === 'directory' ? `"${path}" is a directory` : loaded.message;
    }
  }

  #textRows(): number {
    return Math.max(1, this.#screen.size.rows - 4);
  }

  *#paint(): Sim<void> {
    const { rows, columns } = this.#screen.size;
    const b = this.#buffer;
    const height = this.#textRows();
    if (b.row < this.#top) this.#top = Math.max(0, b.row - (height >> 1));
    if (b.row >= this.#top + height) this.#top = b.row - (height >> 1);
    const { cell } = expandLine(b.line, b.column);
    const left = cell < columns - 1 ? 0 : cell - (cell % Math.max(1, columns - 8)) - 4;
    const out = [this.#title(columns)];
    for (let i = 0; i < height; i++) {
      const line = b.lines[this.#top + i];
      const from = this.#top + i === b.row ? left : 0;
      out.push(line === undefined ? '' : clip(expandLine(line).text, from, columns));
    }
    let cursor = { row: 1 + b.row - this.#top, column: cell - left };
    if (this.#prompt) {
      const text = clip(this.#prompt.label + this.#prompt.text, 0, columns - 1);
      out.push(`\x1b[7m${text.padEnd(columns)}`);
      cursor = { row: out.length - 1, column: text.length };
    } else {
      const text = this.#status === '' ? '' : `[ ${this.#status} ]`;
      out.push(text === '' ? '' : `${' '.repeat(Math.max(0, (columns - text.length) >> 1))}\x1b[7m${clip(text, 0, columns)}`);
    }
    out.push(...(this.#prompt ? [keyRow(this.#prompt.keys, columns), ''] : HELP_ROWS.map((row) => keyRow(row, columns))));
    yield* this.#screen.paint(out.slice(0, rows), cursor);
  }

  #title(columns: number): string {
    const name = this.#path === '' ? 'New Buffer' : this.#path;
    const left = `  GNU nano ${VERSION}`;
    const right = this.#buffer.modified ? 'Modified ' : '';
    const middle = Math.max(left.length + 2, (columns - name.length) >> 1);
    return `\x1b[7m${clip(`${left.padEnd(middle)}${name}`.padEnd(columns - right.length) + right, 0, columns)}`;
  }
}

function keyRow(keys: readonly (readonly [string, string])[], columns: number): string {
  const width = Math.max(8, Math.floor(columns / Math.max(5, keys.length)));
  return keys.map(([key, label]) => `\x1b[7m${key}\x1b[m${clip(` ${label}`.padEnd(width - key.length), 0, width - key.length)}`).join('');
}

/** nano's search ignores case unless told otherwise. */
function literal(text: string): Pattern {
  return new Pattern(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i');
}

/** nano [+LINE] [FILE] */
export const program: Program = {
  name: 'nano',
  *main(argv): Sim<number> {
    if (argv[1] === '--version' || argv[1] === '-V') {
      yield* write(1, ` GNU nano, version ${VERSION}\n`);
      return 0;
    }
    if (!(yield* isatty(0)) || !(yield* isatty(1))) {
      yield* write(2, 'Standard input is not a terminal\n');
      return 1;
    }
    return yield* new Nano(argv.slice(1).find((arg) => !/^[-+]/.test(arg)) ?? '').run();
  },
};
