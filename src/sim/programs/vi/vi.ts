/** The part of vim that people use: normal, insert, visual and command-line mode on one file. */

import type { Sim } from '../../kernel/sim.ts';
import { makeRaw, sigaction, tcsetattr } from '../../kernel/syscalls.ts';
import { Pattern } from '../../lib/regex/pattern.ts';
import { type Position, TextBuffer } from '../editor/buffer.ts';
import { loadFile, saveFile } from '../editor/file.ts';
import { type Key, KeyReader } from '../editor/keys.ts';
import { clip, expandLine, Screen } from '../editor/screen.ts';
import { type ExCommand, expandReplacement, parseEx, vimPattern } from './exCommand.ts';
import { firstNonBlank, type Motion, motion } from './motions.ts';

type Mode = 'normal' | 'insert' | 'replace' | 'visual' | 'visual line';
interface Register {
  readonly text: string;
  readonly linewise: boolean;
}

const INTRO = [
  'VIM - Vi IMproved',
  '',
  'version 9.0',
  '',
  'type  :q<Enter>        to exit',
  'type  i                 to insert text, <Esc> to stop',
  'type  :w FILE<Enter>    to save',
];

export class Vi {
  readonly #screen = new Screen(1);
  readonly #keys = new KeyReader(0);
  readonly #startRow: number;
  #path: string | undefined;
  #buffer = new TextBuffer('');
  #mode: Mode = 'normal';
  #message = '';
  #messageIsError = false;
  #commandLine: string | undefined;
  #top = 0;
  #wantedColumn = 0;
  #register: Register = { text: '', linewise: false };
  #search: { readonly pattern: Pattern; readonly backwards: boolean } | undefined;
  #find: { readonly key: string; readonly char: string } | undefined;
  #anchor: Position = { row: 0, column: 0 };
  #numbers = false;
  #pending = '';
  #exit: number | undefined;
  /** Keys of the last change, for `.`; and those being recorded now. */
  #lastChange: Key[] = [];
  #recording: Key[] = [];
  #replaying: Key[] = [];

  constructor(path: string | undefined, startRow: number) {
    this.#path = path;
    this.#startRow = startRow;
  }

  *run(): Sim<number> {
    const before = yield* makeRaw(0);
    try {
      yield* sigaction('SIGWINCH', () => this.#resized());
      yield* this.#screen.open();
      if (this.#path !== undefined) yield* this.#open(this.#path);
      this.#buffer.moveTo(this.#startRow, 0);
      while (this.#exit === undefined) {
        yield* this.#paint();
        this.#recording = [];
        const key = yield* this.#next();
        if (!key) return 1;
        const lines = this.#buffer.lines;
        if (this.#mode === 'visual' || this.#mode === 'visual line') yield* this.#visual(key);
        else yield* this.#normal(key);
        if (this.#buffer.lines !== lines && key.name !== 'u' && key.name !== '.' && key.name !== ':') this.#lastChange = this.#recording;
        this.#clampCursor();
      }
      return this.#exit;
    } finally {
      yield* this.#screen.close();
      yield* tcsetattr(0, before);
    }
  }

  *#resized(): Sim<void> {
    if (yield* this.#screen.measure()) yield* this.#paint();
  }

  *#next(): Sim<Key | null> {
    const key = this.#replaying.shift() ?? (yield* this.#keys.next());
    if (key) this.#recording.push(key);
    return key;
  }

  #say(message: string, isError = false): void {
    this.#message = message;
    this.#messageIsError = isError;
  }

  *#open(path: string): Sim<void> {
    const loaded = yield* loadFile(path);
    this.#path = path;
    this.#buffer = new TextBuffer(loaded.kind === 'text' ? loaded.text : '');
    if (loaded.kind === 'text') this.#say(`"${path}" ${this.#counts(loaded.bytes)}`);
    else if (loaded.kind === 'new') this.#say(`"${path}" [New]`);
    else if (loaded.kind === 'directory') this.#say(`"${path}" is a directory`, true);
    else this.#say(`"${path}" [${loaded.message}]`, true);
  }

  #counts(bytes: number): string {
    const eol = this.#buffer.endsWithNewline ? '' : '[noeol] ';
    return `${eol}${this.#buffer.empty ? 0 : this.#buffer.lines.length}L, ${bytes}B`;
  }

  #clampCursor(): void {
    const b = this.#buffer;
    if (this.#mode === 'normal' && b.column > 0 && b.column >= b.line.length) b.moveTo(b.row, b.line.length - 1);
  }

  // ---- normal mode ----

  *#normal(first: Key): Sim<void> {
    this.#say('');
    let key: Key | null = first;
    let digits = '';
    while (key && (/^[1-9]$/.test(key.name) || (digits !== '' && key.name === '0'))) {
      digits += key.name;
      this.#pending = digits;
      yield* this.#paint();
      key = yield* this.#next();
    }
    this.#pending = '';
    if (!key) return;
    const count = Number(digits === '' ? 0 : digits.slice(0, 6));
    if (/^[dcy<>]$/.test(key.name)) return yield* this.#operator(key.name, count);
    if (yield* this.#move(key, count)) return;
    yield* this.#act(key.name, count);
  }

  /** Follows a motion; false if the key is none. */
  *#move(key: Key, count: number): Sim<boolean> {
    const target = yield* this.#motion(key, count);
    if (target === undefined) return false;
    if (target === null) return true;
    const vertical = ['j', 'k', 'Up', 'Down', 'Ctrl-N', 'Ctrl-P', 'Ctrl-J'].includes(key.name);
    this.#buffer.moveTo(target.row, vertical ? this.#wantedColumn : target.column);
    if (!vertical) this.#wantedColumn = key.name === '$' || key.name === 'End' ? Number.MAX_SAFE_INTEGER : this.#buffer.column;
    return true;
  }

  /** The motion of a key and what follows it; null if it leads nowhere, undefined if the key is no motion. */
  *#motion(key: Key, count: number): Sim<Motion | null | undefined> {
    const b = this.#buffer;
    switch (key.name) {
      case 'g': {
        const second = yield* this.#next();
        return second?.name === 'g' ? motion('gg', b, count) : null;
      }
      case 'f':
      case 't':
      case 'F':
      case 'T': {
        const char = yield* this.#next();
        if (!char) return null;
        this.#find = { key: key.name, char: char.name };
        return motion(key.name, b, count, char.name) ?? null;
      }
      case ';':
        return this.#find ? (motion(this.#find.key, b, count, this.#find.char) ?? null) : null;
      case '/':
      case '?':
        return yield* this.#searchFor(key.name === '?');
      case 'n':
      case 'N':
        return this.#searchNext(key.name === 'N');
      case '*': {
        const word = /^[\w]+/.exec(b.line.slice(wordStart(b.line, b.column)))?.[0];
        if (!word) return null;
        this.#search = { pattern: new Pattern(`\\b${word}\\b`), backwards: false };
        return this.#searchNext(false);
      }
      case 'Ctrl-F':
      case 'PageDown':
        return { ...motion('j', b, this.#height() - 2)!, linewise: true };
      case 'Ctrl-B':
      case 'PageUp':
        return { ...motion('k', b, this.#height() - 2)!, linewise: true };
      case 'Ctrl-D':
        return motion('j', b, this.#height() >> 1);
      case 'Ctrl-U':
        return motion('k', b, this.#height() >> 1);
      case 'H':
        return motion('G', b, this.#top + 1);
      case 'L':
        return motion('G', b, Math.min(b.lines.length, this.#top + this.#height()));
      default:
        return motion(key.name, b, count) ?? (key.name === '%' ? null : undefined);
    }
  }

  *#operator(operator: string, count: number): Sim<void> {
    this.#pending = operator;
    yield* this.#paint();
    let key = yield* this.#next();
    let digits = '';
    while (key && (/^[1-9]$/.test(key.name) || (digits !== '' && key.name === '0'))) {
      digits += key.name;
      key = yield* this.#next();
    }
    this.#pending = '';
    if (!key || key.name === 'Esc') return;
    const b = this.#buffer;
    const n = Math.max(1, count) * Number(digits === '' ? 1 : digits);
    const here = { row: b.row, column: b.column };
    if (key.name === operator)
      return yield* this.#operate(operator, here, { row: Math.min(b.row + n - 1, b.lines.length - 1), column: 0 }, true, false);
    if (key.name === 'i') return yield* this.#innerWord(operator);
    // "cw" changes to the end of the word, as vi always did.
    const name =
      operator === 'c' && (key.name === 'w' || key.name === 'W') && /\S/.test(b.line[b.column] ?? '')
        ? key.name === 'w'
          ? 'e'
          : 'E'
        : key.name;
    const target = yield* this.#motion({ name }, n > 1 || count > 0 || digits !== '' ? n : 0);
    if (!target) return;
    // A word motion that ends on another line stops at the end of this one.
    if ((name === 'w' || name === 'W') && target.row > b.row)
      return yield* this.#operate(operator, here, { row: b.row, column: b.line.length }, false, false);
    yield* this.#operate(operator, here, target, target.linewise, target.inclusive);
  }

  *#innerWord(operator: string): Sim<void> {
    const object = yield* this.#next();
    const b = this.#buffer;
    if (object?.name === 'w') {
      const start = wordStart(b.line, b.column);
      const length = /^(\w+|\s+|[^\w\s]+)/.exec(b.line.slice(start))?.[0].length ?? 0;
      yield* this.#operate(operator, { row: b.row, column: start }, { row: b.row, column: start + length }, false, false);
    } else if (object && '"\'`([{'.includes(object.name)) {
      const close = { '(': ')', '[': ']', '{': '}' }[object.name] ?? object.name;
      const from = b.line.lastIndexOf(object.name, Math.max(0, b.column - (b.line[b.column] === close ? 1 : 0)));
      const to = b.line.indexOf(close, Math.max(from + 1, b.column));
      if (from >= 0 && to > from)
        yield* this.#operate(operator, { row: b.row, column: from + 1 }, { row: b.row, column: to }, false, false);
    }
  }

  /** Carries out d, c, y, < or > on a range in either order. */
  *#operate(operator: string, a: Position, z: Position, linewise: boolean, inclusive: boolean): Sim<void> {
    const b = this.#buffer;
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
    this.#register = { text, linewise };
    const count = to.row - from.row + 1;
    if (operator === 'y') {
      b.moveTo(from.row, linewise ? (a.row <= z.row ? a.column : from.column) : from.column);
      if (linewise && count > 2) this.#say(`${count} lines yanked`);
      return;
    }
    b.checkpoint();
    if (linewise && operator === 'd') {
      b.replaceLines(from.row, to.row + 1, []);
      b.moveTo(from.row, 0);
      b.moveTo(b.row, firstNonBlank(b.line));
      if (count > 2) this.#say(`${count} fewer lines`);
    } else if (linewise) {
      b.replaceLines(from.row, to.row + 1, ['']);
      b.moveTo(from.row, 0);
    } else {
      b.remove(from, { row: to.row, column: Math.min(to.column, b.lines[to.row].length) });
    }
    if (operator === 'c') yield* this.#insertMode();
  }

  *#act(name: string, count: number): Sim<void> {
    const b = this.#buffer;
    const n = Math.max(1, count);
    switch (name) {
      case 'i':
      case 'Insert':
        b.checkpoint();
        return yield* this.#insertMode();
      case 'I':
        b.checkpoint();
        b.moveTo(b.row, firstNonBlank(b.line));
        return yield* this.#insertMode();
      case 'a':
        b.checkpoint();
        b.moveTo(b.row, b.column + 1);
        return yield* this.#insertMode();
      case 'A':
        b.checkpoint();
        b.moveTo(b.row, b.line.length);
        return yield* this.#insertMode();
      case 'o':
        b.checkpoint();
        b.moveTo(b.row, b.line.length);
        b.insert('\n');
        return yield* this.#insertMode();
      case 'O':
        b.checkpoint();
        b.replaceLines(b.row, b.row, ['']);
        b.moveTo(b.row, 0);
        return yield* this.#insertMode();
      case 'R':
        b.checkpoint();
        return yield* this.#insertMode('replace');
      case 'x':
      case 'Delete':
        return yield* this.#cells('d', n);
      case 'X':
        if (b.column > 0)
          yield* this.#operate('d', { row: b.row, column: Math.max(0, b.column - n) }, { row: b.row, column: b.column }, false, false);
        return;
      case 's':
        return yield* this.#cells('c', n);
      case 'D':
        return yield* this.#operate('d', { row: b.row, column: b.column }, { row: b.row, column: b.line.length }, false, false);
      case 'C':
        return yield* this.#operate('c', { row: b.row, column: b.column }, { row: b.row, column: b.line.length }, false, false);
      case 'S':
        return yield* this.#operate(
          'c',
          { row: b.row, column: 0 },
          { row: Math.min(b.row + n - 1, b.lines.length - 1), column: 0 },
          true,
          false,
        );
      case 'Y':
        return yield* this.#operate(
          'y',
          { row: b.row, column: b.column },
          { row: Math.min(b.row + n - 1, b.lines.length - 1), column: 0 },
          true,
          false,
        );
      case 'r': {
        const key = yield* this.#next();
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
        return this.#join(n);
      case 'p':
      case 'P':
        return this.#put(name === 'p', n);
      case 'u':
        return this.#say(b.undo() ? '1 change; before' : 'Already at oldest change');
      case 'Ctrl-R':
        return this.#say(b.redo() ? '1 change; after' : 'Already at newest change');
      case 'v':
        this.#mode = 'visual';
        this.#anchor = { row: b.row, column: b.column };
        return;
      case 'V':
        this.#mode = 'visual line';
        this.#anchor = { row: b.row, column: b.column };
        return;
      case '.':
        this.#replaying = [...this.#lastChange];
        if (this.#replaying.length > 0) {
          const key = yield* this.#next();
          if (key) yield* this.#normal(key);
        }
        return;
      case 'Z': {
        const key = yield* this.#next();
        if (key?.name === 'Z') yield* this.#execute({ kind: 'write', path: undefined, force: false, quit: true, onlyIfModified: true });
        if (key?.name === 'Q') this.#exit = 0;
        return;
      }
      case ':':
        return yield* this.#ex('');
      case 'Ctrl-L':
        return this.#screen.invalidate();
      case 'Ctrl-G':
        return this.#say(
          `"${this.#path ?? '[No Name]'}"${b.modified ? ' [Modified]' : ''} ${b.lines.length} lines --${Math.floor((100 * (b.row + 1)) / b.lines.length)}%--`,
        );
      case 'Ctrl-C':
        return this.#say('Type  :qa!  and press <Enter> to abandon all changes and exit Vim');
      case 'Ctrl-Z':
        return this.#say('Suspending is not simulated in vi; leave with :q');
      default:
    }
  }

  *#cells(operator: string, n: number): Sim<void> {
    const b = this.#buffer;
    if (b.line === '' && operator === 'd') return;
    yield* this.#operate(
      operator,
      { row: b.row, column: b.column },
      { row: b.row, column: Math.min(b.line.length, b.column + n) },
      false,
      false,
    );
  }

  #join(n: number): void {
    const b = this.#buffer;
    b.checkpoint();
    for (let i = 0; i < Math.max(1, n - 1) && b.row + 1 < b.lines.length; i++) {
      const next = b.lines[b.row + 1].trimStart();
      const left = b.line.trimEnd();
      const column = left.length;
      b.replaceLines(b.row, b.row + 2, [next === '' ? left : `${left}${left === '' ? '' : ' '}${next}`]);
      b.moveTo(b.row, column);
    }
  }

  #put(after: boolean, n: number): void {
    const b = this.#buffer;
    const { text, linewise } = this.#register;
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

  *#insertMode(mode: 'insert' | 'replace' = 'insert'): Sim<void> {
    const b = this.#buffer;
    this.#mode = mode;
    for (;;) {
      if (this.#replaying.length === 0) yield* this.#paint();
      const key = yield* this.#next();
      if (!key || key.name === 'Esc' || key.name === 'Ctrl-C') break;
      const here = { row: b.row, column: b.column };
      switch (key.name) {
        case 'Enter':
        case 'Ctrl-J':
          b.insert('\n');
          break;
        case 'Tab':
          b.insert('\t');
          break;
        case 'Paste':
          b.insert(key.text ?? '');
          break;
        case 'Backspace':
        case 'Ctrl-H':
          if (b.column > 0) b.remove({ row: b.row, column: b.column - 1 }, here);
          else if (b.row > 0) b.remove({ row: b.row - 1, column: b.lines[b.row - 1].length }, here);
          break;
        case 'Ctrl-W':
          b.remove({ row: b.row, column: b.line.slice(0, b.column).replace(/(\w+|[^\w\s]+)?\s*$/, '').length }, here);
          break;
        case 'Ctrl-U':
          b.remove({ row: b.row, column: 0 }, here);
          break;
        case 'Delete':
          if (b.column < b.line.length) b.remove(here, { row: b.row, column: b.column + 1 });
          break;
        case 'Up':
          b.moveTo(b.row - 1, b.column);
          break;
        case 'Down':
          b.moveTo(b.row + 1, b.column);
          break;
        case 'Left':
          b.moveTo(b.row, b.column - 1);
          break;
        case 'Right':
          b.moveTo(b.row, b.column + 1);
          break;
        case 'Home':
          b.moveTo(b.row, 0);
          break;
        case 'End':
          b.moveTo(b.row, b.line.length);
          break;
        default:
          if ([...key.name].length !== 1) break;
          if (mode === 'replace' && b.column < b.line.length) b.remove(here, { row: b.row, column: b.column + 1 });
          b.insert(key.name);
      }
    }
    this.#mode = 'normal';
    b.moveTo(b.row, Math.max(0, b.column - 1));
    this.#wantedColumn = b.column;
  }

  *#visual(key: Key): Sim<void> {
    const b = this.#buffer;
    const linewise = this.#mode === 'visual line';
    const here = { row: b.row, column: b.column };
    if (key.name === 'Esc' || key.name === 'Ctrl-C' || (key.name === 'v' && !linewise) || (key.name === 'V' && linewise)) {
      this.#mode = 'normal';
    } else if (key.name === 'v' || key.name === 'V') {
      this.#mode = key.name === 'v' ? 'visual' : 'visual line';
    } else if ('dxycs<>'.includes(key.name) && key.name.length === 1) {
      this.#mode = 'normal';
      const operator = { x: 'd', s: 'c' }[key.name] ?? key.name;
      yield* this.#operate(operator, this.#anchor, here, linewise, true);
    } else if (key.name === ':') {
      this.#mode = 'normal';
      yield* this.#ex(`${Math.min(this.#anchor.row, here.row) + 1},${Math.max(this.#anchor.row, here.row) + 1}`);
    } else {
      yield* this.#move(key, 0);
    }
  }

  // ---- command line ----

  *#readLine(prefix: string, initial: string): Sim<string | null> {
    let text = initial;
    try {
      for (;;) {
        this.#commandLine = prefix + text;
        yield* this.#paint();
        const key = yield* this.#next();
        if (!key || key.name === 'Esc' || key.name === 'Ctrl-C') return null;
        if (key.name === 'Enter') return text;
        if (key.name === 'Backspace' || key.name === 'Ctrl-H') {
          if (text === '') return null;
          text = text.slice(0, -1);
        } else if (key.name === 'Ctrl-U') text = '';
        else if (key.name === 'Paste') text += key.text?.split('\n')[0] ?? '';
        else if ([...key.name].length === 1) text += key.name;
      }
    } finally {
      this.#commandLine = undefined;
    }
  }

  *#searchFor(backwards: boolean): Sim<Motion | null> {
    const text = yield* this.#readLine(backwards ? '?' : '/', '');
    if (text === null) return null;
    if (text !== '') {
      const pattern = vimPattern(text);
      if (!pattern) {
        this.#say(`E486: Pattern not found: ${text}`, true);
        return null;
      }
      this.#search = { pattern, backwards };
    }
    return this.#searchNext(false);
  }

  #searchNext(reverse: boolean): Motion | null {
    if (!this.#search) {
      this.#say('E35: No previous regular expression', true);
      return null;
    }
    const backwards = this.#search.backwards !== reverse;
    const found = this.#buffer.find(this.#search.pattern, backwards);
    if (!found) {
      this.#say(`E486: Pattern not found: ${this.#search.pattern.source}`, true);
      return null;
    }
    if (found.wrapped) this.#say(backwards ? 'search hit TOP, continuing at BOTTOM' : 'search hit BOTTOM, continuing at TOP', true);
    return { row: found.row, column: found.column, linewise: false, inclusive: false };
  }

  *#ex(range: string): Sim<void> {
    const text = yield* this.#readLine(':', range);
    if (text === null) return;
    this.#say(`:${text}`);
    yield* this.#execute(parseEx(text, this.#buffer.row, this.#buffer.lines.length - 1));
  }

  *#execute(command: ExCommand): Sim<void> {
    const b = this.#buffer;
    switch (command.kind) {
      case 'none':
        return;
      case 'error':
        return this.#say(command.message, true);
      case 'goto':
        return b.moveTo(command.row, firstNonBlank(b.lines[Math.min(command.row, b.lines.length - 1)]));
      case 'quit':
        if (b.modified && !command.force) this.#say('E37: No write since last change (add ! to override)', true);
        else this.#exit = 0;
        return;
      case 'write': {
        const path = command.path ?? this.#path;
        if (path === undefined) return this.#say('E32: No file name', true);
        if (!command.onlyIfModified || b.modified || command.path !== undefined) {
          const result = yield* saveFile(path, b.toText());
          if ('error' in result)
            return this.#say(
              result.error === 'Permission denied'
                ? `"${path}" E212: Can't open file for writing`
                : `"${path}" E212: Can't open file for writing: ${result.error}`,
              true,
            );
          if (command.path === undefined || this.#path === undefined) b.markSaved();
          this.#path ??= path;
          this.#say(`"${path}" ${this.#counts(result.bytes)} written`);
        }
        if (command.quit) this.#exit = 0;
        return;
      }
      case 'edit':
        if (b.modified && !command.force) return this.#say('E37: No write since last change (add ! to override)', true);
        if (command.path === undefined && this.#path === undefined) return this.#say('E32: No file name', true);
        return yield* this.#open(command.path ?? this.#path!);
      case 'read': {
        const loaded = yield* loadFile(command.path);
        if (loaded.kind !== 'text') return this.#say(`E484: Can't open file ${command.path}`, true);
        b.checkpoint();
        b.replaceLines(command.row + 1, command.row + 1, (loaded.text.endsWith('\n') ? loaded.text.slice(0, -1) : loaded.text).split('\n'));
        return b.moveTo(command.row + 1, 0);
      }
      case 'set':
        return this.#set(command.option);
      case 'noHighlight':
        return this.#say('');
      case 'delete':
      case 'yank':
        return yield* this.#operate(
          command.kind === 'delete' ? 'd' : 'y',
          { row: command.from, column: 0 },
          { row: command.to, column: 0 },
          true,
          false,
        );
      case 'substitute':
        return this.#substitute(command);
    }
  }

  #set(option: string): void {
    if (/^(nu|number)$/.test(option)) this.#numbers = true;
    else if (/^no(nu|number)$/.test(option)) this.#numbers = false;
    else if (/^(nu|number)!$/.test(option)) this.#numbers = !this.#numbers;
    else this.#say(`drydock: ":set ${option}" is not simulated`, true);
  }

  #substitute(command: Extract<ExCommand, { kind: 'substitute' }>): void {
    const b = this.#buffer;
    const pattern = vimPattern(command.pattern, command.ignoreCase ? 'i' : '');
    if (!pattern || !b.lines.slice(command.from, command.to + 1).some((l) => pattern.test(l))) {
      return this.#say(`E486: Pattern not found: ${command.pattern}`, true);
    }
    b.checkpoint();
    let changes = 0;
    let lines = 0;
    let lastRow = command.from;
    const out = b.lines.slice(command.from, command.to + 1).map((text, i) => {
      let hit = false;
      const replaced = pattern.replace(
        text,
        (m) => {
          hit = true;
          changes++;
          return expandReplacement(command.replacement, m.groups as readonly string[]);
        },
        command.global,
      );
      if (hit) {
        lines++;
        lastRow = command.from + i;
      }
      return replaced;
    });
    b.replaceLines(
      command.from,
      command.to + 1,
      out.flatMap((l) => l.split('\n')),
    );
    b.moveTo(lastRow, 0);
    this.#say(changes > 2 ? `${changes} substitutions on ${lines} line${lines === 1 ? '' : 's'}` : '');
  }

  // ---- painting ----

  #height(): number {
    return this.#screen.size.rows - 1;
  }

  *#paint(): Sim<void> {
    const { columns } = this.#screen.size;
    const b = this.#buffer;
    const height = this.#height();
    if (b.row < this.#top) this.#top = b.row;
    if (b.row >= this.#top + height) this.#top = b.row - height + 1;
    const gutter = this.#numbers ? Math.max(3, String(b.lines.length).length) + 1 : 0;
    const width = columns - gutter;
    const { cell } = expandLine(b.line, b.column);
    const left = cell < width ? 0 : cell - (width >> 1);
    const rows: string[] = [];
    for (let i = 0; i < height; i++) {
      const row = this.#top + i;
      const text = b.lines[row];
      if (text === undefined) rows.push('\x1b[34m~\x1b[m');
      else rows.push((gutter > 0 ? `\x1b[33m${String(row + 1).padStart(gutter - 1)} \x1b[m` : '') + this.#marked(row, text, left, width));
    }
    if (this.#path === undefined && b.empty && !b.modified && this.#mode === 'normal') {
      INTRO.forEach((text, i) => {
        const row = (height >> 1) - (INTRO.length >> 1) + i;
        if (row > 0 && row < height && text !== '')
          rows[row] = `\x1b[34m~\x1b[m${clip(' '.repeat(Math.max(0, ((columns - text.length) >> 1) - 1)) + text, 0, columns - 1)}`;
      });
    }
    rows.push(this.#bottomLine(columns));
    const cursor =
      this.#commandLine !== undefined
        ? { row: height, column: Math.min(columns - 1, this.#commandLine.length) }
        : { row: b.row - this.#top, column: Math.min(columns - 1, gutter + cell - left) };
    yield* this.#screen.paint(rows, cursor);
  }

  /** A line's cells with the visual selection in reverse. */
  #marked(row: number, text: string, left: number, width: number): string {
    const from = row === this.#buffer.row ? left : 0;
    if (this.#mode !== 'visual' && this.#mode !== 'visual line') return clip(expandLine(text).text, from, width);
    const here: Position = { row: this.#buffer.row, column: this.#buffer.column };
    const [a, z] =
      this.#anchor.row < here.row || (this.#anchor.row === here.row && this.#anchor.column <= here.column)
        ? [this.#anchor, here]
        : [here, this.#anchor];
    if (row < a.row || row > z.row) return clip(expandLine(text).text, from, width);
    const whole = this.#mode === 'visual line';
    const start = whole || row > a.row ? 0 : expandLine(text, a.column).cell;
    const full = expandLine(text).text;
    const end = whole || row < z.row ? full.length + 1 : expandLine(text, Math.min(text.length, z.column + 1)).cell;
    const padded = full.padEnd(Math.min(width, end));
    return `${clip(padded, from, start - from)}\x1b[7m${clip(padded, Math.max(from, start), Math.max(0, Math.min(end, from + width) - Math.max(from, start)))}\x1b[m${clip(padded, Math.max(from, end), Math.max(0, from + width - end))}`;
  }

  #bottomLine(columns: number): string {
    if (this.#commandLine !== undefined) return clip(this.#commandLine, Math.max(0, this.#commandLine.length - columns + 1), columns - 1);
    const modes: Partial<Record<Mode, string>> = {
      insert: '-- INSERT --',
      replace: '-- REPLACE --',
      visual: '-- VISUAL --',
      'visual line': '-- VISUAL LINE --',
    };
    const text = modes[this.#mode] ?? this.#message;
    const b = this.#buffer;
    const whole =
      b.lines.length <= this.#height()
        ? 'All'
        : this.#top === 0
          ? 'Top'
          : this.#top + this.#height() >= b.lines.length
            ? 'Bot'
            : `${Math.floor((100 * this.#top) / (b.lines.length - this.#height()))}%`;
    const ruler = `${`${b.row + 1},${b.empty && b.line === '' ? '0-1' : b.column + 1}`.padEnd(13)} ${whole}`;
    const room = columns - 18;
    const left = clip(text, 0, Math.max(0, room - 12)).padEnd(Math.max(0, room - 11));
    const shown = modes[this.#mode]
      ? `\x1b[1m${left}\x1b[m`
      : this.#messageIsError && text !== ''
        ? `\x1b[37;41m${left.trimEnd()}\x1b[m${' '.repeat(left.length - left.trimEnd().length)}`
        : left;
    return columns < 40 ? shown : `${shown}${this.#pending.padEnd(11)}${ruler}`;
  }
}

function wordStart(line: string, column: number): number {
  const kindOf = (c: string | undefined) => (c === undefined ? -1 : /\s/.test(c) ? 0 : /\w/.test(c) ? 1 : 2);
  let start = column;
  while (start > 0 && kindOf(line[start - 1]) === kindOf(line[column])) start--;
  return start;
}
