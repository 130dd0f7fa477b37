/** A line typed on a terminal: keys and what they do. */
import { Errno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { getWindowSize, poll, read, sigaction, type Termios, tcgetattr, tcsetattr, write } from '../../kernel/syscalls.ts';
import { Utf8Decoder } from '../../lib/utf8.ts';
import type { History } from '../history.ts';
import { Interrupted } from '../state/errors.ts';
import { EditBuffer } from './buffer.ts';
import type { Candidates } from './complete.ts';
import { HistoryCursor } from './historyCursor.ts';
import { IncrementalSearch } from './incrementalSearch.ts';
import { insertCompletion } from './insertCompletion.ts';
import { KeyDecoder } from './keys.ts';
import { LastArgument } from './lastArgument.ts';
import { listColumns } from './lister.ts';
import { Painter } from './painter.ts';

const ASK_ABOVE = 100;
const BELL = '\x07';

/** What an editor works with. */
export interface EditorOptions {
  readonly fd: number;
  readonly history: History;
  readonly killRing: string[];
  /** The terminal is asked to mark what is pasted (readline's enable-bracketed-paste; BusyBox does not know it). */
  readonly bracketedPaste: boolean;
  complete(line: string, columns: number): Sim<Candidates>;
  /** ^C was typed and shown; the line ends after this. */
  interrupted(): Sim<void>;
}

/** Reads one line from a terminal in raw mode, with readline's Emacs keys, and keeps the screen as readline would. */
export class LineEditor {
  readonly #o: EditorOptions;
  readonly #buffer: EditBuffer;
  readonly #cursor: HistoryCursor;
  readonly #search: IncrementalSearch;
  readonly #lastArgument: LastArgument;
  readonly #decoder = new Utf8Decoder();
  readonly #keys = new KeyDecoder();
  readonly #painter = new Painter(80);
  #prompt = '';
  #out = '';
  #lastKey = '';
  #argument = '';
  #done: 'accept' | 'eof' | undefined;

  constructor(options: EditorOptions) {
    this.#o = options;
    this.#buffer = new EditBuffer(options.killRing);
    this.#cursor = new HistoryCursor(options.history, this.#buffer);
    this.#search = new IncrementalSearch(this.#cursor, this.#buffer, () => this.#bell());
    this.#lastArgument = new LastArgument(options.history, this.#buffer);
  }

  /** The line, or null at end of file. Throws Interrupted on ^C. `start` stands in the line already. */
  *readLine(prompt: string, start = ''): Sim<string | null> {
    const { fd } = this.#o;
    const before: Termios = { ...(yield* tcgetattr(fd)) };
    yield* tcsetattr(fd, { icanon: false, echo: false, icrnl: false, iexten: false });
    this.#painter.columns = (yield* getWindowSize(fd)).columns || 80;
    const old = yield* sigaction('SIGWINCH', () => this.#resized());
    const lines = prompt.split('\n');
    this.#prompt = lines.pop()!;
    this.#buffer.set(start);
    this.#cursor.at = this.#cursor.size;
    this.#painter.reset();
    const [on, off] = this.#o.bracketedPaste ? ['\x1b[?2004h', '\x1b[?2004l\r'] : ['', ''];
    this.#out = on + lines.map((l) => `${l.replace(/[\x01\x02]/g, '')}\n`).join('');
    this.#paint();
    try {
      yield* this.#flush();
      while (this.#done === undefined) yield* this.#step();
      if (this.#done === 'eof') {
        // readline's rl_deprep_terminal: a line end after the end of bracketed paste, so that `exit` does not stand over the prompt.
        if (off !== '') this.#out += `${off}\n`;
        yield* this.#flush();
        return null;
      }
      this.#paint();
      this.#out += this.#painter.finish() + off;
      yield* this.#flush();
      return this.#buffer.text;
    } catch (error) {
      if (error instanceof Interrupted) {
        yield* write(fd, `^C${off}${on}${off}`);
        yield* this.#o.interrupted();
        yield* write(fd, '\n');
      }
      throw error;
    } finally {
      yield* tcsetattr(fd, before);
      yield* sigaction('SIGWINCH', old);
    }
  }

  *#flush(): Sim<void> {
    const text = this.#out;
    this.#out = '';
    if (text) yield* write(this.#o.fd, text);
  }

  *#resized(): Sim<void> {
    const { columns } = yield* getWindowSize(this.#o.fd);
    this.#out += this.#painter.resize(columns || 80, this.#promptNow(), this.#buffer.text, this.#buffer.point);
    this.#paint();
    yield* this.#flush();
  }

  #promptNow(): string {
    return this.#search.prompt ?? (this.#argument !== '' ? `(arg: ${this.#argument}) ` : this.#prompt);
  }

  #paint(): void {
    this.#out += this.#painter.paint(this.#promptNow(), this.#buffer.text, this.#buffer.point);
  }

  *#key(): Sim<string> {
    for (;;) {
      const bytes = yield* read(this.#o.fd, 1);
      if (bytes.length === 0) return 'EOF';
      for (const c of this.#decoder.decode(bytes)) {
        const key = this.#keys.feed(c);
        if (key !== undefined) return key;
      }
    }
  }

  *#step(): Sim<void> {
    const key = yield* this.#key();
    yield* this.#handle(key);
    this.#lastKey = key;
    if (this.#done !== undefined) return;
    // While more is waiting (a paste, a held key) painting can wait too.
    if ((yield* poll([{ fd: this.#o.fd, read: true }], 0)).length > 0) return;
    this.#paint();
    yield* this.#flush();
  }

  #bell(): void {
    this.#out += BELL;
  }

  *#handle(key: string): Sim<void> {
    if (this.#search.active && !this.#search.key(key)) return;
    if (/^M-[0-9]$/.test(key) || (key === 'M--' && this.#argument === '') || (this.#argument !== '' && /^\d$/.test(key))) {
      this.#argument += key.replace('M-', '');
      return;
    }
    const count = this.#argument === '' ? 1 : this.#argument === '-' ? -1 : Number(this.#argument);
    this.#argument = '';
    const times = Math.min(Math.abs(count), 10_000);
    if (key.length === 1 || (key.length === 2 && key.charCodeAt(0) >= 0xd800 && key.charCodeAt(0) < 0xdc00)) {
      for (let i = 0; i < times; i++) this.#buffer.insert(key);
      return;
    }
    for (let i = 0; i < times && this.#done === undefined; i++) yield* this.#command(key);
  }

  *#command(key: string): Sim<void> {
    const b = this.#buffer;
    const ok = (done: boolean): void => {
      if (!done) this.#bell();
    };
    switch (key) {
      case 'C-m':
      case 'C-j':
        b.point = b.text.length;
        this.#done = 'accept';
        return;
      case 'EOF':
        this.#done = b.text === '' ? 'eof' : 'accept';
        return;
      case 'C-d':
        if (b.text === '' && this.#lastKey !== 'C-d') this.#done = 'eof';
        else if (b.text === '') this.#done = 'eof';
        else ok(b.deleteForward());
        return;
      case 'Delete':
        return ok(b.deleteForward());
      case 'Backspace':
      case 'C-h':
        return ok(b.deleteBackward());
      case 'C-w':
        return ok(b.killBlankWord());
      case 'C-u':
        return b.kill(0, b.point, true);
      case 'C-k':
        return b.kill(b.point, b.text.length, false);
      case 'M-d':
        return b.kill(b.point, b.wordEnd(), false);
      case 'M-Backspace':
      case 'M-C-h':
        return b.kill(b.wordStart(), b.point, true);
      case 'C-y':
        return ok(b.yank());
      case 'M-y':
        return ok(b.yankPop());
      case 'C-t':
        return ok(b.transpose());
      case 'M-t':
        return ok(b.transposeWords());
      case 'M-u':
        return b.changeCase('upper');
      case 'M-l':
        return b.changeCase('lower');
      case 'M-c':
        return b.changeCase('capital');
      case 'C-_':
        return ok(b.undo());
      case 'M-r':
        return b.undoAll();
      case 'M-\\': {
        let from = b.point;
        let to = b.point;
        while (from > 0 && /[ \t]/.test(b.text[from - 1])) from--;
        while (to < b.text.length && /[ \t]/.test(b.text[to])) to++;
        return b.replace(from, to, '');
      }
      case 'M-#':
        b.set(`#${b.text}`);
        this.#done = 'accept';
        return;
      case 'M-.':
      case 'M-_':
        return ok(this.#lastArgument.insert(this.#lastKey === 'M-.' || this.#lastKey === 'M-_'));
      case 'C-v':
      case 'C-q': {
        const bytes = yield* read(this.#o.fd, 1);
        return b.insert(this.#decoder.decode(bytes));
      }
      case 'PasteStart':
        return yield* this.#paste();
      case 'C-i':
        return yield* this.#complete();
      case 'M-?':
        return yield* this.#complete(true);
      case 'C-x':
        return yield* this.#prefixed();
    }
    b.other();
    switch (key) {
      case 'Left':
      case 'C-b':
        return ok(b.left());
      case 'Right':
      case 'C-f':
        return ok(b.right());
      case 'Home':
      case 'C-a':
        b.point = 0;
        return;
      case 'End':
      case 'C-e':
        b.point = b.text.length;
        return;
      case 'M-b':
        b.point = b.wordStart();
        return;
      case 'M-f':
        b.point = b.wordEnd();
        return;
      case 'Up':
      case 'C-p':
        return ok(this.#cursor.go(this.#cursor.at - 1));
      case 'Down':
      case 'C-n':
        return ok(this.#cursor.go(this.#cursor.at + 1));
      case 'M-<':
        return ok(this.#cursor.go(0));
      case 'M->':
        return ok(this.#cursor.go(this.#cursor.size));
      case 'PageUp':
        return ok(this.#cursor.prefixSearch(-1));
      case 'PageDown':
        return ok(this.#cursor.prefixSearch(1));
      case 'C-r':
      case 'C-s':
        return this.#search.start(key === 'C-s');
      case 'C-l':
        this.#out += this.#painter.clear();
        return;
      case 'C-o': {
        this.#done = 'accept';
        b.point = b.text.length;
        return;
      }
      case 'C-@':
        b.mark = b.point;
        return;
      default:
        this.#bell();
    }
  }

  *#prefixed(): Sim<void> {
    const key = yield* this.#key();
    const b = this.#buffer;
    if (key === 'C-u') b.undo();
    else if (key === 'C-x') [b.mark, b.point] = [b.point, Math.min(b.mark, b.text.length)];
    else if (key === 'Backspace') b.kill(0, b.point, true);
    else this.#bell();
  }

  *#paste(): Sim<void> {
    let text = '';
    for (;;) {
      const bytes = yield* read(this.#o.fd, 1);
      if (bytes.length === 0) break;
      text += this.#decoder.decode(bytes);
      if (text.endsWith('\x1b[201~')) {
        text = text.slice(0, -6);
        break;
      }
    }
    this.#buffer.insert(text.replace(/\r\n?/g, '\n'));
  }

  *#complete(listNow = false): Sim<void> {
    const b = this.#buffer;
    const found = yield* this.#o.complete(b.text.slice(0, b.point), this.#painter.columns);
    const rest = insertCompletion(b, found, this.#lastKey === 'C-i', listNow);
    if (rest === 'bell') this.#bell();
    else if (rest === 'list') yield* this.#list([...new Set(found.shown)]);
  }

  *#list(items: readonly string[]): Sim<void> {
    this.#paint();
    const { point } = this.#buffer;
    this.#buffer.point = this.#buffer.text.length;
    this.#paint();
    this.#out += this.#painter.finish();
    this.#buffer.point = point;
    if (items.length > ASK_ABOVE) {
      this.#out += `Display all ${items.length} possibilities? (y or n)`;
      yield* this.#flush();
      const answer = yield* this.#key();
      this.#out += '\r\n';
      if (answer !== 'y' && answer !== 'Y' && answer !== ' ') return;
    }
    this.#out += listColumns(items, this.#painter.columns);
  }
}

/** True if the descriptor is a terminal that can be edited on. */
export function* canEdit(fd: number): Sim<boolean> {
  try {
    yield* tcgetattr(fd);
    return true;
  } catch (error) {
    if (error instanceof Errno) return false;
    throw error;
  }
}
