import { isErrno } from '../../kernel/errno.ts';
import type { Sim } from '../../kernel/sim.ts';
import { makeRaw, open, poll, S_IFDIR, S_IFMT, S_IFREG, sigaction, stat, tcsetattr, write } from '../../kernel/syscalls.ts';
import { compileRegex, type Regex, RegexError } from '../../lib/regex/regex.ts';
import { KeyReader } from '../editor/keys.ts';
import { clip, Screen } from '../editor/screen.ts';
import type { Tool } from '../lib/tool.ts';
import { layOut } from './layout.ts';
import { type PagerOptions, setOption } from './options.ts';
import { LineSource } from './source.ts';

const HELP = `These are the keys of less.  Press q to return.

  e ^N j Enter Down    forward one line (a number before: that many)
  y ^P k Up            backward one line
  f ^F Space PageDown  forward one window
  b ^B PageUp          backward one window
  d ^D / u ^U          forward / backward half a window
  Right / Left         half a screen to the side
  g < Home / G > End   first / last line (a number before: that line)
  p %                  to that percentage of the file
  F                    forward, and wait for more like tail -f

  /pattern ?pattern    search forward / backward
  n N                  search on / in the other direction
  &pattern             show matching lines only
  ESC-u                marks of the search off and on
  mX 'X                mark a place / go to it

  :n :p :e FILE        next, previous, another file
  = ^G                 where we are
  -S -N -R -i          toggle an option
  q Q ZZ               quit
`;

/** How often F looks for more, microseconds. */
const FOLLOW_EVERY = 500_000;

/** One run of the pager on a terminal. */
export class Less {
  readonly #t: Tool;
  readonly #o: PagerOptions;
  readonly #screen = new Screen(1);
  readonly #keysFd: number;
  readonly #keys: KeyReader;
  readonly #files: readonly string[];
  #index = 0;
  #source: LineSource;
  /** The first line shown, and the row of it. */
  #top = 0;
  #shift = 0;
  #pattern: Regex | undefined;
  #direction: 1 | -1 = 1;
  #invert = false;
  #filter: Regex | undefined;
  #message = '';
  #fresh = true;
  #marks = new Map<string, number>();
  #last = 0;
  #queue: string[] = [];
  #endsSeen = 0;

  constructor(t: Tool, options: PagerOptions, files: readonly string[], first: LineSource, keysFd: number) {
    this.#t = t;
    this.#o = options;
    this.#files = files;
    this.#source = first;
    this.#keysFd = keysFd;
    this.#keys = new KeyReader(keysFd);
    this.#queue = [...options.first].map((c) => (c === '\r' ? 'Enter' : c));
  }

  *run(): Sim<number> {
    yield* this.#screen.measure();
    if (this.#o.quitIfOneScreen) {
      const { rows } = this.#screen.size;
      yield* this.#source.need(rows);
      let used = 0;
      for (const line of this.#source.lines.slice(0, rows)) used += this.#rowsOf(line).length;
      if (this.#source.ended && used < rows) {
        yield* this.#t.print(this.#source.lines.map((line) => `${this.#rowsOf(line).join('\n')}\n`).join(''));
        return 0;
      }
    }
    const before = yield* makeRaw(this.#keysFd);
    try {
      yield* sigaction('SIGWINCH', () => this.#resized());
      if (this.#o.stay) yield* write(1, '\n'.repeat(this.#screen.size.rows - 1));
      else yield* this.#screen.open();
      return yield* this.#loop();
    } finally {
      if (this.#o.stay) yield* write(1, `\x1b[${this.#screen.size.rows};1H\x1b[K`);
      else yield* this.#screen.close();
      yield* tcsetattr(this.#keysFd, before);
    }
  }

  *#loop(): Sim<number> {
    let number = '';
    for (;;) {
      if (this.#queue.length === 0) yield* this.#paint(number === '' ? undefined : `:${number}`);
      const key = yield* this.#key();
      if (key === null) return 0;
      if (/^\d$/.test(key)) {
        number += key;
        continue;
      }
      const count = number === '' ? undefined : Number(number);
      number = '';
      this.#message = '';
      this.#fresh = false;
      if (yield* this.#press(key, count)) return 0;
      if (this.#o.quitAtEnd > 0 && (yield* this.#atEnd()) && ++this.#endsSeen >= this.#o.quitAtEnd) return 0;
    }
  }

  *#key(): Sim<string | null> {
    return this.#queue.shift() ?? (yield* this.#keys.next())?.name ?? null;
  }

  *#resized(): Sim<void> {
    if (yield* this.#screen.measure()) yield* this.#paint();
  }

  get #page(): number {
    return this.#screen.size.rows - 1;
  }

  /** True when it shall end. */
  *#press(key: string, count: number | undefined): Sim<boolean> {
    const window = this.#page;
    switch (key) {
      case 'q':
      case 'Q':
        return true;
      case 'Z':
        return (yield* this.#key()) === 'Z';
      case 'j':
      case 'e':
      case 'Enter':
      case 'Down':
      case 'Ctrl-N':
      case 'Ctrl-E':
      case 'Ctrl-J':
        yield* this.#forward(count ?? 1);
        break;
      case 'k':
      case 'y':
      case 'Up':
      case 'Ctrl-P':
      case 'Ctrl-Y':
      case 'Ctrl-K':
        this.#backward(count ?? 1);
        break;
      case ' ':
      case 'f':
      case 'z':
      case 'PageDown':
      case 'Ctrl-F':
      case 'Ctrl-V':
        yield* this.#forward(count ?? window);
        break;
      case 'b':
      case 'w':
      case 'PageUp':
      case 'Ctrl-B':
      case 'Alt-v':
        this.#backward(count ?? window);
        break;
      case 'd':
      case 'Ctrl-D':
        yield* this.#forward(count ?? window >> 1);
        break;
      case 'u':
      case 'Ctrl-U':
        this.#backward(count ?? window >> 1);
        break;
      case 'Right':
      case 'Alt-)':
        this.#shift += count ?? this.#screen.size.columns >> 1;
        break;
      case 'Left':
      case 'Alt-(':
        this.#shift = Math.max(0, this.#shift - (count ?? this.#screen.size.columns >> 1));
        break;
      case 'g':
      case '<':
      case 'Home':
      case 'Alt-<':
        yield* this.#goTo((count ?? 1) - 1);
        break;
      case 'G':
      case '>':
      case 'End':
      case 'Alt->':
        if (count !== undefined) yield* this.#goTo(count - 1);
        else {
          yield* this.#source.need(Number.POSITIVE_INFINITY, this.#keysFd);
          this.#remember();
          this.#top = this.#endTop();
        }
        break;
      case 'p':
      case '%':
        yield* this.#source.need(Number.POSITIVE_INFINITY, this.#keysFd);
        yield* this.#goTo(Math.floor((this.#visible().length * Math.min(100, count ?? 0)) / 100));
        break;
      case 'F':
        yield* this.#follow();
        break;
      case '/':
      case '?':
        yield* this.#search(key);
        break;
      case 'n':
        yield* this.#find(this.#direction, count ?? 1);
        break;
      case 'N':
        yield* this.#find(this.#direction === 1 ? -1 : 1, count ?? 1);
        break;
      case '&':
        yield* this.#filterLines();
        break;
      case 'Alt-u':
        this.#o.highlight = !this.#o.highlight;
        break;
      case 'm': {
        const name = yield* this.#letter('set mark: ');
        if (name !== undefined) this.#marks.set(name, this.#top);
        break;
      }
      case "'": {
        const name = yield* this.#letter('goto mark: ');
        const at = name === "'" ? this.#last : name === '^' ? 0 : name === '$' ? this.#endTop() : this.#marks.get(name ?? '');
        if (at === undefined) this.#message = 'Mark not set';
        else {
          this.#remember();
          this.#top = at;
        }
        break;
      }
      case '=':
      case 'Ctrl-G':
        this.#message = yield* this.#where();
        break;
      case 'r':
      case 'R':
      case 'Ctrl-L':
      case 'Ctrl-R':
        this.#screen.invalidate();
        break;
      case 'h':
      case 'H':
        yield* this.#help();
        break;
      case '-':
        yield* this.#toggle();
        break;
      case ':':
        return yield* this.#colon();
      case 'V':
        this.#message = 'less 590, the part of it that Drydock has';
        break;
      default:
        yield* write(1, '\x07');
    }
    return false;
  }

  #remember(): void {
    this.#last = this.#top;
  }

  /** Indices of the lines that are shown: all, or those that fit the & pattern. */
  #visible(): readonly number[] {
    const all: number[] = [];
    const { lines } = this.#source;
    for (let i = 0; i < lines.length; i++) {
      if (this.#filter && !this.#filter.test(plain(lines[i]))) continue;
      if (this.#o.squeeze && lines[i] === '' && i > 0 && lines[i - 1] === '') continue;
      all.push(i);
    }
    return all;
  }

  #rowsOf(line: string, number?: number): readonly string[] {
    const gutter = this.#o.numbers && number !== undefined ? `${String(number).padStart(7)} ` : '';
    const marks: (readonly [number, number])[] = [];
    if (this.#pattern && this.#o.highlight && !this.#invert) {
      for (let at = 0; at <= line.length; ) {
        const hit = this.#pattern.exec(line, at);
        if (!hit) break;
        if (hit.end > hit.start) marks.push([hit.start, hit.end]);
        at = Math.max(hit.end, hit.start + 1);
      }
    }
    const rows = layOut(
      line,
      {
        columns: this.#screen.size.columns - gutter.length,
        chop: this.#o.chop || this.#shift > 0,
        shift: this.#shift,
        colours: this.#o.colours,
      },
      marks,
    );
    return gutter === '' ? rows : rows.map((row, i) => `${i === 0 ? `\x1b[1m${gutter}\x1b[m` : ' '.repeat(gutter.length)}${row}`);
  }

  /** The place at which the last window begins. */
  #endTop(): number {
    const visible = this.#visible();
    let left = this.#page;
    let at = visible.length;
    while (at > 0) {
      left -= this.#rowsOf(this.#source.lines[visible[at - 1]], visible[at - 1] + 1).length;
      if (left < 0) break;
      at--;
    }
    return at;
  }

  *#atEnd(): Sim<boolean> {
    yield* this.#source.need(this.#top + this.#page + 1, this.#keysFd);
    return this.#source.ended && this.#top >= this.#endTop();
  }

  *#forward(count: number): Sim<void> {
    yield* this.#source.need(this.#source.lines.length + count + 1, this.#keysFd);
    const end = this.#source.ended ? this.#endTop() : Number.POSITIVE_INFINITY;
    if (this.#top >= end) yield* write(1, '\x07');
    else this.#top = Math.min(end, this.#top + count);
  }

  #backward(count: number): void {
    this.#top = Math.max(0, this.#top - count);
  }

  *#goTo(line: number): Sim<void> {
    yield* this.#source.need(line + this.#page + 1, this.#keysFd);
    this.#remember();
    const most = this.#visible().length;
    if (line > most) this.#message = `Cannot seek to line number ${line + 1}`;
    else this.#top = Math.max(0, Math.min(line, this.#source.ended ? Math.max(this.#endTop(), 0) : line));
  }

  /** Waits for more until a key is pressed. */
  *#follow(): Sim<void> {
    yield* this.#source.need(Number.POSITIVE_INFINITY, this.#keysFd);
    for (;;) {
      this.#top = this.#endTop();
      yield* this.#paint('Waiting for data... (interrupt to abort)');
      const ready = yield* poll([{ fd: this.#keysFd, read: true }], FOLLOW_EVERY);
      if (ready.length > 0) {
        yield* this.#keys.next();
        return;
      }
      yield* this.#source.more();
    }
  }

  *#search(kind: '/' | '?'): Sim<void> {
    const text = yield* this.#ask(kind);
    if (text === null) return;
    this.#direction = kind === '/' ? 1 : -1;
    this.#invert = text.startsWith('!');
    const pattern = this.#invert ? text.slice(1) : text;
    if (pattern !== '') {
      const compiled = this.#compile(pattern);
      if (!compiled) return;
      this.#pattern = compiled;
      this.#o.highlight = true;
    }
    yield* this.#find(this.#direction, 1);
  }

  #compile(pattern: string): Regex | undefined {
    const small = this.#o.ignoreCase === 'small' && pattern === pattern.toLowerCase();
    try {
      return compileRegex(pattern, 'extended', { ignoreCase: this.#o.ignoreCase === 'always' || small, quiet: true });
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      this.#message = 'Invalid pattern';
      return undefined;
    }
  }

  *#find(direction: 1 | -1, count: number): Sim<void> {
    const pattern = this.#pattern;
    if (!pattern) {
      this.#message = 'No previous regular expression';
      return;
    }
    let left = count;
    // A search from the first screen also finds what is in it, from its second line on.
    for (let at = this.#top + direction; at >= 0; at += direction) {
      yield* this.#source.need(at + 1, this.#keysFd);
      const visible = this.#visible();
      if (at >= visible.length) break;
      if (pattern.test(plain(this.#source.lines[visible[at]])) === this.#invert) continue;
      if (--left > 0) continue;
      this.#remember();
      this.#top = at;
      return;
    }
    this.#message = 'Pattern not found';
  }

  *#filterLines(): Sim<void> {
    const text = yield* this.#ask('&/');
    if (text === null) return;
    yield* this.#source.need(Number.POSITIVE_INFINITY, this.#keysFd);
    this.#filter = text === '' ? undefined : this.#compile(text);
    this.#top = 0;
  }

  *#where(): Sim<string> {
    yield* this.#source.need(Number.POSITIVE_INFINITY, this.#keysFd);
    const total = this.#source.lines.length;
    const to = Math.min(total, this.#top + this.#page);
    const name = this.#source.name === '-' ? '' : `${this.#source.name} `;
    const file = this.#files.length > 1 ? `(file ${this.#index + 1} of ${this.#files.length}) ` : '';
    const bytes = this.#source.lines.slice(0, to).reduce((n, line) => n + line.length + 1, 0);
    const end = to >= total ? ' (END)' : ` ${Math.floor((100 * bytes) / Math.max(1, this.#source.bytes))}%`;
    return `${name}${file}lines ${Math.min(total, this.#top + 1)}-${to}/${total} byte ${Math.min(bytes, this.#source.bytes)}/${this.#source.bytes}${end}`;
  }

  *#help(): Sim<void> {
    const rows = HELP.trimEnd().split('\n');
    const body = Array.from({ length: this.#page }, (_, i) => rows[i] ?? '');
    const prompt = 'HELP -- Press q when done';
    yield* this.#screen.paint([...body, `\x1b[7m${prompt}`], { row: this.#page, column: prompt.length });
    for (let key = yield* this.#key(); key !== null && key !== 'q' && key !== 'Q'; key = yield* this.#key());
  }

  *#toggle(): Sim<void> {
    const letter = yield* this.#letter('-');
    if (letter === undefined) return;
    const o = this.#o;
    if (letter === 'N') {
      o.numbers = !o.numbers;
      this.#message = o.numbers ? 'Constantly display line numbers' : "Don't use line numbers";
    } else if (letter === 'S') {
      o.chop = !o.chop;
      this.#message = o.chop ? 'Chop long lines' : 'Fold long lines';
    } else if (letter === 'R') {
      o.colours = !o.colours;
      this.#message = o.colours ? 'Display ANSI sequences directly, other control chars as ^X' : 'Display control characters as ^X';
    } else if (!setOption(o, letter)) this.#message = `There is no -${letter} option`;
  }

  *#colon(): Sim<boolean> {
    const letter = yield* this.#letter(' :');
    if (letter === 'q' || letter === 'Q') return true;
    if (letter === 'n' || letter === 'p') {
      const next = this.#index + (letter === 'n' ? 1 : -1);
      if (next < 0 || next >= this.#files.length) this.#message = letter === 'n' ? 'No next file' : 'No previous file';
      else yield* this.#open(this.#files[next], next);
    } else if (letter === 'f') this.#message = yield* this.#where();
    else if (letter === 'e') {
      const path = yield* this.#ask('Examine: ');
      if (path) yield* this.#open(path, this.#index);
    } else yield* write(1, '\x07');
    return false;
  }

  *#open(path: string, index: number): Sim<void> {
    const opened = yield* openSource(path);
    if (typeof opened === 'string') {
      this.#message = opened;
      return;
    }
    this.#source = opened;
    this.#index = index;
    this.#top = 0;
    this.#fresh = true;
    this.#marks.clear();
  }

  *#letter(prompt: string): Sim<string | undefined> {
    yield* this.#paint(prompt);
    const key = yield* this.#key();
    return key !== null && [...key].length === 1 ? key : undefined;
  }

  /** A line of input at the bottom; null when it was given up. */
  *#ask(prompt: string): Sim<string | null> {
    let text = '';
    for (;;) {
      if (this.#queue.length === 0) yield* this.#paint(prompt + text);
      const key = yield* this.#key();
      if (key === null || key === 'Ctrl-C' || key === 'Esc') return null;
      if (key === 'Enter' || key === 'Ctrl-J') return text;
      if (key === 'Backspace' || key === 'Ctrl-H') {
        if (text === '') return null;
        text = [...text].slice(0, -1).join('');
      } else if (key === 'Ctrl-U') text = '';
      else if ([...key].length === 1) text += key;
    }
  }

  /** `asked` stands on the last row as it is; without it there is less's own prompt. */
  *#paint(asked?: string): Sim<void> {
    const height = this.#page;
    yield* this.#source.need(this.#top + height + 1, this.#keysFd);
    const visible = this.#visible();
    const out: string[] = [];
    let at = this.#top;
    for (; out.length < height && at < visible.length; at++) {
      out.push(...this.#rowsOf(this.#source.lines[visible[at]], visible[at] + 1));
    }
    const cut = out.length > height;
    out.length = Math.min(out.length, height);
    const atEnd = this.#source.ended && at >= visible.length && !cut;
    while (out.length < height) out.push(this.#o.tildes ? '\x1b[1m~' : '');
    const prompt = clip(asked ?? this.#prompt(atEnd), 0, this.#screen.size.columns - 1);
    const plainPrompt = asked !== undefined || prompt === ':';
    out.push(plainPrompt ? prompt : `\x1b[7m${prompt}`);
    yield* this.#screen.paint(out, { row: height, column: Math.min(prompt.length, this.#screen.size.columns - 1) });
  }

  #prompt(atEnd: boolean): string {
    if (this.#message !== '') return `${this.#message}  (press RETURN)`.replace(/^(.*lines \d.*) {2}\(press RETURN\)$/, '$1');
    const name = this.#source.name === '-' ? '' : this.#source.name;
    if (this.#o.longPrompt) {
      const total = this.#source.lines.length;
      const to = Math.min(total, this.#top + this.#page);
      return `${name === '' ? '' : `${name} `}lines ${this.#top + 1}-${to}${this.#source.ended ? `/${total}` : ''}${atEnd ? ' (END)' : ''}`;
    }
    const file = this.#files.length > 1 ? ` (file ${this.#index + 1} of ${this.#files.length})` : '';
    const next = atEnd && this.#index + 1 < this.#files.length ? ` - Next: ${this.#files[this.#index + 1]}` : '';
    if (this.#fresh && name !== '') return `${name}${file}${atEnd ? ' (END)' : ''}${next}`;
    return atEnd ? `(END)${next}` : ':';
  }
}

const plain = (line: string): string => line.replace(/\x1b\[[0-9;:]*m/g, '');

/** Opens a file for the pager, or says why not. */
export function* openSource(path: string): Sim<LineSource | string> {
  if (path === '-') return new LineSource('-', 0);
  try {
    const info = yield* stat(path);
    if ((info.mode & S_IFMT) === S_IFDIR) return `${path} is a directory`;
    if ((info.mode & S_IFMT) !== S_IFREG) return `${path} is not a regular file (use -f to see it)`;
    return new LineSource(path, yield* open(path, 'r'));
  } catch (error) {
    if (!isErrno(error)) throw error;
    return `${path}: ${error.message}`;
  }
}
