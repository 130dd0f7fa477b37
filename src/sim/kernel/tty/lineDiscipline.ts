/** The line discipline between keyboard and programs, as Linux has it in n_tty.c: line editing, echo, signals, flow control. */
import { charWidth } from '../../lib/charWidth.ts';
import { decodeUtf8 } from '../../lib/utf8.ts';
import type { SignalName, Termios } from '../abi.ts';
import { TTY_LINE_MAX } from '../limits.ts';
import { COOKED } from './termios.ts';

const CTRL = {
  c: 3,
  d: 4,
  backspace: 8,
  tab: 9,
  lf: 10,
  cr: 13,
  q: 17,
  r: 18,
  s: 19,
  u: 21,
  v: 22,
  w: 23,
  z: 26,
  backslash: 28,
  del: 127,
} as const;

/** What the discipline has to say to the terminal that it serves. */
export interface DisciplinedTerminal {
  /** Bytes for the screen. */
  output(data: Uint8Array): void;
  /** There is something to read. */
  inputArrived(): void;
  /** For the foreground processes. */
  signal(name: SignalName): void;
  /** ^S. */
  stopOutput(): void;
  /** ^Q, or a key that sends a signal. */
  restartOutput(): void;
}

/** The discipline of one terminal. */
export class LineDiscipline {
  readonly termios: Termios = { ...COOKED };
  readonly #terminal: DisciplinedTerminal;
  /** Bytes that a reader of the slave may take; an empty chunk is an end of file (^D). */
  input: Uint8Array[] = [];
  /** The line being typed in canonical mode. */
  #line: number[] = [];
  #literal = false;
  /** Column of the cursor, and where the edited line began, for erasing tabs. */
  #column = 0;
  #lineStart = 0;

  constructor(terminal: DisciplinedTerminal) {
    this.#terminal = terminal;
  }

  /** Changes settings. */
  change(change: Partial<Termios>): void {
    const wasCanonical = this.termios.icanon;
    Object.assign(this.termios, change);
    // What was typed so far becomes readable at once when line editing is switched off.
    if (wasCanonical && !this.termios.icanon && this.#line.length > 0) this.#deliver();
  }

  /** A byte from the keyboard. */
  key(raw: number): void {
    const t = this.termios;
    let byte = raw;
    if (this.#literal) {
      this.#literal = false;
      return this.#accept(byte);
    }
    if (byte === CTRL.cr && t.igncr) return;
    if (byte === CTRL.cr && t.icrnl) byte = CTRL.lf;
    else if (byte === CTRL.lf && t.inlcr) byte = CTRL.cr;
    if (t.ixon) {
      if (byte === CTRL.s) return this.#terminal.stopOutput();
      if (byte === CTRL.q) return this.#terminal.restartOutput();
    }
    if (t.isig) {
      const signal: SignalName | undefined =
        byte === CTRL.c ? 'SIGINT' : byte === CTRL.backslash ? 'SIGQUIT' : byte === CTRL.z ? 'SIGTSTP' : undefined;
      if (signal) {
        this.#terminal.restartOutput();
        this.#line = [];
        this.input = [];
        this.#echoBytes([byte]);
        return this.#terminal.signal(signal);
      }
    }
    if (!t.icanon) return this.#acceptRaw(byte);
    switch (byte) {
      case CTRL.del:
        return this.#erase();
      case CTRL.u:
        while (this.#line.length > 0) this.#erase();
        return;
      case CTRL.w:
        if (t.iexten) return this.#eraseWord();
        break;
      case CTRL.v:
        if (t.iexten) {
          this.#literal = true;
          if (t.echo) this.put([0x5e, CTRL.backspace]);
          return;
        }
        break;
      case CTRL.r:
        if (t.iexten) {
          this.#echoBytes([byte]);
          this.put([CTRL.lf]);
          if (t.echo) for (const b of this.#line) this.#echoBytes([b]);
          return;
        }
        break;
      case CTRL.d:
        return this.#deliver();
      case CTRL.lf:
        if (t.echo) this.put([CTRL.lf]);
        this.#line.push(byte);
        return this.#deliver();
      default:
    }
    this.#accept(byte);
  }

  #accept(byte: number): void {
    if (!this.termios.icanon) return this.#acceptRaw(byte);
    if (this.#line.length >= TTY_LINE_MAX) return;
    if (this.#line.length === 0) this.#lineStart = this.#column;
    this.#line.push(byte);
    this.#echoBytes([byte]);
  }

  #acceptRaw(byte: number): void {
    this.input.push(Uint8Array.of(byte));
    this.#echoBytes([byte]);
    this.#terminal.inputArrived();
  }

  /** The line so far becomes readable (Enter, ^D). */
  #deliver(): void {
    this.input.push(Uint8Array.from(this.#line));
    this.#line = [];
    this.#terminal.inputArrived();
  }

  #echoBytes(bytes: readonly number[]): void {
    const { echo, echoctl } = this.termios;
    if (!echo) return;
    for (const byte of bytes) {
      if (byte === CTRL.lf || byte === CTRL.tab || (byte >= 0x20 && byte !== CTRL.del) || !echoctl) this.put([byte]);
      else this.put([0x5e, byte === CTRL.del ? 0x3f : byte + 0x40]);
    }
  }

  #erase(): void {
    if (this.#line.length === 0) return;
    // A character of several bytes goes as a whole.
    let length = 1;
    while (length < this.#line.length && (this.#line[this.#line.length - length] & 0xc0) === 0x80) length++;
    const before = this.#lineWidth();
    const wasTab = this.#line[this.#line.length - 1] === CTRL.tab;
    this.#line.length -= length;
    if (!this.termios.echo || !this.termios.echoe) return;
    // The screen under a tab is blank already: only the cursor goes back.
    for (let i = this.#lineWidth(); i < before; i++) this.put(wasTab ? [CTRL.backspace] : [CTRL.backspace, 0x20, CTRL.backspace]);
  }

  /** Takes away the last word and what follows it; letters, digits and _ make a word (n_tty.c, ALTWERASE). */
  #eraseWord(): void {
    const isWord = (b: number) => b >= 0x80 || b === 0x5f || (b >= 0x30 && b <= 0x39) || ((b | 0x20) >= 0x61 && (b | 0x20) <= 0x7a);
    while (this.#line.length > 0 && !isWord(this.#line[this.#line.length - 1])) this.#erase();
    while (this.#line.length > 0 && isWord(this.#line[this.#line.length - 1])) this.#erase();
  }

  /** Columns that the edited line takes on the screen. */
  #lineWidth(): number {
    let column = this.#lineStart;
    for (const char of decodeUtf8(Uint8Array.from(this.#line))) {
      const code = char.codePointAt(0)!;
      if (code === CTRL.tab) column += 8 - (column % 8);
      else if (code < 0x20 || code === CTRL.del) column += 2;
      else column += charWidth(code);
    }
    return column - this.#lineStart;
  }

  /** Output with post-processing: LF becomes CR LF. */
  put(bytes: Iterable<number>): void {
    const { opost, onlcr } = this.termios;
    const out: number[] = [];
    for (const byte of bytes) {
      if (opost && onlcr && byte === CTRL.lf) out.push(CTRL.cr);
      out.push(byte);
      if (byte === CTRL.lf || byte === CTRL.cr) this.#column = 0;
      else if (byte === CTRL.backspace) this.#column = Math.max(0, this.#column - 1);
      else if (byte === CTRL.tab) this.#column += 8 - (this.#column % 8);
      else if (byte >= 0x20 && (byte & 0xc0) !== 0x80) this.#column++;
    }
    this.#terminal.output(Uint8Array.from(out));
  }
}
