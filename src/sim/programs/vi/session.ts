/** What a running vi knows: file, buffer, mode, register, last search, last change. The modes work on it. */

import type { Sim } from '../../kernel/sim.ts';
import type { Pattern } from '../../lib/regex/pattern.ts';
import { type Position, TextBuffer } from '../editor/buffer.ts';
import { loadFile } from '../editor/file.ts';
import { type Key, KeyReader } from '../editor/keys.ts';
import { Screen } from '../editor/screen.ts';

/** What keys mean: see `-- INSERT --` and its like in the bottom line. */
export type Mode = 'normal' | 'insert' | 'replace' | 'visual' | 'visual line';

/** What d, c and y keep for p. */
export interface Register {
  readonly text: string;
  readonly linewise: boolean;
}

/** One run of vi on one file at a time. */
export class Session {
  readonly screen = new Screen(1);
  readonly #keys = new KeyReader(0, { altKeys: false });
  path: string | undefined;
  buffer = new TextBuffer('');
  mode: Mode = 'normal';
  message = '';
  messageIsError = false;
  /** What stands in the bottom line while it is typed, with its `:`, `/` or `?`. */
  commandLine: string | undefined;
  /** The first row on the screen. */
  top = 0;
  /** The column that j and k try to keep. */
  wantedColumn = 0;
  register: Register = { text: '', linewise: false };
  search: { readonly pattern: Pattern; readonly backwards: boolean } | undefined;
  /** The last f, t, F or T, for `;`. */
  find: { readonly key: string; readonly char: string } | undefined;
  /** Where the visual selection began. */
  anchor: Position = { row: 0, column: 0 };
  numbers = false;
  /** Keys of an unfinished command, as shown in the bottom line. */
  pending = '';
  /** The exit status, once vi is to end. */
  exit: number | undefined;
  /** Keys of the last change, for `.`; and those being recorded now. */
  lastChange: Key[] = [];
  recording: Key[] = [];
  replaying: Key[] = [];

  constructor(path: string | undefined) {
    this.path = path;
  }

  /** Rows of the window that show text. */
  get height(): number {
    return this.screen.size.rows - 1;
  }

  /** The next key: typed, or replayed by `.`; null at the end of input. */
  *next(): Sim<Key | null> {
    const key = this.replaying.shift() ?? (yield* this.#keys.next());
    if (key) this.recording.push(key);
    return key;
  }

  /** Puts a message in the bottom line. */
  say(message: string, isError = false): void {
    this.message = message;
    this.messageIsError = isError;
  }

  /** Reads a file into a new buffer. */
  *open(path: string): Sim<void> {
    const loaded = yield* loadFile(path);
    this.path = path;
    this.buffer = new TextBuffer(loaded.kind === 'text' ? loaded.text : '');
    if (loaded.kind === 'text') this.say(`"${path}" ${this.counts(loaded.bytes)}`);
    else if (loaded.kind === 'new') this.say(`"${path}" [New]`);
    else if (loaded.kind === 'directory') this.say(`"${path}" is a directory`, true);
    else this.say(`"${path}" [${loaded.message}]`, true);
  }

  /** The size of the file as messages tell it: "3L, 42B". */
  counts(bytes: number): string {
    const eol = this.buffer.endsWithNewline ? '' : '[noeol] ';
    return `${eol}${this.buffer.empty ? 0 : this.buffer.lines.length}L, ${bytes}B`;
  }

  /** In normal mode the cursor stands on a character, not behind the last one. */
  clampCursor(): void {
    const b = this.buffer;
    if (this.mode === 'normal' && b.column > 0 && b.column >= b.line.length) b.moveTo(b.row, b.line.length - 1);
  }
}
